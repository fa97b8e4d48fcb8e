import assert from 'node:assert/strict';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {within} from '../../../scripts/project.mjs';
import {until} from '../../support/in-page/facts.js';
import {audit} from '../../support/page/audit.js';
import {faultsOf, readingTree, writtenTree} from '../../support/desk/reading-tree.js';
import type {Crew} from '../../support/shift/crew.js';
import {part} from '../../support/shift/hand.js';
import {openWorkingDesk} from '../../support/shift/working-desk.js';

/** Where the committed trees are, and where those are written that differ. */
const [EXPECTED, FOLDER] = [within('test/e2e/desk/expected'), within('.cache/trees')];
const WRITES = process.env['TREES_WRITE'] === '1';
const LANGUAGES = {en: 'Queue', 'zh-CN': '呼叫队列'} as const;

describe('a desk at work, as a screen reader reads it', () => {
  let crew: Crew;

  before(async () => (crew = await openWorkingDesk()));
  after(() => crew.close());

  for (const [language, queue] of Object.entries(LANGUAGES))
    it(`can be followed, and is as committed, in ${language}`, async () => {
      const {desk} = crew;
      await desk.evaluate((language) => (document.documentElement.lang = language), language);
      await until(async () => (await desk.$(part.desk(`#region-queue[aria-label="${queue}"]`))) !== null);
      await desk.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
      const name = `working-desk.${language}.txt`;
      const tree = await readingTree(desk);
      const text = writtenTree(tree);
      assert.deepEqual(faultsOf(tree), []);
      if (WRITES) writeFileSync(join(EXPECTED, name), text);
      mkdirSync(FOLDER, {recursive: true});
      writeFileSync(join(FOLDER, name), text);
      const expected = readFileSync(join(EXPECTED, name), 'utf8');
      assert.deepEqual(
        changedLines(expected, text),
        [],
        `Read ${join(FOLDER, name)}; if it is right, run this test with TREES_WRITE=1.`,
      );
    });

  it('is accessible by the rules of axe', async () => {
    assert.deepEqual(await audit(crew.desk), []);
  });
});

/** The first lines that differ: those that are committed, and those that are there now. */
function changedLines(expected: string, text: string): readonly string[] {
  const [before, now] = [expected.split('\n'), text.split('\n')];
  const first = now.findIndex((line, index) => line !== before[index]);
  if (first < 0 && before.length === now.length) return [];
  const at = first < 0 ? now.length : first;
  const shown = (lines: readonly string[], sign: string): readonly string[] =>
    lines.slice(at, at + 5).map((line) => `${sign} ${line}`);
  return [`line ${at + 1}`, ...shown(before, '-'), ...shown(now, '+')];
}
