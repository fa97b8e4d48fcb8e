import type {BaseClient} from '../../core/client/client.js';
import type {SipCall} from '../../core/call/call.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import {isWaiting} from '../../core/call/newest-call.js';
import type {} from '../sip-intercom/sip-intercom.js';

/**
 * Returns the call that a stage shows: the one with the sid, otherwise the client's current one, otherwise an intercom
 * that no `<sip-intercom>` beside it shows, otherwise the ended call that was shown last.
 */
export function shownCall(
  client: BaseClient | undefined,
  sid: string,
  shown: SipCall | undefined,
  root: Node,
): SipCall | undefined {
  const ended = shown?.state.phase === 'released' ? shown : undefined;
  if (!client) return undefined;
  if (sid) return client.getCall(sid) ?? (ended?.id === sid ? ended : undefined);
  return client.state.current ?? lonelyIntercom(client, root) ?? ended;
}

function lonelyIntercom({state: {calls}}: BaseClient, root: Node): SipCall | undefined {
  const all = calls.filter((call) => isIntercom(call) && (!isWaiting(call) || !call.state.quiet));
  if (!all.length || !(root instanceof Document || root instanceof ShadowRoot)) return undefined;
  const shown = new Set([...root.querySelectorAll('sip-intercom')].map(({intercom}) => intercom as SipCall));
  return all.findLast((call) => !shown.has(call));
}
