import {ERROR_TEXTS, type SipErrorCode} from '../../errors.js';

/** How far a recording has come. */
export interface RecordingProgress {
  /** In seconds, without its pauses. */
  readonly duration: number;
  /** Whether video was ever shown. */
  readonly pictured: boolean;
}

/** How a recording ended. */
export interface RecordingEnd extends RecordingProgress {
  /** The media type of the written file. */
  readonly type: string;
  /** Why it ended before it was stopped. */
  readonly error?: SipErrorCode | undefined;
}

/** The description of a recording. */
export interface RecordingAbout {
  /** `user@domain`. */
  readonly account: string;
  /** The call's id. */
  readonly call: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: {readonly number: string; readonly name: string};
  /** When it began, in milliseconds since the epoch. */
  readonly time: number;
  /** The requested name, without an extension. */
  readonly name?: string | undefined;
  /** Whether the page's server is to have it (the option `recordingsUpload`): until then, it is not deleted for space. */
  readonly toSend?: boolean | undefined;
}

/** How a stored recording ended. */
export interface KeptEnd extends RecordingEnd {
  /** Whether the page was closed before the recording ended. */
  readonly interrupted?: boolean | undefined;
}

/** What is noted about a recording that has ended. */
export interface RecordingMarks {
  /** What the user calls it. */
  readonly title?: string | undefined;
  /** When it was removed, in milliseconds since the epoch; for a while it can be restored. */
  readonly removed?: number | undefined;
  /** Whether the page's server has it. */
  readonly sent?: boolean | undefined;
  /** What an upload that was interrupted continues with. */
  readonly resumable?: string | undefined;
}

/** A recording in the browser's private files. */
export interface StoredRecording extends Omit<RecordingAbout, 'account'> {
  /** Identifies the recording for fetching and deleting. */
  readonly id: string;
  /** In seconds, without its pauses. */
  readonly duration: number;
  /** In bytes. */
  readonly size: number;
  /** `video/mp4`, `video/webm`, `audio/mp4` or `audio/webm`. */
  readonly type: string;
  /** `recording` while it is made, here or in another page; `interrupted` if the page was closed before it ended. */
  readonly state: 'recording' | 'finished' | 'interrupted';
  /** Why it ended before it was stopped. */
  readonly error?: SipErrorCode | undefined;
  /** What the user calls it. */
  readonly title?: string | undefined;
  /** Whether the page's server has it. */
  readonly sent?: boolean | undefined;
  /** Whether it has captions. */
  readonly captions?: boolean | undefined;
}

type Fields<T> = Readonly<Record<keyof T, unknown>>;

/** Checks the value, since any script of the page can have written it. */
export function isAbout(value: unknown): value is RecordingAbout {
  if (typeof value !== 'object' || value === null) return false;
  const {account, call, direction, remote, time, name, toSend} = value as Fields<RecordingAbout>;
  const {number, name: called} = (remote ?? {}) as Fields<RecordingAbout['remote']>;
  return (
    [account, call, number, called].every((text) => typeof text === 'string') &&
    (name === undefined || typeof name === 'string') &&
    (toSend === undefined || typeof toSend === 'boolean') &&
    (direction === 'incoming' || direction === 'outgoing') &&
    isTime(time)
  );
}

export function isEnd(value: unknown): value is KeptEnd {
  if (typeof value !== 'object' || value === null) return false;
  const {type, duration, error} = value as Fields<KeptEnd>;
  return (
    typeof type === 'string' &&
    /^(audio|video)\/(mp4|webm)$/.test(type) &&
    isTime(duration) &&
    (error === undefined || (typeof error === 'string' && Object.hasOwn(ERROR_TEXTS, error)))
  );
}

/** The maximum length of a title, in characters. */
const MOST_OF_TITLE = 200;

/** Returns the marks that can be read of a value. */
export function marksOf(value: unknown): RecordingMarks {
  const {title, removed, sent, resumable} = (value ?? {}) as Fields<RecordingMarks>;
  return {
    ...(typeof title === 'string' && title && {title: title.slice(0, MOST_OF_TITLE)}),
    ...(isTime(removed) && {removed}),
    ...(sent === true && {sent}),
    ...(typeof resumable === 'string' && resumable.length <= 2_000 && {resumable}),
  };
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 8.64e15;
}
