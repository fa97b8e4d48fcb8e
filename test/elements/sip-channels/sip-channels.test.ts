import {expect, fixture, html} from '@open-wc/testing';
import {resetMouse, sendKeys, sendMouse, setViewport} from '@web/test-runner-commands';
import {nothing} from 'lit';
import type {SipCall} from '../../../src/core/call/call.js';
import {durations} from '../../../src/durations/page.js';
import type {SipChannelsElement} from '../../../src/elements/sip-channels/sip-channels.js';
import {selectionOf} from '../../../src/elements/shared/selection/selection.js';
import {SipError} from '../../../src/errors.js';
import {shorten} from '../../support/in-page/durations.js';
import {deep, isAccessible, loads, next, part, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {Speaker} from '../../support/in-page/speaker.js';
import {StagedClient, type StagedTalk} from '../../support/staged/staged-client.js';

const GROUPS = '9001=总调度 All hands, 9002=巡逻队, 9003';

describe('<sip-channels>', () => {
  let client: StagedClient;
  let element: SipChannelsElement;

  const setUp = async (
    attributes: Partial<SipChannelsElement> = {},
    staged?: StagedClient,
  ): Promise<void> => {
    client = staged ?? (await StagedClient.ready());
    const root = await fixture(
      html`<sip-client .client=${client}
        ><sip-channels
          groups=${attributes.groups ?? GROUPS}
          selected=${attributes.selected ?? ''}
          ?press-to-toggle=${attributes.pressToToggle ?? false}
          ?heard-by-calls=${attributes.heardByCalls ?? false}
          ?autojoin=${attributes.autojoin ?? false}
          ?scan=${attributes.scan ?? false}
          push-key=${attributes.pushKey ?? nothing}
        ></sip-channels
      ></sip-client>`,
    );
    element = root.querySelector('sip-channels')!;
    await loads(element);
  };

  /** Joins groups, and returns their talks. */
  async function join(...numbers: string[]): Promise<StagedTalk[]> {
    const talks = numbers.map((number) => client.interphone({remote: {number, name: ''}}));
    for (const {dialog} of talks) dialog.confirm();
    for (const number of numbers) await shows(element, () => activity(number) === 'Idle');
    return talks;
  }

  const tileOf = (number: string): HTMLElement =>
    deep(element, 'sip-channel-tile').find((tile) => (tile as any).party.number === number)!;
  const inTile = (number: string, name: string): HTMLElement | null => part(tileOf(number), name);
  const textIn = (number: string, name: string): string => inTile(number, name)!.innerText.trim();
  const activity = (number: string): string =>
    inTile(number, 'activity')!.querySelector<HTMLElement>('.line')!.innerText.trim();
  const talk = (): HTMLElement => part(element, 'talk')!;
  const selected = (): string[] =>
    deep(element, 'sip-channel-tile')
      .filter((tile) => part(tile, 'tile')!.getAttribute('aria-pressed') === 'true')
      .map((tile) => (tile as any).party.number as string);

  async function point(at: HTMLElement): Promise<void> {
    at.scrollIntoView({block: 'center'});
    const {x, y, width} = at.getBoundingClientRect();
    await sendMouse({type: 'move', position: [Math.round(x + width / 2), Math.round(y + 30)]});
  }

  async function hold(at: HTMLElement): Promise<void> {
    await point(at);
    await sendMouse({type: 'down'});
  }

  /** Presses and releases; on a busy machine that may take as long as a hold. */
  async function briefly(press: () => Promise<void>): Promise<void> {
    const {holdBegins} = durations;
    shorten({holdBegins: 600_000});
    await press();
    shorten({holdBegins});
  }

  async function pressTile(number: string): Promise<void> {
    await point(inTile(number, 'tile')!);
    await briefly(async () => {
      await sendMouse({type: 'down'});
      await sendMouse({type: 'up'});
    });
  }

  const speaks = (...talks: StagedTalk[]): Promise<void> =>
    shows(element, () =>
      talks.every(({intercom, dialog}) => intercom.state.floor === 'granted' && !dialog.state.muted),
    );

  /** Holds until the hold has begun, if it can. */
  async function holds(press: () => Promise<void>): Promise<void> {
    shorten({holdBegins: 0});
    await press();
    // Timers of the same time fire in their order.
    await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }

  const isSilent = (...talks: StagedTalk[]): Promise<void> =>
    shows(element, () =>
      talks.every(({dialog, service}) => dialog.state.muted && service.commands.at(-1) === 'give back'),
    );

  afterEach(async () => {
    await resetMouse();
    for (const key of ['F8', '1', '2']) await sendKeys({up: key});
    await setViewport({width: 800, height: 600});
  });

  it('shows a tile for each group, with its name and its key, and joins all at one press', async () => {
    await setUp();
    expect(['9001', '9002', '9003'].map((number) => textIn(number, 'name'))).to.deep.equal([
      '总调度 All hands',
      '巡逻队',
      '9003',
    ]);
    expect(textIn('9002', 'key')).to.equal('2');
    expect(activity('9001')).to.equal('Not joined');
    await isAccessible(element);
    part(element, 'join-all')!.click();
    await shows(element, () => client.asked.filter((what) => what.startsWith('session')).length === 3);
    expect(client.asked.slice(-3)).to.deep.equal([
      'session intercom 9001',
      'session intercom 9002',
      'session intercom 9003',
    ]);
    await shows(element, () => activity('9001') === 'Joining…');
    await isAccessible(element);
  });

  it('joins a group at a press of its tile, and all of them by itself with autojoin', async () => {
    await setUp();
    await pressTile('9002');
    await shows(element, () => client.asked.at(-1) === 'session intercom 9002');
    expect(selected()).to.deep.equal([]);
    await setUp({autojoin: true});
    await shows(element, () => client.asked.filter((what) => what.startsWith('session')).length === 3);
  });

  it('has a tile for a temporary group as long as it runs', async () => {
    await setUp();
    const tiles = (): string[] =>
      deep(element, 'sip-channel-tile').map((tile) => part(tile, 'name')!.innerText.trim());
    const before = tiles();
    const {dialog} = client.interphone({
      type: 'temporary-intercom',
      remote: {number: '9101', name: 'Search team'},
    });
    dialog.confirm();
    await shows(element, () => tiles().join() === [...before, 'Search team'].join());
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await shows(element, () => tiles().join() === before.join());
  });

  it('shows every state of a group by a word', async () => {
    await setUp();
    const [{service, members}] = (await join('9001')) as [StagedTalk];
    members.all(
      {number: '1001', name: '王芳', phase: 'answered'},
      {number: '1002', name: '李雷', phase: 'answered'},
      {number: '1003', name: '', phase: 'init'},
    );
    await shows(element, () => textIn('9001', 'joined') === '2');
    service.tell('taken', '1002', '李雷', {queueLength: 2});
    await shows(element, () => activity('9001') === 'Receiving');
    expect(textIn('9001', 'detail')).to.equal('李雷, 2 waiting');
    expect(textIn('9001', 'time')).to.match(/^0:0\d$/);
    await isAccessible(element);
    service.answer = 'queued';
    await hold(inTile('9001', 'tile')!);
    await shows(element, () => activity('9001') === 'Waiting');
    service.tell('queued', '1002', '李雷', {queueLength: 2, queuePosition: 2});
    await shows(element, () => textIn('9001', 'detail') === 'Number 2 in line');
    service.tell('granted');
    await shows(element, () => activity('9001') === 'Speaking');
    await isAccessible(element);
    service.tell('taken', '1002', '李雷', {revocation: 'priority'});
    await shows(element, () => activity('9001') === 'Refused');
    expect(textIn('9001', 'detail')).to.contain('A speaker with priority took over');
    await sendMouse({type: 'up'});
    service.tell('idle');
    await shows(element, () => activity('9001') === 'Idle');
    expect(textIn('9001', 'detail')).to.match(/^李雷, Last heard/);
  });

  it('selects one group at a press, adds another, and speaks to both by one button', async () => {
    await setUp();
    const [first, second, third] = (await join('9001', '9002', '9003')) as [
      StagedTalk,
      StagedTalk,
      StagedTalk,
    ];
    expect(talk().getAttribute('aria-disabled')).to.equal('true');
    const told = next(element, 'sip-channels-select' as any) as unknown as Promise<CustomEvent>;
    await pressTile('9001');
    expect((await told).detail.selected).to.equal('9001');
    await pressTile('9003');
    await shows(element, () => selected().join() === '9001,9003');
    expect(element.selected).to.equal('9001,9003');
    expect(talk().innerText).to.contain('Talk to 2 groups');
    await hold(talk());
    await speaks(first, third);
    expect(second.service.commands).to.deep.equal([]);
    await isAccessible(element);
    await sendMouse({type: 'up'});
    await isSilent(first, third);
    await pressTile('9003');
    await shows(element, () => selected().join() === '9001');
  });

  it('speaks to one group alone while its tile or its key is held, whatever is selected', async () => {
    await setUp({selected: '9001'});
    const [first, second] = (await join('9001', '9002')) as [StagedTalk, StagedTalk];
    await hold(inTile('9002', 'tile')!);
    await speaks(second);
    await sendMouse({type: 'up'});
    await isSilent(second);
    await sendKeys({down: '2'});
    await speaks(second);
    await sendKeys({up: '2'});
    await isSilent(second);
    expect(first.service.commands).to.deep.equal([]);
    expect(selected()).to.deep.equal(['9001']);
    await briefly(() => sendKeys({press: '2'}));
    await shows(element, () => selected().join() === '9001,9002');
  });

  it('speaks to the selected groups while the key of the page is held', async () => {
    await setUp({selected: '9001,9002', pushKey: 'F9'});
    const talks = await join('9001', '9002');
    await sendKeys({down: 'F9'});
    await speaks(...talks);
    await sendKeys({up: 'F9'});
    await isSilent(...talks);
  });

  for (const [what, lose] of [
    ['the window loses the focus', () => window.dispatchEvent(new Event('blur'))],
    ['the page goes away', () => window.dispatchEvent(new Event('pagehide'))],
    ['the element leaves the page', () => element.remove()],
  ] as const)
    it(`gives every floor back when ${what}, and does not select what was held`, async () => {
      await setUp({selected: '9001,9002'});
      const talks = await join('9001', '9002', '9003');
      await sendKeys({down: 'F8'});
      await hold(inTile('9003', 'tile')!);
      await speaks(...talks);
      lose();
      await isSilent(...talks);
      await sendMouse({type: 'up'});
      await sendKeys({up: 'F8'});
      expect(element.selected).to.equal('9001,9002');
    });

  it('speaks by a key that a framework has set as a list', async () => {
    await setUp({selected: '9001'});
    const talks = await join('9001');
    element.pushKey = ['F8'] as unknown as string;
    await shows(element, () => textOf(element).includes('F8'));
    await sendKeys({down: 'F8'});
    await speaks(...talks);
    await sendKeys({up: 'F8'});
    await isSilent(...talks);
  });

  it('names each group that refuses the floor, and is heard in the others', async () => {
    await setUp({selected: '9001,9002'});
    const [first, second] = (await join('9001', '9002')) as [StagedTalk, StagedTalk];
    second.service.tell('taken', '1002', '李雷');
    second.service.failure = new SipError('floor-denied', {subject: '李雷', apiCode: 2000});
    await sendKeys({down: 'F8'});
    await speaks(first);
    await shows(element, () => part(element, 'refusals') !== null);
    expect(part(element, 'refusals')!.innerText).to.match(/^巡逻队: 李雷 is speaking/);
    expect(activity('9002')).to.equal('Refused');
    await isAccessible(element);
    await sendKeys({up: 'F8'});
    second.service.tell('idle');
    await shows(element, () => part(element, 'refusals') === null);
  });

  it('is not heard by a call meanwhile, and says so; with the switch it is', async () => {
    await setUp({selected: '9001'});
    const talks = await join('9001');
    const {dialog} = client.dial();
    dialog.confirm();
    await shows(element, () => part(element, 'hint')!.innerText.includes('don’t hear'));
    await sendKeys({down: 'F8'});
    await speaks(...talks);
    expect(dialog.heard).to.equal(false);
    await sendKeys({up: 'F8'});
    await shows(element, () => dialog.heard);
    element.heardByCalls = true;
    await shows(element, () => part(element, 'hint')!.innerText.includes('also hear'));
    await sendKeys({down: 'F8'});
    await speaks(...talks);
    expect(dialog.heard).to.equal(true);
    await sendKeys({up: 'F8'});
  });

  it('lets the user only listen, and leave, by the options of a tile', async () => {
    await setUp({selected: '9001'});
    const [{service, intercom}] = (await join('9001')) as [StagedTalk];
    inTile('9001', 'options')!.click();
    await shows(element, () => inTile('9001', 'option-list')!.matches(':popover-open'));
    await isAccessible(element);
    inTile('9001', 'listen-only')!.click();
    await shows(element, () => talk().getAttribute('aria-disabled') === 'true');
    await sendKeys({down: '1'});
    await sendKeys({up: '1'});
    expect(service.commands).to.deep.equal([]);
    const silence = deep<HTMLInputElement>(tileOf('9001'), 'input[type=checkbox]')[0]!;
    expect(silence.closest('fieldset')!.getAttribute('aria-label')).to.equal('总调度 All hands');
    silence.click();
    await shows(element, () => intercom.state.sound.silenced);
    await shows(
      element,
      () => deep(tileOf('9001'), '[role=img][aria-label="Sound off for you"]').length === 1,
    );
    inTile('9001', 'leave')!.click();
    await shows(element, () => activity('9001') === 'Not joined');
  });

  it('selects the people of a group by its options, if a directory acts on them', async () => {
    await setUp();
    const [{members}] = (await join('9001')) as [StagedTalk];
    members.all(
      {number: client.options.user, name: 'Me', phase: 'answered'},
      {number: '1002', name: '李雷', phase: 'answered'},
      {number: '1003', name: 'Anna Novak', phase: 'init'},
    );
    await shows(element, () => inTile('9001', 'joined') !== null);
    expect(inTile('9001', 'select-members')).to.equal(null);
    const selection = selectionOf(client);
    selection.addPlaces(1);
    await shows(element, () => inTile('9001', 'select-members') !== null);
    inTile('9001', 'options')!.click();
    await isAccessible(element);
    inTile('9001', 'select-members')!.click();
    expect(selection.state.items.map(({number, name}) => `${number} ${name}`)).to.deep.equal([
      '1002 李雷',
      '1003 Anna Novak',
    ]);
    selection.addPlaces(-1);
  });

  it('repeats what was last heard of a group, by its options, if the client has a recall', async () => {
    await setUp();
    expect(inTile('9001', 'repeat')).to.equal(null);
    await setUp({}, await StagedClient.ready({recall: 5}));
    const speaker = await Speaker.open();
    const {dialog} = client.interphone({remote: {number: '9001', name: ''}});
    dialog.play(speaker.stream);
    dialog.confirm();
    speaker.speak(440);
    await until(() => (client.recall.utterances[0]?.duration ?? 0) >= 1);
    inTile('9001', 'options')!.click();
    await isAccessible(element);
    inTile('9001', 'repeat')!.click();
    await until(() => client.recall.state.playing?.id === client.recall.utterances[0]!.id);
    expect(inTile('9001', 'option-list')!.matches(':popover-open')).to.equal(false);
    inTile('9002', 'repeat')!.click();
    await shows(element, () => textOf(element).includes('Nothing was heard in the last minutes'));
    speaker.close();
    await client.disconnect();
  });

  it('lowers the other groups while one is heard that the user has given priority, also on the next visit', async () => {
    const key = 'sip-elements:channels:1001@stage.test';
    try {
      await setUp({scan: true}, await StagedClient.ready({historyStorage: 'local'}));
      let [first, second] = (await join('9001', '9002')) as [StagedTalk, StagedTalk];
      const lowered = ({intercom}: StagedTalk): boolean => intercom.state.sound.lowered;
      first.service.tell('taken', '1003');
      second.service.tell('taken', '1002');
      expect([first, second].map(lowered)).to.deep.equal([false, false]);
      inTile('9002', 'options')!.click();
      inTile('9002', 'priority')!.click();
      await shows(element, () => lowered(first));
      expect(lowered(second)).to.equal(false);
      await isAccessible(element);
      second.service.tell('idle');
      await shows(element, () => !lowered(first));
      await setUp({scan: true}, await StagedClient.ready({historyStorage: 'local'}));
      [first, second] = (await join('9001', '9002')) as [StagedTalk, StagedTalk];
      first.service.tell('taken', '1003');
      second.service.tell('taken', '1002');
      await shows(element, () => lowered(first));
      expect(inTile('9002', 'priority')!.ariaPressed).to.equal('true');
      element.scan = false;
      await shows(element, () => !lowered(first));
      expect(inTile('9002', 'priority')).to.equal(null);
    } finally {
      localStorage.removeItem(key);
    }
  });

  it('takes the priority away from a group that is no longer shown, and gives it again with its tile', async () => {
    await setUp({scan: true});
    const [{intercom}] = (await join('9002')) as [StagedTalk];
    const hasPriority = (): boolean => intercom.state.sound.priority;
    inTile('9002', 'priority')!.click();
    await until(hasPriority);
    element.groups = '9001';
    await until(() => !hasPriority());
    element.groups = GROUPS;
    await until(hasPriority);
    const parent = element.parentElement!;
    element.remove();
    expect(hasPriority()).to.equal(false);
    parent.append(element);
    await until(hasPriority);
  });

  it('keeps the order and the priority that the user has chosen in another tab meanwhile', async () => {
    const key = 'sip-elements:channels:1001@stage.test';
    try {
      await setUp({scan: true}, await StagedClient.ready({historyStorage: 'local'}));
      const order = ['9003', '9001', '9002'];
      localStorage.setItem(key, JSON.stringify({version: 1, order, priority: ['9003']}));
      inTile('9002', 'priority')!.click();
      expect(JSON.parse(localStorage.getItem(key)!)).to.deep.equal({
        version: 1,
        order,
        priority: ['9003', '9002'],
      });
    } finally {
      localStorage.removeItem(key);
    }
  });

  it('moves tiles by Alt with the arrow keys and by dragging, keeps their keys, and remembers the order', async () => {
    const stored = (): Promise<StagedClient> => StagedClient.ready({historyStorage: 'local'});
    const moveBack = async (): Promise<void> => {
      await sendKeys({down: 'Alt'});
      await sendKeys({press: 'ArrowLeft'});
      await sendKeys({up: 'Alt'});
    };
    const order = (): string =>
      deep(element, 'sip-channel-tile')
        .map((tile) => (tile as any).party.number)
        .join(' ');
    try {
      await setUp({}, await stored());
      const [talk] = (await join('9003')) as [StagedTalk];
      inTile('9003', 'tile')!.focus();
      await moveBack();
      await shows(element, () => order() === '9001 9003 9002');
      await moveBack();
      await shows(element, () => order() === '9003 9001 9002');
      const said = (): string => deep(element, '[role=status]')[0]!.textContent;
      await shows(element, () => /9003.*: Place 1 of 3/.test(said()));
      await moveBack();
      expect(order()).to.equal('9003 9001 9002');
      expect(tileOf('9003').shadowRoot!.activeElement).to.equal(inTile('9003', 'tile'));
      expect(textIn('9003', 'key')).to.equal('3');
      part(element, 'arrange')!.click();
      await shows(element, () => part(element, 'hint')!.innerText.includes('Drag a group'));
      await isAccessible(element);
      await hold(inTile('9003', 'tile')!);
      await point(inTile('9002', 'tile')!);
      await sendMouse({type: 'up'});
      await shows(element, () => order() === '9001 9002 9003');
      expect([talk.service.commands, selected()], 'a dragged tile is not pressed').to.deep.equal([[], []]);
      await hold(inTile('9001', 'tile')!);
      await point(inTile('9003', 'tile')!);
      await sendKeys({press: 'Escape'});
      await sendMouse({type: 'up'});
      expect(order()).to.equal('9001 9002 9003');
      await hold(inTile('9002', 'tile')!);
      await point(inTile('9001', 'tile')!);
      await sendMouse({type: 'up'});
      await shows(element, () => order() === '9002 9001 9003');
      await setUp({groups: `${GROUPS}, 9004`}, await stored());
      expect(order()).to.equal('9002 9001 9003 9004');
    } finally {
      localStorage.removeItem('sip-elements:channels:1001@stage.test');
    }
  });

  it('lists the keys at a question mark, unless the user types it', async () => {
    await setUp();
    const list = part(element, 'key-list')!;
    await sendKeys({press: '?'});
    expect(list.matches(':popover-open')).to.equal(true);
    expect(list.innerText.replace(/\s+/g, ' ')).to.contain(
      'F8 Talk to the selected groups 1 总调度 All hands',
    );
    await isAccessible(element);
    await sendKeys({press: 'Escape'});
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    await sendKeys({press: '?'});
    expect(field.value).to.equal('?');
    expect(list.matches(':popover-open')).to.equal(false);
    field.remove();
  });

  it('begins and ends by one press each with press-to-toggle', async () => {
    await setUp({selected: '9001', pressToToggle: true});
    const talks = await join('9001');
    talk().click();
    await speaks(...talks);
    expect(talk().getAttribute('aria-pressed')).to.equal('true');
    talk().click();
    await isSilent(...talks);
    inTile('9001', 'tile')!.click();
    await shows(element, () => selected().length === 0);
  });

  it('says that the microphone is missing, asks for no floor, and opens it in all groups at one press', async () => {
    await setUp({selected: '9001'});
    const talks = (await join('9001', '9002')) as [StagedTalk, StagedTalk];
    const call = client.dial();
    call.dialog.confirm();
    for (const {dialog} of talks)
      dialog.set({media: {audio: 'recvonly', video: 'inactive'}, warning: 'microphone-missing'});
    await shows(element, () => textIn('9001', 'detail').startsWith('Your microphone is not available.'));
    expect(talk().getAttribute('aria-disabled')).to.equal('true');
    expect(talk().innerText).to.contain('Your microphone is not available.');
    await isAccessible(element);
    await holds(() => hold(inTile('9001', 'tile')!));
    await sendKeys({down: 'F8'});
    expect(call.dialog.heard).to.equal(true);
    expect(talks[0].service.commands).to.deep.equal([]);
    await sendMouse({type: 'up'});
    await sendKeys({up: 'F8'});
    for (const {dialog} of talks) dialog.hears = true;
    part(element, 'retry')!.click();
    await shows(element, () => part(element, 'notice') === null);
    expect(talks.map(({intercom}) => intercom.state.media.audio)).to.deep.equal(['sendrecv', 'sendrecv']);
  });

  it('takes no voice from the calls while the connection is lost, and says why it cannot speak', async () => {
    await setUp({selected: '9001'});
    const [{service}] = (await join('9001')) as [StagedTalk];
    const {dialog} = client.dial();
    dialog.confirm();
    client.host.setConnection('reconnecting');
    await shows(element, () => talk().innerText.includes('Reconnecting'));
    await holds(() => hold(inTile('9001', 'tile')!));
    expect(dialog.heard).to.equal(true);
    expect(service.commands).to.deep.equal([]);
  });

  it('says why the selected groups cannot be spoken to', async () => {
    await setUp({selected: '9001,9002'});
    expect(talk().innerText).to.match(/Talk to 2 groups\s+Not joined/);
    await join('9002');
    inTile('9002', 'listen-only')!.click();
    await shows(element, () => talk().innerText.includes('Not joined, Listen only'));
    element.selected = '';
    await shows(element, () => talk().innerText.includes('Select groups to talk to'));
  });

  it('shows on its button who hears the user by it, whatever is selected and held meanwhile', async () => {
    await setUp({selected: '9001,9002', pressToToggle: true});
    const [first, second] = (await join('9001', '9002', '9003')) as [StagedTalk, StagedTalk];
    element.pressToToggle = false;
    await hold(inTile('9001', 'tile')!);
    await speaks(first);
    await shows(element, () => activity('9001') === 'Speaking');
    expect(talk().classList.contains('speaks')).to.equal(false);
    await sendMouse({type: 'up'});
    await isSilent(first);
    element.pressToToggle = true;
    await shows(element, () => talk().hasAttribute('aria-pressed'));
    talk().click();
    await speaks(first, second);
    await shows(element, () => talk().classList.contains('speaks'));
    element.selected = '9002,9003';
    await shows(element, () => selected().join() === '9002,9003');
    expect(talk().innerText).to.contain('Talk to 2 groups');
    element.selected = '9002';
    await shows(element, () => selected().join() === '9002');
    expect(talk().innerText).to.contain('Talk to 2 groups');
    talk().click();
    await isSilent(first, second);
    await shows(element, () => talk().innerText.includes('Talk to 1 group'));
  });

  for (const [how, lose] of [
    ['lost', ({service}: StagedTalk) => service.tell('taken', '1002', '李雷', {revocation: 'priority'})],
    ['given back by “Listen only”', () => inTile('9001', 'listen-only')!.click()],
  ] as const)
    it(`ends what was begun by one press once the floor is ${how}: the calls hear the user again`, async () => {
      await setUp({selected: '9001', pressToToggle: true});
      const [first] = (await join('9001')) as [StagedTalk];
      const {dialog} = client.dial();
      dialog.confirm();
      await shows(element, () => part(element, 'hint')!.innerText.includes('don’t hear'));
      talk().click();
      await speaks(first);
      expect(dialog.heard).to.equal(false);
      lose(first);
      await shows(element, () => talk().getAttribute('aria-pressed') === 'false');
      expect([dialog.heard, first.dialog.state.muted]).to.deep.equal([true, true]);
    });

  it('speaks again at the next press after it was refused', async () => {
    await setUp({selected: '9001', pressToToggle: true});
    const [first] = (await join('9001')) as [StagedTalk];
    first.service.failure = new SipError('floor-denied', {subject: '李雷', apiCode: 2000});
    talk().click();
    await shows(element, () => activity('9001') === 'Refused');
    await shows(element, () => talk().getAttribute('aria-pressed') === 'false');
    talk().click();
    await speaks(first);
  });

  it('says why a group has ended, unless the user left it', async () => {
    await setUp();
    const [ended, left] = (await join('9001', '9002')) as [StagedTalk, StagedTalk];
    await left.call.hangup();
    ended.dialog.set({phase: 'terminated', cause: {by: 'server', code: 'call-lost'}});
    await shows(element, () => activity('9001') === 'Not joined');
    expect(textIn('9001', 'detail')).to.match(/connection.*Press to join$/);
    expect(textIn('9002', 'detail')).to.equal('Press to join');
    expect(
      deep(element, '[role=status]').some(({innerText}) => /总调度.*connection/.test(innerText)),
    ).to.equal(true);
  });

  it('joins a group with autojoin again that has ended, unless the user left it', async () => {
    shorten({groupRejoin: 0});
    await setUp({groups: '9001, 9002', autojoin: true});
    const asked = (number: string): number =>
      client.asked.filter((what) => what === `session intercom ${number}`).length;
    await shows(element, () => client.state.calls.length === 2);
    const [first, second] = client.state.calls as [SipCall, SipCall];
    for (const call of [first, second]) client.dialogOf(call).confirm();
    await shows(element, () => activity('9001') === 'Idle' && activity('9002') === 'Idle');
    await second.hangup();
    await shows(element, () => activity('9002') === 'Not joined');
    client.dialogOf(first).set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await shows(element, () => asked('9001') === 2);
    expect(asked('9002')).to.equal(1);
  });

  it('joins again after a new registration what could not be joined', async () => {
    const staged = await StagedClient.ready();
    staged.failure = new SipError('not-in-group', {subject: '9001'});
    await setUp({groups: '9001', autojoin: true}, staged);
    await shows(element, () => part(element, 'refusals') !== null);
    const asked = (): number => client.asked.filter((what) => what === 'session intercom 9001').length;
    expect(asked()).to.equal(1);
    client.host.setConnection('reconnecting');
    await shows(element, () => talk().innerText !== '' && part(element, 'join-all') === null);
    client.host.setConnection('connected');
    await shows(element, () => asked() === 2 && part(element, 'refusals') === null);
  });

  it('joins the groups of another client anew, and forgets what the user before has heard and chosen', async () => {
    await setUp({groups: '9001', autojoin: true});
    await shows(element, () => client.state.calls.length === 1);
    const dialog = client.dialogOf(client.state.calls[0]!);
    dialog.confirm();
    await shows(element, () => activity('9001') === 'Idle');
    inTile('9001', 'listen-only')!.click();
    await shows(element, () => inTile('9001', 'listen-only')!.getAttribute('aria-pressed') === 'true');
    const other = await StagedClient.ready({user: '1009'});
    element.closest('sip-client')!.client = other;
    await shows(element, () => other.asked.at(-1) === 'session intercom 9001');
    await shows(element, () => inTile('9001', 'listen-only')!.getAttribute('aria-pressed') === 'false');
  });

  it('takes a long press on a tile that cannot be spoken to as a press', async () => {
    await setUp();
    await holds(() => hold(inTile('9001', 'tile')!));
    await sendMouse({type: 'up'});
    await shows(element, () => client.asked.at(-1) === 'session intercom 9001');
    const [{service}] = (await join('9002')) as [StagedTalk];
    inTile('9002', 'listen-only')!.click();
    await shows(element, () => inTile('9002', 'listen-only')!.getAttribute('aria-pressed') === 'true');
    await holds(() => sendKeys({down: '2'}));
    await sendKeys({up: '2'});
    await shows(element, () => selected().join() === '9002');
    expect(service.commands).to.deep.equal([]);
  });

  it('names each group that cannot be joined, and why', async () => {
    await setUp({groups: '9001=Fire, 9002=Patrol'});
    client.refusal = new SipError('not-in-group', {subject: '9001'});
    const errors: string[] = [];
    element.addEventListener('sip-error', ({detail}) => errors.push(detail.error.code));
    part(element, 'join-all')!.click();
    await shows(element, () => deep(element, '[part=refusals] li').length === 2);
    expect(deep(element, '[part=refusals] li').map(({innerText}) => innerText.split(':')[0])).to.deep.equal([
      'Fire',
      'Patrol',
    ]);
    expect(errors).to.deep.equal(['not-in-group', 'not-in-group']);
    await isAccessible(element);
    client.refusal = undefined;
    part(element, 'join-all')!.click();
    await shows(element, () => part(element, 'refusals') === null);
  });

  it('says that the server has not taken a floor back', async () => {
    await setUp({selected: '9001'});
    const [first] = (await join('9001')) as [StagedTalk];
    await sendKeys({down: 'F8'});
    await speaks(first);
    first.service.failure = new SipError('timeout');
    await sendKeys({up: 'F8'});
    await shows(element, () => part(element, 'notice') !== null);
  });

  it('says why the directory cannot be read, and reads it again at a press', async () => {
    const staged = new StagedClient();
    const asked: ((fails: boolean) => void)[] = [];
    staged.directoryService = {
      groups: () =>
        new Promise((resolve, reject) => {
          asked.push((fails) =>
            fails
              ? reject(new SipError('timeout'))
              : resolve([{number: '8001', name: 'Harbor', parent: '', type: undefined, raw: {}}]),
          );
        }),
    } as unknown as NonNullable<StagedClient['directoryService']>;
    await staged.connect();
    await setUp({groups: ''}, staged);
    await shows(element, () => !textOf(element).includes('There are no talk groups.'));
    await rejects(element.join(), 'not-registered');
    await staged.register();
    await shows(element, () => textOf(element).includes('Loading…'));
    asked.at(-1)!(true);
    await shows(element, () => part(element, 'retry') !== null);
    await rejects(element.join(), 'timeout');
    await isAccessible(element);
    part(element, 'retry')!.click();
    await shows(element, () => asked.length === 2);
    const joined = element.join();
    asked.at(-1)!(false);
    await joined;
    expect(staged.asked.at(-1)).to.equal('session intercom 8001');
  });

  it('rejects join() without a client', async () => {
    element = await fixture(html`<sip-channels groups="9001"></sip-channels>`);
    await loads(element);
    await rejects(element.join(), 'not-connected');
  });

  it('presses tiles by their digits on a keyboard that types other characters there', async () => {
    await setUp();
    await join('9002');
    const digit = (type: string): boolean =>
      document.body.dispatchEvent(
        new KeyboardEvent(type, {key: 'é', code: 'Digit2', bubbles: true, composed: true, cancelable: true}),
      );
    await briefly(async () => {
      digit('keydown');
      digit('keyup');
    });
    await shows(element, () => selected().join() === '9002');
    document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '؟', bubbles: true, cancelable: true}));
    expect(part(element, 'key-list')!.matches(':popover-open')).to.equal(true);
  });

  it('shows the alarm of a member on the group’s tile', async () => {
    await setUp();
    const [{members}] = (await join('9001')) as [StagedTalk];
    members.all({number: '1002', name: '李雷', phase: 'answered'});
    expect(inTile('9001', 'alarm')).to.equal(null);
    const {call} = client.ring('audio', {number: '1002', name: '李雷'}, 'sos');
    await shows(element, () => inTile('9001', 'alarm') !== null);
    expect(textIn('9001', 'alarm')).to.contain('李雷');
    await isAccessible(element);
    await call.hangup();
    await shows(element, () => inTile('9001', 'alarm') === null);
  });

  it('shows the groups of the directory where the page names none', async () => {
    const staged = new StagedClient();
    staged.directoryService = {
      groups: async () => [{number: '8001', name: 'Harbor', parent: '', type: undefined, raw: {}}],
    } as unknown as NonNullable<StagedClient['directoryService']>;
    await staged.connect();
    await staged.register();
    await setUp({groups: ''}, staged);
    await shows(element, () => deep(element, 'sip-channel-tile').length === 1);
    expect(textIn('8001', 'name')).to.equal('Harbor');
  });

  it('has tiles of 140 px at least with two lines of the name, and a list on a narrow page', async () => {
    const long = 'Fire brigade and rescue of the northern harbor';
    await setUp({groups: `9001=${long}, 9002, 9003, 9004, 9005, 9006`});
    for (const width of [360, 700, 1200]) {
      await setViewport({width, height: 600});
      await shows(element, () => tileOf('9001').offsetWidth >= 140);
      const name = inTile('9001', 'name')!;
      expect(name.innerText).to.equal(long);
      expect(name.getBoundingClientRect().width).to.be.greaterThan(70);
      expect(document.documentElement.scrollWidth).to.be.at.most(width);
    }
    await setViewport({width: 320, height: 600});
    await shows(element, () => tileOf('9001').offsetLeft === tileOf('9002').offsetLeft);
    expect(document.documentElement.scrollWidth).to.be.at.most(320);
  });

  it('says so where the server has no groups', async () => {
    const staged = new StagedClient();
    staged.lacks = {intercom: false};
    await staged.connect();
    await setUp({}, staged);
    await shows(element, () => textOf(element).includes('This server does not support intercoms.'));
    await isAccessible(element);
  });
});
