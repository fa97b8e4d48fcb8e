import type {SipErrorCode} from '../errors.js';

/** The longest text that passes between the pages. */
export const LONGEST_TEXT = 256;

/** A `SipError` without the sentences of the package, which are larger than the bridge: `describeError` has them. */
export interface FrameError extends Error {
  readonly name: 'SipError';
  readonly code: SipErrorCode;
}

/** Creates an error that the rest of the package takes for a `SipError`. */
export function frameError(code: SipErrorCode, message: string = code): FrameError {
  return Object.assign(new Error(message), {name: 'SipError', code} as const);
}

/** Creates the error for an argument that cannot be used. */
export function badArgument(subject: string, expected: string): FrameError {
  return frameError('bad-parameter', `${subject} cannot be used. Write: ${expected}`);
}

/**
 * Returns an origin that a page has given.
 *
 * @throws {FrameError} `bad-parameter` for anything but one origin: `*`, an address with a path, `null`.
 */
export function checkedOrigin(origin: unknown): string {
  const expected = 'https://crm.example.com';
  const shown = String(origin).slice(0, LONGEST_TEXT);
  const parsed = URL.canParse(shown) ? new URL(shown) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw badArgument(`origin “${shown}”`, expected);
  if (parsed.origin !== origin) throw badArgument(`origin “${shown}”`, parsed.origin);
  return parsed.origin;
}
