import {expect} from '@open-wc/testing';
import {SipError} from '../../../src/errors.js';
import {AcceptedTypes} from '../../../src/sip/messaging/accepted-types.js';
import {readComposing, writeComposing} from '../../../src/sip/messaging/composing.js';
import {isMessageId, readCpim, writeCpim} from '../../../src/sip/messaging/cpim.js';
import {readImdn, writeImdn} from '../../../src/sip/messaging/imdn.js';

const ID = 'a1b2c3d4-0000-4000-8000-000000000000';
const lines = (...parts: string[]): string => parts.join('\r\n');

describe('a wrapped message (CPIM)', () => {
  const content = {
    from: 'sip:1001@example.com',
    to: 'sip:1002@example.com',
    id: ID,
    time: Date.UTC(2026, 0, 2, 3, 4, 5),
    asks: ['positive-delivery', 'display'],
    contentType: 'text/plain; charset=utf-8',
    body: '你好\r\n\r\nNS: <x>\r\n',
  };

  it('is read as it is written', () => {
    expect(readCpim(writeCpim(content))).to.deep.equal({
      id: ID,
      date: '2026-01-02T03:04:05.000Z',
      asks: ['positive-delivery', 'display'],
      contentType: 'text/plain; charset=utf-8',
      body: content.body,
    });
  });

  it('has the headers of RFC 5438, in the order of RFC 3862', () => {
    expect(writeCpim({...content, body: 'hi'})).to.equal(
      lines(
        'From: <sip:1001@example.com>',
        'To: <sip:1002@example.com>',
        'DateTime: 2026-01-02T03:04:05.000Z',
        'NS: imdn <urn:ietf:params:imdn>',
        `imdn.Message-ID: ${ID}`,
        'imdn.Disposition-Notification: positive-delivery, display',
        '',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Length: 2',
        '',
        'hi',
      ),
    );
  });

  it('lets no address add a header', () => {
    const written = writeCpim({...content, to: 'sip:1002@x>\r\nimdn.Message-ID: other\r\n\r\n<', body: 'hi'});
    expect(written.match(/Message-ID/g)).to.have.length(2);
    expect(written).to.contain('\r\nTo: <sip:1002@ximdn.Message-ID:other>\r\n');
    expect(readCpim(written)).to.deep.include({id: ID, body: 'hi'});
  });

  it('is read with another prefix, bare line feeds, a cut header, and names in any case', () => {
    const text = [
      'from: Bob <im:bob@example.com>',
      'NS: n <urn:ietf:params:imdn>',
      'n.message-id: x+/=',
      'N.Disposition-Notification: display;a=b , POSITIVE-DELIVERY',
      '',
      'content-type: TEXT/html',
      '',
      '<b>',
    ].join('\n');
    expect(readCpim(text)).to.deep.equal({
      id: 'x+/=',
      date: '',
      asks: ['display', 'positive-delivery'],
      contentType: 'TEXT/html',
      body: '<b>',
    });
  });

  it('may be without headers', () => {
    expect(readCpim('\r\n\r\ntext')).to.deep.include({id: '', contentType: 'text/plain', body: 'text'});
  });

  it('in base64 is decoded', () => {
    const type = ['Content-Type: text/plain', 'Content-Transfer-Encoding: base64'];
    expect(readCpim(lines('From: <im:x>', '', ...type, '', '5L2g5aW9'))?.body).to.equal('你好');
    expect(readCpim(lines('From: <im:x>', '', ...type, '', 'no base64!'))).to.equal(undefined);
    // The bytes are no UTF-8.
    expect(readCpim(lines('From: <im:x>', '', ...type, '', '//79'))).to.equal(undefined);
  });

  for (const [what, text] of [
    ['empty', ''],
    ['without an empty line', 'From: <im:x>\r\nTo: <im:y>'],
    ['without headers of its content', 'From: <im:x>\r\n\r\nhi'],
    ['with a line that is no header', lines('From <im:x>', '', 'Content-Type: text/plain', '', 'hi')],
    [
      'with a name of control characters',
      lines('Fr\u0000om: <im:x>', '', 'Content-Type: text/plain', '', 'hi'),
    ],
    [
      'with too many headers',
      lines(...Array<string>(65).fill('X: y'), '', 'Content-Type: text/plain', '', 'hi'),
    ],
    [
      'with a header that is too long',
      lines(`X: ${'y'.repeat(9_000)}`, '', 'Content-Type: text/plain', '', 'hi'),
    ],
    ['that requires the unknown', lines('Require: Secret.Header', '', 'Content-Type: text/plain', '', 'hi')],
    [
      'in another character set',
      lines('From: <im:x>', '', 'Content-Type: text/plain; charset=gb2312', '', 'hi'),
    ],
    ['in quoted-printable', lines('A: b', '', 'Content-Transfer-Encoding: quoted-printable', '', '=41')],
  ] as const)
    it(`${what} is none`, () => expect(readCpim(text)).to.equal(undefined));

  it('drops an id that would need escaping, and keeps its text', () => {
    for (const id of ['<x>', 'a b', 'a&b', '"', 'x'.repeat(129), '中'])
      expect(
        readCpim(lines('NS: imdn <urn:ietf:params:imdn>', `imdn.Message-ID: ${id}`, '', 'A: b', '', 'hi')),
      ).to.deep.include({id: '', body: 'hi'});
  });

  it('takes linear time', () => {
    const began = performance.now();
    for (const piece of ['\r', '\n\r', ' \t', ': ', ',', 'NS: <', ';charset=', 'Require: a,'])
      readCpim(`From: x\r\n${piece.repeat(200_000)}`);
    expect(performance.now() - began).to.be.below(1_000);
  });
});

