import {csvText} from '../journal/journal-file.js';
import type {JournalEntry} from '../journal/journal-row.js';
import type {Handover} from './handover.js';

/** The columns of a CSV file: those of a journal that apply, and how many there are. */
const COLUMNS = ['time', 'kind', 'event', 'direction', 'number', 'name', 'count', 'text'] as const;

type Row = Partial<Readonly<Record<(typeof COLUMNS)[number], string | number | undefined>>> &
  Partial<Pick<JournalEntry, 'kind' | 'event'>>;

/** Returns a handover as a file: `json`, or `csv` for spreadsheets. */
export function handoverFile(handover: Handover, format: 'json' | 'csv'): File {
  const text =
    format === 'json'
      ? `${JSON.stringify({format: 'sip-elements-handover', version: 1, ...handover}, null, 1)}\n`
      : csvText(COLUMNS, rowsOf(handover));
  const day = new Date(handover.time).toISOString().slice(0, 10);
  return new File([text], `handover-${day}.${format}`, {
    type: format === 'csv' ? 'text/csv' : 'application/json',
  });
}

/** What was handed over, in the kinds and events of a journal. */
function rowsOf({from, time, comment, calls, notes, alarms, texts}: Handover): readonly Row[] {
  return [
    {kind: 'session', event: 'handed-over', ...from, time, text: comment},
    ...alarms.map((alarm) => ({kind: 'sos', event: 'began', direction: 'incoming', ...alarm}) as const),
    ...calls.map(
      ({type, phase, ...call}) =>
        ({...call, kind: type, event: phase === 'waiting' ? 'began' : 'answered'}) as const,
    ),
    ...notes.map((note) => ({...note, kind: 'note', event: 'written'}) as const),
    ...texts.map(
      (sender) => ({...sender, kind: 'text', event: 'received', direction: 'incoming', time}) as const,
    ),
  ];
}
