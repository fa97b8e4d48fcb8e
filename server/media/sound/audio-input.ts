import {Decoder} from '@evan/opus';
import type {RtpPacket} from 'werift';
import type {MediaSink, Unsubscribe} from '../routing.js';
import {FRAME, SAMPLE_RATE} from './sound.js';

/** How many packets are buffered before playback: as few as the network allows. */
const DEPTH = {least: 2, most: 12};

/** How many packets more than that may wait, and for how many frames, before one is skipped. */
const SURPLUS = {packets: 2, frames: 25};

/** After how many frames without trouble the buffer shrinks. */
const CALM = 500;

/** How many missing frames count as a pause instead of trouble. */
const PAUSE = 15;

/** The longest Opus packet, 120 ms, plus what may be left of the one before. */
const CAPACITY = 7 * FRAME;

/** Whether a 16-bit sequence number equals another one or is newer (RFC 3550 §A.1). */
const notOlder = (one: number, other: number): boolean => ((one - other) & 0xffff) < 0x8000;

/**
 * Turns packets that arrive unevenly (out of order, twice, late, or not at all) into even sound.
 *
 * The buffer adapts to how packets arrive. A lost packet is replaced by the frame before, once and fading.
 */
export class AudioInput implements MediaSink {
  readonly kind = 'audio';
  readonly open = true;
  readonly #decoder = new Decoder({channels: 1, sample_rate: SAMPLE_RATE});
  readonly #packets = new Map<number, Uint8Array>();
  readonly #samples = new Int16Array(CAPACITY);
  readonly #frame = new Int16Array(FRAME);
  #filled = 0;
  /** The sequence number that is played next. */
  #next: number | undefined;
  #playing = false;
  #depth = DEPTH.least;
  #surplus = 0;
  #calm = 0;
  #missing = PAUSE;
  #bridged = false;

  /** Adds a packet. */
  write({header: {sequenceNumber}, payload}: RtpPacket): void {
    if (this.#next !== undefined && !notOlder(sequenceNumber, this.#next)) return this.#late();
    if (payload.length === 0) return;
    this.#packets.set(sequenceNumber, payload);
    // After a burst, or if the client's clock is wrong, only the newest packets are played.
    while (this.#packets.size > 2 * DEPTH.most) {
      this.#packets.delete(this.#oldest());
      // Skipped packets are not concealed: each frame of concealment would cause another packet to be skipped.
      if (this.#playing) this.#next = this.#oldest();
    }
  }

  /** It is always open. */
  onOpen(): Unsubscribe {
    return () => undefined;
  }

  onKeyFrameRequest(): Unsubscribe {
    return () => undefined;
  }

  /** Returns the next frame, to be used before the next call; undefined if nothing arrived. */
  read(): Int16Array | undefined {
    if (!this.#playing) {
      this.#missing += 1;
      if (this.#packets.size < this.#depth) return undefined;
      if (this.#missing < PAUSE) {
        this.#missing = PAUSE;
        this.#late();
        if (this.#packets.size < this.#depth) return undefined;
      }
      this.#playing = true;
      this.#next = this.#oldest();
    }
    this.#hurry();
    while (this.#filled < FRAME) {
      if (this.#packets.size === 0) {
        this.#playing = false;
        this.#filled = this.#missing = 0;
        return undefined;
      }
      this.#decodeNext();
    }
    this.#frame.set(this.#samples.subarray(0, FRAME));
    this.#samples.copyWithin(0, FRAME, this.#filled);
    this.#filled -= FRAME;
    if ((this.#calm += 1) > CALM) {
      this.#calm = 0;
      this.#depth = Math.max(DEPTH.least, this.#depth - 1);
    }
    return this.#frame;
  }

  /** Enlarges the buffer, since a packet came too late. */
  #late(): void {
    this.#calm = 0;
    this.#depth = Math.min(DEPTH.most, this.#depth + 1);
  }

  /** Skips a packet if too many have been waiting for long. */
  #hurry(): void {
    this.#surplus = this.#packets.size > this.#depth + SURPLUS.packets ? this.#surplus + 1 : 0;
    if (this.#surplus <= SURPLUS.frames) return;
    this.#surplus = 0;
    this.#take();
  }

  /** Decodes the next packet, as the decoder needs it; undefined if it is missing or no Opus. */
  #take(): Int16Array | undefined {
    const next = this.#next ?? this.#oldest();
    const payload = this.#packets.get(next);
    this.#packets.delete(next);
    this.#next = (next + 1) & 0xffff;
    return payload && this.#decode(payload);
  }

  #decodeNext(): void {
    const decoded = this.#take();
    if (decoded) {
      this.#samples.set(decoded, this.#filled);
      this.#filled += decoded.length;
      this.#bridged = false;
    } else this.#bridge();
  }

  /** Any client can send data that is not Opus: it counts as a lost packet. */
  #decode(payload: Uint8Array): Int16Array | undefined {
    try {
      const bytes = this.#decoder.decode(payload);
      return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
    } catch {
      return undefined;
    }
  }

  #bridge(): void {
    const gap = this.#samples.subarray(this.#filled, this.#filled + FRAME);
    if (this.#bridged) gap.fill(0);
    else gap.set(this.#frame.map((sample, index) => (sample * (FRAME - index)) / FRAME));
    this.#bridged = true;
    this.#filled += FRAME;
  }

  #oldest(): number {
    let oldest: number | undefined;
    for (const sequence of this.#packets.keys())
      if (oldest === undefined || !notOlder(sequence, oldest)) oldest = sequence;
    return oldest ?? 0;
  }
}
