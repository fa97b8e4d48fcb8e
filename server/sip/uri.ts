import {URI} from 'sip.js/lib/core/index.js';
import {decodedUser, escapedUser} from '../../src/sip/headers/grammar.js';

/** Creates a `sip:` address. */
export function sipUri(user: string | undefined, host: string, parameters: Record<string, string> = {}): URI {
  // The constructor accepts a missing user only as an empty string, and then prints none.
  return new URI('sip', escapedUser(user ?? ''), host, undefined, parameters, {});
}

/** Returns the unescaped user part of an address; empty if it has none. */
export function userOf(uri: URI): string {
  return decodedUser(uri.user ?? '');
}

/** Returns a display name that is safe in a header's quoted string: no control characters, quotes or backslashes. */
export function displayName(name: string): string {
  return name.replace(/[\u0000-\u001f\u007f"\\]/g, ' ').trim();
}
