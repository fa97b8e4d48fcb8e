import {expect, fixture, html} from '@open-wc/testing';
import type {ReceivedMessage} from '../../src/core/types.js';
import {readCpim} from '../../src/sip/messaging/cpim.js';
import {deep, part, shows, textOf} from '../support/in-page/elements.js';
import {WireClient, WireDispatch} from '../support/wire/wire-dispatch.js';

describe('messages of a stranger, on the wire', () => {
  let server: WireDispatch;
  let client: WireClient;
  let count = 0;
  beforeEach(async () => {
    server = new WireDispatch();
    client = new WireClient(server.wire, {user: '1001', historyStorage: 'memory'});
    await client.connect();
    await client.register();
  });
  afterEach(async () => {
    await client.disconnect();
    await server.close();
  });

  /** Sends a MESSAGE with arbitrary text, as a stranger could. */
  const tell = (
    body: string,
    {from = '1002', name = '', type = 'text/plain', headers = [] as string[]} = {},
  ): void => {
    const number = (count += 1);
    server.wire.tell(
      '1001',
      [
        'MESSAGE sip:1001@wire.test SIP/2.0',
        `Via: SIP/2.0/WS wire.test;branch=z9hG4bKstranger${number}`,
        'Max-Forwards: 70',
        `From: "${name}" <sip:${from}@wire.test>;tag=stranger${number}`,
        'To: <sip:1001@wire.test>',
        `Call-ID: stranger${number}@wire.test`,
        `CSeq: ${number} MESSAGE`,
        ...headers,
        `Content-Type: ${type}`,
        `Content-Length: ${new TextEncoder().encode(body).length}`,
        '',
        body,
      ].join('\r\n'),
    );
  };
  const received = async (messages: number): Promise<readonly ReceivedMessage[]> => {
    const told: ReceivedMessage[] = [];
    await new Promise<void>((resolve) =>
      client.addEventListener('sip-message-received', ({detail}) => {
        if (told.push(detail.message) === messages) resolve();
      }),
    );
    return told;
  };

  it('are text, in the bubble, in the list and in the name', async () => {
    const hostile = '<img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script>';
    const both = received(2);
    tell(hostile, {name: '<b>Eve</b>'});
    tell(hostile, {from: '1003', name: '<script>x</script>', type: 'text/html'});
    expect((await both).map(({name}) => name)).to.deep.equal(['<b>Eve</b>', '<script>x</script>']);
    const root = await fixture(
      html`<sip-client .client=${client}>
        <sip-messages with="1002"></sip-messages><sip-messages></sip-messages>
      </sip-client>`,
    );
    const [shown, list] = root.querySelectorAll('sip-messages');
    await shows(shown!, () => !!part(shown!, 'message'));
    await shows(list!, () => !!part(list!, 'conversation'));
    expect(textOf(shown!)).to.contain(hostile).and.to.contain('<b>Eve</b>');
    expect(textOf(list!)).to.contain(hostile).and.to.contain('<script>x</script>');
    for (const element of [shown!, list!])
      expect(deep(element, 'img, script, .line b:not(.name)')).to.have.length(0);
    expect(window).not.to.have.property('hacked');
  });

  it('are dated as the server has kept them, and now where the date says nothing', async () => {
    const all = received(4);
    const hourAgo = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;
    const before = Date.now();
    for (const date of [
      new Date(hourAgo).toUTCString(),
      new Date(Date.now() + 3_600_000).toUTCString(),
      'Thu, 01 Jan 1970 00:00:00 GMT',
      'yesterday',
    ])
      tell('x', {headers: [`Date: ${date}`]});
    const [kept, ...others] = await all;
    expect(kept!.time).to.equal(hourAgo);
    for (const {time} of others) expect(time).to.be.within(before, Date.now());
  });

  it('that are replied to go out, and what the other side says of them is shown', async () => {
    const other = await server.leg('1002');
    const {id, state} = await client.sendMessage('1002', 'hi');
    expect([typeof id, state]).to.deep.equal(['string', 'sent']);
    await other.knows(() => other.messages.length > 0);
    expect(readCpim(other.messages[0]!.body)).to.deep.include({id, body: 'hi'});
    const error = await client.sendMessage('4711', 'x').catch((thrown: unknown) => thrown);
    expect(error).to.deep.include({code: 'unknown-number'});
    const {messages} = (await client.messages.open('4711')).state;
    expect(messages.map(({text, state, error}) => [text, state, error])).to.deep.equal([
      ['x', 'failed', 'unknown-number'],
    ]);
  });

  it('written while the connection was lost go out when it is back', async () => {
    const other = await server.leg('1002');
    server.wire.cut('1001');
    const {id} = await client.sendMessage('1002', 'later');
    await other.knows(() => other.messages.some(({body}) => readCpim(body)?.body === 'later'));
    const conversation = await client.messages.open('1002');
    expect(conversation.state.messages.map((message) => message.id)).to.deep.equal([id]);
    while (conversation.state.messages[0]!.state !== 'sent')
      await new Promise((resolve) => conversation.addEventListener('statechange', resolve, {once: true}));
  });
});
