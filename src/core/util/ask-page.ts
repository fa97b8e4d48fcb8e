/**
 * How long a page may take to answer what the other side asks, in milliseconds: the other side's request waits meanwhile,
 * and gives up after 32 s where nobody on the way says that it is on it (RFC 3261 §17.1, Timers B and F).
 */
export const REQUEST_PATIENCE = 20_000;

/** How a page is asked. */
interface Asking {
  /** What it means if nobody calls `respondWith`; yes by default. */
  readonly silence?: boolean;
  /** How long an answer may take, in milliseconds. */
  readonly patience?: number;
}

/**
 * Dispatches a cancelable event that may be answered by `respondWith`. If the page prevents it, or promises an answer that
 * does not come or fails, the answer is no.
 *
 * @param signal - Aborted where no answer is needed any more.
 */
export async function askPage<A>(
  target: EventTarget,
  type: string,
  detail: object,
  signal: AbortSignal,
  {silence = true, patience = REQUEST_PATIENCE}: Asking = {},
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

/** The answer; a refusal where it fails, comes too late or is not needed any more. */
async function firstOf<A>(
  answer: Promise<A | boolean>,
  signal: AbortSignal,
  patience: number,
): Promise<A | boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<false>((resolve) => {
    if (Number.isFinite(patience)) timer = setTimeout(() => resolve(false), patience);
    signal.addEventListener('abort', () => resolve(false));
  });
  const response = await Promise.race([answer.catch(() => false as const), over]);
  clearTimeout(timer);
  return response;
}
