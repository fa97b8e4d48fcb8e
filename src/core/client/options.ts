import {SipError} from '../../errors.js';
import {autoAnswerOf, type AutoAnswer} from '../call/auto-answer.js';
import {bracketed, withoutSecrets} from '../util/url.js';
import {cleanNumber, isNumber} from '../util/number.js';
import {resolveIceServers, type IceServers, type ResolvedIceServers} from './ice-servers.js';
import type {DtmfMethod} from '../call/tones.js';
import {checkedUploadUrl} from '../uploads/uploads.js';
import {pageDevices, type SipDevices} from '../devices/devices.js';
import {checkedPatterns, type DialPatterns} from './dial-patterns.js';
import type {CallMedia} from '../types.js';
import type {SipHeaders} from './sip-headers.js';
import type {AudioProcessing, TrackProcessor} from '../devices/devices-state.js';
import type {RecordingMode} from '../recordings/recordings.js';
import {parseQuietHours} from '../ringing/quiet-hours.js';
import {checkedCountry, type ToneCountry} from '../ringing/tone-countries.js';
import {normalizeVolume} from '../util/volume.js';

/** User name and password, as a page or its server provides them. */
export interface Credentials {
  readonly user?: string;
  readonly password: string;
}

/** One line of the client's log. Secrets are masked. */
export interface LogEntry {
  readonly level: 'debug' | 'info' | 'warning' | 'error';
  /** The layer that logs: `sip`, `api`, `call`, `media`. */
  readonly area: string;
  readonly text: string;
}

/** Timeouts, in milliseconds. */
export interface Timeouts {
  /**
   * A request to the server's API, or a SIP request without a final response; a text message has the 32 s of RFC 3261.
   */
  readonly reply: number;
  /** Between heartbeats of the idle API socket. */
  readonly heartbeat: number;
  /** An INVITE with an unknown session id, until the reply that names it. */
  readonly invitePatience: number;
  /** A created session, until its INVITE. */
  readonly invite: number;
  /** A dialog without any event of its session, after which the dialog itself decides the call's phase. */
  readonly sessionEvent: number;
  /** Between requests for a conference's members, if the server reports no changes. */
  readonly members: number;
  /** Opening the WebSocket. */
  readonly connect: number;
  /** Gathering ICE candidates of STUN servers; TURN servers have five times as long. */
  readonly iceGathering: number;
}

/** The default timeouts. */
export const DEFAULT_TIMEOUTS: Timeouts = Object.freeze({
  reply: 10_000,
  heartbeat: 30_000,
  invitePatience: 2_000,
  invite: 30_000,
  sessionEvent: 2_000,
  members: 3_000,
  connect: 10_000,
  iceGathering: 500,
});

/** Where a history is stored: in the browser, in memory while the client lives, or nowhere. */
export type HistoryMode = 'local' | 'memory' | 'none';

