import {fileURLToPath} from 'node:url';
import {FILE_TYPE} from '../../src/dispatch/protocol.js';

/** Files that are there always, to try things out with: their ids are known beforehand. */
export const SAMPLES = [
  {
    fileid: 'sample-sound',
    name: 'sample-sound.ogg',
    type: FILE_TYPE.playAudio,
    contentType: 'audio/ogg',
  },
  {
    fileid: 'sample-film',
    name: 'sample-film.webm',
    type: FILE_TYPE.playVideo,
    contentType: 'video/webm',
  },
] as const;

export const SAMPLES_FOLDER = fileURLToPath(new URL('samples', import.meta.url));
