/** How long after it was created a socket may still open that is not needed any more, in milliseconds. */
const OPENING_MS = 1_000;

/** When each socket was created, by the page's clock. */
const created = new WeakMap<WebSocket, number>();

/** Creates a socket. Throws as `new WebSocket` does. */
export function createSocket(url: string, protocol?: string | string[]): WebSocket {
  const socket = new WebSocket(url, protocol);
  created.set(socket, performance.now());
  return socket;
}

/**
 * Closes a socket that is not needed any more; idempotent.
 *
 * Browsers print an error for a socket that is closed before it is open. A new one is closed when it opens, therefore, or
 * after a second: until then no other socket to the same host may begin to open (RFC 6455 §4.1).
 */
export function closeSocket(socket: WebSocket): void {
  const rest = created.get(socket)! + OPENING_MS - performance.now();
  if (socket.readyState !== WebSocket.CONNECTING || !(rest > 0)) return socket.close();
  socket.addEventListener('open', () => socket.close());
  setTimeout(() => socket.close(), rest);
}
