import {expect, fixture, html} from '@open-wc/testing';
import {resetMouse, sendKeys, sendMouse, setViewport} from '@web/test-runner-commands';
import type {TemplateResult} from 'lit';
import type {SipConsoleElement} from '../../../src/elements/sip-console/sip-console.js';
import type {SipClientElement} from '../../../src/elements/sip-client/sip-client.js';
import {deep, isAccessible, loads, part, shows} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {forgiveLayout} from '../../support/in-page/forgive-layout.js';
import {rejects} from '../../support/in-page/rejections.js';
import {sound, StagedClient} from '../../support/staged/staged-client.js';
import {group, person, StagedPeople} from '../../support/staged/staged-people.js';

const WIDE = {width: 1280, height: 720};

describe('<sip-console>', () => {
  let client: StagedClient;
  let element: SipConsoleElement;

  interface SetUp {
    readonly size?: {readonly width: number; readonly height: number};
    readonly children?: TemplateResult;
    readonly on?: StagedClient;
    readonly regions?: string;
    readonly dir?: 'rtl' | 'ltr';
  }

  const setUp = async ({size = WIDE, children, on, regions = '', dir = 'ltr'}: SetUp = {}): Promise<void> => {
    await setViewport(size);
    document.body.style.margin = '0';
    client = on ?? new StagedClient({historyStorage: 'memory'});
    client.directoryService = new StagedPeople([group('8000', 'Harbor')], [person('1002', '李雷', '8000')]);
    await client.connect();
    await client.register();
    const root = await fixture(
      html`<sip-client .client=${client} dir=${dir}
        ><sip-console regions=${regions}>${children}</sip-console></sip-client
      >`,
    );
    element = root.querySelector('sip-console')!;
    await loads(element);
    await shows(element, () => part(element, 'panel') !== null);
    // The size is measured once the element is laid out: a desk is wide until then.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await shows(element, () => panel().classList.contains(modeOf(size.width)));
  };

  const modeOf = (width: number): string => (width >= 1280 ? 'wide' : width >= 600 ? 'drawers' : 'narrow');
  const panel = (): HTMLElement => part(element, 'panel')!;
  const region = (name: string): HTMLElement => deep(element, `#region-${name}`)[0]!;
  const box = (name: string): DOMRect => region(name).getBoundingClientRect();
  const tab = (id: string): HTMLElement => deep(element, `#tab-${id}`)[0]!;
  const pane = (id: string): HTMLElement => deep(element, `#pane-${id}`)[0]!;
  const divider = (name: string): HTMLElement =>
    deep(element, `sip-console-divider.${name}`)[0]!.shadowRoot!.querySelector('[role=separator]')!;
  const arrange = (index: number): void => deep(element, '[part=arrangement]')[index]!.click();
  const focused = (): Element | null => {
    let {activeElement} = document;
    while (activeElement?.shadowRoot?.activeElement) activeElement = activeElement.shadowRoot.activeElement;
    return activeElement;
  };
  const boxes = (): string =>
    ['top', 'left', 'center', 'queue', 'right', 'bottom']
      .map((name) => Object.values(box(name).toJSON() as Record<string, number>).map(Math.round))
      .join('|');

  beforeEach(() => {
    localStorage.clear();
    window.addEventListener('error', forgiveLayout, {capture: true});
  });
  afterEach(async () => {
    window.removeEventListener('error', forgiveLayout, {capture: true});
    await resetMouse();
    document.body.style.removeProperty('margin');
    await setViewport({width: 800, height: 600});
  });

  for (const size of [WIDE, {width: 1920, height: 1080}])
    it(`fills a window of ${size.width} px, and no page scrolls`, async () => {
      await setUp({size});
      const {scrollWidth, scrollHeight} = document.documentElement;
      expect([scrollWidth, scrollHeight]).to.deep.equal([size.width, size.height]);
      expect(box('top').height).to.equal(48);
      expect(box('left').width).to.be.within(360, 440);
      expect(box('right').width).to.be.within(400, 520);
      expect(box('bottom').height).to.be.within(120, 152);
      expect(Math.round(box('queue').right)).to.equal(size.width - 8);
      expect(Math.round(box('bottom').bottom)).to.equal(size.height - 8);
      expect(box('center').left - box('left').right).to.be.within(4, 12);
      expect(box('queue').left - box('center').right).to.be.within(4, 12);
      expect(Math.round(box('right').bottom)).to.equal(Math.round(box('center').bottom));
      const stage = part(deep(element, 'sip-call')[0]!, 'stage')!.getBoundingClientRect();
      expect(box('center').bottom - stage.bottom, 'the stage fills the center').to.be.below(4);
      await isAccessible(element);
    });

  it('moves a divider by keys, within its limits, and remembers it for the account', async () => {
    const on = new StagedClient({user: '1001', historyStorage: 'local'});
    await setUp({on});
    divider('left').focus();
    const before = box('left').width;
    await sendKeys({press: 'ArrowRight'});
    await shows(element, () => Math.round(box('left').width) === Math.round(before) + 16);
    expect(divider('left').ariaValueNow).to.equal(String(Math.round(box('left').width)));
    await sendKeys({press: 'End'});
    await shows(element, () => box('left').width === 440);
    divider('bottom').focus();
    await sendKeys({press: 'Home'});
    await shows(element, () => box('bottom').height === 120);
    element.parentElement!.remove();
    await setUp({on: new StagedClient({user: '1001', historyStorage: 'local'})});
    await shows(element, () => box('left').width === 440 && box('bottom').height === 120);
    element.parentElement!.remove();
    await setUp({on: new StagedClient({user: '1002', historyStorage: 'local'})});
    await shows(element, () => box('left').width === before);
  });

  it('drags a divider by the pointer; a double click restores the size', async () => {
    await setUp();
    const {x, y, height, width} = divider('right').getBoundingClientRect();
    const [at, middle] = [Math.round(x + width / 2), Math.round(y + height / 2)];
    await sendMouse({type: 'move', position: [at, middle]});
    await sendMouse({type: 'down'});
    await sendMouse({type: 'move', position: [at - 60, middle]});
    await shows(element, () => box('right').width === 460);
    await sendMouse({type: 'move', position: [at - 500, middle]});
    await shows(element, () => box('right').width === 520);
    await sendMouse({type: 'up'});
    divider('right').dispatchEvent(new MouseEvent('dblclick', {bubbles: true}));
    await shows(element, () => box('right').width === 400);
  });

  it('mirrors the regions and the keys of dividers from right to left', async () => {
    await setUp({dir: 'rtl'});
    expect(box('left').left).to.be.above(box('center').right);
    expect(box('right').right).to.be.below(box('center').left);
    const before = box('left').width;
    divider('left').focus();
    await sendKeys({press: 'ArrowLeft'});
    await shows(element, () => box('left').width === before + 16);
  });

  it('shows one tab in the center, or two beside or above each other, 55 to 45', async () => {
    await setUp({size: {width: 1920, height: 1080}});
    expect([pane('call').hidden, pane('conference').hidden, pane('wall').hidden]).to.deep.equal([
      false,
      true,
      true,
    ]);
    tab('wall').click();
    arrange(1);
    await shows(element, () => !pane('call').hidden && !pane('wall').hidden);
    const [first, second] = ['call', 'wall'].map((id) => pane(id).getBoundingClientRect());
    expect(first!.right).to.be.at.most(second!.left);
    expect(first!.width / (first!.width + second!.width)).to.be.closeTo(0.55, 0.02);
    arrange(2);
    await shows(
      element,
      () => pane('call').getBoundingClientRect().bottom <= pane('wall').getBoundingClientRect().top,
    );
    tab('conference').click();
    await shows(element, () => pane('call').hidden && !pane('conference').hidden && !pane('wall').hidden);
    expect(deep(element, '.head [role=tab][aria-selected=true]').map(({id}) => id)).to.include.members([
      'tab-conference',
      'tab-wall',
    ]);
    await isAccessible(element);
  });

  it('shows two tabs above each other if there is no room beside each other, and one in a narrow window', async () => {
    await setUp({size: {width: 1920, height: 900}});
    arrange(1);
    await setViewport({width: 1280, height: 900});
    const [call, conference] = [pane('call'), pane('conference')];
    await shows(element, () => call.getBoundingClientRect().bottom <= conference.getBoundingClientRect().top);
    await setViewport(WIDE);
    await shows(element, () => conference.hasAttribute('hidden'));
    const buttons = deep(element, '[part=arrangement]');
    expect(buttons.map(({ariaDisabled}) => ariaDisabled)).to.deep.equal([null, 'true', 'true']);
    expect(buttons[1]!.title).to.equal('Side by side: The window is too small for this.');
    await isAccessible(element);
    await setViewport({width: 1024, height: 720});
    await shows(element, () => call.getBoundingClientRect().right <= conference.getBoundingClientRect().left);
    await setViewport({width: 390, height: 720});
    await shows(element, () => call.hidden !== conference.hidden);
    expect(deep(element, '[part=arrangement]')).to.deep.equal([]);
  });

  it('shows messages, journal and files, and has what a desk has', async () => {
    await setUp();
    const labels = (): string[] =>
      [...region('right').querySelectorAll<HTMLElement>('[role=tab]')].map(({innerText}) => innerText.trim());
    expect(labels()).to.deep.equal(['Messages', 'Journal', 'Files']);
    expect(client.recall.minutes).to.equal(5);
    const journal = await client.openJournal();
    await until(() => journal.rows.some(({event}) => event === 'signed-in'));
    client.ring('audio', {number: '1003', name: 'Anna Novak'});
    tab('journal').click();
    await shows(element, () => deep(element, 'sip-journal [part=row], [part=row]').length === 2);
    await isAccessible(element);
  });

  it('has no journal and no recall if the page forbids them', async () => {
    await setUp({on: new StagedClient({historyStorage: 'memory', journalStorage: 'none', recall: 0})});
    expect(deep(element, '#tab-journal')).to.deep.equal([]);
    expect(tab('history').innerText).to.include('History');
    expect(client.recall.minutes).to.equal(0);
    await rejects(client.openJournal(), 'unsupported');
    expect((await indexedDB.databases()).map(({name}) => name)).not.to.include('sip-elements-recall');
  });

  it('takes the word of the <sip-client> about recall, also later', async () => {
    const root = await fixture<SipClientElement>(
      html`<sip-client server="wss://localhost:1/" user="1001" history-storage="memory" recall="0">
        <sip-console></sip-console>
      </sip-client>`,
    );
    element = root.querySelector('sip-console')!;
    await loads(element);
    await shows(element, () => part(element, 'panel') !== null);
    expect(root.client!.recall.minutes).to.equal(0);
    root.recall = '';
    await root.updateComplete;
    await shows(element, () => root.client!.recall.minutes === 5);
    // An update of something else changes nothing.
    root.ringtone = 'none';
    await root.updateComplete;
    expect(root.client!.recall.minutes).to.equal(5);
    root.recall = '0';
    await root.updateComplete;
    expect(root.client!.recall.minutes).to.equal(0);
  });

  it('shows calls below an SOS at a height of 800 px', async () => {
    await setUp({size: {width: 1280, height: 800}});
    for (const number of ['1011', '1012']) client.ring('audio', {number, name: `Caller ${number}`});
    client.ring('audio', {number: '1003', name: 'Anna Novak'}, 'sos');
    await shows(element, () => deep(element, '[part=alarm]').length === 1);
    await shows(element, () => deep(element, '[part=line]').length === 2);
    const lists = deep(element, '.lists')[0]!.getBoundingClientRect();
    for (const row of [...deep(element, '[part=alarm]'), ...deep(element, '[part=line]')]) {
      const {top, bottom} = row.getBoundingClientRect();
      expect(top).to.be.at.least(lists.top);
      expect(bottom).to.be.at.most(lists.bottom);
    }
    const alarm = deep(element, '[part=alarm]')[0]!;
    expect(alarm.scrollHeight, 'nothing of the alarm is cut').to.be.at.most(alarm.clientHeight);
    const fits = (name: string): boolean => {
      const {left, right, top, bottom} = alarm.querySelector(`[part=${name}]`)!.getBoundingClientRect();
      const around = alarm.getBoundingClientRect();
      return left >= around.left && right <= around.right && top >= around.top && bottom <= around.bottom;
    };
    expect(['answer', 'decline', 'acknowledge'].map(fits)).to.deep.equal([true, true, true]);
  });

  for (const dir of ['ltr', 'rtl'] as const)
    it(`has room for calls and conversations at 1280 × 720, ${dir}`, async () => {
      await setUp({size: {width: 1280, height: 720}, dir});
      for (const number of ['1011', '1012']) client.ring('audio', {number, name: `Caller ${number}`});
      client.ring('audio', {number: '1003', name: 'Anna Novak'}, 'sos');
      for (const from of ['1011', '1012', '1013'])
        client.receive('Gate 4 is open', {
          from,
          name: `Somebody with a name that has no room in a row ${from}`,
        });
      await shows(element, () => deep(element, '[part=conversation]').length === 3);
      await shows(element, () => deep(element, '[part=line]').length === 2);
      const inside = (rows: readonly HTMLElement[], around: DOMRect): number =>
        rows.filter((row) => {
          const {top, bottom, left, right} = row.getBoundingClientRect();
          return [top - around.top, around.bottom - bottom, left - around.left, around.right - right].every(
            (room) => room >= -1,
          );
        }).length;
      expect(inside(deep(element, '[part=alarm], [part=line]'), box('queue')), 'calls').to.equal(3);
      expect(inside(deep(element, '[part=conversation]'), box('right')), 'conversations').to.be.at.least(2);
      expect(inside(deep(element, '[part=conversation] time'), box('right')), 'times').to.be.at.least(2);
      expect(inside(deep(element, '[part=compose], .find [part=search]'), box('right'))).to.equal(2);
    });

  for (const width of [768, 1280, 1920])
    it(`has the talk button beside the tiles at ${width} px, and both whole`, async () => {
      await setUp({
        size: {width, height: 800},
        children: html`<sip-channels
          data-region="bottom"
          groups="9001=Harbor and tugboats, 9002=B, 9003=C"
        ></sip-channels>`,
      });
      const channels = element.querySelector('sip-channels')!;
      await loads(channels);
      await shows(channels, () => deep(channels, '[part=tile]').length === 3);
      const rects = [...deep(channels, '[part=tile]'), part(channels, 'talk')!].map((each) =>
        each.getBoundingClientRect(),
      );
      const talk = rects.at(-1)!;
      for (const rect of rects) {
        expect(rect.top).to.be.at.least(box('bottom').top);
        expect(rect.bottom).to.be.at.most(box('bottom').bottom);
        if (rect !== talk) expect(rect.right).to.be.at.most(talk.left);
      }
      await isAccessible(channels);
    });

  it('saves a layout by its name, applies it and removes it', async () => {
    const on = new StagedClient({user: '1001', historyStorage: 'local'});
    await setUp({on, size: {width: 1920, height: 1080}});
    arrange(2);
    part(element, 'layouts')!.click();
    part(element, 'layout-name')!.focus();
    await sendKeys({type: 'Night'});
    await sendKeys({press: 'Enter'});
    await shows(element, () => part(element, 'layout')?.innerText.trim() === 'Night');
    await isAccessible(element);
    part(element, 'default-layout')!.click();
    await shows(element, () => pane('conference').hasAttribute('hidden'));
    element.parentElement!.remove();
    await setUp({
      on: new StagedClient({user: '1001', historyStorage: 'local'}),
      size: {width: 1920, height: 1080},
    });
    await shows(element, () => part(element, 'layout') !== null);
    expect(pane('conference').hidden).to.equal(true);
    part(element, 'layout')!.click();
    await shows(element, () => !pane('conference').hidden);
    part(element, 'remove-layout')!.click();
    await shows(element, () => part(element, 'layout') === null);
  });

  it('ignores what other scripts have written in the place of a layout', async () => {
    localStorage.setItem(
      'sip-elements:console:1001@',
      JSON.stringify({
        version: 1,
        layout: {sizes: {left: 'wide', right: 9e9}, chosen: 7},
        saved: [null, {name: 3}],
      }),
    );
    await setUp({on: new StagedClient({user: '1001', historyStorage: 'local', domain: ''})});
    expect(box('left').width).to.be.within(360, 440);
    expect(box('right').width).to.be.within(400, 520);
    expect(part(element, 'layout')).to.equal(null);
  });

  it('moves nothing when calls ring, and counts them at the top', async () => {
    await setUp();
    const before = boxes();
    const counters = (): string =>
      ['sos', 'waiting'].map((name) => part(element, name)!.getBoundingClientRect().left).join();
    const places = counters();
    expect(getComputedStyle(part(element, 'sos')!).visibility).to.equal('hidden');
    client.ring('audio', {number: '1011', name: '赵敏'});
    client.ring('audio', {number: '1003', name: 'Anna Novak'}, 'sos');
    await shows(element, () => part(element, 'sos')!.innerText.includes('1'));
    expect(part(element, 'waiting')!.innerText).to.include('1');
    expect(getComputedStyle(part(element, 'sos')!).visibility).to.equal('visible');
    expect(boxes()).to.equal(before);
    expect(counters()).to.equal(places);
    part(element, 'sos')!.click();
    await shows(element, () => focused() === region('queue'));
    await isAccessible(element);
  });

  it('shows the first members of a conference without scrolling: who was called and is not there has no tile', async () => {
    await setUp({size: {width: 1440, height: 900}});
    const {dialog, service} = client.confer();
    dialog.confirm();
    service.all(
      {number: '1001', name: '王芳', phase: 'answered'},
      {number: '1003', name: 'Anna Novak', phase: 'released'},
    );
    await shows(element, () => deep(element, '[data-number="1003"]').length > 0);
    const view = pane('conference').getBoundingClientRect();
    const rows = deep(element, '[part=member]').map((row) => row.getBoundingClientRect());
    expect(rows).to.have.length(2);
    for (const {bottom} of rows) expect(bottom).to.be.at.most(view.bottom + 1);
  });

  for (const size of [
    {width: 1100, height: 800},
    {width: 320, height: 640},
  ])
    it(`counts an SOS until it is acknowledged, also where its queue is not seen, ${size.width} px wide`, async () => {
      await setUp({size});
      const counted = (): boolean => part(element, 'sos')!.innerText.includes('1');
      const {call} = client.ring('audio', {number: '1003', name: 'Anna Novak'}, 'sos');
      await until(() => client.state.alarms.length === 1, 5_000);
      await until(counted, 5_000);
      await call.decline();
      await until(() => client.calls.length === 0, 5_000);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      expect(counted(), 'it is over').to.equal(true);
      if (size.width < 600) expect(deep(element, '#tab-region-queue')[0]!.innerText).to.include('1');
      part(element, 'sos')!.click();
      const acknowledge = deep(element, '[part=acknowledge]')[0]!;
      await until(() => acknowledge.checkVisibility(), 5_000);
      acknowledge.click();
      await until(() => !counted(), 5_000);
    });

  it('brings a call that the user places to the front, and keeps a conference in its own tab', async () => {
    await setUp();
    tab('wall').click();
    await shows(element, () => !pane('wall').hidden);
    client.ring();
    await shows(element, () => tab('call').innerText.includes('1'));
    expect(pane('call').hidden, 'while it rings').to.equal(true);
    const {dialog} = client.dial('audio', {number: '1003', name: 'Anna Novak'});
    await shows(element, () => !pane('call').hidden);
    dialog.confirm();
    const {dialog: meeting} = client.confer();
    meeting.confirm();
    await shows(element, () => !pane('conference').hidden && pane('call').hasAttribute('hidden'));
  });

  it('brings to the front what an action of the directory leads to, also messages that were never shown', async () => {
    await setUp({on: new StagedClient({user: 'action', historyStorage: 'local'})});
    tab('journal').click();
    element.closest('sip-client')!.remove();
    await setUp({on: client});
    expect(tab('journal').getAttribute('aria-selected')).to.equal('true');
    expect(deep(element, 'sip-messages')).to.deep.equal([]);
    await shows(element, () => deep(element, '[role=tree]').length > 0);
    deep(element, '[role=tree]')[0]!.focus();
    await sendKeys({press: 'ArrowRight'});
    const act = async (action: string): Promise<void> => {
      await shows(element, () => deep(element, `sip-directory-row.person`).length > 0);
      const row = deep(element, 'sip-directory-row.person')[0]!;
      row.shadowRoot!.querySelector<HTMLElement>(`[part=${action}]`)!.click();
    };
    await act('message');
    await shows(element, () => tab('messages').getAttribute('aria-selected') === 'true');
    await shows(
      element,
      () => (deep(element, 'sip-messages')[0] as {with?: string} | undefined)?.with === '1002',
    );
    tab('conference').click();
    await act('monitor');
    await shows(element, () => tab('wall').getAttribute('aria-selected') === 'true');
    expect(deep(element, 'sip-monitor')[0]).to.include({numbers: '1002'});
  });

  it('plays a call, a conference and a talk group once each', async () => {
    await setUp({
      children: html`<sip-channels data-region="bottom" groups="9001" selected="9001"></sip-channels>`,
    });
    const talk = client.interphone({remote: {number: '9001', name: ''}});
    const staged = [client.dial('audio'), client.confer(), talk];
    const streams = staged.map(({dialog}) => {
      const stream = new MediaStream([sound()]);
      dialog.play(stream);
      dialog.confirm();
      return stream;
    });
    const playing = (track: MediaStreamTrack): HTMLMediaElement[] =>
      [...deep<HTMLMediaElement>(element, 'audio, video'), ...deepIn(element.children)].filter(
        ({srcObject, muted}) => !muted && (srcObject as MediaStream | null)?.getTracks().includes(track),
      );
    const count = (): number[] => streams.map((stream) => playing(stream.getTracks()[0]!).length);
    await shows(element, () => count().join() === '1,1,1');
  });

  const deepIn = (children: HTMLCollection): HTMLMediaElement[] =>
    [...children].flatMap((child) => (child.shadowRoot ? deep<HTMLMediaElement>(child, 'audio, video') : []));

  it('shows the elements of the page in its regions, as tabs if there are several', async () => {
    await setUp({
      regions: 'top left center bottom',
      children: html`<a data-region="top" href="#help">Help</a>
        <sip-call data-region="center"></sip-call>
        <iframe data-region="center" data-label="Map" title="Map"></iframe>
        <p data-region="left" data-label="Notes">Notes of the shift</p>`,
    });
    const labels = (name: string): string[] =>
      [...region(name).querySelectorAll<HTMLElement>('[role=tab]')].map(({innerText}) => innerText.trim());
    expect(labels('center')).to.deep.equal(['Call', 'Map']);
    expect(labels('left')).to.deep.equal([]);
    expect(region('left').getAttribute('aria-label')).to.equal('Notes');
    expect(deep(element, '#region-queue, #region-right')).to.deep.equal([]);
    expect(element.querySelector('p')!.getBoundingClientRect().width).to.be.above(350);
    expect(element.querySelector('a')!.checkVisibility()).to.equal(true);
    const [call, map] = [element.querySelector('sip-call')!, element.querySelector('iframe')!];
    expect([call, map].map((each) => each.getBoundingClientRect().height > 0)).to.deep.equal([true, false]);
    const stage = part(call, 'stage')!.getBoundingClientRect();
    expect(box('center').bottom - stage.bottom, 'the stage fills the center').to.be.within(-1, 4);
    region('center').querySelectorAll<HTMLElement>('[role=tab]')[1]!.click();
    await shows(element, () => map.getBoundingClientRect().height > 300);
    const late = document.createElement('section');
    late.setAttribute('data-region', 'center');
    late.setAttribute('data-label', 'Weather');
    element.append(late);
    await shows(element, () => labels('center').includes('Weather'));
    late.remove();
    await shows(element, () => !labels('center').includes('Weather'));
    await isAccessible(element);
  });

  it('leads to its regions by Alt with a digit, also out of a field, and lists the keys', async () => {
    await setUp();
    await shows(element, () => deep(element, 'input[type=search]').length > 0);
    deep(element, 'input[type=search]')[0]!.focus();
    for (const [digit, name] of ['top', 'left', 'center', 'queue', 'right', 'bottom'].entries()) {
      await sendKeys({down: 'Alt'});
      await sendKeys({press: `Digit${digit + 1}`});
      await sendKeys({up: 'Alt'});
      await shows(element, () => focused() === region(name));
    }
    // Alt with a digit writes another character on some keyboards.
    window.dispatchEvent(new KeyboardEvent('keydown', {key: '¡', code: 'Digit1', altKey: true}));
    await shows(element, () => focused() === region('top'));
    expect(region('queue').getAttribute('aria-keyshortcuts')).to.equal('Alt+4');
    expect(region('top').getAttribute('aria-keyshortcuts')).to.equal('Alt+1');
    part(element, 'keys')!.click();
    await shows(element, () => part(element, 'key-list')!.matches(':popover-open'));
    expect(part(element, 'key-list')!.textContent).to.include('Alt+4');
    await sendKeys({press: 'Escape'});
    element.keys = {regions: 'F7'};
    await shows(element, () => !region('queue').hasAttribute('aria-keyshortcuts'));
    await sendKeys({press: 'F7'});
    await shows(element, () => focused() === region('top'));
    // The desk has the key by which calls record elsewhere.
    for (const pane of ['call', 'conference']) {
      deep(element, `#tab-${pane}`)[0]!.click();
      await shows(element, () => deep(element, `sip-${pane}`).length === 1);
      const {shortcuts} = deep(element, `sip-${pane}`)[0] as unknown as {shortcuts: {record?: string}};
      expect(shortcuts.record).to.equal('Alt+Shift+R');
    }
  });

  it('has the name of the user beside the number, once it is known', async () => {
    await setUp({on: new StagedClient({user: '1001'})});
    const bar = (): string => deep(element, '.bar:has([part=clock])')[0]!.innerText;
    await shows(element, () => bar().includes('1001'));
    client.people = async (number) => (number === '1001' ? {name: '王 <b>芳</b>'} : undefined);
    await shows(element, () => /王 <b>芳<\/b>\s+1001/.test(bar()));
  });

  it('has drawers below 1280 px, which take the focus and give it back', async () => {
    await setUp({size: {width: 1024, height: 720}});
    expect(document.documentElement.scrollHeight).to.equal(720);
    expect(region('left').checkVisibility()).to.equal(false);
    const center = box('center').width;
    const opener = deep(element, '[part=open-drawer]').at(-1)!;
    opener.focus();
    opener.click();
    await shows(element, () => focused()?.getAttribute('part') === 'close-drawer');
    expect(region('queue').checkVisibility()).to.equal(true);
    expect(region('center').inert && region('top').inert && region('bottom').inert).to.equal(true);
    expect(box('center').width, 'nothing moves').to.equal(center);
    await isAccessible(element);
    await sendKeys({press: 'Escape'});
    await shows(element, () => !region('queue').checkVisibility());
    expect(region('center').inert).to.equal(false);
    await shows(element, () => focused() === opener);
    part(element, 'waiting')!.click();
    await shows(element, () => focused() === region('queue'));
  });

  for (const width of [320, 390])
    it(`shows one region at a time at ${width} px`, async () => {
      await setUp({size: {width, height: 640}});
      const {scrollWidth, scrollHeight} = document.documentElement;
      expect([scrollWidth, scrollHeight]).to.deep.equal([width, 640]);
      const shown = (): string[] =>
        ['left', 'center', 'queue', 'right', 'bottom'].filter((name) => region(name).checkVisibility());
      expect(shown()).to.deep.equal(['center']);
      for (const name of ['queue', 'right', 'bottom', 'left']) {
        deep(element, `#tab-region-${name}`)[0]!.click();
        await shows(element, () => shown().join() === name);
        expect(box(name).width).to.equal(width);
        expect(box(name).height, name).to.be.above(480);
      }
      await isAccessible(element);
      const tabs = deep(element, '[part=region-tab]');
      tabs[0]!.focus();
      await sendKeys({press: 'ArrowRight'});
      await shows(element, () => shown().join() === 'center');
    });
});
