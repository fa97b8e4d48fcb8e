/**
 * Takes pictures of every element in its states: `npm run pictures`. The page is `album.ts`, the states are `scenes`.
 *
 * Without an option it takes every scene in every variant into `.cache/pictures`. Names choose scenes: `call`,
 * `call-held`. Options:
 *
 * - `--compare` takes only the variants of which a picture is committed, and reports which differ;
 * - `--update` takes the same and commits to them: it writes `test/look/expected`;
 * - `--variants=dark-ar-320,light-en-768` takes only these;
 * - `--sheets` writes contact sheets beside the pictures;
 * - `--to=FOLDER` takes them into another folder;
 * - `--demo` takes the demo pages instead, through the development server; names choose pages: `channels`;
 * - `--readme` takes the README's picture alone.
 */
import {mkdir, readdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {within} from '../../scripts/project.mjs';
import {differences, expectedNames, EXPECTED} from './expected.js';
import {encode, encodeSmall} from './picture.js';
import {writeSheets} from './sheets.js';
import {forEachScene, openStudio, type SceneInfo, type Studio} from './studio.js';
import {variantOf, VARIANTS} from './variants.js';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    compare: {type: 'boolean'},
    update: {type: 'boolean'},
    variants: {type: 'string'},
    sheets: {type: 'boolean'},
    demo: {type: 'boolean'},
    readme: {type: 'boolean'},
    to: {type: 'string', default: within('.cache/pictures')},
  },
});

if (values.readme) {
  const {takeReadmePicture} = await import('./readme-picture.js');
  await takeReadmePicture();
} else if (values.demo) {
  const {takeDemoPages} = await import('./demo-pages.js');
  await mkdir(values.to, {recursive: true});
  await takeDemoPages(values.to, positionals);
} else {
  const studio = await openStudio();
  try {
    const chosen = studio.scenes.filter(
      ({name}) => positionals.length === 0 || positionals.some((given) => name.startsWith(given)),
    );
    if (chosen.length === 0) throw new Error(`No scene begins with ${positionals.join(' or ')}.`);
    await mkdir(values.to, {recursive: true});
    if (values.update) await update(studio, chosen);
    else if (values.compare) await report(studio, chosen);
    else await takeAll(studio, chosen);
    for (const complaint of new Set(studio.complaints)) console.warn(complaint);
  } finally {
    await studio.close();
  }
}
if (values.sheets) for (const sheet of await writeSheets(values.to)) console.log(sheet);

/** Takes each scene in each of its variants. */
async function takeAll(studio: Studio, scenes: readonly SceneInfo[]): Promise<void> {
  await forEachScene(scenes, async (scene) => {
    console.log(scene.name);
    const wanted = values.variants?.split(',').map(variantOf) ?? VARIANTS;
    const variants = wanted.filter(({width}) => !scene.only || width === scene.only);
    await attempt(() =>
      studio.visit(scene, async (snap) => {
        for (const variant of variants)
          await writeFile(join(values.to, `${scene.name}.${variant.name}.png`), encode(await snap(variant)));
      }),
    );
  });
}

/** Writes the pictures that are committed; one that looks as before stays the same file. */
async function update(studio: Studio, scenes: readonly SceneInfo[]): Promise<void> {
  await mkdir(EXPECTED, {recursive: true});
  const wanted = new Set(studio.scenes.flatMap(expectedNames));
  for (const file of await readdir(EXPECTED)) if (!wanted.has(file)) await rm(join(EXPECTED, file));
  await forEachScene(scenes, (scene) =>
    attempt(async () => {
      for (const {file, picture} of await differences(studio, scene)) {
        await writeFile(join(EXPECTED, file), encodeSmall(picture));
        console.log(`${file} was written`);
      }
    }),
  );
}

/** Says which pictures are not as those that are committed, and writes what differs. */
async function report(studio: Studio, scenes: readonly SceneInfo[]): Promise<void> {
  let count = 0;
  await forEachScene(scenes, (scene) =>
    attempt(async () => {
      for (const {file, picture, difference} of await differences(studio, scene)) {
        count += 1;
        console.log(`✖ ${file}: ${difference?.reason ?? 'nothing is committed'}`);
        await writeFile(join(values.to, file), encode(picture));
        if (difference)
          await writeFile(join(values.to, file.replace('.png', '.diff.png')), encode(difference.picture));
      }
    }),
  );
  if (count === 0) return console.log('All pictures are as they were.');
  console.log(`${count} differ: look at them in ${values.to}, then run "npm run pictures -- --update".`);
  process.exitCode = 1;
}

/** Goes on with the other scenes if one fails. */
async function attempt(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}
