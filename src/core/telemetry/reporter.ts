import type {MessageTimes} from './message-times.js';
import type {TelemetryAttributes, TelemetryEvent} from './telemetry-event.js';

/** What the telemetry of a call needs from that of its client. */
export interface Reporter {
  /** Seconds between two measurements of a call. */
  readonly interval: number;
  readonly times: MessageTimes;
  /** The attributes of all events. */
  readonly common: TelemetryAttributes;
  /** Returns the attributes if the page wants them, and those that have a value. */
  identified(attributes: TelemetryAttributes): TelemetryAttributes;
  emit(event: TelemetryEvent): void;
}

/** Returns a new id of a trace. */
export const newTraceId = (): string => digits(16);

/** Returns a new id of a span. */
export const newSpanId = (): string => digits(8);

function digits(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
