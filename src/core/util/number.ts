import {SipError} from '../../errors.js';

const LINK = /^(?:sips?|tel|callto):/i;
const SEPARATORS = /[\s().\-/\u00a0\u2010-\u2015]+/g;
const DIALLED = /^\+?[0-9*#]+$/;
const USER_PART = /^[A-Za-z0-9\-_.!~*'&=+$,;?/%]+$/;

/**
 * Makes a number that can be called out of what a person typed or pasted: a number with separators, a `tel:` link
 * (RFC 3966), a `sip:` address (RFC 3261 §19.1), full-width digits.
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

/** As `cleanNumber`; what is no number stays as it is written, so that whoever calls it is told so. */
export function cleanedNumber(input: string): string {
  return isNumber(input) ? cleanNumber(input) : input;
}

/** Whether it can be called. */
export function isNumber(input: string): boolean {
  try {
    cleanNumber(input);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads a list of numbers: an array, or one text with `,`, `;` or spaces between them; each of them once. A number that
 * begins with `+` may have spaces in it (E.123 §2.1).
 *
 * @throws {SipError} `invalid-number`
 */
export function numbersOf(numbers: string | readonly string[]): readonly string[] {
  return [...new Set(writtenNumbers(numbers).map(cleanNumber))];
}

/** The numbers of a list as they are written in it, valid or not. */
export function writtenNumbers(numbers: string | readonly string[] | null | undefined): readonly string[] {
  const list = Array.isArray(numbers)
    ? (numbers as readonly (string | null | undefined)[])
    : String(numbers ?? '')
        .split(/[,;\n\uff0c\uff1b]+/)
        .flatMap(spaced);
  return list.map((number) => String(number ?? '').trim()).filter(Boolean);
}

/** The numbers of a text that has nothing but spaces between them. */
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
