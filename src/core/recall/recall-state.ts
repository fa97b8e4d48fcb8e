import type {SipErrorCode} from '../../errors.js';
import type {RecordingMode} from '../recordings/recordings.js';
import type {CallType, Party} from '../types.js';
import {isParty} from '../util/is-party.js';

/** What someone has said in a call, conference or talk group. Plain data that can be cloned. */
export interface Utterance {
  readonly id: string;
  /** The id of the call, which may have ended. */
  readonly call: string;
  readonly type: CallType;
  readonly direction: 'incoming' | 'outgoing';
  /** The other side of the call: a caller, a conference or a group. */
  readonly remote: Party;
  /** Who has spoken, if the server reports it: the holder of the floor, or the member who talked. */
  readonly speaker?: Party | undefined;
  /** When it began, in milliseconds since the epoch. */
  readonly time: number;
  /** In seconds; until now while it is running. */
  readonly duration: number;
  /** Whether it is still heard. */
  readonly running: boolean;
  /**
   * Where its recording is, once `keep()` has made one: with all others, or in the memory of this page if `recordingsStorage`
   * or the browser stores none.
   */
  readonly recordingStorage?: RecordingMode | undefined;
}

/** An utterance that is heard again. */
export interface RecallPlayback {
  readonly id: string;
  /** In seconds. */
  readonly position: number;
}

/** A snapshot of the recall. */
export interface RecallState {
  /** Whether what is heard is kept at the moment. */
  readonly active: boolean;
  /** What was heard in the last minutes, the newest first. */
  readonly utterances: readonly Utterance[];
  /** What is heard again at the moment. */
  readonly playing?: RecallPlayback | undefined;
  /** How fast utterances play: 1 as they were said. */
  readonly rate: number;
  /** Why nothing is kept although it is wanted. */
  readonly error?: SipErrorCode | undefined;
}

/** Checks what a page has written, and any other script of the origin can have. */
export function isUtterance(value: Partial<Readonly<Record<keyof Utterance, unknown>>>): boolean {
  const {id, call, type, direction, remote, speaker, time, duration} = value;
  return (
    [id, call, type].every((text) => typeof text === 'string') &&
    (direction === 'incoming' || direction === 'outgoing') &&
    isParty(remote) &&
    (speaker === undefined || isParty(speaker)) &&
    [time, duration].every((number) => typeof number === 'number' && number >= 0 && number <= 8.64e15)
  );
}

/** What a recall has that keeps nothing. */
export const NO_RECALL: Omit<RecallState, 'rate'> = Object.freeze({
  active: false,
  utterances: Object.freeze([]),
  playing: undefined,
  error: undefined,
});
