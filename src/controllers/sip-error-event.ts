import type {SipError} from '../errors.js';

/** Tells by `sip-error` of a failure, through the borders of shadow trees. */
export function tellError(target: EventTarget, error: SipError): void {
  target.dispatchEvent(new CustomEvent('sip-error', {detail: {error}, bubbles: true, composed: true}));
}
