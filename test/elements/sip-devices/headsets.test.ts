import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipDevicesElement} from '../../../src/elements/sip-devices/sip-devices.js';
import {
  restoreHid,
  simulateHid,
  type SimulatedDevice,
  type SimulatedHid,
} from '../../support/in-page/button-devices.js';
import {isAccessible, deep, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {JABRA, PEDAL, YEALINK} from '../../support/headsets/models.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const KEY = 'sip-headsets';

describe('<sip-devices> with headsets', () => {
  /** One for all tests: the headsets are those of the page. */
  let hid: SimulatedHid;
  let client: StagedClient;
  let element: SipDevicesElement;

  before(() => {
    localStorage.removeItem(KEY);
    hid = simulateHid();
  });
  after(restoreHid);

  async function open(): Promise<void> {
    client = await StagedClient.ready();
    const root = await fixture(html`<sip-client .client=${client}><sip-devices></sip-devices></sip-client>`);
    element = root.querySelector('sip-devices')!;
    await shows(
      element,
      () => part(element, 'headsets') !== null || part(element, 'connect-headset') !== null,
    );
  }

  afterEach(async () => {
    const headsets = await client.openHeadsets();
    for (const headset of headsets.state.headsets) await headsets.forget(headset);
    await client.disconnect();
    hid.choice = undefined;
  });

  const made = ({vendorId, productId, name, collections}: typeof JABRA | typeof PEDAL): SimulatedDevice =>
    hid.device(vendorId, productId, name, collections);
  const says = (text: string): Promise<void> =>
    shows(element, () =>
      textOf(element)
        .replace(/[\u2068\u2069]/g, '')
        .includes(text),
    );
  const loaded = (): boolean =>
    performance.getEntriesByType('resource').some(({name}) => /headsets-panel|headsets\/headsets/.test(name));

  // Before any other: what is loaded stays.
  it('loads nothing for headsets until the user connects one', async () => {
    await open();
    expect(loaded()).to.equal(false);
    expect(part(element, 'headsets')!.innerText).to.equal('Connect headset buttons');
    await isAccessible(element);
  });

  it('connects a headset by one press, lists it, and forgets it', async () => {
    await open();
    hid.choice = made(JABRA);
    await press(element, 'headsets');
    await says('Jabra Evolve 65');
    await says('Ready');
    expect(localStorage.getItem(KEY)).to.contain('0b0e:0412');
    expect(deep(element, ':focus').at(-1)!.getAttribute('part')).to.equal('connect-headset');
    await isAccessible(element);
    const forget = part(element, 'forget-headset')!;
    expect(forget.getAttribute('aria-label')).to.equal('Forget Jabra Evolve 65');
    forget.focus();
    forget.click();
    await shows(element, () => part(element, 'headset-list') === null);
    expect(localStorage.getItem(KEY)).to.equal(null);
    expect(hid.granted).to.deep.equal([]);
    expect(deep(element, ':focus').at(-1)!.getAttribute('part')).to.equal('connect-headset');
  });

  it('answers by the headset on the next visit, and says when it is unplugged', async () => {
    const device = made(YEALINK as never);
    hid.granted.push(device);
    localStorage.setItem(
      KEY,
      JSON.stringify({version: 1, models: [{model: '6993:b02a', name: 'Yealink UH36'}]}),
    );
    await open();
    const headsets = await client.openHeadsets();
    // The page has read what was stored before; a new page would read it now.
    hid.choice = device;
    if (!headsets.state.headsets.length) await headsets.connect();
    await says('Yealink UH36');
    await shows(element, () => device.opened);
    const {call} = client.ring();
    await until(() => device.got.at(-1) === '4:04');
    device.send(YEALINK.reports.offHook, YEALINK.reports.id);
    await until(() => call.state.phase === 'answered');
    hid.unplug(device);
    await says('Not connected. Plug it in, or connect it again below.');
    expect(call.state.phase).to.equal('answered');
    await isAccessible(element);
    await call.hangup();
  });

  it('says what to do if another program has the headset, and tries again', async () => {
    await open();
    const device = made(JABRA);
    device.blocked = true;
    hid.choice = device;
    await press(element, part(element, 'headsets') ? 'headsets' : 'connect-headset');
    await says('Can’t be opened. Close other programs that use it, then try again.');
    await isAccessible(element);
    device.blocked = false;
    await press(element, 'retry-headset');
    await says('Ready');
    expect(part(element, 'retry-headset')).to.equal(null);
  });

  it('says that a device has no such buttons, and that the page may not use headsets', async () => {
    await open();
    hid.choice = made(PEDAL);
    await press(element, part(element, 'headsets') ? 'headsets' : 'connect-headset');
    await says('This device has no buttons that the browser can read.');
    hid.choice = 'forbidden';
    // A key that the user presses, which the browser wants before it asks for a device.
    part(element, 'connect-headset')!.focus();
    await sendKeys({press: 'Enter'});
    await says('This page is not allowed to use headset buttons. Ask its operator.');
    await isAccessible(element);
  });

  it('says that a call in another tab has the headsets', async () => {
    await open();
    hid.choice = made(JABRA);
    await press(element, part(element, 'headsets') ? 'headsets' : 'connect-headset');
    await says('Ready');
    let end = (): void => {};
    const other = navigator.locks.request(
      'sip-elements:headset',
      () => new Promise<void>((resolve) => (end = resolve)),
    );
    const {call} = client.ring();
    await says('Used by a call in another tab');
    end();
    await other;
    await shows(element, () => !textOf(element).includes('another tab'));
    await call.hangup();
  });

  it('shows no button without WebHID, and without a client', async () => {
    Object.defineProperty(navigator, 'hid', {value: undefined, configurable: true});
    restoreHid();
    const {hid: own} = Object.getOwnPropertyDescriptors(Navigator.prototype) as never as {
      hid?: PropertyDescriptor;
    };
    if (own) delete (Navigator.prototype as {hid?: unknown}).hid;
    client = await StagedClient.ready();
    const root = await fixture(html`<sip-client .client=${client}><sip-devices></sip-devices></sip-client>`);
    element = root.querySelector('sip-devices')!;
    await shows(element, () => part(element, 'check') !== null);
    expect(part(element, 'headsets')).to.equal(null);
    if (own) Object.defineProperty(Navigator.prototype, 'hid', own);
    element = await fixture(html`<sip-devices></sip-devices>`);
    await shows(element, () => part(element, 'ringer') !== null);
    expect(part(element, 'headsets')).to.equal(null);
  });
});
