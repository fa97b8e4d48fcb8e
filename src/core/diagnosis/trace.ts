import type {SipCall} from '../call/call.js';
import {copied} from '../util/shortened.js';
import {StateTarget} from '../util/state-target.js';
import type {TypedEventTarget} from '../util/typed-event-target.js';

/** How many lines a trace keeps. */
const LINES = 500;
/** How much of a line it keeps, in characters: others write messages of any length. */
const LENGTH = 16_000;
/** How many ended calls it keeps, with their measurements. */
const CALLS = 20;

/** One line of a trace: a SIP or API message, or an event of the log. Secrets are masked. */
export interface TraceEntry {
  /** In milliseconds since the epoch. */
  readonly time: number;
  readonly level: 'debug' | 'info' | 'warning' | 'error';
  /** The layer that logs: `sip`, `api`, `call`, `media`. */
  readonly area: string;
  /** A message begins with `sent` or `received`. */
  readonly text: string;
}

/** A snapshot of a trace. */
export interface TraceState {
  readonly running: boolean;
  /** The last 500 lines, oldest first. */
  readonly entries: readonly TraceEntry[];
}

/** The calls of a client whose trace is kept. */
export type TracedCalls = TypedEventTarget<{'sip-call-hangup': CustomEvent<{readonly call: SipCall}>}>;

/**
 * The SIP and API messages of a client while they are traced, which is off at first. `statechange` reports each line.
 */
export class Trace extends StateTarget<TraceState> {
  /** @internal The last calls that ended while the trace ran, oldest first. */
  ended: readonly SipCall[] = [];

  /** @internal Created by its client. */
  constructor(client: TracedCalls) {
    super({running: false, entries: []});
    client.addEventListener('sip-call-hangup', ({detail: {call}}) => {
      if (this.state.running) this.ended = [...this.ended.slice(1 - CALLS), call];
    });
  }

  /** Begins to keep messages; what is kept already stays. */
  start(): void {
    this.update({running: true});
  }

  /** Keeps no more messages; those that are kept stay. */
  stop(): void {
    this.update({running: false});
  }

  /** Forgets what is kept. */
  clear(): void {
    this.ended = [];
    this.update({entries: []});
  }

  /** @internal Takes a line of the log, if the trace runs. */
  note({level, area, text}: Omit<TraceEntry, 'time'>): void {
    if (!this.state.running) return;
    const entry = Object.freeze({time: Date.now(), level, area, text: copied(text.slice(0, LENGTH))});
    this.update({entries: [...this.state.entries.slice(1 - LINES), entry]});
  }
}
