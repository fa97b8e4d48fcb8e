/**
 * Returns a text as a copy. What an engine cuts out of a message refers to the whole message, and keeps it in memory.
 */
export function copied(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

/** Returns the beginning of a text, of at most so many UTF-16 code units, as a copy. */
export function shortened(text: string, longest: number): string {
  return copied(text.slice(0, longest));
}
