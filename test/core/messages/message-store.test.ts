import {expect} from '@open-wc/testing';
import {MessageStore} from '../../../src/core/messages/message-store.js';
import type {SipMessage} from '../../../src/core/messages/message.js';

describe('the stored conversations of an account', () => {
  let time = Date.now() - 1_000_000;
  const of = (number: string, direction: SipMessage['direction']): SipMessage => ({
    id: crypto.randomUUID(),
    number,
    direction,
    text: 'x'.repeat(2_000),
    contentType: 'text/plain',
    time: (time += 1),
    state: direction === 'incoming' ? 'received' : 'sent',
  });

  it('outlast a flood from invented senders: those of people to whom the user has written, and of the own domain', async () => {
    const store = await MessageStore.open({account: `1001@${crypto.randomUUID()}.example`, limit: 10});
    const add = (number: string, direction: SipMessage['direction']): Promise<unknown> =>
      store.add([of(number, direction)], {name: '', unread: false});
    await add('1002', 'outgoing');
    await add('1003', 'incoming');
    await add('1004@partner.example', 'outgoing');
    for (let index = 0; index < 1_001; index += 1) await add(`u${index}@evil.example`, 'incoming');
    const summaries = await store.summaries();
    const numbers = summaries.map(({number}) => number);
    expect(numbers.length).to.be.within(950, 1_000);
    // The list has their beginnings alone.
    expect(summaries.every(({last}) => last?.text.length === 1_000)).to.equal(true);
    expect(numbers).to.include.members(['1002', '1003', '1004@partner.example', 'u1000@evil.example']);
    const [whole] = await store.page('1002', undefined, 10);
    expect(whole?.text).to.have.length(2_000);
  });

  it('get no message back that was removed before it changes', async () => {
    const store = await MessageStore.open({account: `1001@${crypto.randomUUID()}.example`, limit: 10});
    const message = of('1002', 'outgoing');
    await store.add([message], {name: '', unread: false});
    await store.put({...message, delivered: true});
    expect(await store.page('1002', undefined, 10)).to.deep.equal([{...message, delivered: true}]);
    await store.clear(undefined);
    await store.put({...message, read: true});
    expect(await store.page('1002', undefined, 10)).to.deep.equal([]);
  });

  describe('of which a user of another domain has written all', () => {
    let store: MessageStore;
    beforeEach(async () => {
      store = await MessageStore.open({account: `1001@${crypto.randomUUID()}.example`, limit: 400});
    });

    /** Has messages arrive, each of so many characters; returns which are kept. */
    async function arrive(number: string, count: number, length: number): Promise<string[]> {
      for (let index = 0; index < count; index += 1)
        await store.add([{...of(number, 'incoming'), text: String(index).padEnd(length)}], {
          name: '',
          unread: true,
        });
      return (await store.page(number, undefined, 400)).map(({text}) => text.trim());
    }

    it('keep as many as nobody sends by hand', async () => {
      const kept = await arrive('x@evil.example', 210, 10);
      expect([kept[0], kept.at(-1), kept.length]).to.deep.equal(['10', '209', 200]);
      const [summary] = await store.summaries();
      expect(summary).to.deep.include({unread: 200});
      expect(Object.keys(summary!)).to.have.members(['number', 'name', 'unread', 'last']);
    });

    it('keep as much as nobody writes by hand', async () => {
      expect(await arrive('x@evil.example', 10, 64_000)).to.deep.equal(['7', '8', '9']);
      expect(await arrive('y@evil.example', 2, 400_000)).to.deep.equal(['1']);
    });

    it('are not removed twice where both their number and their length are too much', async () => {
      store = await MessageStore.open({account: `1001@${crypto.randomUUID()}.example`, limit: 3});
      await arrive('x@evil.example', 3, 40_000);
      expect(await arrive('x@evil.example', 1, 150_000)).to.have.length(2);
    });

    it('keep all once the user has written, and those of the own domain', async () => {
      await store.add([of('x@partner.example', 'outgoing')], {name: '', unread: false});
      expect(await arrive('x@partner.example', 210, 2_000)).to.have.length(211);
      expect(await arrive('1002', 210, 2_000)).to.have.length(210);
    });
  });
});
