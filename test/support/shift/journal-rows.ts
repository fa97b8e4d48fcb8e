import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {Page} from 'puppeteer-core';

const run = promisify(execFile);

/** The fields of a row that tell what has happened. */
export interface RowFacts {
  readonly seq?: number;
  readonly kind: string;
  readonly event: string;
  readonly call?: string;
  readonly number?: string;
  readonly name?: string;
  readonly person?: string;
  readonly personName?: string;
  readonly cause?: string;
  readonly text?: string;
  readonly of?: string;
  readonly id?: string;
  readonly hash?: string;
  readonly people?: readonly {readonly number: string; readonly result: string}[];
}

/** An exported journal. */
export interface JournalExport {
  readonly count: number;
  readonly head: string;
  readonly rows: readonly RowFacts[];
}

/** Checks an exported journal by the documented program; returns what it prints. */
export async function verified(file: Buffer, known?: Pick<JournalExport, 'count' | 'head'>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sip-elements-journal-'));
  try {
    const path = join(folder, 'journal.json');
    await writeFile(path, file);
    const ends = known ? ['--count', String(known.count), '--head', known.head] : [];
    const {stdout} = await run(process.execPath, ['dist/journal-program.js', 'verify', path, ...ends]);
    return stdout;
  } finally {
    await rm(folder, {recursive: true});
  }
}

/** The journal of the user at the desk as the file that its buttons save, once nothing waits to be written. */
export const journalOf = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const journal = await document.querySelector('sip-client')!.client!.openJournal();
    await journal.written();
    return (await journal.export('json')).text();
  });

/** Reads an exported sheet (RFC 4180, with a byte order mark): the cells of each line by their columns. */
export function sheetOf(file: Buffer): readonly Readonly<Record<string, string>>[] {
  assert.deepEqual([...file.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const lines: string[][] = [];
  let cells: string[] = [];
  const text = file.subarray(3).toString('utf8');
  assert.ok(text.endsWith('\r\n'));
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    cells.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === ',') continue;
    lines.push(cells);
    cells = [];
  }
  const [columns = [], ...others] = lines;
  return others.map((line) => {
    assert.equal(line.length, columns.length, line.join());
    return Object.fromEntries(columns.map((column, index) => [column, line[index]!]));
  });
}

/** Says what a row tells: `conference 1012 joined`, with the number of the person, or else of the other side. */
export function textOf({kind, event, number, person, cause, text}: RowFacts): string {
  // The acknowledgement of an SOS has its author as the person.
  const who = kind === 'acknowledgement' ? `${number} by ${person}` : (person ?? number);
  return [kind, who, event, cause, kind === 'text' || event === 'played' ? `“${text}”` : undefined]
    .filter(Boolean)
    .join(' ');
}

/** Returns whom each roll call has called, and what became of them: `1012 declined`. */
export function rollCallsOf(rows: readonly RowFacts[]): readonly (readonly string[])[] {
  return rows
    .filter(({kind}) => kind === 'roll-call')
    .map(({people = []}) => people.map(({number, result}) => `${number} ${result}`));
}

/** Fails unless these are among the rows, in this order. */
export function hasInOrder(rows: readonly RowFacts[], wanted: readonly (string | RegExp)[]): void {
  const texts = rows.map(textOf);
  let at = 0;
  for (const each of wanted) {
    const found = texts.findIndex(
      (text, index) => index >= at && (typeof each === 'string' ? text === each : each.test(text)),
    );
    assert.ok(found >= 0, `${String(each)} comes after ${texts[at - 1] ?? 'nothing'}:\n${texts.join('\n')}`);
    at = found + 1;
  }
}
