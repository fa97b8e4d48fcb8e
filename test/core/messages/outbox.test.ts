import {expect} from '@open-wc/testing';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import type {SipMessage} from '../../../src/core/messages/message.js';
import {MessageStore} from '../../../src/core/messages/message-store.js';
import {SipError} from '../../../src/errors.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const account = (): Partial<SipClientOptions> => ({
  user: '3001',
  domain: `${crypto.randomUUID()}.example`,
  historyStorage: 'local',
});

const asked = (client: StagedClient): string[] =>
  client.asked.filter((each) => each.startsWith('message ')).map((each) => each.slice('message '.length));

const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: unknown) => (error as SipError).code,
  );

/** The states of the messages to a number. */
async function states(client: StagedClient, number = '1002'): Promise<string[]> {
  const {messages} = (await client.messages.open(number)).state;
  return messages.map(({text, state}) => `${text} ${state}`);
}

/** The database of an account. */
const storeOf = ({user, domain}: Partial<SipClientOptions>): Promise<MessageStore> =>
  MessageStore.open({account: `${user!}@${domain!}`, limit: 100});

/** What the database has of a number's messages. */
async function kept(options: Partial<SipClientOptions>, number = '1002'): Promise<string[]> {
  const store = await storeOf(options);
  return (await store.page(number, undefined, 100)).map(({text, state}) => `${text} ${state}`);
}

/** A message that a closed page has left. */
const waiting = (text: string, index = 0): SipMessage => ({
  id: crypto.randomUUID(),
  number: '1002',
  direction: 'outgoing',
  text,
  contentType: 'text/plain',
  time: Date.now() - 180_000 + index * 1_000,
  state: 'waiting',
});

function lose(client: StagedClient): void {
  client.refusal = new SipError('not-connected');
  client.host.setRegistration('unregistered');
  client.host.setConnection('reconnecting');
}

function restore(client: StagedClient): void {
  client.refusal = undefined;
  client.host.setConnection('connected');
  client.host.setRegistration('registered');
}

