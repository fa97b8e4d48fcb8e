import {CALL_DIRECTION, CALL_STATE, MEMBER_SWITCH, PUSH_TYPE} from '../../src/dispatch/protocol.js';
import type {MediaKind, Room, Seat} from '../media/index.js';
import type {Binding} from '../sip/index.js';
import type {UserRecord} from '../users.js';
import {CallLeg} from '../calls/call-leg.js';
import type {CallServices} from '../calls/call-services.js';
import {Fork} from '../calls/fork.js';

/** The conference that a member belongs to. */
export interface Meeting {
  readonly cid: string;
  readonly type: number;
  readonly group: {readonly number: string; readonly name: string};
  readonly kinds: readonly MediaKind[];
  readonly room: Room;
  members(): readonly ConferenceMember[];
  /** Called when something about a member changed. */
  onChanged(member: ConferenceMember): void;
  /** Called when a member has hung up, or their socket closed. */
  onLeft(member: ConferenceMember): void;
}

/** A call state of docs/protocol/numbers.md#call-states. */
type MemberState = (typeof CALL_STATE)[keyof typeof CALL_STATE];

/**
 * One number in a conference.
 * ```
 * init ──invited──► calling out ──180──► ringing ──200──► connected ──BYE──► release
 *   ▲                    └──────────────────┴──refused, no answer──► busy, rejected, no answer, dead
 *   └──────────────────────────────────────── invited again ─────────────────────┘
 * ```
 */
export class ConferenceMember {
  readonly user: UserRecord;
  state: MemberState = CALL_STATE.init;
  /** Their seat in the room, once they have answered. */
  seat: Seat | undefined;
  /** Whether they talk, as last sent. */
  talking = false;
  readonly #services: CallServices;
  readonly #meeting: Meeting;
  /** Whether they only listen, in a broadcast. */
  readonly #audience: boolean;
  #speaks: boolean;
  #hears = true;
  #pushed = false;
  #leg: CallLeg | undefined;
  #fork: Fork | undefined;
  #released: Promise<void> | undefined;

  constructor(services: CallServices, meeting: Meeting, user: UserRecord, audience: boolean) {
    this.#services = services;
    this.#meeting = meeting;
    this.#audience = audience;
    this.#speaks = !audience;
    this.user = user;
  }

  get number(): string {
    return this.user.number;
  }

  /** Whether they take part or may do so soon. */
  get present(): boolean {
    return this.state <= CALL_STATE.connected;
  }

  /** Their entry in the member list and in {@link API_EVENT.memberChange}. */
  get record(): Readonly<Record<string, string>> {
    const onOff = (on: boolean): string => String(on ? MEMBER_SWITCH.on : MEMBER_SWITCH.off);
    return {
      number: this.number,
      name: this.user.name,
      state: String(this.state),
      speak: onOff(this.#speaks),
      hear: onOff(this.#hears),
      push: String(this.#pushed ? PUSH_TYPE.push : PUSH_TYPE.stop),
      talking: this.talking ? '1' : '0',
    };
  }

  /** The registration that they take part with, or as the asker are invited on. */
  get binding(): Binding | undefined {
    return this.#leg?.binding;
  }

  /** Sends their client a state of the session with its details. */
  tell(state: MemberState, more?: Readonly<Record<string, string>>): void {
    this.#leg?.tell(state, more);
  }

  /** Their leg, while they have a seat in the room. */
  get leg(): CallLeg | undefined {
    return this.seat && this.#leg;
  }

  get audience(): boolean {
    return this.#audience;
  }

  get pushed(): boolean {
    return this.#pushed;
  }

  set speaks(speaks: boolean) {
    this.#speaks = speaks;
    if (this.seat) this.seat.speaks = speaks;
  }

  set hears(hears: boolean) {
    this.#hears = hears;
    if (this.seat) this.seat.hears = hears;
  }

  set pushed(pushed: boolean) {
    this.#pushed = pushed;
  }

  /** Invites the asker of the conference on their own registration; resolves when the INVITE was sent. */
  async inviteAsker(binding: Binding, listener: {onAnswered(): void; onRefused(): void}): Promise<void> {
    const {cid, type, group, kinds} = this.#meeting;
    const leg = (this.#leg = new CallLeg(
      this.#services,
      {
        onAnswered: () => {
          this.#join(leg);
          listener.onAnswered();
        },
        onRefused: () => listener.onRefused(),
        onEnded: () => this.#meeting.onLeft(this),
      },
      {binding, cid, type, direction: CALL_DIRECTION.out, other: group},
    ));
    this.#enter(CALL_STATE.callingOut);
    await leg.invite(kinds);
  }

  /**
   * Invites the member on all of their registrations, even if they did not answer before.
   *
   * @param free - What must finish first.
   */
  invite(free?: Promise<void>): void {
    const {cid, type, group, kinds} = this.#meeting;
    const before = this.#fork;
    const fork = (this.#fork = new Fork(this.#services, {
      onRinging: () => this.#enter(CALL_STATE.ringing),
      onAnswered: (leg) => this.#join(leg),
      onFailed: ({state}) => this.#enter(state),
      onEnded: () => this.#meeting.onLeft(this),
    }));
    this.#enter(CALL_STATE.callingOut);
    const start = async (): Promise<void> => {
      await before?.end();
      await free;
      if (this.#released) return;
      const bindings = this.#services.hub.bindings(this.number);
      fork.start({bindings, cid, type, caller: group, kinds});
    };
    void start();
  }

  /**
   * Removes the member; resolves when their clients have answered.
   *
   * @param state - Whether they left or were removed.
   */
  release(state: typeof CALL_STATE.release | typeof CALL_STATE.kickedOut): Promise<void> {
    this.#released ??= this.#release(this.#leg?.lost ? CALL_STATE.dead : state);
    return this.#released;
  }

  async #release(state: MemberState): Promise<void> {
    this.seat?.leave();
    this.seat = undefined;
    this.talking = this.#pushed = false;
    this.state = state;
    if (state === CALL_STATE.kickedOut) this.#leg?.tell(state);
    await Promise.all([this.#fork?.end(), this.#leg?.release()]);
  }

  #join(leg: CallLeg): void {
    this.#leg = leg;
    const seat = (this.seat = this.#meeting.room.enter(leg.media, this.#audience));
    seat.speaks = this.#speaks;
    seat.hears = this.#hears;
    // Tones follow the voice.
    leg.onInfo = (contentType, body) => {
      if (this.#speaks) for (const other of this.#meeting.members()) other.#hearInfo(leg, contentType, body);
    };
    leg.tell(CALL_STATE.connected);
    this.#enter(CALL_STATE.connected);
  }

  #hearInfo(from: CallLeg, contentType: string, body: string): void {
    if (this.#hears && this.leg !== from) void this.leg?.info(contentType, body);
  }

  #enter(state: MemberState): void {
    if (this.#released) return;
    this.state = state;
    this.#meeting.onChanged(this);
  }
}
