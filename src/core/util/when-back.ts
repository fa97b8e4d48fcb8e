/**
 * Calls the listener whenever the network or the page may be back after a while: the browser is online again, or shows
 * the page again.
 */
export function whenBack(listener: () => void, signal: AbortSignal): void {
  window.addEventListener('online', listener, {signal});
  window.addEventListener('pageshow', listener, {signal});
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') listener();
    },
    {signal},
  );
}
