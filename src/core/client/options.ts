import {autoAnswerOf, type AutoAnswer} from '../call/auto-answer.js';
import type {HistoryMode} from '../history/call-history.js';
import type {JournalMode} from '../journal/journal-host.js';
import {checkedCodecs} from '../call/codecs.js';
import type {CaptionSource} from '../captions/caption-source.js';
import type {DtmfMethod} from '../call/tones.js';
import {pageDevices, type SipDevices} from '../devices/devices.js';
import {normalizeVolume, type AudioProcessing, type TrackProcessor} from '../devices/devices-state.js';
import {dialRules, type Dial} from '../people/dial-rules.js';
import type {FeatureCodes, FeaturePreset} from '../pbx/feature-codes.js';
import {checkedPeople} from '../people/known-people.js';
import type {PeopleSource} from '../people/person-details.js';
import type {PushOption, PushSlot} from '../push/push-options.js';
import type {RecordingRule} from '../call/recording-rule.js';
import type {RecordingsUpload} from '../recordings/recordings-upload.js';
import type {RecordingMode} from '../recordings/recordings.js';
import {checkedCountry} from '../ringing/tone-countries.js';
import {cleanNumber} from '../util/number.js';
import {checkedUploadUrl, normalizedHost} from '../util/url.js';
import type {Credentials, CredentialsRequest} from '../sign-in/credentials.js';
import {checkedPatterns, PATTERNS, type DialPatterns} from './dial-patterns.js';
import {resolveIceServers, type IceServers} from './ice-servers.js';
import {
  asGiven,
  checkedHosts,
  checkedMailbox,
  checkedProcessor,
  checkedQuietHours,
  checkedUser,
  count,
  encryptionOf,
  flag,
  normalizeExpires,
  oneOf,
  text,
} from './option-checks.js';
import {inTurn, serverAddresses} from './server-addresses.js';
import type {TelemetryOption} from '../telemetry/telemetry-event.js';
import type {AudioQuality, EncryptionOptions, MediaQuality, VideoQuality} from '../types.js';
import type {SipHeaders} from '../util/sip-headers.js';
import {sharedWorkerOf} from '../tabs/shared-phone.js';

export type {Credentials, CredentialsRequest, DigestHash} from '../sign-in/credentials.js';

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
  /** The page's function `credentials`, until it counts as failed. */
  readonly credentials: number;
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
  credentials: 20_000,
  iceGathering: 500,
});

/** Which receipts of messages are sent and asked for. */
export type MessageReceipts = 'all' | 'delivery' | 'none';

