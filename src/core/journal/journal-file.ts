import type {JournalHead} from './journal-chain.js';
import {JOURNAL_FIELDS, type JournalPerson, type JournalRow} from './journal-row.js';

/** A journal as a JSON file. */
export interface JournalFile {
  readonly format: 'sip-elements-journal';
  readonly version: 1;
  readonly account: string;
  /** When it was exported, in ISO 8601. */
  readonly exported: string;
  /** The number of rows, and the hash of the last one. */
  readonly count: number;
  readonly head: string;
  readonly rows: readonly JournalRow[];
}

/** Returns the text of a JSON file. */
export function journalJson(account: string, rows: readonly JournalRow[], head: JournalHead): string {
  const file: JournalFile = {
    format: 'sip-elements-journal',
    version: 1,
    account,
    exported: new Date().toISOString(),
    count: head.count,
    head: head.hash,
    rows,
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** Returns the text of a CSV file (RFC 4180), with a byte order mark, by which spreadsheets know UTF-8. */
export function journalCsv(rows: readonly JournalRow[]): string {
  return csvText(
    JOURNAL_FIELDS,
    rows.map(({people, ...row}) => ({...row, people: people?.map(personText).join('; ')})),
  );
}

function personText({number, name, result, time}: JournalPerson): string {
  return [name, number, result, time === undefined ? '' : new Date(time).toISOString()]
    .filter(Boolean)
    .join(' ');
}

/** Returns the text of a CSV file with these columns; `time` is in ISO 8601. */
export function csvText<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Partial<Record<Column, string | number | undefined>>>[],
): string {
  const lines = rows.map((row) =>
    columns
      .map((column) => {
        const value = row[column];
        return cell(column === 'time' && value !== undefined ? new Date(value).toISOString() : value);
      })
      .join(','),
  );
  return `\ufeff${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

/** What a spreadsheet would take for a formula, also after what it may take for the end of a cell or a line. */
const FORMULA = /(^|[;\t\r\n])(?= *[=+\-@＝＋－＠])/g;

/** Returns a cell in quotation marks. A text that a spreadsheet would compute gets an apostrophe before it. */
function cell(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  return `"${text.replace(FORMULA, "$1'").replaceAll('"', '""')}"`;
}
