import {expect} from '@open-wc/testing';
import type {SipCall} from '../../../src/core/call/call.js';
import {collectHandover} from '../../../src/core/handover/collect-handover.js';
import {endShift, eraseAccount} from '../../../src/core/handover/end-shift.js';
import {handoverFile} from '../../../src/core/handover/handover-file.js';
import {readHandover, type Handover} from '../../../src/core/handover/handover.js';
import {dropHandover, keptHandover} from '../../../src/core/handover/handover-store.js';
import type {Journal} from '../../../src/core/journal/journal.js';
import type {JournalRow} from '../../../src/core/journal/journal-row.js';
import type {SipError} from '../../../src/errors.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {tone} from '../../support/in-page/recordings.js';
import {blockDatabase} from '../../support/staged/blocked-database.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const STRANGER = {number: '1003', name: '<img src=x onerror=alert(1)>'};
const SECRET = 'the secret text of a stranger';

describe('handover', () => {
  const clients: StagedClient[] = [];
  const journals: Journal[] = [];

  async function ready(options: object = {}): Promise<{client: StagedClient; journal: Journal}> {
    const client = new StagedClient({
      user: randomUuid(),
      domain: 'handover.example',
      historyStorage: 'local',
      journalStorage: 'local',
      ...options,
    });
    clients.push(client);
    await client.connect();
    await client.register();
    const journal = await client.openJournal();
    journals.push(journal);
    await journal.written();
    return {client, journal};
  }

  /** A shift in which an SOS is not acknowledged, a call is held, a note is written and a text is unread. */
  async function shift(options: object = {}): Promise<{client: StagedClient; journal: Journal}> {
    const {client, journal} = await ready(options);
    const sos = client.ring('audio', STRANGER, 'sos');
    await until(() => client.state.alarms.length === 1);
    await sos.call.decline();
    const held = client.dial('audio', {number: '1004', name: 'Bea'});
    held.dialog.confirm();
    held.dialog.set({held: true});
    client.receive(SECRET, {from: '1005', name: 'Cleo'});
    await until(() => client.messages.state.unread === 1);
    await journal.written();
    journal.note(journal.rows.find(({kind}) => kind === 'sos')!.id, 'Ambulance is on its way.');
    await journal.written();
    return {client, journal};
  }

  /** A call whose recording has begun; `voice` is what is heard. */
  async function recorded(client: StagedClient): Promise<{call: SipCall; voice: ReturnType<typeof tone>}> {
    const voice = tone(440);
    const {call, dialog} = client.ring('audio', STRANGER);
    dialog.confirm();
    dialog.play(new MediaStream([voice.track]));
    await call.startRecording();
    await until(async () => (await client.recordings.list()).some(({size}) => size > 0));
    return {call, voice};
  }

  beforeEach(() => localStorage.clear());
  afterEach(async () => {
    for (const client of clients.splice(0)) {
      dropHandover(client);
      await client.disconnect();
      await client.messages.clear();
    }
    for (const journal of journals.splice(0)) {
      await journal.written();
      await journal.erase();
    }
  });

  it('has open calls, SOS, notes and who has written, as plain text, and no text of theirs', async () => {
    const {client, journal} = await shift();
    const handover = collectHandover(client, journal, {comment: 'All quiet.'});
    expect(handover).to.deep.include({
      comment: 'All quiet.',
      from: {number: client.options.user, name: client.options.displayName},
    });
    expect(handover.calls.map(({number, phase}) => [number, phase])).to.deep.equal([['1004', 'held']]);
    expect(handover.alarms).to.have.length(1);
    expect(handover.alarms[0]).to.include({number: '1003', name: STRANGER.name, count: 1});
    expect(handover.notes[0]).to.include({text: 'Ambulance is on its way.', number: '1003'});
    expect(handover.texts).to.deep.equal([{number: '1005', name: 'Cleo', count: 1}]);
    expect(handover.since).to.equal(journal.rows[0]!.time);
    expect(JSON.stringify(handover)).not.to.include(SECRET);
    expect(collectHandover(client, journal, {texts: true}).texts[0]).to.include({text: SECRET});
  });

  it('has the newest texts, and those of the own domain however many strangers have written', async () => {
    const {client, journal} = await ready();
    client.receive('Fire at gate 3', {from: '1005'});
    for (let index = 0; index < 205; index += 1) client.receive('Buy', {from: `${index}@evil.example`});
    await until(() => client.messages.state.unread === 206);
    const {texts} = collectHandover(client, journal);
    expect(texts).to.have.length(200);
    expect(texts.map(({number}) => number)).to.include('1005');
    for (let index = 0; index < 205; index += 1) client.receive('Here', {from: `20${index}`});
    await until(() => client.messages.state.unread === 411);
    const later = collectHandover(client, journal).texts.map(({number}) => number);
    expect(later).to.include('20204');
    expect(later).not.to.include('1005');
  });

  it('has neither talk groups nor cameras', async () => {
    const {client, journal} = await ready();
    client.interphone().dialog.confirm();
    client.look();
    expect(client.calls).to.have.length(2);
    expect(collectHandover(client, journal).calls).to.deep.equal([]);
  });

  it('is kept for the next user of the domain, and noted in the chain of the journal', async () => {
    const {client, journal} = await shift();
    const draft = collectHandover(client, journal, {comment: 'All quiet.'});
    const {journal: head} = await endShift(client, journal, draft);
    expect(client.state.connection).to.equal('disconnected');
    await journal.written();
    const events = journal.rows.map(({kind, event}) => `${kind} ${event}`);
    expect(events).to.include('session handed-over');
    expect(events.indexOf('session handed-over')).to.be.below(events.indexOf('session signed-out'));
    expect(journal.rows.find(({event}) => event === 'handed-over')).to.include({text: 'All quiet.'});
    expect(await journal.verify(head)).to.deep.include({valid: true});
    const next = await ready();
    const kept = keptHandover(next.client)!;
    expect(kept).to.deep.include({id: draft.id, comment: 'All quiet.', alarms: draft.alarms, journal: head});
    expect(Object.values<string>(localStorage).join()).not.to.include(SECRET);
    const elsewhere = new StagedClient({domain: 'elsewhere.example', historyStorage: 'local'});
    expect(keptHandover(elsewhere)).to.equal(undefined);
    dropHandover(next.client);
    expect(keptHandover(next.client)).to.equal(undefined);
  });

  it('lasts as long as the page if the account stores nothing', async () => {
    const {client, journal} = await shift({historyStorage: 'memory', journalStorage: 'memory'});
    await endShift(client, journal, collectHandover(client, journal));
    expect(localStorage.length).to.equal(0);
    const next = await ready({historyStorage: 'memory', journalStorage: 'memory'});
    expect(keptHandover(next.client)?.alarms).to.have.length(1);
  });

  it('is not mistaken for the one before by the next page if there is no room for it', async () => {
    const {client, journal} = await shift();
    await endShift(client, journal, collectHandover(client, journal, {comment: 'before'}));
    const {setItem} = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('There is no room.', 'QuotaExceededError');
    };
    try {
      await endShift(client, journal, collectHandover(client, journal, {comment: 'now'}));
    } finally {
      Storage.prototype.setItem = setItem;
    }
    expect(keptHandover(client)?.comment).to.equal('now');
    // What the next page finds.
    expect(Object.keys(localStorage).filter((key) => key.includes(':handover:'))).to.deep.equal([]);
    dropHandover(client);
  });

  it('leaves alarms to the next user, who has to acknowledge them', async () => {
    const {client, journal} = await shift();
    const {alarms, time} = await endShift(client, journal, collectHandover(client, journal));
    const next = await ready();
    expect(next.client.state.alarms).to.deep.equal([]);
    const keeper = await next.client.alarms.load();
    keeper.take(alarms, time);
    keeper.take(alarms, time);
    expect(next.client.state.alarms).to.have.length(1);
    const [alarm] = next.client.state.alarms;
    expect(alarm).to.include({number: '1003', name: STRANGER.name, time: alarms[0]!.time});
    await next.client.alarms.acknowledge(alarm!.id);
    await next.journal.written();
    expect(next.journal.rows.at(-1)).to.include({
      kind: 'acknowledgement',
      number: '1003',
      person: next.client.options.user,
    });
  });

  it('erases everything that the browser has of the account', async () => {
    const {client, journal} = await shift();
    const {user, domain} = client.options;
    localStorage.setItem(`sip-elements:channels:${user}@${domain}`, '{}');
    localStorage.setItem(`sip-elements:channels:other@${domain}`, '{}');
    await endShift(client, journal, collectHandover(client, journal));
    expect(client.history.entries).not.to.deep.equal([]);
    expect(await eraseAccount(client, journal)).to.deep.equal({journalKept: false, recordingsKept: false});
    expect(client.history.entries).to.deep.equal([]);
    expect(client.messages.state.conversations).to.deep.equal([]);
    expect((await journal.head()).count).to.equal(0);
    expect(Object.keys(localStorage).filter((key) => key.includes(user))).to.deep.equal([]);
    expect(localStorage.getItem(`sip-elements:channels:other@${domain}`)).to.equal('{}');
    expect(keptHandover(client)?.alarms, 'what was handed over stays').to.have.length(1);
  });

  it('erases a recording that was running, and the row of the journal that tells of it', async () => {
    const {client, journal} = await ready();
    const {call, voice} = await recorded(client);
    const {stop} = MediaRecorder.prototype;
    // A long recording takes longer to be completed.
    MediaRecorder.prototype.stop = function () {
      setTimeout(() => stop.call(this), 300);
    };
    const told = new Promise((resolve) => call.addEventListener('recording', resolve));
    try {
      await endShift(client, journal, collectHandover(client, journal));
      expect(await eraseAccount(client, journal)).to.deep.equal({journalKept: false, recordingsKept: false});
      await told;
    } finally {
      MediaRecorder.prototype.stop = stop;
      voice.stop();
    }
    expect(await client.recordings.list()).to.deep.equal([]);
    await journal.written();
    expect((await journal.head()).count).to.equal(0);
  });

  it('erases everything else if one of the stores fails', async () => {
    const {client, journal} = await shift();
    const {user, domain} = client.options;
    localStorage.setItem(`sip-elements:console:${user}@${domain}`, '{}');
    await endShift(client, journal, collectHandover(client, journal));
    const {entries} = FileSystemDirectoryHandle.prototype;
    FileSystemDirectoryHandle.prototype.entries = () => {
      throw new DOMException('The folder cannot be read.', 'InvalidStateError');
    };
    try {
      await rejects(eraseAccount(client, journal), 'internal');
    } finally {
      FileSystemDirectoryHandle.prototype.entries = entries;
    }
    expect(Object.keys(localStorage).filter((key) => key.includes(user))).to.deep.equal([]);
    expect(client.messages.state.conversations).to.deep.equal([]);
    expect((await journal.head()).count).to.equal(0);
  });

  for (const [name, lists] of [
    ['SecurityError', true],
    ['UnknownError', false],
  ] as const)
    it(`reports that recordings may remain which the browser does not show (${name}), and erases everything else`, async () => {
      const {client, journal} = await shift();
      await endShift(client, journal, collectHandover(client, journal));
      const {getDirectory} = StorageManager.prototype;
      StorageManager.prototype.getDirectory = async () => {
        throw new DOMException('No files for this page.', name);
      };
      try {
        await rejects(eraseAccount(client, journal), 'internal');
        // A private window has none.
        if (lists) expect(await client.recordings.list()).to.deep.equal([]);
        else await rejects(client.recordings.list(), 'internal');
      } finally {
        StorageManager.prototype.getDirectory = getDirectory;
      }
      expect((await journal.head()).count).to.equal(0);
      expect(await eraseAccount(client, journal)).to.deep.equal({journalKept: false, recordingsKept: false});
    });

  it('reports messages that may remain because their storage breaks', async () => {
    shorten({shiftEnd: 200});
    const {client, journal} = await shift();
    await endShift(client, journal, collectHandover(client, journal));
    const {transaction} = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (stores, mode, options) {
      const isOfMessages = [stores].flat().includes('conversations');
      if (isOfMessages) throw new DOMException('The disk is broken.', 'UnknownError');
      return transaction.call(this, stores, mode, options);
    };
    try {
      await rejects(eraseAccount(client, journal), 'internal');
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    expect((await journal.head()).count).to.equal(0);
    expect(await eraseAccount(client, journal)).to.deep.equal({journalKept: false, recordingsKept: false});
  });

  it('keeps the recordings that are still to be uploaded, that of the last call, too: the next sign-in uploads them', async () => {
    const sent: number[] = [];
    const recordingsUpload = async (file: File): Promise<void> => void sent.push(file.size);
    const {client, journal} = await ready({recordingsUpload});
    const {call, voice} = await recorded(client);
    const told = new Promise((resolve) => call.addEventListener('recording', resolve));
    await endShift(client, journal, collectHandover(client, journal));
    expect(await eraseAccount(client, journal)).to.deep.equal({journalKept: false, recordingsKept: true});
    await told;
    voice.stop();
    const [{id, size, state} = {}] = await client.recordings.find();
    expect([state, sent]).to.deep.equal(['finished', []]);
    await client.connect();
    await client.register();
    await until(() => sent.length > 0);
    expect(sent).to.deep.equal([size]);
    await until(async () => (await client.recordings.find())[0]?.sent === true);
    await client.recordings.delete(id!);
  });

  for (const [what, owner, method] of [
    ['for locks', navigator.locks, 'request'],
    ['which locks are held', navigator.locks, 'query'],
    ['for its private files', navigator.storage, 'getDirectory'],
  ] as const)
    it(`reports that recordings may remain if the browser never answers ${what}, and erases everything else`, async () => {
      shorten({shiftEnd: 1_000, shiftStorage: 1_000, privateFiles: 300});
      const {client, journal} = await shift();
      const {call, voice} = await recorded(client);
      await call.stopRecording();
      voice.stop();
      const handover = await endShift(client, journal, collectHandover(client, journal));
      expect(handover.calls).to.have.length(2);
      Object.defineProperty(owner, method, {value: () => new Promise(() => {}), configurable: true});
      try {
        await rejects(eraseAccount(client, journal), 'internal');
      } finally {
        Reflect.deleteProperty(owner, method);
      }
      expect(client.history.entries).to.deep.equal([]);
      expect(client.messages.state.conversations).to.deep.equal([]);
      for (const {id} of await client.recordings.find()) await client.recordings.delete(id);
    });

  for (const [what, name] of [
    ['messages', 'sip-elements'],
    ['the journal', 'sip-elements-journal'],
  ] as const)
    it(`ends the shift, and reports what could not be erased, while another page blocks the database of ${what}`, async () => {
      shorten({shiftEnd: 500, shiftStorage: 500});
      const {client, journal} = await shift();
      const release = await blockDatabase(name);
      try {
        const handover = await endShift(client, journal, collectHandover(client, journal));
        expect(handover.calls).to.have.length(1);
        const erased = await eraseAccount(client, journal).then(
          ({journalKept}) => journalKept,
          (error: SipError) => error.code,
        );
        expect(erased).to.equal(name === 'sip-elements' ? 'internal' : true);
        expect(client.history.entries).to.deep.equal([]);
      } finally {
        release();
      }
      expect(await eraseAccount(client, journal)).to.deep.equal({journalKept: false, recordingsKept: false});
    });

  it('reports a recording that could not be erased, and a journal that nobody could open', async () => {
    shorten({shiftEnd: 200});
    const {client, journal} = await ready();
    const {call, voice} = await recorded(client);
    const {stop} = MediaRecorder.prototype;
    let complete = (): void => {};
    MediaRecorder.prototype.stop = function () {
      complete = () => stop.call(this);
    };
    const told = new Promise((resolve) => call.addEventListener('recording', resolve));
    try {
      await endShift(client, journal, collectHandover(client, journal));
      await rejects(eraseAccount(client, journal), 'invalid-state');
      expect(await client.recordings.list()).to.have.length(1);
      complete();
      await told;
    } finally {
      MediaRecorder.prototype.stop = stop;
      voice.stop();
    }
    expect(await eraseAccount(client, undefined)).to.deep.equal({journalKept: true, recordingsKept: false});
    expect(await client.recordings.list()).to.deep.equal([]);
  });

  it('keeps a journal whose sink has taken nothing since it was erased before', async () => {
    shorten({shiftEnd: 100});
    const {client, journal} = await shift();
    let away = false;
    journal.sink = async () => {
      // The server does not answer.
      if (away) await new Promise(() => {});
    };
    await endShift(client, journal, collectHandover(client, journal));
    expect(await eraseAccount(client, journal)).to.deep.equal({journalKept: false, recordingsKept: false});
    // The sink has no rows of the next shift, although it has had more before.
    away = true;
    await client.connect();
    await client.register();
    await endShift(client, journal, collectHandover(client, journal));
    expect(await eraseAccount(client, journal)).to.deep.equal({journalKept: true, recordingsKept: false});
    expect((await journal.head()).count).to.be.above(1);
  });

  it('keeps the journal if its sink has not taken all of it', async () => {
    shorten({shiftEnd: 100});
    const {client, journal} = await shift();
    journal.sink = async () => {
      throw new Error('The server is away.');
    };
    await endShift(client, journal, collectHandover(client, journal));
    expect(await eraseAccount(client, journal)).to.deep.equal({journalKept: true, recordingsKept: false});
    expect((await journal.head()).count).to.be.above(5);
    const taken: JournalRow[] = [];
    journal.sink = async (rows) => void taken.push(...rows);
    expect(await eraseAccount(client, journal)).to.deep.equal({journalKept: false, recordingsKept: false});
    expect(taken.map(({event}) => event)).to.include('handed-over');
    expect((await journal.head()).count).to.equal(0);
  });

  it('is read from storage as plain text of limited size, whatever other scripts have written', () => {
    const handover = readHandover({
      id: 'x',
      time: 1_000,
      from: {number: '1001', name: 'A\u202eB', password: 'p'},
      comment: 'c'.repeat(9_000),
      calls: [{type: '__proto__', direction: 'sideways', phase: 7, number: 3}, null],
      notes: 'none',
      alarms: Array.from({length: 500}, () => ({count: -1, time: Infinity})),
      texts: [{count: 'many', text: {}}],
      password: 'secret',
    })!;
    expect(handover.from).to.deep.equal({number: '1001', name: 'A B'});
    expect(handover.comment).to.have.length(2_000);
    expect(handover.calls[0]).to.deep.equal({
      number: '',
      name: '',
      type: 'other',
      direction: 'incoming',
      phase: 'active',
      time: 1_000,
    });
    expect(handover.notes).to.deep.equal([]);
    expect(handover.alarms).to.have.length(200);
    expect(handover.alarms[0]).to.deep.equal({number: '', name: '', time: 1_000, count: 1});
    expect(handover.texts).to.deep.equal([{number: '', name: '', count: 1}]);
    expect(JSON.stringify(handover)).not.to.match(/password|secret/);
    for (const strange of [undefined, null, 7, 'text', [], {}, {id: 'x', time: 'now'}, {id: 'x', time: 9e99}])
      expect(readHandover(strange)).to.equal(undefined);
  });

  it('is a file of JSON or CSV, in which no spreadsheet computes what strangers write', async () => {
    const handover: Handover = readHandover({
      id: 'x',
      time: Date.UTC(2026, 10, 30, 6),
      from: {number: '1001', name: 'Wang'},
      comment: 'All "quiet".',
      alarms: [{number: '1003', name: '=1+1', time: Date.UTC(2026, 10, 30, 5), count: 2}],
      texts: [{number: '1005', name: 'Cleo', count: 3}],
    })!;
    const json = handoverFile(handover, 'json');
    expect(json.name).to.equal('handover-2026-11-30.json');
    expect(JSON.parse(await json.text())).to.deep.equal({
      format: 'sip-elements-handover',
      version: 1,
      ...handover,
    });
    const [head, ...lines] = (await handoverFile(handover, 'csv').text()).trim().split('\r\n');
    expect(head).to.equal('time,kind,event,direction,number,name,count,text');
    expect(lines).to.deep.equal([
      `"2026-11-30T06:00:00.000Z","session","handed-over","","1001","Wang","","All ""quiet""."`,
      `"2026-11-30T05:00:00.000Z","sos","began","incoming","1003","'=1+1",2,""`,
      `"2026-11-30T06:00:00.000Z","text","received","incoming","1005","Cleo",3,""`,
    ]);
  });
});
