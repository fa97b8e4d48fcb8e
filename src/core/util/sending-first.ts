/** How long what is drawn waits at most, in milliseconds: a browser may be asking the user for the microphone. */
const PATIENCE = 100;

let count = 0;
let sent: Promise<void> | undefined;
let settle = (): void => {};

/**
 * Has what is drawn wait for work at whose end a request or an answer is sent: a picture that comes a few milliseconds later is
 * not seen, an answer that does is heard. Resolves and rejects as the work.
 */
export async function sendingFirst<T>(work: Promise<T>): Promise<T> {
  count += 1;
  sent ??= new Promise((resolve) => (settle = resolve));
  let isOver = false;
  const over = (): void => {
    if (isOver) return;
    isOver = true;
    count -= 1;
    if (count > 0) return;
    settle();
    sent = undefined;
  };
  const timer = setTimeout(over, PATIENCE);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    over();
  }
}

/** Calls back once nothing is to be sent first; at once if there is nothing. */
export function onceSent(then: () => void): void {
  if (sent) void sent.then(then);
  else then();
}
