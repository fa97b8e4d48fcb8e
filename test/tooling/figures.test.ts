import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {DOCUMENTS, namedByHand, namedSizes, withFigure, wrongSizes} from '../../scripts/figures.mjs';
import {within} from '../../scripts/project.mjs';

const SIZES = [
  {name: 'The phone', size: 48_700, sizeLimit: 49_500},
  {name: 'The file', size: 246_300, sizeLimit: 247_000},
];

const marked = (figure: string, value: string): string =>
  `It has <!-- ${figure} -->${value}<!-- --> (brotli).`;
const TABLE = `<!-- table of sizes -->

| a page loads | brotli, kB | limit |  goal |
| ------------ | ---------: | ----: | ----: |
| The phone    |         49 |  49.5 |    30 |
| The file     |        246 |   247 |       |

<!-- -->`;

const wrongIn = (...texts: readonly string[]): string[] =>
  wrongSizes(new Map(texts.map((text, index) => [`page ${index + 1}`, text])), SIZES);

describe('the sizes in documents', () => {
  it('may be named at marks and in the table, as they were measured', () => {
    assert.deepEqual(
      wrongIn(marked('size of The phone', '49 kB'), marked('limit of The phone', '49.5 kB'), TABLE),
      [],
    );
  });

  it('may have changed by less than a kilobyte since they were written', () => {
    assert.deepEqual(wrongIn(marked('size of The file', '247 kB')), []);
    assert.deepEqual(wrongIn(marked('size of The file', '248 kB')), [
      'page 1: “size of The file” is 248 kB, and in fact 246.3 kB',
    ]);
  });

  it('must be the same in every document', () => {
    assert.deepEqual(wrongIn(TABLE, marked('size of The phone', '48 kB')), [
      'page 2: “size of The phone” is 48 kB, and elsewhere 49 kB',
    ]);
  });

  it('must be the limits that are checked', () => {
    assert.deepEqual(wrongIn(marked('limit of The phone', '49 kB')), [
      'page 1: “limit of The phone” is 49 kB, and in fact 49.5 kB',
    ]);
  });

  it('must belong to something that is measured', () => {
    assert.deepEqual(wrongIn(marked('size of A tablet', '20 kB')), [
      'page 1: nothing is measured as “size of A tablet”',
    ]);
  });

  it('must not be written by hand', () => {
    assert.deepEqual(wrongIn('The phone has 49 kB, unpacked 1.2 MB.'), [
      'page 1: 49 kB is written by hand, without a mark',
      'page 1: 1.2 MB is written by hand, without a mark',
    ]);
  });

  it('are written at each mark', () => {
    const text = marked('size of The phone', '1 kB');
    assert.equal(withFigure(text, 'size of The phone', '49 kB'), marked('size of The phone', '49 kB'));
  });

  it('of versions that were released stay in the changelog as they were', () => {
    const changelog = '## [Unreleased]\n\n- A phone.\n\n## 1.0.0\n\n- A phone of 12 kB.\n';
    assert.deepEqual(namedByHand('CHANGELOG.md', changelog), []);
    assert.deepEqual(namedByHand('CHANGELOG.md', changelog.replace('A phone.', 'A phone of 12 kB.')), [
      '12 kB',
    ]);
  });

  const limits = JSON.parse(readFileSync(within('.size-limit.json'), 'utf8')) as {name: string}[];
  const known = new Set(limits.flatMap(({name}) => [`size of ${name}`, `limit of ${name}`]));

  for (const page of DOCUMENTS)
    it(`have marks of what is measured: ${page}`, () => {
      const text = readFileSync(within(page), 'utf8');
      assert.deepEqual(namedByHand(page, text), []);
      assert.deepEqual(
        namedSizes(text).filter(({figure}) => !known.has(figure)),
        [],
      );
    });
});
