/**
 * Starts to count; the returned function tells how many milliseconds have passed.
 *
 * Of two clocks, the one counts that is further: that of the page, which nobody can set, but which may rest while the device
 * sleeps, or that of the device.
 */
export function stopwatch(): () => number {
  const [device, page] = [Date.now(), performance.now()];
  return () => Math.max(Date.now() - device, performance.now() - page);
}
