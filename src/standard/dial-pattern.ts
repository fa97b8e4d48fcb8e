import {bracketed} from '../core/util/url.js';
import {escapedUser} from '../sip/headers/grammar.js';

/** Values for the placeholders of a pattern. */
export interface Filling {
  /** A domain or an address; an IPv6 one with or without brackets. */
  readonly host: string;
  readonly number: string;
  readonly file?: string;
}

/** Fills in a pattern; escapes characters with a special meaning in a user part (RFC 3261 §25.1). */
export function filledIn(pattern: string, {host, number, file = ''}: Filling): string {
  const values: Readonly<Record<string, string>> = {
    host: bracketed(host),
    number: escapedUser(number),
    file: escapedUser(file),
  };
  return pattern.replace(/\{(host|number|file)\}/g, (_, name: string) => values[name]!);
}
