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

/** Who joins whose call, and whether they are heard there. */
export interface SupervisorOptions {
  readonly cid: string;
  readonly type: typeof CALL_TYPE.bargeIn | typeof CALL_TYPE.monitor;
  readonly user: UserRecord;
  /** The registration to invite the supervisor on. */
  readonly binding: Binding;
  /** The user whose call it is. */
  readonly called: UserRecord;
}

/** A user who is present in a call of others without taking part: they hear and see the others, and may be heard. */
export class Supervisor {
  readonly cid: string;
  readonly user: UserRecord;
  readonly #conversation: Supervised;
  readonly #speaks: boolean;
  readonly #leg: CallLeg;
  readonly #onEnded: (supervisor: Supervisor, released: Promise<void>) => void;
  #seat: Seat | undefined;
  #ended: Promise<void> | undefined;

  /** @internal Created by `Supervisors`. */
  constructor(
    services: LegServices,
    conversation: Supervised,
    {cid, type, user, binding, called: other}: SupervisorOptions,
    onEnded: (supervisor: Supervisor, released: Promise<void>) => void,
  ) {
    this.cid = cid;
    this.user = user;
    this.#conversation = conversation;
    this.#speaks = type === CALL_TYPE.bargeIn;
    this.#onEnded = onEnded;
    const over = (): void => void this.end();
    this.#leg = new CallLeg(
      services,
      {onAnswered: (leg) => this.#enter(leg), onRefused: over, onEnded: over},
      {binding, cid, type, direction: CALL_DIRECTION.out, other},
    );
    this.#leg.media.wanted.audio = this.#speaks ? BOTH_WAYS : SENDS;
    this.#leg.media.wanted.video = SENDS;
  }

  /** Whether the others hear the supervisor. */
  get heard(): boolean {
    return this.#speaks && this.#seat !== undefined;
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

  #enter(leg: CallLeg): void {
    if (this.#ended) return;
    this.#seat = this.#conversation.enter(leg);
    this.#seat.speaks = this.#speaks;
    leg.tell(CALL_STATE.connected);
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
    const supervisor = new Supervisor(this.#services, conversation, options, (ended, released) => {
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
