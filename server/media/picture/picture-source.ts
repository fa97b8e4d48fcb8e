import type {RtpPacket} from 'werift';
import type {LegPort} from '../leg-port.js';
import type {MediaSource, Unsubscribe} from '../routing.js';

/** How long after a request for a key frame others are not passed on, in milliseconds. */
const REQUEST_INTERVAL = 150;

/** A camera whose last packet is older than this shows nothing, in milliseconds. */
const PATIENCE = 2000;

/** Something to see. */
export interface Picture {
  /** Whether there is a picture to see. */
  readonly live: boolean;
  /** What goes to one more who sees it. */
  stream(): MediaSource;
}

/** A member's picture as many others see it: what they ask of its camera at once is asked once. */
export class PictureSource implements MediaSource, Picture {
  readonly kind = 'video';
  readonly #port: LegPort;
  readonly #watch: Unsubscribe;
  #at = -Infinity;
  #askedAt = -Infinity;

  constructor(port: LegPort) {
    this.#port = port;
    this.#watch = port.onPacket(() => (this.#at = performance.now()));
  }

  /** Whether there is a picture to see: what was agreed to says little, since a camera may be refused or off. */
  get live(): boolean {
    return this.#port.flow.sends && performance.now() - this.#at < PATIENCE;
  }

  stream(): MediaSource {
    return this;
  }

  onPacket(listener: (packet: RtpPacket) => void): Unsubscribe {
    return this.#port.onPacket(listener);
  }

  requestKeyFrame(): void {
    const now = performance.now();
    if (now - this.#askedAt < REQUEST_INTERVAL) return;
    this.#askedAt = now;
    this.#port.requestKeyFrame();
  }

  /** Ends it. */
  close(): void {
    this.#watch();
  }
}
