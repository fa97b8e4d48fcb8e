import {SipError, toSipError} from '../../errors.js';
import type {AskedWith, CallFiles} from './call-init.js';
import type {CallControl} from './call-control.js';
import {devicesOf, isIntercomType, isLookedAt} from './call-kinds.js';
import {photoOf, type PhotoOptions} from './call-photo.js';
import {CallPlayback, type PlayedPart, type Playing} from './call-playback.js';
import {CallQualityWatch} from './call-quality.js';
import {CallRecording} from './call-recording.js';
import type {CallEventMap, CallState} from './call-state.js';
import type {SipDevices} from '../devices/devices.js';
import type {Dialog} from '../server/dialog.js';
import type {Numbers} from '../directory/directory.js';
import {cleanFileId} from '../uploads/file-id.js';
import {givenHeaders} from '../client/given-headers.js';
import {cleanNumber, numbersOf} from '../util/number.js';
import type {Recordings} from '../recordings/recordings.js';
import type {RecordingOptions} from './running-recording.js';
import type {SessionRequest} from '../server/session-request.js';
import type {SipHeaders} from '../client/sip-headers.js';
import type {StateSource} from '../util/state-target.js';
import {checkTones} from './tones.js';
import {TypedEventTarget} from '../util/typed-event-target.js';
import type {
  CallElements,
  CallMedia,
  CallQuality,
  CallTransfer,
  CallType,
  MediaKinds,
  Party,
  RemotePicture,
} from '../types.js';

export type {CallEventMap, CallState} from './call-state.js';

/** What becomes of the call that speaks when another one is answered. */
export type OtherLine = 'hold' | 'hangup';

/** The calls beside a call: it asks them before it speaks. */
export interface CallLines {
  /**
   * Silences the others, which are then held or hung up, and runs the command that lets the call speak; if the command
   * fails, those that spoke go on.
   */
  speak<T>(call: SipCall | undefined, command: () => Promise<T>, others?: OtherLine): Promise<T>;
  /** Whether a call may go on by itself: no other one was chosen after it. */
  maySpeak(call: SipCall): boolean;
}

/** What a call uses of its client. */
export interface CallContext {
  readonly lines: CallLines;
  readonly recordings: Recordings;
  readonly devices: SipDevices;
  readonly createSession: (request: SessionRequest) => Promise<SipCall | undefined>;
}

/** Who sees a member's picture, and what it is called. */
export interface WatchOptions {
  readonly number?: string;
  readonly name?: string;
  readonly to?: Numbers;
  /** Gives it up while the server has not named it yet. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * One call, incoming or outgoing.
 *
 * The SIP dialog and the server own the truth: a method asks for a change, and `state` follows when it is reported.
 * Streams live beside the state; `streamschange` tells of them.
 */
export class SipCall extends TypedEventTarget<CallEventMap> implements StateSource<CallState> {
  readonly id: string;
  /** What was asked for, or is offered. */
  readonly media: CallMedia;
  readonly #control: CallControl;
  readonly #context: CallContext;
  readonly #recording: CallRecording;
  readonly #playback: CallPlayback;
  readonly #quality: CallQualityWatch;

