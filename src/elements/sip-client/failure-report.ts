import {dispatchError, reportToAuthor} from '../../controllers/sip-error-event.js';
import type {SipError} from '../../errors.js';

/** How long to wait for attributes that a script sets later. */
const LATER_ATTRIBUTES_MS = 2_000;

/** Reports to the author of a page, once, why a `<sip-client>` has no client. */
export class FailureReport {
  readonly #host: HTMLElement;
  #reported: SipError | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /**
   * @param error - Why there is no client; undefined if there is one.
   * @param written - How much of the account and its server is set. If the rest may follow, only the console reports.
   */
  report(error: SipError | undefined, written: 'nothing' | 'part' | 'all'): void {
    clearTimeout(this.#timer);
    if (error === this.#reported) return;
    if (!error) this.#reported = undefined;
    else if (written === 'part') this.#timer = setTimeout(() => this.#print(error), LATER_ATTRIBUTES_MS);
    else if (written === 'all') {
      this.#print(error);
      dispatchError(this.#host, error);
    }
  }

  #print(error: SipError): void {
    this.#reported = error;
    if (this.#host.isConnected) reportToAuthor(this.#host, error);
  }
}
