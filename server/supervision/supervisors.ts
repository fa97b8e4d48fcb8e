import {CALL_DIRECTION, CALL_STATE, CALL_TYPE} from '../../src/dispatch/protocol.js';
import {BOTH_WAYS, SENDS, type MediaKind, type Seat} from '../media/index.js';
import type {Binding} from '../sip/index.js';
import type {UserRecord} from '../users.js';
import {CallLeg, type LegServices} from '../calls/call-leg.js';

/** People who talk, as a supervisor goes in to them. */
export interface Supervised {
  /** The media of supervisors. */
  readonly kinds: readonly MediaKind[];
  /** Lets in a supervisor, whom nobody sees. */
  enter(leg: CallLeg): Seat;
  /** A supervisor has left. */
  left(): void;
}

/** Who goes into whose call, and whether he is heard there. */
export interface SupervisorOptions {
  readonly cid: string;
  readonly type: typeof CALL_TYPE.bargeIn | typeof CALL_TYPE.monitor;
  readonly user: UserRecord;
  /** The registration to invite him on. */
  readonly binding: Binding;
  /** Whose call it is. */
  readonly called: UserRecord;
}

/** One who is in a call of others without being one of them: he hears and sees them, and is heard or not. */
export class Supervisor {
  readonly cid: string;
  readonly user: UserRecord;
  readonly #talk: Supervised;
  readonly #speaks: boolean;
  readonly #leg: CallLeg;
  readonly #onEnded: (supervisor: Supervisor) => void;
  #seat: Seat | undefined;
  #ended: Promise<void> | undefined;

  /** @internal Made by `Supervisors`. */
  constructor(
    services: LegServices,
    talk: Supervised,
    {cid, type, user, binding, called: other}: SupervisorOptions,
    onEnded: (supervisor: Supervisor) => void,
  ) {
    this.cid = cid;
    this.user = user;
    this.#talk = talk;
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

  /** Whether the others hear him. */
  get heard(): boolean {
    return this.#speaks && this.#seat !== undefined;
  }

  async inviteAsker(): Promise<void> {
    if (!this.#ended) await this.#leg.invite(this.#talk.kinds);
  }

  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    this.#seat?.leave();
    this.#seat = undefined;
    this.#onEnded(this);
    await this.#leg.release();
  }

  #enter(leg: CallLeg): void {
    if (this.#ended) return;
    this.#seat = this.#talk.enter(leg);
    this.#seat.speaks = this.#speaks;
    leg.tell(CALL_STATE.connected);
  }
}

/** Those who are in a call of others. */
export class Supervisors {
  readonly #services: LegServices;
  readonly #all = new Set<Supervisor>();

  constructor(services: LegServices) {
    this.#services = services;
  }

  get size(): number {
    return this.#all.size;
  }

  /** Whether somebody is heard who is none of those who talk. */
  get heard(): boolean {
    return [...this.#all].some(({heard}) => heard);
  }

  has(number: string): boolean {
    return [...this.#all].some(({user}) => user.number === number);
  }

  /** Makes one, who is to be invited then. */
  add(talk: Supervised, options: SupervisorOptions): Supervisor {
    const supervisor = new Supervisor(this.#services, talk, options, (ended) => {
      this.#all.delete(ended);
      talk.left();
    });
    this.#all.add(supervisor);
    return supervisor;
  }

  /** Ends all of them; resolves when their clients have answered. */
  async end(): Promise<void> {
    await Promise.all([...this.#all].map((supervisor) => supervisor.end()));
  }
}
