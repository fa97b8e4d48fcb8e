import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {within} from '../../scripts/project.mjs';
import {chained, headOf, NO_ROWS} from '../../src/core/journal/journal-chain.js';
import {journalJson} from '../../src/core/journal/journal-file.js';
import type {JournalRow} from '../../src/core/journal/journal-row.js';

describe('the program that checks a journal', () => {
  let folder: string;
  let rows: readonly JournalRow[];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sip-elements-journal-'));
    const draft = {
      kind: 'text',
      event: 'received',
      account: '1001@example.com',
      time: 1,
      text: '李雷 “=1+1”',
    } as const;
    rows = await chained(
      [1, 2, 3].map((id) => ({...draft, id: String(id)})),
      NO_ROWS,
    );
  });
  after(() => rm(folder, {recursive: true}));

  /** Runs the program with a file; resolves with its exit code and what it prints. */
  async function check(text: string, ...args: readonly string[]): Promise<readonly [number, string]> {
    const file = join(folder, 'journal.json');
    await writeFile(file, text);
    const program = within('src/journal-program.ts');
    return new Promise((resolve) => {
      const node = execFile(
        process.execPath,
        ['--import', 'tsx', program, 'verify', file, ...args],
        (_, out, error) => resolve([node.exitCode ?? -1, out + error]),
      );
    });
  }
  const file = (of: readonly JournalRow[]): string =>
    journalJson('1001@example.com', of, {head: headOf(of), nameOf: () => 'Known now'});

  it('prints the count and the head of one that is complete and unchanged', async () => {
    const [code, text] = await check(file(rows));
    assert.equal(code, 0);
    assert.equal(text, `Valid: 3 rows.\nHead: ${rows[2]!.hash}\n`);
  });

  it('names the first row that was changed, or is missing', async () => {
    const changed = await check(file(rows).replace('李雷', '韩梅梅'));
    assert.deepEqual(changed, [1, 'Not valid: row 1 was changed.\n']);
    assert.deepEqual(await check(file([rows[0]!, rows[2]!])), [1, 'Not valid: row 2 is missing.\n']);
  });

  it('is not satisfied by a text beside the one that was hashed', async () => {
    const text = file(rows);
    const forged = text.replace('"text":', '"text": "forged", "text":');
    assert.notEqual(forged, text);
    assert.deepEqual(await check(forged), [1, 'Not valid: an object of the file has a field twice.\n']);
    const escaped = file(await chained([{...rows[0]!, text: '"text": "a\\":'}], NO_ROWS));
    assert.equal((await check(escaped))[0], 0);
  });

  it('lets no file write to the terminal what it likes', async () => {
    const [code, text] = await check('\u001b[2J\rValid: 3 rows.\n\u202e\u2028');
    assert.equal(code, 2);
    assert.match(text, /not valid JSON/);
    assert.doesNotMatch(text.trimEnd(), /[\p{C}\p{Zl}\p{Zp}]/u);
  });

  it('shows rows that are missing at the end by the head that was kept elsewhere', async () => {
    const cut = file(rows.slice(0, 2));
    assert.equal((await check(cut))[0], 0);
    const kept = ['--count', '3', '--head', rows[2]!.hash];
    assert.deepEqual(await check(cut, ...kept), [1, 'Not valid: row 3 and all that follow are missing.\n']);
    assert.equal((await check(file(rows), '--count', '2', '--head', rows[1]!.hash))[0], 0);
  });

  it('says that another file is no journal', async () => {
    for (const text of [
      '{}',
      '[]',
      'null',
      'no JSON',
      '{"format":"sip-elements-journal","version":2,"rows":[]}',
    ])
      assert.equal((await check(text))[0], 2);
    const [code, text] = await check(file(rows), '--count', '3');
    assert.equal(code, 2);
    assert.match(text, /^Usage: sip-elements-journal verify/);
  });
});
