import type {RtpPacket} from 'werift';
import type {LegPort} from '../leg-port.js';
import type {MediaSource, Unsubscribe} from '../routing.js';

/** How long after a key frame request others are suppressed, in milliseconds. */
const REQUEST_INTERVAL = 150;

/** After how long without a packet a camera counts as off, in milliseconds. */
const PATIENCE = 2000;

/** Video that can be shown. */
export interface Picture {
  /** Whether there is video to see. */
  readonly live: boolean;
  /** Returns the stream for another viewer. */
  stream(): MediaSource;
}

/** A member's video as seen by many: simultaneous requests to its camera are sent once. */
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

  /** Whether there is video to see: the negotiation alone does not show that, since a camera may be refused or off. */
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

  /** Stops monitoring. */
  close(): void {
    this.#watch();
  }
}
