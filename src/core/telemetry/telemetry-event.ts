/** What is known of a telemetry event besides its name, by OpenTelemetry's style of names. */
export type TelemetryAttributes = Readonly<Record<string, string | number | boolean>>;

/** A moment within a span. */
export interface TelemetryMoment {
  readonly name: string;
  /** In milliseconds since the epoch. */
  readonly time: number;
  readonly attributes: TelemetryAttributes;
}

/** What belongs to one call, one connection or one registration. */
interface Traced {
  /** 16 bytes as 32 hexadecimal digits. */
  readonly traceId: string;
  /** 8 bytes as 16 hexadecimal digits. */
  readonly spanId: string;
}

/** Something that took time: a call, a connection, a registration. Reported when it is over. */
export interface TelemetrySpan extends Traced {
  readonly signal: 'span';
  readonly name: 'sip.call' | 'sip.connect' | 'sip.register';
  /** `client` if this side began it, `server` for an incoming call. */
  readonly kind: 'client' | 'server';
  /** In milliseconds since the epoch, as the next one. */
  readonly startTime: number;
  readonly endTime: number;
  readonly attributes: TelemetryAttributes;
  /** The moments, oldest first. */
  readonly events: readonly TelemetryMoment[];
  readonly status: 'unset' | 'error';
}

/** A measurement. */
export interface TelemetryMetric extends Partial<Traced> {
  readonly signal: 'metric';
  readonly name: string;
  /** A `histogram` collects the durations of many calls; a `gauge` is the value of one call at a time. */
  readonly instrument: 'histogram' | 'gauge';
  /** As in UCUM: `s`, `1`, `bit/s`. */
  readonly unit: string;
  readonly value: number;
  /** In milliseconds since the epoch. */
  readonly time: number;
  readonly attributes: TelemetryAttributes;
}

/** Something that happened at one moment. */
export interface TelemetryLog extends Partial<Traced> {
  readonly signal: 'log';
  readonly name: string;
  readonly severity: 'info' | 'warn' | 'error';
  /** In milliseconds since the epoch. */
  readonly time: number;
  readonly attributes: TelemetryAttributes;
}

/** What a client tells of its calls, its connection and its registration. Plain data that can be cloned. */
export type TelemetryEvent = TelemetrySpan | TelemetryMetric | TelemetryLog;

/** Options of telemetry. */
export interface TelemetryOptions {
  /** Receives each event. */
  readonly onEvent: (event: TelemetryEvent) => void;
  /**
   * Seconds between two measurements of a call, 2–3600.
   *
   * @defaultValue 10
   */
  readonly interval?: number;
  /**
   * Also tells the numbers of both sides, the server's host and the Call-ID.
   *
   * @defaultValue false
   */
  readonly identities?: boolean;
}

/** The option `telemetry`: a function that receives each event, or the function with more. */
export type TelemetryOption = ((event: TelemetryEvent) => void) | TelemetryOptions;
