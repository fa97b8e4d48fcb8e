import {CALL_STATE} from '../../src/dispatch/protocol.js';
import type {MediaKind, Room, Seat} from '../media/index.js';
import {pause} from '../pause.js';
import {refusedWith, type IncomingRefer} from '../sip/index.js';
import {Bridge} from './bridge.js';
import type {CallLeg} from './call-leg.js';
import type {CallServices} from './call-services.js';
import {TwoPartyFiles} from './two-party-files.js';
import {TwoPartyRoom} from './two-party-room.js';
import {Fork} from './fork.js';
import {Supervisors} from '../supervision/supervisors.js';
import type {Conversation} from './conversation.js';

/** The session that a side belongs to. */
export interface Owner {
  readonly cid: string;
  /** Call type, docs/protocol/numbers.md#call-types. */
  readonly type: number;
  /** Ends it for all. */
  end(): Promise<void>;
}

/** One of two connected users. */
export interface Side {
  readonly leg: CallLeg;
  readonly party: {readonly number: string; readonly name: string};
  readonly owner: Owner;
}

/** A REFER in progress. */
interface Transfer {
  readonly refer: IncomingRefer;
  /** Whether the user who asked has hung up since. */
  left: boolean;
}

/** How long a client may take to answer the result of a transfer, in milliseconds. */
const FAREWELL = 2000;

const calls = new WeakMap<CallLeg, TwoPartyCall>();

/**
 * Two connected users, each of whom may transfer the other one by REFER: to a number, which is called in the session of
 * the user who stays, or to the other side of another call of theirs (Replaces), after which the two sessions continue
 * as one. The user who asked is notified by NOTIFY and leaves with a BYE.
 */
export class TwoPartyCall implements Conversation {
  readonly #services: CallServices;
  #sides: readonly [Side, Side];
  #bridge: Bridge;
  #files!: TwoPartyFiles;
  #transfer: Transfer | undefined;
  readonly #owners: Set<Owner>;
  readonly #forks: Fork[] = [];
  /** The legs that took the place of another one. */
  readonly #exchanged: CallLeg[] = [];
  readonly supervisors: Supervisors;
  readonly #room: TwoPartyRoom;
  /** The room, while others are present. */
  #shared: Room | undefined;
  /** The sides that were removed while the others continued. */
  readonly #out = new Set<Side>();
  /** The call that this one and another one have become. */
  #next: TwoPartyCall | undefined;
  #ended: Promise<void> | undefined;

  constructor(services: CallServices, one: Side, other: Side) {
    this.#services = services;
    this.#sides = [one, other];
    this.supervisors = new Supervisors(services);
    this.#room = new TwoPartyRoom(services.media, (room) => this.#bridge.meetIn(room));
    this.#owners = new Set([one.owner, other.owner]);
    this.#bridge = this.#join(one, other);
  }

