import {expect} from '@open-wc/testing';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import {fileText, type SipMessage} from '../../../src/core/messages/message.js';
import {MessageStore} from '../../../src/core/messages/message-store.js';
import type {Party} from '../../../src/core/types.js';
import {SipError} from '../../../src/errors.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import type {TextDelivery} from '../../../src/core/messages/text-deliveries.js';

const GROUP = {number: '8200', name: 'Patrol'};
const PEOPLE = ['1002', '1003', '1004', '1005', '1006', '1007'].map((number) => ({number, name: ''}));
const FILE = new File(['x'.repeat(1_500)], 'plan.pdf');
const URL = 'https://files.example/1';

let count = 0;

/** What became of a text for each recipient, once there is something. */
const statesOf = (delivery: TextDelivery): string =>
  delivery.state.recipients.map(({state, delivered}) => (delivered ? 'delivered' : state)).join();

describe('a text to several people', () => {
  for (const historyStorage of ['local', 'memory'] as const)
    describe(`with the history “${historyStorage}”`, () => {
      let options: Partial<SipClientOptions>;
      let client: StagedClient;
      const asked = (): readonly string[] => client.asked.filter((each) => each.startsWith('message '));

      beforeEach(async () => {
        options = {user: `40${(count += 1)}`, domain: `${crypto.randomUUID()}.example`, historyStorage};
        client = await StagedClient.ready(options);
      });

      it('is a message in the conversation with each, and one in that with the group', async () => {
        client.delivers = true;
        const delivery = await client.messages.sendToAll([...PEOPLE, PEOPLE[0]!], 'Hello', {group: GROUP});
        await until(() => statesOf(delivery) === PEOPLE.map(() => 'delivered').join());
        expect(asked()).to.have.members(PEOPLE.map(({number}) => `message ${number} Hello`));
        const {state} = await client.messages.open('group:8200');
        const [text] = state.messages;
        expect(state.messages).to.have.length(1);
        expect(state.name).to.equal('Patrol');
        expect(text!.recipients!.map(({number}) => number)).to.deep.equal(PEOPLE.map(({number}) => number));
        const [copy] = (await client.messages.open('1003')).state.messages;
        expect(copy).to.deep.include({
          text: 'Hello',
          state: 'sent',
          copyOf: {number: 'group:8200', id: text!.id},
        });
        expect(await client.messages.delivery(text!)).to.equal(delivery);
        expect((await client.messages.search('hello')).map(({id}) => id)).to.deep.equal([text!.id]);
        expect(client.messages.state.conversations[0]!.number, 'the newest').to.equal('group:8200');
        // The list has no recipients: there may be hundreds.
        const summary = client.messages.state.conversations.find(({number}) => number === 'group:8200');
        expect(summary!.last).to.include({text: 'Hello'}).and.not.have.property('recipients');
      });

      it('goes again to those alone whom it could not be sent to', async () => {
        client.failure = new SipError('number-offline', {subject: '1002'});
        const delivery = await client.messages.sendToAll(PEOPLE, 'Hello', {group: GROUP});
        await until(() => statesOf(delivery) === 'failed,sent,sent,sent,sent,sent');
        expect(delivery.state.recipients[0]).to.include({error: 'number-offline'});
        await delivery.retry('1003');
        expect(asked()).to.have.length(6);
        await delivery.retry();
        await until(() => statesOf(delivery) === PEOPLE.map(() => 'sent').join());
        expect(asked().slice(6)).to.deep.equal(['message 1002 Hello']);
      });

      it('is in no conversation with a group if there is none', async () => {
        const delivery = await client.messages.sendToAll(PEOPLE.slice(0, 2), 'Hello');
        await until(() => statesOf(delivery) === 'sent,sent');
        const {conversations} = client.messages.state;
        expect(conversations.map(({number}) => number)).to.have.members(['1002', '1003']);
        expect((await client.messages.open('1002')).state.messages[0]).not.to.have.property('copyOf');
      });

      it('is unknown for those whose message was removed', async () => {
        const delivery = await client.messages.sendToAll(PEOPLE.slice(0, 3), 'Hello', {group: GROUP});
        await until(() => statesOf(delivery) === 'sent,sent,sent');
        await client.messages.remove('1002', delivery.state.recipients[0]!.id);
        expect(statesOf(delivery)).to.equal('unknown,sent,sent');
        await client.messages.clear('1003');
        expect(statesOf(delivery)).to.equal('unknown,unknown,sent');
      });

      it('is refused if nobody, or too many, would get it, or nothing', async () => {
        const {messages} = client;
        const many = Array.from({length: 501}, (_, index) => ({number: String(2000 + index), name: ''}));
        for (const [people, text, code] of [
          [[], 'Hello', 'bad-parameter'],
          [many, 'Hello', 'bad-parameter'],
          [PEOPLE, ' ', 'bad-parameter'],
          [PEOPLE, 'x'.repeat(40_000), 'message-too-long'],
          [[{number: '', name: ''}], 'Hello', 'invalid-number'],
        ] as const)
          await rejects(messages.sendToAll(people, text, {group: GROUP}), code);
        await messages.load();
        expect(messages.state.conversations).to.deep.equal([]);
        expect(asked()).to.deep.equal([]);
      });

      it('is a file that is uploaded once, and sent to each; after a failure as well', async () => {
        const answers = ['no address', '{"url":"https://files.example/1"}'];
        client.upload = async () => ({ok: true, status: 200, response: answers.shift()!});
        const {messages} = client;
        await rejects(messages.sendFileToAll(PEOPLE, FILE, {group: GROUP}), 'bad-reply');
        const conversation = await messages.open('group:8200');
        const [failed] = conversation.state.messages;
        expect(failed).to.deep.include({state: 'failed', error: 'bad-reply'});
        expect(failed!.recipients).to.have.length(6);
        expect(conversation.state.name).to.equal('Patrol');
        expect(asked()).to.deep.equal([]);
        await messages.retry(failed!.id);
        const [sent, ...others] = conversation.state.messages;
        expect(others).to.deep.equal([]);
        expect(sent).to.deep.include({state: 'sent', file: {name: 'plan.pdf', size: 1_500, url: URL}});
        const delivery = await messages.delivery(sent!);
        await until(() => statesOf(delivery) === PEOPLE.map(() => 'sent').join());
        expect(answers).to.deep.equal([]);
        expect(asked()).to.have.members(
          PEOPLE.map(({number}) => `message ${number} plan.pdf (1.5 kB)\n${URL}`),
        );
        const [copy] = (await messages.open('1003')).state.messages;
        expect(copy).to.deep.include({file: sent!.file, copyOf: {number: 'group:8200', id: sent!.id}});
        expect((await messages.search('plan')).map(({id}) => id)).to.deep.equal([sent!.id]);
        expect(messages.state.conversations[0]!.number, 'the newest').to.equal('group:8200');
      });

      it('is a file whose upload ends if it is removed: nobody gets it', async () => {
        let signal: AbortSignal | undefined;
        client.upload = async (_, options) => {
          signal = options!.signal;
          return new Promise((_, reject) =>
            signal!.addEventListener('abort', () => reject(new SipError('aborted'))),
          );
        };
        const sending = rejects(client.messages.sendFileToAll(PEOPLE, FILE, {group: GROUP}), 'aborted');
        await until(() => signal !== undefined);
        const {state} = await client.messages.open('group:8200');
        expect(state.messages[0]).to.deep.include({
          state: 'sending',
          file: {name: 'plan.pdf', size: 1_500, url: ''},
        });
        await client.messages.remove('group:8200', state.messages[0]!.id);
        expect(signal!.aborted).to.equal(true);
        await sending;
        expect(asked()).to.deep.equal([]);
        expect(client.messages.state.conversations).to.deep.equal([]);
      });

      it('is a file with a group, people and bytes', async () => {
        const {messages} = client;
        for (const [people, file, options, code] of [
          [PEOPLE, FILE, {}, 'bad-parameter'],
          [PEOPLE, 'plan.pdf', {group: GROUP}, 'bad-parameter'],
          [PEOPLE, new File([], 'plan.pdf'), {group: GROUP}, 'file-unreadable'],
          [[], FILE, {group: GROUP}, 'bad-parameter'],
        ] as const)
          await rejects(messages.sendFileToAll(people, file as File, options as {group: Party}), code);
        expect(messages.state.conversations).to.deep.equal([]);
      });

      it('tells nobody of the group that the user writes', async () => {
        client.messages.setComposing('group:8200');
        await client.messages.load();
        expect(client.asked.filter((each) => each.startsWith('composing'))).to.deep.equal([]);
      });
    });

  it('is a file that other tabs show while it is uploaded, until it is removed', async () => {
    const options = {
      user: '4098',
      domain: `${crypto.randomUUID()}.example`,
      historyStorage: 'local',
    } as const;
    const client = await StagedClient.ready({...options, uploadUrl: '/nowhere'});
    let uploads = 0;
    client.upload = async () => new Promise(() => (uploads += 1));
    void client.messages.sendFileToAll(PEOPLE, FILE, {group: GROUP});
    await until(() => uploads === 1);
    const other = await StagedClient.ready(options);
    const {state} = await other.messages.open('group:8200');
    expect(state.messages[0]).to.deep.include({state: 'sending'});
    await client.messages.remove('group:8200', state.messages[0]!.id);
    await until(async () => (await other.messages.open('group:8200')).state.messages.length === 0);
    expect(other.asked.filter((each) => each.startsWith('message '))).to.deep.equal([]);
  });

  for (const kind of ['text', 'file'] as const)
    it(`is continued by the next page if one ended before a ${kind} had a message for each`, async () => {
      const user = `41${(count += 1)}`;
      const domain = `${crypto.randomUUID()}.example`;
      const options = {user, domain, historyStorage: 'local'} as const;
      const file = {name: 'plan.pdf', size: 1_500, url: URL};
      const recipients = PEOPLE.map((person) => ({...person, id: crypto.randomUUID()}));
      const left = {
        id: crypto.randomUUID(),
        number: 'group:8200',
        direction: 'outgoing',
        text: kind === 'file' ? fileText(file) : 'Hello',
        contentType: 'text/plain',
        time: Date.now() - 60_000,
        state: 'waiting',
        ...(kind === 'file' && {file}),
      } as const;
      const copyOf = {number: left.number, id: left.id};
      const copy = (index: number, state: 'sent' | 'waiting'): SipMessage => {
        const {id, number} = recipients[index]!;
        return {...left, id, number, state, copyOf, time: left.time - 1};
      };
      const store = await MessageStore.open({account: `${user}@${domain}`, limit: 100});
      for (const message of [copy(0, 'sent'), copy(1, 'waiting'), {...left, recipients}])
        await store.add([message], {name: '', unread: false});
      const client = new StagedClient(options);
      const {state} = await client.messages.open('group:8200');
      const delivery = await client.messages.delivery(state.messages[0]!);
      await until(() => statesOf(delivery) === 'sent,waiting,waiting,waiting,waiting,waiting');
      await client.connect();
      await client.register();
      await until(() => statesOf(delivery) === PEOPLE.map(() => 'sent').join());
      const asked = client.asked.filter((each) => each.startsWith('message '));
      expect(asked).to.have.members(PEOPLE.slice(1).map(({number}) => `message ${number} ${left.text}`));
      const [group, ...others] = (await client.messages.open('group:8200')).state.messages;
      expect(others).to.deep.equal([]);
      expect(group).to.deep.include({state: 'sent', text: left.text});
      await until(async () => (await store.find(left.id))?.state === 'sent');
      const next = await StagedClient.ready(options);
      await next.messages.load();
      expect(next.asked.filter((each) => each.startsWith('message '))).to.deep.equal([]);
    });

  it('shows that a message was sent while the next page still reads it', async () => {
    const user = `43${(count += 1)}`;
    const domain = `${crypto.randomUUID()}.example`;
    const recipients = PEOPLE.slice(0, 2).map((person) => ({...person, id: crypto.randomUUID()}));
    const left = {
      id: crypto.randomUUID(),
      number: 'group:8200',
      direction: 'outgoing',
      text: 'Hello',
      contentType: 'text/plain',
      time: Date.now() - 60_000,
      state: 'waiting',
    } as const;
    const [{id, number}] = recipients as [(typeof recipients)[0]];
    const copyOf = {number: left.number, id: left.id};
    const store = await MessageStore.open({account: `${user}@${domain}`, limit: 100});
    for (const message of [
      {...left, id, number, copyOf, time: left.time - 1},
      {...left, recipients},
    ])
      await store.add([message], {name: '', unread: false});
    const client = new StagedClient({user, domain, historyStorage: 'local'});
    let open = (): void => {};
    client.gate = new Promise((resolve) => (open = resolve));
    const sent = new Promise<void>((resolve) =>
      client.addEventListener('sip-message-state', ({detail: {message}}) => {
        if (message.id === id && message.state === 'sent') resolve();
      }),
    );
    const {findAll} = MessageStore.prototype;
    // A busy disk: it answers with what was there before.
    MessageStore.prototype.findAll = async function (ids) {
      const found = await findAll.call(this, ids);
      open();
      await sent;
      return found;
    };
    try {
      await client.connect();
      await client.register();
      const {state} = await client.messages.open('group:8200');
      const delivery = await client.messages.delivery(state.messages[0]!);
      await until(
        () => statesOf(delivery) === 'sent,sent',
        5_000,
        () => statesOf(delivery),
      );
    } finally {
      MessageStore.prototype.findAll = findAll;
    }
  });

  it('is followed by other tabs, and sent by the next page if this one ends', async () => {
    const options = {
      user: '4099',
      domain: `${crypto.randomUUID()}.example`,
      historyStorage: 'local',
    } as const;
    const client = await StagedClient.ready(options);
    let open = (): void => {};
    client.gate = new Promise((resolve) => (open = resolve));
    const sending = await client.messages.sendToAll(PEOPLE, 'Hello', {group: GROUP});
    const other = new StagedClient(options);
    const [text] = (await other.messages.open('group:8200')).state.messages;
    const delivery = await other.messages.delivery(text!);
    // All are stored, although the first ones have not been sent yet.
    expect(delivery.state.recipients.map(({state}) => state)).to.deep.equal(PEOPLE.map(() => 'waiting'));
    open();
    await until(() => statesOf(sending) === PEOPLE.map(() => 'sent').join());
    await until(() => statesOf(delivery) === statesOf(sending));
  });
});
