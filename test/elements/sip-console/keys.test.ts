import {expect, fixture, html} from '@open-wc/testing';
import {resetMouse, sendKeys, setViewport} from '@web/test-runner-commands';
import type {TemplateResult} from 'lit';
import {keyTable} from '../../../src/elements/sip-console/desk-keys.js';
import type {SipConsoleElement} from '../../../src/elements/sip-console/sip-console.js';
import type {CallState} from '../../../src/core/call/call.js';
import {deep, isAccessible, loads, part, shows} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {sound, StagedClient, type Staged, type StagedTalk} from '../../support/staged/staged-client.js';
import {group, person, StagedPeople} from '../../support/staged/staged-people.js';

describe('the keys of a <sip-console>', () => {
  let client: StagedClient;
  let element: SipConsoleElement;
  /** The keys that the browser would have got, in order. */
  const left: string[] = [];
  const note = (event: KeyboardEvent): void => {
    if (!event.defaultPrevented) left.push(event.key);
    // A reload or the tools would end the test, not fail it.
    if (/^F\d/.test(event.key)) event.preventDefault();
  };

  /** Lets that see a key after everyone else. */
  const moveToEnd = (): void => {
    window.removeEventListener('keydown', note);
    window.addEventListener('keydown', note);
  };

  async function setUp(keys = '', children?: TemplateResult): Promise<void> {
    await setViewport({width: 1280, height: 800});
    document.body.style.margin = '0';
    client = new StagedClient({historyStorage: 'memory'});
    client.directoryService = new StagedPeople(
      [group('8000', 'Harbor')],
      [
        {...person('1002', '李雷', '8000'), state: 'busy'},
        {...person('1003', 'Anna Novak', '8000'), state: 'busy'},
      ],
    );
    await client.connect();
    await client.register();
    const root = await fixture(
      html`<sip-client .client=${client}
        ><sip-console keys=${keys}
          >${children ?? html`<sip-channels data-region="bottom" groups="9001=A, 9002=B"></sip-channels>`}<input
            data-region="right"
            data-label="Note"
            aria-label="Note" /></sip-console
      ></sip-client>`,
    );
    element = root.querySelector('sip-console')!;
    await loads(element);
    // The width is measured once the element is laid out.
    await shows(element, () => part(element, 'panel')?.classList.contains('wide') === true);
    await shows(element, () => deep(element, '[part=search]').length > 0);
    left.length = 0;
    window.addEventListener('keydown', moveToEnd, {capture: true});
  }
  beforeEach(() => localStorage.clear());
  afterEach(async () => {
    window.removeEventListener('keydown', moveToEnd, {capture: true});
    window.removeEventListener('keydown', note);
    await resetMouse();
    document.body.style.removeProperty('margin');
    await client.disconnect();
    await setViewport({width: 800, height: 600});
  });

  const phase = (call: {readonly state: CallState}): string =>
    call.state.phase === 'answered' && call.state.held ? 'held' : call.state.phase;
  const focused = (): Element | null => {
    let {activeElement} = document;
    while (activeElement?.shadowRoot?.activeElement) activeElement = activeElement.shadowRoot.activeElement;
    return activeElement;
  };
  /** A field of the page in a region. */
  const field = (): HTMLInputElement => element.querySelector('input')!;
  const hint = (): string => deep(element, '.hint')[0]!.innerText;
  async function chord(modifier: string, key: string): Promise<void> {
    await sendKeys({down: modifier});
    await sendKeys({press: key});
    await sendKeys({up: modifier});
  }
  function talk(number: string): Staged {
    const staged = client.dial('audio', {number, name: ''});
    staged.dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
    staged.dialog.confirm();
    return staged;
  }

  it('say in a narrow desk as well why they do nothing: a screen reader has no other way to know', async () => {
    await setUp();
    await setViewport({width: 320, height: 640});
    await shows(element, () => part(element, 'panel')!.classList.contains('narrow'));
    await sendKeys({press: 'F1'});
    await shows(element, () => hint().includes('No call is waiting.'));
    const {shadowRoot} = deep(element, 'sip-console-bar')[0]!;
    const texts = [...shadowRoot!.querySelectorAll<HTMLElement>('[role=status]')];
    expect(texts.map((text) => text.checkVisibility())).to.deep.equal([true, true]);
  });

  it('answers the most urgent call by F1, first SOS, then urgent ones, then the oldest, also from a field', async () => {
    await setUp();
    const oldest = client.ring('audio', {number: '1011', name: ''});
    const urgent = client.ring('audio', {number: '1012', name: ''}, 'urgent');
    const sos = client.ring('audio', {number: '1013', name: ''}, 'sos');
    field().focus();
    await sendKeys({type: 'Ann'});
    for (const {call} of [sos, urgent, oldest]) {
      expect(phase(call)).to.equal('ringing');
      await sendKeys({press: 'F1'});
      await until(() => phase(call) === 'answered');
    }
    expect(field().value).to.equal('Ann');
    await sendKeys({press: 'F1'});
    await shows(element, () => hint() === 'No call is waiting.');
    expect(left).to.deep.equal(['A', 'n', 'n']);
    await isAccessible(element);
  });

  it('holds the call and returns to it by F2', async () => {
    await setUp();
    await sendKeys({press: 'F2'});
    await shows(element, () => hint() === 'There is no call to hold or return to.');
    const {call} = talk('1011');
    await sendKeys({press: 'F2'});
    await until(() => phase(call) === 'held');
    await sendKeys({press: 'F2'});
    await until(() => phase(call) === 'answered');
    expect(left).to.deep.equal([]);
  });

  it('leads to the search by F3, whatever tab the region shows', async () => {
    await setUp();
    deep(element, '#tab-keypad')[0]!.click();
    await shows(element, () => !deep(element, '#pane-keypad')[0]!.hidden);
    await sendKeys({press: 'F3'});
    await shows(element, () => focused() === deep(element, '[part=search]')[0]);
    expect(deep(element, '#pane-keypad')[0]!.hidden).to.equal(true);
  });

  it('listens in to the chosen person by F4, and stops by another press', async () => {
    await setUp();
    await sendKeys({press: 'F4'});
    await shows(element, () => hint() === 'Choose a person who is in a call.');
    const tree = deep(element, '[role=tree]')[0]!;
    tree.focus();
    await sendKeys({press: 'ArrowRight'});
    await shows(element, () => deep(element, '[role=treeitem]').length === 3);
    await sendKeys({press: 'ArrowDown'});
    await sendKeys({press: 'F4'});
    await until(() => client.calls.some(({type}) => type === 'listen-in'));
    const listening = client.calls.find(({type}) => type === 'listen-in')!;
    expect(['1002', '1003']).to.include(listening.remote.number);
    await sendKeys({press: 'F4'});
    await until(() => phase(listening) === 'released');
  });

  it('gives F5 and so on to talk groups, Ctrl+Space to the selected ones, also from a field', async () => {
    await setUp();
    const channels = element.querySelector('sip-channels')!;
    await loads(channels);
    const [one, two] = ['9001', '9002'].map((number) => {
      const group = client.interphone({remote: {number, name: ''}});
      group.dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
      group.dialog.confirm();
      return group;
    });
    expect(channels.groupKeys).to.equal('F5 F6 F7 F8 F9 F10 F11 F12');
    const asks = ({service}: StagedTalk): number => service.commands.filter((each) => each === 'ask').length;
    await sendKeys({press: 'F6'});
    await shows(channels, () => channels.selected === '9002');
    const before = asks(two!);
    await sendKeys({down: 'F5'});
    await until(() => asks(one!) === 1);
    await sendKeys({up: 'F5'});
    expect(asks(two!)).to.equal(before);
    field().focus();
    await sendKeys({down: 'Control'});
    await sendKeys({down: ' '});
    await until(() => asks(two!) === before + 1);
    await sendKeys({up: ' '});
    await sendKeys({up: 'Control'});
    expect(asks(one!)).to.equal(1);
    // Nothing reloads, and no tools open, although no group has this key.
    for (const key of ['F11', 'F12']) await sendKeys({press: key});
    expect(left.filter((key) => key !== 'Control')).to.deep.equal([]);
  });

  it('leaves talk groups the keys that the page has chosen, and the browser its keys without talk groups', async () => {
    await setUp(
      '',
      html`<sip-channels data-region="bottom" groups="9001" group-keys="g" push-key="F7"></sip-channels>`,
    );
    const channels = element.querySelector('sip-channels')!;
    await loads(channels);
    expect([channels.groupKeys, channels.pushKey]).to.deep.equal(['g', 'F7']);
    element.regions = 'top left center queue right';
    await shows(element, () => deep(element, '#region-bottom').length === 0);
    await sendKeys({press: 'F5'});
    expect(left).to.deep.equal(['F5']);
  });

  it('repeats the last utterance by Alt+R, and says that there is none', async () => {
    await setUp();
    await chord('Alt', 'r');
    await shows(element, () => (part(element, 'error')?.innerText ?? '') !== '');
    expect(left.filter((key) => key !== 'Alt')).to.deep.equal([]);
    const repeated: unknown[] = [];
    client.recall.repeat = async (which) => void repeated.push(which);
    await chord('Alt', 'r');
    await until(() => repeated.length === 1);
    await shows(element, () => part(element, 'error') === null);
  });

  it('shows one list by ?, and types a question mark into a field', async () => {
    await setUp();
    await loads(element.querySelector('sip-channels')!);
    await sendKeys({press: '?'});
    const list = (): HTMLElement => part(element, 'key-list')!;
    await shows(element, () => list().matches(':popover-open'));
    const text = list().innerText.replace(/\s+/g, ' ');
    for (const row of [
      'F1 Answer the most urgent call',
      'F5 – F12 Talk groups',
      'Ctrl+Space Talk to the selected groups',
      'Alt+R Repeat the last utterance',
      'Alt+4 Queue',
    ])
      expect(text).to.include(row);
    expect(document.querySelectorAll(':popover-open')).to.have.length(0);
    expect(deep(element.querySelector('sip-channels')!, ':popover-open')).to.deep.equal([]);
    await isAccessible(element);
    await sendKeys({press: 'Escape'});
    await shows(element, () => !list().matches(':popover-open'));
    field().focus();
    await sendKeys({press: '?'});
    expect(field().value).to.equal('?');
    expect(list().matches(':popover-open')).to.equal(false);
  });

  it('never ends a call by Escape', async () => {
    await setUp();
    const {call} = talk('1011');
    const waiting = client.ring('audio', {number: '1012', name: ''});
    for (const name of ['call', 'queue', 'groups']) {
      element.focusRegion(name === 'groups' ? 'bottom' : name === 'queue' ? 'queue' : 'center');
      await sendKeys({press: 'Escape'});
    }
    part(deep(element, 'sip-call')[0]!, 'stage')?.focus();
    await sendKeys({press: 'Escape'});
    expect([phase(call), phase(waiting.call)]).to.deep.equal(['answered', 'ringing']);
  });

  it('has other keys by one attribute or property, and none', async () => {
    await setUp('answer: F9; hold:; groups: Alt+Q');
    const {call} = client.ring('audio', {number: '1011', name: ''});
    for (const key of ['F1', 'F2']) await sendKeys({press: key});
    expect(left).to.deep.equal(['F1', 'F2']);
    await sendKeys({press: 'F9'});
    await until(() => phase(call) === 'answered');
    const channels = element.querySelector('sip-channels')!;
    expect(channels.groupKeys).to.equal('Alt+Q');
    element.keys = 'none';
    await shows(element, () => channels.pushKey === '');
    left.length = 0;
    for (const key of ['F1', 'F9', 'F5']) await sendKeys({press: key});
    expect(left).to.deep.equal(['F1', 'F9', 'F5']);
  });

  it('reads what pages write', () => {
    const written = keyTable('answer: F9; groups: F5 F6;listen:; unknown: F1; hold; regions: Alt+A, 7');
    expect(written.answer).to.deep.equal(['F9']);
    expect(written.groups).to.deep.equal(['F5', 'F6']);
    expect(written.listen).to.deep.equal([]);
    expect(written.hold).to.deep.equal(['F2']);
    expect(Object.values(keyTable('none')).flat()).to.deep.equal([]);
    const table = keyTable({answer: ['ctrl+f9', 'Hyper+X'], talk: ''});
    expect(table.answer).to.deep.equal(['Control+f9']);
    expect(table.talk).to.deep.equal([]);
    expect(table.regions).to.have.length(6);
  });
});
