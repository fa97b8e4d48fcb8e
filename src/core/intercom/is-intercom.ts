import type {SipCall} from '../call/call.js';
import type {SipIntercom} from './intercom.js';
import {isWaiting} from '../call/newest-call.js';

/** Whether a call is an intercom, in which one party speaks at a time. */
export function isIntercom(call: Pick<SipCall, 'state'>): call is SipIntercom {
  return 'floor' in call.state;
}

/** Returns the group's intercom that is connected or being placed; one that rings here does not count. */
export function runningIntercom(calls: readonly SipCall[], group: string): SipIntercom | undefined {
  return calls.filter(isIntercom).findLast((call) => call.remote.number === group && !isWaiting(call));
}
