import type {SipCall} from '../call/call.js';
import {keptOf, type KeptCall} from '../call/kept-call.js';
import type {CallHistory} from '../history/call-history.js';
import type {CallService} from '../server/call-service.js';
import type {CallCause} from '../types.js';

const KEY = 'sip-elements.calls';

/** Between two notes that the page is still there, in milliseconds. */
const PULSE = 5_000;

/** After how long without the page its calls are over, in milliseconds: the last note may be a pulse old. */
const LATEST = 30_000 + PULSE;

/** The end of a call that no page has continued in time. */
const LOST: CallCause = {by: 'local', code: 'call-lost'};

/** What is written. */
interface Written {
  /** When the page was there for the last time, in milliseconds since the epoch. */
  readonly at: number;
  readonly calls: readonly KeptCall[];
}

/** What `KeptCalls` needs from its client. */
export interface KeptCallsOptions {
  readonly history: CallHistory;
  readonly getCalls: () => readonly SipCall[];
  readonly isCurrent: (call: SipCall) => boolean;
  /** When the call began, in milliseconds since the epoch. */
  readonly beganAt: (call: SipCall) => number;
}

/**
 * The calls of a client in the tab's session storage, so that they outlive the page: its reload, or the crash of its
 * process. They belong to the instance id (RFC 5626 §4.1), which a duplicated tab does not get.
 */
export class KeptCalls {
  readonly #client: KeptCallsOptions;
  #key: string | undefined;
  /** Aborted when there is no call to keep any more. */
  #watching: AbortController | undefined;
  /** Whether the page is gone: its calls are the next page's. */
  #gone = false;

  constructor(client: KeptCallsOptions) {
    this.#client = client;
  }

  /** Continues the calls that an earlier page left, with the service that is registered now, and keeps calls from now on. */
  resume(service: CallService): void {
    if (!service.instance) return;
    this.#key = `${KEY}.${service.instance}`;
    this.#gone = false;
    const {at, calls} = read(this.#key);
    const late = Date.now() - at > LATEST;
    for (const kept of calls) {
      if (this.#has(kept) || (!late && service.resume?.(kept))) continue;
      service.end?.(kept);
      const {began: time, answeredAt} = kept;
      this.#client.history.note({...kept, time, spoken: at - answeredAt, cause: LOST});
    }
    this.note();
  }

  /** Keeps the calls as they are now; returns those that are kept. */
  note(): readonly KeptCall[] {
    if (this.#key === undefined || this.#gone) return [];
    const {getCalls, beganAt, isCurrent} = this.#client;
    const calls = getCalls().flatMap((call) => keptOf(call, beganAt(call), isCurrent(call)) ?? []);
    this.#watch(calls.length > 0);
    try {
      if (calls.length) sessionStorage.setItem(this.#key, JSON.stringify({at: Date.now(), calls}));
      else sessionStorage.removeItem(this.#key);
      return calls;
    } catch {
      // A private window or a sandboxed frame: the calls live as long as the page.
      return [];
    }
  }

  /** Whether the client has the call, in the dialog that was kept or taking it over. */
  #has({id, dialog}: KeptCall): boolean {
    const call = this.#client.getCalls().find((other) => other.id === id);
    return call !== undefined && (call.continued !== undefined || call.identity?.callId === dialog.callId);
  }

  /** Notes again and again that the page is there, as long as it has calls. */
  #watch(any: boolean): void {
    if (any === Boolean(this.#watching)) return;
    this.#watching?.abort();
    this.#watching = any ? new AbortController() : undefined;
    const signal = this.#watching?.signal;
    if (!signal) return;
    const pulse = setInterval(() => this.note(), PULSE);
    signal.addEventListener('abort', () => clearInterval(pulse));
    window.addEventListener('pagehide', () => (this.#gone = true), {signal});
  }
}

function read(key: string): Written {
  try {
    const {at, calls} = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Written>;
    if (typeof at === 'number' && Array.isArray(calls)) return {at, calls};
  } catch {
    // Nothing that this client has written.
  }
  return {at: 0, calls: []};
}
