import {durations} from '../../durations/page.js';

/** How much is on its way at the moment. */
let pending = 0;
let whenSent: Promise<void> | undefined;
let release = (): void => {};

/**
 * Has what is drawn wait for work at whose end a request or an answer is sent: a picture that comes a few milliseconds later
 * is not seen, an answer that does is heard. It does not wait for long: a browser may be asking the user for the microphone.
 * Resolves and rejects as the work.
 */
export async function sendingFirst<T>(work: Promise<T>): Promise<T> {
  pending += 1;
  whenSent ??= new Promise((resolve) => (release = resolve));
  const end = (): void => {
    if (!timer) return;
    clearTimeout(timer);
    timer = undefined;
    pending -= 1;
    if (pending > 0) return;
    whenSent = undefined;
    release();
  };
  let timer: ReturnType<typeof setTimeout> | undefined = setTimeout(end, durations.drawing);
  try {
    return await work;
  } finally {
    end();
  }
}

/** Calls back once nothing is to be sent first; at once if there is nothing, or if nobody sees the page. */
export function onceSent(then: () => void): void {
  if (whenSent && !globalThis.document?.hidden) void whenSent.then(then);
  else then();
}
