import {SipError, toSipError} from '../errors.js';
import {CallOutput} from './call-output.js';
import type {CallControl, CallFiles, CallInit} from './call-init.js';
import {devicesOf, isIntercomType, isLookedAt} from './call-kinds.js';
import {cleanFileId} from './file-id.js';
import {givenHeaders} from './given-headers.js';
import {cleanNumber, numbersOf} from './number.js';
import {checkTones} from './tones.js';
import type {Numbers} from './directory.js';
import type {OtherLine} from './lines.js';
import type {SipHeaders} from './sip-headers.js';
import type {CallMedia, CallTransfer, MediaKinds} from './types.js';

export type {CallEventMap, CallState} from './call-base.js';

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
export class SipCall extends CallOutput {
  /** @internal Calls are made by `SipClient`; `reveal` gets the inner side. */
  constructor(init: CallInit, reveal: (control: CallControl) => void) {
    let inner!: Omit<CallControl, 'call'>;
    super(init, (control) => (inner = control));
    reveal({...inner, call: this});
  }

  /**
   * Whether the call is somebody's look at this side: they ask to see its camera, or see it. Nothing of theirs is heard or
   * seen here.
   */
  get watched(): boolean {
    return this.type === 'monitor' && this.direction === 'incoming' && (this.dialog?.asked.video ?? true);
  }

  /** Opens devices and the peer connection of a ringing call, so that answering is quick; closed again if it is not answered. */
  prepare(media: CallMedia = this.media): void {
    if (this.direction === 'incoming' && this.state.phase === 'ringing')
      this.dialog?.prepare(this.#opened(media));
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
    const dialog = this.dialog;
    if (this.direction !== 'incoming' || this.state.phase !== 'ringing' || !dialog)
      throw this.invalid('answer');
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
    if (this.direction !== 'incoming' || this.state.phase !== 'ringing' || !this.dialog)
      throw this.invalid('decline');
    await this.dialog.reject(603);
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
    const dialog = this.dialog;
    if (dialog && dialog.state.phase !== 'terminated') await dialog.hangup(headers);
    else await this.init.abandon();
  }

  /** Sends silence instead of the microphone, at once and without signalling. */
  async mute(): Promise<void> {
    await this.running('mute').setMuted(true);
  }

  async unmute(): Promise<void> {
    await this.running('unmute').setMuted(false);
  }

  /** Stops the camera, whose light goes out, and sends black; or opens it again. */
  async setCameraOff(off: boolean): Promise<void> {
    await this.running('camera').setCameraOff(off);
  }

  /**
   * Holds the call: nothing is sent and nothing played at once; `held` follows when the other side has agreed, which is asked
   * once the client has reconnected where the connection is lost.
   *
   * @throws {SipError} `invalid-state` where it is not answered; why it was refused otherwise, and all is as it was then.
   */
  async hold(): Promise<void> {
    await this.answered('hold').setHeld(true);
  }

  /**
   * Goes on with a call that is held; resolves when the other side has agreed. The call that spoke is held.
   *
   * @throws {SipError} as `hold`; the call that spoke goes on then.
   */
  async unhold(): Promise<void> {
    const dialog = this.answered('unhold');
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
    await this.running('sendDtmf').sendDtmf(checked);
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
    await this.answered('setMedia').setMedia(media);
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
    await this.answered('shareScreen').shareScreen();
  }

  /** Sends no screen any more: the camera comes back as it was, on, off, or not at all. The browser's own button does the same. */
  async stopScreen(): Promise<void> {
    await this.answered('stopScreen').stopScreen();
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
    const dialog = this.answered('transfer');
    const other = typeof target === 'string' ? undefined : target;
    if (this.transferring || other === this || other?.transferring) throw this.invalid('transfer');
    if (other && other.init.lines !== this.init.lines)
      throw new SipError('bad-parameter', {subject: other.id});
    const to = other ? other.answered('transfer') : cleanNumber(target as string);
    const named = other?.remote ?? {number: to as string, name: ''};
    const onChange = (transfer?: CallTransfer): void => this.update({transfer});
    onChange({phase: 'asking', target: named});
    const {transferCall} = await import('./call-transfer.js').catch((error: unknown) => {
      onChange();
      throw toSipError(error);
    });
    const maySpeak = (): boolean => this.init.lines?.maySpeak(this) ?? true;
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
    if (this.state.phase === 'released') throw this.invalid('watchMember');
    const {createSession} = this.init;
    if (!createSession) throw new SipError('unsupported', {subject: 'watchMember'});
    return createSession({
      kind: 'member-video',
      sid: this.id,
      member: this.numberOf(number),
      number: String(own).trim(),
      name: String(name).trim(),
      to: numbersOf(to),
      signal,
    });
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
    this.answered(command);
    const {files} = this.init;
    if (!files) throw new SipError('unsupported', {subject: command});
    return files;
  }

  /** Whether a transfer is under way. */
  protected get transferring(): boolean {
    const {transfer} = this.state;
    return transfer !== undefined && transfer.phase !== 'completed' && transfer.phase !== 'failed';
  }

  /** Runs the command that lets this call speak, and silences those beside it. */
  async #speak(command: () => Promise<void>, others?: OtherLine): Promise<void> {
    const {lines} = this.init;
    await (lines ? lines.speak(this, command, others) : command());
  }
}
