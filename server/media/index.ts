/** Media through the server: legs, routes between them, and rooms for many. */
export {AudioOutput, createEncoder} from './sound/audio-output.js';
export {mediaAddresses} from './addresses.js';
export {Description, type MediaKind} from './description.js';
export {BOTH_WAYS, NO_WAY, RECEIVES, SENDS, type Flow} from './flow.js';
export type {Leg} from './leg.js';
export {MediaServer} from './media-server.js';
export {connect, type MediaSink, type MediaSource, type Route} from './routing.js';
export {PictureSource} from './picture/picture-source.js';
export {RecordedPicture} from './picture/recorded-picture.js';
export type {Playable, Played, Room, Seat} from './room.js';
export {FRAME, FRAME_TIME, SAMPLE_RATE} from './sound/sound.js';
export {everyInterval} from './sound/ticker.js';
export {VideoOutput} from './picture/video-output.js';
