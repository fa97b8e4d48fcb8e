import {URI} from 'sip.js/lib/core/index.js';

/** Makes a `sip:` address. */
export function sipUri(user: string | undefined, host: string, parameters: Record<string, string> = {}): URI {
  // The constructor takes no user only as an empty string, and then prints none.
  return new URI('sip', user ?? '', host, undefined, parameters, {});
}

/** The user part of an address, without its escapes; empty where it has none. */
export function userOf(uri: URI): string {
  const user = uri.user ?? '';
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}

/** A display name that is safe inside a header's quoted string: no control characters, quotes or backslashes. */
export function displayName(name: string): string {
  return name.replace(/[\u0000-\u001f\u007f"\\]/g, ' ').trim();
}
