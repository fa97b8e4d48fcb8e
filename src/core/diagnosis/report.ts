import type {SipCall} from '../call/call.js';
import type {HistoryEntry} from '../history/history-entry.js';
import type {DiagnosedClient} from './diagnosed-client.js';
import {masked} from './masked.js';
import {hiddenNumber, MaskedNumbers} from './masked-numbers.js';
import type {CheckStep} from './step.js';
import type {TraceEntry} from './trace.js';
import {VERSION} from './version.js';

/** Options of a report. */
export interface ReportOptions {
  /** `masked` leaves of numbers and users the last two characters, and no names. */
  readonly numbers?: 'whole' | 'masked';
}

/** A call in a report. */
export interface ReportedCall {
  readonly number: string;
  readonly direction: 'incoming' | 'outgoing';
  /** When it began, in milliseconds since the epoch. */
  readonly time: number;
  /** In seconds since the answer; 0 without one. */
  readonly duration: number;
  /** The outcome, or the phase of a call that runs. */
  readonly state: string;
  readonly cause?: string;
  /** The SIP Call-ID, if the call was of this page. */
  readonly callId?: string;
  /** The last minute's measurements, oldest first, if they are kept: of running calls, and of ended ones while traced. */
  readonly quality?: readonly unknown[];
}

/** What a support desk needs to know. Plain data without secrets that can be written as JSON. */
export interface CheckReport {
  readonly format: 'sip-elements-report';
  /** Of the package. */
  readonly version: string;
  /** When the report was made, and when the diagnosis began, in ISO 8601. */
  readonly time: string;
  readonly began: string;
  readonly page: {
    readonly origin: string;
    readonly secure: boolean;
    readonly userAgent: string;
    readonly languages: readonly string[];
    readonly online: boolean;
  };
  readonly client: {readonly connection: string; readonly registration: string; readonly error?: string};
  /** Without credentials, headers and functions. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly steps: readonly CheckStep[];
  /** Running calls and the last 20 that ended, newest first. */
  readonly calls: readonly ReportedCall[];
  /** The last 500 lines, if the client's trace runs. Texts of users are left out. */
  readonly trace: readonly TraceEntry[];
}

/** How many calls a report has, and how many measurements of each. */
const CALLS = 20;
const MEASUREMENTS = 30;

/** Options that a report leaves out: secrets, and what others said. */
const LEFT_OUT: ReadonlySet<string> = new Set(['password', 'credentials', 'registerHeaders', 'hosts']);
/** What options that are objects have and a report leaves out: `recordingsUpload` a token, `push` where anybody may push to. */
const SECRET_PARTS = ['headers', 'subscription', 'binding'];

/** Makes a report of what was found, and of what the client knows. */
export function reportOf(
  client: DiagnosedClient,
  {begun, steps}: {begun: number; steps: readonly CheckStep[]},
  {numbers = 'whole'}: ReportOptions,
): CheckReport {
  const {connection, registration, error} = client.state;
  const report: CheckReport = {
    format: 'sip-elements-report',
    version: VERSION,
    time: new Date().toISOString(),
    began: new Date(begun).toISOString(),
    page: {
      origin: location.origin,
      secure: isSecureContext,
      userAgent: navigator.userAgent,
      languages: navigator.languages,
      online: navigator.onLine,
    },
    client: {connection, registration, ...(error && {error: error.code})},
    options: plainOptions(client.options),
    steps,
    calls: callsOf(client),
    trace: client.trace.state.entries.map((entry) => ({
      ...entry,
      text: withoutHeaders(withoutTexts(entry.text), Object.keys(client.options.registerHeaders ?? {})),
    })),
  };
  const safe = changed(report, masked) as CheckReport;
  return numbers === 'masked' ? withoutNumbers(safe, client.options.user) : safe;
}

/**
 * Returns a report whose numbers and names are masked. What others have called themselves is looked for in the messages alone:
 * a caller `passed` changes no verdict.
 */
