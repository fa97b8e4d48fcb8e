import assert from 'node:assert/strict';
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {within} from '../../scripts/project.mjs';
import {differences, EXPECTED, expectedNames, type Changed} from './expected.js';
import {encode} from './picture.js';
import {forEachScene, openStudio, type Studio} from './studio.js';
import {variantOf, VARIANTS} from './variants.js';

/** Where the pictures that differ are written. */
const FOLDER = within('.cache/pictures');

describe('pictures', () => {
  let studio: Studio;
  before(async () => (studio = await openStudio()));
  after(() => studio.close());

  it('are as committed, in every scene', async () => {
    const changed: Changed[] = [];
    await forEachScene(
      studio.scenes.filter(({kept}) => kept.length > 0),
      async (scene) => void changed.push(...(await differences(studio, scene))),
    );
    mkdirSync(FOLDER, {recursive: true});
    for (const {file, picture, difference} of changed) {
      writeFileSync(join(FOLDER, file), encode(picture));
      if (difference)
        writeFileSync(join(FOLDER, file.replace('.png', '.diff.png')), encode(difference.picture));
    }
    assert.deepEqual(
      changed.map(({file, difference}) => `${file}: ${difference?.reason ?? 'nothing is committed'}`),
      [],
      `Look at them in ${FOLDER}; if they are right, run "npm run pictures -- --update".`,
    );
    assert.deepEqual(studio.complaints, []);
  });

  it('are committed for the scenes there are, and show every theme, language and width', () => {
    const names = studio.scenes.flatMap(expectedNames);
    assert.deepEqual(readdirSync(EXPECTED).sort(), names.sort());
    for (const aspect of ['theme', 'language', 'width'] as const) {
      const shown = studio.scenes.flatMap(({kept}) => kept.map((name) => variantOf(name)[aspect]));
      assert.deepEqual(new Set(shown), new Set(VARIANTS.map((variant) => variant[aspect])));
    }
  });
});