describe('a notification about a message (IMDN)', () => {
  it('is read as it is written', () => {
    for (const kind of ['delivered', 'read'] as const)
      expect(readImdn(writeImdn(ID, kind, 0))).to.deep.equal({id: ID, kind});
  });

  const imdn = (inner: string, root = 'imdn xmlns="urn:ietf:params:xml:ns:imdn"'): string =>
    `<${root}><message-id>${ID}</message-id><datetime>2008-04-04T12:16:49-05:00</datetime>${inner}</${root.split(' ')[0]!}>`;

  it('says that a message has failed', () => {
    for (const name of ['delivery-notification'])
      expect(readImdn(imdn(`<${name}><status><failed/></status></${name}>`))?.kind).to.equal('failed');
  });

  it('is read with a prefix, and further elements', () => {
    const text = `<?xml version="1.0"?><i:imdn xmlns:i="urn:ietf:params:xml:ns:imdn" xmlns:e="urn:e"><i:message-id> ${ID}\n</i:message-id><e:x/><i:display-notification><i:status><e:y/><i:displayed/></i:status></i:display-notification></i:imdn>`;
    expect(readImdn(text)).to.deep.equal({id: ID, kind: 'read'});
  });

  for (const [what, text] of [
    ['empty', ''],
    ['broken', '<imdn xmlns="urn:ietf:params:xml:ns:imdn"><message-id>x'],
    [
      'of another namespace',
      imdn('<display-notification><status><displayed/></status></display-notification>', 'imdn xmlns="x"'),
    ],
    ['without a status', imdn('<display-notification/>')],
    ['with an unknown status', imdn('<display-notification><status><seen/></status></display-notification>')],
    [
      'whose display has failed',
      imdn('<display-notification><status><failed/></status></display-notification>'),
    ],
    [
      'about a processed message',
      imdn('<processing-notification><status><processed/></status></processing-notification>'),
    ],
    [
      'with an id that is none',
      imdn('<display-notification><status><displayed/></status></display-notification>').replace(
        ID,
        '&lt;b&gt;',
      ),
    ],
    [
      'with entities',
      `<!DOCTYPE imdn [<!ENTITY a "b">]>${imdn('<display-notification><status><displayed/></status></display-notification>')}`,
    ],
    [
      'too large',
      imdn(
        `<!--${'x'.repeat(9_000)}--><display-notification><status><displayed/></status></display-notification>`,
      ),
    ],
  ] as const)
    it(`${what} is none`, () => expect(readImdn(text)).to.equal(undefined));

  it('has ids of strangers that need no escaping', () => {
    expect(['x', ID, 'a+/=:~', 'a.b@c'].every(isMessageId)).to.equal(true);
    expect(['', '<', '&', '"', ' ', '\r\n', 'x'.repeat(129)].some(isMessageId)).to.equal(false);
  });
});

