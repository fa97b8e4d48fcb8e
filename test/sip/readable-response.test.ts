import {expect} from '@open-wc/testing';
import {isCrowded} from '../../src/sip/headers/header-values.js';
import {headOf} from '../../src/sip/headers/sip-reader.js';
import {cleanResponse, thinnedResponse} from '../../src/sip/readable-response.js';

describe('a response with thousands of values, which a parser would take long to read', () => {
  const others = Array.from({length: 3_000}, (_, index) => `<sip:${index}@elsewhere.test>;expires=60`);
  const head = [
    'SIP/2.0 200 OK',
    'Via: SIP/2.0/WS me.invalid;branch=z9hG4bKa',
    'v: SIP/2.0/WS other.test;branch=z9hG4bKb',
    'From: <sip:me@wire.test>;tag=a',
    'To: <sip:me@wire.test>;tag=b',
    'Call-ID: c',
    'CSeq: 1 REGISTER',
  ];
  const crowded = (...contacts: readonly string[]): string =>
    [...head, ...contacts.map((contact) => `m: ${contact}`), 'Content-Length: 2', '', 'hi'].join('\r\n');

  it('keeps its Via, the Contact of this side, and all else', () => {
    const text = crowded(others.join(), '<sip:own@me.invalid;transport=ws>;expires=77', ...others);
    expect(isCrowded(headOf(text).headers)).to.equal(true);
    const thinned = thinnedResponse(text, 'own');
    expect(isCrowded(headOf(thinned).headers)).to.equal(false);
    expect(thinned.split('\r\n')).to.have.members([
      ...head.filter((line) => !line.startsWith('v:')),
      ...['Content-Length: 2', 'Contact: <sip:own@me.invalid;transport=ws>;expires=77', '', 'hi'],
    ]);
  });

  it('loses its lines that are no headers, and nothing else', () => {
    const text = [...head, '', 'hi'].join('\r\n');
    const garbled = [
      ...head.slice(0, 3),
      ...Array.from({length: 20_000}, () => 'a'),
      ...head.slice(3),
      '',
      'hi',
    ];
    expect(cleanResponse(garbled.join('\r\n'))).to.equal(text);
  });

  it('is not what a usual one is', () =>
    expect(isCrowded(headOf(crowded('<sip:own@me.invalid>')).headers)).to.equal(false));
});
