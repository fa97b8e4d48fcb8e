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
    client.directoryService = new StagedPeople([group('8000', 'Harbor')], [person('1001', '王芳', '8000')]);
    await ready();
    expect(client.directoryService).to.have.property('asked').that.has.length(0);
    element.numbers = '';
    await shows(element, () => rows().some((row) => textOf(row).includes('Harbor')));
    expect(part(element, 'search')).not.to.equal(null);
  });
});
