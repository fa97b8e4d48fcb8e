import {expect} from '@open-wc/testing';
import {CallHistory} from '../../../src/core/history/call-history.js';
import type {HistoryEntry, Noted} from '../../../src/core/history/history-entry.js';
import {SipError} from '../../../src/errors.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const KEY = 'sip-elements:history:1001@pbx.example';

let count = 0;
const noted = (more: Partial<Noted> = {}): Noted => ({
  id: `sid-${(count += 1)}`,
  type: 'single',
  direction: 'incoming',
  remote: {number: '1002', name: '李雷'},
  media: 'audio',
  time: 1_700_000_000_000 + count * 60_000,
  cause: {by: 'remote', code: 'cancelled'},
  ...more,
});
const make = (more: {mode?: 'local' | 'memory' | 'none'; limit?: number} = {}): CallHistory =>
  new CallHistory({account: '1001@pbx.example', mode: 'local', limit: 200, ...more});
const told = ({entries}: CallHistory): string[] => entries.map(({outcome}) => outcome);

describe('CallHistory', () => {
  beforeEach(() => localStorage.removeItem(KEY));
  after(() => localStorage.removeItem(KEY));

  it('writes and reports a flood of calls together, and loses none', async () => {
    const history = make();
    let changes = 0;
    history.addEventListener('statechange', () => (changes += 1));
    for (let index = 0; index < 150; index += 1) history.note(noted());
    expect(changes).to.equal(5);
    await until(() => history.entries.length === 150);
    expect(changes).to.equal(6);
    expect(make().entries).to.have.length(150);
  });

  it('has written all calls when the page goes, and before the user removes them', () => {
    const history = make();
    for (let index = 0; index < 20; index += 1) history.note(noted());
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(make().entries).to.have.length(20);
    for (let index = 0; index < 20; index += 1) history.note(noted());
    expect(history.clear()).to.have.length(40);
    expect(history.entries).to.have.length(0);
  });

  it('keeps the user’s calls when strangers call as often as they like', () => {
    const history = make();
    for (let index = 0; index < 20; index += 1) history.note(noted());
    for (let index = 0; index < 300; index += 1)
      history.note(
        noted({
          remote: {number: `u${index}@evil.example`, name: ''},
          cause: {by: 'server', code: 'busy'},
        }),
      );
    history.flush();
    const own = make().entries.filter(({number}) => number === '1002');
    expect(own).to.have.length(20);
  });

  it('keeps them also when the client answers strangers by itself, and counts those that the user answers', () => {
    const history = make();
    const remote = {number: 'x@evil.example', name: ''};
    for (let index = 0; index < 40; index += 1) history.note(noted());
    for (let index = 0; index < 50; index += 1) history.note(noted({remote, spoken: 1_000}));
    for (let index = 0; index < 200; index += 1)
      history.note(noted({remote, spoken: 1_000, autoAnswered: true}));
    history.flush();
    const {entries} = make();
    expect(entries.filter(({number}) => number === '1002')).to.have.length(40);
    expect(entries.filter(({outcome, autoAnswered}) => outcome === 'taken' && !autoAnswered)).to.have.length(
      50,
    );
  });

  it('begins with nothing', () => expect(make().state).to.deep.equal({entries: [], unseen: 0}));

  it('keeps what is known of a call, as plain data', () => {
    const history = make();
    const now = Date.now();
    history.note(noted({id: 'c1', time: now - 65_400, spoken: 61_000, media: 'video'}));
    const [entry] = history.entries;
    const {id, ...rest} = entry!;
    expect(id).to.match(/^[\da-f-]{36}$/);
    expect(rest).to.deep.equal({
      sid: 'c1',
      number: '1002',
      name: '李雷',
      direction: 'incoming',
      outcome: 'taken',
      media: 'video',
      type: 'single',
      time: now - 65_400,
      duration: 61,
      seen: true,
    });
    expect(structuredClone(history.state)).to.deep.equal(history.state);
  });

  for (const [outcome, more] of [
    ['missed', {cause: {by: 'remote', code: 'cancelled'}}],
    ['missed', {cause: {by: 'server', code: 'connection-lost'}}],
    ['missed', {cause: {by: 'local', code: 'not-acceptable'}}],
    ['elsewhere', {cause: {by: 'remote', code: 'answered-elsewhere', status: 200}}],
    ['refused', {cause: {by: 'local', code: 'declined'}}],
    ['refused', {cause: {by: 'local', code: 'normal'}}],
    ['taken', {spoken: 1, cause: {by: 'remote', code: 'normal'}}],
    ['unanswered', {direction: 'outgoing', cause: {by: 'remote', code: 'busy'}}],
    ['unanswered', {direction: 'outgoing', cause: {by: 'local', code: 'normal'}}],
    ['made', {direction: 'outgoing', spoken: 1, cause: {by: 'server', code: 'connection-lost'}}],
  ] as const satisfies readonly (readonly [string, Partial<Noted>])[])
    it(`calls it ${outcome} where it was ${JSON.stringify(more)}`, () => {
      const history = make();
      history.note(noted(more));
      expect(told(history)).to.deep.equal([outcome]);
      expect(history.state.unseen).to.equal(outcome === 'missed' ? 1 : 0);
    });

  it('says why a call was not answered, where that says more', () => {
    const history = make();
    history.note(noted({direction: 'outgoing', cause: {by: 'remote', code: 'busy'}}));
    history.note(noted({direction: 'outgoing', cause: {by: 'local', code: 'normal'}}));
    expect(history.entries.map(({cause}) => cause)).to.deep.equal([undefined, 'busy']);
  });

  it('has the newest first, and no more than its limit', () => {
    const history = make({limit: 3});
    const calls = [noted(), noted(), noted(), noted(), noted()];
    for (const call of [calls[2]!, calls[0]!, calls[4]!, calls[1]!, calls[3]!]) history.note(call);
    expect(history.entries.map(({sid}) => sid)).to.deep.equal([4, 3, 2].map((index) => calls[index]!.id));
    expect(make({limit: 2}).entries).to.have.length(2);
  });

  it('is there again after a reload', () => {
    const history = make();
    history.note(noted());
    history.note(noted({spoken: 5}));
    expect(make().state).to.deep.equal(history.state);
  });

  it('is each account’s own', () => {
    make().note(noted());
    expect(new CallHistory({account: '1002@pbx.example', mode: 'local', limit: 9}).entries).to.have.length(0);
  });

  it('leaves nothing in the browser where it is not to', () => {
    const history = make({mode: 'memory'});
    history.note(noted());
    expect(told(history)).to.deep.equal(['missed']);
    make({mode: 'none'}).note(noted());
    expect(localStorage.getItem(KEY)).to.equal(null);
    expect(make().entries).to.have.length(0);
  });

  it('notes nothing where there is to be none', () => {
    const history = make({mode: 'none'});
    history.note(noted());
    expect(history.entries).to.have.length(0);
  });

  it('takes out one or all, and puts them back where they were', () => {
    const history = make();
    for (const call of [noted(), noted(), noted()]) history.note(call);
    const {entries} = history;
    const removed = history.remove(entries[1]!.id);
    expect(removed).to.deep.equal([entries[1]]);
    expect(history.remove('no-such-entry')).to.deep.equal([]);
    expect(history.entries).to.deep.equal([entries[0], entries[2]]);
    history.restore(removed);
    history.restore(removed);
    expect(history.entries).to.deep.equal(entries);
    const all = history.clear();
    expect(history.state).to.deep.equal({entries: [], unseen: 0});
    expect(localStorage.getItem(KEY)).to.equal(null);
    history.restore(all);
    expect(history.entries).to.deep.equal(entries);
  });

  it('tells of a change, and keeps the entries that are the same', () => {
    const history = make();
    history.note(noted());
    const [before] = history.entries;
    let changes = 0;
    history.addEventListener('statechange', () => (changes += 1));
    history.note(noted());
    expect(changes).to.equal(1);
    expect(history.entries[1]).to.equal(before);
    history.markSeen();
    history.markSeen();
    expect([changes, history.state.unseen]).to.deep.equal([2, 0]);
    expect(make().state.unseen).to.equal(0);
  });

  for (const junk of [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{"version":2,"entries":[]}',
    '{"version":1}',
    '{"version":1,"entries":{"length":3}}',
    '{"version":1,"entries":[null,1,"x",{},{"id":"a","outcome":"missed"}]}',
    '{"version":1,"entries":[{"id":"a","sid":"b","number":{},"name":"","type":"single","direction":"incoming","outcome":"missed","media":"audio","time":1,"duration":0,"seen":false}]}',
    '{"version":1,"entries":[{"id":"a","sid":"b","number":"1","name":"","type":"single","direction":"incoming","outcome":"missed","media":"audio","time":1e300,"duration":0,"seen":false}]}',
  ])
    it(`drops what is no history: ${junk.slice(0, 60)}`, () => {
      localStorage.setItem(KEY, junk);
      const history = make();
      expect(history.entries).to.have.length(0);
      history.note(noted());
      expect(make().entries).to.have.length(1);
    });

  it('keeps the entries that can be read among others that cannot', () => {
    make().note(noted());
    const kept = JSON.parse(localStorage.getItem(KEY)!) as {entries: unknown[]};
    kept.entries.push({id: 5}, null);
    localStorage.setItem(KEY, JSON.stringify(kept));
    expect(make().entries).to.have.length(1);
  });

  it('lasts as long as the client where the browser has no room', () => {
    const history = make();
    history.note(noted());
    const {setItem} = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      history.note(noted());
      history.note(noted());
    } finally {
      Storage.prototype.setItem = setItem;
    }
    expect(history.entries).to.have.length(3);
  });

  it('lasts as long as the client where the browser refuses its storage', () => {
    const storage = Object.getOwnPropertyDescriptor(window, 'localStorage')!;
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('no', 'SecurityError');
      },
    });
    try {
      const history = make();
      history.note(noted());
      history.note(noted());
      expect(history.entries).to.have.length(2);
    } finally {
      Object.defineProperty(window, 'localStorage', storage);
    }
  });

  it('is one with that of another client of the account', () => {
    const [one, other] = [make(), make()];
    one.note(noted());
    other.note(noted());
    expect(one.entries).to.deep.equal(other.entries);
    expect(one.entries).to.have.length(2);
    one.clear();
    expect(other.entries).to.have.length(0);
  });

  it('notes a call once that two tabs were rung for, as the one that says most', () => {
    const [one, other] = [make(), make()];
    const time = Date.now();
    one.note(noted({id: 'c1', time, cause: {by: 'remote', code: 'answered-elsewhere'}}));
    other.note(noted({id: 'c1', time: time + 40, spoken: 40}));
    one.note(noted({id: 'c1', time: time + 60, cause: {by: 'remote', code: 'cancelled'}}));
    expect(told(one)).to.deep.equal(['taken']);
    // A second call in the same session is a second entry.
    one.note(noted({id: 'c1', time: time + 60_000}));
    expect(told(one)).to.deep.equal(['missed', 'taken']);
  });

  it('notes the listening and the barging in that follows it at once, in one session', () => {
    const history = make();
    const time = Date.now();
    for (const [later, type] of [
      [0, 'listen-in'],
      [900, 'barge-in'],
    ] as const)
      history.note(noted({id: 'c1', type, direction: 'outgoing', time: time + later, spoken: 800}));
    expect(history.entries.map(({type}) => type)).to.deep.equal(['barge-in', 'listen-in']);
  });

  it('follows another tab, which does not lose what this one has', async () => {
    const history = make();
    history.note(noted());
    const frame = document.createElement('iframe');
    document.body.append(frame);
    try {
      const storage = frame.contentWindow!.localStorage;
      const kept = JSON.parse(storage.getItem(KEY)!) as {entries: HistoryEntry[]};
      kept.entries.unshift({...kept.entries[0]!, id: 'another', sid: 'another', time: Date.now()});
      const changed = new Promise((resolve) => history.addEventListener('statechange', resolve));
      storage.setItem(KEY, JSON.stringify(kept));
      await changed;
      expect(history.entries.map(({sid}) => sid)[0]).to.equal('another');
      expect(history.entries).to.have.length(2);
    } finally {
      frame.remove();
    }
  });
});

