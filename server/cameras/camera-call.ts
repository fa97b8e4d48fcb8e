import {reasonOf, type Log} from '../log.js';
import {connect, type Leg, type MediaServer, type Route} from '../media/index.js';
import type {Line, OutgoingCall} from '../sip/index.js';
import type {CameraFeed} from './camera-feed.js';

/** What a call to a camera needs. */
export interface CameraCallOptions {
  readonly media: MediaServer;
  readonly log: Log;
  readonly feed: CameraFeed;
  readonly offer: string;
  readonly handlers: Parameters<Line['invite']>[2];
}

/** A camera's end of a call: a client inside the server, with its own media like any client. */
export class CameraCall implements OutgoingCall {
  readonly #options: CameraCallOptions;
  readonly #onEnded: () => void;
  readonly #leg: Leg;
  readonly #routes: readonly Route[];
  #ended: Promise<void> | undefined;

  constructor(options: CameraCallOptions, onEnded: () => void) {
    const {media, feed} = options;
    this.#options = options;
    this.#onEnded = onEnded;
    this.#leg = media.createLeg({begins: true});
    this.#routes = [connect(feed.sound, this.#leg.audio), connect(feed.picture, this.#leg.video)];
    void this.#answer();
  }

  /** Ends the call for both sides, without waiting. */
  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  /** A camera cannot be transferred: its calls have no SIP dialog. */
  isMeantBy(): boolean {
    return false;
  }

  /** A camera ignores who watches. */
  introduce(): void {}

  reinvite(offer: string): Promise<string> {
    return this.#leg.answer(offer);
  }

  /** A camera ignores tones. */
  async info(): Promise<number> {
    return 200;
  }

  async #answer(): Promise<void> {
    const {offer, handlers, log, feed} = this.#options;
    try {
      await feed.load();
      const answer = await this.#leg.answer(offer);
      if (!this.#ended) handlers.onAnswer(answer);
    } catch (error) {
      if (this.#ended) return;
      log(`camera: ${reasonOf(error)}`);
      handlers.onReject?.(488, 'Not Acceptable Here');
      void this.end();
    }
  }

  async #end(): Promise<void> {
    for (const route of this.#routes) route.close();
    await this.#leg.close();
    this.#onEnded();
  }
}
