import {expect} from '@open-wc/testing';
import {cleanNumber} from '../../src/core/number.js';

describe('cleanNumber', () => {
  for (const [input, number] of [
    ['1002', '1002'],
    [' 10 02 ', '1002'],
    ['(+49) 30-123 456', '+4930123456'],
    ['tel:+86-10-1234;ext=5', '+86101234'],
    ['sip:1002@example.test;transport=ws', '1002'],
    ['sips:alice@example.test?subject=x', 'alice'],
    ['１００２', '1002'],
    ['*33#', '*33#'],
  ] as const) {
    it(`makes ${number} of ${JSON.stringify(input)}`, () => expect(cleanNumber(input)).to.equal(number));
  }

  for (const input of ['', '   ', '<b>1</b>', 'ab cd', 'tel:']) {
    it(`refuses ${JSON.stringify(input)}`, () => {
      expect(() => cleanNumber(input))
        .to.throw()
        .with.property('code', 'invalid-number');
    });
  }
});
