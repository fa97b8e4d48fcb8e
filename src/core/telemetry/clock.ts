/** Returns the time in milliseconds since the epoch, which runs on when the system's clock is set. */
export const now = (): number => performance.timeOrigin + performance.now();
