import {sipDurations} from '../durations/sip.js';

/**
 * A session that has ended for this side. The server's report of the end may be still to come, on the other carrier or
 * behind other messages, while this side is already in the session again.
 */
export class EndedSession {
  /** Whether its INVITE is to be refused. */
  readonly unwanted: boolean;
  /** Resolves when the server has reported the end, or is no longer expected to. */
  readonly reported: Promise<void>;
  #settle: () => void = () => {};
  #isReported: boolean;

  /** @param isReported - Whether the server has reported the end already. */
  constructor(unwanted: boolean, isReported: boolean) {
    this.unwanted = unwanted;
    this.#isReported = isReported;
    this.reported = new Promise((resolve) => (this.#settle = resolve));
    if (isReported) this.#settle();
    else setTimeout(() => this.takeReport(), sipDurations.endReport);
  }

  /** Takes the server's report of an end; returns whether it is the end of this session, which was still to come. */
  takeReport(): boolean {
    if (this.#isReported) return false;
    this.#isReported = true;
    this.#settle();
    return true;
  }
}
