import {sharedDurations} from '../../durations/shared.js';

/** The used members of a `WebSocket`. */
export type WorkerSocket = Pick<
  WebSocket,
  'binaryType' | 'onopen' | 'onclose' | 'onerror' | 'onmessage' | 'send' | 'close'
>;

/** Opens the socket to a server; may throw, as `new WebSocket` does. */
export type OpenSocket = (url: string) => WorkerSocket;

/** Closes a socket that is no longer needed, if there is one, and ignores its events. */
export function discard(socket: WorkerSocket | undefined): void {
  if (!socket) return;
  socket.onopen = socket.onclose = socket.onerror = socket.onmessage = null;
  socket.close();
}

/**
 * Handles the opening of a socket.
 *
 * @param onClose - Called when it does not open in time, and when it is closed.
 */
export function whenOpen(socket: WorkerSocket, onOpen: () => void, onClose: () => void): WorkerSocket {
  socket.binaryType = 'arraybuffer';
  const close = (): void => {
    discard(socket);
    onClose();
  };
  socket.onopen = () => {
    socket.onopen = null;
    onOpen();
  };
  // A socket that a Content-Security-Policy forbids fires `error` and never closes.
  socket.onclose = socket.onerror = close;
  setTimeout(() => socket.onopen && close(), sharedDurations.socketOpening);
  return socket;
}

/** The text of a frame; a server may send binary ones. */
export function textOf(data: unknown): string {
  return data instanceof ArrayBuffer ? new TextDecoder().decode(data) : String(data);
}
