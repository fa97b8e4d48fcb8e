import type {DialPatterns} from '../core/client/dial-patterns.js';
import {NO_CAPABILITIES, type Capabilities} from '../core/capabilities.js';

/** The capabilities of any SIP server, plus those for which the page has a dial pattern. */
export function standardCapabilities(patterns: DialPatterns): Capabilities {
  return Object.freeze({
    ...NO_CAPABILITIES,
    call: true,
    message: true,
    presence: true,
    transfer: true,
    conference: true,
    rooms: true,
    // A conference made by a factory (RFC 4579) can call members; whether a room can is known only once joined.
    members: patterns.conferenceUri !== undefined,
    playFile: patterns.playFileUri !== undefined,
    monitor: patterns.monitorUri !== undefined,
    bargeIn: patterns.bargeInUri !== undefined,
    listenIn: patterns.listenInUri !== undefined,
  });
}
