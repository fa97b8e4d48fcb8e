import {expect} from '@open-wc/testing';
import {LONGEST_VALUE, valuesOf} from '../../../src/sip/headers/header-values.js';

describe('the values of a header', () => {
  for (const [header, values] of [
    ['a, b ,c', ['a', 'b', 'c']],
    ['"a, b" <sip:1@a>, c', ['"a, b" <sip:1@a>', 'c']],
    [String.raw`"a \", b", c`, [String.raw`"a \", b"`, 'c']],
    ['<sip:1,2@a>,<sip:3@a>', ['<sip:1,2@a>', '<sip:3@a>']],
    ['"never closed, at all', ['"never closed, at all']],
    [', ,', []],
    ['', []],
  ] as const)
    it(`“${header}” has ${values.length}`, () => {
      expect(valuesOf(header)).to.deep.equal(values);
    });

  it('are not read where they are longer than anybody needs', () => {
    expect(valuesOf(`short, ${'x'.repeat(LONGEST_VALUE + 1)}`)).to.deep.equal(['short']);
  });
});