describe('a composing indication', () => {
  it('is read as it is written', () => {
    expect(readComposing(writeComposing({active: true, refresh: 90}))).to.deep.equal({
      active: true,
      refresh: 90,
    });
    expect(readComposing(writeComposing({active: false}))).to.deep.equal({active: false});
  });

  it('of an unknown state is idle, and its refresh counts if it is a number', () => {
    const of = (state: string, refresh: string): unknown =>
      readComposing(
        `<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"><state>${state}</state><refresh>${refresh}</refresh></isComposing>`,
      );
    expect(of('paused', '60')).to.deep.equal({active: false, refresh: 60});
    for (const refresh of ['-1', '1e9', '', '9999999'])
      expect(of(' active ', refresh)).to.deep.equal({active: true});
  });

  for (const [what, text] of [
    ['empty', ''],
    ['plain text', 'active'],
    ['of another namespace', '<isComposing><state>active</state></isComposing>'],
    ['without a state', '<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"/>'],
    ['too large', writeComposing({active: true}) + ' '.repeat(5_000)],
  ] as const)
    it(`${what} is none`, () => expect(readComposing(text)).to.equal(undefined));
});

describe('the types that a number accepts', () => {
  it('are those it has shown meanwhile, though its own answer fails', async () => {
    let fail!: (error: SipError) => void;
    let asked = 0;
    const types = new AcceptedTypes(() => {
      asked += 1;
      return new Promise((_, reject) => (fail = reject));
    }, 'one@x');
    const first = types.of('1002').catch((error: unknown) => error);
    types.learn('1002', ['text/plain']);
    fail(new SipError('connection-lost'));
    expect(await first).to.include({code: 'connection-lost'});
    expect([...(await types.of('1002'))]).to.deep.equal(['text/plain']);
    expect(asked).to.equal(1);
  });

  it('are those of before for the next page if it gets no answer: its texts keep their ids', async () => {
    const refuses = (): Promise<never> => Promise.reject(new SipError('timeout'));
    const {length} = [...(await new AcceptedTypes(async () => ['message/cpim'], 'two@x').of('1002'))];
    expect(length).to.equal(1);
    expect([...(await new AcceptedTypes(refuses, 'two@x').of('1002'))]).to.deep.equal(['message/cpim']);
    expect([...(await new AcceptedTypes(refuses, 'two@x').of('1003'))]).to.deep.equal([]);
    expect([...(await new AcceptedTypes(refuses, 'three@x').of('1002'))]).to.deep.equal([]);
  });

  it('are not kept if they come once the user has signed out', async () => {
    const key = 'sip-elements.accepted.four@x';
    let answer!: (types: readonly string[]) => void;
    const types = new AcceptedTypes(() => new Promise((resolve) => (answer = resolve)), 'four@x');
    const asked = types.of('1002');
    types.clear();
    answer(['message/cpim']);
    expect([...(await asked)]).to.deep.equal(['message/cpim']);
    types.learn('1003', ['text/plain']);
    await new Promise((resolve) => setTimeout(resolve));
    expect(sessionStorage.getItem(key)).to.equal(null);
    const again = types.of('1002');
    answer(['message/cpim']);
    await again;
    expect(sessionStorage.getItem(key)).to.contain('1002');
  });
});
