import {SipError, toSipError} from '../../errors.js';
import {AttemptPause} from '../util/attempt-pause.js';
import {askedDelay, backoff, PROMPT, retryAfterOf} from '../util/reconnect-policy.js';
import type {BaseClient} from './client.js';

/** The errors without a status that another attempt may not have. */
const PASSING: ReadonlySet<string> = new Set([
  'server-unreachable',
  'certificate-refused',
  'connection-lost',
  'timeout',
]);

/**
 * Connects and registers a client again until it succeeds, after the first attempt has failed; resolves once it has.
 *
 * @param error - Why the first attempt failed.
 * @param signal - Aborted when the client is disconnected: its `ending` before the first attempt.
 * @throws {SipError} an error that another attempt would not change; `aborted`
 */
export async function tryAgain(client: BaseClient, error: unknown, signal: AbortSignal): Promise<void> {
  const policy = backoff({prompt: PROMPT});
  const since = Date.now();
  const pause = new AttemptPause();
  signal.addEventListener('abort', () => pause.end());
  let failure = toSipError(error);
  for (let attempt = 1; !signal.aborted; attempt++) {
    if (!passes(failure)) throw failure;
    const rested = Date.now() + askedDelay(retryAfterOf(failure));
    await pause.wait(policy.nextDelay(attempt, Date.now() - since)!);
    // A network that is back changes nothing about what the server asks for.
    while (!signal.aborted && Date.now() < rested) await pause.wait(rested - Date.now());
    if (signal.aborted) break;
    try {
      await client.connect();
      return await client.register();
    } catch (again) {
      failure = toSipError(again);
    }
  }
  throw new SipError('aborted', {subject: client.options.server});
}

function passes({code, status = 0}: SipError): boolean {
  return PASSING.has(code) || (status >= 500 && status < 600);
}
