import type {SipCall} from '../call/call.js';
import {telemetryDurations} from '../../durations/telemetry.js';
import type {CallQuality} from '../types.js';
import {Averages, type Averaged} from './averages.js';
import {now} from './clock.js';
import {hasArrived, pathOf} from './media-path.js';
import {newSpanId, newTraceId, type Reporter} from './reporter.js';
import type {TelemetryAttributes, TelemetryMoment} from './telemetry-event.js';

/** How many moments of a call are kept: a network that comes and goes makes many. */
const MOMENTS = 100;

/** Why a call ends that worked: a person has decided so. */
const MEANT: ReadonlySet<string> = new Set([
  'normal',
  'aborted',
  'busy',
  'cancelled',
  'declined',
  'no-answer',
  'answered-elsewhere',
]);

/** What is measured at an interval: the name, the unit, and the attributes that tell one from another. */
const GAUGES: readonly (readonly [Averaged, string, string, TelemetryAttributes?])[] = [
  ['mos', 'rtc.mos', '1'],
  ['loss', 'rtc.packet_loss', '1'],
  ['jitter', 'rtc.jitter', 's'],
  ['roundTrip', 'rtc.round_trip_time', 's'],
  ['receivedAudio', 'rtc.bitrate', 'bit/s', {'rtc.direction': 'received', 'rtc.media': 'audio'}],
  ['receivedVideo', 'rtc.bitrate', 'bit/s', {'rtc.direction': 'received', 'rtc.media': 'video'}],
  ['sentAudio', 'rtc.bitrate', 'bit/s', {'rtc.direction': 'sent', 'rtc.media': 'audio'}],
  ['sentVideo', 'rtc.bitrate', 'bit/s', {'rtc.direction': 'sent', 'rtc.media': 'video'}],
];

/** What the end of a call tells of the reason. */
export function endAttributes(cause: {
  readonly by?: string;
  readonly code: string;
  readonly status?: number | undefined;
}): TelemetryAttributes {
  return {
    'sip.call.end.code': cause.code,
    ...(cause.by && {'sip.call.end.by': cause.by}),
    ...(cause.status && {'sip.response.status_code': cause.status}),
    ...(!MEANT.has(cause.code) && {'error.type': cause.code}),
  };
}

/** Follows one call from its beginning to its end, and reports it. */
export class CallTelemetry {
  readonly #call: SipCall;
  readonly #reporter: Reporter;
  readonly #traceId = newTraceId();
  readonly #spanId = newSpanId();
  readonly #events: TelemetryMoment[] = [];
  readonly #total = new Averages();
  readonly #begun = now();
  #ringing: number | undefined;
  #answered: number | undefined;
  #period = new Averages();
  #reported = now();
  #last: CallQuality | undefined;
  #path: TelemetryAttributes = {};
  #watching = false;
  #state: SipCall['state'];

