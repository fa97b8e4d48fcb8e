import {POLICY_DELAY, watchPolicy} from '../../core/util/page-policy.js';
import {SipError} from '../../errors.js';
import type {SipTransport, TransportState} from './transport.js';

/** How long a closing handshake may take, in milliseconds; afterwards the socket is abandoned. */
const CLOSING_PATIENCE = 1_000;

/** This machine, which browsers never block, and which is reachable without a network. */
const LOOPBACK = /^wss?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])[:/]/;

/** SIP over WebSocket (RFC 7118). */
export class WebSocketTransport implements SipTransport {
  onmessage: ((message: string) => void) | undefined;
  onstatechange: ((state: TransportState) => void) | undefined;
  readonly #url: string;
  readonly #timeout: number;
  /** While idle: a socket that is opening or open already. */
  #socket: WebSocket | undefined;
  /** Rejects the pending opening handshake. */
  #giveUp: ((error: SipError) => void) | undefined;
  #state: TransportState = 'idle';

  /**
   * @param timeout - How long the opening handshake may take, in milliseconds.
   * @param socket - A socket to the address that is opening or open already.
   */
  constructor(url: string, timeout: number, socket?: WebSocket) {
    this.#url = url;
    this.#timeout = timeout;
    this.#socket = socket;
  }

  get state(): TransportState {
    return this.#state;
  }

  async connect(): Promise<void> {
    if (this.#state !== 'idle') throw new SipError('internal', {subject: 'a transport connects once'});
    this.#change('connecting');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watched = new AbortController();
    try {
      await new Promise<void>((resolve, reject) => {
        watchPolicy(this.#url, reject, watched.signal);
        this.#giveUp = reject;
        const socket = this.#socket ?? this.#make(reject);
        if (!socket) return;
        socket.binaryType = 'arraybuffer';
        if (socket.readyState === WebSocket.OPEN) return resolve();
        timer = setTimeout(() => reject(unreachable('server-unreachable', this.#url)), this.#timeout);
        socket.onopen = () => resolve();
        // A socket that the page's Content-Security-Policy forbids fires `error` and never closes.
        socket.onclose = socket.onerror = () => setTimeout(() => reject(unopened(this.#url)));
      });
    } catch (error) {
      this.#drop();
      throw error instanceof SipError
        ? error
        : new SipError('server-unreachable', {subject: this.#url, cause: error});
    } finally {
      clearTimeout(timer);
      watched.abort();
      this.#giveUp = undefined;
    }
    const socket = this.#socket!;
    socket.onerror = null;
    socket.onclose = () => this.#drop();
    socket.onmessage = ({data}: MessageEvent<string | ArrayBuffer>) =>
      this.onmessage?.(typeof data === 'string' ? data : new TextDecoder().decode(data));
    this.#change('open');
  }

  /**
   * Creates the socket. Firefox throws if the page's policy forbids it, and fires the violation event somewhat later.
   */
  #make(reject: (error: SipError) => void): WebSocket | undefined {
    try {
      return (this.#socket = new WebSocket(this.#url, 'sip'));
    } catch (cause) {
      const code = isMixed(this.#url) ? 'insecure-server' : 'server-unreachable';
      setTimeout(() => reject(new SipError(code, {subject: this.#url, cause})), POLICY_DELAY);
      return undefined;
    }
  }

  async disconnect(): Promise<void> {
    const socket = this.#socket;
    this.#giveUp?.(new SipError('aborted', {subject: this.#url}));
    this.#drop();
    if (!socket || socket.readyState === WebSocket.CLOSED) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, CLOSING_PATIENCE);
      socket.onclose = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    socket.onclose = null;
  }

  async send(message: string): Promise<void> {
    if (this.#socket?.readyState !== WebSocket.OPEN) throw new SipError('connection-lost');
    this.#socket.send(message);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      socket.onopen = socket.onclose = socket.onerror = socket.onmessage = null;
      socket.close();
    }
    this.#change('closed');
  }

  #change(state: TransportState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.onstatechange?.(state);
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
