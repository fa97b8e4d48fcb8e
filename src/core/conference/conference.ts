import {SipCall, type CallContext} from '../call/call.js';
import type {CallControl} from '../call/call-control.js';
import type {CallState} from '../call/call-state.js';
import {
  changeMembers,
  replaceMembers,
  type ConferenceMember,
  type MemberReport,
  type Members,
  type MembersChange,
} from './conference-member.js';
import {SipError} from '../../errors.js';
import {cleanNumber} from '../util/number.js';
import type {CallPhase, RemotePicture} from '../types.js';

/** What a conference looks like at one moment. Plain data that can be cloned. */
export interface ConferenceState extends CallState {
  /** Those who take part, are called, or did not answer; this side as well. Empty before the server has told of them. */
  readonly members: Members;
  /** Nobody can hear or see this side: it listens to a broadcast. */
  readonly listenOnly: boolean;
  /** What can be asked of it, where the conferences of a server differ; otherwise the client's `capabilities` say so. */
  readonly abilities?: ConferenceAbilities | undefined;
}

/** What can be asked of one conference. What is false has no control and rejects with `unsupported`. */
export interface ConferenceAbilities {
  /** Somebody can be called into it, and put out. */
  readonly members: boolean;
  /** Whether a member is heard, and hears, can be changed. */
  readonly switches: boolean;
  /** It can be ended for all. */
  readonly end: boolean;
}

/** What of a member can be switched. */
export type MemberSwitch = 'speaking' | 'hearing' | 'pushed';

/** Who is told of the members. */
export interface MembersListener {
  /** The server has told of all of them: a call that was none is a conference from now on. */
  onAll(reports: readonly MemberReport[]): void;
  /** The server has told of some of them. */
  onSome(reports: readonly MemberReport[]): void;
  /** This side is not in it any more, though the call goes on: it is one of two. */
  onLeft(): void;
  /** It has turned out what can be asked of the conference. */
  onAbilities(abilities: ConferenceAbilities): void;
}

/** What a profile's server does for one conference. Commands reject with `SipError`. */
export interface ConferenceService {
  /** Tells of the members from now on, until `close`. */
  follow(listener: MembersListener): void;
  /** Asks for the members; never rejects. */
  refresh(): void;
  /** Tells nothing more, asks for nothing more. */
  close(): void;
  add(number: string): Promise<void>;
  remove(number: string): Promise<void>;
  set(number: string, what: MemberSwitch, on: boolean): Promise<void>;
  /** Ends it for all; does nothing where it is over. */
  end(): Promise<void>;
}

/**
 * A conference or a broadcast, made here or joined.
 *
 * `state.members` follows what the server tells: a command asks the server, and the state changes when it has happened.
 * `hangup()` leaves and the others go on; `end()` ends it for all. Who may change something the server decides: it refuses
 * with `not-allowed`.
 *
 * On a standard server each call of two is a conference to be: it has no `state.members`, and its type is `single`, until the
 * server tells of members, as a room does whose number was called. It is one of two again if a ConfBridge lets it go and the
 * server says who is at the other end now.
 *
 * ```ts
 * const conference = await client.createConference({members: '1002,1003', media: 'video'});
 * await conference.setSpeaking('1003', false);
 * ```
 */
export class SipConference extends SipCall {
  readonly #control: CallControl;
  readonly #service: ConferenceService;
  #phase: CallPhase = 'init';

  /** @internal Conferences are made by `SipClient`. */
  constructor(control: CallControl, context: CallContext, service: ConferenceService) {
    super(control, context);
    this.#control = control;
    this.#service = service;
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
    // Whoever made it may know whom it calls before the own dialog stands.
    if (this.direction === 'outgoing') service.refresh();
  }

  override get state(): Readonly<ConferenceState> {
    return super.state as Readonly<ConferenceState>;
  }

  /**
   * Invites somebody, also again who did not answer; resolves when the server calls them.
   *
   * @throws {SipError} `invalid-number`, `unknown-number`, `number-offline`, `conference-full`, `not-allowed`;
   * `invalid-state` once the call is over, as with every command here.
   */
  async addMember(number: string): Promise<void> {
    await this.#going('addMember').add(cleanNumber(number));
  }

  /** Puts somebody out. @throws {SipError} `member-not-found`, `not-allowed` */
  async removeMember(number: string): Promise<void> {
    await this.#going('removeMember').remove(this.numberOf(number));
  }

  /** Lets the others hear a member, or not any more. @throws {SipError} `member-not-found`, `not-allowed` */
  async setSpeaking(number: string, speaking: boolean): Promise<void> {
    await this.#going('setSpeaking').set(this.numberOf(number), 'speaking', speaking);
  }

  /** Lets a member hear the others, or not any more. @throws {SipError} `member-not-found`, `not-allowed` */
  async setHearing(number: string, hearing: boolean): Promise<void> {
    await this.#going('setHearing').set(this.numberOf(number), 'hearing', hearing);
  }

  /**
   * Shows a member's picture to all, in place of another one, or not any more: then the one who talks is shown.
   *
   * @throws {SipError} `no-picture` where the member sends none, `member-not-found`, `not-allowed`
   */
  async setPushed(number: string, pushed: boolean): Promise<void> {
    await this.#going('setPushed').set(this.numberOf(number), 'pushed', pushed);
  }

  /** The picture of a member among the `remotePictures`, where the server sends several and says whose they are. */
  pictureOf(number: string): RemotePicture | undefined {
    const member = this.#members.find((other) => other.number === number);
    return (
      member && this.remotePictures.find(({label}) => label !== '' && label === (member.label ?? number))
    );
  }

  /**
   * Ends it for all, also after this side has left; does nothing where it is over.
   *
   * @throws {SipError} `not-allowed`
   */
  async end(): Promise<void> {
    await this.#service.end();
  }

  /** Whether it has members; false as long as it is a call of two. */
  get #isOpen(): boolean {
    const {members}: Partial<ConferenceState> = this.state;
    return members !== undefined;
  }

  /** None as long as it is a call of two. */
  get #members(): Members {
    const {members}: Partial<ConferenceState> = this.state;
    return members ?? [];
  }

  #going(command: string): ConferenceService {
    if (!this.#isOpen) throw new SipError('unsupported', {subject: command});
    if (this.state.phase === 'released') throw this.#control.invalid(command);
    return this.#service;
  }

  /** A number that was called turns out to be a room. */
  #open(): void {
    if (this.#isOpen) return;
    this.#control.setType('conference', 5);
    this.#set({members: Object.freeze([]), listenOnly: false});
  }

  /** The room has put this side through to somebody. */
  #close(): void {
    if (!this.#isOpen) return;
    this.#control.setType('single', 1);
    this.#control.update({members: undefined, listenOnly: undefined} as Partial<CallState>);
  }

  #take({members, changed}: MembersChange): void {
    if (this.state.phase === 'released') return;
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
    // An incoming broadcast may turn out to be one's own.
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
