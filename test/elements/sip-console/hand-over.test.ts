import {expect, fixture, html} from '@open-wc/testing';
import {resetMouse, sendKeys, setViewport} from '@web/test-runner-commands';
import type {SipClientElement} from '../../../src/elements/sip-client/sip-client.js';
import type {SipConsoleElement} from '../../../src/elements/sip-console/sip-console.js';
import type {Handover} from '../../../src/core/handover/handover.js';
import {watchDownloads} from '../../support/in-page/downloads.js';
import {deep, isAccessible, loads, part, press, shows} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const SECRET = 'a text of a stranger';

describe('the end of a shift at a <sip-console>', () => {
  let root: SipClientElement;
  let element: SipConsoleElement;
  let client: StagedClient;
  const clients: StagedClient[] = [];

  async function user(name: string): Promise<StagedClient> {
    const made = new StagedClient({user: name, domain: 'shift.example', historyStorage: 'local'});
    clients.push(made);
    await made.connect();
    await made.register();
    return made;
  }

  async function setUp(handOver = 'lock', texts = false): Promise<void> {
    await setViewport({width: 1280, height: 800});
    document.body.style.margin = '0';
    client = await user('1001');
    root = await fixture(
      html`<sip-client .client=${client}
        ><sip-console hand-over=${handOver} ?hand-over-texts=${texts}
          ><button data-region="locked" id="sign-in">Sign in</button></sip-console
        ></sip-client
      >`,
    );
    element = root.querySelector('sip-console')!;
    await loads(element);
    await shows(element, () => part(element, 'hand-over') !== null);
  }

  /** A call that waits, one that is held, an SOS, a note and an unread text. */
  async function work(): Promise<void> {
    const journal = await client.openJournal();
    const sos = client.ring('audio', {number: '1003', name: '<b>Anna</b>'}, 'sos');
    await until(() => client.state.alarms.length === 1);
    await sos.call.decline();
    client.ring('audio', {number: '1011', name: '赵敏'});
    const held = client.dial('audio', {number: '1004', name: 'Bea'});
    held.dialog.confirm();
    held.dialog.set({held: true});
    client.receive(SECRET, {from: '1005', name: 'Cleo'});
    await until(() => client.messages.state.unread === 1);
    await until(() => journal.rows.some(({kind}) => kind === 'sos'));
    journal.note(journal.rows.find(({kind}) => kind === 'sos')!.id, 'Ambulance <i>is</i> on its way.');
    await journal.written();
  }

  const panel = (): HTMLElement => part(element, 'hand-over-panel')!;
  const open = (): boolean => panel()?.matches(':popover-open') ?? false;
  const text = (): string => panel().innerText.replace(/\s+/g, ' ');
  const stored = (): string => localStorage.getItem('sip-elements:handover:@shift.example') ?? '';

  async function endShift(comment = ''): Promise<Handover> {
    await press(element, 'hand-over');
    await shows(element, open);
    part(element, 'hand-over-comment')!.focus();
    await sendKeys({type: comment});
    const ended = new Promise<Handover>((resolve) =>
      root.addEventListener('sip-hand-over', ({detail}) => resolve(detail.handover), {once: true}),
    );
    await press(element, 'end-shift');
    const handover = await ended;
    await shows(element, () => part(element, 'locked') !== null);
    return handover;
  }

  async function signIn(name: string): Promise<void> {
    client = await user(name);
    root.client = client;
    await shows(element, () => part(element, 'locked') === null);
  }

  beforeEach(() => localStorage.clear());
  afterEach(async () => {
    await resetMouse();
    document.body.style.removeProperty('margin');
    for (const each of clients.splice(0)) {
      await each.disconnect();
      await each.messages.clear();
      const journal = await each.openJournal().catch(() => undefined);
      await journal?.written();
      await journal?.erase();
    }
    localStorage.clear();
    await setViewport({width: 800, height: 600});
  });

  it('shows what is open, as plain text, and follows it', async () => {
    await setUp();
    await work();
    await press(element, 'hand-over');
    await shows(element, open);
    await shows(element, () => text().includes('Ambulance'));
    for (const words of [
      'SOS not acknowledged <b>Anna</b> 1003',
      'Open calls',
      '赵敏 1011',
      'waiting',
      'Bea 1004',
      'on hold',
      'Ambulance <i>is</i> on its way.',
      'Cleo 1005',
      '1 unread',
    ])
      expect(text()).to.include(words);
    expect(text()).not.to.include(SECRET);
    expect(panel().querySelectorAll('b, i, img')).to.have.length(0);
    expect(part(element, 'end-shift')!.innerText).to.equal('End shift and 2 calls');
    await isAccessible(element);
    client.ring('audio', {number: '1012', name: 'Dan'});
    await shows(element, () => text().includes('Dan 1012'));
    await sendKeys({press: 'Escape'});
    await shows(element, () => !open());
    expect(client.calls).to.have.length(3);
  });

  it('keeps the comment that is written while the connection is lost and restored', async () => {
    await setUp();
    await press(element, 'hand-over');
    await shows(element, open);
    part(element, 'hand-over-comment')!.focus();
    await sendKeys({type: 'Gate 3 is open'});
    client.host.setRegistration('unregistered');
    await shows(element, () => part(element, 'hand-over') === null);
    client.host.setRegistration('registered');
    await shows(element, () => part(element, 'hand-over') !== null);
    expect(open()).to.equal(true);
    expect((part(element, 'hand-over-comment') as HTMLTextAreaElement).value).to.equal('Gate 3 is open');
  });

  it('gives the focus back where it was', async () => {
    await setUp();
    const button = part(element, 'hand-over')!;
    button.focus();
    await sendKeys({press: 'Enter'});
    await shows(element, () => panel().contains((panel().getRootNode() as ShadowRoot).activeElement));
    await sendKeys({press: 'Escape'});
    await shows(element, () => (button.getRootNode() as ShadowRoot).activeElement === button);
  });

  it('signs out, leaves nothing of the user on the page, and lets the next one take over', async () => {
    await setUp();
    await work();
    tabOf('messages').click();
    const handover = await endShift('Check the gate.');
    expect(client.state.connection).to.equal('disconnected');
    expect(handover).to.deep.include({comment: 'Check the gate.'});
    const first = await client.openJournal();
    expect(first.rows.map(({event}) => event)).to.include('handed-over');
    const words = deep(element, '*')
      .map(({textContent}) => textContent)
      .join();
    for (const name of ['Anna', 'Bea', 'Cleo', SECRET]) expect(words).not.to.include(name);
    expect(deep(element, 'sip-messages, sip-call, sip-console-bar')).to.deep.equal([]);
    expect(element.querySelector('#sign-in')!.checkVisibility()).to.equal(true);
    await isAccessible(element);
    expect(stored()).to.include('Check the gate.').and.not.include(SECRET);

    await signIn('1002');
    await shows(element, open);
    expect(text())
      .to.include('Handed over by 1001')
      .and.include('Check the gate.')
      .and.include('<b>Anna</b> 1003');
    expect(panel().contains((panel().getRootNode() as ShadowRoot).activeElement), 'the focus').to.equal(
      false,
    );
    await isAccessible(element);
    await press(element, 'hand-over-close');
    await shows(element, () => !open() && part(element, 'handed-over') !== null);
    await press(element, 'handed-over');
    await shows(element, open);
    deep(element, '[part=hand-over-call]').at(-1)!.click();
    await until(() => client.calls.some(({remote}) => remote.number === '1004'));
    const taken = new Promise((resolve) => root.addEventListener('sip-take-over', resolve, {once: true}));
    await press(element, 'take-over');
    await taken;
    await shows(element, () => !open() && part(element, 'handed-over') === null);
    expect(client.state.alarms).to.have.length(1);
    await shows(element, () => deep(element, '[part=alarm]').length === 1);
    const journal = await client.openJournal();
    await journal.written();
    expect(journal.rows.find(({event}) => event === 'taken-over')).to.include({
      person: '1001',
      text: 'Check the gate.',
    });
    expect(stored()).to.equal('');
  });

  const tabOf = (id: string): HTMLElement => deep(element, `#tab-${id}`)[0]!;

  it('has texts if the page wants them', async () => {
    await setUp('lock', true);
    await work();
    await press(element, 'hand-over');
    await shows(element, () => text().includes(SECRET));
    await endShiftOpen();
    expect(stored()).to.include(SECRET);
  });

  async function endShiftOpen(): Promise<void> {
    await press(element, 'end-shift');
    await shows(element, () => part(element, 'locked') !== null);
  }

  it('erases everything of the user if the page wants that, and says so before', async () => {
    await setUp('erase');
    await work();
    localStorage.setItem('sip-elements:drafts:1001@shift.example', '{}');
    await press(element, 'hand-over');
    await shows(element, () => text().includes('is erased, your journal too'));
    await sendKeys({press: 'Escape'});
    await endShift();
    expect(client.history.entries).to.deep.equal([]);
    expect(client.messages.state.conversations).to.deep.equal([]);
    expect(Object.keys(localStorage).filter((key) => key.includes('1001@'))).to.deep.equal([]);
    expect((await (await client.openJournal()).head()).count).to.equal(0);
    expect(stored()).to.include('1003');
  });

  it('saves JSON and CSV', async () => {
    const {files, restore} = watchDownloads();
    await setUp();
    await work();
    await press(element, 'hand-over');
    await shows(element, open);
    await press(element, 'hand-over-json');
    await press(element, 'hand-over-csv');
    await until(() => files.length === 2);
    restore();
    const ofKind = async (kind: string): Promise<string> =>
      (await files.find(({name}) => name.endsWith(kind))!.file).text();
    const [json, csv] = [await ofKind('.json'), await ofKind('.csv')];
    expect(JSON.parse(json)).to.deep.include({format: 'sip-elements-handover'});
    expect(csv).to.include('"sos","began","incoming","1003","<b>Anna</b>"').and.not.include(SECRET);
  });

  it('is not offered with hand-over="off"', async () => {
    await setUp();
    element.handOver = 'off';
    await shows(element, () => part(element, 'hand-over') === null);
  });

  it('leaves an SOS in reach while it is shown', async () => {
    await setUp();
    await press(element, 'hand-over');
    await shows(element, open);
    const {call} = client.ring('audio', {number: '1003', name: 'Anna'}, 'sos');
    await shows(element, () => deep(element, '[part=answer]').length > 0);
    deep(element, '[part=answer]')[0]!.click();
    await until(() => call.state.phase === 'answered');
  });
});
