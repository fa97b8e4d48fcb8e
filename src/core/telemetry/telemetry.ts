import {SipError, toSipError} from '../../errors.js';
import type {SipCall} from '../call/call.js';
import type {Trace} from '../diagnosis/trace.js';
import type {CallMedia, CallType, ConnectionState, RegistrationState} from '../types.js';
import type {TypedEventTarget} from '../util/typed-event-target.js';
import {CallTelemetry, endAttributes} from './call-telemetry.js';
import {now} from './clock.js';
import {MessageTimes} from './message-times.js';
import {newSpanId, newTraceId, type Reporter} from './reporter.js';
import type {
  TelemetryAttributes,
  TelemetryEvent,
  TelemetryOption,
  TelemetryOptions,
  TelemetrySpan,
} from './telemetry-event.js';

/** How many calls are followed at a time: others cause them. */
const CALLS = 200;

const INTERVALS = {least: 2, most: 3600, initial: 10};

/** The client whose calls, connection and registration are reported. */
export interface MeasuredClient extends TypedEventTarget<{
  'sip-call-created': CustomEvent<{readonly call: SipCall}>;
  'sip-call-received': CustomEvent<{readonly call: SipCall}>;
  'sip-call-resumed': CustomEvent<{readonly call: SipCall}>;
  'sip-connection': CustomEvent<{readonly state: ConnectionState}>;
  'sip-registration': CustomEvent<{readonly state: RegistrationState; readonly error?: SipError}>;
}> {
  readonly options: {
    readonly profile: string;
    readonly user: string;
    readonly server: string;
    readonly telemetry?: TelemetryOption | undefined;
    readonly log: (entry: {level: 'warning'; area: string; text: string}) => void;
  };
  readonly state: {readonly connection: ConnectionState; readonly error?: SipError | undefined};
  readonly trace: Trace;
}

/** A call that is requested. */
interface RequestedCall {
  readonly number: string;
  readonly media: CallMedia;
  readonly type?: CallType | undefined;
}

/** The calls of the client. */
interface MeasuredCalls {
  place<T>(request: RequestedCall, command: () => Promise<T>): Promise<T>;
}

/** The clients that are reported already: one may connect again. */
const reported = new WeakSet<MeasuredClient>();

/** Reports a client from now on; idempotent. @throws {SipError} `bad-parameter` for an option that cannot be used. */
export function beginTelemetry(client: MeasuredClient, calls: MeasuredCalls): void {
  if (reported.has(client)) return;
  new Telemetry(client, calls);
  reported.add(client);
}

/** Something that has begun and is not over. */
interface Begun {
  readonly name: 'sip.connect' | 'sip.register';
  readonly startTime: number;
  /** Whether a connection was lost before. */
  readonly again: boolean;
}

/**
 * Reports the calls, the connection and the registration of a client to the page's function, in OpenTelemetry's shape.
 * The option `telemetry` loads it.
 */
class Telemetry implements Reporter {
  readonly times = new MessageTimes();
  readonly interval: number;
  readonly common: TelemetryAttributes;
  readonly #client: MeasuredClient;
  readonly #options: TelemetryOptions;
  /** Those that are followed already: two events may report one call. */
  readonly #calls = new Set<SipCall>();
  #connecting: Begun | undefined;
  #registering: Begun | undefined;
  #lost: number | undefined;

