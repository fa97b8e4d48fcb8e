import type {SipCall} from '../call/call.js';
import type {SipConference} from './conference.js';

/** Whether a call is a conference or a broadcast, which have members. */
export function isConference(call: SipCall): call is SipConference {
  return 'members' in call.state && call.state.members !== undefined;
}
