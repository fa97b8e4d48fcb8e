import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {within} from '../../../scripts/project.mjs';
import {codeBlocksOf} from '../../tooling/markdown.js';

/**
 * Returns what a reader of a page of `docs` copies, in its order: its blocks of HTML, JavaScript and JSON.
 *
 * @param count - How many there are: one that is new has to be run, too.
 */
export function examplesOf(page: string, count: number): string[] {
  const blocks = codeBlocksOf(readFileSync(within(`docs/${page}.md`), 'utf8'))
    .map((block) => /^ *```(html|js|ts|json)\n([^]*?)^ *```/m.exec(block)?.[2])
    .filter((code) => code !== undefined);
  assert.equal(blocks.length, count, `docs/${page}.md has ${blocks.length} examples`);
  return blocks;
}

/** Writes the account and the server of the reader into an example; each change has to be one. */
export function adapted(code: string, changes: Readonly<Record<string, string>> = {}): string {
  let text = code.replaceAll(/wss:\/\/[\w.:/-]+/g, '/fswebrtc').replaceAll('password="…"', 'password="1234"');
  for (const [from, to] of Object.entries(changes)) {
    assert.ok(text.includes(from), `“${from}” is in the example`);
    text = text.replaceAll(from, to);
  }
  return text;
}
