import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipDirectoryElement} from '../../../src/elements/sip-directory/sip-directory.js';
import {deep, isAccessible, next, part, shows, textOf} from '../../support/in-page/elements.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {group, person, StagedPeople} from '../../support/staged/staged-people.js';
import {StagedPresence} from '../../support/staged/staged-presence.js';

describe('<sip-directory numbers>', () => {
  let client: StagedClient;
  let presence: StagedPresence;
  let provider: HTMLElement;
  let element: SipDirectoryElement;

  beforeEach(async () => {
    presence = new StagedPresence();
    client = new StagedClient();
    client.presence = presence;
    provider = await fixture(
      html`<sip-client .client=${client} lang="en">
        <sip-directory numbers="1002, 1003;1002" lang="en"></sip-directory>
      </sip-client>`,
    );
    element = provider.querySelector('sip-directory')!;
  });

  afterEach(() => client.disconnect());

  async function ready(): Promise<void> {
    await client.connect();
    await client.register();
    await shows(element, () => presence.asked.length >= 2);
  }
  const rows = (): HTMLElement[] => deep(element, '[role=treeitem]');
  /** What the rows are called, as a screen reader reads them. */
  const words = (): string[] => rows().map((row) => row.getAttribute('aria-label') ?? '');
  const lamps = (): (string | undefined)[] => rows().map((row) => deep(row, '.dot')[0]?.className);
  /** How many watch a number at the moment, as the server has it. */
  const watchers = (number: string): number =>
    presence.asked.filter((each) => each === `watch ${number}`).length -
    presence.asked.filter((each) => each === `unwatch ${number}`).length;

  it('shows them before there is a connection, and says that it knows nothing', async () => {
    await shows(element, () => words().join() === '1002, Status unknown,1003, Status unknown');
    expect(lamps()).to.deep.equal([undefined, undefined]);
    expect(part(element, 'search')).to.equal(null);
    await isAccessible(element);
  });

  describe('of thousands', () => {
    const many = Array.from({length: 5_000}, (_, index) => ({number: `${10_000 + index}`, name: 'Anna'}));

    it('takes their states at once, and those of a lost connection', async () => {
      const changes: number[] = [];
      await ready();
      const watch = await client.watchPeople(many.map(({number}) => number));
      watch.addEventListener('statechange', () =>
        changes.push(watch.state.people.filter(({state}) => state).length),
      );
      for (const {number} of many) presence.tell(client, number, 'busy');
      await shows(element, () => changes.length > 0);
      await client.disconnect();
      await shows(element, () => changes.at(-1) === 0);
      expect(changes).to.deep.equal([5_000, 0]);
      watch.close();
    });

    it('draws their states in a moment, though each is reported by itself', async () => {
      element.numbers = many;
      await ready();
      await shows(element, () => rows().length > 10);
      const begun = performance.now();
      for (const {number} of many) presence.tell(client, number, 'busy');
      await shows(element, () => lamps()[0] === 'dot busy');
      expect(performance.now() - begun).to.be.below(3_000);
    });

    it('follows the page’s list, which is read once, also if it is changed in place', async () => {
      const list = [...many];
      element.numbers = list;
      await ready();
      await shows(element, () => rows().length > 10);
      list[0] = {number: '1002', name: 'Bea'};
      client.dispatchEvent(new Event('statechange'));
      await shows(element, () => words()[0]!.startsWith('Bea'));
    });
  });

  it('shows how they are, in words and by a lamp, in English and Chinese', async () => {
    await ready();
    expect(presence.asked).to.deep.equal(['watch 1002', 'watch 1003']);
    const said: string[] = [];
    for (const state of ['idle', 'online', 'ringing', 'busy', 'away', 'offline'] as const) {
      presence.tell(client, '1002', state);
      await shows(element, () => lamps()[0] === `dot ${state}`);
      said.push(words()[0]!);
      await isAccessible(element);
    }
    expect(said).to.deep.equal([
      '1002, Not in a call',
      '1002, Available',
      '1002, Ringing…',
      '1002, In a call',
      '1002, Away',
      '1002, Offline',
    ]);
    presence.tell(client, '1002', undefined);
    await shows(element, () => words()[0] === '1002, Status unknown');
    element.lang = 'zh-CN';
    presence.tell(client, '1003', 'idle');
    await shows(element, () => words().join() === '1002，状态未知,1003，空闲');
  });

  it('calls by the button and by the key Enter', async () => {
    await ready();
    part(element, 'tree')!.focus();
    await sendKeys({press: 'ArrowDown'});
    await sendKeys({press: 'Enter'});
    await shows(element, () => client.asked.includes('call 1003 audio'));
    await shows(element, () => part(rows()[0]!, 'call') !== null);
    part(rows()[0]!, 'call')!.click();
    await shows(element, () => client.asked.includes('call 1002 audio'));
  });

  it('takes names from the page, and asks for nobody again who stays in the list', async () => {
    await ready();
    presence.tell(client, '1003', 'busy');
    await shows(element, () => lamps()[1] === 'dot busy');
    element.numbers = [{number: '1003', name: '李雷'}, '1004', {number: '(1003)', name: 'twice'}];
    await shows(element, () => presence.asked.length === 6);
    await shows(element, () => words().join() === '李雷, 1003, In a call,1004, Status unknown');
    expect(presence.asked.slice(2)).to.deep.equal([
      'watch 1003',
      'watch 1004',
      'unwatch 1002',
      'unwatch 1003',
    ]);
    // A page that renders anew hands in another list of the same.
    element.numbers = [{number: '1003', name: '李雷'}, '1004'];
    await element.updateComplete;
    presence.tell(client, '1004', 'ringing');
    await shows(element, () => lamps()[1] === 'dot ringing');
    expect(presence.asked).to.have.length(6);
  });

  it('knows nothing of them any more once there is no connection', async () => {
    await ready();
    presence.tell(client, '1002', 'busy');
    await shows(element, () => words()[0] === '1002, In a call');
    await client.disconnect();
    await shows(element, () => words()[0] === '1002, Status unknown');
    expect(lamps()).to.deep.equal([undefined, undefined]);
  });

  it('shows what is no number as it is written, watches the others, and says so to whoever calls it', async () => {
    await shows(element, () => rows().length === 2);
    element.numbers = ['???', '1002'];
    await ready();
    await shows(element, () => words()[0] === '???, Status unknown');
    // Those of before are watched no more.
    await shows(element, () => watchers('1003') === 0);
    expect([watchers('1002'), watchers('???')]).to.deep.equal([1, 0]);
    presence.tell(client, '1002', 'busy');
    await shows(element, () => words()[1] === '1002, In a call');
    const failed = next(element, 'sip-error');
    part(rows()[0]!, 'call')!.click();
    expect((await failed).detail.error.code).to.equal('invalid-number');
    await isAccessible(element);
  });

  it('ends the watch with the element', async () => {
    await ready();
    element.remove();
    expect(presence.asked.slice(-2)).to.deep.equal(['unwatch 1002', 'unwatch 1003']);
    provider.append(element);
    await shows(element, () => presence.asked.length === 6);
  });

  it('shows the server’s directory where the page names nobody any more', async () => {
    const people = new StagedPeople([group('8000', 'Harbor')], [person('1001', '王芳', '8000')]);
    client.directoryService = people;
    await ready();
    // The server says where the numbers of the page are, once they have been in view for a while.
    await shows(element, () => people.asked.length > 0);
    expect(people.asked).to.deep.equal(['positions 2']);
    element.numbers = '';
    await shows(element, () => rows().some((row) => textOf(row).includes('Harbor')));
    expect(part(element, 'search')).not.to.equal(null);
  });

  it('names calls with them, also where the client dials another number than is written', async () => {
    const other = await StagedClient.ready({dialRules: '+86=>'});
    Object.assign(element, {
      numbers: [
        {number: '+86 138 0013 8000', name: '李雷'},
        {number: 'sip:1005@stage.test', name: '王芳'},
      ],
    });
    Object.assign(provider, {client: other});
    const calls = ['13800138000', '1005'].map((number) => other.ring('audio', {number, name: ''}).call);
    await shows(element, () => calls.map(({remote}) => remote.name).join() === '李雷,王芳');
    await shows(element, () => /^李雷, \+8613800138000, .*,王芳, 1005, /.test(words().join()));
    await other.disconnect();
  });

  it('keeps number and state in a narrow row, also in that of the cursor, whose menu has the other actions', async () => {
    element.actions = 'call video message monitor';
    Object.assign(element, {
      numbers: [
        {number: '13800138000', name: '李雷'},
        {number: '1003', name: ''},
      ],
    });
    await ready();
    presence.tell(client, '13800138000', 'busy');
    for (const [width, dir] of [
      [298, 'ltr'],
      [348, 'rtl'],
      [380, 'ltr'],
    ] as const) {
      provider.style.cssText = `display: block; inline-size: ${width}px`;
      provider.dir = dir;
      await shows(element, () => deep(element, '.word.busy').length === 1);
      rows()[0]!.click();
      await shows(element, () => rows()[0]!.matches('.active'));
      const [number] = deep(rows()[0]!, '.state > .number');
      const [state] = deep(rows()[0]!, '.word');
      expect([number!.innerText, state!.innerText], `${width}`).to.deep.equal(['13800138000', 'In a call']);
      for (const word of [number!, state!]) {
        const box = word.getBoundingClientRect();
        const around = word.closest('.state')!.getBoundingClientRect();
        expect(word.scrollWidth, `${width} ${word.innerText}`).to.be.at.most(
          word.clientWidth || word.scrollWidth,
        );
        expect(box.left, `${width} ${word.innerText}`).to.be.at.least(around.left - 1);
        expect(box.right, `${width} ${word.innerText}`).to.be.at.most(around.right + 1);
      }
    }
    const asked: string[] = [];
    element.addEventListener('sip-directory-action', (event) => {
      event.preventDefault();
      asked.push(`${event.detail.action} ${event.detail.person.number}`);
    });
    deep(rows()[0]!, '.more')[0]!.click();
    await shows(element, () => deep(element, '[role=menuitem]').some((item) => !!item.offsetParent));
    const items = deep(element, '[role=menuitem]').filter((item) => item.offsetParent);
    expect(items.map((item) => item.innerText).slice(0, 3)).to.deep.equal([
      'Video call 李雷',
      'Message 李雷',
      'View 李雷’s camera',
    ]);
    await isAccessible(element);
    await sendKeys({press: 'ArrowDown'});
    await sendKeys({press: 'Enter'});
    expect(asked).to.deep.equal(['message 13800138000']);
    provider.style.inlineSize = '600px';
    await shows(element, () => deep(rows()[0]!, '.act').filter((act) => act.offsetParent).length >= 4);
  });

  describe('of 600', () => {
    const numbers = Array.from({length: 600}, (_, index) => ({
      number: String(2000 + index),
      name: index % 2 ? `Patrol ${index}` : '',
    }));
    const field = (): HTMLInputElement => part(element, 'search') as HTMLInputElement;
    const search = (text: string): void => {
      field().value = text;
      field().dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
    };

    it('has a field that finds them by name and number, in the page alone', async () => {
      await ready();
      Object.assign(element, {numbers});
      await shows(element, () => !!field());
      const before = presence.asked.length;
      search('patrol 59');
      await shows(element, () => rows().length === 6);
      expect(words()).to.deep.equal(
        [59, 591, 593, 595, 597, 599].map((index) => `Patrol ${index}, ${2000 + index}, Status unknown`),
      );
      await shows(element, () =>
        deep(element, '[role=status]').some((each) => each.innerText.startsWith('6 ')),
      );
      search('2599');
      await shows(element, () => rows().length === 1);
      search('nobody');
      await shows(element, () => textOf(element).includes('No one found'));
      search('');
      await shows(element, () => rows().length > 6);
      expect(presence.asked.slice(before).filter((each) => !each.includes('watch'))).to.deep.equal([]);
      await isAccessible(element);
    });

    it('asks `people` for the numbers in view alone, and for all once the user searches', async () => {
      await ready();
      const asked: string[] = [];
      let answer: (() => void) | undefined;
      const answered = new Promise<void>((resolve) => (answer = resolve));
      client.people = async (number) => {
        asked.push(number);
        await answered;
        return number === '2598' ? {name: 'Zhao Min'} : undefined;
      };
      Object.assign(element, {numbers});
      await shows(element, () => !!field() && asked.length > 0);
      expect(asked.length).to.be.below(100);
      search('zhao min');
      await shows(element, () => textOf(element).includes('No one found') && asked.length === 600);
      // The name that comes later is found without another key.
      answer!();
      await shows(element, () => rows().length === 1);
      expect(words()).to.deep.equal(['Zhao Min, 2598, Status unknown']);
    });

    it('keeps its height while the user searches, so that nothing below it moves', async () => {
      await ready();
      Object.assign(element, {numbers});
      await shows(element, () => !!field() && rows().length > 6);
      const {height} = element.getBoundingClientRect();
      for (const text of ['patrol 59', '2599', 'nobody', '']) {
        search(text);
        await shows(
          element,
          () => rows().length === {'patrol 59': 6, 2599: 1, nobody: 0}[text] || (!text && rows().length > 6),
        );
        expect(element.getBoundingClientRect().height, text).to.be.closeTo(height, 1);
        await isAccessible(element);
      }
    });
  });
});
