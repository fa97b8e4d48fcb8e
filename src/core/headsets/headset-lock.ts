import {headsetDurations} from '../../durations/headsets.js';

/** The lock of the tab that headsets belong to. */
export const HEADSET_LOCK = 'sip-elements:headset';

/** How much a tab needs the headsets: its calls only ring, or the user speaks in one. */
export type HeadsetNeed = 'none' | 'ringing' | 'talking';

/**
 * Decides which tab of a site the headsets belong to: every tab that has opened a headset gets its presses and can change
 * its lights.
 *
 * They belong to the tab whose call was placed or answered last. Otherwise to the one that has waited longest since its call
 * rings. The others wait.
 */
export class HeadsetLock {
  readonly #onChange: () => void;
  #need: HeadsetNeed = 'none';
  #isHeld = false;
  /** Whether it is another tab's, as far as this tab has asked. */
  #isElsewhere = false;
  /** Ends the place in the queue, or the lock that is held. */
  #leave = (): void => {};

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether the headsets belong to this tab. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Whether this tab waits for another one. */
  get isElsewhere(): boolean {
    return this.#isElsewhere;
  }

  /** Says how much this tab needs the headsets. */
  set need(need: HeadsetNeed) {
    const before = this.#need;
    this.#need = need;
    if (need === 'none') {
      if (before !== 'none') this.#end();
    } else if (before === 'none' || (need === 'talking' && before !== need && !this.#isHeld)) {
      this.#leave();
      void this.#request(need === 'talking');
    }
  }

  #end(): void {
    this.#leave();
    this.#isHeld = this.#isElsewhere = false;
  }

  async #request(steals: boolean): Promise<void> {
    const mine = new AbortController();
    const {signal} = mine;
    // Of a browser that does not answer, nothing is known of other tabs.
    const silence = setTimeout(() => this.#change(true), headsetDurations.headsetLock);
    this.#leave = () => {
      clearTimeout(silence);
      mine.abort();
    };
    const hold = async (lock: Lock | null): Promise<boolean> => {
      clearTimeout(silence);
      if (signal.aborted) return true;
      this.#change(lock !== null);
      if (lock) await new Promise((done) => signal.addEventListener('abort', done, {once: true}));
      return lock !== null;
    };
    try {
      if (steals) await navigator.locks.request(HEADSET_LOCK, {steal: true}, hold);
      // The second request waits, if the first one has found that another tab has it.
      else if (!(await navigator.locks.request(HEADSET_LOCK, {ifAvailable: true}, hold)) && !signal.aborted)
        await navigator.locks.request(HEADSET_LOCK, {signal}, hold);
    } catch (error) {
      clearTimeout(silence);
      if (signal.aborted) return;
      // A frame with `sandbox` has no locks, and knows of no other tab.
      if ((error as Error).name !== 'AbortError') return this.#change(true);
    }
    if (signal.aborted) return;
    // Another tab has taken the lock.
    mine.abort();
    this.#change(false);
    void this.#request(false);
  }

  #change(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#isElsewhere = !isHeld;
    this.#onChange();
  }
}
