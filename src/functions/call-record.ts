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
 * What a page is told of one call, as JSON: `{msgid, cid, callid, ctype, direction, othernum, othername, state,
 * autoanswer, isshowscreen, mktime, mkinfo, getvinfo}` with the numbers of protocol page §6; of an incoming call
 * `{cid, callid, ctype, autoanswer}` until the server has told more. What does not apply is absent: `msgid` is that of the
 * request if a function here asked for the call, `callid` the SIP Call-ID from the server's INVITE on. `autoanswer` is
 * whether this side made it, `mktime` when, as an ISO 8601 text.
 */
export class CallRecord {
  readonly call: SipCall;
  /** Whether a function asked for it, or answered it, with the screen. */
  isshowscreen = false;
  /** Told before the page knows of the call; undefined once it does. */
  #waiting: (() => void)[] | undefined = [];
  /** The server's number of the state (§6), where it told one. */
  #state: number | undefined;
  readonly #time = new Date().toISOString();

  constructor(call: SipCall) {
    this.call = call;
  }

  /** The page knows of the call: what waited is told now. */
  announce(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const told of waiting) told();
  }

  /** Tells at once, or as soon as the page knows of the call. */
  after(told: () => void): void {
    if (this.#waiting) this.#waiting.push(told);
    else told();
  }

  /** Takes the state that the server told, and gives it back as it was told: busy and refused calls are over as well. */
  told(state: number): string {
    this.#state = state;
    return JSON.stringify({...this.#values(), state});
  }

  /** What is known when a call comes in. */
  get arrival(): string {
    const {cid, callid, ctype, autoanswer} = this.#values();
    return JSON.stringify({cid, callid, ctype, autoanswer});
  }

  get json(): string {
    return JSON.stringify(this.#values());
  }

  /** The server's number of the state, unless the call is further than the server has told. */
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
      othernum: call.remote.number || undefined,
      othername: call.remote.name || undefined,
      state: this.#stateNumber,
      autoanswer: own,
      isshowscreen,
      mktime: this.#time,
      // A device's picture has none.
      mkinfo: header === API_HEADER.createVideoBug || header === API_HEADER.transferVideo ? undefined : body,
      getvinfo: header === API_HEADER.transferVideo ? body : undefined,
    };
  }
}

/** What a page is told of a session by which it shows a member's picture to others alone. */
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

/** What a page is told of a session of others: what the server says of it, with the numbers of protocol page §6. */
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

/** The state that an event tells; NaN where it tells none. */
export function stateOf(event: unknown): number {
  return Number(fieldOf(event, 'state') || NaN);
}

/** A text or a number in a body of the server's, as text. */
export function fieldOf(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field = (value as Readonly<Record<string, unknown>>)[name];
  return typeof field === 'string' || typeof field === 'number' ? String(field) : undefined;
}
