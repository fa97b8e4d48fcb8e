import {dispatchError, reportToAuthor} from '../../controllers/sip-error-event.js';
import type {SipError} from '../../errors.js';

/** How long to wait for attributes that a script sets later, in milliseconds. */
const PATIENCE = 2_000;

/** Reports to the author of a page, once, why a `<sip-client>` has no client. */
export class FailureReport {
  readonly #host: HTMLElement;
  #told: SipError | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /**
   * @param error - Why there is no client; undefined if there is one.
   * @param written - How much of the account and its server is set. If the rest may follow, only the console reports.
   */
  tell(error: SipError | undefined, written: 'nothing' | 'part' | 'all'): void {
    clearTimeout(this.#timer);
    if (error === this.#told) return;
    if (!error) this.#told = undefined;
    else if (written === 'part') this.#timer = setTimeout(() => this.#print(error), PATIENCE);
    else if (written === 'all') {
      this.#print(error);
      dispatchError(this.#host, error);
    }
  }

  #print(error: SipError): void {
    this.#told = error;
    if (this.#host.isConnected) reportToAuthor(this.#host, error);
  }
}
