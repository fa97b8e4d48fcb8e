import {FRAME_TIME, RecordedPicture, type Playable} from '../media/index.js';
import type {MediaFile, PictureFrame} from './media-file.js';
import {ReadAhead} from './read-ahead.js';

/** How much is read ahead: a second of sound, and of a picture about as much. */
const AHEAD = {sound: 50, picture: 30};

/** A frame's time in seconds. */
const STEP = FRAME_TIME / 1000;

/** How a playback ends by itself. */
export interface PlaybackListener {
  onEnded(): void;
  /** Told where the file cannot be read on; the end follows. */
  onError(error: unknown): void;
}

/** One time that a file is played. */
interface Pass {
  readonly sound: ReadAhead<Int16Array> | undefined;
  readonly picture: ReadAhead<PictureFrame> | undefined;
  /** How much of it was played, in frames. */
  frames: number;
  /** When the last picture ends, in seconds. */
  end: number;
}

/** A file that is played to a room, once or several times. */
export class Playback implements Playable {
  readonly picture: RecordedPicture | undefined;
  /** In seconds. */
  readonly duration: number;
  readonly times: number;
  readonly #file: MediaFile;
  readonly #listener: PlaybackListener;
  #pass: Pass;
  #time = 1;
  /** How much was played, all times together, in milliseconds. */
  #now = 0;
  #closed = false;
  /** The file cannot be read on. */
  #failed = false;

  constructor(file: MediaFile, times: number, listener: PlaybackListener) {
    this.#file = file;
    this.#listener = listener;
    this.times = times;
    this.duration = file.duration;
    this.picture = file.hasPicture ? new RecordedPicture() : undefined;
    this.#pass = this.#begin();
  }

  /** Which time it is, from 1 on. */
  get time(): number {
    return this.#time;
  }

  /** How far it has come this time, in seconds. */
  get position(): number {
    return this.#pass.frames * STEP;
  }

  /** The sound of the next 20 ms; what is to be seen then goes out as well. */
  read(): Int16Array | undefined {
    const pass = this.#pass;
    // It waits for the disk rather than leaving something out.
    if (this.#closed || pass.sound?.ready === false || pass.picture?.ready === false) return undefined;
    this.#show(pass);
    const frame = pass.sound?.take();
    pass.frames += 1;
    this.#now += FRAME_TIME;
    if (isOver(pass)) this.#next();
    return frame;
  }

  /** Ends it. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closePass(this.#pass);
    this.picture?.close();
    this.#file.close();
  }

  #begin(): Pass {
    const ahead = <T>(source: AsyncIterable<T> | undefined, most: number): ReadAhead<T> | undefined =>
      source &&
      new ReadAhead(source, most, (error) => {
        this.#failed = true;
        this.#listener.onError(error);
      });
    return {
      sound: ahead(this.#file.sound(), AHEAD.sound),
      picture: ahead(this.#file.picture(), AHEAD.picture),
      frames: 0,
      end: 0,
    };
  }

  #show(pass: Pass): void {
    const position = pass.frames * STEP;
    while (pass.picture?.next && pass.picture.next.time <= position) {
      const {data, key, time, duration} = pass.picture.take()!;
      this.picture?.add(data, key, this.#now - (position - time) * 1000);
      pass.end = time + duration;
    }
    this.picture?.send(this.#now);
  }

  #next(): void {
    closePass(this.#pass);
    if (this.#failed || this.#time === this.times) {
      this.close();
      return this.#listener.onEnded();
    }
    this.#time += 1;
    this.#pass = this.#begin();
  }
}

const isOver = ({sound, picture, frames, end}: Pass): boolean =>
  sound?.over !== false && picture?.over !== false && frames * STEP >= end;

function closePass({sound, picture}: Pass): void {
  sound?.close();
  picture?.close();
}
