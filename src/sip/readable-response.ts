import {ownContact} from './headers/header-values.js';
import {headOf, readAddress, readFirstLine, type Head, type RawHeader} from './headers/sip-reader.js';

/** Headers that sip.js may not be able to read in a response that is valid otherwise. */
const DISPENSABLE: ReadonlySet<string> = new Set(['contact', 'record-route', 'max-forwards']);

/**
 * Returns a response without the addresses that cannot be read: a call that was refused, or answered, must not ring on. A
 * callee who answers with none is reached at the address in To (RFC 3261 §12.1.2 needs one). Undefined for a request.
 */
export function readableResponse(text: string): string | undefined {
  const {start, headers, rest} = headOf(text);
  const status = readFirstLine(start)?.status;
  if (status === undefined) return undefined;
  const left = headers.filter(({name}) => !DISPENSABLE.has(name));
  const to = readAddress(left.find(({name}) => name === 'to')?.value ?? '')?.uri;
  const contact = status >= 200 && status < 300 && to ? `<${to}>` : undefined;
  return written({start, headers: left, rest}, contact);
}

/**
 * Returns a response that `isCrowded` with what this side needs: its Via, and the Contact with its own user part, of which a
 * registrar lists all.
 */
export function thinnedResponse(text: string, user: string): string {
  const {start, headers, rest} = headOf(text);
  const via = headers.find(({name}) => name === 'via');
  const contacts = headers.filter(({name}) => name === 'contact');
  const left = headers.filter(
    (header) => header === via || !['via', 'contact', 'record-route'].includes(header.name),
  );
  const own = ownContact(
    user,
    contacts.map(({value}) => value),
  );
  return written({start, headers: left, rest}, own);
}

/** Returns a response without lines that are no headers: sip.js takes all the text before one for the name of a header. */
export function cleanResponse(text: string): string {
  const {start, headers, rest} = headOf(text);
  return written({start, headers: headers.filter(isHeader), rest}, undefined);
}

/** Whether a line in the head of a message is a header. */
export const isHeader = ({name}: RawHeader): boolean => name !== '';

function written({start, headers, rest}: Head, contact: string | undefined): string {
  const added = contact === undefined ? [] : [`Contact: ${contact}`];
  return [start, ...headers.map(({raw}) => raw), ...added].join('\r\n') + rest;
}
