import type {SipCall} from '../call/call.js';
import type {HistoryEntry} from '../history/history-entry.js';
import type {DiagnosedClient} from './diagnosed-client.js';
import {masked} from './masked.js';
import {MaskedNumbers} from './masked-numbers.js';
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
    trace: client.trace.state.entries.map((entry) => ({...entry, text: withoutTexts(entry.text)})),
  };
  const known = [client.options.user, ...report.calls.map(({number}) => number)];
  const texts = report.trace.map(({text}) => text);
  const mask = numbers === 'masked' ? new MaskedNumbers(known, texts) : undefined;
  return cleaned(report, mask) as CheckReport;
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
    else if (isPlain(value)) plain[name] = value;
  }
  return plain;
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** Texts that users have written are private: a SIP message with one has its length instead. */
function withoutTexts(text: string): string {
  const [end] = /\r?\n\r?\n/.exec(text) ?? [];
  if (!end || !/^content-type[ \t]*:[ \t]*(?:text\/|message\/cpim|multipart\/)/im.test(text)) return text;
  const at = text.indexOf(end) + end.length;
  return `${text.slice(0, at)}(${text.length - at} characters)`;
}

/** Returns a copy of plain data whose texts have no secrets, and no numbers if they are to be masked. */
function cleaned(value: unknown, numbers: MaskedNumbers | undefined): unknown {
  if (typeof value === 'string') return numbers ? numbers.masked(masked(value)) : masked(value);
  if (Array.isArray(value)) return value.map((each) => cleaned(each, numbers));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name, each]) => each !== undefined && !(numbers && name === 'displayName'))
        .map(([name, each]) => [name, cleaned(each, numbers)]),
    );
  return value;
}
