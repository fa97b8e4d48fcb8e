import type {LoginInfo} from '../core/directory/people.js';
import type {ApiMessage} from '../core/types.js';
import {webUrlAt} from '../core/util/url.js';
import {SipError} from '../errors.js';
import {firstOf, integerOf, textOf} from './envelope.js';
import {UPLOAD_PATH} from './protocol.js';

/** Path of the JSON API's WebSocket, relative to the server's address (docs/protocol/carriers.md#carrier-2). */
const API_PATH = '/websocketapi';

const HTTPS_PORT = 443;

/**
 * Reads the reply to `system.server.logininfo` for a client configured with the host.
 *
 * The `EX…` values are for clients outside the site. They apply if one of the outside addresses, for SIP or for ICE, is
 * the one that the client uses. A missing `EX…` value falls back to the plain one.
 */
export function readLoginInfo(reply: ApiMessage, host: string): LoginInfo {
  const values = firstOf(reply);
  const isOutside = ['EXEmployeeLoginSipIP', 'EXEmployeeLoginICEIP'].some((name) =>
    sameHost(textOf(values[name]), host),
  );
  const value = (name: string): string | undefined =>
    (isOutside ? textOf(values[`EX${name}`]) : undefined) ?? textOf(values[name]);
  const path = value('ServerWebSocketPATH');
  return {
    apiUrl: path === undefined ? undefined : apiUrlAt(path),
    webPort: portOf(value('ServerWebHttpsPort')) ?? HTTPS_PORT,
    recordHost: value('RecordServerWebIP'),
    recordPort: portOf(value('RecordServerWebPort')),
    echo: textOf(values['EchoNumber']),
    raw: values,
  };
}

/**
 * Checks a page's address of the API's WebSocket; adds the protocol's path to a bare server address.
 *
 * @throws {SipError} `bad-parameter`
 */
export function checkedApiUrl(address: string): string {
  let url: URL;
  try {
    url = new URL(address);
  } catch (cause) {
    throw new SipError('bad-parameter', {subject: `api “${address}”`, cause});
  }
  if (!/^wss?:$/.test(url.protocol)) throw new SipError('bad-parameter', {subject: `api “${address}”`});
  if (url.pathname === '/' && !url.search) url.pathname = API_PATH;
  return url.href;
}

/**
 * The URL for uploads, beside the server's web pages (docs/protocol/files.md#uploads). Plain http is for development
 * only.
 */
export function uploadUrlAt(server: string, webPort: number): string {
  return new URL(UPLOAD_PATH, webUrlAt(server, webPort)).href;
}

/** The server's value is a full address without a trailing slash; some servers omit the scheme. */
function apiUrlAt(path: string): string | undefined {
  const whole = /^[a-z]+:\/\//i.test(path) ? path.replace(/^http/i, 'ws') : `wss://${path}`;
  try {
    const {protocol, href} = new URL(whole);
    return /^wss?:$/.test(protocol) ? `${href.replace(/(?<!\/)\/+$/, '')}${API_PATH}` : undefined;
  } catch {
    return undefined;
  }
}

function sameHost(one: string | undefined, other: string): boolean {
  const bare = (host: string): string => host.toLowerCase().replace(/^\[|\]$/g, '');
  return one !== undefined && bare(one) === bare(other);
}

function portOf(value: unknown): number | undefined {
  const port = integerOf(value);
  return port !== undefined && port > 0 && port < 65_536 ? port : undefined;
}
