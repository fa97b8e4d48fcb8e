import {expect} from '@open-wc/testing';
import {readFile} from '../../src/dispatch/file-reader.js';

describe('readFile', () => {
  it('takes the name, which anyone who uploads can choose, as one line that changes nothing around it', () => {
    const names = ['a\u202egpm.3pm', 'a\nb', '\u3164', 'x'.repeat(100_000), ['a'], {}];
    const read = names.map((name) => readFile({FileID: 'id', name})!.name);
    expect(read).to.deep.equal(['a gpm.3pm', 'a b', 'id', 'x'.repeat(200), 'id', 'id']);
  });

  it('has an address of the web alone, at the server unless it names another one', () => {
    const urls = ['/uploads/1', 'https://files.example/1', 'javascript:alert(1)', 'http://[', undefined];
    const read = urls.map(
      (url) => readFile({FileID: 'id', url}, 'https://pbx.example:8443/UpFileServlet')!.url,
    );
    expect(read).to.deep.equal([
      'https://pbx.example:8443/uploads/1',
      'https://files.example/1',
      undefined,
      undefined,
      undefined,
    ]);
    expect(readFile({FileID: 'id', url: '/uploads/1'})!.url).to.equal(undefined);
  });

  it('has no time that a calendar does not have', () => {
    const read = [1_700_000_000_000, '1700000000000', 1e300, 0, 'x', undefined].map(
      (time) => readFile({FileID: 'id', time})!.time,
    );
    expect(read).to.deep.equal([
      1_700_000_000_000,
      1_700_000_000_000,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
