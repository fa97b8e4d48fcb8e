import {CALL_DIRECTION, CALL_STATE, CALL_TYPE} from '../../src/dispatch/protocol.js';
import {BOTH_WAYS, SENDS, type MediaKind, type Seat} from '../media/index.js';
import type {Binding} from '../sip/index.js';
import type {UserRecord} from '../users.js';
import {CallLeg, type LegServices} from '../calls/call-leg.js';

/** Connected users, as seen by a supervisor who joins them. */
export interface Supervised {
  /** The media of supervisors. */
  readonly kinds: readonly MediaKind[];
  /** Admits a supervisor, whom the others do not see. */
  enter(leg: CallLeg): Seat;
  /** Called when a supervisor has left. */
  left(): void;
}

/** Who joins a call. */
interface Joining {
  readonly cid: string;
  readonly user: UserRecord;
}

/** Who joins whose call, and whether they are heard there. */
export interface SupervisorOptions extends Joining {
  readonly type: typeof CALL_TYPE.bargeIn | typeof CALL_TYPE.monitor;
  /** The registration to invite the supervisor on. */
  readonly binding: Binding;
  /** The user whose call it is. */
  readonly called: UserRecord;
}

/** Who hears a supervisor: all, or the leg of one at the time. */
type Audience = 'all' | 'nobody' | (() => CallLeg | undefined);

/** A user who is present in a call of others without taking part: they hear and see the others, and may be heard. */
export class Supervisor {
  readonly cid: string;
  readonly user: UserRecord;
  readonly #conversation: Supervised;
  readonly #audience: Audience;
  readonly #leg: CallLeg;
  readonly #onEnded: (supervisor: Supervisor, released: Promise<void>) => void;
  #seat: Seat | undefined;
  #ended: Promise<void> | undefined;

  /**
   * @internal Created by `Supervisors`.
   *
   * @param createLeg - Returns the leg, which may enter later.
   */
  constructor(
    conversation: Supervised,
    {cid, user}: Joining,
    audience: Audience,
    createLeg: (supervisor: Supervisor) => CallLeg,
    onEnded: (supervisor: Supervisor, released: Promise<void>) => void,
  ) {
    this.cid = cid;
    this.user = user;
    this.#conversation = conversation;
    this.#audience = audience;
    this.#onEnded = onEnded;
    this.#leg = createLeg(this);
  }

  /** Whether the others hear the supervisor. */
  get heard(): boolean {
    return this.#audience === 'all' && this.#seat !== undefined;
  }

  async inviteAsker(): Promise<void> {
    if (!this.#ended) await this.#leg.invite(this.#conversation.kinds);
  }

  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    this.#seat?.leave();
    this.#seat = undefined;
    const released = this.#leg.release();
    this.#onEnded(this, released);
    await released;
  }

  /** Joins the others with its leg, which has been answered. */
  enter(): void {
    if (this.#ended) return;
    this.#seat = this.#conversation.enter(this.#leg);
    const audience = this.#audience;
    this.#seat.speaks = audience !== 'nobody';
    if (typeof audience === 'function') this.#seat.whisperTo(() => audience()?.media);
    this.#leg.tell(CALL_STATE.connected);
  }
}

/** The supervisors of a call. */
export class Supervisors {
  readonly #services: LegServices;
  readonly #all = new Set<Supervisor>();
  /** The clients of those who have left and do not know yet that this was noted, by number. */
  readonly #leaving = new Map<string, Promise<void>>();

  constructor(services: LegServices) {
    this.#services = services;
  }

  get size(): number {
    return this.#all.size;
  }

  /** Whether any supervisor is heard. */
  get heard(): boolean {
    return [...this.#all].some(({heard}) => heard);
  }

  has(number: string): boolean {
    return [...this.#all].some(({user}) => user.number === number);
  }

  /**
   * Resolves when the client of a user who has left knows that: until then they cannot come back
   * (docs/protocol/clients.md#the-end).
   */
  async away(number: string): Promise<void> {
    await this.#leaving.get(number);
  }

  /** Creates a supervisor, who must then be invited. */
  add(conversation: Supervised, options: SupervisorOptions): Supervisor {
    const {cid, type, binding, called: other} = options;
    const speaks = type === CALL_TYPE.bargeIn;
    return this.#add(conversation, options, speaks ? 'all' : 'nobody', (supervisor) => {
      const over = (): void => void supervisor.end();
      const leg = new CallLeg(
        this.#services,
        {onAnswered: () => supervisor.enter(), onRefused: over, onEnded: over},
        {binding, cid, type, direction: CALL_DIRECTION.out, other},
      );
      leg.media.wanted.audio = speaks ? BOTH_WAYS : SENDS;
      leg.media.wanted.video = SENDS;
      return leg;
    });
  }

  /**
   * Admits a supervisor who has called by SIP, and whose leg is connected.
   *
   * @param audience - The leg that alone hears them, at the time; undefined for nobody.
   */
  admit(
    conversation: Supervised,
    joining: Joining,
    leg: CallLeg,
    audience?: () => CallLeg | undefined,
  ): Supervisor {
    const supervisor = this.#add(conversation, joining, audience ?? 'nobody', () => leg);
    supervisor.enter();
    return supervisor;
  }

  #add(
    conversation: Supervised,
    joining: Joining,
    audience: Audience,
    createLeg: (supervisor: Supervisor) => CallLeg,
  ): Supervisor {
    const supervisor = new Supervisor(conversation, joining, audience, createLeg, (ended, released) => {
      this.#all.delete(ended);
      const {number} = ended.user;
      this.#leaving.set(number, released);
      void released.finally(() => {
        if (this.#leaving.get(number) === released) this.#leaving.delete(number);
      });
      conversation.left();
    });
    this.#all.add(supervisor);
    return supervisor;
  }

  /** Ends all of them; resolves when their clients have answered. */
  async end(): Promise<void> {
    await Promise.all([...this.#all].map((supervisor) => supervisor.end()));
  }
}
