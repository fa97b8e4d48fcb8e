import {SipError, toSipError} from '../../errors.js';
import type {MediaResponse} from '../types.js';
import {holds, pictureOf} from '../peer/description.js';
import type {LocalMedia} from './local-media.js';

/** What an agreement needs of its session. */
export interface AgreementHost {
  readonly local: LocalMedia;
  closed(): boolean;
  /** Makes an offer of what is wanted now. */
  offer(): Promise<void>;
  /** Asks whether a picture that the other side adds is taken. */
  onRequest(signal: AbortSignal): Promise<MediaResponse>;
  /** Nobody sees this side's picture any more: it is not to be sent. */
  onUnseen(): void;
}

/** How long an answer waits for the camera that is to be in it, in milliseconds; one that comes later is offered. */
const CAMERA_PATIENCE = 2_000;

/** Whether a picture belongs to the conversation: what this side wants, and what the other one agrees to. */
export class PictureAgreement {
  /** The picture belongs to it, or is to belong with the next offer. */
  wanted = false;
  readonly #host: AgreementHost;
  /** The other side has agreed to it. */
  #agreed = false;
  /** The offer under way holds it. */
  #offered = false;
  /** The other side refused it. */
  #refused = false;
  /** The other side wanted to see it since it was offered last. */
  #seen = false;
  /** The other side's wish that waits for an answer. */
  #request: AbortController | undefined;

  constructor(host: AgreementHost) {
    this.#host = host;
  }

  /** An offer of ours is made. */
  begin(): void {
    this.#offered = this.wanted;
  }

  /** The answer to our offer has been taken. */
  complete(answer: string): void {
    if (this.#offered) this.#follow(answer);
    this.#agreed = this.#offered && this.wanted;
  }

  /** Decides on the picture in a later offer of the other side; nobody is asked for one that is known. */
  async judge(offer: string): Promise<void> {
    if (this.#agreed) this.#follow(offer);
    if (this.wanted || !pictureOf(offer).live) return;
    const request = (this.#request = new AbortController());
    const needless = new Promise<false>((resolve) =>
      request.signal.addEventListener('abort', () => resolve(false)),
    );
    const response = await Promise.race([this.#host.onRequest(request.signal), needless]);
    this.#request = undefined;
    // This side added its own meanwhile.
    if (this.wanted || this.#host.closed() || !response) return;
    this.wanted = true;
    if (response === 'camera') await this.#openCamera();
  }

  /** The other side's offer has been answered. */
  answered(offer: string): void {
    const {seen, ended} = pictureOf(offer);
    this.#agreed = this.wanted && !ended;
    this.#seen ||= this.wanted && seen;
  }

  /** Offers the picture. @throws {SipError} `media-refused`; why no offer could be made */
  async offer(): Promise<void> {
    const before = this.wanted;
    this.wanted = true;
    this.#refused = false;
    if (!this.#agreed) this.#seen = false;
    this.#request?.abort();
    try {
      await this.#host.offer();
    } catch (error) {
      const {code, status} = toSipError(error);
      this.wanted = before;
      // The refusal of an offer as a whole is one of what is new in it.
      if (code !== 'not-acceptable' && code !== 'call-refused') throw error;
      throw new SipError('media-refused', {status, cause: error});
    }
    if (this.#refused) throw new SipError('media-refused');
    if (!this.wanted) throw new SipError('aborted', {subject: 'setMedia'});
  }

  /** Gives up what waits. */
  close(): void {
    this.#request?.abort();
  }

  /** The other side has described itself: a picture that it does not want, and does not only hold, is not sent. */
  #follow(description: string): void {
    if (!this.wanted) return;
    const {live, seen, ended} = pictureOf(description);
    const held = holds(description);
    if (ended || (!live && !held)) {
      this.#refused = true;
      this.wanted = false;
    }
    this.#seen ||= seen;
    // Who has seen it may look again: PBXs that play music on hold take away the picture alone.
    if (!this.wanted || (!this.#seen && !held)) this.#host.onUnseen();
  }

  async #openCamera(): Promise<void> {
    const {local} = this.#host;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tired = new Promise<void>((resolve) => (timer = setTimeout(resolve, CAMERA_PATIENCE)));
    const opening = local.open({audio: false, video: true});
    await Promise.race([opening, tired]);
    clearTimeout(timer);
    if (local.video || this.#host.closed()) return;
    void opening.then(async () => {
      if (!this.wanted) local.keep({audio: true, video: false});
      else if (local.video) await this.#host.offer().catch(() => {});
    });
  }
}
