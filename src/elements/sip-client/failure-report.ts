import {tellError} from '../../controllers/sip-error-event.js';
import type {SipError} from '../../errors.js';

/** For attributes that a script writes later, in milliseconds. */
const PATIENCE = 2_000;

/** Tells the author of a page, once, why a `<sip-client>` has no client. */
export class FailureReport {
  readonly #host: HTMLElement;
  #told: SipError | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /**
   * @param error - Why there is no client; undefined where there is one.
   * @param written - What of the account and its server is written. Of what may be written later only the console tells.
   */
  tell(error: SipError | undefined, written: 'nothing' | 'part' | 'all'): void {
    clearTimeout(this.#timer);
    if (error === this.#told) return;
    if (!error) this.#told = undefined;
    else if (written === 'part') this.#timer = setTimeout(() => this.#print(error), PATIENCE);
    else if (written === 'all') {
      this.#print(error);
      tellError(this.#host, error);
    }
  }

  #print(error: SipError): void {
    this.#told = error;
    // The sentence alone: what caused the error may quote what was written, secrets too.
    if (this.#host.isConnected) console.error(`<sip-client>: ${error.message}`);
  }
}
