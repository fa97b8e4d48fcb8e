/** Where the server finds its files: beside its sources in the project, and around its bundle in the installed package. */
import {createRequire} from 'node:module';
import {basename, dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The folder of this module, or of the bundle that contains it. */
const HERE = dirname(fileURLToPath(import.meta.url));

/** Whether this is the installed package. Its folder `dist` has the bundle and the pages. */
export const INSTALLED = basename(HERE) === 'dist';

/** The folder of the package `sip-elements-server`. */
export const SERVER_FOLDER = INSTALLED ? dirname(HERE) : HERE;

/** The folder of the package `sip-elements`, whose built files the server serves. */
export const LIBRARY_FOLDER = INSTALLED
  ? dirname(createRequire(import.meta.url).resolve('sip-elements/package.json'))
  : dirname(HERE);

/** The folder of the demo pages. */
export const DEMO_FOLDER = join(INSTALLED ? HERE : LIBRARY_FOLDER, 'demo');

/** Returns the folder of a file of a package; undefined if the package is not installed: pages work without it. */
function folderOf(file: string): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(file));
  } catch {
    return undefined;
  }
}

const processors = folderOf('@twilio/video-processors/package.json');

/** The folders of what effects need, by the path that they are served under. */
export const EFFECT_FOLDERS: ReadonlyMap<string, string | undefined> = new Map([
  ['/background/', processors && join(processors, 'dist', 'build')],
  ['/noise-suppression/', folderOf('@sapphi-red/web-noise-suppressor')],
]);
