import {expect} from '@open-wc/testing';
import {canonicalText, hashOf, verifyJournal} from '../../../src/core/journal/journal-chain.js';
import type {Journal} from '../../../src/core/journal/journal.js';
import type {JournalRow} from '../../../src/core/journal/journal-row.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {SipError} from '../../../src/errors.js';
import {DAY, setClock} from '../../support/in-page/clock.js';
import {shorten} from '../../support/in-page/durations.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const DOMAIN = 'example.com';

/** What the rows say, in short. */
const told = ({rows}: Journal): readonly string[] => rows.map(({kind, event}) => `${kind} ${event}`);

describe('journal', () => {
  let user: string;
  const clients: StagedClient[] = [];
  const journals: Journal[] = [];
  beforeEach(() => (user = randomUuid()));
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.disconnect();
    for (const journal of journals.splice(0)) {
      await journal.written();
      await journal.erase();
    }
  });

  /** A client of the account; each is like a tab, or the next page. */
  async function open(options: object = {}): Promise<{client: StagedClient; journal: Journal}> {
    const client = new StagedClient({user, domain: DOMAIN, journalStorage: 'local', ...options});
    clients.push(client);
    const journal = await client.openJournal();
    journals.push(journal);
    await client.connect();
    await client.register();
    await journal.written();
    return {client, journal};
  }

  it('is off unless it is wanted', async () => {
    const opened: string[] = [];
    const open = indexedDB.open.bind(indexedDB);
    // Other pages of the browser may have a journal meanwhile.
    indexedDB.open = (name, version) => {
      opened.push(name);
      return open(name, version);
    };
    try {
      const client = new StagedClient({user, domain: DOMAIN});
      clients.push(client);
      await rejects(client.openJournal(), 'unsupported');
      await client.connect();
      await client.register();
      expect(opened).not.to.include('sip-elements-journal');
    } finally {
      Reflect.deleteProperty(indexedDB, 'open');
    }
  });

  it('has a call from its beginning to its end, with the other side, the reason and the duration', async () => {
    const {client, journal} = await open();
    const {call, dialog} = client.ring();
    dialog.confirm();
    await call.hangup();
    client.ring('audio', {number: '1003', name: 'Cara'}).dialog.set({
      phase: 'terminated',
      cause: {by: 'remote', code: 'cancelled'},
    });
    await journal.written();
    expect(told(journal)).to.deep.equal([
      'session signed-in',
      'single began',
      'single answered',
      'single ended',
      'single began',
      'single ended',
    ]);
    const [, began, , ended, , missed] = journal.rows;
    expect(began).to.include({
      direction: 'incoming',
      number: '1002',
      name: '李雷',
      call: call.id,
      account: `${user}@${DOMAIN}`,
    });
    expect(ended).to.include({call: call.id, duration: 0});
    expect(missed).to.include({number: '1003', cause: 'cancelled'});
    expect(missed!.duration).to.equal(undefined);
  });

  it('has members of a conference, and who has the floor of a group', async () => {
    const {client, journal} = await open();
    const {service, dialog} = client.confer();
    dialog.confirm();
    service.some({number: '1002', name: 'Bea', phase: 'answered'});
    service.some({number: '1002', gone: true});
    const talk = client.interphone();
    talk.dialog.confirm();
    talk.service.tell('taken', '1003', 'Cara');
    talk.service.tell('idle');
    await journal.written();
    expect(told(journal).filter((each) => /joined|left|floor/.test(each))).to.deep.equal([
      'conference joined',
      'conference left',
      'intercom floor',
      'intercom floor-ended',
    ]);
    const [joined] = journal.rows.filter(({event}) => event === 'joined');
    expect(joined).to.include({number: '8001', person: '1002', personName: 'Bea'});
    const [floor] = journal.rows.filter(({event}) => event === 'floor-ended');
    expect(floor).to.include({number: '9001', person: '1003', duration: 0});
  });

  it('has members who were called and have not joined, each time, and the files that play', async () => {
    const {client, journal} = await open();
    const {service, dialog} = client.confer();
    dialog.confirm();
    const declined = {phase: 'released', cause: {by: 'remote', code: 'declined'}} as const;
    service.some({number: '1002', name: 'Bea', phase: 'ringing'});
    service.some({number: '1002', ...declined});
    service.some({number: '1002', talking: false});
    service.some({number: '1002', phase: 'ringing', cause: undefined});
    service.some({number: '1002', phase: 'answered'});
    for (const phase of ['answered', 'released', 'answered'] as const)
      service.some({number: 'f1', name: 'drill.mp3', phase, file: {}} as never);
    await journal.written();
    const rows = journal.rows.filter(({event}) => /joined|left|refused|played/.test(event));
    expect(
      rows.map(({kind, event, person, cause, text}) => [kind, event, person, cause, text]),
    ).to.deep.equal([
      ['conference', 'refused', '1002', 'declined', undefined],
      ['conference', 'joined', '1002', undefined, undefined],
      ['conference', 'played', undefined, undefined, 'drill.mp3'],
      ['conference', 'played', undefined, undefined, 'drill.mp3'],
    ]);
  });

  it('has texts, files and calls that never began, and each text once', async () => {
    const {client, journal} = await open();
    client.receive('hello');
    client.receive('plan.pdf (3 kB)\nhttps://files.example/plan.pdf');
    const sent = await client.messages.send('1003', 'an answer');
    client.host.receiptReceived({from: '1003', id: sent.id, kind: 'delivered'});
    await until(() => told(journal).includes('text sent'));
    client.host.missed({
      id: 'm',
      type: 'single',
      remote: {number: '1004', name: ''},
      media: 'audio',
    } as never);
    await journal.written();
    expect(told(journal).slice(1)).to.deep.equal([
      'text received',
      'file received',
      'text sent',
      'single refused',
    ]);
    expect(journal.rows[1]).to.include({number: '1002', text: 'hello', direction: 'incoming'});
    expect(journal.rows[4]).to.include({number: '1004', cause: 'busy'});
    client.receive('hello');
    await journal.written();
    expect(told(journal).at(-1)).to.equal('text received');
    expect(journal.rows).to.have.length(6);
  });

  it('has the loss of the connection, its length, and the end of the shift', async () => {
    const {client, journal} = await open();
    client.host.setConnection('reconnecting', new SipError('not-connected'));
    client.host.setConnection('connected');
    await client.disconnect();
    await journal.written();
    expect(told(journal)).to.deep.equal([
      'session signed-in',
      'connection lost',
      'connection restored',
      'session signed-out',
    ]);
    expect(journal.rows[1]).to.include({cause: 'not-connected'});
    expect(journal.rows[2]).to.include({duration: 0});
  });

  it('has how long something took, also if the clock is set back meanwhile', async () => {
    const {client, journal} = await open();
    const talk = client.interphone();
    talk.dialog.confirm();
    talk.service.tell('taken', '1003', 'Cara');
    client.host.setConnection('reconnecting', new SipError('not-connected'));
    setClock(-DAY);
    talk.service.tell('idle');
    client.host.setConnection('connected');
    await client.disconnect();
    await journal.written();
    const lengths = journal.rows.flatMap(({event, duration}) =>
      duration === undefined ? [] : [[event, duration]],
    );
    expect(lengths).to.deep.include.members([
      ['floor-ended', 0],
      ['restored', 0],
      ['signed-out', 0],
    ]);
  });

  it('continues its chain and its shift in the next page', async () => {
    const first = await open();
    const {call} = first.client.ring('audio', {number: '1002', name: 'Bea'});
    await first.journal.written();
    const second = await open();
    await second.journal.written();
    expect(told(second.journal)).to.deep.equal(['session signed-in', 'single began', 'session returned']);
    expect(second.journal.rows[1]!.call).to.equal(call.id);
    expect(await second.journal.verify()).to.deep.include({valid: true});
    // The first page sees what the second one writes.
    await until(() => told(first.journal).includes('session returned'));
  });

  it('is one chain of several tabs, which write at the same time', async () => {
    const tabs = [await open(), await open(), await open()];
    for (let index = 0; index < 20; index += 1)
      for (const {journal} of tabs) journal.note(journal.rows[0]!.id, `note ${index}`);
    for (const {journal} of tabs) await journal.written();
    const [{journal}] = tabs as [(typeof tabs)[0]];
    expect(await journal.verify()).to.deep.include({valid: true});
    await until(() => journal.rows.filter(({kind}) => kind === 'note').length === 60);
    expect(journal.rows.map(({seq}) => seq)).to.deep.equal(journal.rows.map((_, index) => index + 1));
  });

  it('has once what several tabs report at the same time', async () => {
    const [one, other] = [await open(), await open()];
    for (const {client} of [one, other]) client.receive('the same text');
    for (const {journal} of [one, other]) await journal.written();
    await until(() => one.journal.rows.length === other.journal.rows.length);
    expect(told(one.journal).filter((each) => each === 'text received')).to.have.length(1);
  });

  it('has twice what several tabs report twice', async () => {
    const [one, other] = [await open(), await open()];
    for (const {client, journal} of [one, other]) {
      // One tab has written both before the other one does.
      for (let time = 0; time < 2; time += 1) client.receive('the same text');
      await journal.written();
    }
    await until(() => one.journal.rows.at(-1)?.seq === other.journal.rows.at(-1)?.seq);
    expect(told(other.journal).filter((each) => each === 'text received')).to.have.length(2);
  });

  it('has each text, however alike several are', async () => {
    const [one, other] = [await open(), await open()];
    const long = 'x'.repeat(300);
    one.client.receive(`${long} one`);
    await one.journal.written();
    other.client.receive(`${long} other`);
    await other.journal.written();
    await until(() => told(other.journal).filter((each) => each === 'text received').length === 2);
  });

  it('has a sign-in that follows a sign-out at once, each with its end', async () => {
    const first = await open();
    await first.client.disconnect();
    await first.journal.written();
    const second = await open();
    second.client.host.setConnection('reconnecting', new SipError('not-connected'));
    second.client.host.setConnection('connected');
    await second.client.disconnect();
    await second.journal.written();
    expect(told(second.journal)).to.deep.equal([
      'session signed-in',
      'session signed-out',
      'session signed-in',
      'connection lost',
      'connection restored',
      'session signed-out',
    ]);
  });

  it('has what follows the start at once: a client connects once its journal has begun', async () => {
    const client = new StagedClient({user, domain: DOMAIN, journalStorage: 'local'});
    clients.push(client);
    await client.connect();
    await client.register();
    client.receive('a text');
    await client.disconnect();
    const journal = await client.openJournal();
    journals.push(journal);
    await journal.written();
    expect(told(journal)).to.deep.equal(['session signed-in', 'text received', 'session signed-out']);
  });

  it('holds up no client for long, if the database is busy', async () => {
    await open();
    shorten({journalOpening: 50});
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('sip-elements-journal');
      opening.onsuccess = () => resolve(opening.result);
    });
    // Like that of another page which writes for long.
    const rows = database.transaction('rows', 'readwrite').objectStore('rows');
    let busy = true;
    const ended = (async () => {
      while (busy) await new Promise((resolve) => (rows.count().onsuccess = resolve));
      database.close();
    })();
    const client = new StagedClient({user, domain: DOMAIN, journalStorage: 'local'});
    clients.push(client);
    await client.connect();
    await client.register();
    let begun = false;
    const journal = client.openJournal().then((opened) => {
      begun = true;
      return opened;
    });
    expect([client.state.registration, begun]).to.deep.equal(['registered', false]);
    busy = false;
    await ended;
    journals.push(await journal);
    await until(() => told(journals.at(-1)!).includes('session returned'));
  });

  it('has each loss of the connection, also soon after another page has lost it', async () => {
    const first = await open();
    const lose = ({client}: {client: StagedClient}): void => {
      client.host.setConnection('reconnecting', new SipError('not-connected'));
      client.host.setConnection('connected');
    };
    lose(first);
    await first.journal.written();
    const second = await open();
    lose(second);
    await second.journal.written();
    expect(told(second.journal)).to.deep.equal([
      'session signed-in',
      'connection lost',
      'connection restored',
      'session returned',
      'connection lost',
      'connection restored',
    ]);
  });

  it('has each acknowledgement, also if a caller gives two SOS calls one id', async () => {
    const {client, journal} = await open();
    for (let count = 1; count <= 2; count += 1) {
      const {call} = client.ring('audio', {number: '1002', name: 'Bea'}, 'sos', 'chosen-by-the-caller');
      await until(() => client.state.alarms.length === 1);
      await call.decline();
      await client.alarms.acknowledge(call.id);
      await journal.written();
      expect(told(journal).filter((each) => each === 'acknowledgement written')).to.have.length(count);
    }
  });

  it('has each call that was refused, also if the caller gives all of them one id', async () => {
    const {client, journal} = await open();
    const remote = {number: '1004', name: ''};
    const {call} = client.ring('audio', remote, 'single', 'chosen-by-the-caller');
    await call.decline();
    for (let count = 0; count < 2; count += 1)
      client.host.missed({id: call.id, type: 'single', remote, media: 'audio'} as never);
    await journal.written();
    expect(told(journal).filter((each) => each === 'single refused')).to.have.length(2);
  });

  it('has the beginning of a call once that has rung for long when another tab, or the next page, gets it', async () => {
    const first = await open();
    const {id} = first.client.ring('audio', {number: '1002', name: 'Bea'}, 'urgent').call;
    await first.journal.written();
    setClock(60_000);
    const {client, journal} = await open();
    const {call} = client.ring('audio', {number: '1002', name: 'Bea'}, 'urgent', id);
    await call.decline();
    await journal.written();
    const ofCall = journal.rows.filter((row) => row.call === id).map(({event}) => event);
    expect(ofCall).to.deep.equal(['began', 'ended']);
    // The id is free again: the caller chooses it.
    client.ring('audio', {number: '1002', name: 'Bea'}, 'urgent', id);
    await journal.written();
    expect(told(journal).filter((each) => each === 'urgent began')).to.have.length(2);
  });

  it('has the end of a call that an earlier page has left, and no page can continue', async () => {
    const first = await open();
    const {id, began: time} = first.client.ring().call;
    await first.journal.written();
    const {client, journal} = await open();
    // As the calls that a page has kept for the next one are noted.
    client.history.note({
      ...{id, type: 'single', direction: 'incoming', media: 'audio', time, ending: 'left'},
      remote: {number: '1002', name: 'Bea'},
      spoken: 61_000,
      cause: {by: 'server', code: 'connection-lost'},
    });
    await journal.written();
    expect(journal.rows.at(-1)).to.include({
      kind: 'single',
      event: 'ended',
      call: id,
      duration: 61,
      cause: 'connection-lost',
    });
  });

  it('has notes and acknowledgements as rows of their own', async () => {
    const {client, journal} = await open();
    client.ring('audio', {number: '1002', name: 'Bea'}, 'sos');
    await journal.written();
    const sos = journal.rows.find(({kind}) => kind === 'sos')!;
    const id = journal.note(sos.id, 'Ambulance is on its way.');
    journal.acknowledge(sos.id);
    await journal.written();
    expect(journal.rows.at(-2)).to.include({id, kind: 'note', of: sos.id, text: 'Ambulance is on its way.'});
    expect(journal.rows.at(-1)).to.include({kind: 'acknowledgement', of: sos.id});
    expect(journal.rows.find(({id}) => id === sos.id)).to.equal(sos);
    expect(() => journal.note('unknown', 'text'))
      .to.throw()
      .with.property('code', 'bad-parameter');
    expect(() => journal.note(sos.id, '  '))
      .to.throw()
      .with.property('code', 'bad-parameter');
  });

  it('has who has acknowledged an SOS in its order, with the call that may be over, once for all tabs', async () => {
    const {client, journal} = await open();
    const other = await open();
    const {call} = client.ring('audio', {number: '1002', name: 'Bea'}, 'sos');
    await until(() => client.state.alarms.length === 1);
    await call.decline();
    await journal.written();
    const before = Date.now();
    await client.alarms.acknowledge(call.id);
    await client.alarms.acknowledge(call.id);
    client.receive('afterwards');
    await journal.written();
    expect(told(journal).slice(-4)).to.deep.equal([
      'sos began',
      'sos ended',
      'acknowledgement written',
      'text received',
    ]);
    const acknowledgement = journal.rows.at(-2)!;
    expect(acknowledgement).to.include({
      number: '1002',
      name: 'Bea',
      person: user,
      call: call.id,
      of: journal.rows.at(-4)!.id,
      account: `${user}@${DOMAIN}`,
    });
    expect(acknowledgement.time).to.be.within(before, Date.now());
    expect(await journal.verify()).to.deep.include({valid: true});
    await until(() => told(other.journal).includes('acknowledgement written'));
    expect(told(other.journal).filter((each) => each.startsWith('acknowledgement'))).to.have.length(1);
  });

  it('has what strangers write as plain text of limited length', async () => {
    const {client, journal} = await open();
    client.ring('audio', {number: '1002', name: 'a\u202eb\n<b>'});
    client.receive('x'.repeat(10_000));
    await journal.written();
    expect(journal.rows[1]!.name).to.equal('a b <b>');
    expect(journal.rows[2]!.text).to.have.length(2_000);
  });

  it('keeps what the full disk does not take, says so, and writes it when there is room', async () => {
    shorten({journalRetry: 50});
    const {client, journal} = await open();
    await journal.written();
    const {add} = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('The disk is full.', 'QuotaExceededError');
    };
    try {
      client.receive('while the disk is full');
      await becomes(journal, ({error}) => error === 'storage-full');
      expect(journal.state.waiting.map(({text}) => text)).to.deep.equal(['while the disk is full']);
      expect(journal.rows).to.have.length(1);
    } finally {
      IDBObjectStore.prototype.add = add;
    }
    await becomes(journal, ({waiting}) => waiting.length === 0);
    expect(journal.state.error).to.equal(undefined);
    expect(told(journal)).to.deep.equal(['session signed-in', 'text received']);
    expect(await journal.verify()).to.deep.include({valid: true});
  });

  it('is in memory alone if the page wants that', async () => {
    const {client, journal} = await open({journalStorage: 'memory'});
    client.receive('hello');
    await journal.written();
    expect(journal.state.kept).to.equal(false);
    expect(journal.rows).to.have.length(2);
    expect(await journal.verify()).to.deep.include({valid: true});
    const next = await open({journalStorage: 'memory'});
    await next.journal.written();
    expect(told(next.journal)).to.deep.equal(['session signed-in']);
  });

  describe('of strangers, who can call and write as often as they like', () => {
    const STRANGER = {number: 'mallory@evil.example', name: 'Mallory'};
    const {number: from} = STRANGER;

    /** Calls of a stranger that nobody answers, two rows each. */
    function flood(client: StagedClient, count: number): void {
      for (let index = 0; index < count; index += 1)
        client.ring('audio', STRANGER).dialog.set({
          phase: 'terminated',
          cause: {by: 'remote', code: 'cancelled'},
        });
    }
    const ofStrangers = ({rows}: Journal): readonly JournalRow[] =>
      rows.filter(({number}) => number === STRANGER.number);

    it('has a limited number of rows, and how many were left out', async () => {
      shorten({rowsOmitted: 50});
      const {client, journal} = await open();
      flood(client, 150);
      client.receive('hello');
      await until(() => told(journal).includes('strangers omitted'));
      expect(ofStrangers(journal)).to.have.length(200);
      expect(journal.rows.find(({kind}) => kind === 'strangers')).to.include({count: 100});
      // Others are not concerned.
      expect(journal.rows.filter(({text}) => text === 'hello')).to.have.length(1);
      expect(await journal.verify()).to.deep.include({valid: true});
    });

    it('counts long texts as several rows, and calls without a number as those of strangers', async () => {
      shorten({rowsOmitted: 50});
      const {client, journal} = await open();
      for (let index = 0; index < 100; index += 1) client.receive(`${index} ${'x'.repeat(3_000)}`, {from});
      client.ring('audio', {number: '', name: ''});
      await until(() => told(journal).includes('strangers omitted'));
      // 2,000 characters are kept of each, which count as four more rows.
      expect(ofStrangers(journal)).to.have.length(40);
      expect(journal.rows.find(({kind}) => kind === 'strangers')).to.include({count: 61});
    });

    it('has more of them as time passes', async () => {
      shorten({strangerRow: 20});
      const {client, journal} = await open();
      flood(client, 110);
      await until(() => {
        client.receive('later', {from});
        return journal.rows.some(({text}) => text === 'later');
      });
    });

    it('has all of a call that the user has answered, and of a number that the user has called', async () => {
      const {client, journal} = await open();
      flood(client, 110);
      const {call, dialog} = client.ring('audio', {number: 'anna@partner.example', name: 'Anna'});
      dialog.confirm();
      await call.hangup();
      client.dial('audio', {number: 'bea@partner.example', name: 'Bea'}).dialog.confirm();
      client.receive('I call back', {from: 'bea@partner.example'});
      await journal.written();
      expect(told(journal).slice(-5)).to.deep.equal([
        'single answered',
        'single ended',
        'single began',
        'single answered',
        'text received',
      ]);
      expect(journal.rows.at(-1)).to.include({text: 'I call back'});
      // The next page knows the number, too.
      const next = await open();
      flood(next.client, 110);
      next.client.receive('Again', {from: 'bea@partner.example'});
      await next.journal.written();
      expect(next.journal.rows.at(-1)).to.include({text: 'Again'});
    });

    it('has a limited number of members who come and go in a conference of another domain', async () => {
      const {client, journal} = await open();
      const remote = {number: 'room@evil.example', name: 'Room'};
      const {service, dialog} = client.confer({direction: 'incoming', remote});
      dialog.confirm();
      for (let index = 0; index < 300; index += 1) {
        service.some({number: `${index}@evil.example`, name: '', phase: 'answered'});
        service.some({number: `${index}@evil.example`, gone: true});
      }
      await journal.written();
      expect(journal.rows.length).to.be.below(205);
    });

    it('does not take a long call of the user for one that was refused', async () => {
      const {client, journal} = await open();
      const {call, dialog} = client.ring();
      dialog.confirm();
      // The client remembers so many ids.
      for (let index = 0; index < 1_001; index += 1)
        client.host.missed({id: `m${index}`, type: 'single', remote: STRANGER, media: 'audio'} as never);
      await call.hangup();
      await journal.written();
      expect(journal.rows.filter((row) => row.call === call.id).map(({event}) => event)).to.deep.equal([
        'began',
        'answered',
        'ended',
      ]);
    });

    it('has the whole number, whose end tells the domain', async () => {
      const {client, journal} = await open();
      const number = `1002 ${'x'.repeat(300)}@evil.example`;
      client.receive('Call this number', {from: number});
      await journal.written();
      expect(journal.rows.at(-1)).to.include({number});
    });
  });

  describe('of users of the own domain', () => {
    const BEA = {number: '1002', name: 'Bea'};
    /** Calls that nobody answers, two rows each. */
    function flood(client: StagedClient, count: number, remote = BEA): void {
      for (let index = 0; index < count; index += 1)
        client.ring('audio', remote).dialog.set({
          phase: 'terminated',
          cause: {by: 'remote', code: 'cancelled'},
        });
    }

    it('has a limited number of rows that the user does nothing for, and how many were left out', async () => {
      shorten({rowsOmitted: 50, userRow: 60_000});
      const {client, journal} = await open();
      flood(client, 550);
      client.receive('after all that', {from: BEA.number});
      client.receive('hello', {from: '1003'});
      await until(() => told(journal).includes('text omitted'));
      expect(
        journal.rows.filter(({number, event}) => number === '1002' && event !== 'omitted'),
      ).to.have.length(1_000);
      expect(journal.rows.filter(({event}) => event === 'omitted')).to.have.length(2);
      expect(journal.rows.find(({kind, event}) => kind === 'single' && event === 'omitted')).to.include({
        number: '1002',
        name: 'Bea',
        direction: 'incoming',
        count: 100,
      });
      // Others are not concerned.
      expect(journal.rows.filter(({text}) => text === 'hello')).to.have.length(1);
      expect(await journal.verify()).to.deep.include({valid: true});
    });

    it('has all that the user takes part in', async () => {
      shorten({userRow: 60_000});
      const {client, journal} = await open();
      flood(client, 500);
      const {call, dialog} = client.ring('audio', BEA);
      dialog.confirm();
      await call.hangup();
      await client.messages.send(BEA.number, 'What is it?');
      const {dialog: called} = client.dial('audio', BEA);
      called.set({phase: 'terminated', cause: {by: 'remote', code: 'busy'}});
      await until(() => told(journal).includes('text sent'));
      await journal.written();
      expect(told(journal).slice(1_001).sort()).to.deep.equal([
        'single answered',
        'single began',
        'single ended',
        'single ended',
        'text sent',
      ]);
    });

    it('does not take the members that a conference of another domain names for some', async () => {
      const {client, journal} = await open();
      const remote = {number: 'room@evil.example', name: 'Room'};
      const {service, dialog} = client.confer({direction: 'incoming', remote});
      dialog.confirm();
      for (let index = 0; index < 300; index += 1) {
        service.some({number: `5${index}`, name: '', phase: 'answered'});
        service.some({number: `5${index}`, gone: true});
      }
      await journal.written();
      expect(journal.rows.length).to.be.below(205);
    });
  });

  describe('roll calls', () => {
    const KEY = 'sip-elements:running-roll-call:';
    const people = [{number: '1010', name: 'Yang Fan', result: 'answered', time: 1}];
    const rollCalls = ({rows}: Journal): readonly JournalRow[] =>
      rows.filter(({kind}) => kind === 'roll-call');
    const kept = (): readonly string[] => Object.keys(localStorage).filter((key) => key.includes(user));

    it('of another tab are noted by that tab alone', async () => {
      const first = await open();
      const running = first.journal.beginRollCall();
      running.keep({people});
      expect(kept()).to.have.length(1);
      const second = await open();
      expect(rollCalls(second.journal)).to.deep.equal([]);
      running.end({people});
      await until(() => rollCalls(second.journal).length === 1);
      await until(() => kept().length === 0);
      await second.journal.written();
      expect(rollCalls(second.journal).map(({cause}) => cause)).to.deep.equal([undefined]);
    });

    it('that a page has left are noted once, by the next one', async () => {
      localStorage.setItem(
        `${KEY}1:${user}@${DOMAIN}`,
        JSON.stringify({version: 1, entry: {people, number: '8210', name: 'North', of: 'row'}}),
      );
      const tabs = [await open(), await open()];
      await until(() => kept().length === 0);
      for (const {journal} of tabs) {
        await until(() => rollCalls(journal).length > 0);
        const [row, ...others] = rollCalls(journal);
        expect(others).to.deep.equal([]);
        const {event, cause, of, number} = row!;
        expect({event, cause, of, number}).to.deep.equal({
          event: 'repeated',
          cause: 'call-lost',
          of: 'row',
          number: '8210',
        });
        expect(row!.people).to.deep.equal(people);
      }
    });

    it('are plain data of limited size, whatever a script of the page has stored', async () => {
      const strange = [
        {number: 5},
        null,
        {number: '1', name: '', result: 'present', time: 1e300},
        {number: '<b>', name: 'x'.repeat(10_000), result: 'y'.repeat(10_000)},
      ];
      for (const [index, entry] of [{people: 5}, 'text', {people: strange, of: 3}].entries())
        localStorage.setItem(`${KEY}${index}:${user}@${DOMAIN}`, JSON.stringify({version: 1, entry}));
      localStorage.setItem(`${KEY}x:${user}@${DOMAIN}`, 'no JSON');
      const {journal} = await open();
      await until(() => kept().length === 0);
      await until(() => rollCalls(journal).length === 1);
      const [row] = rollCalls(journal);
      expect(row!.of).to.equal(undefined);
      expect(row!.people).to.have.length(1);
      expect(JSON.stringify(row).length).to.be.below(2_000);
    });
  });

  describe('sink', () => {
    it('gets all rows in their order, those before included, and again after a failure', async () => {
      shorten({journalSink: 20, journalSinkLongest: 20});
      const {client, journal} = await open();
      await journal.written();
      const taken: JournalRow[] = [];
      let failures = 2;
      journal.sink = async (rows) => {
        if ((failures -= 1) >= 0) throw new Error('The server is away.');
        taken.push(...rows);
      };
      await becomes(journal, ({sinkError}) => sinkError === 'internal');
      client.receive('hello');
      await becomes(journal, ({sent}) => sent === 2);
      expect(journal.state.sinkError).to.equal(undefined);
      expect(taken.map(({seq}) => seq)).to.deep.equal([1, 2]);
    });

    it('that never ends keeps nobody waiting: another one gets the rows', async () => {
      shorten({journalSink: 20, journalSinkLongest: 20, journalSinkAnswer: 100});
      const {journal} = await open();
      journal.sink = () => new Promise(() => {});
      await becomes(journal, ({sinkError}) => sinkError === 'timeout');
      journal.sink = () => {};
      await becomes(journal, ({sent}) => sent === 1);
      expect(journal.state.sinkError).to.equal(undefined);
    });

    it('gets what is in memory alone where the browser refuses locks, as in a frame with sandbox', async () => {
      const {request} = LockManager.prototype;
      LockManager.prototype.request = () => Promise.reject(new DOMException('Denied', 'SecurityError'));
      try {
        const {journal} = await open({journalStorage: 'memory'});
        journal.sink = () => {};
        await becomes(journal, ({sent}) => sent === 1);
      } finally {
        LockManager.prototype.request = request;
      }
    });

    it('gets the rows of a new chain, also if it was taking rows when all were erased', async () => {
      const {client, journal} = await open();
      client.receive('hello');
      await journal.written();
      const taken: JournalRow[] = [];
      let done = (): void => {};
      journal.sink = async (rows) => {
        taken.push(...rows);
        await new Promise<void>((resolve) => (done = resolve));
      };
      await until(() => taken.length > 0);
      await journal.erase();
      done();
      client.receive('afterwards');
      await until(() => taken.some(({text}) => text === 'afterwards'));
      done();
      await becomes(journal, ({sent}) => sent === 1);
    });

    it('has taken nothing of a new chain', async () => {
      const {journal} = await open();
      journal.sink = () => {};
      await becomes(journal, ({sent}) => sent === 1);
      await journal.erase();
      expect(journal.state.sent).to.equal(0);
    });

    it('goes on in the next page after what it has taken', async () => {
      const first = await open();
      first.journal.sink = () => {};
      await becomes(first.journal, ({sent}) => sent === 1);
      first.journal.sink = undefined;
      first.client.receive('hello');
      await first.journal.written();
      const second = await open();
      const taken: JournalRow[] = [];
      second.journal.sink = (rows) => void taken.push(...rows);
      await becomes(second.journal, ({sent}) => (sent ?? 0) >= 2);
      expect(taken[0]).to.include({seq: 2, text: 'hello'});
    });
  });

  describe('chain', () => {
    async function rowsOfShift(): Promise<readonly JournalRow[]> {
      const {client, journal} = await open();
      for (let index = 0; index < 5; index += 1) client.receive(`text ${index}`);
      await journal.written();
      return journal.rows;
    }

    it('is hashed over the sorted fields of each row, without spaces', async () => {
      const row = {seq: 1, id: 'a', hash: 'x', name: 'Béa "B"', of: undefined};
      expect(canonicalText(row)).to.equal('{"id":"a","name":"Béa \\"B\\"","seq":1}');
      const nested = {
        people: [
          {time: 2, number: '1'},
          {number: '2', name: undefined},
        ],
        id: 'a',
      };
      expect(canonicalText(nested)).to.equal('{"id":"a","people":[{"number":"1","time":2},{"number":"2"}]}');
      expect(await hashOf({})).to.equal('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
    });

    it('shows a changed, missing, reordered or truncated row', async () => {
      const rows = await rowsOfShift();
      const head = {count: rows.length, hash: rows.at(-1)!.hash};
      expect(await verifyJournal(rows, head)).to.deep.equal({valid: true, head});
      const check = async (changed: readonly unknown[], known = head): Promise<unknown> => {
        const {valid, problem, row} = await verifyJournal(changed, known);
        expect(valid).to.equal(false);
        return [problem, row];
      };
      expect(await check(rows.with(2, {...rows[2]!, text: 'another'}))).to.deep.equal(['changed', 3]);
      expect(await check(rows.toSpliced(2, 1))).to.deep.equal(['missing', 3]);
      expect(await check(rows.with(2, rows[3]!).with(3, rows[2]!))).to.deep.equal(['order', 3]);
      expect(await check(rows.slice(0, -1))).to.deep.equal(['truncated', 6]);
      expect(await check(rows.with(1, null as never))).to.deep.equal(['unreadable', 2]);
      // Hashed anew, the row does not fit the next one.
      const forged = {...rows[2]!, text: 'another'};
      const hash = await hashOf(forged);
      expect(await check(rows.with(2, {...forged, hash}))).to.deep.equal(['changed', 4]);
      // Written anew to the end, the chain does not fit what was kept elsewhere.
      expect(await check(rows, {count: 3, hash: 'f'.repeat(64)})).to.deep.equal(['changed', 3]);
    });
  });

  it('has a row for each who is sent a file to a group, and one for the group if it is not uploaded', async () => {
    const {client, journal} = await open({uploadUrl: '/nowhere'});
    const answers = ['no address', 'https://files.example/1'];
    client.upload = async () => ({ok: true, status: 200, response: answers.shift()!});
    const people = ['1002', '1003'].map((number) => ({number, name: ''}));
    const file = new File(['x'], 'plan.pdf');
    const group = {number: '8200', name: 'Patrol'};
    await rejects(client.messages.sendFileToAll(people, file, {group}), 'bad-reply');
    const [failed] = (await client.messages.open('group:8200')).state.messages;
    await client.messages.retry(failed!.id);
    const files = (): readonly JournalRow[] => journal.rows.filter(({kind}) => kind === 'file');
    await until(() => files().length >= 3);
    await journal.written();
    expect(files().map(({event, number}) => `${event} ${number}`)).to.have.members([
      'failed 8200',
      'sent 1002',
      'sent 1003',
    ]);
  });

  describe('export', () => {
    it('as JSON can be checked by what it says', async () => {
      const {client, journal} = await open();
      client.receive('hello');
      await journal.written();
      const file = await journal.export();
      expect(file.name).to.match(/^journal-\d{4}-\d\d-\d\d\.json$/);
      const {rows, count, head, format} = JSON.parse(await file.text());
      expect([format, count]).to.deep.equal(['sip-elements-journal', 2]);
      expect(await verifyJournal(rows, {count, hash: head})).to.deep.include({valid: true});
    });

    it('has the names known by then beside rows that had none, and leaves the chain as it is', async () => {
      const {client, journal} = await open();
      client.receive('hello');
      journal.beginRollCall().end({
        people: [
          {number: '1008', name: '', result: 'answered'},
          {number: '1009', name: 'Ben', result: 'busy'},
        ],
      });
      await until(() => journal.rows.some(({kind}) => kind === 'roll-call'));
      await journal.written();
      const known: Readonly<Record<string, string>> = {1002: 'Anna', 1008: '陈静', 1009: 'Bea'};
      client.people = async (number) => ({name: known[number]!});
      await until(() =>
        Object.entries(known).every(([number, name]) => client.identify({number, name: ''}).name === name),
      );
      const {rows, count, head, names} = JSON.parse(await (await journal.export()).text());
      expect(names).to.deep.equal({1002: 'Anna', 1008: '陈静'});
      expect(rows.find(({kind}: JournalRow) => kind === 'text').name).to.equal(undefined);
      expect(await verifyJournal(rows, {count, hash: head})).to.deep.include({valid: true});
      const lines = (await (await journal.export('csv')).text()).split('\r\n');
      expect(lines[0]).to.match(/,hash,shownName,shownPersonName$/);
      expect(lines.find((line) => line.includes('"hello"'))).to.match(
        /,"text","received","incoming","1002","",.*,"Anna",""$/,
      );
      expect(lines.find((line) => line.includes('roll-call'))).to.match(
        /"陈静 1008 answered; Ben 1009 busy"/,
      );
    });

    it('as CSV has no cell that a spreadsheet would compute', async () => {
      const {client, journal} = await open();
      for (const text of [
        '=1+1',
        '+1',
        '-1',
        '@SUM(A1)',
        '\t=1',
        'a;=2;b',
        'hi\n=3',
        'say "hi", then\nleave',
      ])
        client.receive(text);
      await journal.written();
      const text = await (await journal.export('csv')).text();
      expect(text.startsWith('seq,time,kind,')).to.equal(true);
      for (const cell of [
        `"'=1+1"`,
        `"'+1"`,
        `"'-1"`,
        `"'@SUM(A1)"`,
        `"\t'=1"`,
        `"a;'=2;b"`,
        `"hi\n'=3"`,
        '"say ""hi"", then\nleave"',
      ])
        expect(text).to.include(cell);
    });
  });

  it('is erased by the page alone, and begins a new chain', async () => {
    const {client, journal} = await open();
    client.receive('hello');
    await client.disconnect();
    await journal.written();
    expect(journal.rows).to.have.length(3);
    await journal.erase();
    expect(journal.rows).to.have.length(0);
    await client.connect();
    await client.register();
    await journal.written();
    expect(journal.rows).to.have.length(1);
    expect(journal.rows[0]).to.include({seq: 1, previous: '', event: 'signed-in'});
  });
});
