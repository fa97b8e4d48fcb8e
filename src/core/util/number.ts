import {SipError} from '../../errors.js';

const LINK = /^(?:sips?|tel|callto):/i;
const SEPARATORS = /[\s().\-/\u00a0\u2010-\u2015]+/g;
/** What sets the direction of a text; it is copied along with a number. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** The digits of Arabic and Persian keyboards. */
const ARABIC_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;
const DIALLED = /^\+?[0-9*#]+$/;
/** An address without its headers, which begin after its host: a `?` in the user part is one of its characters. */
const WITHOUT_HEADERS = /^(?:[^@]*@[^?]*|[^?]*)/;
/** The longest text that is read, in characters: to normalize one takes time by the square of its length. */
const LONGEST = 1_000;
const USER_PART = /^[A-Za-z0-9\-_.!~*'&=+$,;?/%]+$/;

/**
 * Returns the number to call for what a user typed or pasted: a number with separators, a `tel:` link (RFC 3966), a
 * `sip:` address (RFC 3261 §19.1), full-width or Arabic digits. The number of an address is `user@host`.
 *
 * @param isOwn - Whether a host is one of the account's domain, whose numbers have no host.
 * @throws {SipError} `invalid-number`
 */
export function cleanNumber(input: string, isOwn: (host: string) => boolean = () => false): string {
  const given = String(input);
  if (given.length > LONGEST) throw new SipError('invalid-number', {subject: given.slice(0, 100)});
  const text = plainText(given.normalize('NFKC'));
  const [target = ''] = WITHOUT_HEADERS.exec(text.replace(LINK, '')) ?? [];
  const at = target.lastIndexOf('@');
  const host = at < 0 ? undefined : target.slice(at + 1);
  const written = at < 0 ? target : target.slice(0, at);
  const number = userOf(written.split(';', 1)[0]!.trim(), LINK.test(text));
  const [, address, name] = /^((\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?)(?:;|$)/i.exec(host ?? '') ?? [];
  if (number === undefined || (host !== undefined && address === undefined))
    throw new SipError('invalid-number', {subject: text});
  return host === undefined || isOwn(name!) ? number : `${number}@${address!.toLowerCase()}`;
}

/** The number in the user part of an address; a link has it escaped. Undefined if it is none. */
function userOf(text: string, isLink: boolean): string | undefined {
  const user = isLink ? decoded(text) : text;
  const digits = user.replace(SEPARATORS, '');
  if (DIALLED.test(digits)) return digits;
  return USER_PART.test(user) ? user : undefined;
}

/** Returns a text without what sets its direction, and with the digits 0 to 9 for Arabic ones. */
export function plainText(text: string): string {
  return text
    .replace(DIRECTIONS, '')
    .replace(ARABIC_DIGITS, (digit) => String(digit.charCodeAt(0) & 15))
    .trim();
}

/** Like `clean`, but returns an invalid number unchanged, so that the error appears when it is called. */
export function cleanedNumber(input: string, clean: (input: string) => string = cleanNumber): string {
  try {
    return clean(input);
  } catch {
    return input;
  }
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
 * @param clean - What makes a number of each; with rules for what is dialed, `dial` of the options.
 * @throws {SipError} `invalid-number`
 */
export function numbersOf(
  numbers: string | readonly string[],
  clean: (input: string) => string = cleanNumber,
): readonly string[] {
  return [...new Set(writtenNumbers(numbers).map((number) => clean(number)))];
}

/** Returns the numbers of a list as they are written, valid or not. */
export function writtenNumbers(numbers: string | readonly string[] | null | undefined): readonly string[] {
  const list = Array.isArray(numbers)
    ? (numbers as readonly (string | null | undefined)[])
    : String(numbers ?? '')
        .split(/[,;\n\uff0c\uff1b\u060c\u061b]+/)
        .flatMap(spaced);
  return list.map((number) => String(number ?? '').trim()).filter(Boolean);
}

/** Returns the numbers of a text with only spaces between them. */
function spaced(text: string): readonly string[] {
  const trimmed = plainText(text);
  return trimmed.split(/^[+\uff0b]/.test(trimmed) ? /(?<!\s)\s+(?=[+\uff0b])/ : /\s+/);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a number is that of a caller who has none, or hides it (RFC 3323 §4.1.1.3). */
export function isNobody(number: string): boolean {
  return number === '' || number.toLowerCase() === 'anonymous';
}

/** Whether a caller is of another domain, or has no number. */
export function isForeign(number: string): boolean {
  return number.includes('@') || isNobody(number);
}