/** Options of a `SipClient`. */
export interface SipClientOptions extends DialPatterns {
  /**
   * The WebSocket address of the server; several, as a list or separated by spaces or commas, are tried in turn. An address
   * that begins with `/`, such as `/fswebrtc`, is on the page's own server.
   */
  readonly server?: string | readonly string[];
  /**
   * The order in which several servers are tried: `listed`, or `random`, which spreads the clients over equal servers. An
   * address that is listed twice gets twice as many.
   *
   * @defaultValue listed
   */
  readonly serverOrder?: 'listed' | 'random';
  /** The server's host name or address, instead of `server`: `wss://{host}:{port}{path}`, or `ws:` on this machine. */
  readonly host?: string;
  /**
   * The port that goes with `host`.
   *
   * @defaultValue the scheme's
   */
  readonly port?: number | string;
  /**
   * The path that goes with `host`.
   *
   * @defaultValue /fswebrtc
   */
  readonly path?: string;
  /** The user's number on the server. */
  readonly user: string;
  /** The user's password. */
  readonly password?: string;
  /**
   * Returns the credentials, or a promise of them, instead of `password`: `{password}`, `{ha1}` or `{token}`, and perhaps
   * `{user}`. Called before each registration, call and login at the API, and again after a refusal.
   */
  readonly credentials?: (request: CredentialsRequest) => Credentials | Promise<Credentials>;
  /**
   * The domain of the address of record.
   *
   * @defaultValue the server's host
   */
  readonly domain?: string;
  /**
   * Further hosts of the server, as a list or separated by spaces or commas: numbers at them are those of the domain, and
   * the server's API may be there. For a server that writes another address into its messages.
   */
  readonly trustedHosts?: string | readonly string[];
  /**
   * The name that others see.
   *
   * @defaultValue the user
   */
  readonly displayName?: string;
  /**
   * The kind of server: `dispatch`, or `standard` for any SIP server over WebSocket.
   *
   * @defaultValue dispatch
   */
  readonly profile?: 'dispatch' | 'standard';
  /**
   * The lifetime of a registration in seconds, 1–600. A value out of range counts as the default.
   *
   * @defaultValue 60
   */
  readonly expires?: number;
  /**
   * The feature codes of a PBX, for the standard profile: each, as in `{park: '700', pickup: '**{number}'}`, or those that
   * `asterisk`, `freepbx` or `freeswitch` have as installed. `connect()` rejects with `bad-parameter` for one that cannot
   * be used.
   */
  readonly features?: FeaturePreset | FeatureCodes;
  /**
   * Wakes the page for calls while it is closed: the address of `sip-push-worker.js`, or `{worker, key, subscription, expires,
   * page}`. The server must send Web Push (RFC 8599), and the user allows notifications: `openPush()`. `connect()` rejects
   * with `bad-parameter` for one that cannot be used.
   */
  readonly push?: PushOption;
  /** Headers that are added to every REGISTER. `connect()` rejects with `bad-parameter` for one that is not allowed. */
  readonly registerHeaders?: SipHeaders;
  /**
   * The WebSocket address of the server's API. A `<sip-client autoconnect>` with the attribute, even if it is empty,
   * opens that socket too.
   *
   * @defaultValue from the server
   */
  readonly api?: string;
  /**
   * The number of the mailbox, such as `*97`.
   *
   * @defaultValue from the server
   */
  readonly mailbox?: string;
  /**
   * The URL that files are uploaded to, which may be relative to the page.
   *
   * @defaultValue from the server
   */
  readonly uploadUrl?: string;
  /**
   * STUN and TURN servers, as JSON in an attribute, or a function that returns them. The function is called before each
   * call, and during a call before an ICE restart. If it throws, a new call fails; to call without servers, return an
   * empty list. A connected call continues with the servers it has.
   */
  readonly iceServers?: IceServers;
  /**
   * Sends media through TURN servers only.
   *
   * @defaultValue false
   */
  readonly forceRelay?: boolean;
  /**
   * Encrypts calls end to end between clients of this package: `{mode, key, worker}`, or the mode alone. With `prefer`, a call
   * to another client is a plain one; with `require`, it is refused or ended (`encryption-unavailable`). Calls through a
   * server that has the media, such as conferences, cannot be encrypted.
   *
   * @defaultValue not encrypted
   */
  readonly encryption?: EncryptionOptions['mode'] | EncryptionOptions;
  /**
   * Preferred codecs, best first, such as `['VP8', 'opus']`. All others stay possible, or some calls would have none in
   * common. Codecs that the browser lacks are skipped.
   *
   * @defaultValue the browser's
   */
  readonly codecs?: readonly string[];
  /**
   * The maximum number of simultaneous calls, 1 or more. Further callers get “busy”.
   *
   * @defaultValue 8
   */
  readonly maxCalls?: number;
  /**
   * Allows several active calls at once; otherwise all but one are held.
   *
   * @defaultValue false
   */
  readonly parallelCalls?: boolean;
  /**
   * Continues calls in the next page after a reload, a crash or a restart of the browser, if it connects within 30
   * seconds. For servers that know `Replaces` (RFC 3891): calls of two people and conferences, with the dispatch profile
   * intercoms, too. A page that is closed instead of reloaded cannot tell the difference: the other side then waits.
   *
   * @defaultValue false
   */
  readonly resume?: boolean;
  /**
   * The address of `sip-shared-worker.js`, on the page's origin, which makes all tabs of the account one phone; with `none`,
   * each tab is a phone of its own.
   *
   * By default it is beside `sip-elements.js` or the loader, if those are of the page's origin; otherwise it is `none`.
   *
   * @defaultValue the worker beside the script
   */
  readonly sharedWorker?: string;
  /**
   * Refuses incoming calls and notes them as missed.
   *
   * @defaultValue false
   */
  readonly doNotDisturb?: boolean;
  /**
   * Lets others see the camera without asking each time. Only the camera opens automatically. `state.watchers` lists
   * the watchers, and a page must show them, as `<sip-incoming>` does. A watcher whom the user has ended needs
   * permission the next time.
   *
   * @defaultValue false
   */
  readonly allowMonitoring?: boolean;
  /**
   * Answers calls automatically if the caller asks for it, with `audio` or `video`. For the standard profile, where
   * intercoms and announcements of PBXs do so (`Call-Info`, `Alert-Info`, RFC 5373). Off by default, because the
   * microphone opens without a user's action. `true` and `audio` answer with audio only; `video` also sends the camera
   * if the caller offers video. During another call it rings as usual. `sip-auto-answer` is dispatched first.
   *
   * @defaultValue false
   */
  readonly autoAnswer?: AutoAnswer;
  /**
   * Where the history is stored: `local` (in the browser), `memory` (while the client lives) or `none`. Messages are
   * stored in the same place.
   *
   * @defaultValue local
   */
  readonly historyStorage?: HistoryMode;
  /**
   * How many calls the history keeps, 1–1000.
   *
   * @defaultValue 200
   */
  readonly historyLimit?: number;
  /**
   * Where recordings are stored: `local` (in the browser's private files) or `memory` (while the page lives).
   *
   * @defaultValue local
   */
  readonly recordingsStorage?: RecordingMode;
  /**
   * The maximum size of all recordings in megabytes, 1–1,000,000. The oldest finished ones are deleted first.
   *
   * @defaultValue 2048
   */
  readonly recordingsLimit?: number;
  /**
   * After how many days a recording is deleted, 1–36,500.
   *
   * @defaultValue 30
   */
  readonly recordingsDays?: number;
  /**
   * Where recordings are uploaded once they are finished: the endpoint of a tus server (`{endpoint, headers}`, or its URL
   * alone), or a function that saves one. A recording is uploaded again until that succeeds, in a later page too, and is not
   * deleted for space until then.
   */
  readonly recordingsUpload?: RecordingsUpload;
  /**
   * Records calls by themselves, from the answer on: all that take a line, or those for which a function returns true. What
   * `sip-recording-request` refuses is not recorded. Tell the people in the call.
   *
   * @defaultValue false
   */
  readonly recordCalls?: boolean | RecordingRule;
  /**
   * For how many minutes what is heard can be heard again, 1–60; 0 keeps nothing. The sound is kept in this browser, and
   * erased by `disconnect()` and when its time has passed. Tell your users. Without it, a `<sip-console>` has 5.
   *
   * @defaultValue 0
   */
  readonly recall?: number;
  /**
   * Where the journal of what happens is stored: `none`, `memory` (while the client lives) or `local` (in the browser, until
   * the page erases it). It has the numbers, names and texts of calls and messages. Tell your users. Without it, a
   * `<sip-console>` has that of `historyStorage`.
   *
   * @defaultValue none
   */
  readonly journalStorage?: JournalMode;
  /**
   * How many messages a conversation keeps, 1–100,000.
   *
   * @defaultValue 10000
   */
  readonly messageLimit?: number;
  /**
   * How many days messages are kept, 1–36,500.
   *
   * @defaultValue 365
   */
  readonly messageDays?: number;
  /**
   * The maximum length of a text in bytes of UTF-8, 1–32,000; Asterisk accepts 1023. A longer text is rejected
   * (`message-too-long`) before it is sent. Asterisk drops the rest silently.
   *
   * @defaultValue 32000
   */
  readonly messageBytes?: number;
  /**
   * Which receipts of messages are sent and asked for: `all`, `delivery` for those that a message has arrived, without
   * those that it was read, or `none` (RFC 5438). Only users to whom this one has written or spoken get any.
   *
   * @defaultValue all
   */
  readonly messageReceipts?: MessageReceipts;
  /**
   * Whether others see that the user is writing to them, and the user sees it of others: `on` or `off` (RFC 3994).
   *
   * @defaultValue on
   */
  readonly messageComposing?: 'on' | 'off';
  /**
   * Waiting times in milliseconds.
   *
   * @defaultValue see below
   */
  readonly timeouts?: Partial<Timeouts>;
  /**
   * Rules for the numbers that are dialed, such as `+86=>; +=>00`: a beginning and its replacement, applied one after the
   * other. They apply to calls, transfers, members and messages, wherever a number comes from.
   */
  readonly dialRules?: string;
  /**
   * How DTMF tones are sent: `auto`, `rfc4733` or `info`. With `auto`, as RTP events (RFC 4733) if the other side
   * supports them, otherwise as SIP INFO.
   *
   * @defaultValue auto
   */
  readonly dtmf?: DtmfMethod;
  /**
   * The ringtone of incoming calls: `default`, `none`, or the URL of a sound.
   *
   * @defaultValue default
   */
  readonly ringtone?: string;
  /**
   * The volume of the ringtone, 0–1. Urgent calls ring at full volume.
   *
   * @defaultValue 1
   */
  readonly ringVolume?: number;
  /**
   * Whether the user hears the ringback tone, and a tone when a call fails.
   *
   * @defaultValue true
   */
  readonly callTones?: boolean;
  /**
   * By how many decibels calls are lowered while the user speaks into an intercom, or an urgent call or one with priority
   * is heard, 0–60; 0 never lowers them.
   *
   * @defaultValue 12
   */
  readonly duck?: number;
  /**
   * The country whose network tones are played (ITU-T E.180), by its ISO 3166-1 code, such as `de`.
   *
   * @defaultValue cn
   */
  readonly toneCountry?: string;
  /**
   * When calls are shown but do not ring, every day in the user's local time, such as `22:00-07:00`. Urgent calls still
   * ring.
   */
  readonly quietHours?: string;
  /**
   * The browser's processing of the microphone's audio, which is on, and how it is sent: `maxBitrate`, `ptime`, and for
   * Opus `fec`, `dtx`, `stereo` and `maxPlaybackRate`. `connect()` rejects with `bad-parameter` for a value that cannot be used.
   *
   * @defaultValue all on
   */
  readonly audio?: AudioProcessing & AudioQuality;
  /**
   * How the picture is sent: `width`, `height`, `frameRate`, `maxBitrate`, `contentHint`, `facingMode` and `adapt`.
   * `connect()` rejects with `bad-parameter` for a value that cannot be used.
   */
  readonly video?: VideoQuality;
  /** Processes the microphone's audio before it is sent. */
  readonly processAudio?: TrackProcessor;
  /** Processes the camera's video before it is sent. */
  readonly processVideo?: TrackProcessor;
  /**
   * The client's own choice of devices.
   *
   * @defaultValue shared by the page
   */
  readonly devices?: SipDevices;
  /**
   * Tells who has a number: `{name, picture, detail, href}`, or a promise of it. The elements show it; nothing waits for
   * it.
   */
  readonly people?: PeopleSource;
  /**
   * Receives spans, measurements and log records of calls, connection and registration, in OpenTelemetry's shape: a function,
   * or `{onEvent, interval, identities}`. `connect()` rejects with `bad-parameter` for one that cannot be used.
   */
  readonly telemetry?: TelemetryOption;
  /**
   * Recognizes speech: gets the sound of each side of a call whose captions are on, by `call.captions()` or the button of
   * `<sip-call>`, which exists with this option.
   */
  readonly captions?: CaptionSource;
  /** Receives the log, without passwords: `{level, area, text}`. */
  readonly log?: (entry: LogEntry) => void;
}

