/** Files to play: opening, decoding and pacing. */
export {lengthOf} from './lengths.js';
export {MediaFile} from './media-file.js';
export {Playback} from './playback.js';
export {Unplayable} from './reader-process.js';
