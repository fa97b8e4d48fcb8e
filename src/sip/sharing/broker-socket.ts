/** The used members of a `WebSocket`. */
export type BrokerSocket = Pick<
  WebSocket,
  'binaryType' | 'onopen' | 'onclose' | 'onerror' | 'onmessage' | 'send' | 'close'
>;

/** Opens the socket to a server; may throw, as `new WebSocket` does. */
export type OpenSocket = (url: string) => BrokerSocket;

/** How long a socket may take to open, in milliseconds. */
export const OPENING = 10_000;

/** How long the last messages of the last page may take, in milliseconds. */
export const FAREWELL = 1_000;

/** Closes a socket of which nothing is expected any more. */
export function abandon(socket: BrokerSocket): void {
  socket.onopen = socket.onclose = socket.onerror = socket.onmessage = null;
  socket.close();
}