/** The keys of the browser's processing: what sends media otherwise is loaded for others alone. */
const PROCESSING = /ion$|Control$/;

/** How a client reads one of its options. */
interface OptionRow<T> {
  /**
   * The initial value of the property that `<sip-client>` has for the option, with an attribute; its type decides how
   * the attribute is read. The element declares the properties that do more than that itself.
   */
  readonly attribute?: string | number | boolean | RecordingRule;
  /** Returns the option's value, or its default. @throws {SipError} `bad-parameter` */
  readonly check?: (given: T, name: string) => unknown;
}

/**
 * All options: the types above say what a page may give, and this table what a client makes of it. `resolveOptions`
 * reads the options without a check.
 */
export const OPTIONS = {
  server: {attribute: ''},
  serverOrder: {attribute: '', check: oneOf('listed', 'random')},
  host: {attribute: ''},
  port: {attribute: ''},
  path: {attribute: ''},
  user: {attribute: '', check: checkedUser},
  password: {},
  credentials: {},
  domain: {attribute: '', check: text()},
  trustedHosts: {attribute: '', check: checkedHosts},
  displayName: {attribute: '', check: text()},
  profile: {attribute: '', check: oneOf('dispatch', 'standard')},
  expires: {attribute: 60, check: normalizeExpires},
  features: {attribute: '', check: (given) => given || undefined},
  push: {attribute: '', check: (given): PushSlot | undefined => (given ? {given} : undefined)},
  registerHeaders: {check: asGiven<SipHeaders>},
  api: {attribute: '', check: (given) => given || undefined},
  mailbox: {attribute: '', check: checkedMailbox},
  uploadUrl: {attribute: '', check: checkedUploadUrl},
  iceServers: {check: resolveIceServers},
  forceRelay: {attribute: false, check: flag(false)},
  encryption: {attribute: '', check: encryptionOf},
  codecs: {check: checkedCodecs},
  maxCalls: {attribute: '', check: count(8)},
  parallelCalls: {attribute: false, check: flag(false)},
  resume: {attribute: false, check: flag(false)},
  sharedWorker: {attribute: '', check: text()},
  doNotDisturb: {check: flag(false)},
  allowMonitoring: {attribute: false, check: flag(false)},
  autoAnswer: {check: autoAnswerOf},
  historyStorage: {attribute: '', check: oneOf('local', 'memory', 'none')},
  historyLimit: {check: count(200, 1_000)},
  recordingsStorage: {attribute: '', check: oneOf('local', 'memory')},
  recordingsLimit: {attribute: '', check: count(2_048, 1_000_000)},
  recordingsDays: {attribute: '', check: count(30, 36_500)},
  recordingsUpload: {check: asGiven<RecordingsUpload>},
  recordCalls: {attribute: false, check: asGiven<boolean | RecordingRule>},
  journalStorage: {attribute: '', check: oneOf('none', 'memory', 'local')},
  recall: {attribute: '', check: count(0, 60, 0)},
  messageLimit: {check: count(10_000, 100_000)},
  messageDays: {check: count(365, 36_500)},
  // A server accepts no more than a WebSocket's frame.
  messageBytes: {attribute: '', check: count(32_000, 32_000)},
  messageReceipts: {attribute: '', check: oneOf('all', 'delivery', 'none')},
  messageComposing: {attribute: '', check: oneOf('on', 'off')},
  timeouts: {check: (given): Timeouts => Object.freeze({...DEFAULT_TIMEOUTS, ...given})},
  dialRules: {attribute: ''},
  dtmf: {attribute: '', check: oneOf('auto', 'rfc4733', 'info')},
  ringtone: {attribute: '', check: text('default')},
  ringVolume: {check: normalizeVolume},
  callTones: {check: flag(true)},
  duck: {attribute: '', check: count(12, 60, 0)},
  toneCountry: {attribute: '', check: checkedCountry},
  quietHours: {attribute: '', check: checkedQuietHours},
  ...PATTERNS,
  audio: {check: (given): AudioProcessing & AudioQuality => Object.freeze({...given})},
  video: {check: asGiven<VideoQuality>},
  processAudio: {check: checkedProcessor},
  processVideo: {check: checkedProcessor},
  devices: {check: (given) => given ?? pageDevices()},
  people: {check: checkedPeople},
  telemetry: {check: asGiven<TelemetryOption>},
  captions: {check: asGiven<CaptionSource>},
  log: {check: (given) => given ?? (() => {})},
} satisfies {readonly [K in keyof SipClientOptions]-?: OptionRow<SipClientOptions[K] | undefined>};

