import type {RtpPacket} from 'werift';
import type {Picture} from './picture-source.js';
import type {MediaSource, Unsubscribe} from '../routing.js';
import {VideoOutput} from './video-output.js';

/** How much of what follows a key frame is kept, in frames and in bytes: for those who come later. */
const KEPT = {frames: 900, bytes: 4_000_000};

/** How much goes out at once to one who is behind, in frames and in bytes. */
const BURST = {frames: 12, bytes: 30_000};

/** Ticks of the timestamps between frames that go out at once, and in a millisecond. */
const LEAST = 90;
const TICKS = 90;

interface Frame {
  readonly data: Uint8Array;
  /** When it is shown, in milliseconds. */
  readonly time: number;
}

/**
 * A picture that was encoded before: key frames come when they come. Whoever sees it from the middle on gets what came
 * since the last one, quickly.
 */
export class RecordedPicture implements Picture {
  readonly #streams = new Set<RecordedStream>();
  #group: Frame[] = [];
  #bytes = 0;
  /** How many frames there were before the group. */
  #before = 0;
  /** Whether the group begins with a key frame. */
  #whole = false;
  #live = false;

  get live(): boolean {
    return this.#live;
  }

  /** Takes the next frame. */
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

  /** Sends what is due, 50 times a second. */
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

  /** Ends it. */
  close(): void {
    this.#live = false;
    this.#streams.clear();
    this.#group = [];
  }
}

/** The frames that can be had, counted since the beginning. */
interface Frames {
  /** The one that can be begun with; undefined where there is none. */
  first(): number | undefined;
  end(): number;
  frame(index: number): Frame | undefined;
}

/** What goes to one of those who see it. */
class RecordedStream extends VideoOutput {
  readonly #seen: Set<RecordedStream>;
  readonly #frames: Frames;
  /** The frame that goes out next; undefined until there is one to begin with. */
  #next: number | undefined;
  #timestamp = 0;

  /** @param seen - Those that somebody sees. */
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

  /** Begins anew, unless it is at it. */
  override requestKeyFrame(): void {
    if (this.#next === undefined || this.#next >= this.#frames.end())
      this.#next = this.#frames.first() ?? this.#next;
  }

  /** Sends what is due. */
  advance(now: number): void {
    const [first, end] = [this.#frames.first(), this.#frames.end()];
    // What is over is left out; where it cannot be begun with what is left, it waits.
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
