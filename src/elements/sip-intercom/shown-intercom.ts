import type {BaseClient} from '../../core/client/client.js';
import type {SipIntercom} from '../../core/intercom/intercom.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import {isWaiting} from '../../core/call/newest-call.js';

/** The properties that choose the intercom of an element. */
export interface IntercomChoice {
  readonly sid: string;
  readonly group: string;
  /** The intercom that the element has created. */
  readonly own: SipIntercom | undefined;
}

/**
 * Returns the intercom to show: the one with the sid; otherwise the one created here, otherwise the newest, of the
 * group if one is named. A connected intercom takes precedence over a ringing one; an intercom that the page keeps
 * quiet is never chosen.
 */
export function shownIntercom(
  client: BaseClient | undefined,
  {sid, group, own}: IntercomChoice,
): SipIntercom | undefined {
  if (!client) return undefined;
  const all = client.state.calls.filter(isIntercom);
  if (sid) return all.find(({id}) => id === sid);
  if (own && all.includes(own)) return own;
  const heard = all.filter(({state, remote}) => {
    const quiet = state.quiet && state.phase !== 'answered';
    return !quiet && (!group || remote.number === group);
  });
  return heard.findLast((call) => !isWaiting(call)) ?? heard.at(-1);
}