type Rows = typeof OPTIONS;

/** The options that have a check, as it returns them. */
type CheckedOptions = {
  readonly [K in keyof SipClientOptions as Rows[K] extends {check: unknown} ? K : never]-?: Rows[K] extends {
    check: (...given: never[]) => infer R;
  }
    ? R
    : never;
};

/** Options with every default filled in. */
export interface ResolvedOptions extends CheckedOptions {
  /** The first server. */
  readonly server: string;
  /** All servers, in the order in which they are tried. */
  readonly servers: readonly string[];
  /** The hosts of the account's domain, as `normalizedHost` writes them: numbers at them are its own. */
  readonly hosts: ReadonlySet<string>;
  readonly patterns: DialPatterns;
  readonly dial: Dial;
  /** Returns the number of what a user typed, without the host of the account's domain. @throws {SipError} `invalid-number` */
  readonly clean: (input: string) => string;
  /** How media are sent, as the page has written it; undefined if it has not. */
  readonly quality: MediaQuality | undefined;
  /** Calls the page's function; `askForCredentials` checks its result. */
  readonly credentials: (request: CredentialsRequest) => Promise<unknown>;
}

/**
 * Checks the options and fills in the defaults.
 *
 * @param trace - Receives the log before the page does.
 * @throws {SipError} `bad-parameter`, its subject naming the option.
 */
