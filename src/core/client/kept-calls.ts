import {keptOf, type KeptCall} from '../call/kept-call.js';
import type {SipCall} from '../call/call.js';

const KEY = 'sip-elements.calls';

/** Between two notes that the page is still there, in milliseconds. */
const PULSE = 5_000;

/** After how long without the page its calls are over, in milliseconds: the last note may be a pulse old. */
const LATEST = 30_000 + PULSE;

/** The calls that an earlier page left. */
export interface LeftCalls {
  readonly calls: readonly KeptCall[];
  /** When the page was there for the last time, in milliseconds since the epoch. */
  readonly at: number;
  /** Whether it is too late to continue them. */
  readonly over: boolean;
}

/**
 * The calls of a client in the tab's session storage, so that they outlive the page: its reload, or the crash of its
 * process. They belong to the instance id (RFC 5626 §4.1), which a duplicated tab does not get.
 */
export class KeptCalls {
  #key: string | undefined;
  #calls: readonly KeptCall[] = [];
  /** Aborted when no call is kept any more. */
  #watching: AbortController | undefined;
  #gone = false;

  /** Begins to keep calls; returns those that an earlier page left. */
  begin(instance: string): LeftCalls | undefined {
    this.#key = `${KEY}.${instance}`;
    const left = read(this.#key);
    return left && {...left, over: Date.now() - left.at > LATEST};
  }

  /** Keeps the calls as they are now. */
  note(calls: readonly SipCall[], current: SipCall | undefined, beganOf: (call: SipCall) => number): void {
    if (this.#gone) return;
    this.#calls = calls.flatMap((call) => keptOf(call, beganOf(call), call === current) ?? []);
    this.#watch(this.#calls.length > 0);
  }

  /** Writes the calls now and again and again as long as there are some. */
  #watch(any: boolean): void {
    if (!any && !this.#watching) return;
    this.#write();
    if (any === Boolean(this.#watching)) return;
    this.#watching?.abort();
    this.#watching = any ? new AbortController() : undefined;
    const signal = this.#watching?.signal;
    if (!signal) return;
    const pulse = setInterval(() => this.#write(), PULSE);
    signal.addEventListener('abort', () => clearInterval(pulse));
    // What the going page ends is not the end of the calls.
    window.addEventListener('pagehide', () => (this.#gone = true), {signal});
    window.addEventListener('pageshow', () => (this.#gone = false), {signal});
  }

  #write(): void {
    if (this.#key === undefined || this.#gone) return;
    try {
      if (!this.#calls.length) sessionStorage.removeItem(this.#key);
      else sessionStorage.setItem(this.#key, JSON.stringify({at: Date.now(), calls: this.#calls}));
    } catch {
      // A private window or a sandboxed frame: the calls live as long as the page.
    }
  }
}

function read(key: string): Omit<LeftCalls, 'over'> | undefined {
  try {
    const {at, calls} = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<LeftCalls>;
    sessionStorage.removeItem(key);
    return typeof at === 'number' && Array.isArray(calls) ? {at, calls} : undefined;
  } catch {
    return undefined;
  }
}
