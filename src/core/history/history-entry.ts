import type {SipErrorCode} from '../../errors.js';
import type {SipCall} from '../call/call.js';
import type {CallCause, CallMedia, CallType, Party} from '../types.js';

/**
 * What became of a call: `missed` nobody here took it, `taken` it was answered here, `elsewhere` it was answered on another
 * device, `refused` it was declined here; `made` it was answered by the other side, `unanswered` it was not.
 */
export type CallOutcome = 'missed' | 'taken' | 'elsewhere' | 'refused' | 'made' | 'unanswered';

/** One call in the history. Plain data. */
export interface HistoryEntry {
  /** The entry's own id. */
  readonly id: string;
  /** The call's id. */
  readonly sid: string;
  readonly number: string;
  /** Empty where none is known. */
  readonly name: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly outcome: CallOutcome;
  readonly media: CallMedia;
  readonly type: CallType;
  /** When it began, in milliseconds since the epoch. */
  readonly time: number;
  /** How long it was spoken, in seconds; 0 where it was not answered. */
  readonly duration: number;
  /** Why it was not answered, where that says more than the outcome. */
  readonly cause?: SipErrorCode;
  /** Whether a person has taken note of it; only missed calls begin without. */
  readonly seen: boolean;
}

/** What is known of a call when it is noted. */
export interface Noted {
  readonly id: string;
  readonly type: CallType;
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: Party;
  readonly media: CallMedia;
  readonly time: number;
  /** How long it was spoken, in milliseconds; undefined if it was not answered. */
  readonly spoken?: number | undefined;
  readonly cause?: CallCause | undefined;
}

/** What is to be noted of a call that is over. */
export function notedOf(call: SipCall, time: number): Noted {
  const {id, type, direction, remote, media} = call;
  return {id, type, direction, remote, media, time, spoken: call.duration, cause: call.state.cause};
}

/** Makes the entry of a call that ended just now. */
export function entryOf(noted: Noted, id: string): HistoryEntry {
  const {type, direction, remote, media, time, spoken, cause} = noted;
  const outcome = outcomeOf(noted);
  const code = spoken === undefined && cause?.code !== 'normal' ? cause?.code : undefined;
  return Object.freeze({
    id,
    sid: noted.id,
    number: remote.number,
    name: remote.name,
    direction,
    outcome,
    media,
    type,
    time,
    duration: Math.round((spoken ?? 0) / 1000),
    ...(code && {cause: code}),
    seen: outcome !== 'missed',
  });
}

/** What this side itself ends a ringing call with, where it means to. */
const MEANT: ReadonlySet<string> = new Set(['normal', 'declined', 'busy']);

function outcomeOf({direction, spoken, cause}: Noted): CallOutcome {
  if (direction === 'outgoing') return spoken === undefined ? 'unanswered' : 'made';
  if (spoken !== undefined) return 'taken';
  if (cause?.code === 'answered-elsewhere') return 'elsewhere';
  return cause?.by === 'local' && MEANT.has(cause.code) ? 'refused' : 'missed';
}
