import {openSocket} from '../../core/util/open-socket.js';
import {closeSocket} from '../../core/util/socket.js';
import {sipDurations} from '../../durations/sip.js';
import {SipError} from '../../errors.js';
import type {SipTransport, TransportState} from './transport.js';

/** SIP over WebSocket (RFC 7118). */
export class WebSocketTransport implements SipTransport {
  onmessage: ((message: string) => void) | undefined;
  onstatechange: ((state: TransportState) => void) | undefined;
  readonly #url: string;
  readonly #timeout: number;
  /** While idle: a socket that is opening or open already. */
  #socket: WebSocket | undefined;
  readonly #ending = new AbortController();
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
    const [url, timeout, socket] = [this.#url, this.#timeout, this.#socket];
    try {
      this.#socket = await openSocket({url, timeout, socket, protocol: 'sip'}, this.#ending.signal);
    } catch (error) {
      this.#drop();
      throw error;
    }
    this.#socket.onclose = () => this.#drop();
    this.#socket.onmessage = ({data}: MessageEvent<string | ArrayBuffer>) =>
      this.onmessage?.(typeof data === 'string' ? data : new TextDecoder().decode(data));
    this.#change('open');
  }

  async disconnect(): Promise<void> {
    // One that is not open yet has no handshake to wait for.
    const socket = this.#state === 'open' ? this.#socket : undefined;
    this.#ending.abort();
    this.#drop();
    if (!socket || socket.readyState === WebSocket.CLOSED) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, sipDurations.socketClose);
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
      socket.onclose = socket.onmessage = null;
      closeSocket(socket);
    }
    this.#change('closed');
  }

  #change(state: TransportState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.onstatechange?.(state);
  }
}
