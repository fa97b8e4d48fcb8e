/** Refuses phrases that readers stumble over, in comments and in documentation: `npm run lint`. */
import {readFileSync, readdirSync} from 'node:fs';
import ts from 'typescript';
import {within} from './project.mjs';

const FOLDERS = ['src', 'server', 'scripts', 'test', 'docs'];
const PAGES = ['README.md', 'CONTRIBUTING.md'];

/** Each phrase, and what to write instead. */
const PHRASES = {
  whoever: 'name the person: the user, the caller, the callee',
  "nobody's": 'name what is missing',
  'who is called': 'the callee',
  "one's own": 'your, or the user’s',
  'is told': 'reports, dispatches, receives',
  'other than before': 'changed',
  'lets itself be': 'supports',
  'and says so': 'and reports it',
  'has to do with': 'name the relation',
};

/** A phrase may go over the end of a line. */
const PATTERN = new RegExp(
  String.raw`\b(?:${Object.keys(PHRASES).join('|').replaceAll("'", "['’]").replaceAll(' ', ' +')})\b`,
  'gi',
);

/** @param {string} text The text without its code: fenced blocks and what stands between backticks. */
const prose = (text) => text.replace(/```[\s\S]*?```|`[^`\n]*`/g, (code) => code.replace(/[^\n]/g, ' '));

/**
 * The comments of a module, at the places where they are.
 *
 * @param {string} text
 */
function commentsOf(text) {
  const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, false);
  /** @type {Map<number, string>} */
  const found = new Map();
  /** @param {ts.Node} node */
  const walk = (node) => {
    for (const range of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])
      found.set(range.pos, text.slice(range.pos, range.end));
    for (const range of ts.getTrailingCommentRanges(text, node.getEnd()) ?? [])
      found.set(range.pos, text.slice(range.pos, range.end));
    // Tokens too: a comment may be the last one in a block.
    for (const child of node.getChildren(source)) walk(child);
  };
  walk(source);
  return [...found];
}

/** @type {string[]} */
const wrong = [];

/**
 * @param {string} file
 * @param {string} text
 * @param {number} offset
 * @param {string} whole
 */
function check(file, text, offset, whole) {
  for (const {0: phrase, index} of prose(text)
    .replace(/\n\s*\*?\s*/g, (gap) => ' '.repeat(gap.length))
    .matchAll(PATTERN)) {
    const line = whole.slice(0, offset + index).split('\n').length;
    const found = phrase.toLowerCase().replace('’', "'").replace(/ +/g, ' ');
    wrong.push(`${file}:${line}: “${found}”: ${PHRASES[/** @type {keyof typeof PHRASES} */ (found)]}`);
  }
}

for (const folder of FOLDERS)
  for (const name of readdirSync(within(folder), {recursive: true, encoding: 'utf8'})) {
    const file = `${folder}/${name}`;
    if (!/\.(ts|mjs|md)$/.test(file) || file === 'scripts/phrases.mjs') continue;
    const text = readFileSync(within(file), 'utf8');
    if (file.endsWith('.md')) check(file, text, 0, text);
    else for (const [at, comment] of commentsOf(text)) check(file, comment, at, text);
  }
for (const page of PAGES) {
  const text = readFileSync(within(page), 'utf8');
  check(page, text, 0, text);
}
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exitCode = 1;
}
