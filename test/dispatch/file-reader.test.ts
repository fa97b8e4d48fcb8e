import {expect} from '@open-wc/testing';
import {readFile} from '../../src/dispatch/file-reader.js';

describe('readFile', () => {
  it('takes the name, which anyone who uploads can choose, as one line that changes nothing around it', () => {
    const names = ['a\u202egpm.3pm', 'a\nb', '\u3164', 'x'.repeat(100_000), ['a'], {}];
    const read = names.map((name) => readFile({FileID: 'id', name})!.name);
    expect(read).to.deep.equal(['a gpm.3pm', 'a b', 'id', 'x'.repeat(200), 'id', 'id']);
  });
});
