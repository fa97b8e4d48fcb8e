import {mediaDurations} from '../../durations/media.js';
import {sipDurations} from '../../durations/sip.js';
import {pause} from '../../within.js';

/**
 * Calls the listener whenever nothing has arrived for a while; next time after twice the silence, because the other side
 * may be silent on purpose. Resolves when the signal is aborted, and once packets have gone on arriving, or the next
 * silence would have to last, for `steadyMedia`: the browser notices a later loss.
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
  let steady = 0;
  let before: number | undefined;
  while (Math.max(steady, patience) * sipDurations.arrival <= mediaDurations.steadyMedia) {
    const now = await received().catch(() => undefined);
    if (signal.aborted) return;
    const isQuiet = now !== undefined && now === before;
    quiet = isQuiet ? quiet + 1 : 0;
    steady = isQuiet ? 0 : steady + 1;
    before = now;
    if (quiet >= patience) {
      listener();
      patience *= 2;
      quiet = 0;
    }
    await pause(sipDurations.arrival, signal);
    if (signal.aborted) return;
  }
}
