import {mediaDurations} from '../../durations/media.js';
import {within} from '../../within.js';
import type {Party} from '../types.js';
import type {Caption} from './caption-source.js';
import type {Captions} from './captions.js';
import {sortedVtt, vttCue, VTT_HEADER} from './web-vtt.js';

/** The longest file, in characters: a day of speech takes less. What follows is not kept. */
const LONGEST_FILE = 2_000_000;

/** A moment at which a recording has begun, was paused or went on. */
export interface RecordingTurn {
  /** In milliseconds since the call was answered. */
  readonly time: number;
  /** In the recording, in milliseconds. */
  readonly place: number;
  readonly paused: boolean;
}

/** What the captions of a recording are made of. */
export interface RecordedCaptionsOptions {
  readonly call: EventTarget & {readonly remote: Party; readonly captioned: Captions | undefined};
  /** The recording's turns, those to come as well; the first one is its beginning. */
  readonly turns: readonly RecordingTurn[];
  /** Writes what follows in the file. */
  readonly write: (text: string) => Promise<unknown>;
}

/**
 * The captions of a recording, at their places in it. What was said while it was paused, even in part, is not kept.
 */
export class RecordedCaptions {
  readonly #options: RecordedCaptionsOptions;
  /** What is not final yet, by its id. */
  readonly #open = new Map<number, Caption>();
  #text = '';
  /** The part of the text that the file does not have yet. */
  #unwritten = '';
  #writing: Promise<void> | undefined;

  constructor(options: RecordedCaptionsOptions) {
    this.#options = options;
    const {call} = options;
    for (const caption of call.captioned?.state.lines ?? []) this.#take(caption);
    call.addEventListener('caption', this.#onCaption);
  }

  /**
   * Resolves with the file, in which all that was said has its last text; undefined if nothing was.
   *
   * @param over - Whether the call has ended: recognizers hand in their last texts then.
   */
  async finish(over: boolean): Promise<Blob | undefined> {
    const {call} = this.#options;
    if (over && call.captioned) await within(call.captioned.ended, mediaDurations.captionsEnd);
    call.removeEventListener('caption', this.#onCaption);
    for (const caption of this.#open.values()) this.#add(caption);
    this.#open.clear();
    // A disk that never answers keeps nobody waiting for the recording.
    if (this.#writing) await within(this.#writing, mediaDurations.recordingWrite);
    return this.#text ? new Blob([sortedVtt(VTT_HEADER + this.#text)], {type: 'text/vtt'}) : undefined;
  }

  readonly #onCaption = (event: Event): void => this.#take((event as CustomEvent<Caption>).detail);

  #take(caption: Caption): void {
    const {id, text, final} = caption;
    if (text && !final) this.#open.set(id, caption);
    else this.#open.delete(id);
    if (final) this.#add(caption);
  }

  #add({side, text, start, end, speaker, language}: Caption): void {
    if (!text || !this.#has(start, end)) return;
    const {call} = this.#options;
    const {name, number} = call.remote;
    const cue = vttCue({
      start: this.#placeOf(start) / 1_000,
      end: this.#placeOf(end) / 1_000,
      text,
      speaker: speaker ?? (side === 'local' ? call.captioned?.user : name || number),
      language,
    });
    if (this.#text.length + cue.length > LONGEST_FILE) return;
    this.#unwritten += this.#text ? cue : VTT_HEADER + cue;
    this.#text += cue;
    this.#writing ??= this.#write();
  }

  /** Writes what there is, all that came meanwhile at once: the storage writes the file anew each time. */
  async #write(): Promise<void> {
    while (this.#unwritten) {
      const text = this.#unwritten;
      this.#unwritten = '';
      // A full disk: the page still gets them with the recording.
      await this.#options.write(text).catch(() => {});
    }
    this.#writing = undefined;
  }

  /** Whether something was said in the recording, and in none of its pauses. */
  #has(start: number, end: number): boolean {
    const {turns} = this.#options;
    const paused = turns.some(({paused, time}, index) => {
      const next = turns[index + 1]?.time ?? Infinity;
      return paused && time < end && start < next;
    });
    return !paused && turns[0]!.time < end;
  }

  #placeOf(time: number): number {
    const last = this.#options.turns.findLast((turn) => turn.time <= time);
    if (!last) return 0;
    return last.paused ? last.place : last.place + time - last.time;
  }
}
