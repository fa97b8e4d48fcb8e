import {CALL_STATE, type CALL_TYPE} from '../../src/dispatch/protocol.js';
import type {Room} from '../media/index.js';
import type {Binding} from '../sip/index.js';
import type {UserRecord} from '../users.js';
import type {CallServices} from '../calls/call-services.js';
import {ConferenceMember, type Meeting} from '../conference/conference-member.js';
import {Floor, type Speaker} from './floor.js';
import type {Session} from '../calls/sessions.js';

/** Whose intercom it is. */
export interface IntercomOptions {
  /** Call type, protocol page §6: of a group that there always is, or for as long as it lasts. */
  readonly type: typeof CALL_TYPE.intercom | typeof CALL_TYPE.temporaryIntercom;
  readonly group: {readonly number: string; readonly name: string};
  /** All who belong to it. */
  readonly users: readonly UserRecord[];
  /** Who made it, where somebody did. */
  readonly maker?: UserRecord | undefined;
}

/** Somebody in an intercom. */
interface Participant extends Speaker {
  readonly member: ConferenceMember;
  /** He asked to come in and has not answered yet. */
  entering: boolean;
}

/**
 * A group in which one speaks at a time, whoever has the floor, and all others hear him (protocol page §5, §6).
 *
 * Somebody comes in by himself, or is called: once, when somebody is granted the floor for the first time, or the maker of
 * a temporary one is in it. It is over when the last one has left. Dispatchers have priority: see {@link Floor}.
 */
export class Intercom implements Session {
  readonly cid: string;
  readonly type: IntercomOptions['type'];
  readonly #services: CallServices;
  readonly #options: IntercomOptions;
  readonly #room: Room;
  readonly #meeting: Meeting;
  readonly #floor: Floor<Participant>;
  readonly #participants = new Map<string, Participant>();
  /** Those who were taken out and whose clients have not all answered. */
  readonly #leaving = new Map<string, Promise<void>>();
  #called = false;
  #ended: Promise<void> | undefined;