function withoutNumbers(report: CheckReport, user: string): CheckReport {
  const {calls, trace, steps, options} = report;
  const texts = trace.map(({text}) => text);
  const mask = new MaskedNumbers([user, ...calls.map(({number}) => number)], texts);
  const own = new MaskedNumbers([user], []);
  const hide = (text: string): string => own.masked(text);
  return {
    ...report,
    options: {...(changed(options, hide, ['displayName']) as object), user: hiddenNumber(user)},
    steps: steps.map(({subject, ...step}) => ({
      ...step,
      ...(subject !== undefined && {subject: step.name === 'call' ? hiddenNumber(subject) : hide(subject)}),
    })),
    calls: calls.map((call) => ({...call, number: hiddenNumber(call.number)})),
    trace: trace.map((entry) => ({...entry, text: mask.masked(entry.text)})),
  };
}

function callsOf(client: DiagnosedClient): ReportedCall[] {
  const {ended} = client.trace;
  const traced = new Map<string, SipCall>([...ended, ...client.state.calls].map((call) => [call.id, call]));
  const running = client.state.calls.map((call) => reportedCall(call)).reverse();
  const past = client.history.entries.slice(0, CALLS).map((entry) => pastCall(entry, traced.get(entry.sid)));
  return [...running, ...past];
}

function reportedCall(call: SipCall): ReportedCall {
  return {
    number: call.remote.number,
    direction: call.direction,
    time: call.began,
    duration: Math.round((call.duration ?? 0) / 1000),
    state: call.state.phase,
    ...ofCall(call),
  };
}

function pastCall(entry: HistoryEntry, call: SipCall | undefined): ReportedCall {
  const {number, direction, time, duration, outcome, cause} = entry;
  return {
    number,
    direction,
    time,
    duration,
    state: outcome,
    ...(cause && {cause}),
    ...(call && ofCall(call)),
  };
}

function ofCall({callId, qualityHistory}: SipCall): Pick<ReportedCall, 'callId' | 'quality'> {
  return {callId, quality: qualityHistory.slice(-MEASUREMENTS)};
}

/** Returns the options that are plain data; of servers their addresses. */
function plainOptions(options: object): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    if (LEFT_OUT.has(name) || value === undefined) continue;
    if (name === 'iceServers' && Array.isArray(value))
      plain[name] = (value as readonly RTCIceServer[]).flatMap(({urls}) => urls);
    else if (typeof value === 'function') plain[name] = 'function';
    // Devices and the like have a state and methods.
    else if (isPlain(value)) plain[name] = changed(value, (text) => text, SECRET_PARTS);
  }
  return plain;
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** The bodies of a message that no user has written: descriptions, documents, states of requests, the server's API. */
const WRITTEN_BY_PROGRAMS =
  /^(?:application\/(?:sdp|(?:res)?jsonapi|simple-message-summary|dtmf(?:-relay)?|[\w.-]+\+xml)|message\/(?:sipfrag|imdn\+xml))\s*(?:;|$)/i;

/** Texts that users have written are private: a SIP message with one has its length instead. */
function withoutTexts(text: string): string {
  const [end] = /\r?\n\r?\n/.exec(text) ?? [];
  if (!end) return text;
  const at = text.indexOf(end) + end.length;
  if (at === text.length) return text;
  // A header may go on in the next line, and may have its short name.
  const head = text.slice(0, at).replace(/\r?\n[ \t]+/g, ' ');
  const [, type = ''] = /^(?:content-type|c)[ \t]*:(.*)$/im.exec(head) ?? [];
  return WRITTEN_BY_PROGRAMS.test(type.trim())
    ? text
    : `${text.slice(0, at)}(${text.length - at} characters)`;
}

/** Returns a message without the values of headers that the page has added. */
function withoutHeaders(text: string, names: readonly string[]): string {
  const secret = new Set(names.map((name) => name.toLowerCase()));
  if (secret.size === 0) return text;
  return text.replace(/^([^\s:]+)[ \t]*:.*(?:\r?\n[ \t].*)*/gm, (line, name: string) =>
    secret.has(name.toLowerCase()) ? `${name}: ***` : line,
  );
}

/** Returns a copy of plain data with other texts, without what is undefined. The texts of some names are left out. */
function changed(value: unknown, change: (text: string) => string, without: readonly string[] = []): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => changed(each, change, without));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name, each]) => each !== undefined && !without.includes(name))
        .map(([name, each]) => [name, changed(each, change, without)]),
    );
  return value;
}
