import {toSipError, type SipError} from '../../errors.js';
import {backoff, PROMPT} from '../util/reconnect-policy.js';
import {Reconnection} from '../util/reconnection.js';
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
  const reconnection = new Reconnection(backoff({prompt: PROMPT}));
  await reconnection.run(
    async () => {
      await client.connect();
      await client.register();
    },
    {
      failure: toSipError(error),
      subject: client.options.server,
      attempts: 1,
      signal,
      isFinal: (failure) => !passes(failure),
    },
  );
}

function passes({code, status = 0}: SipError): boolean {
  // The page's function may need the network too.
  if (code === 'credentials-failed') return !status;
  return PASSING.has(code) || (status >= 500 && status < 600);
}
