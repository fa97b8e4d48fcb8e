import type {BaseClient} from '../core/client.js';
import type {SipCall} from '../core/call.js';

/**
 * The call that a stage shows: the one with the sid, otherwise the client's current one, otherwise the one that was shown
 * and is over.
 */
export function shownCall(
  client: BaseClient | undefined,
  sid: string,
  shown: SipCall | undefined,
): SipCall | undefined {
  const ended = shown?.state.phase === 'released' ? shown : undefined;
  if (!client) return undefined;
  if (sid) return client.getCall(sid) ?? (ended?.id === sid ? ended : undefined);
  return client.state.current ?? ended;
}
