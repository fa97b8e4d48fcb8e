import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {relative} from 'node:path';
import {describe, it} from 'node:test';
import {within} from '../../scripts/project.mjs';

const page = readFileSync(within('docs/architecture.md'), 'utf8');

describe('docs/architecture.md', () => {
  it('names files and folders that exist', () => {
    const named = [...page.matchAll(/`((?:src|server|test|scripts|demo|docs)(?:\/[\w.-]+)*)`/g)].map(
      ([, path]) => path!,
    );
    assert.ok(named.length > 40);
    assert.deepEqual(
      named.filter((path) => !existsSync(within(path))),
      [],
    );
  });

  it('gives a reason for each folder with more than 25 files', () => {
    const counts = new Map<string, number>();
    for (const root of ['src', 'server', 'test'])
      for (const file of readdirSync(within(root), {recursive: true, withFileTypes: true})) {
        const folder = relative(within(''), file.parentPath);
        if (file.isFile()) counts.set(folder, (counts.get(folder) ?? 0) + 1);
      }
    const large = [...counts].filter(([, count]) => count > 25).map(([folder]) => folder);
    const [, reasons = ''] = page.split('## How large a folder may be');
    const named = [...reasons.matchAll(/^- `([^`]+)`:/gm)].map(([, folder]) => folder!);
    assert.deepEqual(named.sort(), large.sort());
  });
});
