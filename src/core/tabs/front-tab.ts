/**
 * Finds out whether this tab is the one, among those of the phone that take part, that the user looks at or looked at
 * last: the phone rings only there. If that tab leaves, another one takes its place.
 *
 * @param phone - What the tabs of the phone have in common.
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
