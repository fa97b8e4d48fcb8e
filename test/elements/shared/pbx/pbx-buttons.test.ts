import {expect, fixture, html} from '@open-wc/testing';
import type {SipCall} from '../../../../src/core/call/call.js';
import type {SipClientOptions} from '../../../../src/core/client/options.js';
import {watchDevices, type Devices} from '../../../support/in-page/devices.js';
import {deep, isAccessible, part, press, shows, textOf} from '../../../support/in-page/elements.js';
import {becomes, hearsSound, until} from '../../../support/in-page/facts.js';
import {PBX_CODES} from '../../../support/wire/pbx-codes.js';
import type {WireClient} from '../../../support/wire/wire-dispatch.js';
import type {WireNotifier} from '../../../support/wire/wire-notifier.js';
import {WirePbx} from '../../../support/wire/wire-pbx.js';

const CODES = {...PBX_CODES, dndOff: '*79', queuePause: '*46{queue}'} as const;

/** Alice at her elements, and a PBX whose codes are users of the wire. */
describe('buttons of a PBX', () => {
  let server: WirePbx;
  let notifier: WireNotifier;
  let alice: WireClient;
  let devices: Devices;
  /** Of the last document about Bob. */
  let version = 0;

  beforeEach(() => {
    devices = watchDevices();
    server = new WirePbx();
    ({notifier} = server);
  });

  afterEach(async () => {
    await server.end();
    devices.restore();
  });

  async function page(
    options: Partial<SipClientOptions> = {features: CODES},
    content = html`<sip-call></sip-call><sip-calls></sip-calls><sip-dialer></sip-dialer>
      <sip-directory numbers="bob"></sip-directory><sip-keys fixed keys="bob"></sip-keys>`,
  ): Promise<HTMLElement> {
    alice = await server.user('alice', {dtmf: 'info', ...options});
    return fixture(html`<sip-client .client=${alice} lang="en">${content}</sip-client>`);
  }

  async function talkTo(number: string): Promise<SipCall> {
    const call = await alice.call(number);
    await becomes(call, ({phase}) => phase === 'answered');
    return call;
  }

  /** Resolves once this side of a call hears the other. */
  async function hears(call: SipCall): Promise<void> {
    await becomes(call, ({phase}) => phase === 'answered');
    await hearsSound(call);
  }

  /** The field of an inner element with this tag; undefined until it is there. */
  const fieldIn = (element: Element, tag: string): HTMLInputElement | undefined =>
    deep(element, tag)[0]?.shadowRoot?.querySelector('input') ?? undefined;

  const numbers = (calls: readonly SipCall[]): string[] => calls.map(({remote}) => remote.number);

  /** Tells that Bob is in this state, by a dialog without what would let it be replaced. */
  async function tells(state: 'early' | 'confirmed'): Promise<void> {
    await until(() => notifier.of('bob', 'dialog').length > 0);
    notifier.tell('bob', 'dialog', {
      body: `<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="${(version += 1)}" state="full" entity="sip:bob@wire.test">
        <dialog id="d1" direction="recipient"><state>${state}</state></dialog></dialog-info>`,
    });
  }

  /** Opens the panel of the user's settings, and returns its group with this name. */
  async function group(dialer: Element, name: string): Promise<HTMLFormElement> {
    await press(dialer, 'phone-service');
    const found = (): HTMLFormElement | undefined =>
      deep<HTMLFormElement>(dialer, 'form.service').find((form) =>
        form.querySelector('h3')!.textContent!.includes(name),
      );
    await shows(dialer, () => found()?.checkVisibility() === true);
    return found()!;
  }

  function button(form: HTMLElement, word: string): HTMLButtonElement {
    return [...form.querySelectorAll('button')].find(({innerText}) => innerText.trim() === word)!;
  }

  it('are none without the option', async () => {
    await server.far('bob');
    const root = await page({});
    await talkTo('bob');
    const call = root.querySelector('sip-call')!;
    await shows(call, () => part(call, 'mute') !== null);
    for (const name of ['park', 'phone-service', 'parked', 'pick-up'])
      for (const element of root.children) expect(part(element, name), name).to.equal(null);
  });

  it('answer the call that rings at a lamp, beside its person and by its key', async () => {
    const code = await server.far('**bob');
    const root = await page();
    const directory = root.querySelector('sip-directory')!;
    const keys = root.querySelector('sip-keys')!;
    const pickUp = (): HTMLElement | undefined => deep(directory, '.act.pick-up')[0];
    const key = (): HTMLElement | undefined => deep(keys, '[part=key]')[0];
    await shows(keys, () => !!key());
    expect(pickUp()).to.equal(undefined);
    await tells('early');
    await shows(directory, () => !!pickUp());
    await shows(keys, () => key()!.innerText.includes('Pick up'));
    expect([pickUp()!.ariaLabel, key()!.ariaLabel]).to.deep.equal([
      'Pick up the call for bob',
      'Pick up the call for bob, Pick up',
    ]);
    await isAccessible(directory);
    pickUp()!.click();
    await until(() => code.calls.length === 1);
    await hears(code.calls[0]!);
    await alice.calls[0]!.hangup();
    await until(() => alice.calls.length === 0);
    key()!.click();
    await until(() => code.calls.length === 2);
    await tells('confirmed');
    await shows(directory, () => !pickUp());
  });

  it('do not offer the user’s own call that rings', async () => {
    await server.user('bob');
    const root = await page();
    const directory = root.querySelector('sip-directory')!;
    const call = await alice.call('bob');
    await tells('early');
    await shows(directory, () => textOf(directory).includes('Ringing'));
    expect(deep(directory, '.act.pick-up')).to.deep.equal([]);
    await call.hangup();
    await shows(directory, () => deep(directory, '.act.pick-up').length === 1);
  });

  it('whisper to a person who is in a call', async () => {
    const spy = await server.far('*0bob');
    const tones: string[] = [];
    spy.client.addEventListener('sip-dtmf', ({detail}) => tones.push(detail.tone));
    const root = await page();
    const directory = root.querySelector('sip-directory')!;
    await tells('confirmed');
    await shows(directory, () => textOf(directory).includes('In a call'));
    await press(directory, 'more');
    await press(directory, 'whisper');
    await until(() => tones.length > 0);
    await hears(spy.calls[0]!);
  });

  it('park a call in a slot, say where, and retrieve it', async () => {
    await server.far('bob');
    const slot = await server.far('6007');
    const root = await page();
    const [call, calls] = [root.querySelector('sip-call')!, root.querySelector('sip-calls')!];
    await talkTo('bob');
    await press(call, 'park');
    const field = (): HTMLInputElement | undefined => fieldIn(call, 'sip-park-form');
    await shows(call, () => field()?.checkVisibility() === true && field()!.matches(':focus'));
    field()!.value = '07';
    field()!.form!.requestSubmit();
    await until(() => slot.calls.length === 1);
    expect(numbers(slot.calls)).to.deep.equal(['bob']);
    for (const element of [call, calls])
      await shows(
        element,
        () => part(element, 'parked')?.innerText.includes('retrieve it with 6007') === true,
      );
    await hears(slot.calls[0]!);
    await isAccessible(call);
    await press(call, 'retrieve');
    await until(() => slot.calls.length === 2);
    expect(numbers(slot.calls)).to.deep.equal(['bob', 'alice']);
    await shows(calls, () => part(calls, 'parked') === null);
  });

  it('say that the slot is unknown, and ask for it; signing out forgets what was parked', async () => {
    await server.far('bob');
    const [lot, slot] = [await server.far('700'), await server.far('701')];
    const root = await page({features: 'asterisk'});
    const [call, dialer] = [root.querySelector('sip-call')!, root.querySelector('sip-dialer')!];
    await talkTo('bob');
    await press(call, 'park');
    await until(() => lot.calls.length === 1);
    await shows(dialer, () => textOf(dialer).includes('did not report the slot'));
    const input = part(dialer, 'slot') as HTMLInputElement;
    await press(dialer, 'retrieve');
    expect([slot.calls.length, deep(dialer, ':focus').includes(input)]).to.deep.equal([0, true]);
    input.value = '701';
    await press(dialer, 'retrieve');
    await until(() => slot.calls.length === 1);
    await shows(dialer, () => part(dialer, 'parked') === null);
    await talkTo('bob');
    await press(call, 'park');
    await shows(dialer, () => part(dialer, 'parked') !== null);
    await alice.disconnect();
    await shows(dialer, () => part(dialer, 'parked') === null);
  });

  it('keep a parked call that cannot be retrieved, and show why', async () => {
    await server.far('bob');
    const slot = await server.far('6007');
    const root = await page();
    const calls = root.querySelector('sip-calls')!;
    await alice.pbx!.park(await talkTo('bob'), '07');
    await slot.client.disconnect();
    await press(calls, 'retrieve');
    await shows(calls, () => /6007 .*not/.test(part(calls, 'notice')?.innerText ?? ''));
    expect(part(calls, 'parked')).to.not.equal(null);
    await press(calls, 'forget');
    await shows(calls, () => part(calls, 'parked') === null);
  });

  it('transfer to the voicemail of a number', async () => {
    await server.far('bob');
    const box = await server.far('*99carol');
    const root = await page();
    const call = root.querySelector('sip-call')!;
    await talkTo('bob');
    await shows(call, () => deep(call, 'sip-transfer-button').length > 0);
    const field = (): HTMLInputElement | undefined => fieldIn(call, 'sip-transfer-panel');
    const [transfer] = deep(call, 'sip-transfer-button') as unknown as {show(): void}[];
    await shows(call, () => {
      transfer!.show();
      return !!field();
    });
    field()!.value = 'carol';
    await shows(call, () => deep(call, '[part=voicemail]').length === 1);
    deep(call, '[part=voicemail]')[0]!.click();
    await until(() => box.calls.length === 1);
    expect(numbers(box.calls)).to.deep.equal(['bob']);
  });

  it('forward, and say what was set here; say which code was refused, and what to do', async () => {
    const root = await page();
    const dialer = root.querySelector('sip-dialer')!;
    const form = await group(dialer, 'Call forwarding');
    expect(form.innerText).to.include('Not set here yet');
    button(form, 'Turn on').click();
    expect(form.querySelector('input')!.matches(':focus')).to.equal(true);
    form.querySelector('input')!.value = 'carol';
    button(form, 'Turn on').click();
    await shows(dialer, () => form.querySelector('[role=alert]') !== null);
    const notice = form.querySelector<HTMLElement>('[role=alert]')!.innerText;
    expect(notice).to.match(/\*72carol\S* was not found.*Ask your administrator/s);
    expect(form.innerText).to.include('Not set here yet');
    await isAccessible(dialer);
    const code = await server.far('*72carol');
    button(form, 'Turn on').click();
    await until(() => code.calls.length === 1);
    await shows(dialer, () => form.innerText.includes('Last set here: to carol,'));
    expect(form.querySelector('[role=alert]')).to.equal(null);
    await alice.disconnect();
    await shows(dialer, () => form.innerText.includes('Not set here yet'));
  });

  it('turn do not disturb on and off, and log into queues', async () => {
    const root = await page();
    const dialer = root.querySelector('sip-dialer')!;
    for (const [name, code, word, number, told] of [
      ['Do not disturb', '*78', 'Turn on', '', 'Last set here: on,'],
      ['Do not disturb', '*79', 'Turn off', '', 'Last set here: off,'],
      ['Queues', '*45400', 'Log in', '400', '400: Last set here: logged in,'],
      ['Queues', '*46400', 'Pause', '400', '400: Last set here: paused,'],
    ] as const) {
      const {calls} = await server.far(code);
      const form = deep<HTMLFormElement>(dialer, 'form.service').some((each) => each.checkVisibility())
        ? deep<HTMLFormElement>(dialer, 'form.service').find((each) => each.innerText.includes(name))!
        : await group(dialer, name);
      const field = form.querySelector('input');
      if (field) field.value = number;
      button(form, word).click();
      await until(() => calls.length === 1);
      await shows(dialer, () => form.innerText.includes(told));
      await alice.calls[0]?.hangup();
      await until(() => alice.calls.length === 0);
    }
    expect([...deep(dialer, 'form.service')].at(-1)!.querySelector('button[value=queueLogout]')).to.equal(
      null,
    );
  });

  it('play the voice messages by the code if the server names no number', async () => {
    const code = await server.far('*97');
    const root = await page();
    const dialer = root.querySelector('sip-dialer')!;
    await until(() => notifier.of('alice', 'message-summary').length > 0);
    notifier.tell('alice', 'message-summary', {
      body: 'Messages-Waiting: yes\r\nMessage-Account: sip:*98@elsewhere.test\r\nVoice-Message: 2/1\r\n',
    });
    await press(dialer, 'mailbox');
    await until(() => code.calls.length === 1);
    expect(numbers(code.calls)).to.deep.equal(['alice']);
  });
});
