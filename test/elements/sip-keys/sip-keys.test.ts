import {expect, fixture, html} from '@open-wc/testing';
import {resetMouse, sendKeys, sendMouse, setViewport} from '@web/test-runner-commands';
import type {WrittenKey} from '../../../src/elements/sip-keys/key-pages.js';
import type {SipKeysElement} from '../../../src/elements/sip-keys/sip-keys.js';
import {selectionOf} from '../../../src/elements/shared/selection/selection.js';
import {SipError} from '../../../src/errors.js';
import {deep, isAccessible, loads, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {group, person, StagedPeople} from '../../support/staged/staged-people.js';
import {StagedPresence} from '../../support/staged/staged-presence.js';

const GROUPS = [group('8000', '港口 Harbor'), group('8200', '巡逻队 Patrol', '8000')];
const PEOPLE = [
  person('1001', '王芳', '8000', {state: 'online'}),
  person('1002', '李雷', '8000', {state: 'busy'}),
  person('1003', 'Anna Novak', '8000', {state: 'online'}),
  person('1004', '张伟', '8000'),
  person('1019', '北门', '8000', {type: 7, state: 'online'}),
  person('1010', '杨帆', '8200', {state: 'online'}),
  person('1011', '赵敏', '8200'),
];
/** The keys of most tests: five people and a group. */
const KEYS: readonly (string | WrittenKey)[] = [
  '1002',
  {number: '1003', name: 'Anna'},
  '1004',
  '1010',
  {number: '8200', group: true},
  '1011',
];
const STORE = 'sip-elements:keys:1001@stage.test';

describe('<sip-keys>', () => {
  let client: StagedClient;
  let people: StagedPeople;
  let element: SipKeysElement;

  beforeEach(async () => {
    await setViewport({width: 900, height: 700});
    people = new StagedPeople(GROUPS, PEOPLE);
  });
  afterEach(async () => {
    await resetMouse();
    for (const key of ['Shift', 'Control', 'Alt']) await sendKeys({up: key});
    await client.disconnect();
    localStorage.removeItem(STORE);
  });

  interface Setup extends Partial<
    Pick<SipKeysElement, 'keys' | 'pages' | 'fixed' | 'groupAction' | 'actions'>
  > {
    readonly online?: boolean;
    readonly stored?: boolean;
    readonly lang?: string;
    readonly width?: string;
  }

  async function setUp({
    online = true,
    stored = false,
    lang = 'en',
    width = '',
    ...given
  }: Setup = {}): Promise<void> {
    client = new StagedClient({historyStorage: stored ? 'local' : 'memory', domain: 'stage.test'});
    client.directoryService = people;
    const root = await fixture(
      html`<sip-client .client=${client} lang=${lang} dir=${lang === 'ar' ? 'rtl' : 'ltr'}
        ><sip-keys></sip-keys
      ></sip-client>`,
    );
    element = root.querySelector('sip-keys')!;
    if (width) root.setAttribute('style', `display: block; inline-size: ${width}`);
    Object.assign(element, given);
    if (online) {
      await client.connect();
      await client.register();
    }
    await loads(element);
  }
  const ready = async (setup: Setup = {}): Promise<void> => {
    await setUp({keys: KEYS, ...setup});
    await shows(element, () => label('8200').includes('1 of 2'));
  };

  const cells = (): HTMLElement[] => deep(element, '[role=gridcell]');
  const cell = (number: string): HTMLElement => cells().find((each) => each.dataset['number'] === number)!;
  const numbers = (): string =>
    cells()
      .filter((each) => !each.classList.contains('removed'))
      .map((each) => each.dataset['number'])
      .join();
  const label = (number: string): string => cell(number)?.ariaLabel ?? '';
  const lamp = (number: string): string => cell(number)?.querySelector('.lamp')?.className ?? '';
  const chosen = (): string =>
    cells()
      .filter((each) => each.ariaSelected === 'true')
      .map((each) => each.dataset['number'])
      .join();
  const tabs = (): HTMLElement[] => deep(element, '[role=tab]');
  const active = (): HTMLElement | null => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at as HTMLElement | null;
  };
  const focused = (): string => active()?.dataset['number'] ?? '';
  const keys = async (...pressed: string[]): Promise<void> => {
    for (const key of pressed) await sendKeys({press: key});
    await element.updateComplete;
  };
  const held = async (key: string, ...pressed: string[]): Promise<void> => {
    await sendKeys({down: key});
    await keys(...pressed);
    await sendKeys({up: key});
  };
  const click = (number: string, init: MouseEventInit = {}): void =>
    void cell(number).dispatchEvent(
      new MouseEvent('click', {bubbles: true, composed: true, cancelable: true, ...init}),
    );
  const menu = (number: string): void =>
    void cell(number).dispatchEvent(
      new MouseEvent('contextmenu', {bubbles: true, composed: true, cancelable: true}),
    );
  const middleOf = (target: HTMLElement): [number, number] => {
    const {left, top, width, height} = target.getBoundingClientRect();
    return [Math.round(left + width / 2), Math.round(top + height / 2)];
  };
  const stored = (): unknown => JSON.parse(localStorage.getItem(STORE) ?? 'null');
  const boxes = (): string =>
    JSON.stringify(
      [element, deep(element, 'sip-selection-place')[0]!, ...cells()].map((each) =>
        each.getBoundingClientRect(),
      ),
    );
  const typeInto = (text: string): void => {
    const field = part(element, 'search') as HTMLInputElement;
    field.value = text;
    field.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
  };
  const found = (): string[] =>
    deep(element, '[part=found] [data-number]').map((each) => each.dataset['number']!);

  it('takes thousands of states in a moment, whatever number of keys is in view', async () => {
    const many = Array.from({length: 1_000}, (_, index) => `${10_000 + index}`);
    await setUp({keys: many});
    await shows(element, () => cells().length > 100);
    const begun = performance.now();
    for (let round = 0; round < 40; round += 1)
      for (const number of many) client.host.personChanged(number, 'busy');
    expect(performance.now() - begun).to.be.below(1_500);
    await shows(element, () => lamp('10000').includes('busy'));
  });

  describe('shows', () => {
    it('name, number and state of people, as a shape, a color and a word, and how many of a group are online', async () => {
      await ready();
      expect(cells().map((each) => each.ariaLabel)).to.deep.equal([
        '李雷, 1002, In a call',
        'Anna, 1003, Available',
        '张伟, 1004, Offline',
        '杨帆, 1010, Available',
        '巡逻队 Patrol, 1 of 2 online, 8200, Group',
        '赵敏, 1011, Offline',
      ]);
      expect(['1002', '1003', '1004'].map(lamp)).to.deep.equal(['lamp busy', 'lamp online', 'lamp offline']);
      const looks = ['1002', '1003', '1004'].map((number) => {
        const {borderRadius, backgroundColor} = getComputedStyle(cell(number).querySelector('.lamp')!);
        return `${borderRadius} ${backgroundColor}`;
      });
      expect(new Set(looks)).to.have.property('size', 3);
      expect(cell('8200').querySelector('.icon')).not.to.equal(null);
      await isAccessible(element);
    });

    it('each change of a state at once, and moves nothing', async () => {
      await ready();
      const before = boxes();
      client.host.personChanged('1004', 'busy');
      client.host.personChanged('1011', 'online');
      await shows(element, () => lamp('1004') === 'lamp busy' && label('8200').includes('2 of 2'));
      expect(label('1004')).to.equal('张伟, 1004, In a call');
      client.ring('audio', {number: '1003', name: 'Anna Novak'});
      await shows(element, () => label('1003') === 'Answer Anna, 1003, Calling you');
      expect(boxes()).to.equal(before);
      await isAccessible(element);
    });

    it('the states that a server without a directory reports for these numbers', async () => {
      const presence = new StagedPresence();
      client = new StagedClient();
      client.presence = presence;
      client.lacks = {directory: false};
      const root = await fixture(
        html`<sip-client .client=${client} lang="en"><sip-keys keys="1002, 1003"></sip-keys></sip-client>`,
      );
      element = root.querySelector('sip-keys')!;
      await client.connect();
      await client.register();
      await until(() => presence.asked.includes('watch 1003'));
      presence.tell(client, '1003', 'ringing');
      await shows(element, () => label('1003') === '1003, Ringing…');
      element.keys = '1003';
      await until(() => presence.asked.includes('unwatch 1002'));
      expect(lamp('1003')).to.equal('lamp ringing');
      element.remove();
      await until(() => presence.asked.filter((asked) => asked === 'unwatch 1003').length === 2);
    });

    it('why nobody can be called before the client is registered, and why there is no client', async () => {
      await setUp({keys: KEYS, online: false});
      await shows(element, () => cells().length === 6);
      expect(cell('1002').ariaDisabled).to.equal('true');
      click('1002');
      await shows(element, () => part(element, 'notice') !== null);
      expect(client.asked).to.deep.equal([]);
      await isAccessible(element);
      const alone = await fixture<SipKeysElement>(html`<sip-keys lang="en" keys="1002"></sip-keys>`);
      await loads(alone);
      await shows(alone, () => /sip-client/.test(textOf(alone)));
      await isAccessible(alone);
    });

    it('that there are no keys yet, and leads to adding them; if the page forbids that, nothing else', async () => {
      await setUp();
      await shows(element, () => textOf(element).includes('No keys yet'));
      await isAccessible(element);
      element.fixed = true;
      await shows(element, () => part(element, 'add') === null && part(element, 'edit') === null);
      element.fixed = false;
      await press(element, 'add');
      await shows(element, () => active()?.getAttribute('role') === 'combobox');
      await isAccessible(element);
    });

    it('what is wrong with the JSON of the page', async () => {
      await setUp({keys: '[{"number": "1002"'});
      await shows(element, () => part(element, 'notice') !== null);
      await isAccessible(element);
      element.keys =
        '[{"number": 1002}, "1003", {"name": "nobody"}, null, {"number": "8200", "group": true}]';
      await shows(element, () => numbers() === '1002,1003,8200' && part(element, 'notice') === null);
    });

    it('markup in names as text', async () => {
      await setUp({keys: [{number: '1002', name: '<img src=x onerror=alert(1)>'}]});
      await shows(element, () => cells().length === 1);
      expect(cell('1002').querySelector('.name')!.textContent).to.equal('<img src=x onerror=alert(1)>');
      expect(cell('1002').querySelector('img')).to.equal(null);
    });
  });

  describe('a press', () => {
    it('calls a person once, answers them, returns to their call, and never hangs up', async () => {
      await ready();
      click('1003');
      click('1003');
      await until(() => client.calls.length === 1);
      expect(client.asked.filter((asked) => asked.startsWith('call'))).to.deep.equal(['call 1003 audio']);
      const dialog = client.dialogOf(client.calls[0]!);
      await shows(element, () => label('1003') === 'Anna, 1003, Calling…');
      dialog.confirm();
      await shows(element, () => label('1003') === 'Anna, 1003, With you');
      click('1003');
      dialog.set({held: true});
      await shows(element, () => label('1003') === 'Anna, 1003, On hold');
      click('1003');
      await until(() => dialog.commands.includes('unhold'));
      await shows(element, () => label('1003').includes('With you'));
      dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
      await shows(element, () => label('1003') === 'Anna, 1003, Available');
      expect(dialog.commands).not.to.include('hangup');
      const ringing = client.ring('audio', {number: '1002', name: '李雷'}, 'sos');
      await shows(element, () => label('1002') === 'Answer 李雷, 1002, SOS call');
      await isAccessible(element);
      click('1002');
      await until(() => ringing.dialog.commands.includes('accept audio'));
    });

    it('reports why a call failed', async () => {
      await ready();
      client.failure = new SipError('unknown-number', {subject: '1002'});
      const told = next(element, 'sip-error');
      click('1002');
      expect((await told).detail.error.code).to.equal('unknown-number');
      await shows(element, () => textOf(element).includes('1002 was not found'));
      await isAccessible(element);
    });

    it('of a group calls its members into a conference, once, and the bar shows who joins', async () => {
      await ready();
      click('1002', {ctrlKey: true});
      click('8200');
      await until(() => client.asked.includes('session conference 1010,1011'));
      await shows(element, () => label('8200') === '巡逻队 Patrol, Conference, 8200, Group');
      await shows(element, () => part(element, 'selection-report') !== null);
      expect(chosen(), 'the selection stays').to.equal('1002');
      click('8200');
      await element.updateComplete;
      expect(client.asked.filter((asked) => asked.startsWith('session'))).to.have.length(1);
      await isAccessible(element);
      const [conference] = client.calls;
      client.dialogOf(conference!).set({phase: 'terminated', cause: {by: 'local', code: 'normal'}});
      await shows(element, () => label('8200').includes('1 of 2'));
    });

    it('of a group does what the page wants, or the first that the server supports', async () => {
      await ready({groupAction: 'talk'});
      click('8200');
      await until(() => client.asked.includes('session temporary-intercom 1010,1011'));
      await client.disconnect();
      client.lacks = {intercom: false, conference: false};
      await client.connect();
      await client.register();
      await shows(element, () => label('8200').includes('1 of 2'));
      click('8200');
      await until(() => client.asked.includes('session broadcast 1010,1011'));
    });

    it('does nothing if the page cancels it', async () => {
      await ready();
      element.addEventListener('sip-directory-action', (event) => event.preventDefault(), {once: true});
      const told = next(element, 'sip-directory-action');
      click('1002');
      const {action, person: who} = (await told).detail;
      expect([action, who.number, who.name, who.state]).to.deep.equal(['call', '1002', '李雷', 'busy']);
      await element.updateComplete;
      expect(client.asked.filter((asked) => asked.startsWith('call'))).to.deep.equal([]);
    });
  });

  describe('the menu', () => {
    const items = (): string[] =>
      deep(element, ':popover-open [role=menuitem], [role=menuitem]')
        .filter((each) => each.checkVisibility())
        .map((each) => each.innerText.trim());
    const item = (text: string): HTMLElement =>
      deep(element, '[role=menuitem]').find(
        (each) => each.checkVisibility() && each.innerText.includes(text),
      )!;

    it('of a person has video, texts and supervision, and gives the focus back', async () => {
      await ready({actions: 'call video message listen-in barge-in force-end'});
      cell('1002').focus();
      menu('1002');
      await shows(element, () => items().length === 6);
      expect(items()).to.deep.equal([
        'Call 李雷',
        'Video call 李雷',
        'Message 李雷',
        'Listen in',
        'Barge in',
        'End their call',
      ]);
      await isAccessible(element);
      await shows(element, () => active()?.getAttribute('role') === 'menuitem');
      await keys('Escape');
      await shows(element, () => focused() === '1002');
      menu('1003');
      await shows(element, () => items().length === 3);
      const told = next(element, 'sip-directory-action');
      item('Message').click();
      const {action, person: who} = (await told).detail;
      expect([action, who.number]).to.deep.equal(['message', '1003']);
      menu('1002');
      await shows(element, () => items().length === 6);
      item('Listen in').click();
      await until(() => client.calls.some(({type}) => type === 'listen-in'));
      client.dialogOf(client.calls[0]!).confirm();
      menu('1003');
      await shows(element, () => items().length === 3);
      item('Video').click();
      await until(() => client.asked.includes('call 1003 video'));
    });

    it('of a group has what a selection has', async () => {
      await ready();
      menu('8200');
      await shows(element, () => items().length > 3);
      expect(items().slice(0, 3)).to.deep.equal(['Conference', 'Broadcast', 'Call each']);
      await isAccessible(element);
      item('Broadcast').click();
      await until(() => client.asked.includes('session broadcast 1010,1011'));
      expect(selectionOf(client).state.items).to.deep.equal([]);
      await shows(element, () => items().length === 0);
    });
  });

  describe('the keyboard', () => {
    it('moves in rows and columns, presses by Enter, and Tab leads to one key', async () => {
      await ready({width: '500px'});
      const columns = (): number =>
        deep(element, '[role=row]')[0]!.querySelectorAll('[role=gridcell]').length;
      await shows(element, () => columns() === 3);
      expect(cells().filter(({tabIndex}) => tabIndex === 0)).to.have.length(1);
      element.focus();
      await shows(element, () => focused() === '1002');
      await keys('ArrowRight');
      expect(focused()).to.equal('1003');
      await keys('ArrowDown');
      expect(focused()).to.equal('8200');
      await keys('ArrowDown', 'End');
      expect(focused()).to.equal('1011');
      await keys('Home');
      expect(focused()).to.equal('1010');
      await held('Control', 'Home');
      expect(focused()).to.equal('1002');
      await held('Control', 'End');
      expect(focused()).to.equal('1011');
      expect(
        cells()
          .filter(({tabIndex}) => tabIndex === 0)
          .map((each) => each.dataset['number']),
      ).to.deep.equal(['1011']);
      await keys('ArrowUp', 'Enter');
      await until(() => client.asked.includes('call 1004 audio'));
    });

    it('moves to the left where text goes to the left', async () => {
      await setUp({keys: KEYS, lang: 'ar'});
      await shows(element, () => cells().length === 6);
      cell('1002').focus();
      await keys('ArrowLeft');
      expect(focused()).to.equal('1003');
      await isAccessible(element);
    });
  });

  describe('the selection', () => {
    it('is that of the client: by Ctrl, Shift and Space, for the bar below, and moves nothing', async () => {
      await ready();
      const before = boxes();
      click('1003', {ctrlKey: true});
      await shows(element, () => part(element, 'selection') !== null);
      click('1010', {shiftKey: true});
      await shows(element, () => chosen() === '1003,1004,1010');
      expect(boxes()).to.equal(before);
      expect(client.asked.filter((asked) => asked.startsWith('call'))).to.deep.equal([]);
      cell('8200').focus();
      await keys(' ');
      await shows(element, () => chosen() === '1003,1004,1010,8200');
      expect(selectionOf(client).state.items).to.deep.include({
        kind: 'group',
        number: '8200',
        name: '巡逻队 Patrol',
      });
      await held('Shift', 'ArrowRight');
      await shows(element, () => chosen() === '1003,1004,1010,8200,1011');
      await isAccessible(element);
      await keys('Escape');
      await shows(element, () => chosen() === '');
      await held('Control', 'a');
      await shows(element, () => chosen() === '1002,1003,1004,1010,1011');
      deep(element, '[part=selection-action][data-action=conference]')[0]!.click();
      await until(() => client.asked.includes('session conference 1002,1003,1004,1010,1011'));
    });

    it('leaves out the user, whose own key calls nobody', async () => {
      await setUp({keys: '1001, 1002'});
      await shows(element, () => label('1001') === '王芳, 1001, You');
      click('1001');
      click('1001', {ctrlKey: true});
      await element.updateComplete;
      expect(cell('1001').ariaSelected).to.equal(null);
      expect(selectionOf(client).state.items).to.deep.equal([]);
      expect(client.asked.filter((asked) => asked.startsWith('call'))).to.deep.equal([]);
      await isAccessible(element);
    });
  });

  describe('pages', () => {
    const PAGES = [{name: 'Harbor', keys: ['1002', '1003']}, {keys: ['1004', {number: '8200', group: true}]}];

    it('are tabs, turned by Page Up and Page Down, which show who calls', async () => {
      await setUp({pages: JSON.stringify(PAGES)});
      await shows(element, () => numbers() === '1002,1003');
      expect(tabs().map(({innerText}) => innerText.trim())).to.deep.equal(['Harbor', 'Page 2']);
      cell('1003').focus();
      await keys('PageDown');
      await shows(element, () => numbers() === '1004,8200' && focused() === '8200');
      client.ring('audio', {number: '1002', name: '李雷'});
      await shows(element, () => tabs()[0]!.innerText.includes('Calling you'));
      await isAccessible(element);
      tabs()[1]!.focus();
      await keys('ArrowLeft');
      await shows(element, () => numbers() === '1002,1003' && active() === tabs()[0]);
    });
  });

  describe('while they are arranged', () => {
    it('gets people and groups by a search, also by pinyin, and numbers that nobody has', async () => {
      await setUp({stored: true});
      await press(element, 'add');
      await shows(element, () => active()?.getAttribute('role') === 'combobox');
      await sendKeys({type: 'zhao'});
      await shows(element, () => found().join() === '1011');
      await isAccessible(element);
      await keys('ArrowDown', 'Enter');
      await shows(element, () => numbers() === '1011');
      typeInto('Patrol');
      await shows(element, () => found().includes('8200'));
      deep(element, '[part=found] [data-number="8200"]')[0]!.click();
      await shows(element, () => numbers() === '1011,8200');
      expect(deep(element, '[part=found] [data-number="8200"]')[0]!.ariaSelected).to.equal('true');
      typeInto('13800138000');
      await shows(element, () => found().join() === '13800138000');
      const told = next(element, 'sip-keys-change');
      await keys('Enter');
      expect((await told).detail.pages).to.deep.equal([
        {
          id: '1',
          name: '',
          keys: [
            {number: '1011', name: '赵敏', group: false, type: 2},
            {number: '8200', name: '巡逻队 Patrol', group: true},
            {number: '13800138000', name: '', group: false},
          ],
        },
      ]);
      expect(active()?.getAttribute('role'), 'the field keeps the focus').to.equal('combobox');
      await keys('Escape');
      await shows(element, () => part(element, 'found') === null);
      await keys('Escape');
      await shows(element, () => part(element, 'search') === null && focused() !== '');
    });

    it('gets all who are selected at once', async () => {
      await ready();
      selectionOf(client).add([
        {kind: 'person', number: '1019', name: '北门', type: 7},
        {kind: 'group', number: '8000', name: '港口 Harbor'},
        {kind: 'person', number: '1002', name: '李雷'},
      ]);
      await press(element, 'edit');
      await shows(element, () => part(element, 'add-selected')?.innerText.trim() === 'Add 2 selected');
      part(element, 'add-selected')!.click();
      await shows(element, () => numbers() === '1002,1003,1004,1010,8200,1011,1019,8000');
      await shows(element, () => part(element, 'add-selected') === null);
    });

    it('calls nobody by a press', async () => {
      await ready();
      await press(element, 'edit');
      await shows(element, () => part(element, 'remove') !== null);
      click('1002');
      await shows(element, () => focused() === '1002');
      await keys('Enter');
      expect(client.asked.filter((asked) => asked.startsWith('call'))).to.deep.equal([]);
    });

    it('loses keys, whose places stay until arranging ends, so that nothing moves under the pointer', async () => {
      await ready({stored: true});
      await press(element, 'edit');
      await shows(element, () => part(element, 'remove') !== null);
      const before = boxes();
      cell('1003').querySelector<HTMLElement>('.remove')!.click();
      await shows(element, () => numbers() === '1002,1004,1010,8200,1011');
      expect(boxes()).to.equal(before);
      expect(JSON.stringify(stored())).not.to.include('1003');
      await isAccessible(element);
      // A second press at the same place takes the first one back.
      cell('1003').querySelector<HTMLElement>('.remove')!.click();
      await shows(element, () => numbers() === '1002,1003,1004,1010,8200,1011');
      cell('1004').focus();
      await keys('Delete');
      await shows(element, () => numbers() === '1002,1003,1010,8200,1011');
      expect(focused(), 'the focus keeps its place').to.equal('1004');
      await press(element, 'edit');
      await shows(element, () => cells().length === 5);
    });

    it('are moved by Alt and the arrow keys, and by dragging', async () => {
      await ready({stored: true, width: '500px'});
      await shows(
        element,
        () => deep(element, '[role=row]')[0]!.querySelectorAll('[role=gridcell]').length === 3,
      );
      cell('1002').focus();
      await held('Alt', 'ArrowRight');
      await shows(element, () => numbers() === '1003,1002,1004,1010,8200,1011' && focused() === '1002');
      await held('Alt', 'ArrowDown');
      await shows(element, () => numbers() === '1003,1004,1010,8200,1002,1011' && focused() === '1002');
      expect(
        deep(element, '[role=status]').some(({innerText}) => innerText.includes('Place 5 of 6')),
      ).to.equal(true);
      await press(element, 'edit');
      await shows(element, () => part(element, 'remove') !== null);
      await sendMouse({type: 'move', position: middleOf(cell('1011'))});
      await sendMouse({type: 'down'});
      await sendMouse({type: 'move', position: middleOf(cell('1003'))});
      await shows(element, () => cell('1003').classList.contains('over'));
      await sendMouse({type: 'up'});
      await shows(element, () => numbers() === '1011,1003,1004,1010,8200,1002');
      expect(stored()).to.deep.equal({
        version: 1,
        pages: [
          {
            id: '1',
            name: '',
            keys: [
              {number: '1011', name: '', group: false},
              {number: '1003', name: 'Anna', group: false},
              {number: '1004', name: '', group: false},
              {number: '1010', name: '', group: false},
              {number: '8200', name: '', group: true},
              {number: '1002', name: '', group: false},
            ],
          },
        ],
      });
    });

    it('are put on pages, which are named, removed, and come back', async () => {
      await ready({stored: true});
      await press(element, 'edit');
      await press(element, 'page-add');
      await shows(element, () => tabs().length === 2 && !!part(element, 'page-name')?.matches(':focus'));
      await sendKeys({type: 'Night'});
      await shows(element, () => tabs()[1]!.innerText.trim() === 'Night');
      expect(textOf(element)).to.include('No keys on this page.');
      await isAccessible(element);
      tabs()[0]!.click();
      await shows(element, () => cells().length === 6);
      cell('1003').focus();
      await held('Alt', 'PageDown');
      await shows(element, () => numbers() === '1002,1004,1010,8200,1011');
      await sendMouse({type: 'move', position: middleOf(cell('1004'))});
      await sendMouse({type: 'down'});
      await sendMouse({type: 'move', position: middleOf(tabs()[1]!)});
      await sendMouse({type: 'up'});
      await shows(element, () => numbers() === '1002,1010,8200,1011');
      tabs()[1]!.click();
      await shows(element, () => numbers() === '1003,1004');
      part(element, 'page-remove')!.click();
      await shows(
        element,
        () => tabs().length === 0 && textOf(element).includes('Night was removed with 2 keys.'),
      );
      await isAccessible(element);
      part(element, 'undo')!.click();
      await shows(element, () => tabs().length === 2);
      tabs()[1]!.click();
      await shows(element, () => numbers() === '1003,1004');
    });

    it('are remembered for the account, and can be the page’s again', async () => {
      await ready({stored: true});
      cell('1002').focus();
      await held('Alt', 'ArrowRight');
      await shows(element, () => numbers().startsWith('1003,1002'));
      await client.disconnect();
      await ready({stored: true});
      expect(numbers()).to.equal('1003,1002,1004,1010,8200,1011');
      await press(element, 'edit');
      await press(element, 'restore');
      await shows(element, () => numbers() === '1002,1003,1004,1010,8200,1011');
      expect(stored()).to.equal(null);
      part(element, 'undo')!.click();
      await shows(element, () => numbers().startsWith('1003,1002'));
    });

    it('are those of the page where the user may not arrange them', async () => {
      await ready({fixed: true});
      expect(part(element, 'edit')).to.equal(null);
      cell('1002').focus();
      await held('Alt', 'ArrowRight');
      expect(numbers()).to.equal('1002,1003,1004,1010,8200,1011');
    });

    it('are read from what any script of the page may have stored', async () => {
      for (const wrong of [
        '{',
        '{"version":2,"pages":[]}',
        '{"version":1,"pages":[{"keys":[7,{"number":{}},null]}]}',
      ])
        try {
          localStorage.setItem(STORE, wrong);
          await setUp({stored: true, keys: '1002'});
          await shows(
            element,
            () => deep(element, '.card').length > 0 && !element.shadowRoot!.querySelector('[aria-busy]'),
          );
        } finally {
          await client.disconnect();
        }
      localStorage.setItem(
        STORE,
        JSON.stringify({
          version: 1,
          pages: [{name: 5, keys: ['1004', {number: '1004'}, {number: '8200', group: true}]}],
        }),
      );
      await setUp({stored: true});
      await shows(element, () => numbers() === '1004,8200');
      expect(tabs()).to.deep.equal([]);
    });
  });
});
