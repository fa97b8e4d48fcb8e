import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** Returns the folder of the package: that of the sources, or the one that `dist/server` is in. */
function above(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : above(dirname(folder));
}

export const PACKAGE_FOLDER = above(dirname(fileURLToPath(import.meta.url)));
