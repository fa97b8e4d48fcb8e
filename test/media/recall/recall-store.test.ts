import {expect} from '@open-wc/testing';
import {holdLock} from '../../../src/locks.js';
import {RecallStore, type KeptUtterance} from '../../../src/media/recall/recall-store.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {keptForRecall, leaveForRecall} from '../../support/in-page/recall.js';

const MINUTE = 60_000;
const [ANN, BEN] = ['1001@example.com', '1002@example.com'];

const utterance = (id: string, size = 12): KeptUtterance => ({
  id,
  expires: Date.now() + MINUTE,
  about: {call: id},
  bytes: new Uint8Array(size),
});
const ids = (kept: readonly KeptUtterance[]): readonly string[] => kept.map(({id}) => id).sort();
const files = async (): Promise<readonly string[]> =>
  (await keptForRecall()).flatMap((path) => /\/\d+-([\w-]+)$/.exec(path)?.[1] ?? []).sort();

describe('the private files of the recall', () => {
  const stores: RecallStore[] = [];
  const open = (account: string): RecallStore => {
    const store = new RecallStore(account);
    stores.push(store);
    return store;
  };
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.end();
    const root = await navigator.storage.getDirectory();
    await root.removeEntry('sip-elements-recall', {recursive: true}).catch(() => {});
  });

  it('have an utterance once, however often it is written', async () => {
    const store = open(ANN);
    await store.write(utterance('a'));
    await store.write({...utterance('a', 24), expires: Date.now() + 2 * MINUTE});
    await store.write(utterance('b'));
    await store.remove('b');
    expect(await files()).to.deep.equal(['a']);
  });

  it('are taken over by the account of the page that is gone, with all that it has written', async () => {
    await leaveForRecall({account: ANN, id: 'a', left: MINUTE, about: {call: 'x'}, size: 18});
    await leaveForRecall({account: BEN, id: 'b', left: MINUTE});
    const [kept, ...others] = await open(ANN).takeOver();
    expect([kept!.id, kept!.about, kept!.bytes.length, others.length]).to.deep.equal([
      'a',
      {call: 'x'},
      18,
      0,
    ]);
    expect(await files()).to.deep.equal(['a', 'b']);
    // They are taken once.
    expect(await open(ANN).takeOver()).to.deep.equal([]);
  });

  it('are taken over by each account, while others look through all that was left', async () => {
    for (const id of ['1', '2', '3', '4', '5']) {
      await leaveForRecall({account: ANN, id: `a${id}`, left: MINUTE});
      await leaveForRecall({account: BEN, id: `b${id}`, left: MINUTE});
    }
    const stores = [open(ANN), open(BEN), open('1003@example.com'), open('1004@example.com')];
    const [ann, ben, ...none] = await Promise.all(stores.map(async (store) => store.takeOver()));
    expect([ids(ann!), ids(ben!), none]).to.deep.equal([
      ['a1', 'a2', 'a3', 'a4', 'a5'],
      ['b1', 'b2', 'b3', 'b4', 'b5'],
      [[], []],
    ]);
  });

  it('are left to a page that is there', async () => {
    const name = await leaveForRecall({account: ANN, id: 'a', left: MINUTE});
    const there = new AbortController();
    await holdLock(`sip-elements:recall:${name}`, {signal: there.signal});
    const store = open(ANN);
    expect(await store.takeOver()).to.deep.equal([]);
    await store.end();
    expect(await files()).to.deep.equal(['a']);
    there.abort();
  });

  it('lose what is too old, or claims to last too long, of every account', async () => {
    await leaveForRecall({account: BEN, id: 'old', left: -1});
    await leaveForRecall({account: BEN, id: 'forever', left: 100 * MINUTE});
    await leaveForRecall({account: ANN, id: 'also-old', left: -1});
    await leaveForRecall({account: BEN, id: 'young', left: MINUTE});
    expect(await open(ANN).takeOver()).to.deep.equal([]);
    expect(await files()).to.deep.equal(['young']);
  });

  it('of every account are erased when their time passes, those of a page that goes later too', async () => {
    shorten({recallSweep: 200});
    const name = await leaveForRecall({account: BEN, id: 'later', left: -1});
    const there = new AbortController();
    await holdLock(`sip-elements:recall:${name}`, {signal: there.signal});
    await leaveForRecall({account: BEN, id: 'soon', left: 1_000});
    await open(ANN).takeOver();
    expect(await files()).to.deep.equal(['later', 'soon']);
    await until(async () => (await files()).join() === 'later');
    there.abort();
    await until(async () => (await files()).length === 0);
  });

  it('are taken over and erased although something else is among them', async () => {
    await leaveForRecall({account: ANN, id: 'a', left: MINUTE});
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('sip-elements-recall');
    for (const name of ['0', 'z']) await folder.getFileHandle(name, {create: true});
    const store = open(ANN);
    expect(ids(await store.takeOver())).to.deep.equal(['a']);
    await store.write(utterance('b'));
    await store.end();
    expect(await files()).to.deep.equal([]);
    const {held = []} = await navigator.locks.query();
    expect(held.filter(({name}) => name?.startsWith('sip-elements:recall:'))).to.deep.equal([]);
  });

  it('are gone at the end, those of gone pages too, and nothing is written afterwards', async () => {
    await leaveForRecall({account: ANN, id: 'left', left: MINUTE});
    const store = open(ANN);
    await store.write(utterance('a'));
    const late = store.write(utterance('b'));
    await store.end();
    await Promise.all([late, store.write(utterance('c'))]);
    expect(await keptForRecall()).to.deep.equal([]);
  });

  it('are written while other pages end', async () => {
    let over = false;
    const ending = async (): Promise<void> => {
      while (!over) await open(BEN).end();
    };
    const others = [ending(), ending()];
    const written: string[] = [];
    for (let round = 0; round < 40; round += 1) {
      const store = open(ANN);
      await store.write(utterance(`a${round}`));
      written.push(...(await files()));
      await store.end();
    }
    over = true;
    await Promise.all(others);
    expect(written).to.have.length(40);
  });

  it('of others stay at the end', async () => {
    await leaveForRecall({account: BEN, id: 'b', left: MINUTE});
    const store = open(ANN);
    await store.write(utterance('a'));
    await store.end();
    expect(await files()).to.deep.equal(['b']);
    expect(ids(await open(BEN).takeOver())).to.deep.equal(['b']);
  });
});
