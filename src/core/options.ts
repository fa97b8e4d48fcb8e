import {SipError} from '../errors.js';

/** User name and password, as a page or its server hands them out. */
export interface Credentials {
  readonly user?: string;
  readonly password: string;
}

/** One line of the client's log. Secrets are masked. */
export interface LogEntry {
  readonly level: 'debug' | 'info' | 'warning' | 'error';
  /** The layer that speaks: `sip`, `api`, `call`, `media`. */
  readonly area: string;
  readonly text: string;
}

/** Waiting times, in milliseconds. */
export interface Timeouts {
  /** A request to the server's API or a SIP request without a final response. */
  readonly reply: number;
  /** Between heartbeats of the idle API socket. */
  readonly heartbeat: number;
  /** An INVITE with an unknown session id, for the reply that names it. */
  readonly invitePatience: number;
  /** A created session without an INVITE. */
  readonly invite: number;
  /** A dialog without any event of its session, after which the dialog itself counts. */
  readonly sessionEvent: number;
  /** Opening the WebSocket. */
  readonly connect: number;
  /** ICE candidates of STUN and TURN servers. */
  readonly iceGathering: number;
}

/** The waiting times that hold where a page gives none. */
export const DEFAULT_TIMEOUTS: Timeouts = Object.freeze({
  reply: 10_000,
  heartbeat: 30_000,
  invitePatience: 2_000,
  invite: 30_000,
  sessionEvent: 2_000,
  connect: 10_000,
  iceGathering: 500,
});

/** How a `SipClient` is set up. */
export interface SipClientOptions {
  /** The server's host name or address; with `port` and `path` it makes the address `wss://{host}:{port}{path}`. */
  readonly host?: string;
  readonly port?: number | string;
  /** `/fswebrtc` by default. */
  readonly path?: string;
  /** The whole WebSocket address instead of `host`, `port` and `path`. */
  readonly server?: string;
  readonly user: string;
  readonly password?: string;
  /** Asked for before each registration and call, and once more after a refusal; instead of `password`. */
  readonly credentials?: () => Credentials | Promise<Credentials>;
  /** The domain of the address of record; the server's host by default. */
  readonly domain?: string;
  /** `user` by default. */
  readonly displayName?: string;
  /** The kind of server; `dispatch` by default. */
  readonly profile?: 'dispatch' | 'standard';
  /** Lifetime of a registration in seconds, 1–600; 60 by default and where it is out of range. */
  readonly expires?: number;
  /** The API's WebSocket address; from the login information by default. */
  readonly api?: string;
  /** STUN and TURN servers; none by default. */
  readonly iceServers?: readonly RTCIceServer[];
  /** Sends media through TURN servers only. */
  readonly forceRelay?: boolean;
  readonly timeouts?: Partial<Timeouts>;
  /** Takes the log; silent by default. */
  readonly log?: (entry: LogEntry) => void;
}

/** Options with every default filled in. */
export interface ResolvedOptions {
  readonly server: string;
  readonly user: string;
  readonly domain: string;
  readonly displayName: string;
  readonly profile: 'dispatch' | 'standard';
  readonly expires: number;
  readonly api: string | undefined;
  readonly iceServers: readonly RTCIceServer[];
  readonly forceRelay: boolean;
  readonly timeouts: Timeouts;
  readonly credentials: () => Promise<Credentials>;
  readonly log: (entry: LogEntry) => void;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i;

/**
 * Fills in the defaults and checks what was given.
 *
 * @throws {SipError} `bad-parameter`, its subject naming the option.
 */
export function resolveOptions(options: SipClientOptions): ResolvedOptions {
  const server = serverAddress(options);
  const user = String(options.user ?? '').trim();
  if (!/^[^\s@<>";:,]+$/.test(user)) throw new SipError('bad-parameter', {subject: `user “${user}”`});
  const {password, credentials} = options;
  return Object.freeze({
    server: server.href,
    user,
    domain: options.domain || server.hostname,
    displayName: options.displayName || user,
    profile: options.profile ?? 'dispatch',
    expires: normalizeExpires(options.expires),
    api: options.api || undefined,
    iceServers: options.iceServers ?? [],
    forceRelay: options.forceRelay ?? false,
    timeouts: Object.freeze({...DEFAULT_TIMEOUTS, ...options.timeouts}),
    credentials: async () => readCredentials(credentials ? await credentials() : {password: password ?? ''}),
    log: options.log ?? (() => {}),
  });
}

/** A lifetime in seconds that a server takes: 60 for what is no whole number in 1–600. */
export function normalizeExpires(expires: number | undefined): number {
  return expires !== undefined && Number.isInteger(expires) && expires >= 1 && expires <= 600 ? expires : 60;
}

/** What a page's function gave, which may be anything. @throws {SipError} `bad-parameter` */
function readCredentials(given: unknown): Credentials {
  const {user, password} = (given ?? {}) as {user?: unknown; password?: unknown};
  if (!isText(password) || !(isText(user) || user === undefined || user === null))
    throw new SipError('bad-parameter', {subject: 'credentials'});
  return isText(user) ? {user: String(user), password: String(password)} : {password: String(password)};
}

/** Whoever writes a password of digits may forget the quotes. */
function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function serverAddress({server, host, port, path = '/fswebrtc'}: SipClientOptions): URL {
  const text =
    server ||
    (host
      ? `${schemeFor(host)}://${bracketed(host)}${port ? `:${port}` : ''}${path.startsWith('/') ? path : `/${path}`}`
      : '');
  if (!text) throw new SipError('bad-parameter', {subject: 'an empty server address'});
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new SipError('bad-parameter', {subject: `server “${text}”`, cause});
  }
  // Some browsers take blanks in a host and escape them.
  if (!/^wss?:$/.test(url.protocol) || url.hostname === '' || url.hostname.includes('%'))
    throw new SipError('bad-parameter', {subject: `server “${text}”`});
  return url;
}

/** Plain WebSockets are for development on the same machine, from a page that is not secure itself. */
function schemeFor(host: string): 'ws' | 'wss' {
  return LOOPBACK.test(host) && globalThis.location?.protocol === 'http:' ? 'ws' : 'wss';
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
