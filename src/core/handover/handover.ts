import type {JournalHead} from '../journal/journal-chain.js';
import {plainName} from '../util/plain-name.js';
import {isTime} from '../util/stored.js';
import {shortened} from '../util/shortened.js';
import type {CallType, Party} from '../types.js';

/** A call that had not ended when its user handed over. */
export interface HandedCall extends Party {
  readonly type: CallType;
  readonly direction: 'incoming' | 'outgoing';
  readonly phase: 'waiting' | 'active' | 'held';
  /** When it began, in milliseconds since the epoch. */
  readonly time: number;
}

/** A note of the journal of the shift. */
export interface HandedNote extends Party {
  readonly text: string;
  readonly time: number;
}

/** An SOS that no one has acknowledged. */
export interface HandedAlarm extends Party {
  readonly time: number;
  /** How many SOS calls of the number it stands for. */
  readonly count: number;
}

/** Texts of one sender that the user has not read. */
export interface HandedTexts extends Party {
  readonly count: number;
  /** The newest one, if the page hands over texts. */
  readonly text?: string;
}

/** What one user leaves to the next one at the same desk. Plain data. Treat all texts as plain text, never as markup. */
export interface Handover {
  readonly id: string;
  /** Who has handed over. */
  readonly from: Party;
  /** When, in milliseconds since the epoch. */
  readonly time: number;
  /** When the user had signed in, if the journal has it. */
  readonly since?: number;
  readonly comment: string;
  readonly calls: readonly HandedCall[];
  readonly notes: readonly HandedNote[];
  readonly alarms: readonly HandedAlarm[];
  readonly texts: readonly HandedTexts[];
  /** The end of the journal's chain at that time, if there is a journal. */
  readonly journal?: JournalHead;
}

/** How much is handed over of each: the newest. */
export const MOST_HANDED = 200;

/** The longest comment, note or text, in UTF-16 code units. */
export const LONGEST_COMMENT = 2_000;

const TYPES: Readonly<Record<CallType, true>> = {
  single: true,
  conference: true,
  broadcast: true,
  intercom: true,
  'temporary-intercom': true,
  monitor: true,
  'member-video': true,
  'barge-in': true,
  'listen-in': true,
  urgent: true,
  sos: true,
  other: true,
};

type Fields = Readonly<Record<string, unknown>>;

/** Returns a handover of limited size, with what others wrote as plain text; undefined if it is none. */
export function readHandover(given: unknown): Handover | undefined {
  const {id, from, time, since, comment, calls, notes, alarms, texts, journal} = fieldsOf(given);
  if (typeof id !== 'string' || !isTime(time)) return undefined;
  const {count, hash} = fieldsOf(journal);
  return {
    id: shortened(id, 100),
    from: partyOf(fieldsOf(from)),
    time,
    ...(isTime(since) && {since}),
    comment: textOf(comment),
    calls: listOf(calls, ({type, direction, phase, time: began, ...party}) => ({
      ...partyOf(party),
      type: Object.hasOwn(TYPES, String(type)) ? (type as CallType) : 'other',
      direction: direction === 'outgoing' ? 'outgoing' : 'incoming',
      phase: phase === 'waiting' || phase === 'held' ? phase : 'active',
      time: isTime(began) ? began : time,
    })),
    notes: listOf(notes, ({text, time: written, ...party}) => ({
      ...partyOf(party),
      text: textOf(text),
      time: isTime(written) ? written : time,
    })),
    alarms: listOf(alarms, ({count: calls, time: began, ...party}) => ({
      ...partyOf(party),
      time: isTime(began) ? began : time,
      count: countOf(calls),
    })),
    texts: listOf(texts, ({count: unread, text, ...party}) => ({
      ...partyOf(party),
      count: countOf(unread),
      ...(textOf(text) && {text: textOf(text)}),
    })),
    ...(typeof hash === 'string' && Number.isSafeInteger(count) && {journal: {count: count as number, hash}}),
  };
}

/** Whether there is anything in it that the next user has to know. */
export function isEmpty({comment, calls, notes, alarms, texts}: Handover): boolean {
  return !comment && [calls, notes, alarms, texts].every(({length}) => length === 0);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function listOf<T>(list: unknown, read: (fields: Fields) => T): readonly T[] {
  return Array.isArray(list) ? list.slice(-MOST_HANDED).map((entry) => read(fieldsOf(entry))) : [];
}

function partyOf({number, name}: Fields): Party {
  return {number: plainName(number), name: plainName(name)};
}

function textOf(text: unknown): string {
  return typeof text === 'string' ? shortened(text, LONGEST_COMMENT) : '';
}

function countOf(count: unknown): number {
  return Number.isSafeInteger(count) && (count as number) > 0 ? (count as number) : 1;
}
