/** A delay that can be stopped. */
export interface Pause {
  /** Resolves when the time is over; never if it was stopped. */
  readonly promise: Promise<void>;
  readonly stop: () => void;
}

/** Starts a delay; stop it when it is no longer needed, so that no timer remains. */
export function pause(milliseconds: number): Pause {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  return {promise, stop: () => clearTimeout(timer)};
}
