import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {filledIn} from '../../src/standard/dial-pattern.js';
import {readUri} from '../../src/sip/headers/addresses.js';

const PATTERN = 'sip:*33{number}@{host}';

describe('filledIn', () => {
  for (const [number, host, address] of [
    ['1002', 'sip.test', 'sip:*331002@sip.test'],
    ['+861002', 'sip.test', 'sip:*33+861002@sip.test'],
    ['#31', 'sip.test', 'sip:*33%2331@sip.test'],
    ['a@evil.test', 'sip.test', 'sip:*33a%40evil.test@sip.test'],
    ['1;transport=udp', 'sip.test', 'sip:*331%3Btransport%3Dudp@sip.test'],
    ['1?Route=x', 'sip.test', 'sip:*331%3FRoute%3Dx@sip.test'],
    ['a:b', 'sip.test', 'sip:*33a%3Ab@sip.test'],
    ['a%41', 'sip.test', 'sip:*33a%2541@sip.test'],
    ['{host}', 'sip.test', 'sip:*33%7Bhost%7D@sip.test'],
    ['$&', 'sip.test', 'sip:*33%24%26@sip.test'],
    ['\ud800', 'sip.test', 'sip:*33%EF%BF%BD@sip.test'],
    ['1002', '2001:db8::1', 'sip:*331002@[2001:db8::1]'],
    ['1002', '[2001:db8::1]', 'sip:*331002@[2001:db8::1]'],
  ] as const)
    it(`makes ${address} of ${JSON.stringify(number)}`, () =>
      expect(filledIn(PATTERN, {host, number})).to.equal(address));

  it('fills in a file beside the number', () =>
    expect(
      filledIn('sip:*88{file}*{number}@{host};x={number}', {host: 'a', number: '7', file: 'a/b c'}),
    ).to.equal('sip:*88a%2Fb%20c*7@a;x=7'));

  it('keeps any text in the user part, and nothing else of it', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme', minLength: 1, maxLength: 20}), (number) => {
        const uri = readUri(filledIn(PATTERN, {host: 'sip.test', number}));
        const [, written] = /^sip:([^@:;]+)@sip\.test$/.exec(uri.toString())!;
        expect([uri.user, decodeURIComponent(written!)]).to.deep.equal([written, `*33${number}`]);
      }),
    );
  });
});
