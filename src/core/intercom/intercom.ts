import {SipError} from '../../errors.js';
import type {AnnouncementOptions, AnnouncementSource, SipAnnouncement} from '../call/announcement.js';
import {SipCall, type CallContext} from '../call/call.js';
import type {CallControl} from '../call/call-control.js';
import type {CallState} from '../call/call-state.js';
import {
  changeMembers,
  replaceMembers,
  type MemberReport,
  type Members,
} from '../conference/conference-member.js';
import type {ConferenceService} from '../conference/conference.js';
import {
  Floor,
  type FloorDetails,
  type FloorRevocation,
  type FloorState,
  type IntercomService,
} from './floor.js';
import {keptList} from '../util/state-target.js';
import type {CallPhase, MediaKinds, Party} from '../types.js';

/** A member of an intercom's group. Plain data that can be cloned. */
export interface IntercomMember extends Party {
  /** Whether they are in the intercom and hear it. */
  readonly joined: boolean;
  /** Whether they have the floor. */
  readonly speaking: boolean;
}

/** A snapshot of an intercom. Plain data that can be cloned. */
export interface IntercomState extends CallState, FloorDetails {
  /** The state of the floor; this side is heard only in `granted`. */
  readonly floor: FloorState;
  /** Who has the floor; undefined if no one does, or the server does not report who. */
  readonly speaker?: Party | undefined;
  /** Whether the server revoked this side's floor, and it was not requested since. */
  readonly revoked: boolean;
  /** Why it was revoked, if the server reports it. */
  readonly revocation?: FloorRevocation | undefined;
  /** Whether the floor is requested for another side of a patch, or for a sound, and not for the user. */
  readonly floorLent: boolean;
  /** The members of the group, including this side; undefined until the server reports them. */
  readonly groupMembers?: readonly IntercomMember[] | undefined;
}

/** For whom the floor is requested: the user, who is heard; the other sides of a patch; a sound that plays. */
type FloorRequester = 'page' | 'patch' | 'sound';

/** What an intercom follows of a server. */
export interface IntercomServices {
  readonly service: IntercomService;
  /** This side, as the speaker. */
  readonly me: Party;
  /** Reports the members of the group, if it can. */
  readonly members?: Pick<ConferenceService, 'follow' | 'refresh' | 'close'> | undefined;
}

/**
 * An intercom: a group in which one party at a time has the floor, and all others hear that party.
 *
 * The session is connected from the beginning, with the microphone open and silent, so that speaking starts immediately
 * when the floor is granted. It is silent again as soon as the floor is released or revoked, or the connection is lost;
 * then the floor must be requested again. `hangup()` leaves the group.
 *
 * ```ts
 * const intercom = await client.intercom('9001');
 * button.onpointerdown = () => intercom.requestFloor().catch(() => {});
 * button.onpointerup = () => intercom.releaseFloor();
 * ```
 * An intercom takes no line: it holds no call and no call holds it. A user who speaks into it during a call is heard in
 * the call too, unless that is held or muted.
 */
export class SipIntercom extends SipCall {
  readonly #control: CallControl;
  readonly #floor: Floor;
  readonly #service: IntercomServices['members'];
  #members: Members = [];
  #phase: CallPhase = 'init';
  #hushed = false;
  /** For whom the floor was requested. */
  readonly #requesters = new Set<FloorRequester>();
  /** Whether this side is heard while the floor is requested for a patch alone. */
  #lentMicrophone = false;
  /** Whether the user speaks to talk groups, which only those hear. */
  #unheard = false;

