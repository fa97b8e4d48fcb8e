import {join} from 'node:path';
import {FILE_TYPE} from '../../src/dispatch/protocol.js';
import {SERVER_FOLDER} from '../folders.js';

/** Files that always exist, for testing: their ids are known in advance. */
export const SAMPLES = [
  {
    fileid: 'sample-sound',
    name: 'sample-sound.ogg',
    type: FILE_TYPE.playAudio,
    contentType: 'audio/ogg',
    duration: 3,
  },
  {
    fileid: 'sample-film',
    name: 'sample-film.webm',
    type: FILE_TYPE.playVideo,
    contentType: 'video/webm',
    duration: 4,
  },
] as const;

export const SAMPLES_FOLDER = join(SERVER_FOLDER, 'uploads/samples');
