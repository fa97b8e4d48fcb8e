import {SipCall, type CallContext} from '../call/call.js';
import type {CallControl} from '../call/call-control.js';
import type {CallState} from '../call/call-state.js';
import {
  changeMembers,
  MOST_MEMBERS,
  replaceMembers,
  type ConferenceMember,
  type MemberReport,
  type Members,
  type MembersChange,
} from './conference-member.js';
import {conferenceParty} from './conference-party.js';
import {dropOldest} from '../util/collections/newest.js';
import {SipError} from '../../errors.js';
import type {CallPhase, Party, RemotePicture} from '../types.js';

/** A snapshot of a conference. Plain data that can be cloned. */
export interface ConferenceState extends CallState {
  /**
   * The members who take part, are being called, or did not answer, including this side. Empty until the server reports
   * them.
   */
  readonly members: Members;
  /** Whether this side only listens to a broadcast, and no one can hear or see it. */
  readonly listenOnly: boolean;
  /** What this conference supports, if a server's conferences differ; otherwise the client's `capabilities` apply. */
  readonly abilities?: ConferenceAbilities | undefined;
}

/** What one conference supports. A false ability has no control and rejects with `unsupported`. */
export interface ConferenceAbilities {
  /** Whether members can be invited and removed. */
  readonly members: boolean;
  /** Whether a member's `speaking` and `hearing` can be changed. */
  readonly switches: boolean;
  /** Whether it can be ended for all. */
  readonly end: boolean;
}

/** The properties of a member that can be switched. */
export type MemberSwitch = 'speaking' | 'hearing' | 'spotlighted';

/** Receives a server's reports about a conference. */
export interface MembersListener {
  /** Reports all members. A call that was not a conference becomes one. */
  onAll(reports: readonly MemberReport[]): void;
  /** Reports some members. */
  onSome(reports: readonly MemberReport[]): void;
  /** This side has left the conference, though the call continues as a call of two. */
  onLeft(): void;
  /** Reports what the conference supports. */
  onAbilities(abilities: ConferenceAbilities): void;
}

/** A server's commands for one conference. They reject with `SipError`. */
export interface ConferenceService {
  /** Reports to the listener from now on, until `close`. */
  follow(listener: MembersListener): void;
  /** Requests the members; never rejects. */
  refresh(): void;
  /** Stops reports and requests. */
  close(): void;
  add(number: string): Promise<void>;
  remove(number: string): Promise<void>;
  set(number: string, what: MemberSwitch, on: boolean): Promise<void>;
  /** Ends the conference for all; does nothing if it is over. */
  end(): Promise<void>;
}

/**
 * A conference or a broadcast, created here or joined.
 *
 * `state.members` follows the server's reports: a command is sent to the server, and the state changes once it has
 * taken effect. `hangup()` leaves the conference, which continues; `end()` ends it for all. The server decides who may
 * change what, and refuses with `not-allowed`.
 *
 * On a standard server every call of two may become a conference. It has no `state.members` and the type `single` until
 * the server reports members, as it does if the called number is a room. It becomes a call of two again if a ConfBridge
 * releases it and the server reports who is at the other end now.
 *
 * ```ts
 * const conference = await client.createConference({members: '1002,1003', media: 'video'});
 * await conference.setSpeaking('1003', false);
 * ```
 */
export class SipConference extends SipCall {
  readonly #control: CallControl;
  readonly #service: ConferenceService;
  /** This side's number. */
  readonly #user: string;
  /** The others who have taken part, by number. */
  readonly #joined = new Map<string, Party>();
  #phase: CallPhase = 'init';

