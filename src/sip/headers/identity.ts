import type {Party} from '../../core/types.js';
import type {Addresses} from './addresses.js';
import {decodedUser, readNameAddr} from './grammar.js';
import {valuesOf} from './header-values.js';
import {plainName} from '../../core/util/plain-name.js';

/** The used part of a request: all values of a header. */
export interface Headers {
  getHeaders(name: string): readonly string[];
}

/**
 * Returns the other side's identity as the server asserts it: P-Asserted-Identity (RFC 3325), else Remote-Party-ID,
 * which older servers send. Undefined if the server asserts none, or marks it private.
 */
export function assertedParty(headers: Headers, addresses: Addresses): Party | undefined {
  for (const value of headers.getHeaders('p-asserted-identity').flatMap(valuesOf)) {
    const party = readParty(value, addresses);
    if (party) return party;
  }
  const [older = ''] = headers.getHeaders('remote-party-id').flatMap(valuesOf);
  return /;\s*privacy\s*=\s*"?(?!off\b)/i.test(older) ? undefined : readParty(older, addresses);
}

function readParty(value: string, addresses: Addresses): Party | undefined {
  const [bare = ''] = value.split(/[;<]/, 1);
  const [address] = /^(?:"(?:[^"\\]|\\.)*"\s*|[^"<]*)<[^>]*>/.exec(value) ?? [`<${bare.trim()}>`];
  const isNumber = /<tel:/i.test(address);
  const read = readNameAddr(address.replace(/<tel:([^;>]*)(?:;[^>]*)?>/i, '<sip:$1@tel.invalid>'));
  const number = read ? (isNumber ? decodedUser(read.uri.user ?? '') : addresses.numberOf(read.uri)) : '';
  return read && number ? {number, name: plainName(read.displayName)} : undefined;
}
