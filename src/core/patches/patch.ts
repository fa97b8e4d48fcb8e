import {SipError, toSipError, type SipErrorCode} from '../../errors.js';
import type {VoiceActivity} from '../../media/mixing/voice-activity.js';
import type {KeptPatch} from '../call/call-init.js';
import type {CallPatch, SipCall} from '../call/call.js';
import {isLine} from '../call-kinds.js';
import {ownPlayer, type Playing} from '../call/call-playback.js';
import type {Lines} from '../call/lines.js';
import {isIntercom} from '../intercom/is-intercom.js';
import type {CallPart} from '../sound/player-order.js';
import type {PatchPart} from '../types.js';
import {keptList, StateTarget} from '../util/state-target.js';
import {randomUuid} from '../util/uuid.js';
import {LentFloor} from './lent-floor.js';

/** Options of a patch. */
export interface PatchOptions {
  /** The user's part; `joined` by default. */
  readonly part?: PatchPart;
  /** The level from which a side counts as speaking, as a root mean square of 0–1; 0.02 by default. */
  readonly threshold?: number;
  /** How long the floor of an intercom is kept after the other sides' last sound, in milliseconds; 800 by default. */
  readonly hangTime?: number;
}

/** A member of a patch. Plain data that can be cloned. */
export interface PatchMember {
  /** The id of the call. */
  readonly id: string;
  /** Why an intercom does not hear the side that speaks now: its floor was refused. */
  readonly refusal?: SipErrorCode | undefined;
}

/** A snapshot of a patch. Plain data that can be cloned. */
export interface PatchState {
  readonly members: readonly PatchMember[];
  readonly part: PatchPart;
  readonly ended: boolean;
}

/** What a patch needs from its client. */
export interface PatchHost {
  readonly lines: Lines;
  /** @throws {SipError} if the calls cannot be members of the patch. */
  check(calls: readonly SipCall[], patch: SipPatch): void;
  /** Called when the patch has ended. */
  onEnd(patch: SipPatch): void;
}

/** What a patch has of a call. */
interface Membership {
  playing: Playing;
  readonly floor: LentFloor | undefined;
}

/**
 * Calls, conferences and intercoms that the page connects: everyone hears everyone, and nobody hears themselves.
 *
 * Each call keeps its own microphone track, which its dialog mixes with the other sides' voices. A call that is held or
 * ends leaves; the patch ends with its last member but one.
 *
 * ```ts
 * const patch = await client.patch([call, conference, intercom], {part: 'listening'});
 * await patch.join();
 * ```
 */
export class SipPatch extends StateTarget<PatchState> implements CallPatch {
  readonly id: string;
  /** @internal Whether `merge` made it. */
  readonly merges: boolean;
  readonly #host: PatchHost;
  readonly #options: Required<Pick<PatchOptions, 'threshold' | 'hangTime'>>;
  readonly #members = new Map<SipCall, Membership>();
  #muted = false;
  #stoodBack: boolean;
  /** Measures who speaks; only while an intercom is a member. */
  #voices: VoiceActivity | undefined;

  /** @internal Patches are created by `SipClient`. */
  constructor(host: PatchHost, options: PatchOptions | KeptPatch, merges = false) {
    const {part = 'joined', threshold = 0.02, hangTime = 800} = options;
    super({members: Object.freeze([]), part, ended: false});
    this.id = 'id' in options ? options.id : randomUuid();
    this.#stoodBack = 'stoodBack' in options && options.stoodBack;
    this.merges = merges;
    this.#host = host;
    this.#options = {threshold, hangTime};
  }

