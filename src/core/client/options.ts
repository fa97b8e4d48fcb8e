import {SipError} from '../../errors.js';
import {autoAnswerOf, type AutoAnswer} from '../call/auto-answer.js';
import {bracketed} from '../util/host.js';
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
import {withoutSecrets} from '../util/without-secrets.js';

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
  /** A request to the server's API or a SIP request without a final response; a text has the 32 s of RFC 3261. */
  readonly reply: number;
  /** Between heartbeats of the idle API socket. */
  readonly heartbeat: number;
  /** An INVITE with an unknown session id, for the reply that names it. */
  readonly invitePatience: number;
  /** A created session without an INVITE. */
  readonly invite: number;
  /** A dialog without any event of its session, after which the dialog itself counts. */
  readonly sessionEvent: number;
  /** Between lists of a conference's members, where the server tells of no changes. */
  readonly members: number;
  /** Opening the WebSocket. */
  readonly connect: number;
  /** ICE candidates of STUN servers; those of TURN servers have five times as long. */
  readonly iceGathering: number;
}

/** The waiting times that hold where a page gives none. */
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

/** Where a history is kept: in the browser, as long as the client lives, or nowhere. */
export type HistoryMode = 'local' | 'memory' | 'none';

/** How a `SipClient` is set up. */
export interface SipClientOptions extends DialPatterns {
  /** The server's host name or address; with `port` and `path` it makes the address `wss://{host}:{port}{path}`. */
  readonly host?: string;
  readonly port?: number | string;
  /** `/fswebrtc` by default. */
  readonly path?: string;
  /**
   * The whole WebSocket address instead of `host`, `port` and `path`. Where there are several, as a list or apart by blanks or
   * commas, the next is tried where one cannot be reached, and `domain` is by default the host of the first.
   */
  readonly server?: string | readonly string[];
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
  /** Headers that every REGISTER has besides the client's own; `connect()` rejects with `bad-parameter` for one that may not be. */
  readonly registerHeaders?: SipHeaders;
  /** The API's WebSocket address; from the login information by default. */
  readonly api?: string;
  /** What is called to hear the mailbox, as `*97`; the number that the server names by default. */
  readonly mailbox?: string;
  /** Where files are uploaded, also relative to the page; from the login information by default. */
  readonly uploadUrl?: string;
  /**
   * STUN and TURN servers, or a function that gives them, asked before each call, and within it where new ways are sought; none
   * by default. Where the function throws there is no call: a page that would rather call without servers gives none. A call
   * that stands goes on with those it has.
   */
  readonly iceServers?: IceServers;
  /** Sends media through TURN servers only. */
  readonly forceRelay?: boolean;
  /**
   * Codecs that are preferred, the best first, as `['VP8', 'opus']`; the browser's own order by default. All others stay
   * possible, or some calls would have none in common; what the browser has not got is passed over.
   */
  readonly codecs?: readonly string[];
  /** How many calls there may be at once, 1 or more; 8 by default. Whoever calls beyond them is told that it is busy. */
  readonly maxCalls?: number;
  /** Whether one call at most speaks, while the others are held; true by default. */
  readonly exclusive?: boolean;
  /**
   * Whether others may see this side's camera without being let in each time; false by default. The camera opens by itself
   * then, nothing else does, and `state.watchers` says who looks: a page has to show it, as `<sip-incoming>` does. Whose look
   * was ended here is asked again the next time.
   */
  readonly allowMonitoring?: boolean;
  /**
   * Whether callers may have their calls answered by themselves, as intercoms and announcements of PBXs ask (`Call-Info`,
   * `Alert-Info`, RFC 5373); for the standard profile. False by default: the microphone opens without anybody's doing. `true` and
   * `audio` answer with sound alone, `video` shows the camera where the caller offers a picture. While another call goes on
   * it rings as usual; `sip-auto-answer` comes first.
   */
  readonly autoAnswer?: AutoAnswer;
  /** Whether the client begins with “do not disturb”. */
  readonly doNotDisturb?: boolean;
  /** Where the history is kept: in the browser (`local`, the default), as long as the client lives, or nowhere. */
  readonly history?: HistoryMode;
  /** How many calls the history keeps, 1–1000; 200 by default. */
  readonly historyLimit?: number;
  /** Where a recording is kept: in the browser's private files (`local`, the default), or as long as the page lives. */
  readonly recordings?: RecordingMode;
  /** How many megabytes of recordings are kept in all, 1–1,000,000; 2048 by default. The oldest that are finished go first. */
  readonly recordingsLimit?: number;
  /** After how many days a recording goes, 1–36,500; 30 by default. */
  readonly recordingsDays?: number;
  /** How many messages a conversation keeps, 1–100,000; 10,000 by default. Where they are kept `history` says. */
  readonly messageLimit?: number;
  /** For how many days messages are kept, 1–36,500; 365 by default. */
  readonly messageDays?: number;
  /**
   * How many bytes of UTF-8 a text may have, 1–32,000; 32,000 by default. A longer one is refused (`message-too-long`) before
   * it is sent: 1023 is what Asterisk takes, which loses the rest without a word.
   */
  readonly messageBytes?: number;
  readonly timeouts?: Partial<Timeouts>;
  /** How tones are sent; `auto` by default: as RTP events where the other side takes them, else as INFO. */
  readonly dtmf?: DtmfMethod;
  /** What an incoming call sounds like: `default`, `none`, or the address of a sound. */
  readonly ringtone?: string;
  /** How loud the ringtone is, 0–1; 1 by default. Urgent calls ring at full volume. */
  readonly ringVolume?: number;
  /** Whether a caller hears the ringing over there, and that a call came to nothing; true by default. */
  readonly callTones?: boolean;
  /** The country whose network's tones are heard (ITU-T E.180), by its code in ISO 3166-1, as `de`; `cn` by default. */
  readonly tones?: string;
  /** When calls are seen and not heard, every day by the user's clock, as `22:00-07:00`. Urgent calls are heard all the same. */
  readonly quietHours?: string;
  /** What the browser does with the microphone's sound; everything by default. */
  readonly audio?: AudioProcessing;
  /** Makes the sound that is sent of the microphone's. */
  readonly processAudio?: TrackProcessor;
  /** Makes the picture that is sent of the camera's. */
  readonly processVideo?: TrackProcessor;
  /** A choice of devices of its own, for a client that is to use others than the rest of the page. */
  readonly devices?: SipDevices;
  /** Takes the log; silent by default. */
  readonly log?: (entry: LogEntry) => void;
}

