/** Media through the server: legs, and routes from one to another. */
export {mediaAddresses} from './addresses.js';
export {Description, type MediaKind} from './description.js';
export {BOTH_WAYS, NO_WAY, type Flow} from './flow.js';
export type {Leg} from './leg.js';
export {MediaServer} from './media-server.js';
export {connect, type MediaSink, type MediaSource, type Route} from './routing.js';
