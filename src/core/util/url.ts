import {SipError} from '../../errors.js';

/** Returns a host as it is written in a URL: an IPv6 address in brackets (RFC 3986 §3.2.2). */
export function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

/** Returns a host as it is compared with others: in lower case, without brackets and final dot. */
export function normalizedHost(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$|\.$/g, '');
}

/**
 * Returns the URL of the server's web pages: host and scheme from its SIP WebSocket, port from its login information
 * (docs/protocol/sign-in.md#login-information).
 */
export function webUrlAt(server: string, webPort: number): URL {
  const {protocol, hostname} = new URL(server);
  return new URL(`${protocol === 'wss:' ? 'https' : 'http'}://${hostname}:${webPort}`);
}

/** Returns a server's address, with or without a scheme, without its user, query and fragment, which may contain secrets. */
export function publicAddress(server: string): string {
  return server.replace(/^(\w+:\/\/)?[^/?#]*@/, '$1').replace(/[?#].*/s, '');
}

/** Returns a mistyped address without its password, headers and query, which may contain secrets. */
export function withoutSecrets(address: string): string {
  return address.replace(/^(sips?:[^:@]*|(?!sips?:)[^:]*):.*@/is, '$1@').replace(/\?.*/s, '');
}

/**
 * Checks the URL of an upload form that a page gives; it may be relative to the page.
 *
 * @throws {SipError} `bad-parameter`
 */
export function checkedUploadUrl(address: string | undefined): string | undefined {
  if (!address) return undefined;
  try {
    const url = new URL(address, globalThis.document?.baseURI);
    if (/^https?:$/.test(url.protocol)) return url.href;
  } catch {
    // Not a URL.
  }
  throw new SipError('bad-parameter', {subject: `uploadUrl “${address}”`});
}
