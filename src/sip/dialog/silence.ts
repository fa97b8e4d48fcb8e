import {durations} from '../../durations.js';

/**
 * Calls the listener whenever nothing has arrived for a while, until the signal is aborted; next time after twice the
 * silence, because the other side may be silent on purpose.
 *
 * @param received - Returns how many packets have arrived so far; undefined if none are expected.
 * @param patience - How long the first silence may be, in multiples of `arrival`.
 */
export async function onSilence(
  received: () => Promise<number | undefined>,
  signal: AbortSignal,
  listener: () => void,
  patience = 1,
): Promise<void> {
  let quiet = 0;
  let before: number | undefined;
  while (!signal.aborted) {
    const now = await received().catch(() => undefined);
    quiet = now !== undefined && now === before ? quiet + 1 : 0;
    before = now;
    if (quiet >= patience && !signal.aborted) {
      listener();
      patience *= 2;
      quiet = 0;
    }
    await new Promise((resolve) => setTimeout(resolve, durations.arrival));
  }
}
