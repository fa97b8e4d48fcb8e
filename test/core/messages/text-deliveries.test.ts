import {expect} from '@open-wc/testing';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import {SipError} from '../../../src/errors.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import type {TextDelivery} from '../../../src/core/messages/text-deliveries.js';

const GROUP = {number: '8200', name: 'Patrol'};
const PEOPLE = ['1002', '1003', '1004', '1005', '1006', '1007'].map((number) => ({number, name: ''}));

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

      it('tells nobody of the group that the user writes', async () => {
        client.messages.setComposing('group:8200');
        await client.messages.load();
        expect(client.asked.filter((each) => each.startsWith('composing'))).to.deep.equal([]);
      });
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
