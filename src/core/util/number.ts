import {SipError} from '../../errors.js';

const LINK = /^(?:sips?|tel|callto):/i;
const SEPARATORS = /[\s().\-/\u00a0\u2010-\u2015]+/g;
const DIALLED = /^\+?[0-9*#]+$/;
const USER_PART = /^[A-Za-z0-9\-_.!~*'&=+$,;?/%]+$/;

/**
 * Returns the number to call for what a user typed or pasted: a number with separators, a `tel:` link (RFC 3966), a
 * `sip:` address (RFC 3261 §19.1), full-width digits.
 *
 * @throws {SipError} `invalid-number`
 */
export function cleanNumber(input: string): string {
  const text = String(input).normalize('NFKC').trim();
  const target = text.replace(LINK, '').split(/[;?]/, 1)[0]!;
  const bare = target.replace(SEPARATORS, '');
  if (DIALLED.test(bare)) return bare;
  const user = decoded(target.split('@', 1)[0]!.trim());
  const digits = user.replace(SEPARATORS, '');
  if (DIALLED.test(digits)) return digits;
  if (user && USER_PART.test(user)) return user;
  throw new SipError('invalid-number', {subject: text});
}

/** Like `cleanNumber`, but returns an invalid number unchanged, so that the error appears when it is called. */
export function cleanedNumber(input: string): string {
  return isNumber(input) ? cleanNumber(input) : input;
}

/** Whether the number can be called. */
export function isNumber(input: string): boolean {
  try {
    cleanNumber(input);
    return true;
  } catch {
    return false;
  }
}

/**
 * Parses a list of numbers, without duplicates: an array, or one text with `,`, `;` or spaces between them. A number
 * that begins with `+` may contain spaces (E.123 §2.1).
 *
 * @throws {SipError} `invalid-number`
 */
export function numbersOf(numbers: string | readonly string[]): readonly string[] {
  return [...new Set(writtenNumbers(numbers).map(cleanNumber))];
}

/** Returns the numbers of a list as they are written, valid or not. */
export function writtenNumbers(numbers: string | readonly string[] | null | undefined): readonly string[] {
  const list = Array.isArray(numbers)
    ? (numbers as readonly (string | null | undefined)[])
    : String(numbers ?? '')
        .split(/[,;\n\uff0c\uff1b]+/)
        .flatMap(spaced);
  return list.map((number) => String(number ?? '').trim()).filter(Boolean);
}

/** Returns the numbers of a text with only spaces between them. */
function spaced(text: string): readonly string[] {
  const trimmed = text.trim();
  return trimmed.split(/^[+\uff0b]/.test(trimmed) ? /(?<!\s)\s+(?=[+\uff0b])/ : /\s+/);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