/** Options of a `SipClient`. */
export interface SipClientOptions extends DialPatterns {
  /** The server's host name or address. With `port` and `path` it makes the address `wss://{host}:{port}{path}`. */
  readonly host?: string;
  readonly port?: number | string;
  /** `/fswebrtc` by default. */
  readonly path?: string;
  /**
   * The whole WebSocket address, instead of `host`, `port` and `path`. May be several, as a list or separated by blanks
   * or commas: if one cannot be reached, the next is tried. `domain` defaults to the host of the first.
   */
  readonly server?: string | readonly string[];
  readonly user: string;
  readonly password?: string;
  /**
   * Returns the credentials, instead of `password`. Called before each registration and call, and again after a
   * refusal.
   */
  readonly credentials?: () => Credentials | Promise<Credentials>;
  /** The domain of the address of record; the server's host by default. */
  readonly domain?: string;
  /** `user` by default. */
  readonly displayName?: string;
  /** The kind of server; `dispatch` by default. */
  readonly profile?: 'dispatch' | 'standard';
  /** Lifetime of a registration in seconds, 1–600; 60 by default and if out of range. */
  readonly expires?: number;
  /** Headers that are added to every REGISTER; `connect()` rejects with `bad-parameter` for one that is not allowed. */
  readonly registerHeaders?: SipHeaders;
  /** The API's WebSocket address; from the login information by default. */
  readonly api?: string;
  /** The number of the mailbox, such as `*97`; the number that the server reports by default. */
  readonly mailbox?: string;
  /** The URL that files are uploaded to, which may be relative to the page; from the login information by default. */
  readonly uploadUrl?: string;
  /**
   * STUN and TURN servers, or a function that returns them; none by default. The function is called before each call,
   * and during a call before an ICE restart. If it throws, a new call fails; to call without servers, return an empty
   * list. A connected call continues with the servers it has.
   */
  readonly iceServers?: IceServers;
  /** Sends media through TURN servers only. */
  readonly forceRelay?: boolean;
  /**
   * Preferred codecs, best first, such as `['VP8', 'opus']`; the browser's order by default. All others stay possible,
   * or some calls would have none in common. Codecs that the browser lacks are skipped.
   */
  readonly codecs?: readonly string[];
  /** The maximum number of simultaneous calls, 1 or more; 8 by default. Further callers get “busy”. */
  readonly maxCalls?: number;
  /** Whether several calls may be active at once; false by default: the others are held. */
  readonly parallelCalls?: boolean;
  /**
   * Whether others may see this side's camera without asking each time; false by default. Only the camera opens
   * automatically. `state.watchers` lists the watchers, and a page must show them, as `<sip-incoming>` does. A watcher
   * whom the user has ended needs permission the next time.
   */
  readonly allowMonitoring?: boolean;
  /**
   * Whether calls are answered automatically if the caller asks for it, as intercoms and announcements of PBXs do
   * (`Call-Info`, `Alert-Info`, RFC 5373); for the standard profile. False by default, because the microphone opens
   * without a user's action. `true` and `audio` answer with audio only; `video` also sends the camera if the caller
   * offers video. During another call it rings as usual. `sip-auto-answer` is dispatched first.
   */
  readonly autoAnswer?: AutoAnswer;
  /** Whether “do not disturb” is on at the start. */
  readonly doNotDisturb?: boolean;
  /**
   * Where the history is stored: in the browser (`local`, the default), in memory while the client lives, or nowhere.
   */
  readonly historyStorage?: HistoryMode;
  /** How many calls the history keeps, 1–1000; 200 by default. */
  readonly historyLimit?: number;
  /**
   * Where recordings are stored: in the browser's private files (`local`, the default), or in memory while the page
   * lives.
   */
  readonly recordingsStorage?: RecordingMode;
  /**
   * The maximum size of all recordings in megabytes, 1–1,000,000; 2048 by default. The oldest finished ones are deleted
   * first.
   */
  readonly recordingsLimit?: number;
  /** After how many days a recording is deleted, 1–36,500; 30 by default. */
  readonly recordingsDays?: number;
  /** How many messages a conversation keeps, 1–100,000; 10,000 by default. `historyStorage` decides where they are stored. */
  readonly messageLimit?: number;
  /** How many days messages are kept, 1–36,500; 365 by default. */
  readonly messageDays?: number;
  /**
   * The maximum length of a text in bytes of UTF-8, 1–32,000; 32,000 by default. A longer text is rejected
   * (`message-too-long`) before it is sent. Asterisk accepts 1023 and drops the rest silently.
   */
  readonly messageBytes?: number;
  readonly timeouts?: Partial<Timeouts>;
  /** How DTMF tones are sent; `auto` by default: as RTP events if the other side supports them, otherwise as INFO. */
  readonly dtmf?: DtmfMethod;
  /** The ringtone of incoming calls: `default`, `none`, or the URL of a sound. */
  readonly ringtone?: string;
  /** The volume of the ringtone, 0–1; 1 by default. Urgent calls ring at full volume. */
  readonly ringVolume?: number;
  /** Whether the user hears the ringback tone, and a tone when a call fails; true by default. */
  readonly callTones?: boolean;
  /**
   * The country whose network tones are played (ITU-T E.180), by its ISO 3166-1 code, such as `de`; `cn` by default.
   */
  readonly toneCountry?: string;
  /**
   * When calls are shown but do not ring, every day in the user's local time, such as `22:00-07:00`. Urgent calls still
   * ring.
   */
  readonly quietHours?: string;
  /** The browser's processing of the microphone's audio; everything by default. */
  readonly audio?: AudioProcessing;
  /** Processes the microphone's audio before it is sent. */
  readonly processAudio?: TrackProcessor;
  /** Processes the camera's video before it is sent. */
  readonly processVideo?: TrackProcessor;
  /** The client's own choice of devices, if they differ from the rest of the page. */
  readonly devices?: SipDevices;
  /** Receives the log; silent by default. */
  readonly log?: (entry: LogEntry) => void;
}

