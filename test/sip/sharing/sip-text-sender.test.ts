import {expect} from '@open-wc/testing';
import {SipText} from '../../../src/sip/sharing/sip-text.js';

/** The sender of a message with these headers. */
const senderOf = (...headers: string[]): string => {
  const text = new SipText(['MESSAGE sip:me@own.test SIP/2.0', ...headers, '', ''].join('\r\n'));
  return `${text.sender}@${text.senderHost}`;
};

describe('SipText: the sender', () => {
  for (const [what, headers, sender] of [
    ['with a name', ['From: "A <b>" <sip:api@own.test:5060>;tag=1'], 'api@own.test'],
    ['with a name without quotes', ['f: A b <sip:api@own.test;x=1> ;tag=1'], 'api@own.test'],
    ['without brackets', ['From: sip:api@[2001:db8::1];tag=1'], 'api@[2001:db8::1]'],
    [
      'after a line separator in quotes',
      ['From: "\u2028<sip:api@own.test>" <sip:x@evil.test>'],
      'x@evil.test',
    ],
    ['after an escaped one', ['From: "\\\u2028<sip:api@own.test>" <sip:x@evil.test>'], 'x@evil.test'],
    ['after a text in quotes', ['From: x "<sip:api@own.test>" <sip:x@evil.test>'], '@'],
    ['after one in quotes and parameters', ['From: x "<sip:api@own.test>;tag=1;a=" <sip:x@evil.test>'], '@'],
    ['before a comma and another address', ['From: <sip:api@own.test>;a=, <sip:x@evil.test>'], '@'],
    ['after another address', ['From: <sip:api@own.test> <sip:x@evil.test>'], '@'],
    ['that has no end', ['From: <sip:api@own.test'], '@'],
    ['before an address in brackets', ['From: sip:api@own.test;x="<sip:x@evil.test>"'], '@'],
    ['of two headers', ['From: <sip:api@own.test>', 'f: <sip:x@evil.test>'], '@'],
    ['of none', [], '@'],
  ] as const)
    it(`is read ${what}`, () => expect(senderOf(...headers)).to.equal(sender));
});