  constructor(services: CallServices, options: IntercomOptions) {
    const {type, group} = options;
    this.cid = services.sessions.newCid();
    this.type = type;
    this.#services = services;
    this.#options = options;
    this.#room = services.media.createRoom();
    this.#floor = new Floor({
      timeout: services.floorTimeout,
      places: services.floorQueue,
      onChanged: () => this.#passed(),
    });
    this.#meeting = {
      cid: this.cid,
      type,
      group,
      kinds: ['audio'],
      room: this.#room,
      members: () => [...this.#participants.values()].map(({member}) => member),
      onChanged: (member) => this.#changed(member),
      onLeft: (member) => this.#takeOut(member),
    };
    services.sessions.add(this);
  }

  get group(): IntercomOptions['group'] {
    return this.#options.group;
  }

  get over(): boolean {
    return this.#ended !== undefined;
  }

  /** Who speaks, as events and replies tell of him; empty where nobody does. */
  get speaker(): {readonly speaker: string; readonly speakername: string} {
    const {number = '', name = ''} = this.#floor.holder?.member.user ?? {};
    return {speaker: number, speakername: name};
  }

  /** Nobody is busy who only listens to a group. */
  has(): boolean {
    return false;
  }

  /** Whether somebody is in it, comes in, or is called. */
  holds(number: string): boolean {
    return this.#participants.get(number)?.member.present ?? false;
  }

  /** Whether somebody is in it with this registration, or is called and has not answered. */
  isOpenTo(number: string, binding: Binding): boolean {
    const member = this.#participants.get(number)?.member;
    if (!member?.present) return false;
    // A registration that was refreshed is another one by the same client.
    return member.binding === undefined || member.binding.connection === binding.connection;
  }

  /** Whether somebody is called and has not answered. */
  calls(number: string): boolean {
    return this.holds(number) && this.#participants.get(number)?.member.binding === undefined;
  }

  controls(number: string): boolean {
    return number === this.#options.maker?.number || this.#services.users.dispatches(number);
  }

  belongs(number: string): boolean {
    return this.#options.users.some((user) => user.number === number);
  }

  /** Lists somebody who is about to come in by `enter`. */
  admit(user: UserRecord): void {
    const before = this.#participants.get(user.number);
    if (before) this.#takeOut(before.member, false);
    this.#list(user).entering = true;
  }

  /** Invites somebody who was admitted on his registration; resolves when the INVITE is on its way. */
  async enter(number: string, binding: Binding): Promise<void> {
    const participant = this.#participants.get(number);
    await this.#leaving.get(number);
    if (this.over || !participant) return;
    const {member} = participant;
    await member.inviteAsker(binding, {
      onAnswered: () => {
        participant.entering = false;
        if (participant === this.#floor.holder || number === this.#options.maker?.number) this.#call();
      },
      onRefused: () => this.#takeOut(member),
    });
  }

  /** Takes somebody out who could not be invited. */
  leave(number: string): void {
    const participant = this.#participants.get(number);
    if (participant) this.#takeOut(participant.member);
  }

  /** Whether the floor would be granted to somebody at once. */
  isFreeFor(user: UserRecord): boolean {
    return this.#floor.isFreeFor({urgent: this.#services.users.dispatches(user.number)});
  }

  /** Asks for the floor for somebody who is in it. */
  request(number: string): {readonly outcome: 'granted' | 'queued' | 'denied'; readonly place: number} {
    const participant = this.#participants.get(number);
    if (!participant) return {outcome: 'denied', place: 0};
    const waited = this.#floor.placeOf(participant) > 0;
    const outcome = this.#floor.request(participant);
    if (outcome === 'queued' && !waited) this.#tell(participant);
    if (outcome === 'granted' && participant.member.seat) this.#call();
    return {outcome, place: this.#floor.placeOf(participant)};
  }

  /** Gives the floor back, or a place among those who wait; whether there was one. */
  release(number: string): boolean {
    const participant = this.#participants.get(number);
    if (!participant) return false;
    const waited = this.#floor.placeOf(participant) > 0;
    const released = this.#floor.release(participant);
    if (waited) this.#tell(participant);
    return released;
  }

  /** Tells somebody again how the floor stands. */
  remind(number: string): void {
    const participant = this.#participants.get(number);
    if (participant) this.#tell(participant);
  }

  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    this.#floor.close();
    const released = [...this.#participants.values()].map(({member}) => member.release(CALL_STATE.release));
    this.#room.close();
    await Promise.all([...released, ...this.#leaving.values()]);
    this.#services.sessions.delete(this);
  }

  /** Calls all who belong to it and are registered, once. */
  #call(): void {
    if (this.#called || this.over) return;
    this.#called = true;
    for (const user of this.#options.users) {
      const here = this.#participants.get(user.number);
      const reachable = this.#services.hub.bindings(user.number).length > 0;
      if (here?.member.present || !reachable) continue;
      const {member} = this.#list(user);
      // Clients that have not heard that they were taken out do not ring (protocol page §8.5).
      member.invite(this.#leaving.get(user.number));
    }
  }

  #list(user: UserRecord): Participant {
    const member = new ConferenceMember(this.#services, this.#meeting, user, false);
    member.speaks = false;
    const participant = {member, urgent: this.#services.users.dispatches(user.number), entering: false};
    this.#participants.set(user.number, participant);
    return participant;
  }

  #changed(member: ConferenceMember): void {
    const participant = this.#participants.get(member.number);
    if (participant?.member !== member) return;
    if (member.seat) {
      member.speaks = this.#floor.holder === participant;
      this.#tell(participant);
    } else if (!member.present) this.#floor.release(participant);
    this.#services.sessions.changed();
  }

  /** Somebody else has the floor: only he is heard. */
  #passed(): void {
    const {holder} = this.#floor;
    const all = [...this.#participants.values()];
    for (const participant of all) participant.member.speaks = participant === holder;
    // Whoever has it now is told first: he waits for it.
    if (holder) this.#tell(holder);
    for (const participant of all) if (participant !== holder) this.#tell(participant);
  }

  #tell(participant: Participant): void {
    const {member} = participant;
    if (!member.seat || this.over) return;
    if (this.#floor.holder === participant) member.tell(CALL_STATE.maySpeak, this.speaker);
    else if (this.#floor.placeOf(participant) > 0) member.tell(CALL_STATE.queued, this.speaker);
    else member.tell(CALL_STATE.mayNotSpeak, this.speaker);
  }

  /** @param ends - Whether it is over where nobody is left. */
  #takeOut(member: ConferenceMember, ends = true): void {
    const {number} = member;
    const participant = this.#participants.get(number);
    if (participant?.member !== member) return;
    this.#participants.delete(number);
    const released = member.release(CALL_STATE.release);
    this.#floor.release(participant);
    this.#services.sessions.changed();
    const left = [...this.#participants.values()];
    if (ends && !left.some((other) => other.member.seat || other.entering)) void this.end();
    this.#leaving.set(number, released);
    void released.then(() => {
      if (this.#leaving.get(number) === released) this.#leaving.delete(number);
    });
  }
}
