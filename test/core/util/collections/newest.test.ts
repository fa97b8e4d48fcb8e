import {expect} from '@open-wc/testing';
import {dropOldest, setNewest} from '../../../../src/core/util/collections/newest.js';

describe('setNewest', () => {
  it('keeps the entries that were set last', () => {
    const map = new Map([
      ['a', 1],
      ['b', 2],
    ]);
    setNewest(map, 'a', 3, 2);
    setNewest(map, 'c', 4, 2);
    expect([...map]).to.deep.equal([
      ['a', 3],
      ['c', 4],
    ]);
  });
});

describe('dropOldest', () => {
  it('removes what was added first, down to the limit', () => {
    const set = new Set(['a', 'b', 'c', 'd']);
    dropOldest(set, 2);
    expect([...set]).to.deep.equal(['c', 'd']);
    dropOldest(set, 2);
    expect([...set]).to.deep.equal(['c', 'd']);
  });
});