/** Options with every default filled in. */
export interface ResolvedOptions {
  /** The first server. */
  readonly server: string;
  /** All servers, in the order in which they are tried. */
  readonly servers: readonly string[];
  readonly user: string;
  readonly domain: string;
  readonly displayName: string;
  readonly profile: 'dispatch' | 'standard';
  readonly expires: number;
  readonly registerHeaders: SipHeaders | undefined;
  readonly api: string | undefined;
  /** Empty if the page gives none. */
  readonly mailbox: string;
  readonly uploadUrl: string | undefined;
  readonly patterns: DialPatterns;
  readonly iceServers: ResolvedIceServers;
  readonly forceRelay: boolean;
  readonly codecs: readonly string[];
  readonly maxCalls: number;
  readonly parallelCalls: boolean;
  readonly allowMonitoring: boolean;
  /** Undefined if no call is answered automatically. */
  readonly autoAnswer: CallMedia | undefined;
  readonly doNotDisturb: boolean;
  readonly historyStorage: HistoryMode;
  readonly historyLimit: number;
  readonly recordingsStorage: RecordingMode;
  readonly recordingsLimit: number;
  readonly recordingsDays: number;
  readonly messageLimit: number;
  readonly messageDays: number;
  readonly messageBytes: number;
  readonly timeouts: Timeouts;
  readonly dtmf: DtmfMethod;
  readonly ringtone: string;
  readonly ringVolume: number;
  readonly callTones: boolean;
  readonly toneCountry: ToneCountry;
  readonly quietHours: string;
  readonly audio: AudioProcessing;
  readonly processAudio: TrackProcessor | undefined;
  readonly processVideo: TrackProcessor | undefined;
  readonly devices: SipDevices;
  readonly credentials: () => Promise<Credentials>;
  readonly log: (entry: LogEntry) => void;
}

const PROFILES = ['dispatch', 'standard'] as const;

const DTMF_METHODS = ['auto', 'rfc4733', 'info'] as const;

const HISTORY_MODES = ['local', 'memory', 'none'] as const;

/** The maximum length of a text in bytes of UTF-8: a server accepts no more than a WebSocket's frame. */
const LONGEST_MESSAGE = 32_000;

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i;

/**
 * Checks the options and fills in the defaults.
 *
 * @throws {SipError} `bad-parameter`, its subject naming the option.
 */
export function resolveOptions(options: SipClientOptions): ResolvedOptions {
  const servers = serverAddresses(options);
  const [server] = servers;
  const user = String(options.user ?? '').trim();
  checkUser(user);
  const {password, credentials} = options;
  return Object.freeze({
    server: server.href,
    servers: Object.freeze(servers.map(({href}) => href)),
    user,
    domain: options.domain || server.hostname,
    displayName: options.displayName || user,
    profile: oneOf('profile', PROFILES, options.profile),
    expires: normalizeExpires(options.expires),
    registerHeaders: options.registerHeaders,
    api: options.api || undefined,
    mailbox: mailboxOf(options.mailbox ?? ''),
    uploadUrl: checkedUploadUrl(options.uploadUrl),
    patterns: checkedPatterns(options),
    iceServers: resolveIceServers(options.iceServers),
    forceRelay: options.forceRelay ?? false,
    codecs: readCodecs(options.codecs),
    maxCalls: countOf('maxCalls', options.maxCalls ?? 8, Number.MAX_SAFE_INTEGER),
    parallelCalls: options.parallelCalls ?? false,
    allowMonitoring: options.allowMonitoring ?? false,
    autoAnswer: autoAnswerOf(options.autoAnswer),
    doNotDisturb: options.doNotDisturb ?? false,
    historyStorage: oneOf('historyStorage', HISTORY_MODES, options.historyStorage),
    historyLimit: countOf('historyLimit', options.historyLimit ?? 200, 1_000),
    recordingsStorage: oneOf('recordingsStorage', ['local', 'memory'], options.recordingsStorage),
    recordingsLimit: countOf('recordingsLimit', options.recordingsLimit ?? 2048, 1_000_000),
    recordingsDays: countOf('recordingsDays', options.recordingsDays ?? 30, 36_500),
    messageLimit: countOf('messageLimit', options.messageLimit ?? 10_000, 100_000),
    messageDays: countOf('messageDays', options.messageDays ?? 365, 36_500),
    messageBytes: countOf('messageBytes', options.messageBytes ?? LONGEST_MESSAGE, LONGEST_MESSAGE),
    timeouts: Object.freeze({...DEFAULT_TIMEOUTS, ...options.timeouts}),
    dtmf: oneOf('dtmf', DTMF_METHODS, options.dtmf),
    ringtone: options.ringtone || 'default',
    ringVolume: normalizeVolume(options.ringVolume),
    callTones: options.callTones ?? true,
    toneCountry: checkedCountry(options.toneCountry),
    quietHours: checkedQuietHours(options.quietHours),
    audio: Object.freeze({...options.audio}),
    processAudio: processor('processAudio', options.processAudio),
    processVideo: processor('processVideo', options.processVideo),
    devices: options.devices ?? pageDevices(),
    credentials: async () => readCredentials(credentials ? await credentials() : {password: password ?? ''}),
    log: options.log ?? (() => {}),
  });
}

