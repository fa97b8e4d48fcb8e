import {CallBase} from './call-base.js';
import {photoOf, type PhotoOptions} from './call-photo.js';
import {CallPlayback, type PlayedPart, type Playing} from './call-playback.js';
import {CallRecording} from './call-recording.js';
import type {CallElements} from './types.js';

/** What a page has of a call without a word to the other side: it is played, photographed and recorded. */
export abstract class CallOutput extends CallBase {
  readonly #recording = new CallRecording(this, {
    onRunning: (since) => this.update({recording: since !== undefined, recordingSince: since}),
    onFinished: (detail) => this.dispatchEvent(new CustomEvent('recording', {detail, cancelable: true})),
  });

  readonly #playback = new CallPlayback(this, this.init.devices, (soundBlocked) =>
    this.update({soundBlocked}),
  );

  /**
   * Takes a photo of the picture at its full size: a PNG of the newest frame.
   *
   * @param options.name - Downloads it under this name as well; `.png` is added where it is missing, folders are left out.
   * @param options.of - The other side's picture, or one's own.
   * @throws {SipError} `no-picture` where none is there, or the call is held; `invalid-state` once the call is over.
   */
  async takePhoto(options: PhotoOptions = {}): Promise<Blob> {
    this.running('takePhoto');
    return photoOf(this, options);
  }

  /**
   * Records both voices and the other side's picture; resolves when it records, and `state.recording` says so.
   *
   * The file is an MP4 where the browser can, a WebM otherwise, without a picture where none was shown. It goes on
   * through hold and with other devices, and ends with the call. The event `recording` has the file.
   *
   * @param options.name - Downloads the file under this name when it is finished; the ending is added.
   * @throws {SipError} `invalid-state` where it is not answered or is recorded already; `unsupported-browser`,
   * `playback-blocked`, `recording-failed`.
   */
  async startRecording({name}: {name?: string | undefined} = {}): Promise<void> {
    this.answered('startRecording');
    await this.#recording.start(name);
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
   * @throws {SipError} `bad-parameter` where one is no such element.
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
}
