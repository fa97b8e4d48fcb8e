import type {BaseClient} from '../../core/client/client.js';
import type {SipConference} from '../../core/conference/conference.js';
import {isConference} from '../../core/conference/is-conference.js';
import {newestCall} from '../../core/call/newest-call.js';

/**
 * Returns the conference to show: the one with the sid, otherwise the client's current call if it is a conference,
 * otherwise the newest; otherwise the ended one that was shown last.
 */
export function shownConference(
  client: BaseClient | undefined,
  sid: string,
  shown: SipConference | undefined,
): SipConference | undefined {
  if (!client) return undefined;
  const ended = shown?.state.phase === 'released' ? shown : undefined;
  if (sid) {
    const call = client.getCall(sid);
    return call ? (isConference(call) ? call : undefined) : ended?.id === sid ? ended : undefined;
  }
  const {calls, current} = client.state;
  return (newestCall(calls.filter(isConference), current) as SipConference | undefined) ?? ended;
}
