import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipCall} from '../../../src/core/call/call.js';
import type {SipMonitorElement} from '../../../src/elements/sip-monitor/sip-monitor.js';
import {DAY, setClock} from '../../support/in-page/clock.js';
import {shorten} from '../../support/in-page/durations.js';
import {deep, isAccessible, part, press, shows} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {partsOf, unreached} from '../../support/in-page/parts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {picture, sound, StagedClient} from '../../support/staged/staged-client.js';

const ROUND_PARTS = partsOf('sip-monitor').filter((name) => name.startsWith('round'));

const KEY = 'sip-elements:rounds:1001@stage.test';

describe('a round of cameras in <sip-monitor>', () => {
  let client: StagedClient;
  let element: SipMonitorElement;
  /** The most camera calls that there were at a time. */
  let most: number;
  /** The cameras that do not come, and why. */
  let unreachable: Map<string, 'no-video' | 'number-offline'>;

  const live = (): readonly SipCall[] =>
    client.state.calls.filter(({type, state}) => type === 'monitor' && state.phase !== 'released');

  /** Each camera sends its picture as soon as it is asked, or fails. */
  const serve = (): void => {
    most = Math.max(most, live().length);
    for (const call of live()) {
      const dialog = client.dialogOf(call);
      if (dialog.state.phase !== 'early') continue;
      const code = unreachable.get(call.remote.number);
      if (code) {
        dialog.set({phase: 'terminated', cause: {by: 'remote', code}});
        continue;
      }
      dialog.confirm(true);
      dialog.set({media: {audio: 'recvonly', video: 'recvonly'}});
      dialog.play(new MediaStream([picture(), sound()]));
    }
  };

  const setUp = async (attributes: Partial<SipMonitorElement> = {}, staged?: StagedClient): Promise<void> => {
    client = staged ?? (await StagedClient.ready());
    client.addEventListener('statechange', () => queueMicrotask(serve));
    const root = await fixture(html`<sip-client .client=${client}><sip-monitor></sip-monitor></sip-client>`);
    element = Object.assign(root.querySelector('sip-monitor')!, attributes);
    await shows(element, () => part(element, 'rounds') !== null);
  };

  const tiles = (): HTMLElement[] => deep(element, '.tile');
  /** The numbers on the wall, and whether they play. */
  const onWall = (): string =>
    tiles()
      .map(({dataset}) => dataset['key']!.split(' ')[0]!)
      .join();
  const plays = (): boolean => tiles().every(({dataset}) => dataset['phase'] === 'live');
  const wallIs = (numbers: string): Promise<void> => shows(element, () => onWall() === numbers && plays());
  /** What the parts of the element and of its inner elements say. */
  const text = (selector: string): string =>
    deep(element, selector)
      .map(({innerText}) => innerText)
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim();
  const bar = (): string => text('[part=round]');
  const note = (): string => text('[part=round-state]');
  /** The round has asked for the next turn's time, or has none because it waits. */
  const counts = (): boolean => /\d s/.test(bar());

  beforeEach(() => {
    most = 0;
    unreachable = new Map();
    localStorage.removeItem(KEY);
    shorten({monitorInterval: 50, monitorHidden: 300, monitorRetry: 60_000});
  });
  afterEach(() => localStorage.removeItem(KEY));

  it('shows one set after the other, and asks for no more than this one and the next', async () => {
    await setUp({round: '1,2,3,4,5', roundTiles: 4, roundSeconds: 1});
    await element.startRound();
    await wallIs('1,2,3,4');
    expect(bar()).to.contain('1–4 of 5');
    await isAccessible(element);
    await wallIs('5,1,2,3');
    await wallIs('4,5,1,2');
    expect(most).to.be.at.most(8);
    await element.stop();
    await until(() => live().length === 0);
    expect(part(element, 'round')).to.equal(null);
    const asked = client.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(client.asked.length, 'a round that has ended asks for something').to.equal(asked);
  });

  it('goes on, also if the clock is set back meanwhile', async () => {
    await setUp({round: '1,2,3', roundTiles: 1, roundSeconds: 1});
    await element.startRound();
    await wallIs('1');
    setClock(-DAY);
    await wallIs('2');
    await wallIs('3');
  });

  it('passes over cameras that do not come, names them, and asks again in the next lap', async () => {
    unreachable.set('2', 'no-video').set('3', 'number-offline');
    await setUp({round: '1,2,3,4,5', roundTiles: 1, roundSeconds: 1});
    await element.startRound();
    await wallIs('1');
    await wallIs('4');
    expect(note()).to.match(/no video: 2, 3: Offline/);
    await isAccessible(element);
    await wallIs('5');
    unreachable.clear();
    await wallIs('1');
    await wallIs('2');
    await shows(element, () => !note().includes('2'));
  });

  it('gives the tile of a camera that does not come to the next one at once', async () => {
    unreachable.set('2', 'no-video');
    await setUp({round: '1,2,3,4,5,6', roundTiles: 4, roundSeconds: 60});
    await element.startRound();
    await wallIs('1,5,3,4');
    expect(note()).to.contain('no video: 2');
    await press(element, 'round-next');
    await wallIs('6,1,4,3');
  });

  it('goes on if none of them comes, and asks for each once in a turn', async () => {
    for (const number of ['1', '2', '3']) unreachable.set(number, 'no-video');
    await setUp({round: '1,2,3', roundTiles: 1, roundSeconds: 1});
    await element.startRound();
    await shows(element, () => note().includes('1, 2, 3'));
    const asked = (): number => client.asked.filter((what) => what === 'session monitor').length;
    const before = asked();
    expect(before).to.be.at.most(6);
    unreachable.delete('2');
    await wallIs('2');
  });

  it('is paused, resumed and moved by its buttons, and by a page', async () => {
    await setUp({round: '1,2,3', roundTiles: 1, roundSeconds: 60});
    await element.startRound();
    await wallIs('1');
    await press(element, 'round-next');
    await wallIs('2');
    await press(element, 'round-previous');
    await wallIs('1');
    await press(element, 'round-previous');
    await wallIs('3');
    await press(element, 'round-pause');
    await shows(element, () => bar().includes('Paused'));
    expect(part(element, 'round-pause')!.getAttribute('aria-label')).to.equal('Resume the round');
    await isAccessible(element);
    await element.showNext();
    await wallIs('1');
    expect(counts()).to.equal(false);
    await element.resumeRound();
    await shows(element, counts);
    await element.pauseRound();
    await shows(element, () => !counts());
    await element.showPrevious();
    await wallIs('3');
  });

  it('waits while the menu of a camera is open, while it is heard, and while it is recorded', async () => {
    await setUp({round: '1,2', roundTiles: 1, roundSeconds: 60});
    await element.startRound();
    await wallIs('1');
    await shows(element, counts);
    await press(element, 'camera-more');
    await shows(element, () => !counts() && note().includes('Paused while a camera is in use'));
    // The focus is on the button of the menu, and of the camera.
    await sendKeys({press: 'Escape'});
    part(element, 'rounds')!.focus();
    await shows(element, counts);
    await press(element, 'sound');
    await shows(element, () => !counts());
    await press(element, 'sound');
    await shows(element, counts);
    await element.startRecording('1');
    await shows(element, () => !counts());
    await element.stopRecording('1');
    await shows(element, counts);
  });

  it('waits while nobody can see it, and without a registration', async () => {
    await setUp({round: '1,2', roundTiles: 1, roundSeconds: 60});
    await element.startRound();
    await wallIs('1');
    element.style.display = 'none';
    await until(() => live().length === 0);
    element.style.display = '';
    await wallIs('1');
    await shows(element, counts);
    await client.unregister();
    await shows(element, () => !counts());
    await client.register();
    await shows(element, counts);
  });

  it('goes on beside an SOS, which lowers what is heard of it', async () => {
    await setUp({round: '1,2,3', roundTiles: 1, roundSeconds: 1});
    await element.startRound();
    await wallIs('1');
    const {call, dialog} = client.ring('audio', {number: '1002', name: '李雷'}, 'sos');
    await call.answer();
    dialog.play(new MediaStream([sound()]));
    await wallIs('2');
    await wallIs('3');
    expect(live().every(({state}) => state.sound.lowered)).to.equal(true);
    expect(call.state.phase).to.equal('answered');
    expect(client.state.current?.type).to.equal('sos');
  });

  it('shows at once whom a directory or a drag adds', async () => {
    await setUp({round: '1,2,3', roundTiles: 1, roundSeconds: 60});
    await element.startRound();
    await wallIs('1');
    const dragged = new DataTransfer();
    dragged.setData('text/plain', '9');
    part(element, 'panel')!.dispatchEvent(
      new DragEvent('drop', {dataTransfer: dragged, bubbles: true, cancelable: true}),
    );
    await wallIs('9');
    expect(bar()).to.contain('2 of 4');
    await press(element, 'round-next');
    await wallIs('2');
    expect(element.numbers).to.equal('');
  });

  it('ends with its element, and with its client', async () => {
    await setUp({round: '1,2,3', roundTiles: 1, roundSeconds: 1});
    await element.startRound();
    await wallIs('1');
    element.remove();
    await until(() => live().length === 0);
    const asked = client.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(client.asked.length).to.equal(asked);
  });

  it('rejects without a client, without cameras, and for a name that is not saved', async () => {
    await setUp();
    await rejects(element.startRound(), 'bad-parameter');
    await rejects(element.startRound('Gates'), 'bad-parameter');
    const alone = await fixture<SipMonitorElement>(html`<sip-monitor round="1"></sip-monitor>`);
    await rejects(alone.startRound(), 'not-connected');
    Object.assign(element, {round: Array.from({length: 70}, (_, index) => String(index + 1)).join()});
    await element.startRound();
    await shows(element, () => bar().includes('1–4 of 64'));
  });

  describe('that the user saves', () => {
    const remembering = async (): Promise<StagedClient> => StagedClient.ready({historyStorage: 'local'});
    const stored = (): {name: string; tiles: number; seconds: number; cameras: unknown[]}[] =>
      JSON.parse(localStorage.getItem(KEY) ?? '{}').rounds ?? [];
    const open = async (): Promise<void> => {
      await press(element, 'rounds');
      await shows(element, () => part(element, 'round-form') !== null);
    };
    const set = (name: string, value: string): void => {
      const field = part(element, name) as HTMLInputElement;
      field.value = value;
      field.dispatchEvent(new Event(name === 'round-tiles' ? 'change' : 'input', {bubbles: true}));
    };

    it('is made by the keyboard, starts, and is there for the account on the next page', async () => {
      await setUp({}, await remembering());
      await open();
      await isAccessible(element);
      await sendKeys({type: 'Gates'});
      await sendKeys({press: 'Tab'});
      await sendKeys({type: '1,2;3,'});
      await shows(element, () => text('.chips').includes('3'));
      set('round-tiles', '1');
      set('round-seconds', '30');
      await isAccessible(element);
      part(element, 'round-save-start')!.focus();
      await sendKeys({press: 'Enter'});
      await wallIs('1');
      expect(bar()).to.contain('Gates').and.contain('1 of 3');
      expect(stored().map(({name, tiles, seconds}) => [name, tiles, seconds])).to.deep.equal([
        ['Gates', 1, 30],
      ]);
      await element.stop();

      await setUp({}, await remembering());
      await element.startRound('Gates');
      await wallIs('1');
      expect(element.numbers).to.equal('');
    });

    it('takes the cameras of the wall, is changed, and is removed', async () => {
      localStorage.setItem(
        KEY,
        JSON.stringify({
          version: 1,
          rounds: [{name: 'Yard', cameras: [{number: '7'}], tiles: 9, seconds: 5}],
        }),
      );
      await setUp({numbers: '1,2'}, await remembering());
      await open();
      await shows(element, () => text('[part=round-list]').includes('1 camera, 9 at a time, 5 s each'));
      await press(element, 'round-edit');
      set('round-name', 'Yards');
      deep(element, '.adds .pill')[0]!.click();
      await shows(element, () => text('[part=round-form]').includes('3 of 64'));
      await press(element, 'round-save');
      await shows(element, () => text('[part=round-list]').includes('Yards'));
      expect(stored()).to.have.length(1);
      expect(stored()[0]!.cameras).to.have.length(3);
      await press(element, 'round-remove');
      await shows(element, () => text('.none').includes('No rounds saved yet'));
      expect(stored()).to.deep.equal([]);
    });

    it('is not shown to the next user while it is made', async () => {
      await setUp({}, await remembering());
      await open();
      set('round-name', 'Yard of the user before');
      const field = deep<HTMLInputElement>(element, '[part=round-cameras] input')[0]!;
      field.focus();
      await sendKeys({type: '7,8'});
      await shows(element, () => text('.chips').includes('7'));
      element.closest('sip-client')!.client = await StagedClient.ready({user: '1002'});
      await shows(element, () => text('[part=round-form]').includes('0 of 64'));
      expect((part(element, 'round-name') as HTMLInputElement).value).to.equal('');
      expect(deep<HTMLInputElement>(element, '[part=round-cameras] input')[0]!.value).to.equal('');
    });

    it('is not what another script has stored', async () => {
      const rounds = [
        {
          name: '<b onclick=alert(1)>x</b>',
          cameras: [{number: '1', name: '<i>y</i>'}],
          tiles: 99,
          seconds: -4,
        },
        {name: 'none', cameras: [{number: 5}, null, 'x']},
        null,
        {cameras: [{number: '1'}]},
      ];
      localStorage.setItem(KEY, JSON.stringify({version: 1, rounds}));
      await setUp({}, await remembering());
      await open();
      await shows(element, () => text('[part=round-list]').includes('<b onclick=alert(1)>x</b>'));
      expect(text('[part=round-list]')).to.contain('16 at a time, 1 s each').and.not.contain('none');
      expect(deep(element, '[part=round-start]')).to.have.length(1);
    });

    it('leaves the focus to the field that the user has chosen while its menu was still opening', async () => {
      await setUp({round: '1,2'}, await remembering());
      await open();
      await shows(element, () => part(element, 'round-name') !== null);
      const [menu] = deep<HTMLElement & {open(): Promise<void>}>(element, 'sip-monitor-rounds');
      const opening = menu!.open();
      part(element, 'round-name')!.focus();
      await opening;
      expect(part(element, 'round-name')!.matches(':focus')).to.equal(true);
    });

    it('is asked for its name and its cameras, and has no more than 64', async () => {
      await setUp({round: '1,2'}, await remembering());
      await open();
      await shows(element, () => text('[part=round-list]').includes('Round of this page'));
      await press(element, 'round-save');
      await shows(element, () => part(element, 'members-field') !== null);
      expect(stored()).to.deep.equal([]);
      const field = deep<HTMLInputElement>(element, '[part=round-cameras] input')[0]!;
      field.focus();
      field.value = Array.from({length: 70}, (_, index) => String(index + 1)).join();
      field.dispatchEvent(new InputEvent('input', {inputType: 'insertReplacementText', bubbles: true}));
      await shows(element, () => text('[part=round-form]').includes('64 of 64'));
      await press(element, 'round-save');
      await shows(element, () => (part(element, 'round-name') as HTMLInputElement).matches(':focus'));
      expect(stored()).to.deep.equal([]);
    });
  });

  it('lets a page style every part', async () => {
    localStorage.setItem(
      KEY,
      JSON.stringify({version: 1, rounds: [{name: 'Yard', cameras: [{number: '7'}], tiles: 4, seconds: 60}]}),
    );
    await setUp({}, await StagedClient.ready({historyStorage: 'local'}));
    await element.startRound('Yard');
    await wallIs('7');
    await press(element, 'rounds');
    await shows(element, () => part(element, 'round-form') !== null);
    await shows(element, () => unreached(element, ROUND_PARTS).length === 0);
    await press(element, 'camera-more');
    await shows(element, () => unreached(element, ['camera-more', 'camera-menu', 'invite']).length === 0);
  });
});
