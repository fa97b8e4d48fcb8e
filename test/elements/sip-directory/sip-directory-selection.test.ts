import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys, setViewport} from '@web/test-runner-commands';
import type {SipDirectoryElement} from '../../../src/elements/sip-directory/sip-directory.js';
import {SipError} from '../../../src/errors.js';
import {deep, isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {group, person, StagedPeople} from '../../support/staged/staged-people.js';

const GROUPS = [
  group('8000', '港口 Harbor'),
  group('8200', '巡逻队 Patrol', '8000'),
  group('8210', 'North', '8200'),
];
const PEOPLE = [
  person('1001', '王芳', '8000', {state: 'online'}),
  person('1002', '李雷', '8000', {state: 'busy'}),
  person('1003', 'Anna Novak', '8000', {state: 'online'}),
  person('1004', '张伟', '8000'),
  person('1019', '北门', '8000', {type: 7, state: 'online'}),
  person('1010', '杨帆', '8200', {state: 'online'}),
  person('1011', '赵敏', '8210', {state: 'online'}),
  person('1020', 'Camera', '8210', {type: 7, state: 'online'}),
];

describe('<sip-directory dense selectable>', () => {
  let client: StagedClient;
  let people: StagedPeople;
  let element: SipDirectoryElement;

  beforeEach(async () => {
    people = new StagedPeople(GROUPS, PEOPLE);
    client = new StagedClient();
    client.directoryService = people;
    const provider = await fixture(
      html`<sip-client .client=${client} lang="en"
        ><sip-directory dense selectable actions="call video message monitor"></sip-directory
      ></sip-client>`,
    );
    element = provider.querySelector('sip-directory')!;
    await client.connect();
    await client.register();
    await shows(element, () => names().includes('王芳') && deep(element, 'button.box').length > 0);
  });
  afterEach(() => client.disconnect());

  const tree = (): HTMLElement => part(element, 'tree')!;
  const rows = (): HTMLElement[] => deep(element, '[role=treeitem]');
  const inRow = (row: HTMLElement, selector: string): HTMLElement | null =>
    row.shadowRoot!.querySelector<HTMLElement>(selector);
  const nameOf = (row: HTMLElement): string => inRow(row, '.name, .line')?.innerText ?? '';
  const names = (): string[] => rows().map(nameOf);
  const row = (name: string): HTMLElement => rows()[names().indexOf(name)]!;
  const chosen = (): string =>
    rows()
      .filter((each) => each.getAttribute('aria-selected') === 'true')
      .map(nameOf)
      .join();
  const click = (name: string, init: MouseEventInit = {}): boolean =>
    row(name).dispatchEvent(
      new MouseEvent('click', {bubbles: true, composed: true, cancelable: true, ...init}),
    );
  const act = (action: string): void => deep(element, `[data-action=${action}]`)[0]!.click();
  const loaded = (): Promise<void> => shows(element, () => part(element, 'selection') !== null);
  const keys = async (...pressed: string[]): Promise<void> => {
    for (const key of pressed) await sendKeys({press: key});
    await element.updateComplete;
  };
  const active = (): Element | null => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  };
  const boxes = (): string =>
    [element, tree(), deep(element, 'sip-selection-place')[0]!, row('李雷')]
      .map((each) => JSON.stringify(each.getBoundingClientRect()))
      .join();
  const line = (number: string): HTMLElement | undefined =>
    deep(element, `[part=selection-report] [data-number="${number}"]`)[0];
  const lineText = (number: string): string =>
    line(number)?.querySelector<HTMLElement>('.tone')?.innerText ?? '';

  it('has rows of 36 px, whose number stays beside the actions', async () => {
    // A long name, and no state whose place the actions could take.
    const long = 'Maximilian von Hohenzollern-Sigmaringen';
    people.people = [...PEOPLE, person('1050', long, '8000', {state: undefined})];
    client.host.setRegistration('unregistered');
    await shows(element, () => inRow(row('李雷'), '.call')!.getAttribute('aria-disabled') === 'true');
    client.host.setRegistration('registered');
    await shows(element, () => names().includes(long));
    for (const inlineSize of ['240px', '360px', '500px', '900px']) {
      const box = document.createElement('div');
      box.style.inlineSize = inlineSize;
      element.before(box);
      box.append(element);
      await shows(element, () => names().includes('Anna Novak'));
      tree().focus();
      await keys('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
      const anna = row('Anna Novak');
      expect(anna.getBoundingClientRect().height).to.equal(36);
      const number = inRow(anna, '.number')!.getBoundingClientRect();
      const acts = inRow(anna, '.acts')!.getBoundingClientRect();
      expect(getComputedStyle(inRow(anna, '.acts')!).opacity).to.equal('1');
      expect(number.width).to.be.above(20);
      expect(inRow(anna, '.number')!.scrollWidth).to.be.at.most(Math.ceil(number.width));
      expect(number.right, inlineSize).to.be.at.most(acts.left);
      if (inlineSize === '900px') {
        const name = inRow(anna, '.name')!;
        expect(name.scrollWidth).to.be.at.most(name.clientWidth);
      }
      const [cut, over] = ['.number', '.acts'].map((each) => inRow(row(long), each)!.getBoundingClientRect());
      expect(cut!.width).to.be.above(20);
      expect(cut!.right, `${inlineSize}, a long name`).to.be.at.most(over!.left);
      const other = inRow(row('李雷'), '.acts')!;
      expect(getComputedStyle(other).opacity).to.equal('0');
      expect(getComputedStyle(other).pointerEvents).to.equal('none');
    }
    await isAccessible(element);
  });

  it('loads the bar when something is first selected, and nothing moves', async () => {
    expect(customElements.get('sip-selection-bar') && deep(element, 'sip-selection-bar').length).not.to.equal(
      1,
    );
    expect(tree().ariaMultiSelectable).to.equal('true');
    await isAccessible(element);
    const before = boxes();
    inRow(row('李雷'), '.box')!.click();
    await loaded();
    expect(boxes()).to.equal(before);
    expect(part(element, 'selection-count')!.innerText).to.equal('1 selected');
    expect(row('李雷').getAttribute('aria-selected')).to.equal('true');
    expect(row('王芳').hasAttribute('aria-selected'), 'the user').to.equal(false);
    await isAccessible(element);
    await press(element, 'clear-selection');
    await shows(element, () => chosen() === '' && part(element, 'selection') === null);
    expect(boxes()).to.equal(before);
  });

  it('selects by Ctrl and Shift with the pointer', async () => {
    click('李雷', {ctrlKey: true});
    await shows(element, () => chosen() === '李雷');
    click('北门', {shiftKey: true});
    await shows(element, () => chosen() === '李雷,Anna Novak,张伟,北门');
    click('张伟', {ctrlKey: true});
    await shows(element, () => chosen() === '李雷,Anna Novak,北门');
    click('巡逻队 Patrol', {ctrlKey: true});
    await shows(element, () => chosen() === '巡逻队 Patrol,李雷,Anna Novak,北门');
    expect(names(), 'the group is not opened').not.to.include('杨帆');
    click('Anna Novak');
    await element.updateComplete;
    expect(chosen(), 'a press alone changes nothing').to.equal('巡逻队 Patrol,李雷,Anna Novak,北门');
  });

  it('selects by keys, and goes back to the tree when the bar is left', async () => {
    tree().focus();
    await keys('End', 'ArrowUp', 'Space');
    await shows(element, () => chosen() === '张伟');
    await sendKeys({down: 'Shift'});
    await keys('ArrowUp', 'ArrowUp');
    await sendKeys({up: 'Shift'});
    await shows(element, () => chosen() === '李雷,Anna Novak,张伟');
    await keys('Home', 'Space');
    await shows(element, () => chosen() === '港口 Harbor,李雷,Anna Novak,张伟');
    await keys('Escape');
    await shows(element, () => chosen() === '');
    await sendKeys({down: 'Control'});
    await keys('a');
    await sendKeys({up: 'Control'});
    await shows(element, () => chosen() === '李雷,Anna Novak,张伟,北门');
    await loaded();
    part(element, 'clear-selection')!.focus();
    await keys('Enter');
    await shows(element, () => chosen() === '' && active() === tree());
  });

  it('calls people and the members of groups into a conference by one press, without cameras of groups', async () => {
    click('李雷', {ctrlKey: true});
    click('巡逻队 Patrol', {ctrlKey: true});
    await loaded();
    act('conference');
    await until(() => client.asked.includes('session conference 1002,1010,1011'));
    await shows(element, () => chosen() === '');
    // Nothing else shows the conference: the bar does.
    await shows(element, () => lineText('1010') === 'Calling…');
    await isAccessible(element);
  });

  it('speaks, makes a quick group, and says when there is no one', async () => {
    for (const [action, asked] of [
      ['broadcast', 'session broadcast 1010,1011'],
      ['talk', 'session temporary-intercom 1010,1011'],
    ] as const) {
      click('巡逻队 Patrol', {ctrlKey: true});
      await loaded();
      act(action);
      await until(() => client.asked.includes(asked));
      await shows(element, () => chosen() === '');
    }
    people.people = PEOPLE.filter(({group: of}) => of === '8000');
    click('巡逻队 Patrol', {ctrlKey: true});
    await loaded();
    act('conference');
    await shows(element, () => textOf(element).includes('There is no one to reach'));
    expect(chosen()).to.equal('巡逻队 Patrol');
    await isAccessible(element);
  });

  it('calls one after the other, waits for another call, and calls again', async () => {
    click('李雷', {ctrlKey: true});
    click('Anna Novak', {ctrlKey: true});
    click('张伟', {ctrlKey: true});
    await loaded();
    act('call');
    await until(() => client.calls.length === 1 && client.calls[0]!.remote.number === '1002');
    await shows(element, () => lineText('1003') === 'Waiting');
    const end = (code: 'declined' | 'normal'): void =>
      client.dialogOf(client.calls[0]!).set({phase: 'terminated', cause: {by: 'remote', code}});
    end('declined');
    await shows(element, () => lineText('1002') === 'Declined');
    await until(() => client.calls[0]?.remote.number === '1003');
    client.dialogOf(client.calls[0]!).confirm();
    await shows(element, () => lineText('1003') === 'Connected');
    // Another call of the user: the round waits until it is over.
    const other = client.dial('audio', {number: '1030', name: 'Other'});
    other.dialog.confirm();
    client.dialogOf(client.calls.find(({remote}) => remote.number === '1003')!).set({
      phase: 'terminated',
      cause: {by: 'remote', code: 'normal'},
    });
    await shows(element, () => textOf(element).includes('Waiting for your other call'));
    expect(client.asked.filter((asked) => asked.startsWith('call '))).to.have.length(2);
    await isAccessible(element);
    other.dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await until(() => client.calls[0]?.remote.number === '1004');
    client.dialogOf(client.calls[0]!).confirm();
    end('normal');
    await shows(element, () => textOf(element).includes('Reached 2 of 3'));
    line('1002')!.querySelector<HTMLElement>('.again')!.click();
    await until(() => client.calls[0]?.remote.number === '1002');
    await shows(element, () => lineText('1002') === 'Calling…' || lineText('1002') === 'Ringing…');
  });

  describe('a roll call', () => {
    const title = (): string =>
      deep(element, '[part=selection-report][data-kind=roll] b')[0]?.innerText.trim() ?? '';
    const button = (name: string): HTMLElement =>
      deep(element, `[data-kind=roll] button[aria-label="${name}"]`)[0]!;
    const hungUp = (): void =>
      client.dialogOf(client.calls[0]!).set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});

    beforeEach(async () => {
      for (const name of ['李雷', 'Anna Novak', '张伟']) click(name, {ctrlKey: true});
      await loaded();
      deep(element, '[data-action=roll]')[0]!.focus();
      act('roll');
      await until(() => client.calls[0]?.remote.number === '1002');
    });

    it('marks who answers, and one key goes on', async () => {
      expect(title()).to.equal('Roll call 1 of 3 · 0 present');
      await shows(element, () => active() === button('Next'));
      client.dialogOf(client.calls[0]!).confirm();
      await shows(element, () => /^Present, \d/.test(lineText('1002')));
      expect(lineText('1003')).to.equal('Waiting');
      await isAccessible(element);
      await keys('Enter');
      await until(() => client.calls[0]?.remote.number === '1003');
      expect(title()).to.equal('Roll call 2 of 3 · 1 present');
      await keys('Enter');
      await shows(element, () => lineText('1003') === 'Skipped');
      await until(() => client.calls[0]?.remote.number === '1004');
      client.dialogOf(client.calls[0]!).confirm();
      hungUp();
      await shows(element, () => title() === 'Roll call: 2 of 3 present');
      // Another key press calls nobody.
      expect(active()).to.equal(deep(element, '[data-kind=roll] .lines')[0]);
      await isAccessible(element);
      button('Call absent again').click();
      await until(() => client.calls[0]?.remote.number === '1003');
      client.dialogOf(client.calls[0]!).confirm();
      hungUp();
      await shows(element, () => title() === 'Roll call: 3 of 3 present');
      expect(client.asked.filter((asked) => asked.startsWith('call '))).to.have.length(4);
    });

    it('waits while an SOS rings, and stops', async () => {
      const sos = client.ring('audio', {number: '1030', name: 'Other'}, 'sos');
      client.dialogOf(client.calls.find(({remote}) => remote.number === '1002')!).set({
        phase: 'terminated',
        cause: {by: 'remote', code: 'declined'},
      });
      await shows(element, () => title() === 'Waiting for your other call');
      expect(client.asked.filter((asked) => asked.startsWith('call '))).to.have.length(1);
      sos.dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
      await until(() => client.calls[0]?.remote.number === '1003');
      expect(deep(element, '[data-kind=roll] button[aria-label="Close"]')).to.deep.equal([]);
      button('Stop').click();
      await shows(element, () => title() === 'Roll call: 0 of 3 present');
      expect([lineText('1002'), lineText('1003'), lineText('1004')]).to.deep.equal([
        'Declined',
        'Skipped',
        'Not called',
      ]);
    });

    it('refuses another one, and is over when the user signs out', async () => {
      click('李雷', {ctrlKey: true});
      await shows(element, () => part(element, 'selection') !== null);
      act('roll');
      await shows(element, () => textOf(element).includes('A roll call is in progress.'));
      await isAccessible(element);
      await client.disconnect();
      await shows(element, () => title() === '');
      expect(client.calls).to.deep.equal([]);
    });
  });

  it('sends one text to each, shows what became of it, and sends again what failed', async () => {
    client.delivers = true;
    click('李雷', {ctrlKey: true});
    click('巡逻队 Patrol', {ctrlKey: true});
    await loaded();
    act('text');
    await shows(element, () => active()?.id === 'text');
    await isAccessible(element);
    await sendKeys({type: 'Come back'});
    client.failure = new SipError('number-offline', {subject: '1002'});
    deep(element, '[part=selection-text] [type=submit]')[0]!.click();
    await until(() => client.asked.includes('message 1011 Come back'));
    await shows(element, () => lineText('1010') === 'Delivered' && lineText('1002') === 'Not sent');
    await isAccessible(element);
    line('1002')!.querySelector<HTMLElement>('.again')!.click();
    await shows(element, () => lineText('1002') === 'Delivered');
    expect(client.asked.filter((asked) => asked === 'message 1002 Come back')).to.have.length(2);
  });

  it('leaves one person to <sip-messages> and cameras to <sip-monitor>', async () => {
    const told: string[] = [];
    element.addEventListener('sip-directory-action', (event) => {
      told.push(`${event.detail.action} ${event.detail.person.number}`);
      event.preventDefault();
    });
    click('李雷', {ctrlKey: true});
    await loaded();
    act('text');
    await shows(element, () => chosen() === '');
    click('北门', {ctrlKey: true});
    click('巡逻队 Patrol', {ctrlKey: true});
    await loaded();
    act('watch');
    await shows(element, () => chosen() === '');
    expect(told).to.deep.equal(['message 1002', 'monitor 1019', 'monitor 1020']);
  });

  it('leaves everything to the page that wants it', async () => {
    click('李雷', {ctrlKey: true});
    await loaded();
    element.addEventListener('sip-selection-action', (event) => event.preventDefault(), {once: true});
    const told = next(element, 'sip-selection-action');
    act('conference');
    const {detail} = await told;
    expect([detail.action, detail.selected.map(({number}) => number)]).to.deep.equal([
      'conference',
      ['1002'],
    ]);
    await shows(element, () => chosen() === '');
    expect(client.asked.filter((asked) => asked.startsWith('session'))).to.deep.equal([]);
  });

  it('shows the next user nothing of what was begun and written before', async () => {
    const begin = async (): Promise<void> => {
      client.delivers = true;
      click('李雷', {ctrlKey: true});
      await loaded();
      act('text');
      await shows(element, () => active()?.id === 'text');
      await sendKeys({type: 'For Lei alone'});
      deep(element, '[part=selection-text] [type=submit]')[0]!.click();
      await shows(element, () => lineText('1002') === 'Delivered');
      click('张伟', {ctrlKey: true});
      await loaded();
      act('text');
      await shows(element, () => active()?.id === 'text');
      await sendKeys({type: 'Not sent yet'});
    };
    const isEmpty = (): boolean =>
      ['selection-report', 'selection-text', 'selection'].every((name) => part(element, name) === null);
    await begin();
    await client.disconnect();
    await shows(element, isEmpty);
    await client.connect();
    await client.register();
    await shows(element, () => chosen() === '' && isEmpty());
    await begin();
    const next = new StagedClient({user: '1002'});
    next.directoryService = people;
    element.closest('sip-client')!.client = next;
    await shows(element, isEmpty);
    await next.connect();
    await next.register();
    await shows(element, () => names().includes('张伟'));
    click('张伟', {ctrlKey: true});
    await loaded();
    act('text');
    await shows(element, () => active()?.id === 'text');
    expect((active() as HTMLTextAreaElement).value).to.equal('');
    await next.disconnect();
  });

  it('offers what the server supports, and is empty after signing out', async () => {
    click('李雷', {ctrlKey: true});
    await loaded();
    expect(deep(element, '[data-action]').map((each) => each.dataset['action'])).to.deep.equal([
      'conference',
      'broadcast',
      'call',
      'roll',
      'talk',
      'text',
      'watch',
    ]);
    await client.disconnect();
    await shows(element, () => part(element, 'selection') === null);
    client.lacks = {broadcast: false, intercom: false, monitor: false};
    await client.connect();
    await client.register();
    await shows(element, () => names().includes('李雷'));
    expect(chosen()).to.equal('');
    click('李雷', {ctrlKey: true});
    await loaded();
    await shows(
      element,
      () =>
        deep(element, '[data-action]')
          .map((each) => each.dataset['action'])
          .join() === 'conference,call,roll,text',
    );
  });

  describe('the search', () => {
    const type = (text: string): void => {
      const field = part(element, 'search') as HTMLInputElement;
      field.value = text;
      field.dispatchEvent(new InputEvent('input'));
    };
    for (const [text, found] of [
      ['li', '李雷'],
      ['lilei', '李雷'],
      ['ll', '李雷'],
      ['lei', '李雷'],
      ['100', '王芳,李雷,Anna Novak,张伟'],
      ['zhaomin', '赵敏'],
      ['patrol', '巡逻队 Patrol,杨帆,赵敏,Camera'],
      ['xunluo', '巡逻队 Patrol,杨帆,赵敏,Camera'],
      ['8210', 'North,赵敏,Camera'],
      ['in a call', '李雷'],
      ['lei busy', '李雷'],
      ['busy', '李雷'],
      ['offline', '张伟'],
      ['patrol zm', '赵敏'],
      ['patrol 1010', '杨帆'],
    ] as const)
      it(`finds “${text}”`, async () => {
        type(text);
        await shows(element, () => names().join() === found);
      });

    it('keeps the place of the bar in view when there is less room than before the search', async () => {
      const panel = part(element, 'panel')!;
      const place = deep(element, 'sip-selection-place')[0]!;
      element.style.setProperty('--sip-directory-height', '30rem');
      await shows(element, () => panel.offsetHeight > 480);
      type('lei');
      await shows(element, () => names().join() === '李雷');
      element.style.setProperty('--sip-directory-height', '15rem');
      await element.updateComplete;
      expect(panel.offsetHeight).to.be.below(320);
      expect(place.getBoundingClientRect().bottom).to.be.at.most(panel.getBoundingClientRect().bottom);
    });

    it('finds a state in the words of the language', async () => {
      element.closest('sip-client')!.setAttribute('lang', 'zh-CN');
      await shows(element, () => textOf(element).includes('通话中'));
      type('通话');
      await shows(element, () => names().join() === '李雷');
    });

    it('opens a group that was found, and selects all of it', async () => {
      type('patrol');
      await shows(element, () => names().join() === '巡逻队 Patrol,杨帆,赵敏,Camera');
      click('巡逻队 Patrol', {ctrlKey: true});
      await shows(element, () => chosen() === '巡逻队 Patrol');
      await loaded();
      click('巡逻队 Patrol');
      await shows(element, () => names().join() === '巡逻队 Patrol,杨帆,赵敏,Camera,杨帆,赵敏,Camera');
      await isAccessible(element);
    });
  });

  for (const width of [320, 440])
    it(`fits into ${width} px in three languages`, async () => {
      await setViewport({width, height: 700});
      for (const lang of ['en', 'zh-CN', 'ar']) {
        element.closest('sip-client')!.setAttribute('lang', lang);
        element.closest('sip-client')!.setAttribute('dir', lang === 'ar' ? 'rtl' : 'ltr');
        click('李雷', {ctrlKey: true});
        await loaded();
        const place = deep(element, 'sip-selection-place')[0]!.getBoundingClientRect();
        for (const button of deep(element, '[part=selection] button')) {
          const box = button.getBoundingClientRect();
          expect(box.left, lang).to.be.at.least(place.left);
          expect(box.right, lang).to.be.at.most(place.right);
          expect(box.bottom, lang).to.be.at.most(place.bottom);
          expect(Math.min(box.width, box.height)).to.be.at.least(24);
        }
        await isAccessible(element);
        click('李雷', {ctrlKey: true});
      }
      await setViewport({width: 800, height: 600});
    });
});
