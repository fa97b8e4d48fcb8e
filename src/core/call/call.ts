import {SipError, toSipError} from '../../errors.js';
import type {AskedWith, CallFiles, KeptCall, KeptPatch} from './call-init.js';
import type {AnnouncementOptions, AnnouncementSource, SipAnnouncement} from './announcement.js';
import type {CallControl} from './call-control.js';
import type {CaptionSource} from '../captions/caption-source.js';
import type {Captions} from '../captions/captions.js';
import {checkedCodecs} from './codecs.js';
import {devicesOf, isIntercomType, isLookedAt} from '../call-kinds.js';
import {photoOf, type Photo, type PhotoOptions} from './call-photo.js';
import {CallPlayback, type Playing} from './call-playback.js';
import {CallQualityWatch} from './call-quality.js';
import {CallRecording} from './call-recording.js';
import type {CallEventMap, CallState} from './call-state.js';
import type {SipDevices} from '../devices/devices.js';
import type {Dialog, DialogIdentity} from '../server/dialog.js';
import type {Numbers} from '../directory/directory.js';
import {cleanFileId} from '../uploads/file-id.js';
import {givenHeaders} from '../util/given-headers.js';
import type {Dial} from '../people/dial-rules.js';
import {numbersOf} from '../util/number.js';
import type {Recordings} from '../recordings/recordings.js';
import type {RecordingOptions} from './running-recording.js';
import type {SessionRequest} from '../server/session-request.js';
import type {CallSound} from '../sound/call-sound.js';
import {ClientSound, type SoundOptions} from '../sound/client-sound.js';
import type {CallPart} from '../sound/player-order.js';
import type {CallOutput} from '../sound/sound-state.js';
import type {SipHeaders} from '../util/sip-headers.js';
import type {StateSource} from '../util/state-target.js';
import {checkTones} from './tones.js';
import {TypedEventTarget} from '../util/typed-event-target.js';
import type {
  AnnouncedSound,
  CallElements,
  CallMedia,
  CallQuality,
  CallTransfer,
  CallType,
  MediaKinds,
  MediaQuality,
  Party,
  RemotePicture,
  UnansweredCode,
} from '../types.js';

export type {CallEventMap, CallState} from './call-state.js';

/** What happens to the active call when another one is answered. */
export type OtherLine = 'hold' | 'hangup';

/** The other calls of the client, which a call silences when it becomes active. */
export interface CallLines {
  /**
   * Silences the other calls, which are held or hung up, and runs the command that makes the call active. If the
   * command fails, the calls that were active are resumed.
   */
  speak<T>(call: SipCall | undefined, command: () => Promise<T>, others?: OtherLine): Promise<T>;
  /** Whether a call may be resumed automatically: no other one was chosen after it. */
  maySpeak(call: SipCall): boolean;
}

/** The patch of a call, as the lines of the client know it. */
export interface CallPatch {
  readonly id: string;
  /** Whether `merge` made it: its calls are held if another one becomes active. Those of other patches go on. */
  readonly merges: boolean;
  /** What the next page needs to make it again. */
  readonly kept: KeptPatch;
  /** Whether the user was joined before they spoke elsewhere, and joins again by choosing one of the calls. */
  readonly stoodBack: boolean;
  /** Reports that the user speaks elsewhere. */
  standBack(): void;
  /** Reports that the user has chosen one of the calls. */
  standIn(): void;
}

/** What a call needs from its client. */
export interface CallContext {
  readonly lines: CallLines;
  readonly recordings: Recordings;
  readonly devices: SipDevices;
  readonly dial: Dial;
  /** This side's number. */
  readonly user: string;
  readonly sound: SoundOptions;
  /** The recognizer of calls for which the page names no other one. */
  readonly captions: CaptionSource | undefined;
  readonly identify: <T extends Party>(party: T) => T;
  readonly createSession: (request: SessionRequest) => Promise<SipCall | undefined>;
}

