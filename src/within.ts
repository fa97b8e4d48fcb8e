/**
 * Resolves with the result of a task. If the task takes longer, resolves with undefined, or rejects with the error if there is one.
 * Rejects if the task rejects.
 */
export async function within<T>(task: Promise<T>, milliseconds: number): Promise<T | undefined>;
export async function within<T>(task: Promise<T>, milliseconds: number, error: () => Error): Promise<T>;
export async function within<T>(
  task: Promise<T>,
  milliseconds: number,
  error?: () => Error,
): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve, reject) => {
    timer = setTimeout(() => (error ? reject(error()) : resolve(undefined)), milliseconds);
  });
  try {
    return await Promise.race([task, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves and rejects as a task; rejects with the error once one of the signals is aborted. */
export async function unlessAborted<T>(
  task: Promise<T>,
  signals: readonly (AbortSignal | undefined)[],
  error: () => Error,
): Promise<T> {
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const end = (): void => reject(error());
    for (const signal of signals) {
      if (signal?.aborted) end();
      signal?.addEventListener('abort', end, {signal: over.signal});
    }
  });
  try {
    return await Promise.race([aborted, task]);
  } finally {
    over.abort();
  }
}

/** Resolves after a time, in milliseconds, or once the signal is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  await new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => resolve(), {signal: over.signal});
  });
  clearTimeout(timer);
  over.abort();
}