  /** @internal Calls are made by `SipClient`. */
  constructor(control: CallControl, context: CallContext) {
    super();
    this.id = control.init.id;
    this.media = control.init.media;
    this.#control = control;
    this.#context = context;
    control.tell(this);
    this.#recording = new CallRecording(this, {
      recordings: context.recordings,
      onChange: (state) => control.update(state),
    });
    this.#playback = new CallPlayback(this, context.devices, (soundBlocked) =>
      control.update({soundBlocked}),
    );
    this.#quality = new CallQualityWatch(this, {
      statistics: async () => control.dialog?.statistics(),
      relayFailure: () => control.dialog?.relayFailure,
      onQuality: (detail) => void this.dispatchEvent(new CustomEvent('quality', {detail})),
      onStall: (stalled) => control.update({stalled}),
      seekWay: () => control.dialog?.seekWay(),
    });
  }

  get #dialog(): Dialog | undefined {
    return this.#control.dialog;
  }

  /** The call at this moment: replaced on a change, never mutated. */
  get state(): Readonly<CallState> {
    return this.#control.state;
  }

  /** The documentation's name of `id`. */
  get sid(): string {
    return this.id;
  }

  /** What it is; `statechange` tells if a number that was called turns out to be a room: `conference` then. */
  get type(): CallType {
    return this.#control.type;
  }

  /** The server's number of the type (protocol page §6). */
  get typeNumber(): number {
    return this.#control.typeNumber;
  }

  /** Who asked for it; `statechange` tells where an incoming call turns out to be one's own. */
  get direction(): 'incoming' | 'outgoing' {
    return this.#control.direction;
  }

  /**
   * How long it has stood since its answer, in milliseconds, also once it is over; undefined before. Whoever sets the
   * computer's clock changes nothing in it.
   */
  get duration(): number | undefined {
    return this.#control.duration;
  }

  /** The `msgid` of the API request that it was asked for with; empty where it was not. */
  get msgid(): string {
    return this.#control.asked?.msgid ?? '';
  }

  /** @internal The request that it was asked for with; undefined if there was none. */
  get asked(): AskedWith | undefined {
    return this.#control.asked;
  }

  /** The SIP Call-ID, by which servers' logs name it; empty before there is a dialog. */
  get callId(): string {
    return this.#dialog?.id ?? '';
  }

  /**
   * A header of what the other side sent for this call, as text that a stranger may have written: of its INVITE, its responses
   * to this side's, its BYE or CANCEL. Of several messages with that header the newest counts, of several lines the first.
   *
   * ```ts
   * client.addEventListener('sip-call-received', ({detail: {call}}) => show(call.header('X-Order')));
   * ```
   */
  header(name: string): string | undefined {
    return this.#dialog?.header(name);
  }

  /** Who is at the other end; `statechange` tells when more becomes known. */
  get remote(): Party {
    return this.#control.remote;
  }

  get localStream(): MediaStream | undefined {
    return this.#dialog?.localStream;
  }

  get remoteStream(): MediaStream | undefined {
    return this.#dialog?.remoteStream;
  }

  /** The pictures of the other side, each alone: where it sends several, they are told apart by their labels. */
  get remotePictures(): readonly RemotePicture[] {
    return this.#dialog?.remotePictures ?? [];
  }

  /**
   * Whether the call is somebody's look at this side: they ask to see its camera, or see it. Nothing of theirs is heard or
   * seen here.
   */
  get watched(): boolean {
    return this.type === 'monitor' && this.direction === 'incoming' && (this.#dialog?.asked.video ?? true);
  }

  /** Opens devices and the peer connection of a ringing call, so that answering is quick; closed again if it is not answered. */
  prepare(media: CallMedia = this.media): void {
    if (this.direction === 'incoming' && this.state.phase === 'ringing')
      this.#dialog?.prepare(this.#opened(media));
  }

  /**
   * Answers an incoming call; resolves when the answer was sent. The call that spoke is silent at once.
   *
   * Who is watched sends the camera's picture and nothing else, and the call that speaks goes on.
   *
   * @param options.media - `video` opens the camera too; what the caller asked for by default, and sound alone where he offers no picture.
   * @param options.screen - Sends the screen as the picture, which the browser asks for first, within the gesture that
   * this is called in; to a caller who offers no picture it is offered as soon as he is connected.
   * @param options.others - What becomes of the call that spoke: it is held, or hung up once this one is answered.
   * @param options.headers - Headers of the 200 besides the client's own.
   * @throws {SipError} `bad-parameter` for a header that may not be; `invalid-state` where it does not ring; `screen-…` where
   * no screen is to be had: it rings on then, and the call that spoke goes on.
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
   * Refuses an incoming call that rings; does nothing once it is over.
   *
   * @throws {SipError} `invalid-state` where it does not ring.
   */
  async decline(): Promise<void> {
    if (this.state.phase === 'released') return;
    if (this.direction !== 'incoming' || this.state.phase !== 'ringing' || !this.#dialog)
      throw this.#control.invalid('decline');
    await this.#dialog.reject(603);
  }

  /**
   * Cancels, refuses or ends the call, as its phase asks; does nothing once it is over.
   *
   * @param options.headers - Headers of the BYE, the CANCEL or the refusal besides the client's own.
   * @throws {SipError} `bad-parameter` for a header that may not be: the call goes on then.
   */
  async hangup(options: {headers?: SipHeaders} = {}): Promise<void> {
    const headers = options.headers && (await givenHeaders(options.headers));
    if (this.state.phase === 'released') return;
    const dialog = this.#dialog;
    if (dialog && dialog.state.phase !== 'terminated') await dialog.hangup(headers);
    else await this.#control.init.abandon();
  }

  /** Sends silence instead of the microphone, at once and without signalling. */
  async mute(): Promise<void> {
    await this.#control.running('mute').setMuted(true);
  }

  async unmute(): Promise<void> {
    await this.#control.running('unmute').setMuted(false);
  }

  /** Stops the camera, whose light goes out, and sends black; or opens it again. */
  async setCameraOff(off: boolean): Promise<void> {
    await this.#control.running('camera').setCameraOff(off);
  }

  /**
   * Holds the call: nothing is sent and nothing played at once; `held` follows when the other side has agreed, which is asked
   * once the client has reconnected where the connection is lost.
   *
   * @throws {SipError} `invalid-state` where it is not answered; why it was refused otherwise, and all is as it was then.
   */
  async hold(): Promise<void> {
    await this.#control.answered('hold').setHeld(true);
  }

  /**
   * Goes on with a call that is held; resolves when the other side has agreed. The call that spoke is held.
   *
   * @throws {SipError} as `hold`; the call that spoke goes on then.
   */
  async unhold(): Promise<void> {
    const dialog = this.#control.answered('unhold');
    await this.#speak(() => dialog.setHeld(false));
  }

  /**
   * Sends tones one after another, those that were asked for before first; resolves when the last one has gone. Mute does
   * not keep them back; on hold they go by INFO. Before the call is answered they need the other side's early media.
   *
   * @param tones - `0`–`9`, `A`–`D`, `*`, `#`; a comma is a pause of two seconds.
   * @throws {SipError} `bad-parameter` before anything is sent; `invalid-state`, `tones-refused`, `timeout`, `connection-lost`;
   * `aborted` where the call ended meanwhile.
   */
  async sendDtmf(tones: string): Promise<void> {
    const checked = checkTones(tones);
    await this.#control.running('sendDtmf').sendDtmf(checked);
  }

  /**
   * Adds the picture of this side to the call, or makes it a call of sound again, for both sides; resolves when the other
   * side has answered. To stop the camera alone there is `setCameraOff`.
   *
   * ```ts
   * await call.setMedia({video: true});
   * ```
   * The other side gets `sip-media-request` before it answers. Its own camera stays off unless its user turns it on.
   *
   * @param media - What is left out stays as it is. `audio` does to the sound what `video` does to the picture.
   * @throws {SipError} `media-refused`, `camera-…`; the camera is off again then. `invalid-state` where the call is not
   * answered, or nothing would be left of it.
   */
  async setMedia(media: Partial<MediaKinds>): Promise<void> {
    await this.#control.answered('setMedia').setMedia(media);
  }

  /**
   * Sends the screen instead of the camera, which stops; the browser asks which one, within the gesture that this is called
   * in. Once more, another one. What a tab sounds like goes along where the browser gives it; `mute()` mutes the microphone
   * alone.
   *
   * @throws {SipError} `screen-cancelled` where none was chosen, `screen-refused`, `screen-unsupported` and so on;
   * `media-refused` where the other side does not take it.
   */
  async shareScreen(): Promise<void> {
    await this.#control.answered('shareScreen').shareScreen();
  }

  /** Sends no screen any more: the camera comes back as it was, on, off, or not at all. The browser's own button does the same. */
  async stopScreen(): Promise<void> {
    await this.#control.answered('stopScreen').stopScreen();
  }

  /**
   * Puts the other side through to somebody else, and ends the call; resolves when they talk. Until then it is on hold (for a
   * number, and with a picture, once the other side has agreed), and where it comes to nothing it goes on as it was.
   * `state.transfer` and `sip-transfer` tell how far it has come.
   *
   * @param target - A number; or another call of this client's, whose other side is handed over: both calls end then.
   * @throws {SipError} `transfer-refused` where the other side, or the server, does not do that; `busy`, `no-answer` and so on
   * where the number cannot be had; `invalid-number`, `timeout`, `connection-lost`; `invalid-state` where a call is not
   * answered or a transfer is under way; `aborted` where the call ended meanwhile.
   */
  async transfer(target: string | SipCall): Promise<void> {
    const dialog = this.#control.answered('transfer');
    const other = typeof target === 'string' ? undefined : target;
    if (this.#transferring || other === this || (other && other.#transferring))
      throw this.#control.invalid('transfer');
    if (other && other.#context.lines !== this.#context.lines)
      throw new SipError('bad-parameter', {subject: other.id});
    const to = other ? other.#control.answered('transfer') : cleanNumber(target as string);
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

  /**
   * Has the server play one of its files to all who are in the call; resolves when it begins.
   *
   * @param id - What the server calls the file.
   * @param times - How often it is played.
   * @throws {SipError} `file-not-found`, `file-playing` where it is played already, `not-allowed`, `unsupported`;
   * `invalid-state` where the call is not answered.
   */
  async playFile(id: string, times = 1): Promise<void> {
    if (!Number.isInteger(times) || times < 1)
      throw new SipError('bad-parameter', {subject: `times ${times}`});
    await this.#files('playFile').play(cleanFileId(id), times);
  }

  /** Ends what `playFile` began. @throws {SipError} `file-not-found` where it is not played, `not-allowed`, `unsupported` */
  async stopFile(id: string): Promise<void> {
    await this.#files('stopFile').stop(cleanFileId(id));
  }

  /**
   * Shows a member's picture as a call of its own, also while another one is shown here; it ends with this call. In a call
   * of two that is the other side's picture for others.
   *
   * @param options.to - Who sees it: numbers, or one text with commas between them; this side by default.
   * @param options.number - What the call goes by; the server's choice where it is missing. `name` likewise.
   * @returns The call, of type `member-video`; undefined where this side is none of those who see it.
   * @throws {SipError} `no-picture` where the member sends none, `member-not-found`, `not-allowed`, `unknown-number`,
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
      to: numbersOf(to),
      signal,
    });
  }

  /**
   * The last measurement; undefined before the first one. A call is measured every two seconds while it is connected, and
   * the event `quality` reports each measurement.
   */
  get quality(): CallQuality | undefined {
    return this.#quality.history.at(-1);
  }

  /** How long its recording is by now without its pauses, in milliseconds; undefined while it is not recorded. */
  get recordingDuration(): number | undefined {
    return this.#recording.duration;
  }

  /** The measurements of the last four minutes, the oldest first. */
  get qualityHistory(): readonly CallQuality[] {
    return this.#quality.history;
  }

  /**
   * Takes a photo of the picture at its full size: the newest frame, as a PNG, or as a JPEG if the name ends with `.jpg`.
   *
   * @param options.name - Downloads it under this name as well; `.png` is added if no ending is given, folders are left out.
   * @param options.of - The other side's picture, or one's own.
   * @throws {SipError} `no-picture` where none is there, or the call is held; `invalid-state` once the call is over;
   * `bad-parameter` where the name's pattern has a part that there is not.
   */
  async takePhoto(options: PhotoOptions = {}): Promise<Blob> {
    this.#control.running('takePhoto');
    return photoOf(this, options);
  }

  /**
   * Records all voices and the other side's picture; resolves when it records, and `state.recording` says so.
   *
   * Before it begins there is `sip-recording-request`, by which a page can ask those who are in the call. Where the browser
   * lets it, each second is in its private files at once, so that a recording outlives the page: `client.recordings` has it,
   * and `state.recordingStorage` is `local`. It ends by itself where there is no more room.
   *
   * The name says the kind of file, by `.mp4` or `.webm` at its end, if the browser can make that; otherwise it is an MP4 if
   * the browser can, or else a WebM. It has no picture if none was shown. The recording goes on through hold and with other
   * devices, and ends with the call. The event `recording` has the file.
   *
   * @param options.name - Downloads the file under this name when it is finished; the ending is added.
   * @param options.inset - Puts one's own picture into a corner.
   * @throws {SipError} `invalid-state` where it is not answered or is recorded already; `recording-declined`,
   * `bad-parameter` where the name's pattern has a part that there is not, `unsupported-browser`, `playback-blocked`,
   * `recording-failed`, `storage-full`.
   */
  async startRecording(options: RecordingOptions = {}): Promise<void> {
    this.#control.answered('startRecording');
    await this.#recording.start(options);
  }

  /**
   * Leaves out what comes, until it goes on; `state.recordingPaused` says so. Does nothing where it pauses already.
   *
   * @throws {SipError} `invalid-state` where it is not recorded.
   */
  async pauseRecording(): Promise<void> {
    await this.#recording.pause();
  }

  /**
   * Goes on with a recording that pauses; does nothing where it does not.
   *
   * @throws {SipError} `invalid-state` where it is not recorded.
   */
  async resumeRecording(): Promise<void> {
    await this.#recording.resume();
  }

  /**
   * Ends the recording; resolves with the file, also after the call's end and where the recording ended by itself.
   *
   * @throws {SipError} `invalid-state` where nothing was recorded; `recording-failed` where nothing could be.
   */
  async stopRecording(): Promise<Blob> {
    return this.#recording.stop();
  }

  /**
   * Plays the call in the page's own elements, from now on or as soon as there is something to play, until it is over,
   * `detach()` is called, or it is attached anew; `srcObject` is null then. Each may be missing or null.
   *
   * The sound plays on the chosen speaker: in `remoteAudio`, else in `remoteVideo`, else in an element of ours where no
   * `<sip-call>` or `<sip-audio>` plays it. `state.soundBlocked` says that the browser refuses it before the user has done
   * something on the page; it is heard at the first gesture then.
   *
   * @throws {SipError} `bad-parameter` if one is no media element.
   */
  attach(elements: CallElements): void {
    this.#playback.attach(elements);
  }

  /** Lets the page's elements go; elements of ours play on. */
  detach(): void {
    this.#playback.detach();
  }

  /** @internal Plays in further elements, beside the page's own. */
  play(parts: readonly PlayedPart[]): Playing {
    return this.#playback.play(parts);
  }

  /** A member's number as the server writes it. */
  protected numberOf(number: string): string {
    return number === this.remote.number ? number : cleanNumber(number);
  }

  /** What it is answered with: whoever is watched sends a picture alone, and receives what others send in any case. */
  #wanted(media: CallMedia): MediaKinds {
    if (this.watched) return {audio: false, video: true};
    return {audio: true, video: media === 'video' || isLookedAt(this.type)};
  }

  /** The devices that are opened beforehand. */
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

  /** Whether a transfer is under way. */
  get #transferring(): boolean {
    const {transfer} = this.state;
    return transfer !== undefined && transfer.phase !== 'completed' && transfer.phase !== 'failed';
  }

  /** Runs the command that lets this call speak, and silences those beside it. */
  async #speak(command: () => Promise<void>, others?: OtherLine): Promise<void> {
    await this.#context.lines.speak(this, command, others);
  }
}
