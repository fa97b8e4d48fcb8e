import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {Journal} from '../../../src/core/journal/journal.js';
import type {SipJournalElement} from '../../../src/elements/sip-journal/sip-journal.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {deep, isAccessible, loads, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {watchDownloads, type Downloaded} from '../../support/in-page/downloads.js';
import {leaveRecording, recordTone} from '../../support/staged/left-recordings.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {person, StagedPeople} from '../../support/staged/staged-people.js';

describe('<sip-journal>', () => {
  let client: StagedClient;
  let element: SipJournalElement;
  let journal: Journal;

  afterEach(async () => {
    await client.disconnect();
  });

  async function setUp(journalStorage: 'local' | 'memory' | 'none' = 'memory', number = ''): Promise<void> {
    client = new StagedClient({user: randomUuid(), journalStorage});
    client.directoryService = new StagedPeople([], [person('1008', '陈静', '')]);
    await client.connect();
    await client.register();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-journal number=${number}></sip-journal></sip-client>`,
    );
    element = root.querySelector('sip-journal')!;
    await loads(element);
    if (journalStorage === 'none') return;
    journal = await client.openJournal();
    await journal.written();
    await shows(element, () => rows().length > 0);
  }
  const rows = (): HTMLElement[] => deep(element, '[part=row]');
  const field = (name: string): HTMLInputElement => part(element, name) as HTMLInputElement;
  async function write(...texts: readonly string[]): Promise<void> {
    for (const text of texts) client.receive(text);
    await journal.written();
  }
  async function search(text: string): Promise<void> {
    field('search').value = text;
    field('search').dispatchEvent(new InputEvent('input'));
    await element.updateComplete;
  }
  async function choose(view: string): Promise<void> {
    field('view').value = view;
    field('view').dispatchEvent(new Event('change'));
    await element.updateComplete;
  }

  it('says that it is off without the option', async () => {
    await setUp('none');
    expect(textOf(element)).to.include('The journal is off. Nothing is written down.');
    await isAccessible(element);
  });

  it('shows what has happened, the newest first, as plain text', async () => {
    await setUp();
    client.ring('audio', {number: '1003', name: '<b>Cara</b>'});
    await write('hello <img src=x>');
    await shows(element, () => rows().length === 3);
    const [text, call, session] = rows().map((row) => row.innerText.replace(/\s+/g, ' '));
    expect(text).to.include('Message').and.include('hello <img src=x>');
    expect(call).to.include('<b>Cara</b> 1003').and.include('Call').and.include('incoming');
    expect(session).to.include('signed in');
    expect(deep(element, '[part=row] img')).to.deep.equal([]);
    await isAccessible(element);
  });

  it('has the name that the directory has for a number, if there was none when the row was written', async () => {
    await setUp();
    client.dial('audio', {number: '1008', name: ''});
    await journal.written();
    await shows(element, () => rows().some(({innerText}) => /陈静 1008/.test(innerText)));
    expect(journal.rows.find(({number}) => number === '1008')!.name).to.equal(undefined);
    await isAccessible(element);
  });

  it('cuts a text at its own end if its direction is not that of the page', async () => {
    await setUp();
    element.dir = 'rtl';
    await write(
      'Gate 4 is open, and the ambulance waits there until somebody has opened the other one as well',
    );
    await shows(element, () => rows().some(({innerText}) => innerText.includes('Gate 4')));
    const text = deep(element, '.rest > bdi').find(({innerText}) => innerText.includes('Gate 4'))!;
    const {direction, overflowX} = getComputedStyle(text);
    expect([direction, overflowX]).to.deep.equal(['ltr', 'hidden']);
    expect(text.scrollWidth, 'it has no room').to.be.greaterThan(text.clientWidth);
  });

  it('has the same name for who joins, for a note of that row, and for a search', async () => {
    await setUp();
    const {dialog, service} = client.confer();
    dialog.confirm();
    service.some({number: '1008', name: '', phase: 'answered'});
    await journal.written();
    const joined = journal.rows.find(({event}) => event === 'joined')!;
    expect(joined).to.include({person: '1008'}).and.not.have.property('personName');
    const rowOf = (id: string): string => rows().find(({dataset}) => dataset['id'] === id)!.innerText;
    await shows(element, () => rowOf(joined.id).includes('陈静 1008'));
    journal.note(joined.id, 'Late');
    await journal.written();
    const {id} = journal.rows.find(({kind}) => kind === 'note')!;
    await shows(element, () => rowOf(id).includes('陈静'));
    await search('陈静');
    expect(rows().map(({dataset}) => dataset['id'])).to.deep.equal([joined.id]);
    rows()[0]!.querySelector<HTMLElement>('[part=person]')!.click();
    await shows(element, () => part(element, 'anyone')?.innerText.trim() === '陈静');
  });

  it('names the people of a roll call who have a name by now', async () => {
    await setUp();
    journal.beginRollCall().end({people: [{number: '1008', name: '', result: 'answered'}]});
    await until(() => journal.rows.some(({people}) => people));
    await press(element, 'people');
    await shows(element, () => part(element, 'people-list')!.innerText.includes('陈静'));
  });

  it('says how many rows of other domains were left out', async () => {
    shorten({rowsOmitted: 20});
    await setUp();
    for (let count = 0; count < 207; count += 1) client.receive(`${count}`, {from: 'mallory@evil.example'});
    await shows(element, () => rows()[0]!.innerText.includes('left out'));
    const text = rows()[0]!.innerText.replace(/\s+/g, ' ');
    expect(text).to.include('External calls and messages').and.include('entries left out: 7');
    await isAccessible(element);
  });

  it('filters by a text, a person, the shift and SOS', async () => {
    await setUp();
    await write('about the harbor', 'about the gate');
    client.ring('audio', {number: '1003', name: 'Cara'}, 'sos');
    await journal.written();
    await shows(element, () => rows().length === 4);
    await search('GATE');
    await shows(element, () => rows().length === 1);
    expect(rows()[0]!.innerText).to.include('about the gate');
    await search('nothing like this');
    await shows(element, () => textOf(element).includes('No entry matches the filter.'));
    await isAccessible(element);
    await search('');
    await choose('sos');
    await shows(element, () => rows().length === 1 && rows()[0]!.innerText.includes('SOS call'));
    await choose('shift');
    await shows(element, () => rows().length === 4);
    deep(element, '[part=person]')[0]!.click();
    await shows(element, () => rows().length === 1);
    expect(part(element, 'anyone')!.innerText.trim()).to.equal('Cara');
    await press(element, 'anyone');
    await shows(element, () => rows().length === 4);
  });

  it('shows who has acknowledged an SOS, beside the SOS', async () => {
    await setUp();
    const {call} = client.ring('audio', {number: '1003', name: '<b>Cara</b>'}, 'sos');
    await until(() => client.state.alarms.length === 1);
    await client.alarms.acknowledge(call.id);
    await write('something else');
    await choose('sos');
    await shows(element, () => rows().length === 2);
    const text = rows()[0]!.innerText.replace(/\s+/g, ' ');
    expect(text).to.include('<b>Cara</b> 1003').and.include('Acknowledged');
    expect(text).to.include(`by ${client.options.user}`);
    await isAccessible(element);
  });

  it('lists the people of a roll call, and returns to the row', async () => {
    await setUp();
    const people = [
      {number: '1010', name: '<b>Yang</b>', result: 'answered', time: Date.now()},
      {number: '1011', name: '赵敏', result: 'declined', time: Date.now()},
      {number: '1012', name: '', result: 'server-error', time: Date.now()},
      {number: '1013', name: 'Maria', result: 'not-called'},
    ];
    const first = journal.beginRollCall().end({number: '8210', name: 'North', cause: 'aborted', people});
    journal.beginRollCall().end({of: first, people: people.slice(0, 1)});
    await journal.written();
    await shows(element, () => rows().length === 3);
    const [again, ended] = rows().map((row) => row.innerText.replace(/\s+/g, ' '));
    expect(ended).to.include('North 8210').and.include('1 of 4 present').and.include('Stopped');
    expect(ended).to.include('Absent: 赵敏, 1012, and Maria');
    expect(again).to.include('Roll call').and.include('called again').and.include('1 of 1 present');
    const opener = rows()[1]!.querySelector<HTMLElement>('[part=people]')!;
    opener.focus();
    await sendKeys({press: 'Enter'});
    await shows(element, () => part(element, 'people-list') !== null);
    const lines = deep(element, '.person').map((each) => each.innerText.replace(/\s+/g, ' '));
    expect(lines[0]).to.match(/^<b>Yang<\/b> 1010 Present \d/);
    expect(lines[1]).to.match(/^赵敏 1011 Declined \d/);
    expect(lines[2]).to.match(/^1012 Not reached \d/);
    expect(lines[3]!.trim()).to.equal('Maria 1013 Not called');
    await isAccessible(element);
    await sendKeys({press: 'Escape'});
    await shows(element, () => part(element, 'people-list') === null);
    expect((opener.getRootNode() as ShadowRoot).activeElement).to.equal(opener);
    await search('maria');
    await shows(element, () => rows().length === 1);
    expect((await journal.verify()).valid).to.equal(true);
  });

  it('writes a note by the keyboard, and returns to the row', async () => {
    await setUp();
    await write('hello');
    await shows(element, () => rows().length === 2);
    deep(element, '[part=note]')[0]!.focus();
    await sendKeys({press: 'Enter'});
    await shows(element, () => part(element, 'note-field') !== null);
    await sendKeys({type: 'Called back.'});
    await isAccessible(element);
    await sendKeys({press: 'Enter'});
    await shows(element, () => rows().length === 3);
    expect(rows()[0]!.innerText).to.include('Called back.');
    expect(part(element, 'note-form')).to.equal(null);
    const noted = rows()[1]!.querySelector('[part=note]');
    expect((noted!.getRootNode() as ShadowRoot).activeElement).to.equal(noted);
    expect(journal.rows.at(-1)).to.include({kind: 'note', of: journal.rows.at(-2)!.id});
  });

  it('checks all rows, and says which one was changed', async () => {
    await setUp();
    await write('hello', 'again');
    await press(element, 'verify');
    await shows(element, () => textOf(element).includes('All 3 entries are complete and unchanged.'));
    expect(textOf(element)).to.include(journal.rows.at(-1)!.hash);
    journal.verify = async () => ({
      valid: false,
      head: {count: 1, hash: journal.rows[0]!.hash},
      problem: 'changed',
      row: 2,
    });
    await press(element, 'verify');
    await shows(element, () => textOf(element).includes('Entry 2 was changed.'));
    await isAccessible(element);
  });

  it('saves files', async () => {
    await setUp();
    const downloads = watchDownloads();
    try {
      for (const [name, type] of [
        ['csv', 'text/csv'],
        ['json', 'application/json'],
      ] as const) {
        await press(element, name);
        const saved = (): Downloaded | undefined =>
          downloads.files.find((each) => each.name.endsWith(`.${name}`));
        await until(() => saved() !== undefined);
        expect((await saved()!.file).type).to.equal(type);
      }
    } finally {
      downloads.restore();
    }
  });

  it('plays the recording of a row, and that of the call from its end', async () => {
    await setUp();
    const {call, dialog} = client.dial('audio', {number: '1002', name: 'Bea'});
    dialog.confirm();
    const file = await recordTone(700);
    const about = {call: call.id, remote: {number: '1002', name: 'Bea'}, file, time: Date.now()};
    const id = await leaveRecording(client.recordings, about);
    const detail = {id, blob: file, type: file.type, duration: 2};
    call.dispatchEvent(new CustomEvent('recording', {detail, cancelable: true}));
    await call.hangup();
    await journal.written();
    await shows(element, () => deep(element, '[part=play]').length === 2);
    expect(deep(element, '[part=save]')).to.have.length(1);
    const audio = (): HTMLAudioElement | undefined => deep<HTMLAudioElement>(element, 'audio')[0];
    for (const play of deep(element, '[part=play]')) {
      play.focus();
      play.click();
      await until(() => (audio()?.currentTime ?? 0) > 0.1);
      await isAccessible(element);
      part(element, 'player-close')!.focus();
      part(element, 'player-close')!.click();
      await until(() => !audio());
      await until(() => element.shadowRoot!.activeElement?.shadowRoot?.activeElement === play);
    }
    await client.recordings.delete(id);
  });

  it('draws the rows in view of 10,000', async () => {
    await setUp();
    const {id} = journal.rows[0]!;
    for (let index = 0; index < 10_000; index += 1) journal.note(id, `note ${index}`);
    await journal.written();
    await shows(element, () => rows()[0]!.getAttribute('aria-setsize') === '10001');
    expect(rows().length).to.be.below(60);
    const list = deep(element, '[role=list]')[0]!;
    list.scrollTop = list.scrollHeight;
    await shows(element, () => rows().at(-1)!.getAttribute('aria-posinset') === '10001');
    expect(rows().length).to.be.below(60);
  });

  it('says that the disk is full, and that the server takes nothing', async () => {
    await setUp('local');
    const {add} = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('The disk is full.', 'QuotaExceededError');
    };
    try {
      client.receive('while the disk is full');
      await shows(element, () => textOf(element).includes('The disk is full.'));
      expect(rows()[0]!.innerText).to.include('not saved yet');
      await isAccessible(element);
    } finally {
      IDBObjectStore.prototype.add = add;
    }
    client.receive('with room');
    await journal.written();
    await shows(element, () => !textOf(element).includes('The disk is full.'));
    journal.sink = async () => Promise.reject(new Error('away'));
    await shows(element, () => textOf(element).includes('The server does not take the journal.'));
    journal.sink = undefined;
    await journal.erase();
  });
});
