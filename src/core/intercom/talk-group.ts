import {SipError, toSipError} from '../../errors.js';
import type {AnnouncementOptions, AnnouncementSource, SipAnnouncement} from '../call/announcement.js';
import type {SipCall} from '../call/call.js';
import type {CallCause, Party} from '../types.js';
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
  /** Why the group is `absent`, if this side has not left it. */
  readonly ended: CallCause | undefined;
}

/** What the caller of `TalkGroup.speak` learns. */
export interface SpeakOptions {
  /** Called if the server refuses the floor, which the state also says, or does not take it back. */
  readonly onFailure?: (error: SipError) => void;
  /** Called once if this side neither has the floor nor waits for it any more, although it has not given it back. */
  readonly onOver?: () => void;
}

/** A request to be heard in a group, until it is given up. */
interface Hold {
  readonly intercom: SipIntercom;
  readonly end: () => void;
  readonly over: () => void;
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
  /** End the sounds that play to the group, or wait for its floor. */
  readonly #sounds = new Set<AbortController>();
  /** The holds that speak to the group. */
  readonly #holds = new Set<Hold>();

  constructor(number: string) {
    super({
      activity: 'absent',
      since: undefined,
      heard: undefined,
      refusal: undefined,
      listenOnly: false,
      ended: undefined,
    });
    this.number = number;
  }

  /** The intercom of the group, while this side has joined it. */
  get intercom(): SipIntercom | undefined {
    return this.#intercom;
  }

  /** Whether `speak` can ask for the floor, and the group would hear this side. */
  get talkable(): boolean {
    return !!this.#intercom && sendsAudio(this.#intercom) && !this.state.listenOnly;
  }

  /** Follows the intercom of the group, or none. */
  follow(intercom: SipIntercom | undefined): void {
    if (intercom === this.#intercom) return;
    this.#replace(intercom);
    if (intercom) this.#onChange();
    else this.#setAbsent(undefined);
  }

  /** Only listens from now on, and gives the floor back; or no longer. */
  setListenOnly(listenOnly: boolean): void {
    this.update({listenOnly});
    if (!listenOnly) return;
    for (const sound of this.#sounds) sound.abort();
    for (const hold of this.#holds) {
      hold.end();
      hold.over();
    }
  }

  /**
   * Asks for the floor until the returned function is called, which gives it back. Idempotent; does nothing if the group
   * is not `talkable`.
   */
  speak({onFailure, onOver}: SpeakOptions = {}): () => void {
    const intercom = this.#intercom;
    if (!intercom || !this.talkable) return () => {};
    let isOver = false;
    const over = (): void => {
      if (isOver) return;
      isOver = true;
      onOver?.();
    };
    const end = (): void => {
      if (!this.#holds.delete(hold)) return;
      if ([...this.#holds].some((other) => other.intercom === intercom)) return;
      intercom.releaseFloor().catch((cause: unknown) => {
        const error = toSipError(cause);
        if (!isNoRefusal(error, intercom)) onFailure?.(error);
      });
    };
    const hold: Hold = {intercom, end, over};
    this.#holds.add(hold);
    intercom.requestFloor().catch((cause: unknown) => {
      const error = toSipError(cause);
      if (!this.#holds.has(hold)) return;
      if (this.#showRefusal(error, intercom)) onFailure?.(error);
      over();
    });
    return end;
  }

  /**
   * Plays a sound to the group, which hears the user only while they speak as well; resolves when it begins. The floor is
   * requested for it, and given back after it.
   *
   * @throws {SipError} why the group has not given the floor, which the state also says; as `intercom.play`; `aborted`.
   */
  async play(source: AnnouncementSource, options: AnnouncementOptions = {}): Promise<SipAnnouncement> {
    const intercom = this.#intercom;
    if (!intercom || !this.talkable) throw new SipError('invalid-state', {subject: 'play'});
    const ending = new AbortController();
    const abort = (): void => ending.abort();
    const end = (): void => {
      options.signal?.removeEventListener('abort', abort);
      if (!this.#sounds.delete(ending) || this.#sounds.size > 0) return;
      intercom.releaseFloorOfSound().catch(() => {});
    };
    options.signal?.addEventListener('abort', abort);
    // Also while the floor is not there yet.
    ending.signal.addEventListener('abort', end);
    this.#sounds.add(ending);
    try {
      await this.#floorForSound(intercom);
      const announcement = await intercom.play(source, {...options, signal: ending.signal});
      void announcement.finished.then(end);
      return announcement;
    } catch (error) {
      end();
      throw error;
    }
  }

  async #floorForSound(intercom: SipIntercom): Promise<void> {
    try {
      await intercom.requestFloorForSound();
    } catch (cause) {
      const error = toSipError(cause);
      this.#showRefusal(error, intercom);
      throw error;
    }
  }

  /** Shows why the group has not given the floor; returns whether that is a refusal of the current intercom. */
  #showRefusal(error: SipError, intercom: SipIntercom): boolean {
    if (intercom !== this.#intercom || isNoRefusal(error, intercom)) return false;
    this.update({activity: 'refused', refusal: error});
    return true;
  }

  #replace(intercom: SipIntercom | undefined): void {
    this.#intercom?.removeEventListener('statechange', this.#onChange);
    this.#intercom = intercom;
    this.#floor = 'idle';
    this.#speaker = undefined;
    intercom?.addEventListener('statechange', this.#onChange);
    for (const hold of this.#holds) if (hold.intercom !== intercom) hold.over();
  }

  #setAbsent(ended: CallCause | undefined): void {
    this.update({activity: 'absent', since: undefined, refusal: undefined, ended});
  }

  readonly #onChange = (): void => {
    const {phase, floor, speaker, revoked, revocation, cause} = this.#intercom!.state;
    if (phase === 'released') {
      this.#replace(undefined);
      return this.#setAbsent(cause?.by === 'local' ? undefined : cause);
    }
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
    const refusal = lost ? (revocation ?? 'revoked') : changed ? undefined : this.state.refusal;
    const activity = phase !== 'answered' ? 'joining' : refusal ? 'refused' : ACTIVITIES[floor];
    this.update({activity, since, heard, refusal, ended: undefined});
    if (before === 'granted' && (floor === 'idle' || floor === 'taken'))
      for (const hold of this.#holds) hold.over();
  };
}

/** Whether the other sides of a call hear this one, unless it is muted or silent. */
export function sendsAudio({state: {phase, media}}: SipCall): boolean {
  return phase === 'answered' && (media.audio === 'sendrecv' || media.audio === 'sendonly');
}

/** Whether a request ended for a reason that is shown anyway: the user gave it up, or the connection is lost. */
function isNoRefusal({code}: SipError, {state}: SipIntercom): boolean {
  return code === 'aborted' || code === 'connection-lost' || state.phase === 'released';
}
