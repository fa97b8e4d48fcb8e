import type {SipCall} from '../core/call.js';
import type {CallPhase} from '../core/types.js';
import {CallDirect, CallState} from './all-enum.js';

/** What a function asked for a call with, or answered it with, as pages read it back. */
export interface CallOrigin {
  readonly isshowscreen?: boolean;
  /** The arguments of the function that made it, without elements. */
  readonly mkinfo?: Readonly<Record<string, unknown>>;
  /** The arguments of the function that asked for a member's picture. */
  readonly getvinfo?: Readonly<Record<string, unknown>>;
}

const STATES: Readonly<Record<CallPhase, number>> = {
  init: CallState.CallStateInit,
  ringing: CallState.CallStateRing,
  answered: CallState.CallStateAnswer,
  released: CallState.CallStateRelease,
};

/** Answered by itself, or by hand (protocol page §6). */
const ANSWER = {auto: 1, man: 2} as const;

/**
 * What a page is told of one call, as JSON: `{msgid, cid, callid, ctype, direction, othernum, othername, state,
 * autoanswer, isshowscreen, mktime, mkinfo, getvinfo}` with the numbers of protocol page §6; of an incoming call
 * `{cid, callid, ctype, autoanswer}` until the server has told more. `msgid` is that of the request, where a function
 * here asked for the call; `callid` the SIP Call-ID, empty before the server's INVITE.
 */
export class CallRecord {
  readonly call: SipCall;
  origin: CallOrigin | undefined;
  /** Told before the page knows of the call; undefined once it does. */
  #waiting: (() => void)[] | undefined = [];
  /** The server's number of the state (§6), where it told one. */
  #state: number | undefined;
  readonly #time = Date.now();

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

  #values(): Readonly<Record<string, unknown>> {
    const {call, origin} = this;
    const own = call.direction === 'outgoing';
    return {
      msgid: call.msgid,
      cid: call.id,
      callid: call.callId,
      ctype: call.typeNumber,
      direction: own ? CallDirect.CallDirectOut : CallDirect.CallDirectIn,
      othernum: call.remote.number,
      othername: call.remote.name,
      state: call.state.phase === 'released' ? STATES.released : (this.#state ?? STATES[call.state.phase]),
      autoanswer: own ? ANSWER.auto : ANSWER.man,
      isshowscreen: origin?.isshowscreen ?? false,
      mktime: this.#time,
      mkinfo: origin?.mkinfo ?? null,
      getvinfo: origin?.getvinfo ?? null,
    };
  }
}