describe('the history of a client', () => {
  const ready = (user: string): Promise<StagedClient> => StagedClient.ready({user, historyStorage: 'memory'});

  it('has a call in it before the page is told that it is over', async () => {
    const client = await ready('history');
    const seen: string[][] = [];
    client.addEventListener('sip-call-hangup', () => seen.push(told(client.history)));
    const {call} = client.ring();
    await call.answer();
    await call.hangup();
    const {call: out, control} = client.dial('video', {number: '1003', name: ''});
    control.setRemote({number: '1003', name: 'Anna'});
    await out.hangup();
    expect(seen).to.deep.equal([['taken'], ['unanswered', 'taken']]);
    expect(client.history.entries[0]).to.deep.include({number: '1003', name: 'Anna', media: 'video'});
  });

  it('has what a server refused at once, and not what never reached one', async () => {
    const client = await ready('history');
    for (const failure of [
      new SipError('unknown-number', {subject: '4711', apiCode: 1106}),
      new SipError('timeout', {subject: '4711'}),
    ]) {
      client.failure = failure;
      await client.call('4711', {media: 'video'}).catch(() => {});
    }
    expect(client.history.entries).to.have.length(1);
    expect(client.history.entries[0]).to.deep.include({
      number: '4711',
      direction: 'outgoing',
      outcome: 'unanswered',
      media: 'video',
      cause: 'unknown-number',
    });
  });
});
