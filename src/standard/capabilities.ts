import type {DialPatterns} from '../core/client/dial-patterns.js';
import type {Capabilities} from '../core/types.js';

/** The capabilities of any SIP server, plus those for which the page has a dial pattern. */
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
    // A conference made by a factory (RFC 4579) can call members; whether a room can is known only once joined.
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
