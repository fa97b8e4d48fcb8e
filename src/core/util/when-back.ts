/** How often the clock is compared, in milliseconds. */
const TICK = 2_000;

/** How much later than expected a tick counts as a jump of the clock, in milliseconds. */
const JUMP = 5_000;

/** How much later than that a tick of a hidden page may be: browsers run its timers once a minute. */
const HIDDEN = 60_000;

/** What the browser knows of the network (https://wicg.github.io/netinfo/); not every browser tells. */
interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

/**
 * Calls the listener whenever the network or the page may be back after a while: the browser is online again, uses
 * another kind of network, or shows the page again, or the clock has jumped, because the device slept or the page was
 * frozen.
 *
 * @param listener - Gets whether the network has changed, and with it perhaps the addresses of this side.
 */
export function whenBack(listener: (moved: boolean) => void, signal: AbortSignal): void {
  if (signal.aborted) return;
  const {connection} = navigator as {connection?: NetworkInformation};
  let kind = connection?.type;
  let last = Date.now();
  const back = (): void => listener(false);
  const moved = (): void => listener(true);
  window.addEventListener('online', moved, {signal});
  // A page that is loaded is shown, too, but was not away.
  window.addEventListener('pageshow', ({persisted}) => persisted && back(), {signal});
  document.addEventListener('resume', back, {signal});
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') back();
    },
    {signal},
  );
  connection?.addEventListener(
    'change',
    () => {
      // The event also reports new estimates of the speed.
      if (connection.type === kind) return;
      kind = connection.type;
      if (kind !== 'none') moved();
    },
    {signal},
  );
  const timer = setInterval(() => {
    const late = Date.now() - last - TICK;
    last = Date.now();
    if (late > JUMP + (document.hidden ? HIDDEN : 0)) back();
  }, TICK);
  signal.addEventListener('abort', () => clearInterval(timer));
}
