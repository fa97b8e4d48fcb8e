import {expect} from '@open-wc/testing';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import {MessageStore} from '../../../src/core/messages/message-store.js';
import type {MessageEnvelope} from '../../../src/core/types.js';
import {SipError} from '../../../src/errors.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const BOTH: MessageEnvelope['asks'] = ['delivered', 'read'];

for (const historyStorage of ['local', 'memory'] as const)
  describe(`receipts, with the history “${historyStorage}”`, () => {
    let options: Partial<SipClientOptions>;
    let client: StagedClient;
    beforeEach(async () => {
      options = {user: '3001', domain: `${crypto.randomUUID()}.example`, historyStorage};
      client = await StagedClient.ready(options);
    });

    const receive = (id: string, {from = '1002', asks = BOTH, text = id} = {}): void =>
      client.receive(text, {from}, {id, asks});
    const receipts = (on = client): string[] => on.asked.filter((each) => each.startsWith('receipt '));
    const unread = (count: number): Promise<void> => until(() => client.messages.state.unread === count);

    it('go to those to whom the user has written: that a message has arrived, and that it is read', async () => {
      await client.sendMessage('1002', 'hi');
      receive('a');
      receive('b');
      await until(() => receipts().length === 2);
      expect(receipts()).to.deep.equal(['receipt 1002 a delivered', 'receipt 1002 b delivered']);
      await unread(2);
      await client.messages.markRead('1002');
      await until(() => receipts().length === 4);
      expect(receipts().slice(2)).to.deep.equal(['receipt 1002 a read', 'receipt 1002 b read']);
      receive('c', {asks: []});
      await unread(1);
      await client.messages.markRead('1002');
      await client.messages.markRead('1002');
      expect(receipts()).to.have.length(4);
    });

    it('do not go to strangers, also not later for what was read before', async () => {
      const conversation = await client.messages.open('1002');
      receive('a');
      await unread(1);
      await client.messages.markRead('1002');
      await until(() => !conversation.state.messages[0]!.due);
      await client.sendMessage('1002', 'who are you?');
      receive('b', {asks: ['delivered']});
      await until(() => receipts().length === 1);
      expect(receipts()).to.deep.equal(['receipt 1002 b delivered']);
    });

    it('that cannot be sent now are sent after the next registration', async () => {
      await client.sendMessage('1002', 'hi');
      client.refusal = new SipError('not-connected');
      receive('a');
      await unread(1);
      await client.messages.markRead('1002');
      await until(() => receipts().at(-1) === 'receipt 1002 a read');
      client.refusal = undefined;
      const before = receipts().length;
      client.host.setRegistration('unregistered');
      client.host.setRegistration('registered');
      await until(() => receipts().length > before);
      expect(receipts().slice(before)).to.deep.equal(['receipt 1002 a read']);
      client.host.setRegistration('unregistered');
      client.host.setRegistration('registered');
      await client.sendMessage('1002', 'later');
      expect(receipts().slice(before)).to.deep.equal(['receipt 1002 a read']);
    });

    it('that are being sent are not sent again by the next registration', async () => {
      await client.sendMessage('1002', 'hi');
      let open!: () => void;
      client.gate = new Promise((resolve) => (open = resolve));
      for (const id of ['a', 'b']) receive(id, {asks: ['delivered']});
      await until(() => receipts().length === 1);
      client.host.setRegistration('unregistered');
      client.host.setRegistration('registered');
      await client.messages.search('a');
      open();
      receive('c', {asks: ['delivered']});
      await until(() => receipts().some((each) => each.includes(' c ')));
      expect(receipts()).to.deep.equal([
        'receipt 1002 a delivered',
        'receipt 1002 b delivered',
        'receipt 1002 c delivered',
      ]);
    });

    it('of a message that was removed are not sent', async () => {
      await client.sendMessage('1002', 'hi');
      client.refusal = new SipError('not-connected');
      receive('a', {asks: ['delivered']});
      await until(() => receipts().length === 1);
      let open!: () => void;
      client.gate = new Promise((resolve) => (open = resolve));
      client.refusal = undefined;
      receive('b', {asks: ['delivered']});
      await until(() => receipts().length === 2);
      client.host.setRegistration('unregistered');
      client.host.setRegistration('registered');
      await client.messages.search('a');
      await client.messages.remove('1002', '1002/a');
      open();
      receive('c', {asks: ['delivered']});
      await until(() => receipts().some((each) => each.includes(' c ')));
      expect(receipts().slice(1)).to.deep.equal(['receipt 1002 b delivered', 'receipt 1002 c delivered']);
    });

    it('that are refused are not tried again', async () => {
      await client.sendMessage('1002', 'hi');
      client.failure = new SipError('number-offline');
      receive('a', {asks: ['delivered']});
      await until(() => receipts().length === 1);
      client.host.setRegistration('unregistered');
      client.host.setRegistration('registered');
      await client.sendMessage('1002', 'later');
      expect(receipts()).to.have.length(1);
    });

    it('say of a message that it has arrived and was read, and nothing falls back', async () => {
      const conversation = await client.messages.open('1002');
      const told: unknown[] = [];
      const {id} = await client.sendMessage('1002', 'hi');
      client.addEventListener('sip-message-state', ({detail: {message}}) => told.push(message));
      const now = (): unknown => {
        const [message] = conversation.state.messages;
        return [message!.state, message!.delivered, message!.read];
      };
      expect(now()).to.deep.equal(['sent', undefined, undefined]);
      client.host.receiptReceived({from: '1002', id, kind: 'delivered'});
      await until(() => conversation.state.messages[0]!.delivered === true);
      client.host.receiptReceived({from: '1002', id, kind: 'read'});
      await until(() => conversation.state.messages[0]!.read === true);
      for (const kind of ['delivered', 'failed', 'read'] as const)
        client.host.receiptReceived({from: '1002', id, kind});
      await client.sendMessage('1002', 'next');
      expect(now()).to.deep.equal(['sent', true, true]);
      // Two for this message, one for the next.
      expect(told).to.have.length(3);
    });

    it('that say that a message could not be delivered make it fail', async () => {
      const {id} = await client.sendMessage('1002', 'hi');
      client.host.receiptReceived({from: '1002', id, kind: 'failed'});
      const conversation = await client.messages.open('1002');
      await until(() => conversation.state.messages[0]!.state === 'failed');
      expect(conversation.state.messages[0]).to.deep.include({error: 'message-refused'});
    });

    it('are dropped if they are for no message, an incoming one, or come from another number', async () => {
      const {id} = await client.sendMessage('1002', 'hi');
      receive('a', {asks: []});
      const conversation = await client.messages.open('1002');
      await until(() => conversation.state.messages.length === 2);
      for (const [from, about] of [
        ['1003', id],
        ['1002', 'unknown'],
        ['1002', '1002/a'],
        ['', id],
      ] as const)
        client.host.receiptReceived({from, id: about, kind: 'read'});
      await client.sendMessage('1002', 'next');
      expect(conversation.state.messages.map(({read}) => read)).to.deep.equal([
        undefined,
        undefined,
        undefined,
      ]);
      expect(client.messages.state.conversations).to.have.length(1);
    });

    it('a second copy of a message is dropped, one of another sender is not', async () => {
      for (const text of ['one', 'one again']) receive('a', {text});
      receive('a', {from: '1003', text: 'other'});
      receive('b', {text: 'two'});
      await unread(3);
      const {messages} = (await client.messages.open('1002')).state;
      expect(messages.map(({text}) => text)).to.deep.equal(['one', 'two']);
    });
  });

