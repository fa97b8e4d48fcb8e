import {expect} from '@open-wc/testing';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import {MessageStore} from '../../../src/core/messages/message-store.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {blockDatabase} from '../../support/staged/blocked-database.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const account = (): Partial<SipClientOptions> => ({
  user: '3001',
  domain: `${crypto.randomUUID()}.example`,
  historyStorage: 'local',
});

const accountOf = ({user, domain}: Partial<SipClientOptions>): string => `${user!}@${domain!}`;

/** What the browser has stored for an account. */
async function stored(options: Partial<SipClientOptions>): Promise<readonly string[]> {
  const store = await MessageStore.open({account: accountOf(options), limit: 100});
  return (await store.filter(() => true)).map(({text}) => text);
}

/** Has the browser refuse each transaction that writes, and perhaps to open the database, until the returned function is called. */
function refuseWrites(opening?: string): () => void {
  const {transaction} = IDBDatabase.prototype;
  const {open} = IDBFactory.prototype;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    if (mode === 'readwrite') throw new DOMException('The disk is broken.', 'UnknownError');
    return transaction.call(this, stores, mode, options);
  };
  if (opening)
    IDBFactory.prototype.open = () => {
      throw new DOMException('This is refused.', opening);
    };
  return () => {
    IDBDatabase.prototype.transaction = transaction;
    IDBFactory.prototype.open = open;
  };
}

describe('messages in a storage that breaks', () => {
  let options: Partial<SipClientOptions>;
  let client: StagedClient;
  let repair = (): void => {};

  beforeEach(async () => {
    options = account();
    client = await StagedClient.ready(options);
  });
  afterEach(() => repair());

  it('are not said to be removed or erased as long as they may be there', async () => {
    const {id} = await client.sendMessage('1002', 'secret');
    await client.sendMessage('1002', 'secret too');
    repair = refuseWrites();
    await rejects(client.messages.remove('1002', id), 'internal');
    await rejects(client.messages.clear('1002'), 'internal');
    await rejects(client.messages.clear(), 'internal');
    // What can be erased is.
    expect(client.messages.state.conversations).to.deep.equal([]);
    expect(client.messages.state.kept).to.equal(false);
    repair();
    expect(await stored(options)).to.have.members(['secret', 'secret too']);
    await client.messages.clear();
    expect(await stored(options)).to.deep.equal([]);
  });

  it('are erased although this page could not read them', async () => {
    await client.sendMessage('1002', 'secret');
    repair = refuseWrites('UnknownError');
    const next = new StagedClient(options);
    await rejects(next.messages.clear(), 'internal');
    repair();
    await next.messages.clear();
    expect(await stored(options)).to.deep.equal([]);
  });

  it('are sent and shown although another page blocks the database', async () => {
    shorten({databaseTask: 2_000, busyDatabase: 100});
    await client.sendMessage('1002', 'before');
    repair = await blockDatabase('sip-elements');
    const begun = performance.now();
    expect((await client.sendMessage('1002', 'meanwhile')).state).to.equal('sent');
    // The first task has waited long, those after it have not.
    expect(performance.now() - begun).to.be.below(3_500);
    client.receive('an answer', {from: '1002'});
    await until(() => client.messages.state.unread === 1);
    expect(client.asked).to.include('message 1002 meanwhile');
    expect(client.messages.state.kept).to.equal(false);
    repair();
    // What could not be written in time is not written later.
    await until(async () => (await stored(options)).includes('before'));
    expect(await stored(options)).not.to.include('meanwhile');
  });

  it('do not come back by what was being sent, or changed, when they were erased', async () => {
    await client.sendMessage('1002', 'before');
    const sending = [1, 2, 3].map((text) => client.messages.send('1002', String(text)));
    const others = client.messages.sendToAll(
      Array.from({length: 40}, (_, index) => ({number: `2${index}`, name: ''})),
      'to all',
      {group: {number: '8000', name: 'Patrol'}},
    );
    // Loaded by the first text to several people.
    await until(() => client.messages.state.conversations.length > 4);
    await client.messages.clear();
    await Promise.allSettled([...sending, others]);
    expect(await stored(options)).to.deep.equal([]);
    expect(client.messages.state.conversations).to.deep.equal([]);
  });

  it('are read as far as they can be, whatever other scripts have written', async () => {
    await client.sendMessage('1002', 'whole');
    const id = accountOf(options);
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('sip-elements', 1);
      request.onsuccess = () => resolve(request.result);
    });
    const transaction = database.transaction(['messages', 'conversations'], 'readwrite');
    const [messages, conversations] = [
      transaction.objectStore('messages'),
      transaction.objectStore('conversations'),
    ];
    const values = [null, {}, [], 5, NaN, 'x', [null], [{}], true, '__proto__', 'a\u202eb'];
    const fields = ['direction', 'text', 'contentType', 'time', 'state', 'error', 'fileName', 'tabs'];
    const more = ['fileSize', 'delivered', 'due', 'recipients', 'copyOf', 'sending'];
    for (const [index, field] of [...fields, ...more].entries())
      for (const [place, value] of values.entries())
        messages.put({
          account: id,
          number: '1002',
          order: -index,
          id: `${index} ${place}`,
          ...{tabs: [], text: 't', direction: 'incoming', contentType: 'text/plain', time: index},
          [field]: value,
        });
    for (const [index, field] of ['name', 'unread', 'answered', 'last', 'count', 'length'].entries())
      for (const [place, value] of values.entries())
        conversations.put({account: id, number: `${index}${place}`, name: '', unread: 0, [field]: value});
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();

    const next = await StagedClient.ready(options);
    const conversation = await next.messages.open('1002');
    expect(conversation.state.messages.map(({text}) => text)).to.include('whole');
    await next.messages.search('whole');
    for (let index = 0; index < 6; index += 1)
      await next.messages.received({
        from: `${index}7`,
        text: 'new',
        contentType: 'text/plain',
        time: Date.now(),
      });
    await next.messages.received({from: '1002', text: 'new', contentType: 'text/plain', time: 3});
    await next.messages.markRead('1002');
    expect(next.messages.state.kept).to.equal(true);
    for (const {name, unread, last} of next.messages.state.conversations)
      expect([typeof name, typeof unread, typeof (last?.text ?? '')]).to.deep.equal([
        'string',
        'number',
        'string',
      ]);
    expect(Number.isSafeInteger(next.messages.state.unread)).to.equal(true);
  });

  it('are none if the page may use no storage: nothing is reported', async () => {
    repair = refuseWrites('SecurityError');
    await client.messages.clear();
    repair();
    repair = refuseWrites('UnknownError');
    await rejects(client.messages.clear(), 'internal');
  });
});
