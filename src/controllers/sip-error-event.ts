import {isForAuthor, type SipError} from '../errors.js';

/** The errors printed so far. */
const printed = new WeakSet<SipError>();

/** Prints an error that only the author of the page can correct, once. */
export function reportToAuthor(source: Element, error: SipError): void {
  if (printed.has(error) || !isForAuthor(error)) return;
  printed.add(error);
  // Prints only the sentence: the cause may quote attribute values, including secrets.
  console.error(`<${source.localName}>: ${error.message}`);
}

/** Dispatches a failure as `sip-error`, across shadow boundaries, and prints what the author of the page can correct. */
export function dispatchError(target: Element, error: SipError): void {
  reportToAuthor(target, error);
  target.dispatchEvent(new CustomEvent('sip-error', {detail: {error}, bubbles: true, composed: true}));
}