/** Options of `watchMember`. */
export interface WatchOptions {
  readonly number?: string;
  readonly name?: string;
  readonly to?: Numbers;
  /** Aborts the request while the server has not named the call yet. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * One call, incoming or outgoing.
 *
 * The SIP dialog and the server own the state: a method requests a change, and `state` follows when they report it.
 * Streams are not part of the state; `streamschange` reports them.
 */
export class SipCall extends TypedEventTarget<CallEventMap> implements StateSource<CallState> {
  readonly id: string;
  /** The media that was requested (outgoing) or offered (incoming). */
  readonly media: CallMedia;
  /** @internal The last captions; undefined if there were none. */
  captioned: Captions | undefined;
  /** @internal How the page has set that media are sent; a call that takes the place of this one keeps it. */
  sending: MediaQuality = {};
  readonly #control: CallControl;
  readonly #context: CallContext;
  readonly #recording: CallRecording;
  readonly #sound: CallSound;
  readonly #playback: CallPlayback;
  readonly #quality: CallQualityWatch;
  #patch: CallPatch | undefined;
  #announcement: SipAnnouncement | undefined;

  /** @internal Calls are created by `SipClient`. */
  constructor(control: CallControl, context: CallContext) {
    super();
    this.id = control.init.id;
    this.media = control.init.media;
    this.#control = control;
    this.#context = context;
    control.tell(this);
    this.#recording = new CallRecording(this, {
      recordings: context.recordings,
      onChange: (state) => {
        control.update(state);
        control.tellRecording();
      },
    });
    this.#sound = ClientSound.of(context.sound).add(this, (sound) => control.update({sound}));
    this.#playback = new CallPlayback(
      this,
      context.devices,
      () => this.#sound.gain,
      (soundBlocked) => control.update({soundBlocked}),
    );
    this.#quality = new CallQualityWatch(this, {
      statistics: () => this.statistics(),
      relayFailure: () => control.dialog?.relayFailure,
      onQuality: (detail) => void this.dispatchEvent(new CustomEvent('quality', {detail})),
      onStall: (stalled, loss) => {
        control.update({stalled});
        control.dialog?.setLoss(loss);
      },
      restartIce: () => control.dialog?.restartIce(),
    });
  }

  get #dialog(): Dialog | undefined {
    return this.#control.dialog;
  }

  /** The current state: replaced on a change, never mutated. */
  get state(): Readonly<CallState> {
    return this.#control.state;
  }

  /** The documentation's name of `id`. */
  get sid(): string {
    return this.id;
  }

  /**
   * The type of the call. If a called number turns out to be a room, it becomes `conference`, reported by
   * `statechange`.
   */
  get type(): CallType {
    return this.#control.type;
  }

  /** The server's number of the type (docs/protocol/numbers.md#call-types). */
  get typeNumber(): number {
    return this.#control.typeNumber;
  }

  /**
   * Who started the call. If an incoming call turns out to be requested by this side, `statechange` reports the change.
   */
  get direction(): 'incoming' | 'outgoing' {
    return this.#control.direction;
  }

  /**
   * The time since the answer in milliseconds, kept after the call's end; undefined before the answer. Changes to the
   * system's clock do not affect it.
   */
  get duration(): number | undefined {
    return this.#control.duration;
  }

  /** The `msgid` of the API request that started the call; empty if there was none. */
  get msgid(): string {
    return this.#control.asked?.msgid ?? '';
  }

  /** @internal The API request that started the call; undefined if there was none. */
  get asked(): AskedWith | undefined {
    return this.#control.asked;
  }

  /** @internal When it began, in milliseconds since the epoch, on an earlier page if it continues a call of that. */
  get began(): number {
    return this.#control.began;
  }

  /** @internal What it continues of an earlier page, until its other side takes part again. */
  get continued(): KeptCall | undefined {
    return this.#control.continued;
  }

  /** @internal What identifies its dialog; undefined before the answer. */
  get identity(): DialogIdentity | undefined {
    return this.#dialog?.identity;
  }

  /** The SIP Call-ID, which identifies the call in servers' logs; empty before there is a dialog. */
  get callId(): string {
    return this.#dialog?.id ?? '';
  }

  /**
   * Returns a header that the other side sent for this call: in its INVITE, its responses, its BYE or CANCEL. Of
   * several messages with that header the newest counts, of several lines the first. Treat the text as untrusted.
   *
   * ```ts
   * client.addEventListener('sip-call-received', ({detail: {call}}) => show(call.header('X-Order')));
   * ```
   */
  header(name: string): string | undefined {
    return this.#dialog?.header(name);
  }

  /** The other side, with what the page's `people` tells; `statechange` reports when more becomes known. */
  get remote(): Party {
    return this.#context.identify(this.#control.remote);
  }

  /** @internal The other side as the server names it, without what only this page knows. */
  get remoteParty(): Party {
    return this.#control.remote;
  }

  /** @internal Returns a party of the call with what is known about the number. */
  identify<T extends Party>(party: T): T {
    return this.#context.identify(party);
  }

  get localStream(): MediaStream | undefined {
    return this.#dialog?.localStream;
  }

  get remoteStream(): MediaStream | undefined {
    return this.#dialog?.remoteStream;
  }

  /** @internal The other sides' voices that a patch sends mixed with the microphone. */
  get mixed(): readonly MediaStreamTrack[] {
    return this.#dialog?.mixed ?? [];
  }

  /** @internal The sound that is sent beside the microphone, or instead of it. */
  get announced(): AnnouncedSound | undefined {
    return this.#dialog?.announced;
  }

  /** The other side's videos, one by one. If there are several, their labels distinguish them. */
  get remotePictures(): readonly RemotePicture[] {
    return this.#dialog?.remotePictures ?? [];
  }

  /**
   * Whether the other side monitors this one: it asks to see the camera, or sees it. Its own audio and video are not
   * received.
   */
  get watched(): boolean {
    return this.type === 'monitor' && this.direction === 'incoming' && (this.#dialog?.asked.video ?? true);
  }

  /**
   * Opens the devices and the peer connection of a ringing call, so that answering is fast. They are closed again if
   * the call is not answered.
   */
  prepare(media: CallMedia = this.media): void {
    if (this.direction === 'incoming' && this.state.phase === 'ringing')
      this.#dialog?.prepare(this.#opened(media));
  }

  /**
   * Answers an incoming call; resolves when the answer was sent. The active call is silenced immediately.
   *
   * A monitoring call is answered with the camera's video only, and the active call continues.
   *
   * @param options.media - `video` opens the camera too. Defaults to the caller's request, and to audio only if the
   * caller offers no video.
   * @param options.screen - Sends the screen as the video. The browser asks which screen, so this must be called within
   * a user gesture. If the caller offers no video, it is offered once connected.
   * @param options.others - Whether the active call is held, or hung up once this one is answered.
   * @param options.headers - Headers that are added to the 200.
   * @throws {SipError} `bad-parameter` for a header that is not allowed; `invalid-state` if the call does not ring;
   * `screen-…` if the screen is not available: the call keeps ringing then, and the active call continues.
   */
  async answer(
    options: {media?: CallMedia; screen?: boolean; others?: OtherLine; headers?: SipHeaders} = {},
  ): Promise<void> {
    const headers = options.headers && (await givenHeaders(options.headers));
    const dialog = this.#dialog;
    if (this.direction !== 'incoming' || this.state.phase !== 'ringing' || !dialog)
      throw this.#control.invalid('answer');
    const {audio, video} = this.#wanted(options.media ?? this.media);
    const opens = devicesOf(this.type);
    const media = {
      audio,
      video: video && dialog.offered.video,
      silent: isIntercomType(this.type),
      ...(options.screen && {screen: true}),
      ...(opens && !this.watched && {opens}),
    };
    await this.#speak(() => dialog.accept(media, headers), options.others);
  }

  /**
   * Refuses an incoming call that rings; does nothing once the call has ended.
   *
   * @throws {SipError} `invalid-state` if the call does not ring.
   */
  async decline(): Promise<void> {
    if (this.state.phase === 'released') return;
    if (this.direction !== 'incoming' || this.state.phase !== 'ringing' || !this.#dialog)
      throw this.#control.invalid('decline');
    await this.#dialog.reject(603);
  }

  /**
   * Cancels, refuses or ends the call, depending on its phase; does nothing once the call has ended.
   *
   * @param options.headers - Headers that are added to the BYE, the CANCEL or the refusal.
   * @throws {SipError} `bad-parameter` for a header that is not allowed: the call continues then.
   */
  async hangup(options: {headers?: SipHeaders} = {}): Promise<void> {
    const headers = options.headers && (await givenHeaders(options.headers));
    if (this.state.phase === 'released') return;
    const dialog = this.#dialog;
    if (dialog && dialog.state.phase !== 'terminated') await dialog.hangup(headers);
    else await this.#control.init.abandon();
  }

  /**
   * @internal Hangs up, and names why if nobody has answered: the callee did not in time, or the user has skipped them.
   */
  async giveUp(code: UnansweredCode): Promise<void> {
    this.#control.unanswered = code;
    await this.hangup();
  }

  /** Sends silence instead of the microphone, immediately and without signalling. */
  async mute(): Promise<void> {
    await this.#control.running('mute').setMuted(true);
  }

  /**
   * Sends the microphone again, even while the user speaks to talk groups; opens it if that was not possible before.
   *
   * @throws {SipError} `microphone-…` if it cannot be opened now either.
   */
  async unmute(): Promise<void> {
    this.setUnheard(false);
    await this.revertMute();
  }

  /** @internal Reverts `mute()` as `unmute()` does, but stays unheard while the user speaks to talk groups. */
  async revertMute(): Promise<void> {
    await this.#control.running('unmute').setMuted(false);
    await this.openMicrophone();
  }

  /** @internal Sends silence while the user speaks to talk groups; the user's own mute stays as it is. */
  setUnheard(unheard: boolean): void {
    this.#dialog?.setUnheard(unheard);
  }

  /**
   * Opens the microphone if that was not possible before; a muted call stays muted.
   *
   * @throws {SipError} `microphone-…` if it cannot be opened now either.
   */
  async openMicrophone(): Promise<void> {
    await this.#control.running('openMicrophone').openMicrophone();
  }

  /** Stops the camera, whose light goes out, and sends black; or opens it again. */
  async setCameraEnabled(enabled: boolean): Promise<void> {
    await this.#control.running('camera').setCameraOff(!enabled);
  }

  /**
   * Switches between the front and the back camera of a phone; elsewhere to the next camera. The choice is the user's for all
   * calls, as that of `client.devices.switchCamera()`. The picture goes on, and the other side gets no offer.
   *
   * @throws {SipError} `no-other-camera`; `camera-…` if it cannot be opened, then the first one goes on; `invalid-state` once
   * the call has ended.
   */
  async flipCamera(): Promise<void> {
    this.#control.running('flipCamera');
    await this.#context.devices.switchCamera();
  }

  /**
   * Puts the call on hold. Media stops in both directions immediately; `held` follows when the other side has agreed.
   * If the connection is lost, hold is requested after the client has reconnected.
   *
   * @throws {SipError} `invalid-state` if the call is not answered; the reason if hold was refused: nothing changes
   * then.
   */
  async hold(): Promise<void> {
    await this.#control.answered('hold').setHeld(true);
  }

  /**
   * Resumes a held call; resolves when the other side has agreed. The active call is held.
   *
   * @throws {SipError} as `hold`; the active call continues then.
   */
  async unhold(): Promise<void> {
    const dialog = this.#control.answered('unhold');
    await this.#speak(() => dialog.setHeld(false));
  }

  /**
   * Sends DTMF tones one after another, after those of earlier requests; resolves when the last one was sent. Tones are
   * sent even if the call is muted; on hold they are sent by INFO. Before the answer they need the other side's early
   * media.
   *
   * @param tones - `0`–`9`, `A`–`D`, `*`, `#`; a comma is a pause of two seconds.
   * @throws {SipError} `bad-parameter` before anything is sent; `invalid-state`, `tones-refused`, `timeout`,
   * `connection-lost`; `aborted` if the call ended meanwhile.
   */
  async sendDtmf(tones: string): Promise<void> {
    const checked = checkTones(tones);
    await this.#control.running('sendDtmf').sendDtmf(checked);
  }

  /**
   * Adds this side's video to the call, or removes the video of both sides; resolves when the other side has answered.
   * Use `setCameraEnabled` to stop only the camera.
   *
   * ```ts
   * await call.setMedia({video: true});
   * ```
   * The other side gets `sip-media-request` before it answers. Its camera stays off unless its user turns it on.
   *
   * @param media - The media to change; omitted ones stay. `audio` works for the sound as `video` does for the video.
   * @throws {SipError} `media-refused`, `camera-…`; the camera is off again then. `invalid-state` if the call is not
   * answered, or no media would be left.
   */
  async setMedia(media: Partial<MediaKinds>): Promise<void> {
    await this.#control.answered('setMedia').setMedia(media);
  }

  /**
   * Sends the screen instead of the camera, which stops. The browser asks which screen, so this must be called within a
   * user gesture; calling it again chooses another screen. A tab's sound is sent too if the browser provides it;
   * `mute()` mutes the microphone only.
   *
   * @throws {SipError} `screen-cancelled` if the user chose none, `screen-refused`, `screen-unsupported` and so on;
   * `media-refused` if the other side refuses.
   */
  async shareScreen(): Promise<void> {
    await this.#control.answered('shareScreen').shareScreen();
  }

  /**
   * Sends sound and picture otherwise from now on: size, frame rate, bit rates, codecs, Opus. What is not given stays, and
   * undefined leaves a setting to the browser again. The other side gets a new offer only for `codecs` and for what Opus tells it.
   *
   * ```ts
   * await call.setQuality({video: {width: 640, height: 360, maxBitrate: 300_000}});
   * ```
   *
   * @throws {SipError} `bad-parameter` for a value that cannot be used, its subject naming the key; `invalid-state` once
   * the call has ended; the reason if the offer was refused or lost.
   */
  async setQuality(quality: MediaQuality): Promise<void> {
    const {media} = this.#control.running('setQuality');
    const {codecs} = quality;
    const given = codecs ? {...quality, codecs: checkedCodecs(codecs)} : quality;
    const {setQuality} = await import('../../media/quality/quality-control.js').catch((error: unknown) => {
      throw toSipError(error);
    });
    await setQuality(media, given, this, this.#playback.parts);
    const {audio, video} = this.sending;
    this.sending = {
      ...this.sending,
      ...given,
      audio: {...audio, ...given.audio},
      video: {...video, ...given.video},
    };
  }

  /**
   * Hands the sound of each side to the page's recognizer, and shows what it understands; resolves once it gets the sound.
   * `<sip-call>` shows the captions, the event `caption` reports them, and a recording keeps them. They end with the call,
   * or by `stop()` of what this returns.
   *
   * ```ts
   * const captions = await call.captions((sound) => ({write: (samples) => recognizer.accept(samples)}));
   * ```
   *
   * @param source - The recognizer; by default, that of this call before, or the client's option `captions`.
   * @throws {SipError} `bad-parameter` if there is none; `playback-blocked` if the browser waits for a gesture;
   * `invalid-state` if the call is not answered; `aborted` if it ended meanwhile.
   */
  async captions(source?: CaptionSource): Promise<Captions> {
    const {captionsOf} = await import('../captions/captions.js').catch((error: unknown) => {
      throw toSipError(error);
    });
    return captionsOf(this, source, this.#context, this.#control);
  }

  /**
   * Notes that the users have compared the code of `state.encryption`, and that it is the same at both sides: the phase is
   * `verified` from now on.
   *
   * @throws {SipError} `invalid-state` if there is no code to compare.
   */
  async verifyEncryption(): Promise<void> {
    const {encryption} = this.#control.running('verifyEncryption').media;
    if (!encryption) throw this.#control.invalid('verifyEncryption');
    encryption.verify();
  }

  /** Stops sharing the screen and restores the camera: on, off, or no video. The browser's own button does the same. */
  async stopScreen(): Promise<void> {
    await this.#control.answered('stopScreen').stopScreen();
  }

  /**
   * Transfers the other side to a number and ends the call; resolves when the two are connected. Meanwhile the call is
   * on hold; for a number, with video, it is held once the other side has agreed. If the transfer fails, the call
   * continues. `state.transfer` and `sip-transfer` report the progress.
   *
   * @param target - A number; or another call of this client, whose other side is connected instead: both calls end
   * then.
   * @throws {SipError} `transfer-refused` if the other side or the server does not support it; `busy`, `no-answer` and
   * so on if the number is not available; `invalid-number`, `timeout`, `connection-lost`; `invalid-state` if a call is
   * not answered or is already being transferred; `aborted` if the call ended meanwhile.
   */
  async transfer(target: string | SipCall): Promise<void> {
    const dialog = this.#control.answered('transfer');
    const other = typeof target === 'string' ? undefined : target;
    if (this.#transferring || other === this || (other && other.#transferring))
      throw this.#control.invalid('transfer');
    if (other && other.#context.lines !== this.#context.lines)
      throw new SipError('bad-parameter', {subject: other.id});
    const to = other ? other.#control.answered('transfer') : this.#context.dial(target as string);
    const named = other?.remote ?? {number: to as string, name: ''};
    const onChange = (transfer?: CallTransfer): void => this.#control.update({transfer});
    onChange({phase: 'asking', target: named});
    const {transferCall} = await import('./call-transfer.js').catch((error: unknown) => {
      onChange();
      throw toSipError(error);
    });
    const maySpeak = (): boolean => this.#context.lines.maySpeak(this);
    await transferCall({dialog, to, target: named, maySpeak, onChange});
  }

  /** @internal Notes the call that may be transferred to the other side of this one. */
  setConsultation(other: SipCall): void {
    this.#control.update({consultationFor: other.id});
  }

  /** @internal The patch that it is a member of. */
  get patch(): CallPatch | undefined {
    return this.#patch;
  }

  /** @internal Notes its patch, and the other calls if they are merged. */
  setPatch(patch: CallPatch | undefined, merged?: readonly string[]): void {
    this.#patch = patch;
    this.#control.update({patch: patch?.id, merged});
  }

  /** @internal Resumes the call without making it the active one. */
  async resumeInPatch(): Promise<void> {
    await this.#control.answered('unhold').setHeld(false);
  }

  /** @internal Its media. @throws {SipError} `invalid-state` once it has ended. */
  get mediaSession(): Dialog['media'] {
    return this.#control.running('media').media;
  }

  /**
   * @internal Sends these tracks mixed with the microphone.
   *
   * @param recorded - Whether a call is recorded that gets this side's voice.
   */
  async mixIn(tracks: readonly MediaStreamTrack[], recorded = false): Promise<void> {
    this.#control.tellRecording(recorded);
    await this.#dialog?.mixIn(tracks);
  }

  /** What plays into the call, or is paused; undefined if nothing does. `state.announcing` reports its beginning and end. */
  get announcement(): SipAnnouncement | undefined {
    return this.#announcement;
  }

  /**
   * Plays a sound into the call; resolves when it begins. It is mixed with the microphone, or sent instead of it, and
   * plays even if the microphone is muted. It replaces what `play` has started before, pauses while the call is on
   * hold, and ends with the call.
   *
   * ```ts
   * const announcement = await call.play('alert-warble', {mix: false});
   * await announcement.finished;
   * ```
   *
   * @param source - A file, the URL of one, an alert tone, or a file of the server from `client.listFiles()`. The
   * server plays that one itself, to everyone.
   * @throws {SipError} `file-unreadable`, `sound-unreachable`, `sound-unsupported`, `sound-too-long`,
   * `forbidden-by-page`; `playback-blocked` if the browser waits for a gesture; `invalid-state` if the call is not
   * answered; `unsupported` if this side only listens, or the server cannot; for a file of the server as `playFile`;
   * `aborted`.
   */
  async play(source: AnnouncementSource, options: AnnouncementOptions = {}): Promise<SipAnnouncement> {
    this.#control.answered('play');
    if (devicesOf(this.type)?.audio === false) throw new SipError('unsupported', {subject: 'play'});
    const {announce} = await import('./announcement.js').catch((error: unknown) => {
      throw toSipError(error);
    });
    return announce(this, source, options, {
      files: this.#control.init.files,
      send: async (sound) => this.#dialog?.announce(sound),
      onChange: (announcement) => {
        this.#announcement = announcement;
        this.#control.update({announcing: announcement !== undefined});
      },
    });
  }

  /**
   * Plays one of the server's files to everyone in the call; resolves when it begins.
   *
   * @param id - The server's id of the file.
   * @param times - How often the file is played.
   * @throws {SipError} `file-not-found`, `file-playing` if it is already playing, `not-allowed`, `unsupported`;
   * `invalid-state` if the call is not answered.
   */
  async playFile(id: string, times = 1): Promise<void> {
    if (!Number.isInteger(times) || times < 1)
      throw new SipError('bad-parameter', {subject: `times ${times}`});
    await this.#files('playFile').play(cleanFileId(id), times);
  }

  /**
   * Stops a file that `playFile` started.
   *
   * @throws {SipError} `file-not-found` if it is not playing, `not-allowed`, `unsupported`
   */
  async stopFile(id: string): Promise<void> {
    await this.#files('stopFile').stop(cleanFileId(id));
  }

  /**
   * Shows a member's video as a separate call, even while another video is shown here; it ends with this call. In a
   * call of two, it shows the other side's video to others.
   *
   * @param options.to - Who sees it: numbers, or one text with commas between them; this side by default.
   * @param options.number - The number of the new call; the server's choice by default. `name` likewise.
   * @returns The call, of type `member-video`; undefined if this side is not one of the viewers.
   * @throws {SipError} `no-picture` if the member sends none, `member-not-found`, `not-allowed`, `unknown-number`,
   * `number-offline`; `unsupported`
   */
  async watchMember(
    number: string,
    {number: own = '', name = '', to = [], signal}: WatchOptions = {},
  ): Promise<SipCall | undefined> {
    if (this.state.phase === 'released') throw this.#control.invalid('watchMember');
    return this.#context.createSession({
      kind: 'member-video',
      sid: this.id,
      member: this.numberOf(number),
      number: String(own).trim(),
      name: String(name).trim(),
      to: numbersOf(to, this.#context.dial),
      signal,
    });
  }

  /**
   * The last measurement; undefined before the first one. A call is measured every two seconds while it is connected,
   * and the event `quality` reports each measurement.
   */
  get quality(): CallQuality | undefined {
    return this.#quality.history.at(-1);
  }

  /** @internal The statistics of its peer connection; undefined if there is none. */
  async statistics(): Promise<RTCStatsReport | undefined> {
    return this.#dialog?.statistics();
  }

  /** The length of the running recording without its pauses, in milliseconds; undefined if there is none. */
  get recordingDuration(): number | undefined {
    return this.#recording.duration;
  }

  /** The measurements of the last four minutes, oldest first. */
  get qualityHistory(): readonly CallQuality[] {
    return this.#quality.history;
  }

  /**
   * Takes a photo of the video at full size: the newest frame, as a PNG, or as a JPEG if the name ends with `.jpg`.
   *
   * @param options.name - Also downloads the photo under this name; `.png` is added if there is no extension, folders
   * are removed.
   * @param options.of - Whether to take the other side's video or the local one.
   * @throws {SipError} `no-picture` if there is no video, or the call is held; `invalid-state` once the call has ended;
   * `bad-parameter` if the name's pattern has an unknown placeholder.
   */
  async takePhoto(options: PhotoOptions = {}): Promise<Blob> {
    const {blob, name} = await this.photograph(options);
    if (name) {
      const {download} = await import('../../media/recording/download.js');
      download(blob, name);
    }
    return blob;
  }

  /** @internal Takes a photo as `takePhoto`, without downloading it. */
  async photograph(options: PhotoOptions): Promise<Photo> {
    this.#control.running('takePhoto');
    const photo = await photoOf(this, options);
    this.dispatchEvent(new CustomEvent('photo', {detail: {name: photo.name}}));
    return photo;
  }

  /**
   * Records all voices and the other side's video; resolves when recording, which `state.recording` reports.
   *
   * `sip-recording-request` is dispatched first, so that a page can ask for consent. If the browser supports it, each
   * second is saved to its private files immediately, so the recording survives the page: `client.recordings` has it,
   * and `state.recordingStorage` is `local`. It ends automatically when storage runs out.
   *
   * The extension of the name, `.mp4` or `.webm`, decides the format if the browser supports it; otherwise it is an MP4
   * if supported, else a WebM. It has no video if none was shown. The recording continues during hold and device
   * changes, and ends with the call. The event `recording` has the file.
   *
   * @param options.name - Downloads the finished file under this name; the extension is added.
   * @param options.inset - Shows the local video in a corner.
   * @throws {SipError} `invalid-state` if the call is not answered or already recorded; `recording-declined`,
   * `bad-parameter` if the name's pattern has an unknown placeholder, `unsupported-browser`, `playback-blocked`,
   * `recording-failed`, `storage-full`.
   */
  async startRecording(options: RecordingOptions = {}): Promise<void> {
    this.#control.answered('startRecording');
    await this.#recording.start(options);
  }

  /** @internal Whether anything of the call was recorded. */
  get recorded(): boolean {
    return this.#recording.recorded;
  }

  /**
   * Pauses the recording, which `state.recordingPaused` reports. Does nothing if it is already paused.
   *
   * @throws {SipError} `invalid-state` if the call is not recorded.
   */
  async pauseRecording(): Promise<void> {
    await this.#recording.pause();
  }

  /**
   * Resumes a paused recording; does nothing if it is not paused.
   *
   * @throws {SipError} `invalid-state` if the call is not recorded.
   */
  async resumeRecording(): Promise<void> {
    await this.#recording.resume();
  }

  /**
   * Stops the recording; resolves with the file, even after the call's end or if the recording had ended automatically.
   *
   * @throws {SipError} `invalid-state` if nothing was recorded; `recording-failed` if recording failed.
   */
  async stopRecording(): Promise<Blob> {
    return this.#recording.stop();
  }

  /**
   * Sets how loud this side hears the call, beside the volume of all calls. It is remembered for its number.
   *
   * @param volume - 0–1.
   * @throws {SipError} `bad-parameter`
   */
  async setVolume(volume: number): Promise<void> {
    this.#sound.setVolume(volume);
  }

  /** Silences the call for this side alone: the other side does not learn of it, and a recording has its sound. */
  async silence(): Promise<void> {
    this.#sound.set({silenced: true});
  }

  /** Reverts `silence()`. */
  async unsilence(): Promise<void> {
    this.#sound.set({silenced: false});
  }

  /**
   * Chooses where the call is heard: on the chosen speaker, such as a headset (`selected`), or on the loudspeaker
   * (`unselected`), which is the speaker too if the user has chosen no other. It is remembered for its number.
   *
   * @throws {SipError} `bad-parameter`
   */
  async setOutput(output: CallOutput): Promise<void> {
    this.#sound.setOutput(output);
  }

  /** Sets whether all other calls are lowered while this one is heard, as they are for an urgent call. */
  async setPriority(priority: boolean): Promise<void> {
    this.#sound.set({priority});
  }

  /**
   * Returns the level of the sound that arrives now, 0–1, whatever the volume is. It is measured only when it is asked
   * for.
   */
  level(): number {
    return this.#dialog?.level ?? 0;
  }

  /**
   * Plays the call in the page's own elements, now or as soon as there is media, until the call ends, `detach()` is
   * called, or `attach()` is called again; `srcObject` is null then. Each element may be missing or null.
   *
   * The sound plays on the chosen speaker, in exactly one element: in `remoteAudio`, else in `remoteVideo`, else in a
   * `<sip-conference>`, `<sip-intercom>` or `<sip-monitor>` that shows the call, else in another element that does, else in
   * an element of ours. `state.soundBlocked` reports that the browser blocks the sound until the user interacts with the
   * page; it starts with the first gesture.
   *
   * @throws {SipError} `bad-parameter` if one is not a media element.
   */
  attach(elements: CallElements): void {
    this.#playback.attach(elements);
  }

  /** Releases the page's elements; this library's elements keep playing. */
  detach(): void {
    this.#playback.detach();
  }

  /** @internal Plays in further elements, in addition to the page's own. */
  playIn(parts: readonly CallPart[]): Playing {
    return this.#playback.play(parts);
  }

  /** Returns the number that is dialed for a new member. @throws {SipError} `invalid-number` */
  protected dial(number: string): string {
    return this.#context.dial(number);
  }

  /** Returns a member's number in the server's notation. */
  protected numberOf(number: string): string {
    return number === this.remote.number ? number : this.dial(number);
  }

  /** Returns the media of the answer: a monitored side sends video only, a monitoring side always receives video. */
  #wanted(media: CallMedia): MediaKinds {
    if (this.watched) return {audio: false, video: true};
    return {audio: true, video: media === 'video' || isLookedAt(this.type)};
  }

  /** Returns the devices to open before the answer. */
  #opened(media: CallMedia): MediaKinds {
    const {audio, video} = this.#wanted(media);
    const opens = (!this.watched && devicesOf(this.type)) || {audio: true, video: true};
    return {audio: audio && opens.audio, video: video && opens.video};
  }

  #files(command: string): CallFiles {
    this.#control.answered(command);
    const {files} = this.#control.init;
    if (!files) throw new SipError('unsupported', {subject: command});
    return files;
  }

  /** Whether a transfer is in progress. */
  get #transferring(): boolean {
    const {transfer} = this.state;
    return transfer !== undefined && transfer.phase !== 'completed' && transfer.phase !== 'failed';
  }

  /** Runs the command that makes this call active, and silences the others. */
  async #speak(command: () => Promise<void>, others?: OtherLine): Promise<void> {
    await this.#context.lines.speak(this, command, others);
  }
}
