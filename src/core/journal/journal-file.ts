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
  /** The names, as known when it was exported, of numbers that had none yet in a row. They are not in the chain. */
  readonly names: Readonly<Record<string, string>>;
}

/** Returns the name of a number as it is known now; empty if it is not. */
export type NameOf = (number: string) => string;

/** Returns the text of a JSON file. */
export function journalJson(
  account: string,
  rows: readonly JournalRow[],
  {head, nameOf}: {readonly head: JournalHead; readonly nameOf: NameOf},
): string {
  const file: JournalFile = {
    format: 'sip-elements-journal',
    version: 1,
    account,
    exported: new Date().toISOString(),
    count: head.count,
    head: head.hash,
    rows,
    names: Object.fromEntries(
      [...new Set(rows.flatMap(namelessOf))]
        .map((number) => [number, nameOf(number)] as const)
        .filter(([, name]) => name),
    ),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** Returns the numbers of a row that had no name when it was written. */
function namelessOf({number, name, person, personName, people = []}: JournalRow): readonly string[] {
  const parties = [{number, name}, {number: person, name: personName}, ...people];
  return parties.flatMap((party) => (party.number && !party.name ? [party.number] : []));
}

/**
 * Returns the text of a CSV file (RFC 4180), with a byte order mark, by which spreadsheets know UTF-8. Its last columns have
 * the names that rows had, or else those known now.
 */
export function journalCsv(rows: readonly JournalRow[], nameOf: NameOf): string {
  const shown = (number = '', name = ''): string => name || (number && nameOf(number));
  return csvText(
    [...JOURNAL_FIELDS, 'shownName', 'shownPersonName'],
    rows.map(({people, ...row}) => ({
      ...row,
      people: people
        ?.map((person) => personText({...person, name: shown(person.number, person.name)}))
        .join('; '),
      shownName: shown(row.number, row.name),
      shownPersonName: shown(row.person, row.personName),
    })),
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
