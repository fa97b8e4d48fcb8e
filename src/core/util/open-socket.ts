import {SipError} from '../../errors.js';
import {POLICY_DELAY, watchPolicy} from './page-policy.js';
import {closeSocket, createSocket} from './socket.js';

/** This machine, which browsers never block, and which is reachable without a network. */
const LOOPBACK = /^wss?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])[:/]/;

/** A WebSocket to open. */
export interface SocketOptions {
  readonly url: string;
  readonly protocol?: string | string[];
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
export async function openSocket(
  {url, protocol = [], timeout, socket}: SocketOptions,
  signal: AbortSignal,
): Promise<WebSocket> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const done = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      watchPolicy(url, reject, done.signal);
      const giveUp = (): void => reject(new SipError('aborted', {subject: url}));
      signal.addEventListener('abort', giveUp, {signal: done.signal});
      try {
        socket ??= createSocket(url, protocol);
      } catch {
        // Firefox throws if the page's policy forbids the socket, and fires the violation event somewhat later.
        return void setTimeout(() => reject(unopened(url)), POLICY_DELAY);
      }
      socket.binaryType = 'arraybuffer';
      if (socket.readyState === WebSocket.OPEN) return resolve();
      timer = setTimeout(() => reject(new SipError('server-unreachable', {subject: url})), timeout);
      socket.onopen = () => resolve();
      // A socket that the page's Content-Security-Policy forbids fires `error` and never closes.
      socket.onclose = socket.onerror = () => setTimeout(() => reject(unopened(url)));
    });
    if (signal.aborted) throw new SipError('aborted', {subject: url});
    return socket!;
  } catch (error) {
    if (socket && signal.aborted) closeSocket(socket);
    else socket?.close();
    throw error;
  } finally {
    clearTimeout(timer);
    done.abort();
    if (socket) socket.onopen = socket.onclose = socket.onerror = null;
  }
}

/**
 * Returns the likely error of a socket that did not open: a browser does not say why. Over TLS, the likely reason in a
 * site's own network is the certificate.
 */
function unopened(url: string): SipError {
  if (isMixed(url)) return new SipError('insecure-server', {subject: url});
  const reachable = navigator.onLine || LOOPBACK.test(url);
  if (!url.startsWith('wss:') || !reachable) return new SipError('server-unreachable', {subject: url});
  return new SipError('certificate-refused', {subject: url.replace('wss:', 'https:')});
}

/** Whether browsers block the connection because it is less secure than the page (W3C Mixed Content §5.3). */
function isMixed(url: string): boolean {
  return location.protocol === 'https:' && url.startsWith('ws:') && !LOOPBACK.test(url);
}
