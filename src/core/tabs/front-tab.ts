import {StateTarget} from '../util/state-target.js';

/**
 * Finds out whether this tab is the one, among those that take part, that the user looks at or looked at last: the front
 * tab. If that tab leaves, the one that has waited longest takes its place.
 *
 * @param phone - What the tabs have in common that take part: one of them is in front.
 * @param onChange - Called with each change; at first, this tab is not the one. Without locks, as in a frame with
 * `sandbox`, every tab is.
 * @param signal - Ends the part of this tab.
 */
export function followFront(phone: string, onChange: (front: boolean) => void, signal: AbortSignal): void {
  const name = `sip-elements:front:${phone}`;
  /** Ends the place in the queue, or the lock that is held. */
  let leave = (): void => {};
  let holds = false;

  const request = async (steal: boolean): Promise<void> => {
    const mine = new AbortController();
    const hold = async (): Promise<void> => {
      if (mine.signal.aborted) return;
      onChange((holds = true));
      await new Promise((done) => mine.signal.addEventListener('abort', done, {once: true}));
    };
    leave = () => mine.abort();
    try {
      await navigator.locks.request(name, steal ? {steal} : {signal: mine.signal}, hold);
    } catch {
      // Another tab has taken the lock, this tab no longer waits for it, or there are no locks.
    }
    if (mine.signal.aborted) return;
    if (!holds) return onChange(true);
    onChange((holds = false));
    void request(false);
  };
  const look = (): void => {
    if (holds || document.visibilityState !== 'visible') return;
    leave();
    void request(true);
  };
  const begin = (): void => void request(document.visibilityState === 'visible');

  begin();
  window.addEventListener('focus', look, {signal});
  document.addEventListener('visibilitychange', look, {signal});
  const pause = (): void => {
    leave();
    if (holds) onChange((holds = false));
  };
  // A held lock would keep the page out of the back/forward cache.
  window.addEventListener('pagehide', pause, {signal});
  window.addEventListener('pageshow', ({persisted}) => persisted && begin(), {signal});
  // A frozen page cannot ring.
  document.addEventListener('freeze', pause, {signal});
  document.addEventListener('resume', begin, {signal});
  signal.addEventListener('abort', () => leave());
}

/** Whether this page is the front tab among the pages of a phone, calls or not. */
export class FrontTab extends StateTarget<{readonly isFront: boolean}> {
  /** By phone: a page takes part as long as it lives, also while its connection is restored. */
  static readonly #tabs = new Map<string, FrontTab>();

  static of(phone: string): FrontTab {
    const tab = FrontTab.#tabs.get(phone) ?? new FrontTab(phone);
    FrontTab.#tabs.set(phone, tab);
    return tab;
  }

  private constructor(phone: string) {
    super({isFront: false});
    followFront(`all:${phone}`, (isFront) => this.update({isFront}), new AbortController().signal);
  }
}
