/** Whether a value is a time that a `Date` can have, in milliseconds since the epoch: others cannot be written. */
export function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}
