import type {SipError} from '../errors.js';

/** Dispatches a failure as `sip-error`, across shadow boundaries. */
export function dispatchError(target: EventTarget, error: SipError): void {
  target.dispatchEvent(new CustomEvent('sip-error', {detail: {error}, bubbles: true, composed: true}));
}
