/** Files that are played: opened, decoded and paced. */
export {MediaFile, Unplayable} from './media-file.js';
export {Playback} from './playback.js';
