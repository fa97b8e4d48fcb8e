import {API_EVENT, CALL_DIRECTION, CALL_STATE, CALL_TYPE} from '../../src/dispatch/protocol.js';
import type {MediaKind, Room, Seat} from '../media/index.js';
import type {Binding} from '../sip/index.js';
import type {UserRecord} from '../users.js';
import type {CallLeg} from '../calls/call-leg.js';
import type {CallServices} from '../calls/call-services.js';
import {ConferenceFiles} from './conference-files.js';
import {ConferenceMember, type Meeting} from './conference-member.js';
import {MemberEvents} from './member-events.js';
import type {OpenedFile} from '../calls/open-file.js';
import type {PlacedSession} from '../calls/place.js';
import {Supervisors} from '../supervision/supervisors.js';
import type {Conversation} from '../calls/conversation.js';

/** The most members of a conference, its creator included. */
export const MOST_MEMBERS = 64;

/** Who asked for a conference, and with whom. */
export interface ConferenceOptions {
  /** Call type, docs/protocol/numbers.md#call-types. */
  readonly type: number;
  readonly asker: UserRecord;
  /** The registration to invite the asker on. */
  readonly binding: Binding;
  /** The others. */
  readonly members: readonly UserRecord[];
  readonly kinds: readonly MediaKind[];
  /** The session's number and name. */
  readonly group: {readonly number: string; readonly name: string};
  /** The file that is played to it, once the first member answers. */
  readonly file?: OpenedFile | undefined;
}

/**
 * Many users who hear each other (docs/protocol/conferences.md): first the asker is invited, and when they have
 * answered, the others, one by one. The conference continues without the asker, until the asker or a dispatcher ends it
 * or the last member has left. Members who did not answer stay in the list, so that they can be invited again. In a
 * broadcast only the asker can be heard and seen.
 */
export class Conference implements PlacedSession, Conversation {
  readonly cid: string;
  readonly type: number;
  readonly #services: CallServices;
  readonly #options: ConferenceOptions;
  readonly #room: Room;
  readonly #meeting: Meeting;
  readonly #events: MemberEvents;
  /** The files that are played to it. */
  readonly files: ConferenceFiles;
  /** Users who are present without being members. */
  readonly supervisors: Supervisors;
  readonly #members = new Map<string, ConferenceMember>();
  /** Removed members whose clients have not all answered. */
  readonly #leaving = new Map<string, Promise<void>>();
  /** Dispatchers who have requested the member list, and get its changes from then on. */
  readonly #watching = new Set<string>();
  /** Whether the asker has answered. */
  #begun = false;
  #ended: Promise<void> | undefined;

