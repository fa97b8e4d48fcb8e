import {expect, fixture, html} from '@open-wc/testing';
import {resetMouse, sendKeys, sendMouse, setViewport} from '@web/test-runner-commands';
import type {SipChannelsElement} from '../../../src/elements/sip-channels/sip-channels.js';
import {deep, isAccessible, loads, part, shows, textOf} from '../../support/in-page/elements.js';
import {StagedClient, type StagedTalk} from '../../support/staged/staged-client.js';

const KEY = 'sip-elements:channels:1001@stage.test';
const FIRE_PAGE = [
  {id: '1', name: '', groups: []},
  {id: '2', name: 'Fire', groups: ['9002', '9003']},
];

describe('the pages of <sip-channels>', () => {
  let client: StagedClient;
  let element: SipChannelsElement;

  async function setUp({pages, selected = '', lang = 'en'}: Setup = {}): Promise<void> {
    if (pages) localStorage.setItem(KEY, JSON.stringify({version: 1, order: [], priority: [], pages}));
    client = await StagedClient.ready({historyStorage: 'local'});
    const root = await fixture(
      html`<sip-client .client=${client} lang=${lang} dir=${lang === 'ar' ? 'rtl' : 'ltr'}
        ><sip-channels groups="9001=Patrol, 9002=Ladder, 9003=Rescue" selected=${selected}></sip-channels
      ></sip-client>`,
    );
    element = root.querySelector('sip-channels')!;
    await loads(element);
    if (pages) await shows(element, () => tabs().length === pages.length);
  }

  async function join(...numbers: string[]): Promise<StagedTalk[]> {
    const talks = numbers.map((number) => client.interphone({remote: {number, name: ''}}));
    for (const {dialog} of talks) dialog.confirm();
    await shows(element, () => deep(element, '.tile.idle').length === numbers.length);
    return talks;
  }

  const tabs = (): HTMLElement[] => deep(element, '[role=tab]');
  const tab = (name: string): HTMLElement => tabs().find((each) => each.title === name)!;
  const inView = (): string =>
    deep(element, 'sip-channel-tile')
      .filter((tile) => tile.checkVisibility())
      .map((tile) => (tile as any).party.number)
      .join(' ');
  const tileOf = (number: string): HTMLElement =>
    deep(element, 'sip-channel-tile').find((tile) => (tile as any).party.number === number)!;
  const option = (number: string, text: string): HTMLElement =>
    deep(tileOf(number), '.item').find(({textContent}) => textContent.includes(text))!;

  afterEach(async () => {
    localStorage.removeItem(KEY);
    await resetMouse();
    for (const key of ['F8', '2']) await sendKeys({up: key});
    await setViewport({width: 800, height: 600});
  });

  it('are made and named while tiles are moved, get tiles by their options, and are remembered', async () => {
    await setUp();
    expect([tabs().length, part(element, 'page-add'), part(element, 'move-to-page')]).to.deep.equal([
      0,
      null,
      null,
    ]);
    part(element, 'arrange')!.click();
    await shows(element, () => part(element, 'page-add') !== null);
    part(element, 'page-add')!.click();
    await shows(element, () => textOf(element).includes('No groups on this page.'));
    await shows(element, () => !!part(element, 'page-name')?.matches(':focus'));
    await sendKeys({type: 'Fire'});
    await shows(
      element,
      () =>
        tabs()
          .map(({title}) => title)
          .join() === 'Page 1,Fire',
    );
    expect([tab('Fire').ariaSelected, inView()]).to.deep.equal(['true', '']);
    await isAccessible(element);
    part(element, 'arrange')!.click();
    tab('Page 1').click();
    await shows(element, () => inView() === '9001 9002 9003');
    option('9002', 'Move to Fire').click();
    await shows(element, () => inView() === '9001 9003');
    expect(part(element, 'notice')!.innerText).to.contain('Ladder is on Fire now.');
    await isAccessible(element);
    const stored: unknown = JSON.parse(localStorage.getItem(KEY)!);
    expect((stored as {pages: unknown}).pages).to.deep.equal([
      {id: '1', name: '', groups: []},
      {id: '2', name: 'Fire', groups: ['9002']},
    ]);
    await setUp();
    await shows(element, () => tabs().length === 2);
    tab('Fire').click();
    await shows(element, () => inView() === '9002');
  });

  it('give their tiles to the first page when they are removed, which can be undone', async () => {
    await setUp({pages: FIRE_PAGE});
    part(element, 'arrange')!.click();
    tab('Fire').click();
    await shows(element, () => inView() === '9002 9003');
    part(element, 'page-remove')!.click();
    await shows(element, () => inView() === '9001 9002 9003');
    expect(tabs().length).to.equal(0);
    expect(part(element, 'notice')!.innerText).to.contain('Fire was removed. Its groups are on Page 1.');
    part(element, 'undo')!.click();
    await shows(element, () => tabs().length === 2);
    tab('Fire').click();
    await shows(element, () => inView() === '9002 9003');
    tab('Page 1').click();
    await shows(element, () => inView() === '9001');
    part(element, 'page-remove')!.click();
    await shows(element, () => inView() === '9001 9002 9003');
  });

  it('get a tile that is dragged onto their tab', async () => {
    await setUp({pages: FIRE_PAGE});
    part(element, 'arrange')!.click();
    await shows(element, () => part(element, 'hint')!.innerText.includes('onto the tab of another page'));
    const middle = ({x, y, width, height}: DOMRect): [number, number] => [
      Math.round(x + width / 2),
      Math.round(y + height / 2),
    ];
    element.scrollIntoView();
    await sendMouse({type: 'move', position: middle(tileOf('9001').getBoundingClientRect())});
    await sendMouse({type: 'down'});
    await sendMouse({type: 'move', position: middle(tab('Fire').getBoundingClientRect())});
    await shows(element, () => tab('Fire').matches('.over'));
    await sendMouse({type: 'up'});
    await shows(element, () => inView() === '');
    tab('Fire').click();
    await shows(element, () => inView() === '9001 9002 9003');
  });

  for (const [lang, onward] of [
    ['en', 'ArrowRight'],
    ['ar', 'ArrowLeft'],
  ] as const)
    it(`are tabs that the arrow keys choose, in ${lang}`, async () => {
      await setUp({pages: FIRE_PAGE, lang});
      tabs()[0]!.focus();
      await sendKeys({press: onward});
      await shows(element, () => inView() === '9002 9003');
      expect(tabs().map(({ariaSelected, tabIndex}) => [ariaSelected, tabIndex])).to.deep.equal([
        ['false', -1],
        ['true', 0],
      ]);
      const panel = deep(element, '[role=tabpanel]')[0]!;
      expect(panel.getAttribute('aria-labelledby')).to.equal(tabs()[1]!.id);
      await sendKeys({press: onward});
      await shows(element, () => inView() === '9001');
      await sendKeys({press: 'End'});
      await shows(element, () => inView() === '9002 9003');
      await sendKeys({press: 'Home'});
      await shows(element, () => inView() === '9001');
    });

  it('say on their tabs what happens in groups that are not in view', async () => {
    await setUp({pages: FIRE_PAGE});
    const [, ladder, rescue] = (await join('9001', '9002', '9003')) as [StagedTalk, StagedTalk, StagedTalk];
    const height = element.offsetHeight;
    const says = (text: string): Promise<void> =>
      shows(element, () => tab('Fire').textContent.includes(text));
    const shape = (): string => deep(element, '.signs .sign svg')[0]!.outerHTML;
    ladder.service.tell('taken', '1002', '李雷');
    await says('Receiving');
    const receiving = shape();
    ladder.service.tell('idle');
    await shows(element, () => !tab('Fire').textContent.includes('Receiving'));
    rescue.service.answer = 'queued';
    void rescue.intercom.requestFloor().catch(() => {});
    await says('Waiting');
    expect(shape()).not.to.equal(receiving);
    rescue.service.tell('granted');
    await says('Speaking');
    rescue.members.all({number: '1004', name: 'Ann', phase: 'answered'});
    client.ring('audio', {number: '1004', name: 'Ann'}, 'sos');
    await says('SOS call');
    expect(element.offsetHeight, 'nothing jumps').to.equal(height);
    expect(tab('Page 1').querySelector('.signs .sign')).to.equal(null);
    await isAccessible(element);
    tab('Fire').click();
    await shows(element, () => !tab('Fire').querySelector('.signs .sign'));
  });

  it('count together for the button, which says how many groups are elsewhere, and keys reach them', async () => {
    await setUp({pages: FIRE_PAGE, selected: '9001,9002'});
    const [patrol, ladder] = (await join('9001', '9002')) as [StagedTalk, StagedTalk];
    const talk = part(element, 'talk')!;
    await shows(element, () => talk.innerText.includes('Talk to 2 groups'));
    expect(talk.innerText).to.include('1 on other pages');
    expect(tab('Fire').innerText).to.include('1 selected');
    await sendKeys({down: 'F8'});
    await shows(element, () =>
      [patrol, ladder].every(
        ({intercom, dialog}) => intercom.state.floor === 'granted' && !dialog.state.muted,
      ),
    );
    await sendKeys({up: 'F8'});
    await shows(element, () => [patrol, ladder].every(({dialog}) => dialog.state.muted));
    await sendKeys({down: '2'});
    await shows(element, () => !ladder.dialog.state.muted);
    expect([inView(), patrol.dialog.state.muted]).to.deep.equal(['9001', true]);
    await sendKeys({up: '2'});
    await shows(element, () => ladder.dialog.state.muted);
  });

  it('fit on a page of 320 px, and survive what any script has stored', async () => {
    await setViewport({width: 320, height: 600});
    const many = Array.from({length: 12}, (_, index) => ({
      id: String(index + 1),
      name: `Fire brigade and rescue ${index}`,
      groups: [],
    }));
    await setUp({pages: many});
    part(element, 'arrange')!.click();
    await shows(element, () => part(element, 'page-name') !== null);
    expect([tabs().length, part(element, 'page-add')]).to.deep.equal([12, null]);
    expect(document.documentElement.scrollWidth).to.be.at.most(320);
    const pages = [null, 7, {id: 'x'}, {id: '3', name: 5, groups: 'all'}];
    localStorage.setItem(KEY, JSON.stringify({version: 1, pages}));
    await setUp();
    await shows(element, () => inView() === '9001 9002 9003');
  });
});

interface Setup {
  readonly pages?: typeof FIRE_PAGE;
  readonly selected?: string;
  readonly lang?: string;
}
