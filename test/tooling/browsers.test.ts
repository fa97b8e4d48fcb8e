import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {after, before, describe, it} from 'node:test';

const script = fileURLToPath(new URL('../../scripts/browsers.mjs', import.meta.url));

/** Looks for browsers as the command line does, in an environment of its own. */
const find = (
  environment: NodeJS.ProcessEnv,
  ...browsers: readonly string[]
): {status: number | null; stdout: string; stderr: string} =>
  spawnSync(process.execPath, [script, ...browsers], {encoding: 'utf8', env: environment});

describe('the search for browsers', () => {
  let folder: string;
  const program = (name: string): string => join(folder, name);
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sip-elements-'));
    for (const name of ['chromium', 'firefox-esr', 'mine']) writeFileSync(program(name), '', {mode: 0o755});
    writeFileSync(program('no-program'), '', {mode: 0o644});
  });
  after(() => rmSync(folder, {recursive: true}));

  it('takes what the environment names before what is on the PATH', () => {
    const {stdout, status} = find({PATH: folder, CHROME_PATH: program('mine')}, 'chrome');
    assert.deepEqual([stdout, status], [`${program('mine')}\n`, 0]);
  });

  it('finds browsers on the PATH', () => {
    const {stdout, status} = find({PATH: `/nowhere:${folder}`}, 'chrome', 'firefox');
    assert.deepEqual([stdout, status], [`${program('chromium')}\n${program('firefox-esr')}\n`, 0]);
  });

  for (const name of ['no-program', 'missing']) {
    it(`says in one line what is wrong with a path that is ${name}`, () => {
      const {stdout, stderr, status} = find({PATH: folder, CHROME_PATH: program(name)});
      assert.deepEqual(
        [stdout, stderr, status],
        ['', `CHROME_PATH is "${program(name)}", and no program is there.\n`, 1],
      );
    });
  }
});
