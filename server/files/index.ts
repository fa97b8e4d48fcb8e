/** Files to play: opening, decoding and pacing. */
export {Lengths} from './lengths.js';
export {MediaFile, Unplayable} from './media-file.js';
export {Playback} from './playback.js';
