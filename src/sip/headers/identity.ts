import {Grammar} from 'sip.js';
import type {Party} from '../../core/types.js';
import {valuesOf} from './header-values.js';

/** What is read of a request: all values of a header. */
export interface Headers {
  getHeaders(name: string): readonly string[];
}

/**
 * Reads who is at the other end, as the server asserts it: P-Asserted-Identity (RFC 3325), else Remote-Party-ID, which
 * older servers send; undefined where it does not, or wants nobody to be told.
 */
export function assertedParty(headers: Headers): Party | undefined {
  for (const value of headers.getHeaders('p-asserted-identity').flatMap(valuesOf)) {
    const party = readParty(value);
    if (party) return party;
  }
  const [older = ''] = headers.getHeaders('remote-party-id').flatMap(valuesOf);
  return /;\s*privacy\s*=\s*"?(?!off\b)/i.test(older) ? undefined : readParty(older);
}

/** The number of a URI's user part. */
export function decoded(user: string): string {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}

function readParty(value: string): Party | undefined {
  const [bare = ''] = value.split(/[;<]/, 1);
  const [address] = /^(?:"(?:[^"\\]|\\.)*"\s*|[^"<]*)<[^>]*>/.exec(value) ?? [`<${bare.trim()}>`];
  const read = Grammar.nameAddrHeaderParse(
    address.replace(/<tel:([^;>]*)(?:;[^>]*)?>/i, '<sip:$1@tel.invalid>'),
  );
  const number = decoded(read?.uri.user ?? '');
  return read && number ? {number, name: read.displayName ?? ''} : undefined;
}