/** Options with every default filled in. */
export interface ResolvedOptions {
  /** The first of the servers. */
  readonly server: string;
  /** All of them, in the order in which they are tried. */
  readonly servers: readonly string[];
  readonly user: string;
  readonly domain: string;
  readonly displayName: string;
  readonly profile: 'dispatch' | 'standard';
  readonly expires: number;
  readonly registerHeaders: SipHeaders | undefined;
  readonly api: string | undefined;
  /** Empty where the page gives none. */
  readonly mailbox: string;
  readonly uploadUrl: string | undefined;
  readonly patterns: DialPatterns;
  readonly iceServers: ResolvedIceServers;
  readonly forceRelay: boolean;
  readonly codecs: readonly string[];
  readonly maxCalls: number;
  readonly exclusive: boolean;
  readonly allowMonitoring: boolean;
  /** Undefined where no call is answered by itself. */
  readonly autoAnswer: CallMedia | undefined;
  readonly doNotDisturb: boolean;
  readonly history: HistoryMode;
  readonly historyLimit: number;
  readonly recordings: RecordingMode;
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
  readonly tones: ToneCountry;
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

/** How long a text may be, in bytes of UTF-8: a server takes no more than a WebSocket's frame. */
const LONGEST_MESSAGE = 32_000;

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i;

/**
 * Fills in the defaults and checks what was given.
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
    exclusive: options.exclusive ?? true,
    allowMonitoring: options.allowMonitoring ?? false,
    autoAnswer: autoAnswerOf(options.autoAnswer),
    doNotDisturb: options.doNotDisturb ?? false,
    history: oneOf('history', HISTORY_MODES, options.history),
    historyLimit: countOf('historyLimit', options.historyLimit ?? 200, 1_000),
    recordings: oneOf('recordings', ['local', 'memory'], options.recordings),
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
    tones: checkedCountry(options.tones),
    quietHours: checkedQuietHours(options.quietHours),
    audio: Object.freeze({...options.audio}),
    processAudio: processor('processAudio', options.processAudio),
    processVideo: processor('processVideo', options.processVideo),
    devices: options.devices ?? pageDevices(),
    credentials: async () => readCredentials(credentials ? await credentials() : {password: password ?? ''}),
    log: options.log ?? (() => {}),
  });
}

/** @throws {SipError} `bad-parameter`, with what an address of record is written as. */
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

/** A whole number from 1 on, written as a text too. @throws {SipError} `bad-parameter` */
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

/** A lifetime in seconds that a server takes: 60 for what is no whole number in 1–600. */
export function normalizeExpires(expires: number | undefined): number {
  return expires !== undefined && Number.isInteger(expires) && expires >= 1 && expires <= 600 ? expires : 60;
}

/** The encoding names that browsers have for calls (RFC 7874, RFC 7742 and others). */
const CODECS = ['opus', 'red', 'G722', 'PCMU', 'PCMA', 'CN', 'VP8', 'VP9', 'H264', 'H265', 'AV1'];

/** What a page wrote, which may be anything. @throws {SipError} `bad-parameter` */
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

/** The option's value, or the first one that there is. @throws {SipError} `bad-parameter` */
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
  // Some browsers take blanks in a host and escape them.
  if (!/^wss?:$/.test(url.protocol) || url.hostname === '' || url.hostname.includes('%'))
    throw unusable(text);
  return url;
}

const EXAMPLE = 'wss://sip.example.org/ws';

/** Says that it is no WebSocket address, and what it may have been meant to be. */
function unusable(text: string, cause?: unknown): SipError {
  const shown = withoutSecrets(text);
  const [, rest] = /^(?:[a-z]+:\/*(?!\d+(?:\/|$)))?([a-z\d.-]+(?::\d+)?(?:\/\S*)?)$/i.exec(shown) ?? [];
  const expected = rest ? `ws://${rest}, wss://${rest}` : EXAMPLE;
  // The browser’s error quotes what was written.
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
