#!/usr/bin/env node
/// <reference types="node" />
/** The program that checks an exported journal offline: `npx -p sip-elements sip-elements-journal verify FILE.json`. */
import {readFile} from 'node:fs/promises';
import {parseArgs} from 'node:util';
import {verifyJournal, type JournalHead, type JournalProblem} from './core/journal/journal-chain.js';

const USAGE = `Usage: sip-elements-journal verify FILE.json [--count NUMBER --head HASH]

Checks the hash of each row of a journal that was exported as JSON. With the count and the head of the same or an
earlier time, which were kept elsewhere, it also shows rows that are missing at the end, and a journal that was
written anew. Exits with 0 if the journal is complete and unchanged, with 1 if not, with 2 if it cannot be read.
`;

const PROBLEMS: Readonly<Record<JournalProblem, string>> = {
  changed: 'was changed',
  missing: 'is missing',
  order: 'is in another place',
  truncated: 'and all that follow are missing',
  unreadable: 'cannot be read',
};

/** What a file has. */
interface ReadFile {
  readonly rows: readonly unknown[];
  /** The head that it names itself. */
  readonly own: JournalHead;
  /** Whether an object has a field twice: the last one counts here, and people and other programs may read the first. */
  readonly isTwice: boolean;
}

async function open(path: string): Promise<ReadFile> {
  const text = await readFile(path, 'utf8');
  const file = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
  const {format, version, rows, count, head} = file ?? {};
  if (format !== 'sip-elements-journal' || version !== 1 || !Array.isArray(rows))
    throw new Error('This is no journal of version 1.');
  const isTwice = writtenFields(text) !== fieldsOf(file);
  return {rows, own: {count: Number(count), hash: String(head)}, isTwice};
}

/** How many fields a JSON text has. */
function writtenFields(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) if (colon) count += 1;
  return count;
}

/** How many fields a value has that was read from JSON: of those with one name, one. */
function fieldsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value).reduce((sum: number, each) => sum + fieldsOf(each), 0);
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

async function main(): Promise<number> {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {count: {type: 'string'}, head: {type: 'string'}},
  });
  const [command, path] = positionals;
  const {count, head} = values;
  if (command !== 'verify' || !path || (count === undefined) !== (head === undefined)) {
    process.stderr.write(USAGE);
    return 2;
  }
  const {rows, own, isTwice} = await open(path);
  const known = count === undefined ? [] : [{count: Number(count), hash: head!.toLowerCase()}];
  let computed = own;
  for (const expected of [own, ...known]) {
    const {valid, problem, row, head: read} = await verifyJournal(rows, expected);
    computed = read;
    if (valid) continue;
    process.stdout.write(`Not valid: row ${String(row)} ${PROBLEMS[problem!]}.\n`);
    return 1;
  }
  // What the file says of itself may be anything.
  if (own.count !== computed.count || own.hash !== computed.hash) {
    process.stdout.write('Not valid: the count or the head of the file is not that of its rows.\n');
    return 1;
  }
  if (isTwice) {
    process.stdout.write('Not valid: an object of the file has a field twice.\n');
    return 1;
  }
  process.stdout.write(`Valid: ${computed.count} rows.\nHead: ${computed.hash}\n`);
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  // It quotes the file, which could write a verdict of its own to the terminal.
  process.stderr.write(`${reason.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')}\n`);
  return 2;
});
