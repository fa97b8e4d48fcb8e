import {closeSocket, createSocket} from '../util/socket.js';

/** A socket to a server, which opens while the code that uses it is still being loaded. */
export class EarlySocket {
  readonly #url: string;
  #socket: WebSocket | undefined;

  constructor(url: string) {
    this.#url = url;
    try {
      const socket = (this.#socket = createSocket(url, 'sip'));
      // The next attempt finds out why.
      socket.onerror = socket.onclose = () => (this.#socket = undefined);
    } catch {
      // The page or the browser forbids the address, which the next attempt reports.
    }
  }

  /** Hands the socket over, once; undefined if it failed, or leads to another address. */
  take(url: string): WebSocket | undefined {
    const socket = this.#socket;
    if (!socket || url !== this.#url) return undefined;
    socket.onerror = socket.onclose = null;
    this.#socket = undefined;
    return socket;
  }

  /** Closes the socket unless it was taken; idempotent. */
  close(): void {
    const socket = this.take(this.#url);
    if (socket) closeSocket(socket);
  }
}
