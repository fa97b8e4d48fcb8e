/** The lock of the tab that rings for an account. */
const nameOf = (account: string): string => `sip-elements:front:${account}`;

/**
 * Finds out whether this tab, among all tabs of the account, is the one that the user looks at, or looked at last: the
 * phone rings there alone. If that tab closes, another one takes its place.
 *
 * @param onChange - Called whenever it changes; at first it is not.
 * @returns The function that ends it.
 */
export function followFront(account: string, onChange: (front: boolean) => void): () => void {
  const ending = new AbortController();
  const {signal} = ending;
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
      await navigator.locks.request(nameOf(account), steal ? {steal} : {signal: mine.signal}, hold);
    } catch {
      // Another tab has taken it over, or this tab no longer waits.
    }
    if (mine.signal.aborted && !signal.aborted) return;
    if (holds) onChange((holds = false));
    if (!signal.aborted) void request(false);
  };
  const look = (): void => {
    if (holds || document.visibilityState !== 'visible') return;
    leave();
    void request(true);
  };
  const release = (): void => {
    leave();
    if (holds) onChange((holds = false));
  };
  const begin = (): void => {
    void request(document.visibilityState === 'visible');
  };

  begin();
  window.addEventListener('focus', look, {signal});
  document.addEventListener('visibilitychange', look, {signal});
  // A held lock would keep the page out of the back/forward cache.
  window.addEventListener('pagehide', release, {signal});
  window.addEventListener('pageshow', ({persisted}) => persisted && begin(), {signal});
  return () => {
    ending.abort();
    release();
  };
}
