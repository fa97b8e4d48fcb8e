import type {SipErrorCode} from '../../errors.js';
import type {SipCall} from '../call/call.js';
import type {CallCause, CallMedia, CallType, Party} from '../types.js';
import {copied} from '../util/shortened.js';

/**
 * The outcome of a call: `missed` not answered here, `taken` answered here, `elsewhere` answered on another device,
 * `refused` declined here; `made` answered by the other side, `unanswered` not answered by it.
 */
export type CallOutcome = 'missed' | 'taken' | 'elsewhere' | 'refused' | 'made' | 'unanswered';

/** One call in the history. Plain data. */
export interface HistoryEntry {
  /** The entry's own id. */
  readonly id: string;
  /** The call's id. */
  readonly sid: string;
  readonly number: string;
  /** Empty if unknown. */
  readonly name: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly outcome: CallOutcome;
  readonly media: CallMedia;
  readonly type: CallType;
  /** When the call began, in milliseconds since the epoch. */
  readonly time: number;
  /** The duration since the answer, in seconds; 0 if the call was not answered. */
  readonly duration: number;
  /** Why the call was not answered, if that says more than the outcome. */
  readonly cause?: SipErrorCode;
  /** Whether the client has answered it itself, as its caller asked (`auto-answer`). */
  readonly autoAnswered?: true;
  /** Whether the call, or a part of it, was recorded; `client.recordings` may have it. */
  readonly recorded?: true;
  /** Whether the user has seen the entry; only missed calls begin unseen. */
  readonly seen: boolean;
}

/** What is known about a call when it is added to the history. */
export interface Noted {
  /**
   * Whether a call of this page has ended, or an earlier page has left it and this one cannot continue it; undefined if it never
   * was a call, because it was refused before it rang.
   */
  readonly ending?: 'here' | 'left' | undefined;
  readonly id: string;
  readonly type: CallType;
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: Party;
  readonly media: CallMedia;
  readonly time: number;
  /** The duration since the answer, in milliseconds; undefined if the call was not answered. */
  readonly spoken?: number | undefined;
  readonly cause?: CallCause | undefined;
  readonly autoAnswered?: boolean | undefined;
  readonly recorded?: boolean | undefined;
}

/** Returns what the history needs of a call that has ended. */
export function notedOf(call: SipCall): Noted {
  const {id, type, direction, remote, media, began: time, duration: spoken, recorded} = call;
  const {cause, autoAnswered} = call.state;
  return {ending: 'here', id, type, direction, remote, media, time, spoken, cause, autoAnswered, recorded};
}

/** Returns the entry of a call that has just ended. */
export function entryOf(noted: Noted, id: string): HistoryEntry {
  const {type, direction, remote, media, time, spoken, autoAnswered, recorded} = noted;
  const outcome = outcomeOf(noted);
  const reason = reasonOf(noted);
  return Object.freeze({
    id,
    sid: copied(noted.id),
    number: copied(remote.number),
    name: copied(remote.name),
    direction,
    outcome,
    media,
    type,
    time,
    duration: Math.round((spoken ?? 0) / 1000),
    ...(reason && {cause: reason}),
    ...(autoAnswered && {autoAnswered}),
    ...(recorded && {recorded}),
    seen: outcome !== 'missed',
  });
}

/** The causes with which this side intentionally ends a ringing call. */
const MEANT: ReadonlySet<string> = new Set(['normal', 'declined', 'busy']);

/** Returns why a call was not answered, if that says more than its outcome. */
function reasonOf({direction, spoken, cause}: Noted): SipErrorCode | undefined {
  const code = cause?.code;
  // A call that the user has skipped is one that they have ended.
  if (spoken !== undefined || !code || code === 'normal' || code === 'aborted') return undefined;
  // What this side did is the outcome already.
  return direction === 'incoming' && (code === 'no-answer' || MEANT.has(code)) ? undefined : code;
}

function outcomeOf({direction, spoken, cause}: Noted): CallOutcome {
  if (direction === 'outgoing') return spoken === undefined ? 'unanswered' : 'made';
  if (spoken !== undefined) return 'taken';
  if (cause?.code === 'answered-elsewhere') return 'elsewhere';
  return cause?.by === 'local' && MEANT.has(cause.code) ? 'refused' : 'missed';
}
