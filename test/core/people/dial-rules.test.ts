import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {resolveOptions} from '../../../src/core/client/options.js';
import {SipError} from '../../../src/errors.js';

const dialed = (dialRules: string, number: string): string =>
  resolveOptions({server: 'ws://wire.test/sip', user: '1001', dialRules}).dial(number);

describe('dial-rules', () => {
  for (const [rules, number, expected] of [
    ['', '+86 138-0013 8000', '+8613800138000'],
    ['+86=>; +=>00', '+86 138-0013 8000', '13800138000'],
    ['+86=>; +=>00', 'tel:+49-30-123456', '004930123456'],
    ['+86=>; +=>00', '1002', '1002'],
    ['+86=>; +=>00', '２８６', '286'],
    // A beginning is replaced at the beginning alone.
    ['00=>+', '001002003', '+1002003'],
    ['00=>+', '1002003', '1002003'],
    // One rule after the other.
    ['+86=>; 1??????????=>91', '+86 138 0013 8000', '913800138000'],
    // Each ? is one digit, and the pattern is the whole number.
    ['1??????????=>91', '13800138000', '913800138000'],
    ['1??????????=>91', '1380013800', '1380013800'],
    ['1??????????=>91', '138001380001', '138001380001'],
    ['1??=>', '1ab', '1ab'],
    ['??=>80', '42', '8042'],
    // Characters in brackets are replaced everywhere; a hyphen is itself.
    ['[._-]=>', 'old_hall.2-a', 'oldhall2a'],
    ['[*]=>#', '*97', '#97'],
    [' +86 => ;;\n+=>00; ', '+861', '1'],
  ] as const)
    it(`${JSON.stringify(rules)} makes ${expected} of ${number}`, () =>
      expect(dialed(rules, number)).to.equal(expected));

  for (const rules of [
    '+86',
    '+86=',
    '=>0',
    '[]=>',
    '[ =>',
    '+86=>0=>1',
    '?1=>2',
    '1?2=>3',
    '+86=>a b',
    '+86=><b>',
    '(a+)+=>',
    '1=>sip:x@y',
    '1=>%2A',
    'x'.repeat(4_000),
  ])
    it(`refuses ${JSON.stringify(rules.slice(0, 20))}, and says how rules are written`, () => {
      let error: unknown;
      try {
        dialed(rules, '1002');
      } catch (thrown) {
        error = thrown;
      }
      expect(error).to.be.instanceOf(SipError);
      const {code, subject, expected} = error as SipError;
      expect([code, expected]).to.deep.equal(['bad-parameter', '+86=>; +=>00; [-.]=>']);
      expect(subject)
        .to.match(/^dial-rules “/)
        .and.to.have.length.below(120);
    });

  // A number that was dialed is dialed again: from the history, in a transfer, for a message.
  for (const rules of ['0=>00', '1=>11', '????=>0; ???=>0', '0=>'])
    it(`refuses ${JSON.stringify(rules)}: a number that it has changed would change again`, () =>
      expect(() => dialed(rules, '1002'))
        .to.throw(SipError)
        .with.property('code', 'bad-parameter'));

  it('refuses a number of which the rules leave nothing', () =>
    expect(() => dialed('+86=>', '+86'))
      .to.throw(SipError)
      .with.property('code', 'invalid-number'));

  it('changes no number a second time', () => {
    const rules = '+86=>; +=>00; 1??????????=>91; [*]=>';
    const number = fc.stringMatching(/^\+?[0-9*#]{1,14}$/);
    fc.assert(
      fc.property(number, (text) => {
        let once: string;
        try {
          once = dialed(rules, text);
        } catch {
          return;
        }
        expect(dialed(rules, once)).to.equal(once);
      }),
    );
  });

  it('takes no text of more than a thousand characters, whatever a stranger calls itself', () => {
    const options = {server: 'ws://wire.test/sip', user: '1001', dialRules: '+86=>; [+*]=>; 1???=>91'};
    const {dial} = resolveOptions(options);
    expect(dial(`+${'86'.repeat(499)}`)).to.have.length(996);
    for (const length of [500, 200_000])
      expect(() => dial(`+${'86'.repeat(length)}`))
        .to.throw()
        .with.property('code', 'invalid-number');
  });
});
