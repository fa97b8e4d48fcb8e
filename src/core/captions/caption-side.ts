import {mediaDurations} from '../../durations/media.js';
import {SipError} from '../../errors.js';
import {within} from '../../within.js';
import {plainName} from '../util/plain-name.js';
import type {
  Caption,
  CaptionCall,
  CaptionSession,
  CaptionSide,
  CaptionSound,
  CaptionSource,
  CaptionText,
} from './caption-source.js';

/** The length of what is handed over at once, in milliseconds. */
const CHUNK_MS = 100;

/** How much sound waits for a slow recognizer: ten seconds. */
const MOST_WAITING = 100;

/** By how much the time of the sound may differ from the clock before it is corrected, in milliseconds. */
const MOST_DRIFT = 300;

/** How far back a text without a time begins at most, in milliseconds. */
const LONGEST_UNTIMED = 5_000;

/** The longest text, and the longest name of a speaker, in characters. */
const [LONGEST_TEXT, LONGEST_NAME] = [1_000, 100];

const LANGUAGE = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,7}$/;

/** What a side needs from the captions of its call. */
export interface CaptionSideOptions {
  readonly call: CaptionCall;
  readonly side: CaptionSide;
  readonly source: CaptionSource;
  /** The time since the answer, in milliseconds. */
  readonly time: () => number;
  readonly nextId: () => number;
  readonly onCaption: (caption: Caption) => void;
  /** Called once if the recognizer fails, or there is none; without an error then. */
  readonly onEnd: (error?: unknown) => void;
}

interface Chunk {
  readonly samples: Float32Array<ArrayBuffer>;
  readonly time: number;
}

/** The recognizer of one side of a call: hands it the sound, and takes its texts. */
export class CaptionSideRun {
  readonly #options: CaptionSideOptions;
  readonly #session: Promise<CaptionSession | undefined>;
  #waiting: Chunk[] = [];
  #writing: Promise<void> | undefined;
  /** When the next sound is expected. */
  #next = -Infinity;
  /** What is not final yet. */
  #interim: Caption | undefined;
  /** The end of the last final text. */
  #said = 0;
  #ended = false;
  #closed = false;

  constructor(options: CaptionSideOptions) {
    this.#options = options;
    this.#session = this.#start();
    this.#session.then(
      (session) => session ?? this.#end(),
      (error: unknown) => this.#end(error),
    );
  }

  /** Hands over sound that was just heard. */
  hear(samples: Float32Array<ArrayBuffer>): void {
    if (this.#ended) return;
    const begun = this.#options.time() - CHUNK_MS;
    const time = Math.abs(begun - this.#next) > MOST_DRIFT ? begun : this.#next;
    this.#next = time + CHUNK_MS;
    this.#waiting.push({samples, time: Math.max(0, Math.round(time))});
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    this.#writing ??= this.#write();
  }

  /**
   * Ends the sound, and takes texts about it for a moment; idempotent.
   *
   * @param rest - Whether the recognizer still gets the sound that waits.
   */
  async stop(rest: boolean): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    if (!rest) this.#waiting = [];
    await within(this.#finish(), mediaDurations.captionsEnd).catch(() => {});
    this.#closed = true;
  }

  async #start(): Promise<CaptionSession | undefined> {
    const {call, side, source} = this.#options;
    const sound: CaptionSound = {
      side,
      call,
      sampleRate: 16_000,
      caption: (text) => this.#take(text),
    };
    const session = await (typeof source === 'function' ? source(sound) : source.start(sound));
    if (session && typeof session.write !== 'function')
      throw new SipError('bad-parameter', {subject: 'captions', expected: '{write(samples, time) {…}}'});
    return session ?? undefined;
  }

  async #write(): Promise<void> {
    try {
      const session = await this.#session;
      for (let chunk = this.#waiting.shift(); chunk && !this.#closed; chunk = this.#waiting.shift())
        await session?.write(chunk.samples, chunk.time);
    } catch (error) {
      this.#end(error);
    }
    this.#writing = undefined;
  }

  async #finish(): Promise<void> {
    // One that never takes its sound has to end all the same.
    if (this.#writing) await within(this.#writing, mediaDurations.captionsEnd);
    await (await this.#session)?.stop?.();
  }

  #end(error?: unknown): void {
    if (this.#closed) return;
    const failed = !this.#ended;
    this.#ended = this.#closed = true;
    this.#waiting = [];
    if (failed) {
      // It may have opened something.
      this.#session.then((session) => session?.stop?.()).catch(() => {});
      this.#options.onEnd(error);
    }
  }

  #take({text, final = false, start, end, language, speaker}: CaptionText): void {
    if (this.#closed) return;
    if (typeof text !== 'string')
      throw new SipError('bad-parameter', {subject: 'caption', expected: '{text: "…", final: true}'});
    const {side, nextId, onCaption} = this.#options;
    const before = this.#interim;
    const words = plainName(text, LONGEST_TEXT);
    if (!words && !before) return;
    const now = Math.round(this.#options.time());
    const until = timeIn(end, now) ?? now;
    const untimed = before?.start ?? Math.max(this.#said, final ? until - LONGEST_UNTIMED : until);
    const caption: Caption = Object.freeze({
      id: before?.id ?? nextId(),
      side,
      text: words,
      final: !!final,
      start: Math.min(timeIn(start, now) ?? untimed, until),
      end: until,
      language: typeof language === 'string' && LANGUAGE.test(language) ? language : undefined,
      speaker: plainName(speaker, LONGEST_NAME) || undefined,
    });
    this.#interim = final || !words ? undefined : caption;
    if (final) this.#said = until;
    onCaption(caption);
  }
}

/** Returns a time that a recognizer tells, which cannot be later than now. */
const timeIn = (given: unknown, now: number): number | undefined =>
  typeof given === 'number' && Number.isFinite(given)
    ? Math.round(Math.min(Math.max(given, 0), now))
    : undefined;
