import {expect, fixture, html} from '@open-wc/testing';
import {resetMouse, sendKeys, sendMouse} from '@web/test-runner-commands';
import type {SipDialerElement} from '../../../src/elements/sip-dialer/sip-dialer.js';
import {SipError} from '../../../src/errors.js';
import {watchDevices} from '../../support/in-page/devices.js';
import {isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {person, StagedPeople} from '../../support/staged/staged-people.js';

async function dialer(client: StagedClient | undefined, number = ''): Promise<SipDialerElement> {
  const root = await fixture(
    html`<sip-client .client=${client}><sip-dialer number=${number}></sip-dialer></sip-client>`,
  );
  const element = root.querySelector('sip-dialer')!;
  await element.updateComplete;
  return element;
}

const move = async (target: Element): Promise<void> => {
  const {x, y, width, height} = target.getBoundingClientRect();
  await sendMouse({type: 'move', position: [Math.round(x + width / 2), Math.round(y + height / 2)]});
};
const field = (element: Element): HTMLInputElement => part(element, 'number') as HTMLInputElement;
const off = (element: Element, name: string): boolean =>
  part(element, name)!.getAttribute('aria-disabled') === 'true';

describe('<sip-dialer>', () => {
  it('says what it needs where there is no client', async () => {
    const element = await fixture<SipDialerElement>(html`<sip-dialer></sip-dialer>`);
    expect(textOf(element)).to.contain('<sip-client>');
    await isAccessible(element);
    await press(element, 'call');
    await shows(element, () => part(element, 'notice') !== null);
    expect(part(element, 'notice')!.innerText).to.contain('not connected');
  });

  it('tells how far connection and registration have come', async () => {
    const client = new StagedClient();
    const element = await dialer(client);
    const status = (): string => part(element, 'status')!.innerText;
    expect(status()).to.contain('1001').and.contain('Not connected');
    await isAccessible(element);
    await client.connect();
    await shows(element, () => status().includes('Not registered'));
    await client.register();
    await shows(element, () => status().includes('Registered'));
    client.host.setConnection('reconnecting', new SipError('connection-lost'));
    await shows(element, () => status().includes('Reconnecting'));
    expect(part(element, 'notice')!.innerText).to.contain('Check your network');
    expect(part(element, 'notice')!.classList.contains('warns'), 'no alarm').to.equal(true);
    await isAccessible(element);
  });

  it('connects and registers at the press of a button', async () => {
    const client = new StagedClient();
    const element = await dialer(client);
    await press(element, 'connect');
    await shows(element, () => !off(element, 'call'));
    expect(client.asked).to.deep.equal(['connect', 'register']);
  });

  it('does not call without a registration, and says why', async () => {
    const client = new StagedClient();
    const element = await dialer(client, '1002');
    expect(off(element, 'call')).to.equal(true);
    expect(part(element, 'call')!.title).to.contain('not registered');
    const error = next(element, 'sip-error');
    part(element, 'call')!.click();
    expect((await error).detail.error.code).to.equal('not-registered');
    await shows(element, () => part(element, 'notice') !== null);
    expect(client.asked).to.deep.equal([]);
  });

  for (const [name, media] of [
    ['call', 'audio'],
    ['video', 'video'],
  ] as const) {
    it(`calls with ${media} at the press of a button`, async () => {
      const client = await StagedClient.ready();
      const element = await dialer(client, '1002');
      await isAccessible(element);
      await press(element, name);
      await until(() => client.state.calls.length === 1);
      expect(client.asked.at(-1)).to.equal(`call 1002 ${media}`);
    });
  }

  it('calls with a picture first where that is its kind of media', async () => {
    const client = await StagedClient.ready();
    const element = await dialer(client, '1002');
    element.media = 'video';
    await element.updateComplete;
    expect(part(element, 'call')!.innerText.trim()).to.equal('Video call');
    await press(element, 'call');
    await until(() => client.state.calls.length === 1);
    expect(client.asked.at(-1)).to.equal('call 1002 video');
  });

  it('calls a number that a framework set as one, and none that it took away', async () => {
    const client = await StagedClient.ready();
    const element = await dialer(client);
    Object.assign(element, {number: 1002});
    await press(element, 'call');
    await until(() => client.state.calls.length === 1);
    expect(client.asked.at(-1)).to.equal('call 1002 audio');
    element.removeAttribute('number');
    await shows(element, () => field(element).value === '');
    await press(element, 'call');
    await shows(element, () => field(element).value === '1002');
  });

  it('calls and shares the screen where that is offered', async () => {
    const client = await StagedClient.ready();
    const element = await dialer(client, '1002');
    expect(part(element, 'screen')).to.equal(null);
    element.screen = true;
    await shows(element, () => part(element, 'screen') !== null);
    expect(part(element, 'screen')!.ariaLabel).to.equal('Call and share screen');
    await isAccessible(element);
    client.failure = new SipError('screen-cancelled');
    const error = next(element, 'sip-error');
    await press(element, 'screen');
    expect((await error).detail.error.code).to.equal('screen-cancelled');
    await shows(element, () => part(element, 'notice')?.innerText.includes('No screen was chosen') ?? false);
    expect(client.state.calls).to.deep.equal([]);
    await press(element, 'screen');
    await until(() => client.state.calls.length === 1);
    expect(client.asked.slice(-2)).to.deep.equal(Array(2).fill('call 1002 audio screen'));
  });

  it('calls when Enter is pressed in the field', async () => {
    const client = await StagedClient.ready();
    const element = await dialer(client);
    field(element).focus();
    await sendKeys({type: '1003'});
    await sendKeys({press: 'Enter'});
    await until(() => client.state.calls.length === 1);
    expect(client.asked.at(-1)).to.equal('call 1003 audio');
  });

  it('takes digits from the keypad and deletes them', async () => {
    const element = await dialer(await StagedClient.ready());
    const keys = [...element.shadowRoot!.querySelectorAll<HTMLElement>('[part=key]')];
    for (const index of [0, 10, 11]) keys[index]!.click();
    expect(element.number).to.equal('10#');
    await element.updateComplete;
    element.shadowRoot!.querySelector<HTMLElement>('.delete')!.click();
    expect(element.number).to.equal('10');
  });

  it('puts a key where the caret is', async () => {
    const element = await dialer(await StagedClient.ready(), '12');
    field(element).setSelectionRange(1, 1);
    element.shadowRoot!.querySelectorAll<HTMLElement>('[part=key]')[8]!.click();
    expect(element.number).to.equal('192');
  });

  it('gives a plus where zero is held, and nothing else', async () => {
    const element = await dialer(await StagedClient.ready());
    const zero = element.shadowRoot!.querySelectorAll<HTMLElement>('[part=key]')[10]!;
    await move(zero);
    await sendMouse({type: 'down'});
    await until(() => element.number === '+');
    await sendMouse({type: 'up'});
    await sendMouse({type: 'down'});
    await sendMouse({type: 'up'});
    await until(() => element.number === '+0');
    await resetMouse();
  });

  it('leads the keyboard through the keypad as one stop', async () => {
    const element = await dialer(await StagedClient.ready());
    const keys = [...element.shadowRoot!.querySelectorAll<HTMLElement>('[part=key]')];
    expect(keys.filter(({tabIndex}) => tabIndex === 0)).to.deep.equal([keys[0]]);
    keys[0]!.focus();
    await sendKeys({press: 'ArrowDown'});
    await sendKeys({press: 'ArrowRight'});
    expect(element.shadowRoot!.activeElement).to.equal(keys[4]);
    expect(keys.filter(({tabIndex}) => tabIndex === 0)).to.deep.equal([keys[4]]);
    await sendKeys({press: 'Enter'});
    expect(element.number).to.equal('5');
  });

  for (const [pasted, cleaned] of [
    ['tel:+49-30-1234', '+49301234'],
    ['sip:1002@stage.test;user=phone', '1002'],
    ['sip:1002@pbx.example;user=phone', '1002@pbx.example'],
    ['(010) 62 00', '0106200'],
    ['１００２', '1002'],
  ] as const) {
    it(`cleans what is pasted: ${pasted}`, async () => {
      const element = await dialer(await StagedClient.ready());
      field(element).focus();
      const event = new InputEvent('beforeinput', {
        inputType: 'insertFromPaste',
        data: pasted,
        cancelable: true,
        bubbles: true,
      });
      field(element).dispatchEvent(event);
      expect(event.defaultPrevented).to.equal(true);
      expect(element.number).to.equal(cleaned);
    });
  }

  it('shows why a call failed, what to do, and clears it at the next success', async () => {
    const client = await StagedClient.ready();
    const element = await dialer(client, '4711');
    client.failure = new SipError('unknown-number', {subject: '4711'});
    const error = next(element, 'sip-error');
    await press(element, 'call');
    expect((await error).detail.error).to.include({code: 'unknown-number', subject: '4711'});
    await shows(element, () => part(element, 'notice') !== null);
    expect(part(element, 'notice')!.innerText).to.contain('4711 was not found');
    expect(part(element, 'notice')!.getAttribute('role')).to.equal('alert');
    await isAccessible(element);
    await press(element, 'call');
    await shows(element, () => part(element, 'notice') === null);
  });

  it('lets its user dismiss an error', async () => {
    const client = await StagedClient.ready();
    const element = await dialer(client, '4711');
    client.failure = new SipError('busy', {subject: '4711'});
    await press(element, 'call');
    await shows(element, () => part(element, 'notice') !== null);
    element.shadowRoot!.querySelector<HTMLElement>('.dismiss')!.click();
    await shows(element, () => part(element, 'notice') === null);
  });

  it('rejects start() with the error and dispatches nothing', async () => {
    const client = await StagedClient.ready();
    const element = await dialer(client, '4711');
    const told: Event[] = [];
    element.addEventListener('sip-error', (event) => told.push(event));
    client.failure = new SipError('busy', {subject: '4711'});
    const error = await element.start().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(SipError).with.property('code', 'busy');
    await shows(element, () => part(element, 'notice') !== null);
    expect(told).to.deep.equal([]);
  });

  it('gives up a call that is being placed, without calling that an error', async () => {
    const client = await StagedClient.ready();
    client.patience = new Promise(() => {});
    const element = await dialer(client, '1002');
    await press(element, 'call');
    await shows(element, () => part(element, 'cancel') !== null);
    expect(part(element, 'call')!.innerText).to.contain('Calling');
    await isAccessible(element);
    await press(element, 'cancel');
    await shows(element, () => part(element, 'cancel') === null);
    expect(part(element, 'notice')).to.equal(null);
    expect(client.state.calls).to.have.length(0);
  });

  it('keeps the focus at the number when the button that has it goes', async () => {
    const client = await StagedClient.ready();
    const element = await dialer(client, '1');
    const {shadowRoot} = element;
    client.failure = new SipError('unknown-number', {subject: '1'});
    await press(element, 'call');
    await shows(element, () => part(element, 'notice') !== null);
    field(element).focus();
    while (!shadowRoot!.activeElement!.matches('.dismiss')) await sendKeys({press: 'Tab'});
    await sendKeys({press: 'Enter'});
    await shows(element, () => part(element, 'notice') === null);
    expect(shadowRoot!.activeElement).to.equal(field(element));
    await sendKeys({press: 'Tab'});
    expect(shadowRoot!.activeElement!.className).to.equal('delete');
    await sendKeys({press: 'Enter'});
    await shows(element, () => element.number === '');
    expect(shadowRoot!.activeElement).to.equal(field(element));
  });

  it('hangs up with stop() what it called', async () => {
    const client = await StagedClient.ready();
    const element = await dialer(client, '1002');
    const call = await element.start('video');
    expect(call.media).to.equal('video');
    await element.stop();
    expect(call.state.phase).to.equal('released');
  });

  it('brings the last number back where there is none', async () => {
    const client = await StagedClient.ready();
    const element = await dialer(client, '1002');
    await element.start();
    element.number = '';
    await element.updateComplete;
    await press(element, 'call');
    await shows(element, () => field(element).value === '1002');
    expect(client.asked.filter((what) => what.startsWith('call'))).to.have.length(1);
  });

  describe('a name in the field', () => {
    let client: StagedClient;
    let element: SipDialerElement;
    beforeEach(async () => {
      client = new StagedClient({historyStorage: 'memory'});
      client.directoryService = new StagedPeople(
        [],
        [person('1005', '王芳', ''), person('1006', '王力', '')],
      );
      await client.connect();
      await client.register();
      element = await dialer(client);
      field(element).focus();
      await shows(element, () => field(element).role === 'combobox');
    });
    const options = (): HTMLElement[] => [
      ...element.shadowRoot!.querySelectorAll<HTMLElement>('[role=option]'),
    ];

    it('suggests people, over the keypad, and calls the one chosen by Enter', async () => {
      expect(field(element).ariaLabel).to.equal('Name or number');
      const key = (): number => part(element, 'key')!.getBoundingClientRect().top;
      const before = key();
      await sendKeys({type: '王'});
      await shows(element, () => options().length === 2);
      expect(key()).to.equal(before);
      await isAccessible(element);
      await sendKeys({press: 'ArrowUp'});
      expect(field(element).getAttribute('aria-activedescendant')).to.equal(options()[1]!.id);
      await sendKeys({press: 'Enter'});
      await until(() => client.asked.at(-1) === 'call 1006 audio');
    });

    it('calls the only one whom it means, and asks if there are several', async () => {
      await sendKeys({type: '王'});
      await sendKeys({press: 'Enter'});
      await shows(element, () => options()[0]?.ariaSelected === 'true');
      expect(client.asked.some((what) => what.startsWith('call'))).to.equal(false);
      await sendKeys({press: 'Escape'});
      await shows(element, () => options().length === 0);
      await sendKeys({type: '芳'});
      await sendKeys({press: 'Enter'});
      await until(() => client.asked.at(-1) === 'call 1005 audio');
    });

    it('fills in the number of one who is pressed, and leaves numbers and keys alone', async () => {
      await sendKeys({type: '100'});
      await shows(element, () => options().length === 2);
      element.shadowRoot!.querySelectorAll<HTMLElement>('[part=key]')[3]!.click();
      await shows(element, () => options().length === 0 && element.number === '1004');
      element.number = '';
      await element.updateComplete;
      await sendKeys({type: '王'});
      await shows(element, () => options().length === 2);
      options()[0]!.click();
      await shows(element, () => field(element).value === '1005' && options().length === 0);
      expect(client.asked.some((what) => what.startsWith('call'))).to.equal(false);
    });

    it('is an error if it means nobody', async () => {
      await sendKeys({type: '李 四'});
      await sendKeys({press: 'Enter'});
      await shows(element, () => textOf(element, '[part=notice]').includes('“李 四” is not a valid number'));
    });
  });

  it('fills in the number called last, of the history as well', async () => {
    const client = await StagedClient.ready({historyStorage: 'memory'});
    const element = await dialer(client);
    await client.dial('audio', {number: '1007', name: 'Anna'}).call.hangup();
    await press(element, 'call');
    await shows(element, () => field(element).value === '1007');
    expect(client.asked.some((what) => what.startsWith('call'))).to.equal(false);
  });

  it('offers urgent and SOS calls in a menu, if the server can place them', async () => {
    const client = await StagedClient.ready();
    const element = await dialer(client, '1002');
    for (const type of ['urgent', 'sos']) {
      await press(element, 'more');
      await shows(element, () => part(element, type)!.matches(':popover-open *'));
      await isAccessible(element);
      part(element, type)!.click();
      await until(() => client.asked.at(-1) === `call 1002 audio ${type}`);
      await shows(element, () => client.calls.length > 0 && part(element, 'more') !== null);
    }
    const other = new StagedClient();
    other.lacks = {urgent: false};
    await other.connect();
    await other.register();
    const plain = await dialer(other, '1002');
    await shows(plain, () => !off(plain, 'call'));
    expect(part(plain, 'more')).to.equal(null);
  });

  it('opens the microphone while its button is pressed, and closes it if the press ends elsewhere', async () => {
    const devices = watchDevices();
    try {
      const client = await StagedClient.ready();
      const element = await dialer(client, '1002');
      await shows(element, () => !off(element, 'call'));
      const live = (): number => devices.opened.filter(({readyState}) => readyState === 'live').length;
      await move(part(element, 'call')!);
      expect(devices.opened).to.have.length(0);
      await sendMouse({type: 'down'});
      await until(() => live() === 1);
      await move(field(element));
      await sendMouse({type: 'up'});
      await until(() => live() === 0);
      expect(client.calls).to.have.length(0);
      // It closes after the press of a call that opens no microphone, too.
      await move(part(element, 'call')!);
      await sendMouse({type: 'down'});
      await until(() => live() === 1);
      await sendMouse({type: 'up'});
      await until(() => client.calls.length === 1);
      await until(() => live() === 0);
      expect(devices.opened).to.have.length(2);
    } finally {
      await resetMouse();
      devices.restore();
    }
  });

  it('tells of a lasting failure, with the server’s page where a certificate is refused', async () => {
    const client = new StagedClient({server: 'wss://stage.test:8443/fswebrtc'});
    client.failure = new SipError('certificate-refused', {subject: 'stage.test'});
    const element = await dialer(client);
    await client.connect().catch(() => {});
    await shows(element, () => part(element, 'notice') !== null);
    const link = part(element, 'notice')!.querySelector('a')!;
    expect(link.href).to.equal('https://stage.test:8443/fswebrtc');
    expect(link.rel).to.contain('noopener');
    await isAccessible(element);
    await press(element, 'connect');
    await shows(element, () => part(element, 'notice') === null);
    expect(client.state.registration).to.equal('registered');
  });
});
