import {Grammar} from 'sip.js/lib/core/index.js';
import type {Party} from '../../core/types.js';
import {valuesOf} from './header-values.js';

/** The used part of a request: all values of a header. */
export interface Headers {
  getHeaders(name: string): readonly string[];
}

/**
 * Returns the other side's identity as the server asserts it: P-Asserted-Identity (RFC 3325), else Remote-Party-ID,
 * which older servers send. Undefined if the server asserts none, or marks it private.
 */
export function assertedParty(headers: Headers): Party | undefined {
  for (const value of headers.getHeaders('p-asserted-identity').flatMap(valuesOf)) {
    const party = readParty(value);
    if (party) return party;
  }
  const [older = ''] = headers.getHeaders('remote-party-id').flatMap(valuesOf);
  return /;\s*privacy\s*=\s*"?(?!off\b)/i.test(older) ? undefined : readParty(older);
}

/** Decodes the user part of a URI to a number. */
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