  /** @internal Conferences are created by `SipClient`. */
  constructor(control: CallControl, context: CallContext, service: ConferenceService) {
    super(control, context);
    this.#control = control;
    this.#service = service;
    this.#user = context.user;
    if (control.type !== 'single') this.#set({members: Object.freeze([])});
    service.follow({
      onAll: (reports) => {
        this.#open();
        this.#take(replaceMembers(this.state.members, reports));
      },
      onSome: (reports) => this.#take(changeMembers(this.state.members, reports)),
      onLeft: () => this.#close(),
      onAbilities: (abilities) => this.#set({abilities}),
    });
    this.addEventListener('statechange', this.#onChange);
    this.#onChange();
    // The creator can learn the members before its own dialog is established.
    if (this.direction === 'outgoing') service.refresh();
  }

  override get state(): Readonly<ConferenceState> {
    return super.state as Readonly<ConferenceState>;
  }

  /**
   * The conference: its name if it was given one, otherwise the names of the others who take part, in the end of those who
   * have taken part. A broadcast is named by who sends it.
   */
  override get remote(): Party {
    const remote = super.remote;
    if (!this.#isOpen || (this.type === 'broadcast' && this.direction === 'incoming')) return remote;
    const people = this.#people;
    const name = this.#titleOf(remote);
    return name || !people.length
      ? {...remote, name}
      : conferenceParty(remote.number, people, (party) => this.identify(party));
  }

  /**
   * Invites a number, also one that did not answer before; resolves when the server calls it.
   *
   * @throws {SipError} `invalid-number`, `unknown-number`, `number-offline`, `conference-full`, `not-allowed`;
   * `invalid-state` once the call has ended, as with every command here.
   */
  async addMember(number: string): Promise<void> {
    await this.#going('addMember').add(this.dial(number));
  }

  /** Removes a member. @throws {SipError} `member-not-found`, `not-allowed` */
  async removeMember(number: string): Promise<void> {
    await this.#going('removeMember').remove(this.numberOf(number));
  }

  /** Sets whether the others hear a member. @throws {SipError} `member-not-found`, `not-allowed` */
  async setSpeaking(number: string, speaking: boolean): Promise<void> {
    await this.#going('setSpeaking').set(this.numberOf(number), 'speaking', speaking);
  }

  /** Sets whether a member hears the others. @throws {SipError} `member-not-found`, `not-allowed` */
  async setHearing(number: string, hearing: boolean): Promise<void> {
    await this.#going('setHearing').set(this.numberOf(number), 'hearing', hearing);
  }

  /**
   * Sets whether a member's video is shown to all, in place of another; if false, the talking member is shown.
   *
   * @throws {SipError} `no-picture` if the member sends none, `member-not-found`, `not-allowed`
   */
  async setSpotlight(number: string, spotlighted: boolean): Promise<void> {
    await this.#going('setSpotlight').set(this.numberOf(number), 'spotlighted', spotlighted);
  }

  /** Returns the video of a member among the `remotePictures`, if the server sends several and labels them. */
  pictureOf(number: string): RemotePicture | undefined {
    const member = this.#members.find((other) => other.number === number);
    return (
      member && this.remotePictures.find(({label}) => label !== '' && label === (member.label ?? number))
    );
  }

  /**
   * Ends the conference for all, even after this side has left; does nothing if it is over.
   *
   * @throws {SipError} `not-allowed`
   */
  async end(): Promise<void> {
    await this.#service.end();
  }

  /** Whether it has members; false while it is a call of two. */
  get #isOpen(): boolean {
    const {members}: Partial<ConferenceState> = this.state;
    return members !== undefined;
  }

  /** Empty while it is a call of two. */
  get #members(): Members {
    const {members}: Partial<ConferenceState> = this.state;
    return members ?? [];
  }

  /** The others who take part or are called; once it is over, or if no one else is left, those who have taken part. */
  get #people(): readonly Party[] {
    const others = this.#members.filter(({number, file}) => number !== this.#user && !file);
    const present = others.filter(({phase}) => phase !== 'released');
    if (present.length && this.state.phase !== 'released') return present;
    return this.#joined.size ? [...this.#joined.values()] : others;
  }

  /**
   * Returns the name that this side gave, or that the server reports unless it is a person's: servers name a conference by
   * who created it.
   */
  #titleOf({name}: Party): string {
    const {direction, continued, remote} = this.#control.init;
    if (direction === 'outgoing' && !continued && remote.name) return remote.name;
    const isPerson =
      name === this.#user ||
      this.#members.some((member) => member.name === name || this.identify(member).name === name);
    return isPerson || (this.direction === 'outgoing' && !this.#members.length) ? '' : name;
  }

  #going(command: string): ConferenceService {
    if (!this.#isOpen) throw new SipError('unsupported', {subject: command});
    if (this.state.phase === 'released') throw this.#control.invalid(command);
    return this.#service;
  }

  /** Turns the call into a conference: the called number is a room. */
  #open(): void {
    if (this.#isOpen) return;
    this.#control.setType('conference', 5);
    this.#set({members: Object.freeze([]), listenOnly: false});
  }

  /** Turns the conference into a call of two: the room has connected this side to another party. */
  #close(): void {
    if (!this.#isOpen) return;
    this.#take(replaceMembers(this.#members, []));
    this.#control.setType('single', 1);
    const left: Partial<ConferenceState> = {abilities: undefined};
    this.#control.update({...left, members: undefined, listenOnly: undefined} as Partial<CallState>);
  }

  #take({members, changed}: MembersChange): void {
    if (this.state.phase === 'released') return;
    for (const {number, name, phase, file} of members)
      if (phase === 'answered' && number !== this.#user && !file) this.#joined.set(number, {number, name});
    dropOldest(this.#joined, MOST_MEMBERS);
    this.#set({members});
    for (const member of changed)
      this.dispatchEvent(
        new CustomEvent<{readonly member: ConferenceMember}>('memberchange', {detail: {member}}),
      );
  }

  protected override numberOf(number: string): string {
    return this.#members.some((member) => member.number === number) ? number : super.numberOf(number);
  }

  readonly #onChange = (): void => {
    // An incoming broadcast may turn out to be this side's own.
    if (this.#isOpen) this.#set({listenOnly: this.type === 'broadcast' && this.direction === 'incoming'});
    const {phase} = this.state;
    if (phase === this.#phase) return;
    this.#phase = phase;
    if (phase === 'answered') this.#service.refresh();
    if (phase !== 'released') return;
    this.removeEventListener('statechange', this.#onChange);
    this.#service.close();
  };

  #set(patch: Partial<Pick<ConferenceState, 'members' | 'listenOnly' | 'abilities'>>): void {
    this.#control.update(patch as Partial<CallState>);
  }
}