  constructor(call: SipCall, reporter: Reporter) {
    this.#call = call;
    this.#reporter = reporter;
    this.#state = call.state;
    call.addEventListener('statechange', this.#follow);
    call.addEventListener('quality', this.#measure);
    // A call that continues is answered from the start.
    if (call.state.phase !== 'released') this.#enter(call.state.phase, true);
  }

  /** When the call was requested, or its INVITE arrived. */
  get #start(): number {
    const {callId, msgid} = this.#call;
    return Math.min(this.#begun, this.#reporter.times.first(callId, msgid) ?? this.#begun);
  }

  readonly #follow = (): void => {
    const {state} = this.#call;
    const before = this.#state;
    this.#state = state;
    if (state.health !== before.health) this.#note('rtc.health', {'rtc.health': state.health});
    if (state.held !== before.held) this.#note(state.held ? 'sip.hold' : 'sip.resume');
    if (state.remoteHeld !== before.remoteHeld)
      this.#note(state.remoteHeld ? 'sip.remote_hold' : 'sip.remote_resume');
    if (state.transfer !== before.transfer && state.transfer)
      this.#note('sip.transfer', {'sip.transfer.phase': state.transfer.phase});
    if (state.stalled?.cause !== before.stalled?.cause) this.#stall();
    if (state.phase === before.phase) return;
    if (state.phase === 'released') this.#end();
    else this.#enter(state.phase);
  };

  #enter(phase: SipCall['state']['phase'], continued = false): void {
    if (phase === 'ringing') {
      this.#ringing = now();
      this.#note('sip.ringing');
      if (this.#call.direction === 'outgoing')
        this.#record('sip.call.ringing.delay', this.#ringing - this.#start);
    }
    if (phase !== 'answered') return;
    this.#answered = now();
    this.#note('sip.answered');
    // That of a call of an earlier page is not known.
    if (!continued) this.#record('sip.call.setup.duration', this.#answered - this.#start);
    if (!this.#watching) void this.#awaitMedia(this.#answered);
  }

  #stall(): void {
    const {stalled} = this.#call.state;
    const attributes = {
      ...this.#common,
      ...(stalled && {'error.type': stalled.cause, 'rtc.media': stalled.media}),
    };
    this.#note(stalled ? 'rtc.stalled' : 'rtc.flowing', attributes);
    this.#reporter.emit({
      signal: 'log',
      name: stalled ? 'rtc.stalled' : 'rtc.flowing',
      severity: stalled ? 'warn' : 'info',
      time: now(),
      attributes,
      ...this.#ids,
    });
  }

  /** Notes when the first packet arrives after the answer. */
  async #awaitMedia(answered: number): Promise<void> {
    this.#watching = true;
    const {firstMedia, mediaLook} = telemetryDurations;
    while (now() - answered < firstMedia && this.#call.state.phase === 'answered') {
      const report = await this.#call.statistics().catch(() => undefined);
      if (report && hasArrived(report)) {
        this.#note('rtc.first_media');
        this.#path = pathOf(report);
        this.#record('rtc.first_media.delay', now() - answered);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, mediaLook));
    }
  }

  readonly #measure = ({detail}: CustomEvent<CallQuality>): void => {
    this.#last = detail;
    this.#total.add(detail);
    this.#period.add(detail);
    // The measurements of a call come at their own interval.
    if (now() - this.#reported < this.#reporter.interval * 1000 - telemetryDurations.mediaLook) return;
    this.#gauge();
    // The network may have changed.
    this.#call
      .statistics()
      .then((report) => report && Object.assign(this.#path, pathOf(report)))
      .catch(() => {});
  };

  #gauge(): void {
    const period = this.#period;
    this.#period = new Averages();
    this.#reported = now();
    for (const [average, name, unit, more] of GAUGES) {
      const value = period.of(average);
      if (value === undefined) continue;
      const attributes = {...this.#common, ...this.#path, ...more};
      const time = this.#reported;
      this.#reporter.emit({
        ...{signal: 'metric', instrument: 'gauge', name, unit, value, time, attributes},
        ...this.#ids,
      });
    }
  }

  #end(): void {
    const call = this.#call;
    call.removeEventListener('statechange', this.#follow);
    call.removeEventListener('quality', this.#measure);
    const cause = call.state.cause ?? {by: 'local', code: 'normal'};
    const end = endAttributes(cause);
    // A short call has no other measurements.
    if (this.#period.of('loss') !== undefined) this.#gauge();
    if (this.#answered !== undefined)
      this.#record('sip.call.duration', call.duration ?? now() - this.#answered, end);
    const {received, sent} = this.#last ?? {};
    const total = this.#total;
    const measured = {
      'rtc.mos.mean': total.of('mos'),
      'rtc.mos.min': total.lowest,
      'rtc.packet_loss.mean': total.of('loss'),
      'rtc.jitter.mean': total.of('jitter'),
      'rtc.round_trip_time.mean': total.of('roundTrip'),
      // The other side may write it in either case.
      'rtc.audio.codec': (received?.audio ?? sent?.audio)?.codec.toLowerCase(),
      'rtc.video.codec': (received?.video ?? sent?.video)?.codec.toLowerCase(),
    };
    this.#reporter.emit({
      signal: 'span',
      name: 'sip.call',
      kind: call.direction === 'outgoing' ? 'client' : 'server',
      ...this.#ids,
      startTime: this.#start,
      endTime: now(),
      attributes: {
        ...this.#common,
        'sip.call.answered': this.#answered !== undefined,
        ...this.#path,
        ...(Object.fromEntries(
          Object.entries(measured).filter(([, value]) => value !== undefined && value !== ''),
        ) as TelemetryAttributes),
        ...end,
        ...this.#reporter.identified({
          'sip.call.id': call.callId,
          'sip.call.remote': call.remoteParty.number,
        }),
      },
      events: this.#events,
      status: 'error.type' in end ? 'error' : 'unset',
    });
  }

  get #ids(): {readonly traceId: string; readonly spanId: string} {
    return {traceId: this.#traceId, spanId: this.#spanId};
  }

  get #common(): TelemetryAttributes {
    const {direction, type, media} = this.#call;
    return {
      ...this.#reporter.common,
      'sip.call.direction': direction,
      'sip.call.type': type,
      'sip.call.media': media,
    };
  }

  #note(name: string, attributes: TelemetryAttributes = {}): void {
    if (this.#events.length < MOMENTS)
      this.#events.push(Object.freeze({name, time: now(), attributes: Object.freeze(attributes)}));
  }

  #record(name: string, milliseconds: number, more: TelemetryAttributes = {}): void {
    this.#reporter.emit({
      signal: 'metric',
      instrument: 'histogram',
      name,
      unit: 's',
      value: Math.max(0, milliseconds) / 1000,
      time: now(),
      attributes: {...this.#common, ...this.#path, ...more},
      ...this.#ids,
    });
  }
}
