/**
 * The documented functions. A page written for the documented client runs with them unchanged.
 *
 * ```ts
 * import * as Client from 'sip-elements/functions';
 *
 * Client.init('10.0.0.5', '7443', '1001', '…');
 * await Client.connect({onCallReceived: (sid) => Client.Answer(sid)});
 * await Client.Register(60);
 * Client.MakeCall('1002', Client.AllEnum.MediaType.MediaTypeAudio, null, null, null, false);
 * ```
 * Each function also has its name in the ES module build of the documented client: `makeCall`.
 *
 * A page has one client. A failure is a `SipError` that names the function and the argument. Functions that return a
 * promise reject; the others report an error of the page (`window.onerror`). No function throws into a click handler.
 */
export {AllEnum} from './functions/all-enum.js';
export type {ClientDelegate} from './functions/delegate.js';
export * from './functions/calls.js';
export * from './functions/connection.js';
export * from './functions/files.js';
export * from './functions/given-client.js';
export * from './functions/members.js';
export * from './functions/names.js';
export * from './functions/people.js';
export * from './functions/sessions.js';
