/** The committed pictures, and what has changed since. */
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {within} from '../../scripts/project.mjs';
import {compare, type Difference} from './compare.js';
import {decode, type Picture} from './picture.js';
import type {SceneInfo, Studio} from './studio.js';
import {variantOf} from './variants.js';

export const EXPECTED = within('test/look/expected');

export interface Changed {
  readonly file: string;
  /** How it looks now. */
  readonly picture: Picture;
  /** What is different; undefined if there is no committed picture. */
  readonly difference?: Difference | undefined;
}

/** The names of a scene's committed pictures. */
export const expectedNames = ({name, kept}: SceneInfo): string[] =>
  kept.map((variant) => `${name}.${variant}.png`);

/**
 * Takes a scene's pictures and returns those that are not as committed. They are taken once more before that counts: a
 * busy machine may still be drawing.
 */
export async function differences(studio: Studio, scene: SceneInfo): Promise<Changed[]> {
  const changed = await changes(studio, scene);
  return changed.length > 0 ? changes(studio, scene) : changed;
}

function changes(studio: Studio, scene: SceneInfo): Promise<Changed[]> {
  return studio.visit(scene, async (snap) => {
    const changed: Changed[] = [];
    for (const variant of scene.kept) {
      const file = `${scene.name}.${variant}.png`;
      const picture = await snap(variantOf(variant));
      const path = join(EXPECTED, file);
      if (!existsSync(path)) {
        changed.push({file, picture});
        continue;
      }
      const difference = compare(decode(readFileSync(path)), picture);
      if (difference) changed.push({file, picture, difference});
    }
    return changed;
  });
}
