import {expect} from '@open-wc/testing';
import {Addresses} from '../../../src/sip/headers/addresses.js';
import {assertedParty} from '../../../src/sip/headers/identity.js';

const addresses = new Addresses({domain: 'a.example', hosts: new Set(['a.example'])});

/** Reads a request with these values. */
const read = (asserted: string[], older: string[] = []) =>
  assertedParty({getHeaders: (name) => (name === 'p-asserted-identity' ? asserted : older)}, addresses);

describe('assertedParty', () => {
  for (const [what, value, expected] of [
    [
      'a name and a number',
      '"Bob, Smith" <sip:1003@a.example;user=phone>',
      {number: '1003', name: 'Bob, Smith'},
    ],
    ['no name', '<sip:1003@a.example>', {number: '1003', name: ''}],
    ['no brackets', 'sip:1003@a.example', {number: '1003', name: ''}],
    ['escapes', '<sip:%231003@a.example>', {number: '#1003', name: ''}],
    ['another domain', '<sip:1003@b.example>', {number: '1003@b.example', name: ''}],
    ['a telephone number', 'Bob <tel:+4930123;phone-context=x>', {number: '+4930123', name: 'Bob'}],
    ['two addresses', '<sip:1003@a.example>, <tel:+4930123>', {number: '1003', name: ''}],
    ['no number', '<sip:a.example>', undefined],
    ['rubbish', '<<"', undefined],
    ['nothing', '', undefined],
  ] as const)
    it(`reads ${what}`, () => {
      expect(read([value])).to.deep.equal(expected);
    });

  it('takes the first that can be read', () => {
    expect(read(['<mailto:bob@a.example>', '<tel:1003>'])?.number).to.equal('1003');
  });

  it('reads what older servers send, unless it is private', () => {
    const older = '"Bob" <sip:1003@a.example>;party=calling;privacy=';
    expect(read([], [`${older}off;screen=yes`])).to.deep.equal({number: '1003', name: 'Bob'});
    expect(read([], [`${older}full`])).to.equal(undefined);
    expect(read(['<sip:1004@a.example>'], [`${older}off`])?.number).to.equal('1004');
  });

  it('does not read what was written to keep it busy', () => {
    const long = `"${String.raw`\"`.repeat(30_000)}" <sip:1003@a.example>`;
    expect(read([long])).to.equal(undefined);
    expect(read([long, '<sip:1004@a.example>'])?.number).to.equal('1004');
  });

  it('reads nothing where nothing is said', () => {
    expect(read([])).to.equal(undefined);
  });
});
