import {CallBase, type CallEventMap} from './call-base.js';
import {photoOf, type PhotoOptions} from './call-photo.js';
import {CallPlayback, type PlayedPart, type Playing} from './call-playback.js';
import {CallQualityWatch} from './call-quality.js';
import {CallRecording, type RecordingOptions} from './call-recording.js';
import {ListenerCount} from './listener-count.js';
import type {Listener} from './typed-event-target.js';
import type {CallElements, CallQuality} from './types.js';

/** What a page has of a call without a word to the other side: it is played, photographed, recorded and measured. */
export abstract class CallOutput extends CallBase {
  readonly #recording = new CallRecording(this, {
    recordings: this.init.recordings,
    onChange: (state) => this.update(state),
  });

  readonly #playback = new CallPlayback(this, this.init.devices, (soundBlocked) =>
    this.update({soundBlocked}),
  );

  #quality: CallQuality | undefined;
  readonly #watch = new CallQualityWatch(this, {
    statistics: async () => this.dialog?.statistics(),
    relayFailure: () => this.dialog?.relayFailure,
    onQuality: (detail) => {
      this.#quality = detail;
      this.#curious.dispatch(() => void this.dispatchEvent(new CustomEvent('quality', {detail})));
    },
    onStall: (stalled) => this.update({stalled}),
    seekWay: () => this.dialog?.seekWay(),
  });
  readonly #curious = new ListenerCount((listened) => this.#watch.want(listened));

  /**
   * How it fared when it was measured last; undefined before. This is told every two seconds while it stands and somebody
   * listens to `quality`, or an element such as `<sip-quality>` shows it.
   */
  get quality(): CallQuality | undefined {
    return this.#quality;
  }

  /** How long its recording is by now without its pauses, in milliseconds; undefined while it is not recorded. */
  get recordingDuration(): number | undefined {
    return this.#recording.duration;
  }

  /** The measurements of the last four minutes in which it was measured, the oldest first. */
  get qualityHistory(): readonly CallQuality[] {
    return this.#watch.history;
  }

  override addEventListener<K extends keyof CallEventMap>(
    type: K,
    listener: Listener<CallEventMap[K]> | null,
    options?: boolean | AddEventListenerOptions,
  ): void {
    super.addEventListener(type, listener, options);
    if (type === 'quality') this.#curious.add(listener, options);
  }

  override removeEventListener<K extends keyof CallEventMap>(
    type: K,
    listener: Listener<CallEventMap[K]> | null,
    options?: boolean | EventListenerOptions,
  ): void {
    super.removeEventListener(type, listener, options);
    if (type === 'quality') this.#curious.remove(listener, options);
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
    this.running('takePhoto');
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
    this.answered('startRecording');
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
}
