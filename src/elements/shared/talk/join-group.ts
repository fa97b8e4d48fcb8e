import {isWaiting} from '../../../core/call/newest-call.js';
import type {BaseClient} from '../../../core/client/client.js';
import type {SipIntercom} from '../../../core/intercom/intercom.js';
import {isIntercom} from '../../../core/intercom/is-intercom.js';
import {answered} from '../calls/answer-controls.js';

/** Joins a group without speaking; answers it if it rings. @throws {SipError} */
export async function joinGroup(
  client: BaseClient,
  group: string,
  signal?: AbortSignal,
): Promise<SipIntercom> {
  const wanted = client.options.dial(group);
  const calls = client.state.calls.filter(isIntercom).filter(isWaiting);
  const rings = calls.find(({remote}) => remote.number === wanted);
  if (!rings) return client.intercom(wanted, {signal});
  await answered(rings, 'audio');
  return rings;
}
