import {reasonOf, type Log} from '../log.js';
import {connect, type Leg, type MediaServer, type MediaSource, type Route} from '../media/index.js';
import type {Line, OutgoingCall} from '../sip/index.js';

/** What a device sends to a caller. */
export interface DeviceFeed {
  readonly sound: MediaSource;
  readonly picture: MediaSource;
  /** Called when the call ends. */
  close?(): void;
}

/** What answers at a number of the server. */
export interface Device {
  /**
   * Resolves with what the device sends to a caller, whose sound and picture arrive at this leg.
   *
   * @param hangUp - Ends the call.
   */
  readonly feed: (leg: Leg, hangUp: () => void) => Promise<DeviceFeed>;
  /** How long a call may last, in milliseconds; without a limit if undefined. */
  readonly timeout?: number | undefined;
}

/** What a call to a device needs. */
export interface DeviceCallOptions extends Device {
  readonly media: MediaServer;
  readonly log: Log;
  readonly offer: string;
  readonly handlers: Parameters<Line['invite']>[2];
}

/** A device's end of a call: a client inside the server, with its own media like any client. */
export class DeviceCall implements OutgoingCall {
  readonly #options: DeviceCallOptions;
  readonly #onEnded: () => void;
  readonly #leg: Leg;
  readonly #timer: NodeJS.Timeout | undefined;
  #routes: readonly Route[] = [];
  #feed: DeviceFeed | undefined;
  #ended: Promise<void> | undefined;

  constructor(options: DeviceCallOptions, onEnded: () => void) {
    const {media, timeout, handlers} = options;
    this.#options = options;
    this.#onEnded = onEnded;
    this.#leg = media.createLeg({begins: true});
    if (timeout !== undefined) this.#timer = setTimeout(() => handlers.onBye?.(), timeout);
    void this.#answer();
  }

  /** Ends the call for both sides, without waiting. */
  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  /** A device cannot be transferred: its calls have no SIP dialog. */
  isMeantBy(): boolean {
    return false;
  }

  /** A device ignores who calls. */
  introduce(): void {}

  reinvite(offer: string): Promise<string> {
    return this.#leg.answer(offer);
  }

  /** A device ignores tones. */
  async info(): Promise<number> {
    return 200;
  }

  async #answer(): Promise<void> {
    const {offer, handlers, log, feed} = this.#options;
    try {
      this.#feed = await feed(this.#leg, () => handlers.onBye?.());
      if (this.#ended) return this.#feed.close?.();
      const {sound, picture} = this.#feed;
      this.#routes = [connect(sound, this.#leg.audio), connect(picture, this.#leg.video)];
      const answer = await this.#leg.answer(offer);
      if (!this.#ended) handlers.onAnswer(answer);
    } catch (error) {
      if (this.#ended) return;
      log(`device: ${reasonOf(error)}`);
      handlers.onReject?.(488, 'Not Acceptable Here');
      void this.end();
    }
  }

  async #end(): Promise<void> {
    clearTimeout(this.#timer);
    for (const route of this.#routes) route.close();
    this.#feed?.close?.();
    await this.#leg.close();
    this.#onEnded();
  }
}
