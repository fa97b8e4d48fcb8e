import type {WebSocket} from 'ws';

/** How many bytes may wait for a client that does not read, while it goes on asking. */
const MOST_WAITING = 16_000_000;

/** Whether a client reads what it is sent; ends its socket if too much waits for it. */
export function reads(socket: WebSocket): boolean {
  if (socket.bufferedAmount <= MOST_WAITING) return true;
  socket.terminate();
  return false;
}
