import type {SipErrorCode} from '../../errors.js';

/** A `SipError` without its sentences, for small files beside the package: `describeError` has the sentences. */
export interface PlainError extends Error {
  readonly name: 'SipError';
  readonly code: SipErrorCode;
}

/** Creates an error that the rest of the package takes for a `SipError`. */
export function plainError(code: SipErrorCode, message: string = code): PlainError {
  return Object.assign(new Error(message), {name: 'SipError', code} as const);
}

/** Creates the error for an argument that cannot be used. */
export function badArgument(subject: string, expected: string): PlainError {
  return plainError('bad-parameter', `${subject} cannot be used. Write: ${expected}`);
}
