import {expect} from '@open-wc/testing';
import {Addresses, readUri} from '../../../src/sip/headers/addresses.js';
import {assertedParty} from '../../../src/sip/headers/identity.js';

const addresses = new Addresses({domain: 'a.example', hosts: new Set(['a.example'])});

/** Reads a request with these values. */
const read = (asserted: string[], older: string[] = [], from = 'sip:1009@a.example') =>
  assertedParty(
    {getHeaders: (name) => (name === 'p-asserted-identity' ? asserted : older)},
    addresses,
    readUri(from),
  );

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
    [
      'an address in the name',
      '"Bob <tel:1>" <sip:777@b.example>',
      {number: '777@b.example', name: 'Bob <tel:1>'},
    ],
    ['a name with a quote that has no end', 'Bob" <tel:1>" <sip:777@b.example>', undefined],
    ['something after the address', 'Bob <tel:1> <sip:777@b.example>', undefined],
    ['a local number', '<tel:777;phone-context=a.example>', {number: '777', name: ''}],
    ['that of another domain', '<tel:777;x=1;Phone-Context=b.example>', {number: '777@b.example', name: ''}],
    ['one without brackets', 'tel:777;phone-context=b.example', {number: '777@b.example', name: ''}],
    ['one of nowhere', '<tel:777;phone-context=b@a.example>', undefined],
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

  it('believes no caller of another domain who names a user of the own one in the header of older servers', () => {
    const names = (host: string) =>
      read([], [`"Bob" <sip:1003@${host}>;party=calling;privacy=off`], 'sip:x@b.example')?.number;
    expect(names('a.example')).to.equal(undefined);
    expect(names('c.example')).to.equal('1003@c.example');
    expect(read(['<sip:1003@a.example>'], [], 'sip:x@b.example')?.number).to.equal('1003');
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
