import type {BaseClient} from '../../core/client/client.js';
import type {SipCall} from '../../core/call/call.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import {isWaiting, newestCall} from '../../core/call/newest-call.js';

/**
 * Returns the call that a stage shows: the one with the sid, otherwise the client's current one, otherwise an intercom,
 * otherwise the ended call that was shown last. Calls that a special element shows are left out, unless the sid names them.
 */
export function shownCall(
  client: BaseClient | undefined,
  sid: string,
  shown: SipCall | undefined,
): SipCall | undefined {
  const ended = shown?.state.phase === 'released' ? shown : undefined;
  if (!client) return undefined;
  if (sid) return client.getCall(sid) ?? (ended?.id === sid ? ended : undefined);
  const calls = client.claims.unclaimed(client.state.calls);
  return newestCall(calls, client.state.current) ?? newestIntercom(calls) ?? ended;
}

function newestIntercom(calls: readonly SipCall[]): SipCall | undefined {
  return calls.findLast((call) => isIntercom(call) && (!isWaiting(call) || !call.state.quiet));
}
