import {FRAME_TIME, RecordedPicture, type Playable} from '../media/index.js';
import type {MediaFile} from './media-file.js';
import {ReadAhead} from './read-ahead.js';
import type {PictureFrame} from './reader-messages.js';

/** How many frames are read ahead: a second of audio, and about as much video. */
const AHEAD = {sound: 50, picture: 30};

/** The duration of a frame in seconds. */
const STEP = FRAME_TIME / 1000;

/** The events of a playback. */
export interface PlaybackListener {
  onEnded(): void;
  /** Called if reading fails; `onEnded` follows. */
  onError(error: unknown): void;
}

/** One repetition of a file. */
interface Pass {
  readonly sound: ReadAhead<Int16Array> | undefined;
  readonly picture: ReadAhead<PictureFrame> | undefined;
  /** How many frames of it were played. */
  frames: number;
  /** When the last video frame ends, in seconds. */
  end: number;
}

/** A file that is played to a room, once or several times. */
export class Playback implements Playable {
  readonly picture: RecordedPicture | undefined;
  /** The duration in seconds. */
  readonly duration: number;
  readonly times: number;
  readonly #file: MediaFile;
  readonly #listener: PlaybackListener;
  #pass: Pass;
  #time = 1;
  /** How much was played in all repetitions, in milliseconds. */
  #now = 0;
  #closed = false;
  /** Whether reading failed. */
  #failed = false;

  constructor(file: MediaFile, times: number, listener: PlaybackListener) {
    this.#file = file;
    this.#listener = listener;
    this.times = times;
    this.duration = file.duration;
    this.picture = file.hasPicture ? new RecordedPicture() : undefined;
    this.#pass = this.#begin();
  }

  /** The current repetition, from 1 on. */
  get time(): number {
    return this.#time;
  }

  /** The position within the current repetition, in seconds. */
  get position(): number {
    return this.#pass.frames * STEP;
  }

  /** Returns the audio of the next 20 ms, and sends the video that is due. */
  read(): Int16Array | undefined {
    const pass = this.#pass;
    // Waits for the disk rather than skipping something.
    if (this.#closed || pass.sound?.ready === false || pass.picture?.ready === false) return undefined;
    this.#show(pass);
    const frame = pass.sound?.take();
    pass.frames += 1;
    this.#now += FRAME_TIME;
    if (isOver(pass)) this.#next();
    return frame;
  }

  /** Ends the playback. Idempotent. */
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