  /** @throws {SipError} `bad-parameter` for an option that cannot be used. */
  constructor(client: MeasuredClient, calls: MeasuredCalls) {
    this.#client = client;
    this.#options = checkedOptions(client.options.telemetry);
    this.interval = this.#options.interval!;
    this.common = {
      'sip.profile': client.options.profile,
      ...this.identified({'sip.user': client.options.user, 'server.address': hostOf(client.options.server)}),
    };
    // The client itself has nothing that only telemetry needs.
    const {trace} = client;
    const [note, place] = [trace.note.bind(trace), calls.place.bind(calls)];
    trace.note = (line) => {
      this.times.note(line);
      note(line);
    };
    calls.place = async (request, command) => {
      const startTime = now();
      try {
        return await place(request, command);
      } catch (error) {
        this.#onFailed(request, startTime, toSipError(error));
        throw error;
      }
    };
    for (const type of ['sip-call-created', 'sip-call-received', 'sip-call-resumed'] as const)
      client.addEventListener(type, ({detail: {call}}) => this.#follow(call));
    client.addEventListener('sip-connection', ({detail: {state}}) => this.#onConnection(state));
    client.addEventListener('sip-registration', ({detail: {state, error}}) =>
      this.#onRegistration(state, error),
    );
    // The first connection begins before this is loaded.
    this.#onConnection(client.state.connection);
  }

  identified(attributes: TelemetryAttributes): TelemetryAttributes {
    if (!this.#options.identities) return {};
    return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
  }

  emit(event: TelemetryEvent): void {
    try {
      this.#options.onEvent(Object.freeze({...event, attributes: Object.freeze(event.attributes)}));
    } catch (error) {
      // An error in the page's function must not break a call.
      this.#client.options.log({level: 'warning', area: 'call', text: `telemetry failed: ${String(error)}`});
    }
  }

  #follow(call: SipCall): void {
    if (this.#calls.has(call) || this.#calls.size >= CALLS || call.state.phase === 'released') return;
    this.#calls.add(call);
    call.addEventListener('statechange', () => {
      if (call.state.phase === 'released') this.#calls.delete(call);
    });
    new CallTelemetry(call, this);
  }

  /** Reports a call that failed before it was one. */
  #onFailed({number, media, type = 'single'}: RequestedCall, startTime: number, error: SipError): void {
    const end = endAttributes(error);
    this.emit({
      signal: 'span',
      name: 'sip.call',
      kind: 'client',
      traceId: newTraceId(),
      spanId: newSpanId(),
      startTime,
      endTime: now(),
      attributes: {
        ...this.common,
        'sip.call.direction': 'outgoing',
        'sip.call.type': type,
        'sip.call.media': media,
        'sip.call.answered': false,
        ...end,
        ...this.identified({'sip.call.remote': number}),
      },
      events: [],
      status: 'error.type' in end ? 'error' : 'unset',
    });
  }

  #onConnection(state: ConnectionState): void {
    const isTrying = state === 'connecting' || state === 'reconnecting';
    if (isTrying && !this.#connecting) {
      const again = state === 'reconnecting';
      this.#connecting = {name: 'sip.connect', startTime: now(), again};
      if (!again) return;
      this.#lost = now();
      this.#log('sip.connection.lost', 'warn');
    } else if (!isTrying && this.#connecting) {
      const begun = this.#connecting;
      this.#connecting = undefined;
      this.#report(begun, state === 'connected' ? undefined : (this.#client.state.error?.code ?? 'aborted'));
      if (begun.again && state === 'connected') this.#log('sip.connection.restored', 'info');
    }
  }

  #onRegistration(state: RegistrationState, error: SipError | undefined): void {
    if (state === 'registering') {
      this.#registering ??= {name: 'sip.register', startTime: now(), again: this.#lost !== undefined};
    } else {
      // A refused renewal has no beginning.
      const begun = this.#registering ?? (error && {name: 'sip.register', startTime: now(), again: false});
      this.#registering = undefined;
      if (!begun) return;
      if (state === 'registered') this.#lost = undefined;
      const code = state === 'registered' ? undefined : (error?.code ?? 'aborted');
      this.#report(begun, code, error?.status);
    }
  }

  /** Reports what is over, and how long it took. */
  #report({name, startTime, again}: Begun, code: string | undefined, status?: number): void {
    const endTime = now();
    const ids = {traceId: newTraceId(), spanId: newSpanId()};
    const attributes = {
      ...this.common,
      'sip.reconnection': again,
      ...(code && {'error.type': code}),
      ...(status && {'sip.response.status_code': status}),
    };
    const span: TelemetrySpan = {
      signal: 'span',
      name,
      kind: 'client',
      ...ids,
      startTime,
      endTime,
      attributes,
      events: [],
      status: code && code !== 'aborted' ? 'error' : 'unset',
    };
    this.emit(span);
    this.emit({
      signal: 'metric',
      instrument: 'histogram',
      name: `${name}.duration`,
      unit: 's',
      value: (endTime - startTime) / 1000,
      time: endTime,
      attributes,
      ...ids,
    });
  }

  #log(name: string, severity: 'info' | 'warn'): void {
    this.emit({signal: 'log', name, severity, time: now(), attributes: this.common});
  }
}

function checkedOptions(given: TelemetryOption | undefined): TelemetryOptions {
  const options = typeof given === 'function' ? {onEvent: given} : given;
  const wrong = (key: string, value: unknown, expected: string): SipError =>
    new SipError('bad-parameter', {subject: `telemetry${key} “${String(value)}”`, expected});
  if (typeof options !== 'object' || !options) throw wrong('', given, '(event) => …');
  const {onEvent, interval = INTERVALS.initial, identities = false} = options;
  if (typeof onEvent !== 'function') throw wrong('.onEvent', onEvent, '(event) => …');
  if (!Number.isFinite(interval) || interval < INTERVALS.least || interval > INTERVALS.most)
    throw wrong('.interval', interval, `${INTERVALS.least}–${INTERVALS.most}`);
  if (typeof identities !== 'boolean') throw wrong('.identities', identities, 'true, false');
  return {onEvent, interval, identities};
}

function hostOf(server: string): string {
  return new URL(server).hostname;
}
