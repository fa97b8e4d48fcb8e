import {expect, fixture, html} from '@open-wc/testing';
import {pageDevices, SipDevices} from '../../../src/core/devices/devices.js';
import type {SipDevicesElement} from '../../../src/elements/sip-devices/sip-devices.js';
import {isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {StagedDevices, type StagedDevice} from '../../support/staged/staged-devices.js';

const DEVICES: readonly StagedDevice[] = [
  {kind: 'microphone', id: 'desk', label: 'Desk'},
  {kind: 'microphone', id: 'headset', label: '<b>Headset</b>'},
  {kind: 'camera', id: 'camera', label: 'Camera', color: '#f00'},
  {kind: 'output', id: 'box', label: 'Box'},
];

describe('<sip-devices>', () => {
  let stage: StagedDevices;
  let devices: SipDevices;
  let element: SipDevicesElement;

  beforeEach(() => {
    localStorage.clear();
    stage = new StagedDevices(DEVICES);
    devices = new SipDevices();
  });

  afterEach(() => {
    element.remove();
    expect(stage.live).to.deep.equal([]);
    stage.restore();
  });

  async function open(): Promise<void> {
    const client = await StagedClient.ready({devices});
    const root = await fixture(html`<sip-client .client=${client}><sip-devices></sip-devices></sip-client>`);
    element = root.querySelector('sip-devices')!;
    await shows(element, () => options('camera').length > 1 || stage.hidden || !part(element, 'try-camera'));
  }

  const chooser = (name: string): HTMLSelectElement => part(element, name) as HTMLSelectElement;
  const options = (name: string): string[] => [...chooser(name).options].map(({text}) => text);
  const choose = (name: string, value: string): void => {
    chooser(name).value = value;
    chooser(name).dispatchEvent(new Event('change', {bubbles: true}));
  };
  const label = (name: string): string | null => part(element, name)!.getAttribute('aria-label');

  it('names the devices and opens none', async () => {
    await open();
    expect(options('microphone')).to.deep.equal(['System default', 'Desk', '<b>Headset</b>']);
    expect(options('camera')).to.deep.equal(['System default', 'Camera']);
    expect(options('speaker')).to.deep.equal(['System default', 'Box']);
    expect(options('unselected')).to.deep.equal(['Same as speaker', 'Box']);
    expect(options('ringer')).to.deep.equal(['System default', 'Box']);
    expect(
      [...element.shadowRoot!.querySelectorAll('label')].map((label) => label.innerText.trim()),
    ).to.deep.equal(['Microphone', 'Camera', 'Speaker', 'Loudspeaker', 'Ringer', 'Ring volume']);
    expect(stage.opened).to.deep.equal([]);
    await isAccessible(element);
  });

  it('chooses, and follows what is chosen elsewhere', async () => {
    await open();
    choose('microphone', 'headset');
    await until(() => devices.state.selected.microphone === 'headset');
    await devices.select('microphone', 'desk');
    await shows(element, () => chooser('microphone').value === 'desk');
  });

  it('sets how loud it rings, and begins with what the page says', async () => {
    const client = await StagedClient.ready({devices, ringVolume: 0.4});
    const root = await fixture(html`<sip-client .client=${client}><sip-devices></sip-devices></sip-client>`);
    element = root.querySelector('sip-devices')!;
    await shows(element, () => part(element, 'ring-volume') !== null);
    const slider = part(element, 'ring-volume') as HTMLInputElement;
    expect(slider.valueAsNumber).to.equal(40);
    expect(slider.getBoundingClientRect().height, 'as high as a finger needs').to.be.at.least(24);
    slider.valueAsNumber = 15;
    slider.dispatchEvent(new Event('change', {bubbles: true}));
    await until(() => devices.state.ringVolume === 0.15);
    await shows(element, () => slider.valueAsNumber === 15);
  });

  it('forgets the volumes of calls and groups, while there are any, also without a history', async () => {
    const client = await StagedClient.ready({devices, historyStorage: 'memory'});
    const root = await fixture(html`<sip-client .client=${client}><sip-devices></sip-devices></sip-client>`);
    element = root.querySelector('sip-devices')!;
    await shows(element, () => part(element, 'ring-volume') !== null);
    const button = (): HTMLElement | null => part(element, 'forget-volumes');
    expect(button()).to.equal(null);
    const {intercom, dialog} = client.interphone();
    dialog.confirm();
    await intercom.setVolume(0.4);
    await shows(element, () => button() !== null);
    expect(client.history.entries).to.deep.equal([]);
    expect(button()!.innerText).to.equal('Forget the volumes of calls and groups');
    await isAccessible(element);
    button()!.focus();
    button()!.click();
    await shows(element, () => button()!.innerText === 'Volumes forgotten');
    expect(element.shadowRoot!.activeElement).to.equal(button());
    expect(intercom.state.sound.volume, 'a call that runs').to.equal(0.4);
    await intercom.hangup();
    expect(client.interphone().intercom.state.sound.volume).to.equal(1);
    await intercom.hangup().catch(() => {});
  });

  it('is the page’s choice where there is no client', async () => {
    element = await fixture<SipDevicesElement>(html`<sip-devices></sip-devices>`);
    expect(element.devices).to.equal(pageDevices());
    await shows(element, () => options('camera').length > 1);
    choose('camera', 'camera');
    await until(() => pageDevices().state.selected.camera === 'camera');
    await isAccessible(element);
    await pageDevices().select('camera', '');
  });

  it('works with each of several clients', async () => {
    const [first, second] = [new SipDevices({storage: 'first'}), new SipDevices({storage: 'second'})];
    const clients = [await StagedClient.ready({devices: first}), await StagedClient.ready({devices: second})];
    const root = await fixture(
      html`<div>
        <sip-client id="one" .client=${clients[0]}></sip-client>
        <sip-client .client=${clients[1]}><sip-devices></sip-devices></sip-client>
        <sip-devices for="one"></sip-devices>
      </div>`,
    );
    const [inside, named] = root.querySelectorAll('sip-devices');
    element = named!;
    await shows(named!, () => named!.devices === first && options('microphone').length > 1);
    expect(inside!.devices).to.equal(second);
    choose('microphone', 'headset');
    await until(() => first.state.selected.microphone === 'headset');
    expect(second.state.selected.microphone).to.equal('');
    element = inside!;
    await shows(inside!, () => chooser('microphone').value === '');
    root.remove();
  });

  it('shows what is plugged in and out at once', async () => {
    await open();
    await devices.select('microphone', 'headset');
    stage.unplug('headset');
    await shows(element, () => textOf(element).includes('“<b>Headset</b>” is not connected'));
    expect(options('microphone')).to.deep.equal(['System default', 'Desk']);
    expect(chooser('microphone').value).to.equal('');
    await isAccessible(element);
    stage.plug(DEVICES[1]!);
    await shows(element, () => chooser('microphone').value === 'headset');
  });

  it('says what to do where there are none', async () => {
    for (const {id} of DEVICES) stage.unplug(id);
    await open();
    await shows(element, () => textOf(element).includes('Plug one in'));
    expect(options('microphone')).to.deep.equal(['No microphone found']);
    expect(options('camera')).to.deep.equal(['No camera found']);
    expect(part(element, 'try-camera')).to.equal(null);
    await isAccessible(element);
    stage.plug(DEVICES[2]!);
    await shows(element, () => options('camera').includes('Camera'));
  });

  it('asks for access where the browser names none', async () => {
    stage.hidden = true;
    await open();
    await shows(element, () => part(element, 'allow') !== null);
    expect(stage.opened).to.deep.equal([]);
    await isAccessible(element);
    await press(element, 'allow');
    await shows(element, () => options('camera').includes('Camera'));
    expect(part(element, 'allow')).to.equal(null);
    expect(stage.live).to.deep.equal([]);
  });

  it('shows why access was refused', async () => {
    stage.hidden = true;
    stage.failures.set('desk', 'NotAllowedError');
    await open();
    await shows(element, () => part(element, 'allow') !== null);
    const told = next(element, 'sip-error');
    await press(element, 'allow');
    expect((await told).detail.error.code).to.equal('microphone-refused');
    await shows(element, () => textOf(element).includes('Microphone access is blocked'));
    await isAccessible(element);
  });

  it('says what an insecure page cannot do', async () => {
    Object.defineProperty(navigator, 'mediaDevices', {value: undefined, configurable: true});
    try {
      element = await fixture<SipDevicesElement>(html`<sip-devices></sip-devices>`);
      await shows(element, () => textOf(element).includes('secure pages only'));
      await isAccessible(element);
    } finally {
      Reflect.deleteProperty(navigator, 'mediaDevices');
    }
  });

  it('shows the level of the microphone until that is ended', async () => {
    await open();
    expect(label('try-microphone')).to.equal('Test microphone');
    await press(element, 'try-microphone');
    await shows(element, () => part(element, 'level') !== null);
    expect(label('try-microphone')).to.equal('Stop microphone test');
    const meter = part(element, 'level') as HTMLMeterElement;
    await until(() => meter.value > 0.7);
    expect(meter.getAttribute('aria-label')).to.equal('Microphone level');
    await isAccessible(element);
    choose('microphone', 'headset');
    await until(() => stage.live.join() === 'headset');
    await press(element, 'try-microphone');
    await shows(element, () => part(element, 'level') === null);
    expect(stage.live).to.deep.equal([]);
  });

  it('shows the picture of the camera until that is ended', async () => {
    await open();
    await press(element, 'try-camera');
    await shows(element, () => part(element, 'preview') !== null);
    const video = part(element, 'preview') as HTMLVideoElement;
    await until(() => video.videoWidth === 160);
    await isAccessible(element);
    await press(element, 'try-camera');
    await shows(element, () => part(element, 'preview') === null);
    expect(stage.live).to.deep.equal([]);
  });

  for (const [how, act] of [
    ['it leaves the document', () => element.remove()],
    ['it is hidden', () => (element.hidden = true)],
    [
      'nobody sees the page',
      () => {
        Object.defineProperty(document, 'hidden', {value: true, configurable: true});
        document.dispatchEvent(new Event('visibilitychange'));
        Reflect.deleteProperty(document, 'hidden');
      },
    ],
  ] as const)
    it(`closes everything when ${how}`, async () => {
      await open();
      await press(element, 'try-camera');
      await press(element, 'try-microphone');
      await until(() => stage.live.length === 2);
      await shows(element, () => part(element, 'preview') !== null && part(element, 'level') !== null);
      act();
      await until(() => stage.live.length === 0);
    });

  it('closes a camera that opens after it was left', async () => {
    await open();
    await press(element, 'try-camera');
    element.remove();
    await until(() => stage.opened.length === 1);
    await until(() => stage.live.length === 0);
  });

  it('says why a device cannot be tried out', async () => {
    await open();
    stage.failures.set('camera', 'NotReadableError');
    const told = next(element, 'sip-error');
    await press(element, 'try-camera');
    expect((await told).detail.error.code).to.equal('camera-busy');
    await shows(element, () => textOf(element).includes('in use by another program'));
    expect(label('try-camera')).to.equal('Test camera');
    await isAccessible(element);
  });

  it('goes back to what is in use where a choice is refused', async () => {
    await open();
    await press(element, 'try-microphone');
    await until(() => stage.live.length === 1);
    stage.failures.set('headset', 'NotReadableError');
    choose('microphone', 'headset');
    await shows(element, () => textOf(element).includes('The microphone is in use by another program'));
    expect(chooser('microphone').value).to.equal('');
    expect(stage.live).to.deep.equal(['desk']);
  });

  it('plays a tone, and stops it', async () => {
    await open();
    for (const name of ['try-speaker', 'try-ringer']) {
      const before = label(name);
      await press(element, name);
      await shows(element, () => label(name) === 'Stop test tone');
      await shows(element, () => label(name) === before);
      await press(element, name);
      await press(element, name);
      await shows(element, () => label(name) === before);
    }
  });

  it('is Chinese where its page is', async () => {
    await open();
    document.documentElement.lang = 'zh-CN';
    try {
      await shows(element, () => textOf(element).includes('麦克风'));
      expect(options('camera')[0]).to.equal('系统默认');
      await isAccessible(element);
    } finally {
      document.documentElement.lang = 'en';
    }
  });
});
