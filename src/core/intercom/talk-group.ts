import {toSipError, type SipError} from '../../errors.js';
import type {Party} from '../types.js';
import {StateTarget} from '../util/state-target.js';
import type {FloorRevocation, FloorState} from './floor.js';
import type {SipIntercom} from './intercom.js';

/**
 * What happens in a talk group, from this side's view: `absent` this side has not joined it, `joining` the line is being
 * connected, `idle` no one speaks, `receiving` another member speaks, `waiting` this side has asked for the floor,
 * `speaking` this side is heard, `refused` this side was refused, or lost the floor, and nothing has changed since.
 */
export type TalkActivity = 'absent' | 'joining' | 'idle' | 'receiving' | 'waiting' | 'speaking' | 'refused';

/** Why this side does not have the floor: the error of the request, or why the server has revoked the floor. */
export type FloorRefusal = SipError | FloorRevocation | 'revoked';

/** What was heard last in a talk group. */
export interface LastHeard {
  /** When it ended, in milliseconds since the epoch. */
  readonly at: number;
  /** Who spoke; undefined if the server did not report it. */
  readonly speaker: Party | undefined;
}

/** A snapshot of a talk group. */
export interface TalkGroupState {
  readonly activity: TalkActivity;
  /** Since when someone has been speaking, in milliseconds since the epoch; undefined while no one does. */
  readonly since: number | undefined;
  readonly heard: LastHeard | undefined;
  /** Why this side is `refused`. */
  readonly refusal: FloorRefusal | undefined;
  /** Whether this side only listens: it never asks for the floor. */
  readonly listenOnly: boolean;
}

/** The activity for each state of the floor. */
const ACTIVITIES: Readonly<Record<FloorState, TalkActivity>> = {
  idle: 'idle',
  taken: 'receiving',
  requested: 'waiting',
  queued: 'waiting',
  granted: 'speaking',
};

/**
 * One of the groups that a user listens to at the same time. It outlives its intercom, which the user may leave and join
 * again.
 *
 * Several holds may speak to the same group: the floor is given back when the last of them ends.
 */
export class TalkGroup extends StateTarget<TalkGroupState> {
  readonly number: string;
  #intercom: SipIntercom | undefined;
  #floor: FloorState = 'idle';
  #speaker: Party | undefined;
  /** How many holds speak to each intercom of the group. */
  readonly #holds = new WeakMap<SipIntercom, number>();

  constructor(number: string) {
    super({activity: 'absent', since: undefined, heard: undefined, refusal: undefined, listenOnly: false});
    this.number = number;
  }

  /** The intercom of the group, while this side has joined it. */
  get intercom(): SipIntercom | undefined {
    return this.#intercom;
  }

  /** Whether `speak` can ask for the floor. */
  get talkable(): boolean {
    return this.#intercom?.state.phase === 'answered' && !this.state.listenOnly;
  }

  /** Follows the intercom of the group, or none. */
  follow(intercom: SipIntercom | undefined): void {
    if (intercom === this.#intercom) return;
    this.#intercom?.removeEventListener('statechange', this.#onChange);
    this.#intercom = intercom;
    this.#floor = 'idle';
    this.#speaker = undefined;
    intercom?.addEventListener('statechange', this.#onChange);
    if (intercom) this.#onChange();
    else this.update({activity: 'absent', since: undefined, refusal: undefined});
  }

  /** Only listens from now on, or no longer. */
  setListenOnly(listenOnly: boolean): void {
    this.update({listenOnly});
  }

  /**
   * Asks for the floor until the returned function is called, which gives it back. Idempotent; does nothing if the group
   * is not `talkable`.
   *
   * @param onFailure - Called if the server refuses the floor, which the state also says, or does not take it back.
   */
  speak(onFailure: (error: SipError) => void = () => {}): () => void {
    const intercom = this.#intercom;
    if (!intercom || !this.talkable) return () => {};
    const count = (more: number): number => {
      const holds = (this.#holds.get(intercom) ?? 0) + more;
      this.#holds.set(intercom, holds);
      return holds;
    };
    count(1);
    let ended = false;
    intercom.requestFloor().catch((cause: unknown) => {
      const error = toSipError(cause);
      if (ended || intercom !== this.#intercom || isNoRefusal(error, intercom)) return;
      this.update({activity: 'refused', refusal: error});
      onFailure(error);
    });
    return () => {
      if (ended) return;
      ended = true;
      if (count(-1) > 0) return;
      intercom.releaseFloor().catch((cause: unknown) => {
        const error = toSipError(cause);
        if (!isNoRefusal(error, intercom)) onFailure(error);
      });
    };
  }

  readonly #onChange = (): void => {
    const {phase, floor, speaker, revoked, revocation} = this.#intercom!.state;
    if (phase === 'released') return this.follow(undefined);
    const before = this.#floor;
    const heard =
      before === 'taken' && (floor !== 'taken' || speaker?.number !== this.#speaker?.number)
        ? {at: Date.now(), speaker: this.#speaker}
        : this.state.heard;
    const changed = floor !== before || speaker?.number !== this.#speaker?.number;
    this.#floor = floor;
    this.#speaker = speaker;
    const speaks = floor === 'taken' || floor === 'granted';
    const since = speaks ? (changed ? Date.now() : this.state.since) : undefined;
    const lost = revoked && before === 'granted' && floor !== 'granted';
    const refusal = lost ? (revocation ?? 'revoked') : floor === before ? this.state.refusal : undefined;
    const activity = phase !== 'answered' ? 'joining' : refusal ? 'refused' : ACTIVITIES[floor];
    this.update({activity, since, heard, refusal});
  };
}

/** Whether a request ended for a reason that is shown anyway: the user gave it up, or the connection is lost. */
function isNoRefusal({code}: SipError, {state}: SipIntercom): boolean {
  return code === 'aborted' || code === 'connection-lost' || state.phase === 'released';
}