describe('receipts that a closed page has left', () => {
  let options: Partial<SipClientOptions>;
  let store: MessageStore;
  beforeEach(async () => {
    options = {user: '3001', domain: `${crypto.randomUUID()}.example`, historyStorage: 'local'};
    store = await MessageStore.open({account: `3001@${options.domain!}`, limit: 10});
  });

  const leave = (number: string, due: 'delivered' | 'read'): Promise<unknown> =>
    store.add(
      [
        {
          id: `${number}/a`,
          number,
          direction: 'incoming',
          text: 'hi',
          contentType: 'text/plain',
          time: Date.now(),
          state: 'received',
          due,
        },
      ],
      {name: '', unread: true},
    );
  /** The receipts that the next page sends. */
  const sent = async (more: Partial<SipClientOptions> = {}): Promise<string[]> => {
    const client = await StagedClient.ready({...options, ...more});
    await until(async () => !(await store.due()).length);
    return client.asked.filter((each) => each.startsWith('receipt '));
  };

  it('do not go to strangers', async () => {
    await leave('1002', 'delivered');
    expect(await sent()).to.deep.equal([]);
  });

  for (const [messageReceipts, expected] of [
    ['all', ['receipt 1002 a read', 'receipt 1003 a delivered']],
    ['delivery', ['receipt 1003 a delivered']],
    ['none', []],
  ] as const)
    it(`are those of the option “${messageReceipts}” of the next one`, async () => {
      const client = await StagedClient.ready(options);
      for (const number of ['1002', '1003']) await client.sendMessage(number, 'hi');
      await leave('1002', 'read');
      await leave('1003', 'delivered');
      expect(await sent({messageReceipts})).to.deep.equal(expected);
    });
});