export function resolveOptions(
  options: SipClientOptions,
  trace?: (entry: LogEntry) => void,
): ResolvedOptions {
  const servers = serverAddresses(options);
  const [server] = servers;
  const rows = Object.entries<OptionRow<never>>(OPTIONS);
  const checked = Object.fromEntries(
    rows.flatMap(([name, {check}]) => (check ? [[name, check(options[name as never], name)]] : [])),
  ) as CheckedOptions;
  const urls = Object.freeze(inTurn(servers, checked.serverOrder));
  const {password, credentials} = options;
  const {audio, video} = checked;
  const domain = checked.domain || server.hostname;
  const named = [domain, ...servers.map(({hostname}) => hostname), ...checked.trustedHosts];
  const hosts = new Set(named.map(normalizedHost));
  const isOwn = (host: string): boolean => hosts.has(normalizedHost(host));
  return Object.freeze({
    ...checked,
    server: server.href,
    servers: urls,
    domain,
    displayName: checked.displayName || checked.user,
    sharedWorker: sharedWorkerOf(checked.sharedWorker),
    patterns: checkedPatterns(options),
    quality: video || Object.keys(audio).some((key) => !PROCESSING.test(key)) ? {audio, video} : undefined,
    hosts,
    dial: dialRules(options.dialRules, isOwn),
    clean: (input: string) => cleanNumber(input, isOwn),
    log: (entry: LogEntry) => {
      trace?.(entry);
      checked.log?.(entry);
    },
    credentials: async (request: CredentialsRequest) =>
      credentials ? credentials(request) : {password: password ?? ''},
  });
}
