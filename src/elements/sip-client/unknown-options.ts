/** The keys that a warning has named. */
const named = new Set<string>();

/** Warns the author of the page, once for each key, of options that the client does not know. */
export function warnOfUnknown(keys: readonly string[], known: readonly string[]): void {
  for (const key of keys) {
    if (named.has(key)) continue;
    named.add(key);
    console.warn(
      `SIP Elements: the option “${key}” is unknown. The nearest one is “${nearest(key, known)}”.`,
    );
  }
}

/** Finds the name that shares the most with a key: the largest part of its pairs of letters. */
function nearest(key: string, names: readonly string[]): string {
  const wanted = pairsOf(key);
  const likeness = (name: string): number => {
    const pairs = pairsOf(name);
    return pairs.filter((pair) => wanted.includes(pair)).length / (pairs.length + wanted.length);
  };
  return names.reduce((best, name) => (likeness(name) > likeness(best) ? name : best));
}

/** The pairs of letters of a name that may be written as an attribute is. */
function pairsOf(name: string): string[] {
  const plain = name.replace(/-/g, '').toLowerCase();
  return Array.from(plain, (_, index) => plain.slice(index, index + 2));
}
