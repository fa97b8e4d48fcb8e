import type {Group} from '../../../core/directory/people.js';

/** Returns the numbers of groups and of all groups inside them; looks at each group once, however deep they are. */
export function withInner(numbers: Iterable<string>, all: readonly Group[]): ReadonlySet<string> {
  const inner = new Map<string, string[]>();
  for (const {number, parent} of all) {
    const beside = inner.get(parent);
    if (beside) beside.push(number);
    else inner.set(parent, [number]);
  }
  const found = new Set(numbers);
  // The set grows during the loop.
  for (const number of found) for (const each of inner.get(number) ?? []) found.add(each);
  return found;
}
