import type {SipCall} from '../core/call/call.js';
import type {CallPhase} from '../core/types.js';
import {API_HEADER} from '../dispatch/protocol.js';
import {CallDirect, CallState, CallType} from './all-enum.js';

const STATES: Readonly<Record<CallPhase, number>> = {
  init: CallState.CallStateInit,
  ringing: CallState.CallStateRinging,
  answered: CallState.CallStateConnect,
  released: CallState.CallStateRelease,
};

/**
 * Describes one call to the page, as JSON: `{msgid, cid, callid, ctype, direction, othernum, othername, state,
 * autoanswer, isshowscreen, mktime, mkinfo, getvinfo}` with the numbers of docs/protocol/numbers.md.
 *
 * An incoming call is `{cid, callid, ctype, autoanswer}` until the server has sent more. Fields that do not apply are
 * absent. `msgid` is that of the request if a function here requested the call. `callid` is the SIP Call-ID, present
 * from the server's INVITE on. `autoanswer` is whether this side placed the call, `mktime` when, as an ISO 8601 text.
 */
export class CallRecord {
  readonly call: SipCall;
  /** Whether a function requested or answered the call with the screen. */
  isshowscreen = false;
  /** Reports that wait until the page knows of the call, and no longer while they are paused. */
  readonly #waiting: (() => void)[] = [];
  #announced = false;
  #paused = false;
  /** The server's number for the state (docs/protocol/numbers.md#call-states), if it sent one. */
  #state: number | undefined;
  readonly #time = new Date().toISOString();

  constructor(call: SipCall) {
    this.call = call;
  }

  /** Whether the page knows of the call. */
  get announced(): boolean {
    return this.#announced;
  }

  /** Makes the waiting reports: the page now knows of the call. */
  announce(): void {
    this.#announced = true;
    this.#report();
  }

  /** Makes reports wait until the promise resolves. */
  async pause(until: Promise<void>): Promise<void> {
    this.#paused = true;
    await until;
    this.#paused = false;
    this.#report();
  }

  /** Makes a report at once, or as soon as the page knows of the call. */
  after(told: () => void): void {
    this.#waiting.push(told);
    this.#report();
  }

  /**
   * Stores the state that the server reported, and returns the JSON with exactly that state: busy and refused calls
   * have ended too.
   */
  told(state: number): string {
    this.#state = state;
    return JSON.stringify({...this.#values(), state});
  }

  /** The JSON of a call that just arrived. */
  get arrival(): string {
    const {cid, callid, ctype, autoanswer} = this.#values();
    return JSON.stringify({cid, callid, ctype, autoanswer});
  }

  get json(): string {
    return JSON.stringify(this.#values());
  }

  #report(): void {
    if (!this.#announced || this.#paused) return;
    for (const told of this.#waiting.splice(0)) told();
  }

  /** The server's number for the state, unless the call is further on. */
  get #stateNumber(): number {
    const {phase} = this.call.state;
    const own = STATES[phase];
    const told = this.#state ?? own;
    return phase === 'released' || (phase === 'answered' && told < own) ? own : told;
  }

  #values(): Readonly<Record<string, unknown>> {
    const {call, isshowscreen} = this;
    const {header, body} = call.asked ?? {};
    const own = call.direction === 'outgoing';
    return {
      msgid: call.msgid || undefined,
      cid: call.id,
      callid: call.callId || undefined,
      ctype: call.typeNumber,
      direction: own ? CallDirect.CallDirectOut : CallDirect.CallDirectIn,
      othernum: call.remoteParty.number || undefined,
      othername: call.remoteParty.name || undefined,
      state: this.#stateNumber,
      autoanswer: own,
      isshowscreen,
      mktime: this.#time,
      // Calls that show a device's video have no `mkinfo`.
      mkinfo: header === API_HEADER.createVideoBug || header === API_HEADER.transferVideo ? undefined : body,
      getvinfo: header === API_HEADER.transferVideo ? body : undefined,
    };
  }
}

/** Describes a session that shows a member's video only to others. */
export function jsonForOthers(created: unknown, asked: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    msgid: fieldOf(created, 'msgid'),
    cid: fieldOf(created, 'cid'),
    ctype: CallType.CallTypeTransferVideo,
    direction: CallDirect.CallDirectOut,
    othernum: fieldOf(asked, 'sessnum') || fieldOf(asked, 'srcnumber'),
    othername: fieldOf(asked, 'sessname') || undefined,
    state: CallState.CallStateInit,
    autoanswer: true,
    isshowscreen: false,
    mktime: new Date().toISOString(),
    getvinfo: asked,
  });
}

/** Describes a session of others from the server's event, with the numbers of docs/protocol/numbers.md. */
export function jsonWithoutCall(cid: string, event: unknown): string {
  const numberIn = (name: string): number | undefined => {
    const number = Number(fieldOf(event, name) || NaN);
    return Number.isInteger(number) ? number : undefined;
  };
  return JSON.stringify({
    cid,
    ctype: numberIn('type'),
    direction: numberIn('direction'),
    othernum: fieldOf(event, 'othernum') || undefined,
    othername: fieldOf(event, 'othername') || undefined,
    state: stateOf(event),
  });
}

/** The state in an event; NaN if it has none. */
export function stateOf(event: unknown): number {
  return Number(fieldOf(event, 'state') || NaN);
}

/** A string or number field of a server's body, as text. */
export function fieldOf(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field = (value as Readonly<Record<string, unknown>>)[name];
  return typeof field === 'string' || typeof field === 'number' ? String(field) : undefined;
}
