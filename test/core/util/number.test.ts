import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {cleanNumber, numbersOf} from '../../../src/core/util/number.js';
import {SipError} from '../../../src/errors.js';

describe('cleanNumber', () => {
  for (const [input, number] of [
    ['1002', '1002'],
    [' 10 02 ', '1002'],
    ['(+49) 30-123 456', '+4930123456'],
    ['tel:+86-10-1234;ext=5', '+86101234'],
    ['sip:1002@example.test;transport=ws', '1002@example.test'],
    ['sips:alice@EXAMPLE.test:5061?subject=a@b', 'alice@example.test:5061'],
    ['sip:10-02;phone-context=x@[::1]', '1002@[::1]'],
    // The user of another domain, and not the local 777.
    ['777?x@evil.test?subject=y', '777?x@evil.test'],
    ['777?subject=y', '777'],
    ['1002 @ example.test'.replaceAll(' ', ''), '1002@example.test'],
    ['sip:mail%2A1@example.test', 'mail*1@example.test'],
    // Only a link is escaped.
    ['a%41', 'a%41'],
    ['１００２', '1002'],
    ['١٠٠٢', '1002'],
    ['+۹۸ ۲۱', '+9821'],
    ['\u202a+20 2 4711\u202c', '+2024711'],
    ['*33#', '*33#'],
  ] as const) {
    it(`makes ${number} of ${JSON.stringify(input)}`, () => expect(cleanNumber(input)).to.equal(number));
  }

  for (const input of ['', '   ', '<b>1</b>', 'ab cd', 'tel:', '@b', 'a@', 'a@b c', 'a@<b>']) {
    it(`refuses ${JSON.stringify(input)}`, () => {
      expect(() => cleanNumber(input))
        .to.throw()
        .with.property('code', 'invalid-number');
    });
  }
});

it('cleanNumber leaves out a host of the account', () => {
  const isOwn = (host: string): boolean => host === 'pbx.test';
  expect(cleanNumber('sip:1002@pbx.test:5061', isOwn)).to.equal('1002');
  expect(cleanNumber('1002@evil.test', isOwn)).to.equal('1002@evil.test');
});

describe('cleanNumber, with whatever is pasted', () => {
  it('gives something that can stand in an address, or refuses', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), (input) => {
        try {
          expect(cleanNumber(input)).to.match(/^[^\s@<>"]+(?:@[\w.:[\]-]+)?$/);
        } catch (error) {
          expect(error).to.be.instanceOf(SipError).with.property('code', 'invalid-number');
        }
      }),
    );
  });

  it('changes nothing that is clean', () => {
    const digits = fc.stringMatching(/^\+?[0-9*#]{1,20}$/);
    fc.assert(fc.property(digits, (number) => cleanNumber(number) === number));
  });

  it('is none in a text that is too long to be read: marks that pile up take time by the square', () => {
    const marks = `1${'\u0301'.repeat(25_000)}${'\u0323'.repeat(25_000)}`;
    const since = performance.now();
    expect(() => cleanNumber(`tel:${marks}`))
      .to.throw()
      .with.property('code', 'invalid-number');
    expect(performance.now() - since).to.be.below(200);
    expect(cleanNumber('1'.repeat(1_000))).to.equal('1'.repeat(1_000));
  });

  it('finds the same number behind separators and links', () => {
    const digits = fc.array(fc.stringMatching(/^[0-9]{1,4}$/), {minLength: 1, maxLength: 5});
    const separator = fc.constantFrom(' ', '-', '.', '/', '\u00a0', ' - ');
    const link = fc.constantFrom('', 'tel:', 'TEL:', 'sip:', 'callto:');
    fc.assert(
      fc.property(digits, separator, link, (parts, between, scheme) => {
        expect(cleanNumber(scheme + parts.join(between))).to.equal(parts.join(''));
      }),
    );
  });
});

describe('numbersOf', () => {
  const lists: [string, string[]][] = [
    ['1002,1003;1004', ['1002', '1003', '1004']],
    ['1002 1003\n1002', ['1002', '1003']],
    ['+86 10 1234 5678', ['+861012345678']],
    ['+86 10 1234, 1002 1003', ['+86101234', '1002', '1003']],
    ['+4912 +4913 14', ['+4912', '+491314']],
    ['＋86 10，1003；', ['+8610', '1003']],
    ['١٠٠٢، 1003؛', ['1002', '1003']],
    [' ,, ', []],
  ];
  for (const [text, numbers] of lists)
    it(`finds ${numbers.join(', ') || 'nothing'} in ${JSON.stringify(text)}`, () =>
      expect(numbersOf(text)).to.deep.equal(numbers));
});
