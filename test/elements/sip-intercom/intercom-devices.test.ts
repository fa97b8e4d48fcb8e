import {expect, fixture, html} from '@open-wc/testing';
import type {SipIntercomElement} from '../../../src/elements/sip-intercom/sip-intercom.js';
import {
  INFINITY,
  restoreHid,
  simulateHid,
  SimulatedGamepads,
  type SimulatedDevice,
  type SimulatedHid,
} from '../../support/in-page/button-devices.js';
import {deep, isAccessible, loads, part, shows, textOf} from '../../support/in-page/elements.js';
import {StagedClient, type StagedTalk} from '../../support/staged/staged-client.js';

const KEY = 'sip-elements:push-to-talk:1001@stage.test';
const DEVICE = {model: 'hid 05f3:00ff', name: 'VEC USB Footpedal'};

describe('<sip-intercom> with pedals and gamepads', () => {
  let hid: SimulatedHid;
  let pedal: SimulatedDevice;
  let gamepads: SimulatedGamepads;
  let client: StagedClient;
  let root: HTMLElement;
  let element: SipIntercomElement;
  let talk: StagedTalk;

  beforeEach(() => {
    hid = simulateHid();
    pedal = hid.device(0x05f3, 0x00ff, 'VEC USB Footpedal');
    gamepads = new SimulatedGamepads();
  });

  afterEach(() => {
    restoreHid();
    gamepads.restore();
    localStorage.removeItem(KEY);
  });

  /** Joins the group 9001, or another one. */
  async function setUp({group = '9001', pressToToggle = false, around = html``} = {}): Promise<void> {
    client = await StagedClient.ready({historyStorage: 'local'});
    root = await fixture(
      html`<sip-client .client=${client}
        >${around}<sip-intercom ?press-to-toggle=${pressToToggle}></sip-intercom
      ></sip-client>`,
    );
    element = root.querySelector('sip-intercom')!;
    // The groups' element comes first.
    for (const each of root.children) await loads(each);
    talk = client.interphone({remote: {number: group, name: ''}});
    talk.dialog.confirm();
    await shows(element, () => part(element, 'talk') !== null);
  }

  /** The pedal's switches, from the left, speak to these groups since an earlier visit; an empty number to any. */
  function remember(...targets: string[]): void {
    const buttons = targets.map((target, bit) => ({...DEVICE, target, button: `0:${bit}`}));
    localStorage.setItem(KEY, JSON.stringify({version: 1, buttons}));
    hid.granted.push(pedal);
  }
  const isOpen = (): Promise<void> => shows(element, () => pedal.opened);

  async function learn(target: string): Promise<void> {
    (part(element, 'target') as HTMLSelectElement).value = target;
    part(element, 'learn')!.click();
    await isOpen();
    pedal.send(INFINITY.middle);
    pedal.send(INFINITY.released);
    await shows(element, () => part(element, 'target') !== null);
  }

  const speaks = ({intercom, dialog}: StagedTalk): Promise<void> =>
    shows(element, () => intercom.state.floor === 'granted' && !dialog.state.muted);
  const gaveBack = ({dialog, service}: StagedTalk): Promise<void> =>
    shows(element, () => dialog.state.muted && service.commands.at(-1) === 'give back');

  it('learns a switch of a pedal, for this group or for any, and speaks while it is pressed', async () => {
    await setUp();
    expect([gamepads.reads, pedal.opened]).to.deep.equal([0, false]);
    hid.granted.push(pedal);
    part(element, 'devices')!.querySelector('summary')!.click();
    await shows(element, () => part(element, 'learn') !== null);
    for (const [target, text] of [
      ['9001', 'Talks to 9001'],
      ['', 'Talks to Any group here'],
    ] as const) {
      await learn(target);
      await shows(element, () =>
        textOf(element)
          .replace(/[\u2068\u2069]/g, '')
          .includes(text),
      );
      await isAccessible(element);
      pedal.send(INFINITY.middle);
      await speaks(talk);
      pedal.send(INFINITY.released);
      await gaveBack(talk);
    }
    expect(talk.service.commands).to.deep.equal(['ask', 'give back', 'ask', 'give back']);
  });

  it('is spoken to by the switches of its group and of any, and by no other', async () => {
    remember('', '9002', '9001');
    await setUp({group: '9002'});
    await isOpen();
    for (const report of [INFINITY.left, INFINITY.middle]) {
      pedal.send(report);
      await speaks(talk);
      pedal.send(INFINITY.released);
      await gaveBack(talk);
    }
    pedal.send(INFINITY.right);
    pedal.send(INFINITY.released);
    pedal.send(INFINITY.left);
    await speaks(talk);
    expect(talk.service.commands).to.deep.equal(['ask', 'give back', 'ask', 'give back', 'ask']);
  });

  it('gives the floor back if the pedal is unplugged while it is pressed', async () => {
    remember('9001');
    await setUp();
    await isOpen();
    pedal.send(INFINITY.left);
    await speaks(talk);
    hid.unplug(pedal);
    await gaveBack(talk);
  });

  it('begins and ends by one press each with press-to-toggle, and asks again by one press after it lost the floor', async () => {
    remember('9001');
    await setUp({pressToToggle: true});
    await isOpen();
    const press = (): void => {
      pedal.send(INFINITY.left);
      pedal.send(INFINITY.released);
    };
    press();
    await speaks(talk);
    press();
    await gaveBack(talk);
    press();
    await speaks(talk);
    talk.service.tell('taken', '1002');
    await shows(element, () => talk.intercom.state.floor === 'taken');
    talk.service.tell('idle');
    await shows(element, () => part(element, 'talk')!.innerText.includes('Press to talk'));
    press();
    await speaks(talk);
  });

  it('leaves the switch for any group to the element that came first', async () => {
    remember('');
    await setUp({around: html`<sip-channels groups="9001=Harbor, 9003" selected="9003"></sip-channels>`});
    const channels = root.querySelector('sip-channels')!;
    const other = client.interphone({remote: {number: '9003', name: ''}});
    other.dialog.confirm();
    element.sid = talk.intercom.id;
    await shows(channels, () => deep(channels, '.tile.idle').length === 2);
    for (const each of [channels, element]) {
      deep<HTMLDetailsElement>(each, 'details.devices')[0]!.open = true;
      await shows(each, () => part(each, 'device-list') !== null);
    }
    pedal.send(INFINITY.left);
    await speaks(other);
    pedal.send(INFINITY.released);
    await gaveBack(other);
    channels.remove();
    await shows(element, () => !channels.isConnected);
    pedal.send(INFINITY.left);
    await speaks(talk);
    expect([talk.service.commands, other.service.commands]).to.deep.equal([['ask'], ['ask', 'give back']]);
  });
});
