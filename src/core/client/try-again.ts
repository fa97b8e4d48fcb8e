import {toSipError, type SipError} from '../../errors.js';
import {AttemptPause} from '../util/attempt-pause.js';
import {askedDelay, backoff, PROMPT} from '../util/reconnect-policy.js';
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
 * @throws {SipError} an error that another attempt would not change; `aborted`, also once the client is disconnected
 */
export async function tryAgain(client: BaseClient, error: unknown): Promise<void> {
  const {ending} = client;
  const policy = backoff({prompt: PROMPT});
  const since = Date.now();
  const pause = new AttemptPause();
  ending.addEventListener('abort', () => pause.end());
  let failure = toSipError(error);
  for (let attempt = 1; ; attempt++) {
    if (ending.aborted || !passes(failure)) throw failure;
    const {retryAfter = 0} = (failure.cause ?? {}) as {retryAfter?: number};
    await pause.wait(Math.max(policy.nextDelay(attempt, Date.now() - since)!, askedDelay(retryAfter)));
    if (ending.aborted) throw failure;
    try {
      await client.connect();
      return await client.register();
    } catch (again) {
      failure = toSipError(again);
    }
  }
}

function passes({code, status = 0}: SipError): boolean {
  return PASSING.has(code) || (status >= 500 && status < 600);
}
