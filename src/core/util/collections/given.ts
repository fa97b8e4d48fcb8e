/** Drops undefined fields. */
export function given<T extends object>(what: {[K in keyof T]: T[K] | undefined}): Partial<T> {
  return Object.fromEntries(Object.entries(what).filter(([, value]) => value !== undefined)) as Partial<T>;
}