describe('composing', () => {
  let client: StagedClient;
  beforeEach(async () => {
    client = await StagedClient.ready({historyStorage: 'memory'});
  });
  const said = (): string[] => client.asked.filter((each) => each.startsWith('composing '));

  it('is said once, and again before others forget it; it ends with a pause', async () => {
    shorten({composingIdle: 150, composingRefresh: 50});
    const {messages} = client;
    messages.setComposing('1002');
    await until(() => said().length === 1);
    await until(() => {
      messages.setComposing('1002');
      return said().length === 2;
    });
    await until(() => said().at(-1) === 'composing 1002 idle');
    expect(new Set(said().slice(0, -1))).to.deep.equal(new Set(['composing 1002 active']));
    messages.setComposing('1002');
    await until(() => said().at(-1) === 'composing 1002 active');
    messages.setComposing('1002', false);
    await until(() => said().at(-1) === 'composing 1002 idle');
  });

  it('is not said again with each key, and ends with the message', async () => {
    const {messages} = client;
    for (let key = 0; key < 10; key += 1) messages.setComposing('1002');
    await client.sendMessage('1002', 'hi');
    messages.setComposing('1002', false);
    await client.sendMessage('1002', 'hi again');
    expect(said()).to.deep.equal(['composing 1002 active']);
  });

  it('that is switched off is not said', async () => {
    client = await StagedClient.ready({historyStorage: 'memory', messageComposing: 'off'});
    client.messages.setComposing('1002');
    await client.sendMessage('1002', 'hi');
    expect(said()).to.deep.equal([]);
  });

  it('of others shows in their conversation until it ends, a message comes, or its time is over', async () => {
    shorten({composingExpiry: 50});
    const conversation = await client.messages.open('1002');
    const say = (active: boolean, refresh?: number): void =>
      client.host.composingReceived({from: '1002', active, ...(refresh && {refresh})});
    const is = (composing: boolean): Promise<void> => until(() => conversation.state.composing === composing);
    say(true, 60);
    await is(true);
    say(false);
    await is(false);
    say(true, 60);
    await is(true);
    client.receive('hi');
    await is(false);
    say(true);
    await is(true);
    await is(false);
    say(true, 0.01);
    await is(true);
    await is(false);
    client.host.composingReceived({from: '1003', active: true});
    expect(client.messages.state.conversations.map(({number}) => number)).to.deep.equal(['1002']);
  });
});
