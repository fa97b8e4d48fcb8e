import {CALL_DIRECTION, CALL_STATE} from '../../src/dispatch/protocol.js';
import {reasonOf} from '../log.js';
import type {Flow, MediaKind} from '../media/index.js';
import type {Binding} from '../sip/index.js';
import {CallLeg} from './call-leg.js';
import type {CallServices} from './call-services.js';

/** Why the call was not answered, as a call state of docs/protocol/numbers.md#call-states and as a SIP status. */
export interface ForkFailure {
  readonly state: ForkFailureState;
  readonly status: number;
}
type ForkFailureState =
  typeof CALL_STATE.busy | typeof CALL_STATE.rejected | typeof CALL_STATE.noAnswer | typeof CALL_STATE.dead;

/** The events of a fork. */
export interface ForkListener {
  /** A registration rings; reported once. */
  onRinging(): void;
  /** A registration answered; the others are cancelled. The listener owns the leg from now on. */
  onAnswered(leg: CallLeg): void;
  /** No registration answered, and none will. */
  onFailed(failure: ForkFailure): void;
  /** The leg that had answered ended. */
  onEnded(): void;
}

/** Whom to call, and in which session. */
export interface ForkOptions {
  readonly bindings: readonly Binding[];
  readonly cid: string;
  readonly type: number;
  readonly caller: {readonly number: string; readonly name: string};
  readonly kinds: readonly MediaKind[];
  /** The direction of the media, if not both ways. */
  readonly wanted?: Flow;
}

/**
 * Calls a callee on all of its registrations: all ring, the first answer wins, the others are cancelled
 * (docs/protocol/calls.md#who-is-invited).
 */
export class Fork {
  readonly #services: CallServices;
  readonly #listener: ForkListener;
  /** The legs that are not released yet. */
  readonly #legs = new Set<CallLeg>();
  /** The legs that may still answer. */
  readonly #open = new Set<CallLeg>();
  readonly #statuses: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #rings = false;
  #winner: CallLeg | undefined;
  #ended: Promise<void> | undefined;

  constructor(services: CallServices, listener: ForkListener) {
    this.#services = services;
    this.#listener = listener;
  }

  /** Invites all registrations. */
  start({bindings, cid, type, caller, kinds, wanted}: ForkOptions): void {
    this.#timer = setTimeout(
      () => this.#fail({state: CALL_STATE.noAnswer, status: 408}),
      this.#services.noAnswerTimeout,
    );
    const told = {
      onRinging: (leg: CallLeg) => this.#ringing(leg),
      onAnswered: (leg: CallLeg) => this.#answered(leg),
      onRefused: (leg: CallLeg, status: number) => this.#refused(leg, status),
      onEnded: (leg: CallLeg) => (leg === this.#winner ? this.#listener.onEnded() : this.#refused(leg, 410)),
    };
    const legs = bindings.map((binding) => {
      const part = {binding, cid, type, direction: CALL_DIRECTION.in, other: caller};
      const leg = new CallLeg(this.#services, told, part);
      if (wanted) leg.media.wanted.audio = leg.media.wanted.video = wanted;
      return leg;
    });
    for (const leg of legs) {
      this.#legs.add(leg);
      this.#open.add(leg);
    }
    for (const leg of legs) {
      leg.invite(kinds).catch((error: unknown) => {
        this.#services.log(`INVITE: ${reasonOf(error)}`);
        this.#refused(leg, 500);
      });
    }
    if (legs.length === 0) this.#fail({state: CALL_STATE.noAnswer, status: 480});
  }

  /**
   * Ends the fork and the leg that answered; resolves when all legs are released. Idempotent.
   *
   * @param why - See `CallLeg.release`.
   */
  end(why?: 'elsewhere' | 'lost'): Promise<void> {
    clearTimeout(this.#timer);
    this.#ended ??= Promise.all([...this.#legs].map((leg) => this.#drop(leg, why))).then(() => undefined);
    return this.#ended;
  }

  #ringing(leg: CallLeg): void {
    leg.tell(CALL_STATE.ringing);
    if (this.#rings) return;
    this.#rings = true;
    this.#listener.onRinging();
  }

  #answered(leg: CallLeg): void {
    this.#winner = leg;
    this.#open.clear();
    clearTimeout(this.#timer);
    for (const other of this.#legs) if (other !== leg) void this.#drop(other, 'elsewhere');
    this.#listener.onAnswered(leg);
  }

  #refused(leg: CallLeg, status: number): void {
    if (!this.#open.delete(leg)) return;
    this.#statuses.push(status);
    void this.#drop(leg);
    // A 6xx applies to all of the callee's devices (RFC 3261 §21.6).
    if (this.#winner === undefined && (status >= 600 || this.#open.size === 0))
      this.#fail(worst(this.#statuses));
  }

  #fail(failure: ForkFailure): void {
    if (this.#ended) return;
    void this.end();
    this.#listener.onFailed(failure);
  }

  async #drop(leg: CallLeg, why?: 'elsewhere' | 'lost'): Promise<void> {
    await leg.release(why);
    this.#legs.delete(leg);
  }
}

/** Returns the most significant refusal (RFC 3261 §16.7): for all devices, then busy, then declined, then any other. */
function worst(statuses: readonly number[]): ForkFailure {
  const status =
    statuses.find((each) => each >= 600) ??
    statuses.find((each) => each === 486) ??
    statuses.find((each) => each === 480) ??
    statuses[0] ??
    480;
  return {status, state: stateOf(status)};
}

/** Returns what a refusal means to the asker (docs/protocol/calls.md#refusals). */
function stateOf(status: number): ForkFailureState {
  if (status === 486 || status === 600) return CALL_STATE.busy;
  if (status === 480 || status === 603 || status === 403) return CALL_STATE.rejected;
  if (status === 408) return CALL_STATE.noAnswer;
  return CALL_STATE.dead;
}
