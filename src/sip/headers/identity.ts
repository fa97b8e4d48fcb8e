import type {URI} from '../sip-js.js';
import type {Party} from '../../core/types.js';
import {isForeign} from '../../core/util/number.js';
import {plainName} from '../../core/util/plain-name.js';
import type {Addresses} from './addresses.js';
import {LONGEST_VALUE, valuesOf} from './header-values.js';
import {readAddress} from './sip-reader.js';

/** The used part of a request: all values of a header. */
export interface Headers {
  getHeaders(name: string): readonly string[];
}

/**
 * Returns the other side's identity as the server asserts it: P-Asserted-Identity (RFC 3325), else Remote-Party-ID,
 * which older servers send. Undefined if the server asserts none, or marks it private.
 *
 * @param from - The address of the other side. If it is of another domain, Remote-Party-ID names no user of the account's
 *   domain: no standard obliges a server to remove that header from what strangers send.
 */
export function assertedParty(headers: Headers, addresses: Addresses, from: URI): Party | undefined {
  for (const value of headers.getHeaders('p-asserted-identity').flatMap(valuesOf)) {
    const party = readParty(value, addresses);
    if (party) return party;
  }
  const [older = ''] = headers.getHeaders('remote-party-id').flatMap(valuesOf);
  if (/;\s*privacy\s*=\s*"?(?!off\b)/i.test(older)) return undefined;
  const party = readParty(older, addresses);
  return party && !addresses.owns(from.host) && !isForeign(party.number) ? undefined : party;
}

function readParty(value: string, addresses: Addresses): Party | undefined {
  const read = readAddress(value);
  if (!read) return undefined;
  // Neither header has parameters without brackets: they are those of the URI.
  const number = addresses.numberAt(value.includes('<') ? read.uri : value);
  return number && number.length <= LONGEST_VALUE ? {number, name: plainName(read.name)} : undefined;
}
