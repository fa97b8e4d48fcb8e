import type {RtpPacket} from 'werift';
import type {Picture} from './picture-source.js';
import type {MediaSource, Unsubscribe} from '../routing.js';
import {VideoOutput} from './video-output.js';

/** How much is kept from the last key frame on for later viewers, in frames and in bytes. */
const KEPT = {frames: 900, bytes: 4_000_000};

/** How much is sent at once to a viewer who is behind, in frames and in bytes. */
const BURST = {frames: 12, bytes: 30_000};

/** The timestamp ticks between frames that are sent at once, and per millisecond. */
const LEAST = 90;
const TICKS = 90;

interface Frame {
  readonly data: Uint8Array;
  /** When it is shown, in milliseconds. */
  readonly time: number;
}

/**
 * Encoded video from a file, whose key frames cannot be requested. A viewer who joins later quickly receives all frames
 * since the last key frame.
 */
export class RecordedPicture implements Picture {
  readonly #streams = new Set<RecordedStream>();
  #group: Frame[] = [];
  #bytes = 0;
  /** How many frames came before the group. */
  #before = 0;
  /** Whether the group begins with a key frame. */
  #whole = false;
  #live = false;

  get live(): boolean {
    return this.#live;
  }

  /** Adds the next frame. */
  add(data: Uint8Array, key: boolean, time: number): void {
    if (key || this.#group.length >= KEPT.frames || this.#bytes > KEPT.bytes) {
      this.#before += this.#group.length;
      this.#group = [];
      this.#bytes = 0;
      this.#whole = key;
    }
    this.#live ||= key;
    this.#group.push({data, time});
    this.#bytes += data.length;
  }

  /** Sends what is due, 50 times per second. */
  send(now: number): void {
    for (const stream of this.#streams) stream.advance(now);
  }

  stream(): MediaSource {
    return new RecordedStream(this.#streams, {
      first: () => (this.#whole ? this.#before : undefined),
      end: () => this.#before + this.#group.length,
      frame: (index) => this.#group[index - this.#before],
    });
  }

  /** Ends the video. */
  close(): void {
    this.#live = false;
    this.#streams.clear();
    this.#group = [];
  }
}

/** The available frames, counted since the beginning. */
interface Frames {
  /** The first frame that decoding can begin with; undefined if there is none. */
  first(): number | undefined;
  end(): number;
  frame(index: number): Frame | undefined;
}

/** The stream to one viewer. */
class RecordedStream extends VideoOutput {
  readonly #seen: Set<RecordedStream>;
  readonly #frames: Frames;
  /** The next frame to send; undefined until there is one to begin with. */
  #next: number | undefined;
  #timestamp = 0;

  /** @param seen - The streams that have a viewer. */
  constructor(seen: Set<RecordedStream>, frames: Frames) {
    super();
    this.#seen = seen;
    this.#frames = frames;
  }

  override onPacket(listener: (packet: RtpPacket) => void): Unsubscribe {
    const unsubscribe = super.onPacket(listener);
    this.#seen.add(this);
    return () => {
      unsubscribe();
      this.#seen.delete(this);
    };
  }

  /** Starts again at the key frame, unless frames are still being sent. */
  override requestKeyFrame(): void {
    if (this.#next === undefined || this.#next >= this.#frames.end())
      this.#next = this.#frames.first() ?? this.#next;
  }

  /** Sends what is due. */
  advance(now: number): void {
    const [first, end] = [this.#frames.first(), this.#frames.end()];
    // Frames that are gone are skipped; without a frame to begin with, the stream waits.
    if (first !== undefined && (this.#next === undefined || this.#next < first)) this.#next = first;
    let next = this.#next;
    if (next === undefined) return;
    const behind = end - next > 1;
    for (let frames = 0, bytes = 0; next < end && frames < BURST.frames && bytes < BURST.bytes; frames += 1) {
      const frame = this.#frames.frame(next);
      if (!frame) break;
      this.#timestamp = Math.max(this.#timestamp + LEAST, Math.round((behind ? now : frame.time) * TICKS));
      this.send(frame.data, this.#timestamp);
      bytes += frame.data.length;
      next += 1;
    }
    this.#next = next;
  }
}