/** @throws {SipError} `bad-parameter`, with the correct options if an address of record was given. */
function checkUser(user: string): void {
  if (/^[^\s@<>";:,]+$/.test(user)) return;
  const [, name, domain] = /^(?:sips?:)?([^\s@<>";:,]+)@([^\s@<>";,]+)$/i.exec(user) ?? [];
  const expected = name ? `user="${name}" domain="${domain!}"` : 'user="1001"';
  throw new SipError('bad-parameter', {subject: `user “${withoutSecrets(user)}”`, expected});
}

/** @throws {SipError} `bad-parameter` */
function checkedQuietHours(given: string | undefined): string {
  parseQuietHours(given);
  return given || '';
}

/** Returns an integer from 1 to `most`; accepts a string too. @throws {SipError} `bad-parameter` */
function countOf(name: string, given: unknown, most: number): number {
  const count = typeof given === 'string' && given.trim() ? Number(given) : given;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new SipError('bad-parameter', {
    subject: `${name} “${String(given)}”`,
    expected: most < 1e9 ? `1–${most}` : '1, 2, 3 …',
  });
}

/** @throws {SipError} `bad-parameter` */
function mailboxOf(given: unknown): string {
  const number = String(given).trim();
  if (number && !isNumber(number)) throw new SipError('bad-parameter', {subject: `mailbox “${number}”`});
  return number && cleanNumber(number);
}

/** Returns a lifetime in seconds that a server accepts: 60 unless it is an integer in 1–600. */
export function normalizeExpires(expires: number | undefined): number {
  return expires !== undefined && Number.isInteger(expires) && expires >= 1 && expires <= 600 ? expires : 60;
}

/** The encoding names of browsers' call codecs (RFC 7874, RFC 7742 and others). */
const CODECS = ['opus', 'red', 'G722', 'PCMU', 'PCMA', 'CN', 'VP8', 'VP9', 'H264', 'H265', 'AV1'];

/** Checks the page's codecs, which may be any value. @throws {SipError} `bad-parameter` */
function readCodecs(given: unknown): readonly string[] {
  if (given === undefined || given === null) return Object.freeze([]);
  if (!Array.isArray(given))
    throw new SipError('bad-parameter', {subject: 'codecs', expected: JSON.stringify(CODECS)});
  const known = (given as unknown[]).map((name) => {
    const found = CODECS.find((codec) => codec.toLowerCase() === String(name).toLowerCase());
    if (!found)
      throw new SipError('bad-parameter', {subject: `codec “${String(name)}”`, expected: CODECS.join(', ')});
    return found;
  });
  return Object.freeze(known);
}

/** Returns the option's value, or the first of `values` by default. @throws {SipError} `bad-parameter` */
function oneOf<T extends string>(name: string, values: readonly [T, ...T[]], given: T | undefined): T {
  if (!given) return values[0];
  if (!values.includes(given))
    throw new SipError('bad-parameter', {subject: `${name} “${given}”`, expected: values.join(', ')});
  return given;
}

/** @throws {SipError} `bad-parameter` */
function processor(name: string, given: TrackProcessor | undefined): TrackProcessor | undefined {
  if (given && typeof given !== 'function') throw new SipError('bad-parameter', {subject: name});
  return given ?? undefined;
}

/** Checks the result of the page's function, which may be any value. @throws {SipError} `bad-parameter` */
function readCredentials(given: unknown): Credentials {
  const {user, password} = (given ?? {}) as {user?: unknown; password?: unknown};
  if (!isText(password) || !(isText(user) || user === undefined || user === null))
    throw new SipError('bad-parameter', {subject: 'credentials'});
  return isText(user) ? {user: String(user), password: String(password)} : {password: String(password)};
}

/** Numbers count too: a page may forget the quotes around a password of digits. */
function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function serverAddresses({server, host, port, path = '/fswebrtc'}: SipClientOptions): [URL, ...URL[]] {
  // A comma within an address is part of it.
  const given = [server || []].flat().flatMap((text) => text.split(/(?<!\s)(?:\s*,\s*(?=wss?:)|\s+)/i));
  const [first, ...others] = given.filter((text) => text);
  if (first !== undefined) return [addressOf(first), ...others.map(addressOf)];
  if (!host) throw new SipError('bad-parameter', {subject: 'server “”', expected: EXAMPLE});
  const rest = `${port ? `:${port}` : ''}${path.startsWith('/') ? path : `/${path}`}`;
  return [addressOf(`${schemeFor(host)}://${bracketed(host)}${rest}`)];
}

/** @throws {SipError} `bad-parameter` */
function addressOf(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw unusable(text, cause);
  }
  // Some browsers accept blanks in a host and escape them.
  if (!/^wss?:$/.test(url.protocol) || url.hostname === '' || url.hostname.includes('%'))
    throw unusable(text);
  return url;
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
function schemeFor(host: string): 'ws' | 'wss' {
  return LOOPBACK.test(host) && globalThis.location?.protocol === 'http:' ? 'ws' : 'wss';
}
