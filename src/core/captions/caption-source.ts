import type {Party} from '../types.js';

/** A side of a call: this one, or the other one. */
export type CaptionSide = 'local' | 'remote';

/** What a recognizer has understood. */
export interface CaptionText {
  /** Plain text. An empty one takes back what was not final yet. */
  readonly text: string;
  /** Whether the text stays; otherwise the next one replaces it. False by default. */
  readonly final?: boolean | undefined;
  /**
   * When it was said, in milliseconds since the call was answered, as the `time` of the sound. Without them, from the first
   * text about it until now.
   */
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  /** The language as a BCP 47 tag: `en`, `zh-CN`. */
  readonly language?: string | undefined;
  /** Who said it, if the recognizer knows; the name of the side by default. */
  readonly speaker?: string | undefined;
}

/** What was understood, as the call reports it. */
export interface Caption {
  /** The same for all texts about the same words. */
  readonly id: number;
  readonly side: CaptionSide;
  /** Plain text, never markup; empty if the recognizer took it back. */
  readonly text: string;
  readonly final: boolean;
  /** In milliseconds since the call was answered. */
  readonly start: number;
  readonly end: number;
  readonly language: string | undefined;
  readonly speaker: string | undefined;
}

/** A call, for a page that decides which are captioned. */
export interface CaptionCall {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: Party;
}

/** The sound of one side, for its recognizer. */
export interface CaptionSound {
  readonly side: CaptionSide;
  readonly call: CaptionCall;
  /** Samples a second. */
  readonly sampleRate: 16_000;
  /**
   * Shows what was understood. Ignored once the captions have ended.
   *
   * @throws {SipError} `bad-parameter` if the text is no text.
   */
  caption(text: CaptionText): void;
}

/** The recognizer of one side. */
export interface CaptionSession {
  /**
   * Gets the next tenth of a second. If a promise is returned, the next one waits for it; ten seconds wait at most, and
   * older sound is dropped.
   *
   * @param samples - 1,600 samples of one channel, −1 to 1. They belong to the recognizer.
   * @param time - When they were heard, in milliseconds since the call was answered. While a side is muted or on hold, no
   * samples come, and the time goes on.
   */
  write(samples: Float32Array<ArrayBuffer>, time: number): unknown;
  /** The sound has ended. Captions are taken until the promise settles, for five seconds at most. */
  stop?(): unknown;
}

/** What is made for a side: nothing if it gets no captions. */
export type CaptionStart = (
  sound: CaptionSound,
) => CaptionSession | undefined | Promise<CaptionSession | undefined>;

/** Recognizes speech: called for each side of a call. */
export type CaptionSource = CaptionStart | {readonly start: CaptionStart};

/** The state of a call's captions. */
export interface CaptionsState {
  /** Whether sound is handed over. */
  readonly active: boolean;
  /** What was said last, in the order in which it began. */
  readonly lines: readonly Caption[];
  /** The sides whose recognizer has failed. */
  readonly failed: readonly CaptionSide[];
}
