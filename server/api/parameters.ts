/**
 * Returns a number of a request's body, which may be a string (docs/protocol/envelope.md#values); undefined for
 * anything else.
 */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : undefined;
}

/**
 * Returns a list of numbers from one string, separated by `,`, `;` or spaces (docs/protocol/envelope.md#values), or
 * from a single number; empty for anything else.
 */
export function listOf(value: unknown): string[] {
  return (textOf(value) ?? '').split(/[,;\s]+/).filter((number) => number !== '');
}

/** Like `listOf`, each number once: a request costs no more than there are users. */
export const distinctOf = (value: unknown): string[] => [...new Set(listOf(value))];

/** Returns a text of a request's body, which may be a number; undefined if it is empty or anything else. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}

/** Whether a text can be the number of a session: it is written into addresses. */
export const isSessionNumber = (text: string): boolean => /^[\w*#+.-]{1,32}$/.test(text);

/** Returns the name of a session: that of the request, at most 100 characters of it, or the usual one. */
export const sessionName = (value: unknown, usual: string): string => (textOf(value) ?? usual).slice(0, 100);
