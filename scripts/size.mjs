/**
 * Prepares the files that `size-limit` measures: what a page loads before it connects, with every element, with a phone's
 * and with `<sip-phone>`; and with a phone's by the bundlers of users.
 *
 * Bundles the tags' modules of `dist` with their dependencies into chunks, and keeps the entry and its static imports
 * in `.cache/size`; fails if sip.js, media or a profile is among them.
 */
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {basename, join, relative} from 'node:path';
import {bundlePhones} from './bundlers.mjs';
import {chunksOf, modulesOf, PHONE} from './page-chunks.mjs';
import {within} from './project.mjs';
import {minified} from './rollup.mjs';

/** Modules that must be loaded on connect or later. */
const LATER =
  /node_modules[\\/](sip\.js|@noble|mediabunny)[\\/]|\bdist[\\/](sip|dispatch|standard|media)[\\/]/;

/** The modules that pages import, by the resulting folder of `.cache/size`. */
const PAGES = {
  all: ['dist/define.js'],
  phone: modulesOf(PHONE),
  'sip-phone': modulesOf(['sip-phone']),
};

const early = new Set();
rmSync(within('.cache/size'), {recursive: true, force: true});
for (const [page, modules] of Object.entries(PAGES)) {
  const folder = within(`.cache/size/${page}`);
  mkdirSync(folder, {recursive: true});
  const {chunks, loaded} = await chunksOf(modules);
  for (const fileName of loaded) {
    const chunk = chunks.get(fileName);
    if (!chunk) throw new Error(`${fileName} is imported and was not bundled.`);
    const {code} = await minified(chunk.code);
    writeFileSync(join(folder, basename(fileName)), code);
    for (const [id, {renderedLength}] of Object.entries(chunk.modules)) {
      const [place] = (renderedLength && LATER.exec(relative(within(''), id))) || [];
      if (place) early.add(place);
    }
  }
}
await bundlePhones((bundler) => within(`.cache/size/${bundler}`));
if (early.size) {
  console.error(`Loaded before anyone connects, and must not be:\n  ${[...early].join('\n  ')}`);
  process.exitCode = 1;
}
