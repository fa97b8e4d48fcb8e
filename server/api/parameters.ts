/** A number of a request's body, which may come as a string (protocol page §2); undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : undefined;
}

/**
 * A list of numbers as one string, separated by `,`, `;` or spaces (protocol page §5), or one of them as a number; empty for
 * anything else.
 */
export function listOf(value: unknown): string[] {
  return (textOf(value) ?? '').split(/[,;\s]+/).filter((number) => number !== '');
}

/** A text of a request's body, which may come as a number; undefined where it is empty or anything else. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}