  /** The files that are played to them; undefined once the call has ended. */
  get files(): TwoPartyFiles | undefined {
    if (this.#next) return this.#next.files;
    return this.#ended ? undefined : this.#files;
  }

  /** The call that this one has become. */
  get current(): TwoPartyCall {
    return this.#next?.current ?? this;
  }

  /** Whether one of the two disappeared, and did not return in time. */
  get lost(): boolean {
    return this.current.#sides.some(({leg}) => leg.lost);
  }

  has(number: string): boolean {
    return this.#sideOf(number) !== undefined;
  }

  get kinds(): readonly MediaKind[] {
    return this.#sides.some(({leg}) => leg.media.video.present) ? ['audio', 'video'] : ['audio'];
  }

  legOf(number: string): CallLeg | undefined {
    return this.#sideOf(number)?.leg;
  }

  otherThan(number: string): string | undefined {
    return this.#present.find(({party}) => party.number !== number)?.party.number;
  }

  enter(leg: CallLeg): Seat {
    if (!this.#shared) {
      this.#shared = this.#room.open();
      this.#room.meet();
      this.#bridge.shared = true;
    }
    return this.#shared.enter(leg.media, true);
  }

  left(): void {
    if (this.supervisors.size > 0 || this.#ended || !this.#shared) return;
    if (this.#out.size > 0) return this.#over();
    this.#part();
    this.#bridge.shared = false;
  }

  putOut(number: string): void {
    const side = this.#sideOf(number);
    if (!side) return;
    side.leg.tell(CALL_STATE.kickedOut);
    // One user cannot talk alone, and cannot be transferred to a user who was removed.
    const room = this.supervisors.heard ? this.#shared : undefined;
    if (!room || this.#transfer || this.#out.size > 0) return this.#over();
    this.#out.add(side);
    this.#bridge.close();
    for (const {leg} of this.#present) room.enter(leg.media);
    this.#services.sessions.changed();
    void side.leg.release();
  }

  /** Puts another user in the place of a side that leaves; returns false if the side is gone, or being transferred. */
  exchange(number: string, leg: CallLeg, party: Side['party']): boolean {
    if (this.#next) return this.#next.exchange(number, leg, party);
    const [one, other] = this.#sides;
    const [from, to] = one.party.number === number ? [one, other] : [other, one];
    if (this.#ended || this.#transfer || from.party.number !== number) return false;
    from.leg.leave(() => void from.leg.release());
    this.#exchanged.push(leg);
    this.#connect(to, {leg, party, owner: to.owner});
    void from.leg.release();
    return true;
  }

  /** Disconnects the two, and releases legs that joined by transfer; a pending transfer reports its failure. */
  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    void this.#transfer?.refer.tell(487);
    this.#transfer = undefined;
    this.#bridge.close();
    if (this.#next) this.#next.#over();
    this.#part();
    await Promise.all([
      this.supervisors.end(),
      ...this.#forks.map((fork) => fork.end(this.lost ? 'lost' : undefined)),
      ...this.#exchanged.map((leg) => leg.release(this.lost ? 'lost' : undefined)),
    ]);
  }

  /** Closes the shared room, since no others are present. */
  #part(): void {
    if (this.#shared) this.#room.close();
    this.#shared = undefined;
  }

  /** The sides that were not removed. */
  get #present(): readonly Side[] {
    return this.#sides.filter((side) => !this.#out.has(side));
  }

  #sideOf(number: string): Side | undefined {
    if (this.#next) return this.#next.#sideOf(number);
    return this.#ended ? undefined : this.#present.find(({party}) => party.number === number);
  }

  #over(): void {
    void this.end();
    // The owners may be ending already.
    queueMicrotask(() => {
      for (const owner of this.#owners) void owner.end();
    });
  }

  #join(one: Side, other: Side): Bridge {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      calls.set(from.leg, this);
      from.leg.onRefer = (refer) => this.#referred(from, to, refer);
    }
    const bridge = new Bridge(one.leg, other.leg);
    this.#files = new TwoPartyFiles(this.#services, {
      cid: one.owner.cid,
      numbers: [one.party.number, other.party.number],
      bridge,
      room: this.#room,
      kinds: () =>
        one.leg.media.video.present && other.leg.media.video.present ? ['audio', 'video'] : ['audio'],
    });
    return bridge;
  }

  #referred(from: Side, to: Side, refer: IncomingRefer): void {
    // A user who is left with a supervisor has no other party to transfer.
    if (this.#transfer || this.#out.size > 0) return refer.reject(491);
    if (!refer.target && !refer.replaces) return refer.reject(400);
    refer.accept();
    if (refer.replaces) this.#handOver(from, to, refer);
    else this.#putThrough(from, to, refer);
  }

  #putThrough(from: Side, to: Side, refer: IncomingRefer): void {
    const callee = this.#services.pbx.calleeOf(refer.target, to.party.number, true);
    if (typeof callee === 'number') return void refer.tell(callee);
    const {party} = callee;
    // A user cannot be connected to themselves.
    if (party.number === to.party.number) return void refer.tell(403);
    const bindings = callee.bindings.filter((binding) => binding !== from.leg.binding);
    if (bindings.length === 0) return void refer.tell(480);
    const transfer: Transfer = (this.#transfer = {refer, left: false});
    // The user who asked may hang up; the transfer continues.
    from.leg.leave(() => {
      transfer.left = true;
      void from.leg.release();
    });
    const {owner} = to;
    const fork = new Fork(this.#services, {
      onRinging: () => void refer.tell(180),
      onAnswered: (leg) => {
        this.#transfer = undefined;
        this.#connect(to, {leg, party, owner});
        void this.#dismiss(refer, from.leg);
      },
      onFailed: ({status}) => {
        this.#transfer = undefined;
        void refer.tell(refusedWith(status));
        if (transfer.left) this.#over();
        else from.leg.stay();
      },
      onEnded: () => this.#over(),
    });
    this.#forks.push(fork);
    const kinds: MediaKind[] = to.leg.media.video.present ? ['audio', 'video'] : ['audio'];
    fork.start({bindings, cid: owner.cid, type: owner.type, caller: to.party, kinds});
  }

  /** Connects the side that stays with another one. */
  #connect(to: Side, next: Side): void {
    this.#bridge.close();
    this.#sides = [to, next];
    this.#bridge = this.#join(to, next);
    this.#room.meetAgain();
    this.#bridge.shared = this.#shared !== undefined;
    this.#services.sessions.changed();
    this.#greet(to, next);
  }

