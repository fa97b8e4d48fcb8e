import type {BaseClient} from '../../core/client/client.js';
import type {SipIntercom} from '../../core/intercom/intercom.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import {isWaiting} from '../../core/call/newest-call.js';

/** Which intercom an element is for. */
export interface IntercomWish {
  readonly sid: string;
  readonly group: string;
  /** The one that the element has made. */
  readonly own: SipIntercom | undefined;
}

/**
 * The intercom to show: the one with the sid; otherwise the one that was made here, otherwise the newest, of the group
 * where one is named. One that rings does not come before one that stands; what the page keeps quiet does not come at all.
 */
export function shownIntercom(
  client: BaseClient | undefined,
  {sid, group, own}: IntercomWish,
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
