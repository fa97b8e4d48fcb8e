import type {ReceivedMessage} from '../core/types.js';
import type {IncomingMessage} from './delegate.js';

/** How old a message is at least that a server has kept, in milliseconds: clocks that go wrong differ by less. */
const KEPT = 300_000;

/** A sender's clock that is years off says nothing. */
const OLDEST = 90 * 86_400_000;

/** What a page is told of a message. */
export function receivedMessage({from, name, body, contentType, date}: IncomingMessage): ReceivedMessage {
  const now = Date.now();
  const age = now - Date.parse(date ?? '');
  const time = age > KEPT && age < OLDEST ? now - age : now;
  return {from, ...(name !== undefined && {name}), text: body, contentType, time};
}
