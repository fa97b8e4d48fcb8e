import {CALL_STATE, type CALL_TYPE} from '../../src/dispatch/protocol.js';
import type {Room} from '../media/index.js';
import {isSameClient, type Binding} from '../sip/index.js';
import type {UserRecord} from '../users.js';
import type {CallServices} from '../calls/call-services.js';
import {ConferenceMember, type Meeting} from '../conference/conference-member.js';
import {MemberEvents} from '../conference/member-events.js';
import {Floor, type Revocation, type Speaker} from './floor.js';
import type {Session} from '../calls/sessions.js';

/** What an intercom is made for. */
export interface IntercomOptions {
  /** Call type, docs/protocol/numbers.md#call-types: of a permanent group, or of a temporary one. */
  readonly type: typeof CALL_TYPE.intercom | typeof CALL_TYPE.temporaryIntercom;
  readonly group: {readonly number: string; readonly name: string};
  /** All members of the group. */
  readonly users: readonly UserRecord[];
  /** The user who created it, if any. */
  readonly maker?: UserRecord | undefined;
}

/** A user in an intercom. */
interface Participant extends Speaker {
  readonly member: ConferenceMember;
  /** They asked to join and have not answered yet. */
  entering: boolean;
  /** The connection that they lose the floor with. */
  line?: AbortSignal | undefined;
}

/**
 * A group in which only the holder of the floor speaks, and all others listen (docs/protocol/intercoms.md).
 *
 * Users join on their own, or are called: once, when the floor is granted for the first time, or when the maker of a
 * temporary intercom has joined. It ends when the last user has left. Dispatchers have priority: see {@link Floor}.
 */
