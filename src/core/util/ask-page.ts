import {durations} from '../../durations/page.js';
import {SipError} from '../../errors.js';
import {unlessAborted, within} from '../../within.js';

/** Options of `askPage`. */
interface Asking {
  /** The answer if the page does not call `respondWith`; true by default. */
  readonly silence?: boolean;
  /** How long a response may take, in milliseconds. */
  readonly patience?: number;
}

/**
 * Dispatches a cancelable event that may be answered by `respondWith`. Resolves with false if the page cancels the
 * event, or its promised response fails or does not come in time.
 *
 * @param signal - Aborted when no response is needed any longer.
 */
export async function askPage<A>(
  target: EventTarget,
  type: string,
  detail: object,
  signal: AbortSignal,
  {silence = true, patience = durations.pageResponse}: Asking = {},
): Promise<A | boolean> {
  let answer: Promise<A | boolean> | undefined;
  const respondWith = (response: A | Promise<A>): boolean => {
    if (answer) return false;
    answer = Promise.resolve(response);
    return true;
  };
  const over = new AbortController();
  const asked = {...detail, signal: over.signal, respondWith};
  const event = new CustomEvent(type, {cancelable: true, detail: asked});
  try {
    if (!target.dispatchEvent(event)) return false;
    if (!answer) return silence;
    return await firstOf(answer, signal, patience);
  } finally {
    over.abort();
  }
}

/** Resolves with the response; with false if it fails, comes too late or is no longer needed. */
async function firstOf<A>(
  answer: Promise<A | boolean>,
  signal: AbortSignal,
  patience: number,
): Promise<A | boolean> {
  const response = unlessAborted(answer, [signal], () => new SipError('aborted')).catch(() => false as const);
  return Number.isFinite(patience) ? ((await within(response, patience)) ?? false) : response;
}
