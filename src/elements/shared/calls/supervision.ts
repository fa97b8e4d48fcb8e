import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {SipCall} from '../../../core/call/call.js';
import type {BaseClient} from '../../../core/client/client.js';
import type {Capabilities, CallType} from '../../../core/types.js';
import {until} from '../../../core/util/state-target.js';
import {SipError} from '../../../errors.js';
import type {Terms} from '../../../locales/terms.js';
import '../../../locales/supervision-en.js';
import {dialed} from '../people/dial-field.js';

/** An intervention in a call of others. */
export type Supervision = 'listen-in' | 'barge-in' | 'force-end';

/** The interventions: the capability that each needs, and its name. */
export const SUPERVISIONS = {
  'listen-in': {needs: 'listenIn', term: 'listenIn'},
  'barge-in': {needs: 'bargeIn', term: 'bargeIn'},
  'force-end': {needs: 'supervise', term: 'forceEnd'},
} as const satisfies Record<Supervision, {needs: keyof Capabilities; term: keyof Terms}>;

/** Returns why the user cannot intervene in the call of a number; undefined if it is possible. */
export function supervisionReason(
  action: Supervision,
  number: string,
  client: BaseClient,
  localize: LocalizeController,
): string | undefined {
  const own = dialed(number, client);
  const types = client.state.calls.filter(({remote}) => remote.number === own).map(({type}) => type);
  const has = (type: CallType): boolean => types.includes(type);
  if (types.some((type) => type === 'single' || type === 'urgent' || type === 'sos'))
    return localize.term('inCallWithYou');
  if (action === 'force-end') return undefined;
  if (has('barge-in')) return localize.term('alreadyInCall');
  return action === 'listen-in' && has('listen-in') ? localize.term('alreadyListening') : undefined;
}

/**
 * Listens to the call of a number, barges into it or ends it; resolves once the user is in it. Barging in ends listening,
 * because one user takes part in a call once; if it fails, the user listens again.
 *
 * @throws {SipError} As the client's `listenIn`, `bargeIn` and `removeCall`; why the call ended before it was connected.
 */
export async function supervise(
  action: Supervision,
  number: string,
  client: BaseClient,
  sid = '',
): Promise<void> {
  if (action === 'force-end') return client.removeCall(number, sid);
  if (action === 'listen-in') return connected(await client.listenIn(number, sid), number);
  const listening = client.state.calls.find(
    ({type, remote}) => type === 'listen-in' && remote.number === dialed(number, client),
  );
  if (listening) {
    await listening.hangup();
    await until(listening, () => listening.state.phase === 'released');
  }
  try {
    await connected(await client.bargeIn(number, sid || listening?.id), number);
  } catch (cause) {
    if (listening) await client.listenIn(number, sid || listening.id).catch(() => undefined);
    throw cause;
  }
}

/** Resolves once a call is answered, or the user has ended it. @throws {SipError} why it ended before */
async function connected(call: SipCall, number: string): Promise<void> {
  await until(call, () => call.state.phase === 'answered' || call.state.phase === 'released');
  const {phase, cause, answeredAt} = call.state;
  if (phase !== 'released' || answeredAt || !cause || cause.by === 'local') return;
  throw new SipError(cause.code === 'normal' ? 'call-not-found' : cause.code, {subject: number});
}
