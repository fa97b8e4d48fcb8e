import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipKeypadElement} from '../../../src/elements/controls/sip-keypad.js';
import {SipError} from '../../../src/errors.js';
import {listenToPage} from '../../support/in-page/ear.js';
import {isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';

describe('<sip-keypad>', () => {
  const ear = listenToPage();
  let client: StagedClient;
  let element: SipKeypadElement;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<div>
        <sip-client .client=${client}><sip-keypad></sip-keypad></sip-client><input aria-label="Note" />
      </div>`,
    );
    element = root.querySelector('sip-keypad')!;
  });

  afterEach(async () => {
    await client.disconnect();
    await until(() => ear.states().length === 0);
  });

  const key = (name: string): HTMLButtonElement =>
    element.shadowRoot!.querySelector<HTMLButtonElement>(`[data-key="${name}"]`)!;
  const sent = (): string => part(element, 'sent')!.textContent!;
  const waits = (): string =>
    [...element.shadowRoot!.querySelectorAll('.waits')].map(({textContent}) => textContent).join('');
  const said = (): string => element.shadowRoot!.querySelector('[role=status]')!.textContent!;

  async function talk(): Promise<Staged> {
    const staged = client.dial();
    staged.dialog.confirm();
    await shows(element, () => !key('1').hasAttribute('aria-disabled'));
    return staged;
  }

  it('says what it needs without a client, and without a call', async () => {
    const alone = await fixture<SipKeypadElement>(html`<sip-keypad></sip-keypad>`);
    expect(textOf(alone, '#hint')).to.contain('<sip-client>');
    await isAccessible(alone);
    expect(textOf(element, '#hint')).to.equal('No call');
    expect(element.shadowRoot!.querySelector('[part=keypad]')!.getAttribute('aria-describedby')).to.equal(
      'hint',
    );
    key('1').click();
    await element.updateComplete;
    expect(sent()).to.equal('');
    expect(ear.states()).to.deep.equal([]);
    await isAccessible(element);
  });

  it('waits for a call that rings, unless the other side speaks already', async () => {
    const {dialog} = client.dial();
    await shows(element, () => textOf(element, '#hint').includes('once connected'));
    key('1').click();
    expect(dialog.commands).to.deep.equal([]);
    dialog.set({media: {audio: 'sendrecv', video: 'inactive'}});
    await shows(element, () => !key('1').hasAttribute('aria-disabled'));
    key('1').click();
    expect(dialog.commands).to.deep.equal(['tones 1']);
  });

  it('sends what is pressed, and shows what has gone', async () => {
    const {dialog} = await talk();
    for (const name of ['1', '*', '0', '#']) key(name).click();
    await shows(element, () => sent() === '1*0#' && waits() === '');
    expect(dialog.commands).to.deep.equal(['tones 1', 'tones *', 'tones 0', 'tones #']);
    expect(element.shadowRoot!.querySelector<HTMLElement>('#hint')!.hidden).to.equal(true);
    await isAccessible(element);
  });

  it('shows what still waits to be sent, and takes away what could not be', async () => {
    const {dialog} = await talk();
    let release!: () => void;
    dialog.sendDtmf = () => new Promise((resolve) => (release = resolve));
    key('5').click();
    await shows(element, () => waits() === '5');
    await isAccessible(element);
    release();
    await shows(element, () => waits() === '' && sent() === '5');
    dialog.sendDtmf = async () => {
      throw new SipError('tones-refused', {subject: '1002'});
    };
    const failed = next(element, 'sip-error');
    key('6').click();
    expect((await failed).detail.error.code).to.equal('tones-refused');
    await shows(element, () => sent() === '5' && part(element, 'notice') !== null);
    expect(textOf(element, '[part=notice]')).to.contain('1002 does not accept DTMF tones');
    await isAccessible(element);
  });

  it('shows the last of many', async () => {
    await talk();
    for (let count = 0; count < 40; count += 1) key(String(count % 10)).click();
    await shows(element, () => sent() === '…67890123456789' && waits() === '');
  });

  it('takes the keyboard’s digits while the focus is inside, and no others', async () => {
    const {dialog} = await talk();
    element.focus();
    for (const press of ['1', '5', '#', '*', 'a', 'Tab']) await sendKeys({press});
    expect(document.activeElement).to.equal(document.querySelector('input'));
    await sendKeys({press: '7'});
    expect(dialog.commands).to.deep.equal(['tones 1', 'tones 5', 'tones #', 'tones *']);
    expect(document.querySelector('input')!.value).to.equal('7');
    element.focus();
    for (const modifier of ['Control', 'Alt', 'Meta']) {
      await sendKeys({down: modifier});
      element.shadowRoot!.activeElement!.dispatchEvent(
        new KeyboardEvent('keydown', {
          key: '2',
          bubbles: true,
          ctrlKey: modifier === 'Control',
          altKey: modifier === 'Alt',
          metaKey: modifier === 'Meta',
        }),
      );
      await sendKeys({up: modifier});
    }
    expect(dialog.commands).to.have.length(4);
  });

  it('is one stop of the keyboard; arrows go from key to key, and Enter presses', async () => {
    const {dialog} = await talk();
    element.focus();
    for (const press of ['ArrowRight', 'ArrowDown', 'Enter', ' ']) await sendKeys({press});
    expect(dialog.commands).to.deep.equal(['tones 5', 'tones 5']);
  });

  it('says each key once to a screen reader, the same one twice as well', async () => {
    await talk();
    key('#').click();
    await shows(element, () => said() === 'hash');
    key('7').click();
    await shows(element, () => said() === '7');
    key('7').click();
    await shows(element, () => said() === '7\u00a0');
    expect(part(element, 'sent')!.getAttribute('aria-live')).to.equal('off');
  });

  it('lets the key be heard here, unless it is silent', async () => {
    await talk();
    ear.lately();
    key('5').click();
    await until(() => ear.lately() > 0.03);
    await until(() => ear.states().every((state) => state === 'suspended'));
    element.silent = true;
    key('5').click();
    await shows(element, () => sent() === '55');
    expect(ear.states()).to.deep.equal(['suspended']);
  });

  it('begins anew with another call', async () => {
    const {call} = await talk();
    key('1').click();
    await shows(element, () => sent() === '1');
    await call.hangup();
    await shows(element, () => key('1').getAttribute('aria-disabled') === 'true');
    await talk();
    expect(sent()).to.equal('');
  });

  it('works beside a client that it names, and in the call that the page chooses', async () => {
    const {call, dialog} = await talk();
    await talk();
    element.call = call;
    await element.updateComplete;
    key('3').click();
    expect(dialog.commands.at(-1)).to.equal('tones 3');
    const root = await fixture(
      html`<div>
        <sip-client id="named" .client=${client}></sip-client><sip-keypad for="named"></sip-keypad>
      </div>`,
    );
    const beside = root.querySelector('sip-keypad')!;
    await shows(beside, () => !textOf(beside, '#hint').includes('sip-client'));
    await press(beside, 'key');
    await shows(beside, () => part(beside, 'sent')!.textContent === '1');
  });

  it('speaks Chinese, and is narrow and wide', async () => {
    element.lang = 'zh-CN';
    await shows(
      element,
      () => textOf(element, '#hint').includes('没有') || textOf(element, '#hint').includes('无'),
    );
    await talk();
    await shows(element, () => textOf(element, '#hint').includes('按键音发送'));
    key('#').click();
    await shows(element, () => said() === '井号');
    element.parentElement!.parentElement!.style.inlineSize = '240px';
    const panel = part(element, 'panel')!;
    expect(panel.scrollWidth).to.be.at.most(panel.clientWidth);
    for (const button of element.shadowRoot!.querySelectorAll('button'))
      expect(button.getBoundingClientRect().width).to.be.at.least(44);
  });
});