  /** @internal What the next page needs to make it again. */
  get kept(): KeptPatch {
    // The next page does not know that the user was muted.
    const stoodBack = this.#stoodBack && !this.#muted;
    return {id: this.id, part: this.state.part, stoodBack, ...this.#options};
  }

  /** The members, in the order in which they were added. */
  get calls(): readonly SipCall[] {
    return [...this.#members.keys()];
  }

  /**
   * Adds a call, conference or intercom; the others go on. A held call is resumed. Does nothing for a member.
   *
   * @throws {SipError} as `client.patch`; `invalid-state` if the patch has ended.
   */
  async add(call: SipCall): Promise<void> {
    if (this.state.ended) throw new SipError('invalid-state', {subject: 'add'});
    if (this.#members.has(call)) return;
    this.#host.check([call], this);
    const {held} = call.state;
    try {
      await this.connect([call]);
    } catch (error) {
      if (held && call.state.phase === 'answered') await call.hold().catch(() => {});
      throw error;
    }
  }

  /** Takes a member out, which is put on hold; the others go on. Does nothing for another call. */
  async remove(call: SipCall): Promise<void> {
    if (!this.#members.has(call)) return;
    const {current} = this.#host.lines;
    const active = current === call ? this.#lineBeside(call) : current;
    this.#leave(call);
    this.#holdBeside(active);
  }

  /** Lets the user speak and hear. */
  async join(): Promise<void> {
    this.#take('joined', false);
  }

  /** Lets the user hear only: all members are muted. A user who unmutes one of them joins again. */
  async listen(): Promise<void> {
    this.#take('listening');
  }

  /** Lets the user neither speak nor hear; the members go on. */
  async leave(): Promise<void> {
    this.#take('out');
  }

  /** Ends the patch: the current call continues, the others are held. Idempotent. */
  async end(): Promise<void> {
    if (this.state.ended) return;
    this.dissolve();
    this.#holdBeside(this.#host.lines.current);
  }

  /** @internal Ends the patch; all calls continue, each with its microphone alone. Idempotent. */
  dissolve(): void {
    for (const call of this.calls) this.#remove(call);
    this.#end();
  }

  /**
   * @internal Resumes and mixes further calls.
   *
   * @param calls - The last one decides whether all are muted.
   * @throws {SipError} why one of them cannot be resumed or mixed: none of them is a member then.
   */
  async connect(calls: readonly SipCall[]): Promise<void> {
    const first = !this.#members.size;
    for (const call of calls) {
      if (first && !isIntercom(call) && this.state.part === 'joined') this.#muted = call.state.muted;
      const floor = isIntercom(call) ? new LentFloor(call, () => this.#report()) : undefined;
      this.#members.set(call, {playing: this.#play(call), floor});
      // From now on, none of them is held because another one is active.
      call.setPatch(this);
    }
    this.#report();
    try {
      const held = calls.filter((call) => call.state.held);
      // A voice is late by each call that it passes.
      await shortenPackets(calls).catch(() => {});
      // What the user has held meanwhile stays held, and leaves.
      const going = calls.filter((call) => held.includes(call) || !call.state.held);
      const resumed = await Promise.allSettled(going.map((call) => this.#resume(call)));
      for (const result of resumed) if (result.status === 'rejected') throw result.reason;
      await this.#measure();
      this.#setMicrophones();
      // A call may have ended, or another command may have begun, in the meantime.
      for (const call of calls) this.#follow(call);
      if (!calls.some((call) => this.#members.has(call))) throw new SipError('aborted', {subject: 'patch'});
      for (const call of calls) {
        if (!this.#members.has(call)) continue;
        call.addEventListener('statechange', this.#onChange);
        call.addEventListener('streamschange', this.#onChange);
      }
      await this.#mix();
    } catch (error) {
      for (const call of calls) this.#leave(call);
      throw error;
    }
  }

  /** @internal Whether the user was joined before another call became active. */
  get stoodBack(): boolean {
    return this.#stoodBack;
  }

  /** @internal The user speaks in another call. */
  standBack(): void {
    if (this.state.part !== 'joined') return;
    this.#take('listening');
    this.#stoodBack = true;
  }

  /** @internal The user has chosen one of the calls. */
  standIn(): void {
    if (this.#stoodBack) this.#take('joined');
  }

  readonly #onChange = ({currentTarget}: Event): void => {
    const call = currentTarget as SipCall;
    if (!isIntercom(call)) this.#followMute(call.state.muted);
    this.#members.get(call)?.floor?.follow();
    this.#follow(call);
    void this.#mix().catch(() => {});
  };

  /** The user has muted a call, or unmuted it: all are. */
  #followMute(muted: boolean): void {
    const {part} = this.state;
    if (part !== 'joined' && !muted) return this.#take('joined', false);
    if (part !== 'joined' || muted === this.#muted) return;
    this.#muted = muted;
    this.#setMicrophones();
  }

  #take(part: PatchPart, muted = this.#muted): void {
    if (this.state.ended) return;
    const before = this.state.part;
    this.#stoodBack = false;
    this.#muted = muted;
    this.update({part});
    if ((before === 'out') !== (part === 'out'))
      for (const [call, membership] of this.#members) {
        const {playing} = membership;
        membership.playing = this.#play(call);
        playing.end();
      }
    this.#setMicrophones();
  }

  #play(call: SipCall): Playing {
    return call.playIn([this.state.part === 'out' ? silentPlayer() : ownPlayer()]);
  }

  /** Only a user who joins makes a call the active one. */
  async #resume(call: SipCall): Promise<void> {
    if (isIntercom(call)) return;
    if (this.state.part === 'joined') await call.unhold();
    else if (call.state.held) await call.resumeInPatch();
  }

  #setMicrophones(): void {
    const silent = this.state.part !== 'joined' || this.#muted;
    for (const [call, {floor}] of this.#members)
      if (floor) floor.setMicrophone(!silent);
      else if (call.state.muted !== silent) void (silent ? call.mute() : call.revertMute()).catch(() => {});
    this.#askFloors();
  }

  /** Lets a call leave that is over or held. */
  #follow(call: SipCall): void {
    const {phase, held} = call.state;
    if (phase === 'answered' && !held) return;
    const {lines} = this.#host;
    const rest = this.#lineBeside(call);
    this.#leave(call);
    // The controls act on a call that is heard.
    if (rest && lines.isChosen(call)) lines.choose(rest);
  }

  /** Takes a call out; the patch ends with its last member but one. */
  #leave(call: SipCall): void {
    this.#remove(call);
    if (this.#members.size < 2) {
      this.dissolve();
      if (this.#stoodBack) this.#holdBeside(this.#host.lines.current);
      return;
    }
    this.#report();
    void this.#mix().catch(() => {});
  }

  #remove(call: SipCall): void {
    const membership = this.#members.get(call);
    if (!membership) return;
    this.#members.delete(call);
    membership.playing.end();
    membership.floor?.want(false);
    call.removeEventListener('statechange', this.#onChange);
    call.removeEventListener('streamschange', this.#onChange);
    call.setPatch(undefined);
    // The patch had muted it, because the user is in another call.
    if (this.#stoodBack && !this.#muted && !membership.floor) this.#host.lines.unmuteWhenChosen(call);
    void call.mixIn([]).catch(() => {});
  }

  #end(): void {
    if (this.state.ended) return;
    this.#stopMeasuring();
    this.update({members: Object.freeze([]), ended: true});
    this.#host.onEnd(this);
  }

  /** Notes the members, and in each merged call the others. */
  #report(): void {
    const before = this.state.members;
    const now = [...this.#members].map(([{id}, {floor}], index): PatchMember => {
      const known = before[index];
      const refusal = floor?.refusal;
      return known?.id === id && known.refusal === refusal ? known : Object.freeze({id, refusal});
    });
    this.update({members: keptList(before, now)});
    if (!this.merges) return;
    for (const call of this.calls) call.setPatch(this, Object.freeze(this.#beside(call).map(({id}) => id)));
  }

  /** Sends to each side the voices of the others. */
  async #mix(): Promise<void> {
    if (!this.calls.some(isIntercom)) this.#stopMeasuring();
    this.#voices?.use([...this.calls.flatMap(voicesOf), ...this.#microphone]);
    const mixing = this.calls.map((call) => {
      const others = this.#beside(call);
      const recorded = others.some(({state}) => state.recording && !state.recordingPaused);
      return call.mixIn(this.#voicesFor(call, others), recorded);
    });
    await Promise.all(mixing);
  }

  /** An intercom gets silence without the floor, so that its mixer runs when a side begins to speak. */
  #voicesFor(call: SipCall, others: readonly SipCall[]): readonly MediaStreamTrack[] {
    const voices = others.flatMap(voicesOf);
    if (!isIntercom(call)) return voices;
    const silence = this.#voices ? [this.#voices.silence] : [];
    return call.state.floor === 'granted' ? [...silence, ...voices] : silence;
  }

  /** Measures who speaks if an intercom is a member. @throws {SipError} `playback-blocked` */
  async #measure(): Promise<void> {
    if (this.#voices || !this.calls.some(isIntercom)) return;
    const {VoiceActivity} = await import('../../media/mixing/voice-activity.js').catch((error: unknown) => {
      throw toSipError(error);
    });
    if (this.#voices || this.state.ended) return;
    this.#voices = new VoiceActivity(this.#options, () => this.#askFloors());
    if (!(await this.#voices.run())) throw new SipError('playback-blocked');
  }

  #stopMeasuring(): void {
    this.#voices?.stop();
    this.#voices = undefined;
  }

  #askFloors(): void {
    for (const [call, {floor}] of this.#members) floor?.want(this.#speaks(this.#beside(call)));
  }

  /** Whether one of the sides speaks, or the user does: into a call, or by the key of an intercom. */
  #speaks(sides: readonly SipCall[]): boolean {
    const voices = this.#voices;
    if (!voices) return false;
    const microphones = this.state.part === 'joined' ? this.#microphone : [];
    if ([...sides.flatMap(voicesOf), ...microphones].some((track) => voices.speaks(track))) return true;
    const keys = this.state.part === 'joined' ? sides.filter(isIntercom) : [];
    return keys.some(({speaksInPatch}) => speaksInPatch);
  }

  /** The microphone of a call; that of an intercom is silent until its floor is granted. */
  get #microphone(): readonly MediaStreamTrack[] {
    const call = this.calls.find((other) => !isIntercom(other));
    return call?.localStream?.getAudioTracks().slice(0, 1) ?? [];
  }

  #beside(call: SipCall): readonly SipCall[] {
    return this.calls.filter((other) => other !== call);
  }

  #lineBeside(call: SipCall): SipCall | undefined {
    return this.#beside(call).findLast((other) => isLine(other.type));
  }

  /** Holds what was taken out, unless no other line is active. */
  #holdBeside(active: SipCall | undefined): void {
    const {lines} = this.#host;
    if (active && isLine(active.type)) lines.choose(active);
  }
}

/** The voices that a call brings; a side that holds may send music. */
function voicesOf({state, remoteStream}: SipCall): readonly MediaStreamTrack[] {
  return state.remoteHeld ? [] : (remoteStream?.getAudioTracks() ?? []);
}

/** Returns what plays the sound in a muted element, before all others. */
function silentPlayer(): CallPart {
  const element = Object.assign(new Audio(), {muted: true});
  return {element, of: 'remote', kinds: ['audio'], player: () => 'patch'};
}

/** Lets calls ask for short packets as long as they are in a patch: a held one by the offer that resumes it. */
async function shortenPackets(calls: readonly SipCall[]): Promise<void> {
  const lines = calls.filter((call) => !isIntercom(call));
  if (!lines.length) return;
  const {sendShortPackets} = await import('../../media/quality/quality-control.js');
  for (const call of lines) {
    sendShortPackets(call.mediaSession.live(), () => !!call.patch);
    if (!call.state.held) void call.mediaSession.renegotiate().catch(() => {});
  }
}
