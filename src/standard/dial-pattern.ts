import {bracketed} from '../core/util/host.js';
import {SipError} from '../errors.js';

/** What is filled in. */
export interface Filling {
  /** A domain or an address; an IPv6 one with or without brackets. */
  readonly host: string;
  readonly number: string;
  readonly file?: string;
}

/**
 * Fills in a pattern; whatever could mean something else in a user part is escaped (RFC 3261 §25.1).
 *
 * @throws {SipError} `bad-parameter` where there is a colon or a percent sign: sip.js writes the one as it is, where
 * it begins a password, and takes the other for an escape.
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
  // A half of a surrogate pair is no character.
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
  return encodeURIComponent(whole).replaceAll('%2B', '+');
}
