import {sipDurations} from '../../durations/sip.js';
import {SipError, toSipError} from '../../errors.js';
import type {Log} from '../log.js';
import type {SipTransport, TransportFactory} from './transport.js';

/** An open transport, and the address of its server. */
export interface Reached {
  readonly url: string;
  readonly transport: SipTransport;
}

/** Options of `reach`. */
export interface ReachOptions {
  readonly createTransport: TransportFactory;
  readonly log: Log;
}

/**
 * Opens a transport to one of the servers. Tries them in order, the next one as soon as one fails or takes long; the
 * first that opens is kept, as RFC 8305 does with the addresses of one host.
 *
 * @throws {SipError} the failure of the first server; `aborted`
 */
export function reach(
  urls: readonly string[],
  {createTransport, log}: ReachOptions,
  signal: AbortSignal,
): Promise<Reached> {
  const [first = ''] = urls;
  const waiting = [...urls];
  const trying = new Set<SipTransport>();
  const ending = new AbortController();
  let failure: unknown;
  return new Promise<Reached>((resolve, reject) => {
    const abort = (): void => {
      ending.abort();
      reject(new SipError('aborted', {subject: first}));
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, {signal: ending.signal});
    const next = async (): Promise<void> => {
      const url = waiting.shift();
      if (url === undefined || ending.signal.aborted) return;
      const late = setTimeout(() => void next(), sipDurations.nextServer);
      const transport = createTransport(url);
      trying.add(transport);
      log('info', `connecting to ${url}`);
      try {
        await transport.connect();
        if (ending.signal.aborted) return void transport.disconnect();
        trying.delete(transport);
        // Before the next one may open.
        ending.abort();
        resolve({url: transport.shared ?? url, transport});
      } catch (error) {
        trying.delete(transport);
        if (ending.signal.aborted) return;
        log('warning', `${url}: ${toSipError(error).code}`);
        if (url === first) failure = error;
        if (waiting.length > 0) void next();
        else if (trying.size === 0) reject(toSipError(failure, first));
      } finally {
        clearTimeout(late);
      }
    };
    void next();
  }).finally(() => {
    ending.abort();
    for (const transport of trying) void transport.disconnect();
  });
}
