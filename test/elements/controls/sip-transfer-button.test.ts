import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipTransferButtonElement} from '../../../src/elements/controls/sip-transfer-button.js';
import {SipError} from '../../../src/errors.js';
import {isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {becomes} from '../../support/in-page/facts.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';

describe('<sip-transfer-button>', () => {
  let client: StagedClient;
  let element: SipTransferButtonElement;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-transfer-button></sip-transfer-button></sip-client>`,
    );
    element = root.querySelector('sip-transfer-button')!;
  });
  afterEach(() => client.disconnect());

  const button = (): HTMLElement => part(element, 'button')!;
  const dialog = (): HTMLDialogElement => part(element, 'dialog') as HTMLDialogElement;
  const field = (): HTMLInputElement => part(element, 'number') as HTMLInputElement;

  async function answered(remote = {number: '1002', name: '李雷'}): Promise<Staged> {
    const staged = client.dial('audio', remote);
    staged.dialog.confirm();
    await shows(element, () => !button().hasAttribute('aria-disabled'));
    return staged;
  }
  async function opened(): Promise<Staged> {
    const staged = await answered();
    await press(element, 'button');
    expect(dialog().open).to.equal(true);
    return staged;
  }
  async function transferring(number = '1003'): Promise<Staged> {
    const staged = await opened();
    field().value = number;
    await press(element, 'transfer');
    await becomes(staged.call, ({transfer}) => transfer !== undefined);
    await shows(element, () => !part(element, 'number') && !!staged.dialog.referred);
    return staged;
  }

  it('says why it cannot be pressed', async () => {
    expect(button().title).to.equal('Transfer: No call');
    client.dial();
    await shows(element, () => button().title === 'Transfer: Available once connected');
    button().click();
    expect(dialog().open).to.equal(false);
    await isAccessible(element);
    const lonely = await fixture(html`<sip-transfer-button></sip-transfer-button>`);
    expect(part(lonely, 'button')!.title).to.match(/works inside a <sip-client>/);
  });

  it('works in a <sip-call> beside its client', async () => {
    const beside = new StagedClient();
    const root = await fixture<HTMLElement>(
      html`<div>
        <sip-call for="beside"></sip-call>
        <sip-client id="beside" .client=${beside}></sip-client>
      </div>`,
    );
    const inner = (): SipTransferButtonElement =>
      root.querySelector('sip-call')!.shadowRoot!.querySelector('sip-transfer-button')!;
    await beside.connect();
    beside.dial().dialog.confirm();
    await shows(root.querySelector('sip-call')!, () => !!inner());
    await shows(inner(), () => !part(inner(), 'button')!.hasAttribute('aria-disabled'));
    await press(inner(), 'button');
    expect((part(inner(), 'dialog') as HTMLDialogElement).open).to.equal(true);
    await beside.disconnect();
  });

  it('opens a dialog at its number field, and gives the focus back', async () => {
    await answered();
    element.focus();
    await press(element, 'button');
    expect(textOf(element, 'h2')).to.equal('Transfer 李雷');
    expect(element.shadowRoot!.activeElement).to.equal(field());
    await isAccessible(element);
    await sendKeys({press: 'Escape'});
    expect(dialog().open).to.equal(false);
    expect(element.shadowRoot!.activeElement).to.equal(button());
    await press(element, 'button');
    await press(element, 'close');
    expect(dialog().open).to.equal(false);
  });

  it('puts the call through to a number, tells how far it has come, and closes', async () => {
    const {call, dialog: wire} = await transferring(' 1003');
    expect(wire.commands).to.deep.equal(['hold', 'transfer 1003']);
    expect(textOf(element, '[role=status]')).to.equal('Transferring…');
    wire.referred!.tell(100);
    await shows(element, () => textOf(element, '[role=status]') === 'Calling 1003…');
    wire.referred!.tell(180);
    await shows(element, () => textOf(element, '[role=status]') === 'Ringing 1003…');
    await isAccessible(element);
    wire.referred!.end();
    await becomes(call, ({phase}) => phase === 'released');
    await shows(element, () => !dialog().open);
    expect(wire.commands.at(-1)).to.equal('hangup');
  });

  it('works by keyboard alone', async () => {
    const {dialog: wire} = await answered();
    element.focus();
    await sendKeys({press: 'Enter'});
    await sendKeys({type: '1003'});
    await sendKeys({press: 'Enter'});
    await shows(element, () => wire.commands.includes('transfer 1003'));
  });

  it('connects the call with another one', async () => {
    const other = await answered({number: '1004', name: ''});
    const {call, dialog: wire} = await opened();
    await shows(element, () => part(element, 'target') !== null);
    expect(part(element, 'target')!.title).to.equal('Connect with 1004');
    await isAccessible(element);
    await press(element, 'target');
    await shows(element, () => wire.commands.includes('transfer to 1004'));
    wire.referred!.end();
    await Promise.all([call, other.call].map((one) => becomes(one, ({phase}) => phase === 'released')));
  });

  it('says why it came to nothing, and lets it be tried again', async () => {
    const {call, dialog: wire} = await transferring();
    const told = next(element, 'sip-error');
    wire.referred!.end(new SipError('busy', {subject: '1003', status: 486}));
    expect((await told).detail.error.code).to.equal('busy');
    await shows(element, () => textOf(element, '[part=notice]').includes('1003 is busy'));
    expect([call.state.phase, call.state.held]).to.deep.equal(['answered', false]);
    await isAccessible(element);
    field().value = '???';
    await press(element, 'transfer');
    await shows(element, () => textOf(element, '[part=notice]').includes('“???” is not a valid number'));
    field().value = '1005';
    await press(element, 'transfer');
    await shows(element, () => wire.commands.includes('transfer 1005'));
  });

  it('opens again where it was closed and the transfer came to nothing', async () => {
    const {dialog: wire} = await transferring();
    await press(element, 'close');
    expect(button().getAttribute('class')).to.include('on');
    wire.referred!.end(new SipError('declined', {subject: '1003', status: 603}));
    await shows(element, () => dialog().open && textOf(element, '[part=notice]').includes('1003 declined'));
  });

  it('closes with the call, and asks nothing of an empty field', async () => {
    const {call, dialog: wire} = await opened();
    await press(element, 'transfer');
    expect(wire.commands).to.deep.equal([]);
    await call.hangup();
    await shows(element, () => !dialog().open);
  });

  it('speaks Chinese', async () => {
    element.lang = 'zh';
    await opened();
    await shows(element, () => textOf(element, 'h2') === '转接 李雷');
  });
});
