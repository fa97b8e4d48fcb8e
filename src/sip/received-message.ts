import type {ReceivedMessage} from '../core/types.js';
import {copied} from '../core/util/shortened.js';
import type {IncomingMessage} from './delegate.js';

/** The minimum age of a message that a server stored, in milliseconds: inaccurate clocks differ by less. */
const STORED_AGE_MS = 300_000;

/** The maximum plausible age, in milliseconds: a sender's clock may be years off. */
const OLDEST_AGE_MS = 90 * 86_400_000;

/** Converts an arrived MESSAGE for the page, which may keep it: nothing refers to the request. */
export function receivedMessage({from, name, body, contentType, date}: IncomingMessage): ReceivedMessage {
  const now = Date.now();
  const age = now - Date.parse(date ?? '');
  const time = age > STORED_AGE_MS && age < OLDEST_AGE_MS ? now - age : now;
  return {
    from: copied(from),
    ...(name !== undefined && {name: copied(name)}),
    text: copied(body),
    contentType: copied(contentType),
    time,
  };
}
