import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipChannelsElement} from '../../../src/elements/sip-channels/sip-channels.js';
import {
  INFINITY,
  restoreHid,
  simulateHid,
  SimulatedGamepads,
  type SimulatedDevice,
  type SimulatedHid,
} from '../../support/in-page/button-devices.js';
import {deep, isAccessible, loads, part, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient, type StagedTalk} from '../../support/staged/staged-client.js';

const KEY = 'sip-elements:push-to-talk:1001@stage.test';
const ARRANGED = 'sip-elements:channels:1001@stage.test';

describe('<sip-channels> with pedals and gamepads', () => {
  let hid: SimulatedHid;
  let pedal: SimulatedDevice;
  let gamepads: SimulatedGamepads;
  let element: SipChannelsElement;
  let talks: StagedTalk[];

  beforeEach(() => {
    hid = simulateHid();
    pedal = hid.device(0x05f3, 0x00ff, 'VEC USB Footpedal');
    gamepads = new SimulatedGamepads();
  });

  afterEach(() => {
    restoreHid();
    gamepads.restore();
    localStorage.removeItem(KEY);
    localStorage.removeItem(ARRANGED);
  });

  /** Shows the groups, of which the first two are joined and the first is selected. */
  async function setUp({pressToToggle = false} = {}): Promise<void> {
    const client = await StagedClient.ready({historyStorage: 'local'});
    const root = await fixture(
      html`<sip-client .client=${client}
        ><sip-channels
          groups="9001=Harbor, 9002=Patrol, 9003"
          selected="9001"
          ?press-to-toggle=${pressToToggle}
        ></sip-channels
      ></sip-client>`,
    );
    element = root.querySelector('sip-channels')!;
    await loads(element);
    talks = ['9001', '9002'].map((number) => client.interphone({remote: {number, name: ''}}));
    for (const {dialog} of talks) dialog.confirm();
    await shows(element, () => deep(element, '.tile.idle').length === 2);
  }

  async function openDevices(): Promise<void> {
    part(element, 'keys')!.click();
    part(element, 'devices')!.querySelector('summary')!.click();
    await shows(element, () => part(element, 'learn') !== null);
  }

  /** Chooses what the next button speaks to: a number, or the selection. */
  function choose(target: string): void {
    (part(element, 'target') as HTMLSelectElement).value = target;
  }

  async function learn(target: string, ...reports: string[]): Promise<void> {
    choose(target);
    part(element, 'learn')!.click();
    await shows(element, () => pedal.opened);
    for (const report of reports) pedal.send(report);
    await shows(element, () => part(element, 'target') !== null);
  }

  /** The pedal's middle switch speaks to the selection, its right one to the second group, since an earlier visit. */
  async function remembers(): Promise<void> {
    const device = {model: 'hid 05f3:00ff', name: 'VEC USB Footpedal'};
    const buttons = [
      {...device, target: '', button: '0:1'},
      {...device, target: '9002', button: '0:2'},
    ];
    localStorage.setItem(KEY, JSON.stringify({version: 1, buttons}));
    hid.granted.push(pedal);
    await setUp();
    await shows(element, () => pedal.opened);
  }

  const speaks = ({intercom, dialog}: StagedTalk): Promise<void> =>
    shows(element, () => intercom.state.floor === 'granted' && !dialog.state.muted);
  const gaveBack = ({dialog, service}: StagedTalk): Promise<void> =>
    shows(element, () => dialog.state.muted && service.commands.at(-1) === 'give back');

  // Before any other: what is loaded stays.
  it('loads and reads nothing for devices until the user opens them, if the account has none', async () => {
    const loaded = (): string[] =>
      performance
        .getEntriesByType('resource')
        .flatMap(({name}) => /chunks\/(talk-devices.*)-/.exec(name)?.[1] ?? []);
    await setUp();
    expect(loaded()).to.deep.equal([]);
    expect(gamepads.reads).to.equal(0);
    await openDevices();
    expect(loaded()).to.have.members(['talk-devices-tools']);
  });

  it('connects a pedal, learns its switch by one press, and speaks while it is pressed', async () => {
    await setUp();
    await openDevices();
    hid.choice = pedal;
    part(element, 'connect')!.click();
    await shows(element, () => textOf(element).includes('Press and release the pedal'));
    await isAccessible(element);
    await shows(element, () => pedal.opened);
    pedal.send(INFINITY.middle);
    expect(talks[0]!.service.commands, 'while it is learnt').to.deep.equal([]);
    pedal.send(INFINITY.released);
    await shows(element, () => textOf(element).includes('VEC USB Footpedal, button 2'));
    await isAccessible(element);
    pedal.send(INFINITY.left);
    pedal.send(INFINITY.released);
    expect(talks[0]!.service.commands, 'another switch').to.deep.equal([]);
    pedal.send(INFINITY.middle);
    await speaks(talks[0]!);
    expect(talks[1]!.service.commands).to.deep.equal([]);
    pedal.send(INFINITY.released);
    await gaveBack(talks[0]!);
  });

  it('speaks to the selection by one switch and to a group by another, at once, on the next visit', async () => {
    await remembers();
    pedal.send(INFINITY.right);
    await speaks(talks[1]!);
    expect(talks[0]!.service.commands).to.deep.equal([]);
    pedal.send(INFINITY.released);
    await gaveBack(talks[1]!);
    expect(deep(element, '.tile.selected').length, 'a short press selects nothing').to.equal(1);
    pedal.send(INFINITY.leftAndMiddle);
    await speaks(talks[0]!);
    pedal.send(INFINITY.left);
    await gaveBack(talks[0]!);
  });

  it('says why a pedal speaks to nobody: its group is not joined, not on the page, or only listened to', async () => {
    const device = {model: 'hid 05f3:00ff', name: 'VEC USB Footpedal'};
    const buttons = ['9003', '9009', '9002'].map((target, bit) => ({...device, target, button: `0:${bit}`}));
    localStorage.setItem(KEY, JSON.stringify({version: 1, buttons}));
    hid.granted.push(pedal);
    await setUp();
    await shows(element, () => pedal.opened);
    const says = (text: string): Promise<void> =>
      shows(element, () => part(element, 'refusals')?.innerText.replace(/[\u2068\u2069]/g, '') === text);
    deep(element, '[part~=listen-only]')[1]!.click();
    pedal.send(INFINITY.left);
    await says('9003: Not joined');
    await isAccessible(element);
    pedal.send(INFINITY.middle);
    await says('9009: Not joined');
    pedal.send(INFINITY.right);
    await says('Patrol: Listen only');
    deep(element, '[part~=listen-only]')[1]!.click();
    await shows(element, () => part(element, 'refusals') === null);
    pedal.send(INFINITY.released);
    pedal.send(INFINITY.right);
    await speaks(talks[1]!);
  });

  it('gives the floor back if the pedal is unplugged while it is pressed, and works when it is plugged in again', async () => {
    await remembers();
    pedal.send(INFINITY.middle);
    await speaks(talks[0]!);
    hid.unplug(pedal);
    await gaveBack(talks[0]!);
    hid.plugIn(pedal);
    await shows(element, () => pedal.opened);
    pedal.send(INFINITY.middle);
    await speaks(talks[0]!);
  });

  const ENDS = {
    'the window loses the focus': () => window.dispatchEvent(new Event('blur')),
    'the page is left': () => window.dispatchEvent(new PageTransitionEvent('pagehide')),
    'the element leaves the page': () => element.remove(),
  };
  for (const [what, end] of Object.entries(ENDS))
    it(`gives the floor back when ${what} while the pedal is pressed`, async () => {
      await remembers();
      pedal.send(INFINITY.middle);
      await speaks(talks[0]!);
      end();
      await gaveBack(talks[0]!);
      expect(talks[0]!.service.commands).to.deep.equal(['ask', 'give back']);
    });

  it('keeps the floor of a pedal that is pressed while the user moves the tiles', async () => {
    await remembers();
    pedal.send(INFINITY.right);
    await speaks(talks[1]!);
    const order = (): string =>
      deep(element, '[part~=name]')
        .map(({innerText}) => innerText)
        .join(' ');
    deep(element, '.face')[0]!.focus();
    await sendKeys({down: 'Alt'});
    await sendKeys({press: 'ArrowRight'});
    await sendKeys({up: 'Alt'});
    await shows(element, () => order().startsWith('Patrol Harbor'));
    await new Promise((resolve) => setTimeout(resolve));
    expect(talks[1]!.service.commands).to.deep.equal(['ask']);
    pedal.send(INFINITY.released);
    await gaveBack(talks[1]!);
    expect(talks[1]!.service.commands).to.deep.equal(['ask', 'give back']);
  });

  it('gives the floor back when the page is hidden, and does not ask for it there', async () => {
    await remembers();
    pedal.send(INFINITY.middle);
    await speaks(talks[0]!);
    Object.defineProperty(document, 'hidden', {value: true, configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
    await gaveBack(talks[0]!);
    pedal.send(INFINITY.released);
    pedal.send(INFINITY.middle);
    delete (document as {hidden?: boolean}).hidden;
    pedal.send('0600');
    await speaks(talks[1]!);
    expect(talks[0]!.service.commands).to.deep.equal(['ask', 'give back']);
  });

  it('lets a switch speak to one target: the one for which it was learnt last', async () => {
    await remembers();
    await openDevices();
    await learn('9002', INFINITY.middle, INFINITY.released);
    const rows = (part(element, 'device-list')!.innerText.match(/Talks to .*/g) ?? []).map((row) =>
      row.replace(/[\u2068\u2069]/g, ''),
    );
    expect(rows).to.deep.equal(['Talks to Patrol', 'Talks to Patrol']);
    pedal.send(INFINITY.middle);
    await speaks(talks[1]!);
    pedal.send(INFINITY.released);
    await gaveBack(talks[1]!);
    expect(talks[0]!.service.commands).to.deep.equal([]);
  });

  it('learns the bit that falls again on release, and never that of an axis', async () => {
    const axis = {isArray: false, isRange: false, reportSize: 8, reportCount: 1, usages: [0x10030]};
    const switches = {...axis, reportSize: 1, reportCount: 8, usages: [0x90001]};
    const collections = [{inputReports: [{reportId: 3, items: [axis, switches]}]}];
    const microphone = hid.device(0x0911, 0x0c1c, 'Hand microphone', collections);
    hid.granted.push(microphone);
    await setUp();
    await openDevices();
    part(element, 'learn')!.click();
    await shows(element, () => microphone.opened);
    for (const report of ['0f00', 'f000', '0f81', 'f081', '0f80']) microphone.send(report, 3);
    await shows(element, () => part(element, 'device-list') !== null);
    expect(JSON.parse(localStorage.getItem(KEY)!).buttons).to.deep.equal([
      {target: '', model: 'hid 0911:0c1c', button: '3:8', name: 'Hand microphone'},
    ]);
  });

  it('learns a key of an array by its value: another key does not speak', async () => {
    const codes = {isArray: true, isRange: true, reportSize: 16, reportCount: 1, usageMinimum: 0xc0000};
    const collections = [{inputReports: [{reportId: 1, items: [codes]}]}];
    const headset = hid.device(0x047f, 0x02ee, 'Headset', collections);
    hid.granted.push(headset);
    await setUp();
    await openDevices();
    part(element, 'learn')!.click();
    await shows(element, () => headset.opened);
    for (const report of ['ea00', '0000']) headset.send(report, 1);
    await shows(element, () => textOf(element).includes('Headset, button 235'));
    for (const report of ['e200', '0000']) headset.send(report, 1);
    expect(talks[0]!.service.commands, 'another key').to.deep.equal([]);
    headset.send('ea00', 1);
    await speaks(talks[0]!);
    headset.send('0000', 1);
    await gaveBack(talks[0]!);
  });

  it('learns a bit of a vendor’s byte, and never a counter', async () => {
    const bytes = {isArray: false, isRange: false, reportSize: 8, reportCount: 2, usages: [0xff000001]};
    const collections = [{inputReports: [{reportId: 0, items: [bytes]}]}];
    const microphone = hid.device(0x0911, 0x0c1c, 'Hand microphone', collections);
    hid.granted.push(microphone);
    await setUp();
    await openDevices();
    part(element, 'learn')!.click();
    await shows(element, () => microphone.opened);
    let counter = 0;
    const send = (buttons: string): void =>
      microphone.send(`${(counter++ % 256).toString(16).padStart(2, '0')}${buttons}`);
    for (let each = 0; each < 600; each += 1) send('00');
    expect(localStorage.getItem(KEY), 'without a press').to.equal(null);
    for (const buttons of ['04', '04', '00']) send(buttons);
    await shows(element, () => textOf(element).includes('Hand microphone, button 11'));
    for (let each = 0; each < 300; each += 1) send('00');
    expect(talks[0]!.service.commands, 'without a press').to.deep.equal([]);
    send('04');
    await speaks(talks[0]!);
    send('00');
    await gaveBack(talks[0]!);
  });

  it('forgets a switch that the user removes', async () => {
    await remembers();
    await openDevices();
    part(element, 'remove')!.click();
    pedal.send(INFINITY.middle);
    pedal.send(INFINITY.released);
    pedal.send(INFINITY.right);
    await speaks(talks[1]!);
    expect(talks[0]!.service.commands).to.deep.equal([]);
    part(element, 'remove')!.click();
    await gaveBack(talks[1]!);
    await shows(element, () => part(element, 'device-list') === null);
    expect(localStorage.getItem(KEY)).to.equal(null);
  });

  it('keeps the buttons that the user has learnt in another tab meanwhile', async () => {
    await remembers();
    await openDevices();
    const {version, buttons} = JSON.parse(localStorage.getItem(KEY)!);
    const learnt = {...buttons[0], button: '0:0', target: '9003'};
    localStorage.setItem(KEY, JSON.stringify({version, buttons: [...buttons, learnt]}));
    part(element, 'remove')!.click();
    expect(JSON.parse(localStorage.getItem(KEY)!).buttons).to.deep.equal([buttons[1], learnt]);
    await shows(element, () => textOf(element).includes('button 1'));
  });

  it('learns no button once the user has closed the list', async () => {
    await remembers();
    await openDevices();
    choose('9002');
    part(element, 'learn')!.click();
    await shows(element, () => part(element, 'target') === null);
    part(element, 'key-list')!.hidePopover();
    await shows(element, () => part(element, 'target') !== null);
    pedal.send(INFINITY.middle);
    await speaks(talks[0]!);
  });

  it('works again after the element was moved on the page', async () => {
    await remembers();
    element.parentElement!.append(element);
    await shows(element, () => deep(element, '.tile.idle').length === 2);
    await until(() => {
      pedal.send(INFINITY.released);
      pedal.send(INFINITY.middle);
      return talks[0]!.intercom.state.floor === 'granted';
    });
  });

  it('begins and ends by one press each with press-to-toggle', async () => {
    await setUp({pressToToggle: true});
    hid.plugIn(pedal);
    await openDevices();
    await learn('', INFINITY.middle, INFINITY.released);
    pedal.send(INFINITY.middle);
    pedal.send(INFINITY.released);
    await speaks(talks[0]!);
    pedal.send(INFINITY.middle);
    await gaveBack(talks[0]!);
  });

  it('begins and ends to speak to its group by one press each with press-to-toggle, and selects nothing', async () => {
    localStorage.setItem(
      KEY,
      JSON.stringify({
        version: 1,
        buttons: [{target: '9002', model: 'hid 05f3:00ff', button: '0:2', name: 'VEC USB Footpedal'}],
      }),
    );
    hid.granted.push(pedal);
    await setUp({pressToToggle: true});
    await shows(element, () => pedal.opened);
    const press = (): void => {
      pedal.send(INFINITY.right);
      pedal.send(INFINITY.released);
    };
    press();
    await speaks(talks[1]!);
    press();
    await gaveBack(talks[1]!);
    press();
    await speaks(talks[1]!);
    talks[1]!.service.tell('taken', '1002');
    await shows(element, () => deep(element, '.tile.receiving, .tile.refused').length === 1);
    talks[1]!.service.tell('idle');
    await shows(element, () => talks[1]!.intercom.state.floor === 'idle');
    press();
    await speaks(talks[1]!);
    expect(element.selected).to.equal('9001');
  });

  it('says that a pedal cannot be opened, is not connected, or may not be used', async () => {
    pedal.blocked = true;
    localStorage.setItem(
      KEY,
      JSON.stringify({
        version: 1,
        buttons: [{target: '', model: 'hid 05f3:00ff', button: '0:1', name: 'VEC'}],
      }),
    );
    await setUp();
    await openDevices();
    await shows(element, () => textOf(element).includes('Not connected'));
    hid.plugIn(pedal);
    await shows(element, () => textOf(element).includes('Can’t be opened. Close other programs'));
    hid.choice = 'forbidden';
    part(element, 'connect')!.click();
    await shows(element, () => textOf(element).includes('This page is not allowed to use pedals.'));
    await isAccessible(element);
  });

  it('speaks by the button of a gamepad, which is read only while one is learnt or assigned', async () => {
    await setUp();
    gamepads.press('Hand microphone (Vendor: 1234)');
    await openDevices();
    const {reads} = gamepads;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect(gamepads.reads, 'while none is assigned').to.equal(reads);
    choose('9002');
    part(element, 'learn')!.click();
    gamepads.press('Hand microphone (Vendor: 1234)', 2);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    gamepads.press('Hand microphone (Vendor: 1234)');
    await shows(element, () => textOf(element).includes('button 3'));
    gamepads.press('Hand microphone (Vendor: 1234)', 2);
    await speaks(talks[1]!);
    gamepads.press('Hand microphone (Vendor: 1234)');
    await gaveBack(talks[1]!);
    gamepads.press('Hand microphone (Vendor: 1234)', 2);
    await speaks(talks[1]!);
    gamepads.disconnect();
    await gaveBack(talks[1]!);
  });

  it('offers gamepads alone where the browser has no WebHID', async () => {
    Object.defineProperty(navigator, 'hid', {value: undefined, configurable: true});
    await setUp();
    await openDevices();
    expect(part(element, 'connect')).to.equal(null);
    expect(part(element, 'learn')).to.not.equal(null);
  });
});
