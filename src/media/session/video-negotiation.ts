import {mediaDurations} from '../../durations/media.js';
import {SipError, toSipError} from '../../errors.js';
import {within} from '../../within.js';
import type {MediaResponse} from '../types.js';
import {holds, pictureOf} from '../peer/description.js';
import type {LocalMedia} from './local-media.js';

/** The session of a `VideoNegotiation`. */
export interface VideoNegotiationHost {
  readonly local: LocalMedia;
  closed(): boolean;
  /** Requests an offer of the media that are wanted now; resolves when it is accepted. */
  negotiate(): Promise<void>;
  /** Asks whether to accept video that the other side adds. */
  onRequest(signal: AbortSignal): Promise<MediaResponse>;
  /** The other side no longer receives this side's video, so it must not be sent. */
  onUnseen(): void;
}

/** Tracks whether video belongs to the conversation: whether this side wants it, and whether the other side agrees. */
export class VideoNegotiation {
  /** Whether video belongs to the conversation, or will belong with the next offer. */
  wanted = false;
  /** Whether the other side accepts no video of this side, which was ready to send or sent it. */
  declined = false;
  readonly #host: VideoNegotiationHost;
  /** Whether the other side has agreed to video. */
  #agreed = false;
  /** Whether the pending offer includes video. */
  #offered = false;
  /** Whether the other side refused video. */
  #refused = false;
  /** Whether the other side has wanted to receive video since the last offer of it. */
  #seen = false;
  /** The other side's pending request to add video. */
  #request: AbortController | undefined;

  constructor(host: VideoNegotiationHost) {
    this.#host = host;
  }

  /** Notes that this side makes an offer. */
  begin(): void {
    this.#offered = this.wanted;
  }

  /** Processes the answer to this side's offer. */
  complete(answer: string): void {
    if (this.#offered) this.#follow(answer);
    this.#agreed = this.#offered && this.wanted;
  }

  /** Decides about video in a later offer of the other side; asks only if the answer is not known yet. */
  async considerOffer(offer: string): Promise<void> {
    if (this.#agreed) this.#follow(offer);
    if (this.wanted || !pictureOf(offer).live) return;
    const request = (this.#request = new AbortController());
    const needless = new Promise<false>((resolve) =>
      request.signal.addEventListener('abort', () => resolve(false)),
    );
    const response = await Promise.race([this.#host.onRequest(request.signal), needless]);
    this.#request = undefined;
    // This side added its own video in the meantime.
    if (this.wanted || this.#host.closed() || !response) return;
    this.wanted = true;
    this.declined = false;
    if (response === 'camera') await this.#openCamera();
  }

  /** Notes that the other side's offer has been answered. */
  answered(offer: string): void {
    const {seen, ended} = pictureOf(offer);
    this.#agreed = this.wanted && !ended;
    this.#seen ||= this.wanted && seen;
  }

  /** Offers video. @throws {SipError} `media-refused`; why no offer could be made */
  async offer(): Promise<void> {
    const before = this.wanted;
    this.wanted = true;
    this.#refused = false;
    this.declined = false;
    if (!this.#agreed) this.#seen = false;
    this.#request?.abort();
    try {
      await this.#host.negotiate();
    } catch (error) {
      const {code, status} = toSipError(error);
      this.wanted = before;
      // Refusing the whole offer refuses its new lines.
      if (code !== 'not-acceptable' && code !== 'call-refused') throw error;
      throw new SipError('media-refused', {status, cause: error});
    }
    if (this.#refused) {
      this.declined = false;
      throw new SipError('media-refused');
    }
    if (!this.wanted) throw new SipError('aborted', {subject: 'setMedia'});
  }

  /** Cancels the pending request. */
  close(): void {
    this.#request?.abort();
  }

  /** Applies the other side's description: video that it does not want, and is not merely holding, is not sent. */
  #follow(description: string): void {
    if (!this.wanted) return;
    const {live, seen, ended} = pictureOf(description);
    const held = holds(description);
    if (ended || (!live && !held)) {
      this.#refused = true;
      this.declined = this.#host.local.video !== undefined;
      this.wanted = false;
    }
    this.#seen ||= seen;
    // A side that has received video may receive it again: PBXs that play music on hold disable only the video.
    if (!this.wanted || (!this.#seen && !held)) this.#host.onUnseen();
  }

  async #openCamera(): Promise<void> {
    const {local} = this.#host;
    const opening = local.open({audio: false, video: true});
    await within(opening, mediaDurations.answerCamera);
    if (local.video || this.#host.closed()) return;
    void opening.then(async () => {
      if (!this.wanted) local.keep({audio: true, video: false});
      else if (local.video) await this.#host.negotiate().catch(() => {});
    });
  }
}
