import {bracketed} from '../core/util/url.js';
import {SipError} from '../errors.js';

/** Values for the placeholders of a pattern. */
export interface Filling {
  /** A domain or an address; an IPv6 one with or without brackets. */
  readonly host: string;
  readonly number: string;
  readonly file?: string;
}

/**
 * Fills in a pattern; escapes characters with a special meaning in a user part (RFC 3261 §25.1).
 *
 * @throws {SipError} `bad-parameter` for a colon or a percent sign: sip.js writes the colon unescaped, where it begins
 * a password, and takes the percent sign for an escape.
 */
export function filledIn(pattern: string, {host, number, file = ''}: Filling): string {
  const values: Readonly<Record<string, string>> = {
    host: bracketed(host),
    number: escaped(number),
    file: escaped(file),
  };
  return pattern.replace(/\{(host|number|file)\}/g, (_, name: string) => values[name]!);
}

/** The user part of a SIP URI. */
export function userOf(address: string): string {
  return decodeURIComponent(/^sip:([^@;]*)/i.exec(address)?.[1] ?? '');
}

function escaped(text: string): string {
  if (/[:%]/.test(text)) throw new SipError('bad-parameter', {subject: text});
  // A lone surrogate is not a character.
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return encodeURIComponent(whole).replaceAll('%2B', '+');
}
