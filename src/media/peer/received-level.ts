import {mediaDurations} from '../../durations/media.js';
import {LevelMeter} from '../devices/level-meter.js';

/**
 * The level of the sound that a connection receives, whatever the volume is. It is measured while it is asked for: by what
 * the sender writes into each packet (RFC 6464), else from the sound itself.
 */
export class ReceivedLevel {
  readonly #connection: RTCPeerConnection;
  #meter: LevelMeter | undefined;
  #closing: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: RTCPeerConnection) {
    this.#connection = connection;
  }

  /** The level now, 0–1. */
  get now(): number {
    const receivers = this.#connection
      .getReceivers()
      .filter(({track}) => track.kind === 'audio' && track.readyState === 'live');
    const sources = receivers.flatMap((receiver) => receiver.getSynchronizationSources());
    const written = sources.filter(({audioLevel}) => audioLevel !== undefined);
    if (!sources.length) return 0;
    if (!written.length) return this.#measure(receivers[0]!.track);
    const oldest = performance.timeOrigin + performance.now() - mediaDurations.freshLevel;
    return Math.max(
      0,
      ...written.filter(({timestamp}) => timestamp >= oldest).map(({audioLevel}) => audioLevel!),
    );
  }

  #measure(track: MediaStreamTrack): number {
    if (this.#meter?.track !== track) this.#close();
    this.#meter ??= new LevelMeter(track);
    clearTimeout(this.#closing);
    this.#closing = setTimeout(() => this.#close(), mediaDurations.levelUnasked);
    return this.#meter.level;
  }

  #close(): void {
    this.#meter?.close();
    this.#meter = undefined;
  }
}