  /** @internal Intercoms are created by `SipClient`. */
  constructor(control: CallControl, context: CallContext, {service, me, members}: IntercomServices) {
    super(control, context);
    this.#control = control;
    this.#service = members;
    this.#floor = new Floor(service, me, () => this.#follow());
    members?.follow({
      onAll: (reports) => this.#take(replaceMembers(this.#members, reports.map(stays)).members),
      onSome: (reports) => this.#take(changeMembers(this.#members, reports.map(stays)).members),
      onLeft() {},
      onAbilities() {},
    });
    this.addEventListener('statechange', this.#onChange);
    this.#follow();
    this.#onChange();
  }

  override get state(): Readonly<IntercomState> {
    return super.state as Readonly<IntercomState>;
  }

  /**
   * Requests the floor; resolves when this side is heard. While another party speaks, a server may queue the request:
   * `state.floor` is `queued` then, and the promise resolves at this side's turn. A repeated request returns the same
   * promise.
   *
   * @param options.alert - What the group hears first, such as `alert-beep`; the promise resolves after it. If it cannot
   * be played, the floor stays granted.
   * @throws {SipError} `floor-denied` if another party speaks; `not-in-group`, `not-allowed`; `aborted` if the floor
   * was released before, or the intercom has ended; `connection-lost`, `timeout`; `invalid-state` if it rings or has
   * ended; as `play` for the alert.
   */
  async requestFloor({alert}: {readonly alert?: AnnouncementSource} = {}): Promise<void> {
    const rings = this.direction === 'incoming' && this.state.phase === 'ringing';
    if (rings || this.state.phase === 'released') throw this.#control.invalid('requestFloor');
    this.#requesters.add('page');
    await this.#requestFloor();
    if (alert !== undefined) await (await this.play(alert, {mix: false})).finished;
  }

  /**
   * Plays a sound while this side has the floor; it ends with the floor.
   *
   * @throws {SipError} `invalid-state` if this side does not have the floor.
   */
  override async play(
    source: AnnouncementSource,
    options: AnnouncementOptions = {},
  ): Promise<SipAnnouncement> {
    if (!this.#floor.granted) throw this.#control.invalid('play');
    const announcement = await super.play(source, options);
    if (this.#floor.granted) return announcement;
    await announcement.stop();
    throw new SipError('aborted', {subject: 'play'});
  }

  /**
   * Silences this side immediately and releases the floor, or leaves the queue; resolves when the server has confirmed.
   * Does nothing if the floor was not requested.
   *
   * @throws {SipError} `timeout`, `not-connected` and so on if the server cannot be reached: this side is silent all
   * the same.
   */
  async releaseFloor(): Promise<void> {
    await this.#releaseFloor('page');
  }

  /** @internal Whether the user speaks by its key, and to the other sides of its patch too. */
  get speaksInPatch(): boolean {
    return this.#requesters.has('page') && this.#floor.granted && !this.#unheard;
  }

  /**
   * @internal Requests the floor for the other sides of a patch.
   *
   * @param microphone - Whether this side is heard, too.
   */
  async borrowFloor(microphone: boolean): Promise<void> {
    this.#lentMicrophone = microphone;
    this.#requesters.add('patch');
    await this.#requestFloor();
  }

  /** @internal Gives back what `borrowFloor` has requested, unless the page wants the floor as well. */
  async returnFloor(): Promise<void> {
    await this.#releaseFloor('patch');
  }

  /** @internal Requests the floor for a sound: the microphone is silent, unless the user has requested the floor as well. */
  async requestFloorForSound(): Promise<void> {
    this.#requesters.add('sound');
    await this.#requestFloor();
  }

  /** @internal Gives back what `requestFloorForSound` has requested, unless somebody else wants the floor as well. */
  async releaseFloorOfSound(): Promise<void> {
    await this.#releaseFloor('sound');
  }

  /** @internal Sets whether this side is heard while the floor is requested for a patch alone. */
  setLentMicrophone(microphone: boolean): void {
    this.#lentMicrophone = microphone;
    this.#setMicrophone();
  }

  /** @internal The floor that a patch has requested sends silence; one that the page has requested is heard. */
  override setUnheard(unheard: boolean): void {
    this.#unheard = unheard;
    this.#setMicrophone();
  }

  /** Sends silence, even while this side has the floor. */
  override async mute(): Promise<void> {
    this.#control.running('mute');
    this.#hushed = true;
    this.#follow();
  }

  /**
   * Reverts `mute()`. Without the floor this side stays silent.
   *
   * @throws {SipError} `invalid-state` if this side does not have the floor.
   */
  override async unmute(): Promise<void> {
    this.#control.running('unmute');
    this.#hushed = false;
    this.#follow();
    if (!this.#floor.granted) throw this.#control.invalid('unmute');
  }

  /** @throws {SipError} `unsupported`: an intercom has audio only. */
  override async setMedia(_media: Partial<MediaKinds>): Promise<void> {
    throw new SipError('unsupported', {subject: 'setMedia'});
  }

  /** @throws {SipError} `unsupported`: an intercom has audio only. */
  override async shareScreen(): Promise<void> {
    throw new SipError('unsupported', {subject: 'shareScreen'});
  }

  readonly #onChange = (): void => {
    const {phase} = this.state;
    const before = this.#phase;
    this.#phase = phase;
    if (phase === 'released') {
      this.removeEventListener('statechange', this.#onChange);
      this.#service?.close();
      this.#floor.close();
      return;
    }
    this.#setMicrophone();
    if (phase === 'answered' && phase !== before) this.#service?.refresh();
  };

  #take(members: Members): void {
    if (this.#phase === 'released') return;
    this.#members = members;
    this.#follow();
  }

  async #requestFloor(): Promise<void> {
    const granted = this.#floor.request();
    this.#follow();
    await granted;
  }

  async #releaseFloor(requester: FloorRequester): Promise<void> {
    this.#requesters.delete(requester);
    if (this.#requesters.size) this.#follow();
    else await this.#floor.release();
  }

  /** The microphone comes first, so that it matches the state when listeners run. */
  #follow(): void {
    if (['idle', 'taken'].includes(this.#floor.state)) this.#requesters.clear();
    this.#setMicrophone();
    const {state: floor, speaker: now, revoked, revocation, details} = this.#floor;
    const {speaker: before} = this.state;
    const same = before?.number === now?.number && before?.name === now?.name;
    const speaker = same ? before : now;
    const groupMembers = this.#groupMembers(speaker);
    const patch = {floor, speaker, revoked, revocation, floorLent: this.#lent, groupMembers, ...details};
    this.#control.update(patch as Partial<CallState>);
  }

  /** Returns the members with who speaks; the same list if nothing changed. */
  #groupMembers(speaker: Party | undefined): IntercomState['groupMembers'] {
    if (!this.#members.length) return undefined;
    const {groupMembers: before = []} = this.state;
    const now = this.#members.map(({number, name, phase}, index): IntercomMember => {
      const [joined, speaking] = [phase === 'answered', number === speaker?.number];
      const known = before[index];
      const same =
        known?.number === number &&
        known.name === name &&
        known.joined === joined &&
        known.speaking === speaking;
      return same ? known : Object.freeze({number, name, joined, speaking});
    });
    return keptList(before, now);
  }

  /** Whether the floor is requested, and not for the user. A server may grant one that nobody here has requested. */
  get #lent(): boolean {
    return this.#requesters.size > 0 && !this.#requesters.has('page');
  }

  #setMicrophone(): void {
    const dialog = this.#control.dialog;
    // Until then the dialog is muted from the start.
    if (dialog?.state.phase !== 'confirmed') return;
    if (!this.#floor.granted) void this.announcement?.stop().catch(() => {});
    const lends = this.#requesters.has('patch') && this.#lentMicrophone && !this.#unheard;
    const silent = this.#lent && !lends;
    const muted = !this.#floor.granted || this.#hushed || silent;
    if (dialog.state.muted !== muted) void dialog.setMuted(muted).catch(() => {});
  }
}

/** A member who leaves the intercom stays in its group. */
function stays({gone, ...report}: MemberReport): MemberReport {
  return gone ? {...report, phase: 'released'} : report;
}