  constructor(services: CallServices, options: ConferenceOptions) {
    const {type, asker, members, group, kinds, file} = options;
    this.cid = services.sessions.newCid();
    this.type = type;
    this.#services = services;
    this.#options = options;
    this.#room = services.media.createRoom();
    this.#events = new MemberEvents(services.notices, this.cid, () => [
      asker.number,
      ...[...this.#members.values()].filter(({seat}) => seat).map(({number}) => number),
      ...this.#watching,
    ]);
    this.files = new ConferenceFiles(services, {room: this.#room, kinds, events: this.#events, first: file});
    this.#meeting = {
      cid: this.cid,
      type,
      group,
      kinds,
      room: this.#room,
      members: () => this.members,
      onChanged: (member) => this.#changed(member),
      onLeft: (member) => void this.#takeOut(member, CALL_STATE.release),
    };
    this.#room.onTalking = (seat) => {
      const one = this.members.find((each) => each.seat === seat) ?? this.files.at(seat);
      if (one) this.#events.talking(one);
    };
    this.#room.onShown = (seat) => {
      const viewer = this.members.find((each) => each.seat === seat);
      if (viewer) this.#events.shows(viewer.number, () => this.#shownTo(viewer));
    };
    this.supervisors = new Supervisors(services);
    this.#list(asker, false);
    for (const user of members) this.#list(user);
    services.sessions.add(this);
  }

  /** Its members, including those who did not answer. */
  get members(): readonly ConferenceMember[] {
    return [...this.#members.values()];
  }

  /** Returns the entries of the member list, including playing files, and whose video the user is shown. */
  recordsFor(number: string): readonly Readonly<Record<string, string>>[] {
    const viewer = this.#members.get(number);
    const shown = viewer && this.#shownTo(viewer);
    const members = this.members.map((member) => ({
      ...member.record,
      ...(viewer?.seat && {picture: member === shown ? '1' : '0'}),
    }));
    return [...members, ...this.files.records];
  }

  /** Whether it is ending or has ended. */
  get over(): boolean {
    return this.#ended !== undefined;
  }

  /** How many more members can be invited. */
  get vacancies(): number {
    return MOST_MEMBERS - this.members.filter(({present}) => present).length;
  }

  async inviteAsker(): Promise<void> {
    if (this.over) return;
    const {asker, binding} = this.#options;
    await this.#members.get(asker.number)?.inviteAsker(binding, {
      onAnswered: () => {
        this.#begun = true;
        for (const member of this.members) if (member.state === CALL_STATE.init) this.#invite(member);
      },
      onRefused: () => void this.end(),
    });
  }

  has(number: string): boolean {
    return this.#members.get(number)?.present ?? false;
  }

  get asker(): string {
    return this.#options.asker.number;
  }

  controls(number: string): boolean {
    return this.#services.users.dispatches(number) || number === this.#options.asker.number;
  }

  /** Sends a user the members' changes from now on, if they control the conference without being a member. */
  watch(number: string): void {
    if (this.controls(number)) this.#watching.add(number);
  }

  member(number: string): ConferenceMember | undefined {
    return this.#members.get(number);
  }

  /** Invites a user; does nothing if they take part or are being invited. */
  add(user: UserRecord, speaks: boolean): void {
    const known = this.#members.get(user.number);
    if (known?.present) return;
    const member = known ?? this.#list(user);
    if (!member.audience) member.speaks = speaks;
    this.#invite(member);
  }

  get conversation(): Conversation {
    return this;
  }

  get kinds(): readonly MediaKind[] {
    return this.#options.kinds;
  }

  legOf(number: string): CallLeg | undefined {
    return this.#members.get(number)?.leg;
  }

  otherThan(): undefined {
    return undefined;
  }

  enter(leg: CallLeg): Seat {
    return this.#room.enter(leg.media, true);
  }

  left(): void {}

  putOut(number: string): void {
    const member = this.#members.get(number);
    if (member) this.remove(member);
  }

  /** Removes a member. */
  remove(member: ConferenceMember): void {
    void this.#takeOut(member, CALL_STATE.kickedOut);
  }

  setSpeaking(member: ConferenceMember, speaks: boolean): void {
    member.speaks = speaks;
    this.#changed(member);
  }

  setHearing(member: ConferenceMember, hears: boolean): void {
    member.hears = hears;
    this.#changed(member);
  }

  /** Shows a member to all in place of the one shown before, or no longer. */
  setPushed(member: ConferenceMember, pushed: boolean): void {
    const before = pushed ? this.members.filter((other) => other !== member && other.pushed) : [];
    for (const other of before) other.pushed = false;
    member.pushed = pushed;
    this.#room.push(this.members.find((each) => each.pushed)?.seat);
    for (const changed of [...before, member]) this.#changed(changed);
  }

  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    this.#events.close();
    this.files.close();
    const released = this.members.map((member) => member.release(CALL_STATE.release));
    this.#room.close();
    this.#tellWatching();
    await Promise.all([...released, ...this.#leaving.values(), this.supervisors.end()]);
    this.#services.sessions.delete(this);
  }

  /** Notifies watching dispatchers of the end; members learn of it because their calls end. */
  #tellWatching(): void {
    const {group} = this.#options;
    for (const number of this.#watching)
      if (!this.#members.has(number))
        void this.#services.notices.sendEvent(number, API_EVENT.sessionState, {
          cid: this.cid,
          type: String(this.type),
          state: String(CALL_STATE.release),
          direction: String(CALL_DIRECTION.none),
          othernum: group.number,
          othername: group.name,
        });
  }

  #shownTo({seat}: ConferenceMember): ConferenceMember | undefined {
    const shown = seat && this.#room.shownTo(seat);
    return shown && this.members.find((each) => each.seat === shown);
  }

  #list(user: UserRecord, listens = this.type === CALL_TYPE.broadcast): ConferenceMember {
    const member = new ConferenceMember(this.#services, this.#meeting, user, listens);
    this.#members.set(user.number, member);
    return member;
  }

  #invite(member: ConferenceMember): void {
    // Clients that do not know of their removal yet do not ring (docs/protocol/clients.md#the-end).
    member.invite(this.#leaving.get(member.number));
  }

  #changed(member: ConferenceMember): void {
    if (this.#members.get(member.number) !== member) return;
    if (member.seat && member.number !== this.#options.asker.number) this.files.playFirst();
    this.#events.changed(member);
    this.#services.sessions.changed();
  }

  async #takeOut(
    member: ConferenceMember,
    state: typeof CALL_STATE.release | typeof CALL_STATE.kickedOut,
  ): Promise<void> {
    const {number} = member;
    if (this.#members.get(number) !== member) return;
    this.#members.delete(number);
    const released = member.release(state);
    this.#events.changed(member);
    this.#services.sessions.changed();
    // Ringing members would join an empty room.
    if (this.#begun && !this.members.some(({seat}) => seat)) void this.end();
    this.#leaving.set(number, released);
    await released;
    if (this.#leaving.get(number) === released) this.#leaving.delete(number);
  }
}
