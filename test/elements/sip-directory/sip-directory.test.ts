import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipDirectoryElement} from '../../../src/elements/sip-directory/sip-directory.js';
import {SipError} from '../../../src/errors.js';
import {deep, isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {UnseenParts} from '../../support/in-page/parts.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {group, person, StagedPeople} from '../../support/staged/staged-people.js';

const GROUPS = [
  group('8000', 'Harbor'),
  group('8100', 'Dispatch', '8000'),
  group('8110', 'Day shift', '8100'),
  group('8200', 'Patrol', '8000'),
];
const PEOPLE = [
  person('1001', '王芳', '8000', {state: 'online'}),
  person('1002', '李雷', '8000', {state: 'busy'}),
  person('1003', 'Anna Novak', '8100'),
  person('1010', 'Patrol 10', '8110', {state: undefined}),
  person('1019', 'North gate', '8000', {type: 7, state: 'online'}),
];

/** What a row is called; both, if a screen reader reads something else than a person. */
function wordsOf(row: HTMLElement): string {
  const read = row.shadowRoot!.querySelector<HTMLElement>('.words')!.innerText.replace(/\s+/g, ' ').trim();
  const label = row.getAttribute('aria-label');
  return read.replaceAll(',', '') === label?.replaceAll(',', '') ? read : `${read} / ${label}`;
}

describe('<sip-directory>', () => {
  let client: StagedClient;
  let people: StagedPeople;
  let element: SipDirectoryElement;

  beforeEach(async () => {
    people = new StagedPeople(GROUPS, PEOPLE);
    client = new StagedClient();
    client.directoryService = people;
    const provider = await fixture(
      html`<sip-client .client=${client} lang="en"><sip-directory></sip-directory></sip-client>`,
    );
    element = provider.querySelector('sip-directory')!;
  });

  afterEach(() => client.disconnect());

  /** Registers, and waits until the first people are there. */
  async function ready(): Promise<void> {
    await client.connect();
    await client.register();
    await shows(element, () => names().includes('王芳'));
  }

  const tree = (): HTMLElement => part(element, 'tree')!;
  const rows = (): HTMLElement[] => deep(element, '[role=treeitem]');
  /** What is in a row. */
  const inRow = (found: HTMLElement, selector: string): HTMLElement | null =>
    found.shadowRoot!.querySelector<HTMLElement>(selector);
  const names = (): string[] => rows().map((each) => inRow(each, '.name, .line')?.innerText ?? '');
  const row = (name: string): HTMLElement => rows()[names().indexOf(name)]!;
  /** What a row is called: as a person, and a screen reader, reads it. */
  const words = (name: string): string => wordsOf(row(name));
  /** The element that has the focus, in whatever element it is. */
  const active = (): Element | null => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  };
  /** The name of the row where the cursor is. */
  const cursor = (): string =>
    names()[rows().findIndex(({id}) => id === tree().getAttribute('aria-activedescendant'))]!;
  const keys = async (...pressed: string[]): Promise<void> => {
    for (const key of pressed) await sendKeys({press: key});
    await element.updateComplete;
  };
  const field = (): HTMLInputElement => part(element, 'search') as HTMLInputElement;
  const type = (text: string): void => {
    field().value = text;
    field().dispatchEvent(new InputEvent('input'));
  };

  it('says what is missing: a client, a registration, a directory', async () => {
    const alone = await fixture<SipDirectoryElement>(html`<sip-directory lang="en"></sip-directory>`);
    await shows(alone, () => textOf(alone).includes('inside a <sip-client>'));
    await isAccessible(alone);
    await shows(element, () => textOf(element).includes('when you’re registered'));
    await isAccessible(element);
    client.directoryService = undefined;
    await client.connect();
    await client.register();
    await shows(element, () => textOf(element).includes('no directory'));
    await isAccessible(element);
  });

  it('shows a tree with the groups at the top open, once it is registered', async () => {
    let arrive!: () => void;
    people.patience = new Promise((resolve) => (arrive = resolve));
    await client.connect();
    await client.register();
    await shows(element, () => deep(element, '.skeleton').length > 0);
    await isAccessible(element);
    arrive();
    await shows(element, () => names().includes('王芳'));
    expect(names()).to.deep.equal(['Harbor', 'Dispatch', 'Patrol', '王芳', '李雷', 'North gate']);
    const attributes = ['aria-level', 'aria-posinset', 'aria-setsize', 'aria-expanded'];
    expect(rows().map((each) => attributes.map((name) => each.getAttribute(name)))).to.deep.equal([
      ['1', '1', '1', 'true'],
      ['2', '1', '5', 'false'],
      ['2', '2', '5', 'false'],
      ['2', '3', '5', null],
      ['2', '4', '5', null],
      ['2', '5', '5', null],
    ]);
    expect(words('李雷')).to.equal('李雷 1002 In a call');
    await isAccessible(element);
  });

  it('counts who is online in each group, with the groups inside it, and keeps the count', async () => {
    await ready();
    const online = (name: string): string | undefined => inRow(row(name), '.count')?.innerText.trim();
    await shows(element, () => online('Harbor') === '3 of 5 online');
    expect([online('Dispatch'), online('Patrol')]).to.deep.equal(['0 of 2 online', undefined]);
    client.host.personChanged('1010', 'online');
    await shows(element, () => online('Harbor') === '4 of 5 online');
    expect(online('Dispatch')).to.equal('1 of 2 online');
    client.host.personChanged('1001', 'offline');
    await shows(element, () => online('Harbor') === '3 of 5 online');
    element.closest('sip-client')!.setAttribute('lang', 'zh-CN');
    await shows(element, () => online('Harbor') === '3/5 在线');
    await isAccessible(element);
  });

  it('keeps the lamps and the counts in 320 px', async () => {
    const box = document.createElement('div');
    box.style.inlineSize = '320px';
    element.before(box);
    box.append(element);
    await ready();
    await shows(element, () => inRow(row('Harbor'), '.count') !== null);
    expect(inRow(row('Harbor'), '.short')!.innerText).to.equal('3/5');
    const lamp = inRow(row('李雷'), '.dot')!.getBoundingClientRect();
    expect([lamp.width, lamp.height].every((size) => size >= 8)).to.equal(true);
    for (const button of deep(element, 'button'))
      if (button.offsetParent) {
        const {width, height} = button.getBoundingClientRect();
        expect(Math.min(width, height), button.title).to.be.at.least(24);
      }
    await isAccessible(element);
  });

  it('asks for the members of a group when it is opened, and not again', async () => {
    await ready();
    row('Dispatch').click();
    await shows(element, () => names().includes('Anna Novak'));
    row('Dispatch').click();
    await shows(element, () => !names().includes('Anna Novak'));
    row('Dispatch').click();
    await shows(element, () => names().includes('Anna Novak'));
    row('Patrol').click();
    await shows(element, () => names().includes('No members'));
    // A closed group is counted, and that of the day shift with it.
    await until(() => people.asked.includes('members 8110'));
    expect(people.asked.filter((what) => /group|member/.test(what)).sort()).to.deep.equal([
      'groups',
      'members 8000',
      'members 8100',
      'members 8110',
      'members 8200',
    ]);
    await isAccessible(element);
  });

  it('goes through the tree by keys', async () => {
    await ready();
    tree().focus();
    expect(cursor()).to.equal('Harbor');
    await keys('ArrowDown');
    expect(cursor()).to.equal('Dispatch');
    await keys('ArrowRight');
    await shows(element, () => names().includes('Anna Novak'));
    expect(cursor()).to.equal('Dispatch');
    await keys('ArrowRight');
    expect(cursor()).to.equal('Day shift');
    await keys('ArrowLeft');
    expect(cursor()).to.equal('Dispatch');
    await keys('ArrowLeft');
    expect(names()).not.to.include('Anna Novak');
    await keys('ArrowLeft');
    expect(cursor()).to.equal('Harbor');
    await keys('End');
    expect(cursor()).to.equal('North gate');
    await keys('ArrowDown');
    expect(cursor()).to.equal('North gate');
    await keys('Home', 'ArrowUp');
    expect(cursor()).to.equal('Harbor');
    await keys('p');
    expect(cursor()).to.equal('Patrol');
    await keys('Enter');
    await shows(element, () => names().includes('No members'));
    await keys(' ');
    await shows(element, () => !names().includes('No members'));
    await new Promise((resolve) => setTimeout(resolve, 750));
    await keys('n', 'o', 'r');
    expect(cursor()).to.equal('North gate');
    expect(active()).to.equal(tree());
    await isAccessible(element);
  });

  it('takes numbers for the letters of a name', async () => {
    await ready();
    tree().focus();
    // In one go: a pause begins another search.
    await sendKeys({type: '1002'});
    expect(cursor()).to.equal('李雷');
  });

  it('reaches the buttons of the cursor’s row by Tab, and those alone', async () => {
    await ready();
    tree().focus();
    await keys('End', 'ArrowUp', 'Tab');
    expect(active()).to.equal(inRow(row('李雷'), '.call'));
    await keys('Tab');
    expect(active()).to.equal(inRow(row('李雷'), '.video'));
    await keys('ArrowDown');
    expect(active()).to.equal(tree());
    expect(cursor()).to.equal('North gate');
    expect(deep(element, 'button[tabindex="0"]').filter((each) => each.checkVisibility())).to.have.length(2);
  });

  it('calls by the row’s buttons and by Enter', async () => {
    await ready();
    inRow(row('李雷'), '.video')!.click();
    await until(() => client.asked.includes('call 1002 video'));
    tree().focus();
    await keys('End', 'Enter');
    await until(() => client.asked.includes('call 1019 audio'));
    expect(inRow(row('王芳'), 'button'), 'oneself').to.equal(null);
  });

  it('calls nobody where the page says so, and leaves messages and watching to it', async () => {
    await ready();
    element.actions = 'monitor message call';
    const offered = (): string =>
      deep(row('李雷'), 'button')
        .filter((each) => each.checkVisibility())
        .map(({part: name}) => name.value)
        .join(' ');
    await shows(element, () => offered() === 'call message monitor');
    await isAccessible(element);
    for (const action of ['call', 'message', 'monitor'] as const) {
      const told = next(element, 'sip-directory-action');
      element.addEventListener('sip-directory-action', (event) => event.preventDefault(), {once: true});
      inRow(row('李雷'), `.${action}`)!.click();
      const {detail} = await told;
      expect([detail.action, detail.person.number]).to.deep.equal([action, '1002']);
    }
    expect(client.asked).not.to.include('call 1002 audio');
  });

  describe('the menu of a person', () => {
    const menu = (): HTMLElement => deep(element, 'sip-directory-menu')[0]!;
    const items = (): HTMLElement[] => deep(menu(), '[role=menuitem]');
    const item = (name: string): HTMLElement => items().find((each) => each.part.value === name)!;
    const offered = (): string[] => items().map(({innerText}) => innerText.trim().replace(/\s*\n\s*/, ': '));
    const why = (name: string): string =>
      deep(menu(), `#${item(name).getAttribute('aria-describedby')!}`)[0]!.innerText;
    const open = async (name: string): Promise<void> => {
      inRow(row(name), '.more')!.click();
      await shows(element, () => menu().matches(':popover-open') && items().length > 0);
    };

    it('offers urgent calls to people, and what one can do in their call while they are in one', async () => {
      await ready();
      await open('李雷');
      expect(offered()).to.deep.equal(['Urgent call', 'SOS call', 'Listen in', 'Barge in', 'End their call']);
      await shows(element, () => active() === items()[0]);
      await isAccessible(element);
      // What is offered stays while one aims, and says why it is not possible any more.
      client.host.personChanged('1002', 'online');
      await shows(element, () => offered()[2] === 'Listen in: Not in a call');
      expect(why('listen-in')).to.equal('Not in a call');
      item('listen-in').click();
      expect(client.asked.filter((what) => what.startsWith('session'))).to.deep.equal([]);
      await keys('Escape');
      await shows(element, () => active() === inRow(row('李雷'), '.more'));
      await open('李雷');
      expect(offered()).to.deep.equal(['Urgent call', 'SOS call']);
      await keys('Escape');
      row('Dispatch').click();
      await shows(element, () => names().includes('Anna Novak'));
      await open('Anna Novak');
      expect(offered()).to.deep.equal(['Urgent call: Offline', 'SOS call: Offline']);
      expect(inRow(row('North gate'), '.more')?.checkVisibility(), 'a camera in no call').not.to.equal(true);
    });

    it('offers what the server can do, and what the page wants', async () => {
      client.lacks = {urgent: false, supervise: false};
      await ready();
      await open('李雷');
      expect(offered()).to.deep.equal(['Listen in', 'Barge in']);
      element.actions = 'call barge-in';
      await keys('Escape');
      await shows(element, () => inRow(row('李雷'), '.video') === null);
      await open('李雷');
      expect(offered()).to.deep.equal(['Barge in']);
    });

    it('places urgent calls, and listens', async () => {
      await ready();
      for (const [name, asked] of [
        ['urgent', 'call 1002 audio urgent'],
        ['sos', 'call 1002 audio sos'],
        ['listen-in', 'session listen-in 1002'],
      ] as const) {
        await open('李雷');
        item(name).click();
        await until(() => client.asked.at(-1) === asked);
        await until(() => client.calls.length === 1);
        if (name !== 'listen-in') await client.calls[0]!.hangup();
        await shows(element, () => !menu().matches(':popover-open'));
      }
      // From listening one goes on to barging in: the one call ends, the other begins.
      client.dialogOf(client.calls[0]!).confirm();
      await open('李雷');
      expect(why('listen-in')).to.equal('You’re already listening in');
      item('barge-in').click();
      await until(() => client.asked.at(-1) === 'session barge-in 1002');
      await until(() => client.calls.map(({type}) => type).join() === 'barge-in');
      // It ends before the user is in it: the user hears why, and listens again.
      const dialog = client.dialogOf(client.calls[0]!);
      dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
      await until(() => client.asked.at(-1) === 'session listen-in 1002');
      await until(() => client.calls.map(({type}) => type).join() === 'listen-in');
      await shows(element, () => textOf(element).includes('The call was not found (1002).'));
    });

    it('asks before it ends a call, with the name, and Cancel first', async () => {
      await ready();
      await open('李雷');
      item('force-end').click();
      await shows(element, () => deep(menu(), '[role=alertdialog]').length > 0);
      expect(textOf(menu(), '#question')).to.equal('End 李雷’s call? They will be disconnected right away.');
      await shows(element, () => active() === part(element, 'cancel'));
      await isAccessible(element);
      await keys('Enter');
      await shows(element, () => !menu().matches(':popover-open'));
      expect(client.asked).not.to.include('session remove 1002');
      await open('李雷');
      item('force-end').click();
      await press(element, 'confirm');
      await until(() => client.asked.includes('session remove 1002'));
    });

    it('opens by the keyboard, and is left by Tab', async () => {
      await ready();
      tree().focus();
      await keys('End', 'ArrowUp');
      // What a browser makes of the menu key, which WebDriver has no name for.
      active()!.dispatchEvent(
        new MouseEvent('contextmenu', {bubbles: true, cancelable: true, composed: true}),
      );
      await shows(element, () => menu().matches(':popover-open') && items().length === 5);
      await keys('ArrowUp');
      expect(active()).to.equal(item('force-end'));
      await keys('ArrowDown', 'ArrowDown');
      expect(active()).to.equal(item('sos'));
      // In Firefox the focus would go on to the browser itself, and stay there in the files that follow.
      const next = document.body.appendChild(document.createElement('button'));
      await keys('Tab');
      await shows(element, () => !menu().matches(':popover-open'));
      next.remove();
    });
  });

  it('shows why a call failed, and tells of it', async () => {
    await ready();
    client.failure = new SipError('number-offline', {subject: '1002'});
    const told = next(element, 'sip-error');
    inRow(row('李雷'), '.call')!.click();
    expect((await told).detail.error.code).to.equal('number-offline');
    await shows(element, () => part(element, 'notice') !== null);
    await isAccessible(element);
  });

  it('searches when the typing pauses, and gives up what nobody waits for any more', async () => {
    await ready();
    type('1');
    type('10');
    type('101');
    await shows(element, () => names().join() === 'Patrol 10,North gate');
    expect(people.asked.filter((what) => what.startsWith('search'))).to.deep.equal(['search 101']);
    expect(deep(element, '[role=status]')[0]!.innerText).to.contain('2 people found');
    await isAccessible(element);
    let arrive!: () => void;
    people.patience = new Promise((resolve) => (arrive = resolve));
    type('王');
    await until(() => people.asked.includes('search 王'));
    type('nobody');
    arrive();
    await shows(element, () => textOf(element).includes('No one found'));
    await isAccessible(element);
    type('');
    await shows(element, () => names().includes('Harbor'));
  });

  it('goes from the field to what was found by an arrow', async () => {
    await ready();
    field().focus();
    await sendKeys({type: 'Anna'});
    await shows(element, () => names().join() === 'Anna Novak');
    await keys('ArrowDown');
    expect(active()).to.equal(tree());
    expect(cursor()).to.equal('Anna Novak');
  });

  it('tries again what failed: the groups, the members, the search', async () => {
    people.failure = new SipError('timeout', {subject: 'groups'});
    await client.connect();
    await client.register();
    await shows(element, () => part(element, 'retry') !== null);
    await isAccessible(element);
    await press(element, 'retry');
    people.failure = undefined;
    await press(element, 'retry');
    await shows(element, () => names().includes('王芳'));
    people.failure = new SipError('timeout', {subject: '8100'});
    row('Dispatch').click();
    await shows(element, () => part(element, 'retry') !== null);
    await isAccessible(element);
    people.failure = undefined;
    await press(element, 'retry');
    await shows(element, () => names().includes('Anna Novak'));
    people.failure = new SipError('timeout', {subject: 'search'});
    type('Anna');
    await shows(element, () => part(element, 'notice') !== null);
    people.failure = undefined;
    await press(element, 'retry');
    await shows(element, () => names().join() === 'Anna Novak');
  });

  it('shows who can be reached as the server tells', async () => {
    await ready();
    client.host.personChanged('1002', 'online');
    await shows(element, () => words('李雷') === '李雷 1002 Available');
    client.host.personChanged('1002', 'offline');
    await shows(element, () => words('李雷') === '李雷 1002 Offline');
    client.host.personChanged('4711', 'offline');
    expect(names()).to.have.length(6);
  });

  it('shows where somebody was last, and where he goes', async () => {
    people.places.push({number: '1019', lng: 121.62, lat: 29.93, time: Date.now(), raw: {}});
    await ready();
    await shows(element, () => textOf(row('North gate')).includes('29.9300, 121.6200'));
    client.host.positionChanged({number: '1019', lng: -1.5, lat: 2, time: undefined, raw: {}});
    await shows(element, () => textOf(row('North gate')).includes('2.0000, -1.5000'));
    await isAccessible(element);
  });

  it('asks anew after another registration, and keeps what is open meanwhile', async () => {
    await ready();
    row('Dispatch').click();
    await shows(element, () => names().includes('Anna Novak'));
    client.host.setRegistration('unregistered');
    await shows(element, () => inRow(row('李雷'), '.call')!.getAttribute('aria-disabled') === 'true');
    await isAccessible(element);
    people.people = [...PEOPLE, person('1030', 'New here', '8100')];
    client.host.setRegistration('registered');
    await shows(element, () => names().includes('New here'));
    expect(names()).to.include('Anna Novak');
  });

  it('keeps its groups open where it is moved', async () => {
    await ready();
    row('Dispatch').click();
    await shows(element, () => names().includes('Anna Novak'));
    const {parentElement} = element;
    const place = document.createElement('div');
    parentElement!.append(place);
    place.append(element);
    await element.updateComplete;
    expect(names()).to.include('Anna Novak');
  });

  it('takes groups in a circle, without a parent, and a thousand levels deep', async () => {
    people.list = [
      group('1', 'One', '2'),
      group('2', 'Two', '1'),
      group('3', 'Three', 'nowhere'),
      group('4', 'Four', '1'),
      group('5', 'Five', '4'),
      ...Array.from({length: 1000}, (_, index) => group(`d${index}`, `Level ${index}`, `d${index - 1}`)),
    ];
    await client.connect();
    await client.register();
    await shows(element, () => names().length > 6);
    expect(names().filter((name) => !name.startsWith('Microphone level'))).to.include.members([
      'One',
      'Two',
      'Three',
      'Four',
      'Five',
    ]);
  });

  it('draws each row whatever the server writes as a number', async () => {
    people.list = [group('a', 'One'), group('a/b', 'Two')];
    people.people = [person('b/', 'Ann', 'a'), person('/', 'Bob', 'a'), person('', '王芳', 'a')];
    await ready();
    expect(names()).to.include.members(['One', 'Two', 'Ann', 'Bob']);
  });

  it('shows what a stranger named himself as text', async () => {
    people.people = [person('1001', '王芳', '8000'), person('1', '<img src=x onerror=alert(1)>', '8000')];
    await ready();
    expect(deep(element, 'img')).to.deep.equal([]);
    expect(names()).to.include('<img src=x onerror=alert(1)>');
  });

  it('draws few of 5,000 people, and every one of them by scrolling', async () => {
    people.people = Array.from({length: 5000}, (_, index) =>
      person(String(20_000 + index), index ? `Person ${index}` : '王芳', '8000', {state: 'online'}),
    );
    await ready();
    expect(rows().length).to.be.below(60);
    const box = tree();
    expect(box.scrollHeight).to.be.greaterThan(5000 * 40);
    let jumps = 0;
    const seen = new Set<string>();
    for (let top = 0; top < box.scrollHeight; top += 5000) {
      jumps += 1;
      box.scrollTop = top;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const view = box.getBoundingClientRect();
      const middle = (box.getRootNode() as ShadowRoot).elementFromPoint(
        view.left + 60,
        view.top + view.height / 2,
      )!;
      seen.add(middle.closest('[role=treeitem]')!.id);
    }
    expect(seen.size).to.equal(jumps);
    box.focus();
    await keys('End');
    expect(cursor()).to.equal('Person 4999');
    await shows(
      element,
      () => row('Person 4999').getBoundingClientRect().bottom <= box.getBoundingClientRect().bottom + 1,
    );
    box.scrollTop = 0;
    await shows(element, () => names().includes('王芳'));
    expect(cursor()).to.equal('Person 4999');
    expect(box.scrollHeight).to.be.greaterThan(5000 * 40);
  });

  it('lets a page style every part', async () => {
    element.actions += ' invite message monitor';
    await ready();
    const unseen = new UnseenParts(element);
    client.failure = new SipError('number-offline', {subject: '1002'});
    people.failure = new SipError('timeout', {subject: '8100'});
    row('Dispatch').click();
    inRow(row('李雷'), '.call')!.click();
    await unseen.look('notice', 'retry');
    inRow(row('李雷'), '.more')!.click();
    await unseen.look('force-end');
    part(element, 'force-end')!.click();
    await unseen.look('confirm');
    await keys('Escape');
    element.selectable = true;
    await shows(element, () => inRow(row('李雷'), 'button.box') !== null);
    inRow(row('李雷'), '.box')!.click();
    await unseen.look('select', 'selection', 'selection-count', 'clear-selection', 'selection-action');
    deep(element, '[data-action=text]')[0]!.click();
    await unseen.look('selection-text');
    await shows(element, () => active()?.id === 'text');
    await keys('Escape');
    deep(element, '[data-action=call]')[0]!.click();
    await unseen.look('selection-report');
    // Those of a PBX are in test/elements/shared/pbx.
    expect(unseen.names).to.deep.equal(['pick-up', 'whisper']);
  });

  it('keeps the focus in the tree when the button that had it is gone', async () => {
    await ready();
    people.failure = new SipError('timeout', {subject: '8100'});
    row('Dispatch').click();
    await shows(element, () => part(element, 'retry') !== null);
    people.failure = undefined;
    part(element, 'retry')!.focus();
    await sendKeys({press: 'Enter'});
    await shows(element, () => names().includes('Anna Novak'));
    expect(active()).to.equal(tree());
  });

  for (const inlineSize of ['240px', '320px', '900px'])
    it(`fits into ${inlineSize}, in Chinese too`, async () => {
      people.people = [...PEOPLE, person('1'.repeat(30), 'A name that does not seem to have an end', '8000')];
      people.places.push({number: '1019', lng: 121.62, lat: 29.93, time: Date.now(), raw: {}});
      element.actions = 'call video message monitor';
      element.closest('sip-client')!.setAttribute('lang', 'zh-CN');
      const box = document.createElement('div');
      box.style.inlineSize = inlineSize;
      element.before(box);
      box.append(element);
      await ready();
      await shows(element, () => textOf(element).includes('通话中'));
      row('North gate').click();
      await shows(element, () => textOf(row('North gate')).includes('29.9300'));
      const panel = part(element, 'panel')!;
      expect(panel.scrollWidth).to.be.at.most(panel.clientWidth);
      expect(tree().scrollWidth).to.be.at.most(tree().clientWidth);
      for (const inner of deep(element, 'button'))
        expect(inner.getBoundingClientRect().right).to.be.at.most(panel.getBoundingClientRect().right);
      await isAccessible(element);
    });
});
