import {expect} from '@open-wc/testing';
import {LoggerFactory, Parser, type IncomingRequestMessage} from 'sip.js/lib/core/index.js';
import {replaceGrammar} from '../../../src/sip/headers/grammar.js';
import {SipText} from '../../../src/sip/sharing/sip-text.js';

const HEADERS: Readonly<Record<string, string>> = {
  Via: 'SIP/2.0/WS server.test;branch=z9hG4bKa',
  From: '<sip:bob@wire.test>;tag=f',
  To: '<sip:alice@wire.test>',
  'Call-ID': 'c',
  CSeq: '7 INVITE',
};

/** An INVITE whose headers are changed, with further lines after them. */
const invite = (changes: Readonly<Record<string, string>> = {}, ...more: readonly string[]): string =>
  [
    'INVITE sip:alice@page.invalid SIP/2.0',
    ...Object.entries({...HEADERS, ...changes}).map(([name, value]) => `${name}: ${value}`),
    ...more,
    '',
    '',
  ].join('\r\n');

/** The request as the pages read it. */
function inPage(text: string): IncomingRequestMessage {
  const loggers = new LoggerFactory();
  loggers.builtinEnabled = false;
  return Parser.parseMessage(text, loggers.getLogger('test')) as IncomingRequestMessage;
}

describe('a message that the shared worker and its pages read', () => {
  before(replaceGrammar);

  for (const [what, text] of [
    ['a usual one', invite()],
    ['a line that continues another by a space', invite({From: '<sip:bob@wire.test>\r\n ;tag=f'})],
    ...['\t', '\v', '\f', '\u00a0', '\ufeff', '\u2028'].map(
      (blank) =>
        [
          `a line that begins with U+${blank.charCodeAt(0).toString(16)}`,
          invite({}, 'Subject: lunch', `${blank}Route: <sip:other.test;lr>`),
        ] as const,
    ),
    ['a tag in the name', invite({To: '"a;tag=b" <sip:alice@wire.test>'})],
    ['a tag in the address', invite({To: '<sip:alice@wire.test;tag=b>'})],
    ['two tags', invite({To: '<sip:alice@wire.test>;tag=a;tag=b'})],
    ['another address in the name', invite({From: '"<sip:api@evil.test>" <sip:bob@wire.test>;tag=f'})],
    ['an address without brackets', invite({From: 'sip:bob@wire.test;tag=f'})],
    ['a branch in a parameter', invite({Via: 'SIP/2.0/WS server.test;x=";branch=no";branch=z9hG4bKa'})],
    ['two values of Via', invite({Via: 'SIP/2.0/WS server.test, SIP/2.0/WS other.test;branch=z9hG4bKb'})],
    ['an IPv6 host in Via', invite({Via: 'SIP/2.0/WS [2001:db8::1]:5060;branch=z9hG4bKa'})],
    ['compact names', invite().replace('Via', 'v').replace('From', 'F').replace('Call-ID', 'i')],
    ['a line without a colon', invite({}, 'Via')],
  ] as const)
    it(`is the same for both: ${what}`, () => {
      const page = inPage(text);
      const worker = new SipText(text);
      expect({
        method: worker.method,
        sequence: worker.sequence,
        target: worker.target,
        sender: worker.sender,
        senderHost: worker.senderHost,
        sentBy: worker.sentBy,
        branch: worker.branch,
        inDialog: worker.inDialog,
        routes: worker.lines('route').length,
      }).to.deep.equal({
        method: page.method,
        sequence: page.cseq,
        target: page.ruri!.user,
        sender: page.from.uri.user,
        senderHost: page.from.uri.host,
        sentBy: page.via.host,
        branch: page.viaBranch ?? '',
        inDialog: Boolean(page.toTag),
        routes: page.getHeaders('route').length,
      });
    });

  it('has the long names of its headers in both', () => {
    const text = invite({}, 'k: timer', 'x: 90', 'e: gzip', 'b: <sip:carol@wire.test>');
    for (const name of ['supported', 'session-expires', 'content-encoding', 'referred-by'])
      expect(inPage(text).getHeaders(name)).to.deep.equal([new SipText(text).header(name)]);
  });

  it('has no header of a name that every object has', () =>
    expect(new SipText(invite({}, 'constructor: x')).header('constructor')).to.equal('x'));
});

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
    ['in a parameter of another', ['From: sip:x@evil.test;z=<sip:api@own.test>;tag=1'], '@'],
    ['after a bare one', ['From: sip:x@evil.test <sip:api@own.test>'], '@'],
    ['after the question mark of another', ['From: sip:x@evil.test?<sip:api@own.test>'], '@'],
    ['after one of another scheme', ['From: tel:1;<sip:api@own.test>'], '@'],
    ['in quotes without brackets', ['From: "sip:api@own.test"'], '@'],
    ['of two headers', ['From: <sip:api@own.test>', 'f: <sip:x@evil.test>'], '@'],
    ['of none', [], '@'],
  ] as const)
    it(`is read ${what}`, () => expect(senderOf(...headers)).to.equal(sender));

  // If each quotation mark were looked at again and again, this would take minutes.
  it('is read at once if a text in quotes never ends', () => {
    const from = `From: <sip:x@evil.test>;a=${'\\"'.repeat(30_000)}`;
    for (let count = 0; count < 100; count += 1) expect(senderOf(from)).to.equal('x@evil.test');
  });
});
