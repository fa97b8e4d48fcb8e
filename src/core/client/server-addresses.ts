import {SipError} from '../../errors.js';
import {bracketed, withoutSecrets} from '../util/url.js';

/** This machine. */
export const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i;

/** The options that name a server, as a page gives them. */
interface ServerOptions {
  readonly server?: string | readonly string[];
  readonly host?: string;
  readonly port?: number | string;
  readonly path?: string;
}

/** Returns the addresses of the servers, in the order in which they are tried. @throws {SipError} `bad-parameter` */
export function serverAddresses({server, host, port, path = '/fswebrtc'}: ServerOptions): [URL, ...URL[]] {
  // A comma within an address is part of it.
  const given = [server || []].flat().flatMap((text) => text.split(/(?<!\s)(?:\s*,\s*(?=wss?:)|\s+)/i));
  const [first, ...others] = given.filter((text) => text);
  if (first !== undefined) return [addressOf(first), ...others.map(addressOf)];
  if (!host) throw new SipError('bad-parameter', {subject: 'server “”', expected: EXAMPLE});
  const rest = `${port ? `:${port}` : ''}${path.startsWith('/') ? path : `/${path}`}`;
  return [addressOf(`${schemeFor(host)}://${bracketed(host)}${rest}`)];
}

/** Returns each of the servers once, in the order in which a client tries them. One that is named twice counts double. */
export function inTurn(servers: readonly URL[], order: 'listed' | 'random'): string[] {
  const addresses = servers.map(({href}) => href);
  if (order === 'listed') return [...new Set(addresses)];
  const drawn = addresses
    .map((address) => [Math.random(), address] as const)
    .sort(([one], [other]) => one - other);
  return [...new Set(drawn.map(([, address]) => address))];
}

/** @throws {SipError} `bad-parameter` */
function addressOf(text: string): URL {
  let url: URL;
  try {
    url = new URL(wholeAddress(text));
  } catch (cause) {
    throw unusable(text, cause);
  }
  // Some browsers accept blanks in a host and escape them.
  if (!/^wss?:$/.test(url.protocol) || url.hostname === '' || url.hostname.includes('%'))
    throw unusable(text);
  return url;
}

/** Completes an address that begins with `/`: it is on the page's own server. Throws if the page has none. */
export function wholeAddress(text: string): string {
  return /^\/(?!\/)/.test(text)
    ? new URL(text, globalThis.document?.baseURI).href.replace(/^http/, 'ws')
    : text;
}

const EXAMPLE = 'wss://sip.example.org/ws';

/** Returns the error for an invalid WebSocket address, with suggestions for what may have been meant. */
function unusable(text: string, cause?: unknown): SipError {
  const shown = withoutSecrets(text);
  const [, rest] = /^(?:[a-z]+:\/*(?!\d+(?:\/|$)))?([a-z\d.-]+(?::\d+)?(?:\/\S*)?)$/i.exec(shown) ?? [];
  const expected = rest ? `ws://${rest}, wss://${rest}` : EXAMPLE;
  // The browser’s error quotes the address, so it is kept only if that has no secrets.
  return new SipError('bad-parameter', {
    subject: `server “${shown}”`,
    expected,
    cause: shown === text ? cause : undefined,
  });
}

/** Plain WebSockets are for development on the same machine, from a page that is not secure itself. */
export function schemeFor(host: string): 'ws' | 'wss' {
  return LOOPBACK.test(host) && globalThis.location?.protocol === 'http:' ? 'ws' : 'wss';
}
