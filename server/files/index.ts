/** Files to play: opening, decoding and pacing. */
export {lengthOf} from './lengths.js';
export {MediaFile, Unplayable} from './media-file.js';
export {Playback} from './playback.js';