  #handOver(from: Side, to: Side, refer: IncomingRefer): void {
    const leg = [...this.#services.legs].find((one) => one.isMeantBy(refer.replaces!));
    const second = leg && calls.get(leg);
    if (!second || second === this || second.#next) return void refer.tell(481);
    const [one, other] = second.#sides;
    const [own, far] = one.leg === leg ? [one, other] : [other, one];
    // Users can only hand over their own calls, and cannot be connected to themselves.
    if (own.party.number !== from.party.number || far.party.number === to.party.number)
      return void refer.tell(403);
    if (second.#transfer) return void refer.tell(491);
    for (const {leg: leaving} of [from, own]) leaving.leave(() => void leaving.release());
    for (const parted of [this, second]) {
      parted.#bridge.close();
      // The supervisors of the two calls do not join the new one.
      void parted.supervisors.end();
    }
    const joint = new TwoPartyCall(this.#services, to, far);
    for (const owner of [...this.#owners, ...second.#owners]) joint.#owners.add(owner);
    this.#next = second.#next = joint;
    this.#services.sessions.changed();
    joint.#greet(to, far);
    void this.#dismiss(refer, from.leg, own.leg);
  }

  /** Has the two updated about each other's media, once both have answered. */
  begin(): void {
    const bridge = this.#bridge;
    void this.#settled.then(() => bridge.begin());
  }

  get #settled(): Promise<unknown> {
    return Promise.all(this.#sides.map(({leg}) => leg.settled));
  }

  /** Introduces two users who were not connected before. */
  #greet(one: Side, other: Side): void {
    const bridge = this.#bridge;
    void this.#settled.then(() => bridge.refresh());
    for (const [side, far] of [
      [one, other],
      [other, one],
    ] as const) {
      side.leg.meet(far.party);
      side.leg.tell(CALL_STATE.connected);
    }
  }

  /** Reports the completed transfer to the user who asked, and ends their legs. */
  async #dismiss(refer: IncomingRefer, ...legs: readonly CallLeg[]): Promise<void> {
    const limit = pause(FAREWELL);
    await Promise.race([refer.tell(200), limit.promise]);
    limit.stop();
    await Promise.all(legs.map((leg) => leg.release()));
  }
}
