/** A time that passes, unless it is stopped. */
export interface Pause {
  /** Resolves when the time is over; never, once it was stopped. */
  readonly promise: Promise<void>;
  readonly stop: () => void;
}

/** Starts to wait; stop it where nobody waits any more, so that no timer stays behind. */
export function pause(milliseconds: number): Pause {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  return {promise, stop: () => clearTimeout(timer)};
}
