import type {DialPatterns} from '../core/client/dial-patterns.js';
import type {Capabilities} from '../core/types.js';

/** What any SIP server can do, and what the page has a pattern for. */
export function standardCapabilities(patterns: DialPatterns): Capabilities {
  return Object.freeze({
    call: true,
    message: true,
    api: false,
    directory: false,
    presence: true,
    transfer: true,
    upload: false,
    conference: true,
    rooms: true,
    broadcast: false,
    // A factory's conference (RFC 4579) calls people; whether a room does turns out within it.
    members: patterns.conferenceUri !== undefined,
    push: false,
    playFile: patterns.playFileUri !== undefined,
    intercom: false,
    monitor: patterns.monitorUri !== undefined,
    memberVideo: false,
    bargeIn: patterns.bargeInUri !== undefined,
    listenIn: patterns.listenInUri !== undefined,
    supervise: false,
    urgent: false,
  });
}