describe('the outbox', () => {
  it('sends what was written without a connection when it is back, in order, once', async () => {
    const options = account();
    const client = await StagedClient.ready(options);
    lose(client);
    for (const text of ['one', 'two', 'three'])
      expect((await client.sendMessage('1002', text)).state).to.equal('waiting');
    await client.sendMessage('1003', 'other');
    expect(await states(client)).to.deep.equal(['one waiting', 'two waiting', 'three waiting']);
    const before = asked(client).length;
    restore(client);
    await client.sendMessage('1002', 'four');
    expect(
      asked(client)
        .slice(before)
        .filter((each) => each.startsWith('1002')),
    ).to.deep.equal(['1002 one', '1002 two', '1002 three', '1002 four']);
    expect(await states(client)).to.deep.equal(['one sent', 'two sent', 'three sent', 'four sent']);
    expect(asked(client).slice(before)).to.include('1003 other');
    expect(await kept(options)).to.deep.equal(['one sent', 'two sent', 'three sent', 'four sent']);
  });

  it('sends to one number one message at a time, and to others meanwhile', async () => {
    const client = await StagedClient.ready(account());
    let open!: () => void;
    client.gate = new Promise((resolve) => (open = resolve));
    const sending = [client.sendMessage('1002', 'one'), client.sendMessage('1002', 'two')];
    const other = client.sendMessage('1003', 'three');
    await until(() => asked(client).length === 2);
    expect(asked(client).sort()).to.deep.equal(['1002 one', '1003 three']);
    open();
    await Promise.all([...sending, other]);
    expect(asked(client).at(-1)).to.equal('1002 two');
  });

  it('goes on with the next message after a refusal', async () => {
    const client = await StagedClient.ready(account());
    client.failure = new SipError('declined');
    const sending = [client.sendMessage('1002', 'one'), client.sendMessage('1002', 'two')];
    expect(await Promise.all(sending.map(codeOf))).to.deep.equal(['declined', 'done']);
    expect(await states(client)).to.deep.equal(['one failed', 'two sent']);
  });

  it('sends what a closed page has left waiting, before what this one writes', async () => {
    const options = account();
    const store = await storeOf(options);
    const left = ['one', 'two', 'three'].map((text, index) => waiting(text, index));
    await store.add(left, {name: '', unread: false});
    const client = new StagedClient(options);
    expect(await states(client)).to.deep.equal(['one waiting', 'two waiting', 'three waiting']);
    await client.connect();
    await client.register();
    await client.sendMessage('1002', 'four');
    expect(asked(client)).to.deep.equal(['1002 one', '1002 two', '1002 three', '1002 four']);
    expect(await kept(options)).to.deep.equal(['one sent', 'two sent', 'three sent', 'four sent']);
    const next = await StagedClient.ready(options);
    await next.messages.load();
    expect(asked(next)).to.deep.equal([]);
  });

  it('keeps the order of what a page has left that is still closing', async () => {
    const options = account();
    const store = await storeOf(options);
    const left = ['one', 'two', 'three'].map((text, index) => waiting(text, index));
    await store.add(left, {name: '', unread: false});
    let close!: () => void;
    const open = new Promise<void>((resolve) => (close = resolve));
    await new Promise<void>((resolve) => {
      void navigator.locks.request(`sip-elements:message:${left[0]!.id}`, () => (resolve(), open));
    });
    const client = await StagedClient.ready(options);
    await client.messages.load();
    const sending = client.sendMessage('1002', 'four');
    await until(async () => (await states(client)).length === 4);
    expect(asked(client)).to.deep.equal([]);
    close();
    await sending;
    expect(asked(client)).to.deep.equal(['1002 one', '1002 two', '1002 three', '1002 four']);
  });

  it('sends again what may not have arrived, if the other side knows it again', async () => {
    const options = account();
    const client = await StagedClient.ready(options);
    client.failure = new SipError('connection-lost');
    expect((await client.sendMessage('1002', 'hi')).state).to.equal('waiting');
    expect(await kept(options)).to.deep.equal(['hi waiting']);
    client.host.setRegistration('unregistered');
    client.host.setRegistration('registered');
    await until(async () => (await states(client)).join() === 'hi sent');
    expect(asked(client)).to.deep.equal(['1002 hi', '1002 hi']);
  });

  it('does not send as plain text what may have arrived with its id, until the user wants that', async () => {
    const client = await StagedClient.ready(account());
    client.failure = new SipError('connection-lost');
    const {id} = await client.sendMessage('1002', 'hi');
    client.plain = true;
    client.host.setRegistration('unregistered');
    client.host.setRegistration('registered');
    await until(async () => (await states(client)).join() === 'hi failed');
    expect(asked(client)).to.deep.equal(['1002 hi']);
    expect((await client.messages.retry(id)).state).to.equal('sent');
    expect(asked(client)).to.deep.equal(['1002 hi', '1002 hi']);
  });

  it('does not send as plain text what a closed page may have sent with its id', async () => {
    const options = account();
    const store = await storeOf(options);
    const client = await StagedClient.ready(options);
    let lost!: (error: SipError) => void;
    client.gate = new Promise((_, reject) => (lost = reject));
    const sending = codeOf(client.sendMessage('1002', 'hi'));
    await until(() => asked(client).length === 1);
    const left = await store.page('1002', undefined, 1);
    lost(new SipError('declined'));
    await sending;
    // What the page would have left if it had been closed then.
    await store.put(left[0]!);
    const next = new StagedClient(options);
    next.plain = true;
    await next.connect();
    await next.register();
    await until(async () => (await states(next)).join() === 'hi failed');
    expect(asked(next)).to.deep.equal([]);
  });

  it('does not send again as plain text what may have arrived', async () => {
    const options = account();
    const client = await StagedClient.ready(options);
    client.plain = true;
    let lost!: (error: SipError) => void;
    client.gate = new Promise((_, reject) => (lost = reject));
    const sending = codeOf(client.sendMessage('1002', 'hi'));
    await until(() => asked(client).length === 1);
    // A page that ends now has left a message that may have arrived.
    expect(await kept(options)).to.deep.equal(['hi sending']);
    lost(new SipError('connection-lost'));
    expect(await sending).to.equal('connection-lost');
    client.host.setRegistration('unregistered');
    client.host.setRegistration('registered');
    await client.messages.load();
    expect(asked(client)).to.deep.equal(['1002 hi']);
    expect(await states(client)).to.deep.equal(['hi failed']);
  });

  it('gives up what has waited too long', async () => {
    shorten({outbox: 50});
    const client = await StagedClient.ready(account());
    lose(client);
    await client.sendMessage('1002', 'late');
    await until(async () => (await states(client)).join() === 'late failed');
    restore(client);
    await client.sendMessage('1002', 'next');
    expect(asked(client).at(-1)).to.equal('1002 next');
    expect(await states(client)).to.deep.equal(['late failed', 'next sent']);
  });

  it('does not send what was removed while it waited', async () => {
    const client = await StagedClient.ready(account());
    lose(client);
    const {id} = await client.sendMessage('1002', 'wrong');
    await client.sendMessage('1002', 'right');
    await client.messages.remove('1002', id);
    const before = asked(client).length;
    restore(client);
    await until(async () => (await states(client)).join() === 'right sent');
    expect(asked(client).slice(before)).to.deep.equal(['1002 right']);
  });

  it('takes a receipt for the proof that a message has arrived, and does not send it again', async () => {
    const client = await StagedClient.ready(account());
    client.failure = new SipError('connection-lost');
    const {id} = await client.sendMessage('1002', 'hi');
    client.host.receiptReceived({from: '1002', id, kind: 'delivered'});
    await until(async () => (await states(client)).join() === 'hi sent');
    client.host.setRegistration('unregistered');
    client.host.setRegistration('registered');
    await client.sendMessage('1002', 'next');
    expect(asked(client)).to.deep.equal(['1002 hi', '1002 next']);
  });

  it('does not wait for a message that it has taken over from another page', async () => {
    shorten({pageEnd: 60_000});
    const options = account();
    const store = await storeOf(options);
    const left = waiting('one');
    await store.add([left], {name: '', unread: false});
    let close!: () => void;
    const open = new Promise<void>((resolve) => (close = resolve));
    await new Promise<void>((resolve) => {
      void navigator.locks.request(`sip-elements:message:${left.id}`, () => (resolve(), open));
    });
    const client = await StagedClient.ready(options);
    const conversation = await client.messages.open('1002');
    lose(client);
    // The other page reports its message before it closes.
    const other = new BroadcastChannel(`sip-elements:messages:${options.user!}@${options.domain!}`);
    other.postMessage({changed: {...left, delivered: true}});
    await until(() => conversation.state.messages[0]!.delivered === true);
    other.close();
    close();
    expect((await client.sendMessage('1002', 'two')).state).to.equal('waiting');
    const before = asked(client).length;
    restore(client);
    await until(async () => (await states(client)).join() === 'one sent,two sent');
    expect(asked(client).slice(before)).to.deep.equal(['1002 one', '1002 two']);
  });

  describe('in a browser without locks', () => {
    beforeEach(() => Object.defineProperty(navigator, 'locks', {value: undefined, configurable: true}));
    afterEach(() => Reflect.deleteProperty(navigator, 'locks'));

    it('sends what a page has left waiting, with its id alone: that page may be open', async () => {
      const options = account();
      const store = await storeOf(options);
      await store.add([waiting('one')], {name: '', unread: false});
      const client = new StagedClient(options);
      expect(await states(client)).to.deep.equal(['one waiting']);
      await client.connect();
      await client.register();
      await until(async () => (await states(client)).join() === 'one sent');
      expect(asked(client)).to.include('1002 one');
    });

    it('does not send it as plain text', async () => {
      const options = account();
      const store = await storeOf(options);
      await store.add([waiting('one')], {name: '', unread: false});
      const client = new StagedClient(options);
      client.plain = true;
      await client.connect();
      await client.register();
      await until(async () => (await states(client)).join() === 'one failed');
      expect(asked(client)).to.deep.equal([]);
    });
  });
});
