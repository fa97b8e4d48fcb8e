/** How long what is drawn waits at most, in milliseconds: a browser may be asking the user for the microphone. */
const PATIENCE_MS = 100;

/** How much is on its way at the moment. */
let count = 0;
let sent: Promise<void> | undefined;
let release = (): void => {};

/**
 * Has what is drawn wait for work at whose end a request or an answer is sent: a picture that comes a few milliseconds later
 * is not seen, an answer that does is heard. Resolves and rejects as the work.
 */
export async function sendingFirst<T>(work: Promise<T>): Promise<T> {
  count += 1;
  sent ??= new Promise((resolve) => {
    const timer = setTimeout(() => release(), PATIENCE_MS);
    release = () => {
      clearTimeout(timer);
      sent = undefined;
      resolve();
    };
  });
  try {
    return await work;
  } finally {
    count -= 1;
    if (count === 0) release();
  }
}

/** Calls back once nothing is to be sent first; at once if there is nothing, or if nobody sees the page. */
export function onceSent(then: () => void): void {
  if (sent && !globalThis.document?.hidden) void sent.then(then);
  else then();
}