export class Intercom implements Session {
  readonly cid: string;
  readonly type: IntercomOptions['type'];
  readonly #services: CallServices;
  readonly #options: IntercomOptions;
  readonly #room: Room;
  readonly #meeting: Meeting;
  readonly #floor: Floor<Participant>;
  readonly #events: MemberEvents;
  readonly #participants = new Map<string, Participant>();
  /** Removed users whose clients have not all answered. */
  readonly #leaving = new Map<string, Promise<void>>();
  /** Aborts when it ends. */
  readonly #over = new AbortController();
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
      onChanged: (revocation) => this.#passed(revocation),
    });
    this.#events = new MemberEvents(services.notices, this.cid, () =>
      [...this.#participants.values()].filter(({member}) => member.seat).map(({member}) => member.number),
    );
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

  /** The speaker as in events and replies; empty if there is none. */
  get speaker(): {readonly speaker: string; readonly speakername: string} {
    const {number = '', name = ''} = this.#floor.holder?.member.user ?? {};
    return {speaker: number, speakername: name};
  }

  /** The members of the group, whether they are in it or not. */
  get records(): readonly Readonly<Record<string, string>>[] {
    return this.#options.users.map(({number, name}) => {
      const member = this.#participants.get(number)?.member;
      return member?.present ? member.record : {number, name, state: String(CALL_STATE.none)};
    });
  }

  /** Listening to a group does not make a user busy. */
  has(): boolean {
    return false;
  }

  /** Whether a user is in it, is joining, or is being called. */
  holds(number: string): boolean {
    return this.#participants.get(number)?.member.present ?? false;
  }

  /** Whether a user is in it with this registration, or is being called. */
  isOpenTo(number: string, binding: Binding): boolean {
    const member = this.#participants.get(number)?.member;
    if (!member?.present) return false;
    if (member.binding === undefined || member.binding.connection === binding.connection) return true;
    // The client has returned over another connection.
    return member.binding.connection.closed.aborted && isSameClient(member.binding, binding);
  }

  /** Whether a user is being called and has not answered. */
  calls(number: string): boolean {
    return this.holds(number) && this.#participants.get(number)?.member.binding === undefined;
  }

  get asker(): string | undefined {
    return this.#options.maker?.number;
  }

  controls(number: string): boolean {
    return number === this.#options.maker?.number || this.#services.users.dispatches(number);
  }

  belongs(number: string): boolean {
    return this.#options.users.some((user) => user.number === number);
  }

  /**
   * Lists a user who is about to join by `enter`; resolves when their client knows that they have left before
   * (docs/protocol/clients.md#the-end).
   */
  async admit(user: UserRecord): Promise<void> {
    const before = this.#participants.get(user.number);
    if (before) this.#takeOut(before.member, false);
    this.#list(user).entering = true;
    await this.#leaving.get(user.number);
  }

  /** Invites an admitted user on their registration; resolves when the INVITE was sent. */
  async enter(number: string, binding: Binding): Promise<void> {
    const participant = this.#participants.get(number);
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

  /** Removes a user who could not be invited. */
  leave(number: string): void {
    const participant = this.#participants.get(number);
    if (participant) this.#takeOut(participant.member);
  }

  /** Whether the floor would be granted to a user at once. */
  isFreeFor(user: UserRecord): boolean {
    return this.#floor.isFreeFor({urgent: this.#services.users.dispatches(user.number)});
  }

  /** Requests the floor for a participant. */
  request(number: string): {readonly outcome: 'granted' | 'queued' | 'denied'; readonly place: number} {
    const participant = this.#participants.get(number);
    if (!participant) return {outcome: 'denied', place: 0};
    this.#followLine(participant);
    const outcome = this.#floor.request(participant);
    if (outcome === 'granted' && participant.member.seat) this.#call();
    return {outcome, place: this.#floor.placeOf(participant)};
  }

  /** Takes the floor from a speaker who has lost the connection: the call waits for the client, the others do not. */
  #followLine(participant: Participant): void {
    const line = participant.member.leg?.line;
    if (!line || participant.line === line) return;
    participant.line = line;
    const free = () => void this.#floor.release(participant);
    if (line.aborted) free();
    else line.addEventListener('abort', free, {once: true, signal: this.#over.signal});
  }

  /** Gives back the floor, or a place in the queue. Returns whether there was one. */
  release(number: string): boolean {
    const participant = this.#participants.get(number);
    return participant ? this.#floor.release(participant) : false;
  }

  /** Sends a user the state of the floor again. */
  remind(number: string): void {
    const participant = this.#participants.get(number);
    if (participant) this.#tell(participant);
  }

  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    this.#over.abort();
    this.#floor.close();
    this.#events.close();
    const released = [...this.#participants.values()].map(({member}) => member.release(CALL_STATE.release));
    this.#room.close();
    await Promise.all([...released, ...this.#leaving.values()]);
    this.#services.sessions.delete(this);
  }

  /** Calls all registered members, once. */
  #call(): void {
    if (this.#called || this.over) return;
    this.#called = true;
    for (const user of this.#options.users) {
      const here = this.#participants.get(user.number);
      const reachable = this.#services.hub.bindings(user.number).length > 0;
      if (here?.member.present || !reachable) continue;
      const {member} = this.#list(user);
      // Clients that do not know of their removal yet do not ring (docs/protocol/clients.md#the-end).
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
      this.#followLine(participant);
      member.speaks = this.#floor.holder === participant;
      this.#tell(participant);
    } else if (!member.present) this.#floor.release(participant);
    this.#events.changed(member);
    this.#services.sessions.changed();
  }

  /** Makes the holder of the floor the only one who is heard, and tells all. */
  #passed(revocation?: Revocation<Participant>): void {
    const {holder} = this.#floor;
    const all = [...this.#participants.values()];
    for (const participant of all) participant.member.speaks = participant === holder;
    // The new holder is waiting for the floor, so they are notified first.
    if (holder) this.#tell(holder);
    for (const participant of all)
      if (participant !== holder)
        this.#tell(participant, revocation?.from === participant ? revocation.cause : undefined);
  }

  /**
   * Tells a participant the state of the floor.
   *
   * @param cause - Why they lost it.
   */
  #tell(participant: Participant, cause?: number): void {
    const {member} = participant;
    if (!member.seat || this.over) return;
    const {holder, waiting, secondsLeft} = this.#floor;
    const place = this.#floor.placeOf(participant);
    const details = {
      ...this.speaker,
      waiting: String(waiting),
      ...(place && {queue: String(place)}),
      ...(holder && {timeleft: String(secondsLeft)}),
      ...(cause && {revoke: String(cause)}),
    };
    if (holder === participant) member.tell(CALL_STATE.maySpeak, details);
    else member.tell(place ? CALL_STATE.queued : CALL_STATE.mayNotSpeak, details);
  }

  /** @param ends - Whether the intercom ends if no user is left. */
  #takeOut(member: ConferenceMember, ends = true): void {
    const {number} = member;
    const participant = this.#participants.get(number);
    if (participant?.member !== member) return;
    this.#participants.delete(number);
    const released = member.release(CALL_STATE.release);
    this.#events.changed(member);
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

/** Returns the running session of a group. */
export function runningIntercom(
  {sessions}: Pick<CallServices, 'sessions'>,
  number: string,
): Intercom | undefined {
  return sessions
    .all()
    .find(
      (session): session is Intercom =>
        session instanceof Intercom && session.group.number === number && !session.over,
    );
}
