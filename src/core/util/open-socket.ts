import {SipError} from '../../errors.js';
import {POLICY_DELAY, watchPolicy} from './page-policy.js';

/** This machine, which browsers never block, and which is reachable without a network. */
const LOOPBACK = /^wss?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])[:/]/;

/** A WebSocket to open. */
export interface SocketOptions {
  readonly url: string;
  readonly protocol?: string;
  /** How long the opening handshake may take, in milliseconds. */
  readonly timeout: number;
  /** A socket to the address that is opening or open already. */
  readonly socket?: WebSocket | undefined;
}

/**
 * Resolves with the open socket, without handlers; closes it if that fails.
 *
 * @throws {SipError} `server-unreachable`, `certificate-refused`, `insecure-server`, `forbidden-by-page`; `aborted` by the
 * signal.
 */
export async function openSocket(options: SocketOptions, signal: AbortSignal): Promise<WebSocket> {
  const {url, timeout} = options;
  let {socket} = options;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const done = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      watchPolicy(url, reject, done.signal);
      const giveUp = (): void => reject(new SipError('aborted', {subject: url}));
      signal.addEventListener('abort', giveUp, {signal: done.signal});
      socket ??= make(options, reject);
      if (!socket) return;
      socket.binaryType = 'arraybuffer';
      if (socket.readyState === WebSocket.OPEN) return resolve();
      timer = setTimeout(() => reject(unreachable('server-unreachable', url)), timeout);
      socket.onopen = () => resolve();
      // A socket that the page's Content-Security-Policy forbids fires `error` and never closes.
      socket.onclose = socket.onerror = () => setTimeout(() => reject(unopened(url)));
    });
    if (signal.aborted) throw new SipError('aborted', {subject: url});
    return socket!;
  } catch (error) {
    socket?.close();
    throw error instanceof SipError
      ? error
      : new SipError('server-unreachable', {subject: url, cause: error});
  } finally {
    clearTimeout(timer);
    done.abort();
    if (socket) socket.onopen = socket.onclose = socket.onerror = null;
  }
}

/** Creates the socket. Firefox throws if the page's policy forbids it, and fires the violation event somewhat later. */
function make({url, protocol}: SocketOptions, reject: (error: SipError) => void): WebSocket | undefined {
  try {
    return new WebSocket(url, protocol ?? []);
  } catch (cause) {
    const code = isMixed(url) ? 'insecure-server' : 'server-unreachable';
    setTimeout(() => reject(new SipError(code, {subject: url, cause})), POLICY_DELAY);
    return undefined;
  }
}

/**
 * Returns the likely error of a socket that did not open: a browser does not say why. Over TLS, the likely reason in a
 * site's own network is the certificate.
 */
export function unopened(url: string): SipError {
  if (isMixed(url)) return unreachable('insecure-server', url);
  const reachable = navigator.onLine || LOOPBACK.test(url);
  return unreachable(url.startsWith('wss:') && reachable ? 'certificate-refused' : 'server-unreachable', url);
}

/** Whether browsers block the connection because it is less secure than the page (W3C Mixed Content §5.3). */
function isMixed(url: string): boolean {
  return location.protocol === 'https:' && url.startsWith('ws:') && !LOOPBACK.test(url);
}

function unreachable(
  code: 'server-unreachable' | 'certificate-refused' | 'insecure-server',
  url: string,
): SipError {
  return new SipError(code, {subject: code === 'certificate-refused' ? url.replace(/^wss:/, 'https:') : url});
}
