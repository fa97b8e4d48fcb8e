import type {CallType} from '../types.js';

/** What a row of a journal is about: a kind of call, or something else that happens in a shift. */
export type JournalKind =
  | CallType
  | 'text'
  | 'file'
  | 'photo'
  | 'recording'
  | 'session'
  | 'connection'
  | 'note'
  | 'acknowledgement'
  | 'strangers';

/**
 * What has happened:
 *
 * - a call `began`, was `answered`, is `continued` by another page after a reload, `ended`, or was `refused` before it rang;
 * - a member `joined` or `left` a conference;
 * - a party got the floor of an intercom (`floor`), or no longer has it (`floor-ended`);
 * - a text or a file was `sent` or `received`, or `failed`;
 * - a photo or a recording was `taken`, or `failed`;
 * - the user `signed-in` or `signed-out`, or `returned` with another page in the same shift;
 * - the shift was `handed-over`, or `taken-over` from another user;
 * - the connection to the server was `lost` or `restored`;
 * - a note or an acknowledgement was `written`;
 * - rows that others have caused were `omitted`: strangers and users can call and write as often as they like.
 */
export type JournalEvent =
  | 'began'
  | 'answered'
  | 'continued'
  | 'ended'
  | 'refused'
  | 'joined'
  | 'left'
  | 'floor'
  | 'floor-ended'
  | 'sent'
  | 'received'
  | 'failed'
  | 'taken'
  | 'signed-in'
  | 'signed-out'
  | 'handed-over'
  | 'taken-over'
  | 'returned'
  | 'lost'
  | 'restored'
  | 'written'
  | 'omitted';

/** What a row of a journal says, as far as it applies. Plain data. Treat all texts as plain text, never as markup. */
export interface JournalEntry {
  readonly kind: JournalKind;
  readonly event: JournalEvent;
  /** The id of the call. */
  readonly call?: string;
  readonly direction?: 'incoming' | 'outgoing';
  /** The other side: a caller or callee, a conference, a group. */
  readonly number?: string;
  readonly name?: string;
  /** The member of a conference, who has the floor, or who has acknowledged an SOS. */
  readonly person?: string;
  readonly personName?: string;
  /** In seconds. */
  readonly duration?: number;
  /** How many rows were left out. */
  readonly count?: number;
  /** The code of the reason. */
  readonly cause?: string;
  /** A text, the name of a file, or a note. */
  readonly text?: string;
  /** The id of a recording in `client.recordings`. */
  readonly recording?: string;
  /** The id of the row that a note or an acknowledgement belongs to. */
  readonly of?: string;
}

/** A row that is not in the chain yet. */
export interface JournalDraft extends JournalEntry {
  readonly id: string;
  /** In milliseconds since the epoch. */
  readonly time: number;
  /** `user@domain`: who has written the row. */
  readonly account: string;
}

/** One row of a journal. */
export interface JournalRow extends JournalDraft {
  /** The number of the row in its chain, from 1 on. */
  readonly seq: number;
  /** The hash of the row before; empty in the first one. */
  readonly previous: string;
  /** The SHA-256 of the row without this field, in hexadecimal digits. */
  readonly hash: string;
}

/** The fields of a row, in the order of the columns of a CSV file. */
export const JOURNAL_FIELDS = [
  'seq',
  'time',
  'kind',
  'event',
  'direction',
  'number',
  'name',
  'person',
  'personName',
  'duration',
  'count',
  'cause',
  'text',
  'call',
  'recording',
  'of',
  'id',
  'account',
  'previous',
  'hash',
] as const satisfies readonly (keyof JournalRow)[];

/** The longest text of a field, in UTF-16 code units: the journal has the beginning of a longer one. */
export const LONGEST_TEXT = 2_000;
