import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipTransferButtonElement} from '../../../src/elements/controls/sip-transfer-button.js';
import {SipError} from '../../../src/errors.js';
import {deep, isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {becomes} from '../../support/in-page/facts.js';
import {person, StagedPeople} from '../../support/staged/staged-people.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';

describe('<sip-transfer-button>', () => {
  let client: StagedClient;
  let element: SipTransferButtonElement;

  beforeEach(async () => {
    client = new StagedClient({historyStorage: 'memory'});
    client.directoryService = new StagedPeople([], [person('1005', '王芳', ''), person('1006', '王力', '')]);
    await client.connect();
    await client.register();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-transfer-button></sip-transfer-button></sip-client>`,
    );
    element = root.querySelector('sip-transfer-button')!;
  });
  afterEach(() => client.disconnect());

  const button = (): HTMLElement => part(element, 'button')!;
  const dialog = (): HTMLDialogElement => part(element, 'dialog') as HTMLDialogElement;
  const field = (): HTMLInputElement => part(element, 'number') as HTMLInputElement;

  /** The element that has the focus, in whatever element it is. */
  const focused = (): Element | null => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  };
  const said = (): string => deep(element, '.body [role=status]')[0]?.innerText ?? '';
  const reason = (): string => part(element, 'notice')?.innerText ?? '';
  const options = (): string[] =>
    deep(element, '[role=option] .words').map(({innerText}) => innerText.trim().replace(/\s*\n\s*/g, ' '));

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
    await shows(element, () => focused() === field());
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
    expect(part(lonely, 'button')!.title).to.match(/inside a <sip-client>/);
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
    await shows(element, () => focused() === field());
    await isAccessible(element);
    await sendKeys({press: 'Escape'});
    expect(dialog().open).to.equal(false);
    expect(focused()).to.equal(button());
    await press(element, 'button');
    await press(element, 'close');
    expect(dialog().open).to.equal(false);
  });

  it('puts the call through to a number, tells how far it has come, and closes', async () => {
    const {call, dialog: wire} = await transferring(' 1003');
    expect(wire.commands).to.deep.equal(['hold', 'transfer 1003']);
    expect(said()).to.equal('Transferring…');
    wire.referred!.tell(100);
    await shows(element, () => said() === 'Calling 1003…');
    wire.referred!.tell(180);
    await shows(element, () => said() === 'Ringing 1003…');
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
    await shows(element, () => focused() === field());
    await sendKeys({type: '1003'});
    await sendKeys({press: 'Enter'});
    await shows(element, () => wire.commands.includes('transfer 1003'));
  });

  it('finds people by name in the directory and the history, and transfers to the one chosen', async () => {
    const {dialog: wire} = await opened();
    expect(field().getAttribute('aria-expanded')).to.equal('false');
    const [status] = deep(element, '.found + [role=status]');
    await sendKeys({type: '王'});
    await shows(element, () => options().join() === '王芳 1005,王力 1006');
    expect(status!.innerText).to.equal('2 people found');
    await isAccessible(element);
    await sendKeys({press: 'ArrowDown'});
    await sendKeys({press: 'ArrowDown'});
    const id = field().getAttribute('aria-activedescendant')!;
    expect(deep(element, `#${id}`)[0]!.innerText).to.contain('王力');
    await sendKeys({press: 'Enter'});
    expect([field().value, options().length]).to.deep.equal(['王力', 0]);
    await press(element, 'transfer');
    await shows(element, () => wire.commands.includes('transfer 1006'));
  });

  it('suggests the people called last, and takes a whole name, but no part of one that may be a number', async () => {
    const before = await answered({number: '1007', name: 'Anna Novak'});
    await before.call.hangup();
    const {dialog: wire} = await opened();
    await shows(element, () => options().includes('Anna Novak 1007'));
    field().value = 'novak';
    await press(element, 'transfer');
    await shows(element, () => options().length === 1 && focused() === field());
    expect(wire.commands.some((what) => what.startsWith('transfer'))).to.equal(false);
    field().value = 'anna novak';
    await press(element, 'transfer');
    await shows(element, () => wire.commands.includes('transfer 1007'));
  });

  it('asks which of several is meant', async () => {
    const {dialog: wire} = await opened();
    field().value = '王';
    await press(element, 'transfer');
    await shows(element, () => options().length === 2 && focused() === field());
    expect(wire.commands.some((what) => what.startsWith('transfer'))).to.equal(false);
  });

  it('calls the target first, and leaves the transfer to the user', async () => {
    const {call} = await opened();
    field().value = '1003';
    await press(element, 'consult');
    await shows(element, () => client.calls.length === 2 && !dialog().open);
    const consultation = client.calls[1]!;
    expect([call.state.held, consultation.state.consultationFor]).to.deep.equal([true, call.id]);
    expect(client.asked.at(-1)).to.equal('call 1003 audio');
  });

  it('says in the dialog why the consultation came to nothing', async () => {
    const {call} = await opened();
    client.failure = new SipError('number-offline', {subject: '1003'});
    field().value = '1003';
    await press(element, 'consult');
    await shows(element, () => reason().includes('1003 is not reachable'));
    expect([dialog().open, call.state.held]).to.deep.equal([true, false]);
  });

  it('connects the call with another one', async () => {
    const other = await answered({number: '1004', name: ''});
    const {call, dialog: wire} = await opened();
    await shows(element, () => part(element, 'target') !== null);
    expect(part(element, 'target')!.title).to.equal('Transfer to 1004');
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
    await shows(element, () => reason().includes('1003 is busy'));
    expect([call.state.phase, call.state.held]).to.deep.equal(['answered', false]);
    await isAccessible(element);
    field().value = '???';
    await press(element, 'transfer');
    await shows(element, () => reason().includes('“???” is not a valid number'));
    field().value = '1005';
    await press(element, 'transfer');
    await shows(element, () => wire.commands.includes('transfer 1005'));
  });

  it('opens again where it was closed and the transfer came to nothing', async () => {
    const {dialog: wire} = await transferring();
    await press(element, 'close');
    expect(button().getAttribute('class')).to.include('on');
    wire.referred!.end(new SipError('declined', {subject: '1003', status: 603}));
    await shows(element, () => dialog().open && reason().includes('1003 declined'));
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
    await shows(element, () => textOf(element, 'h2') === '将 李雷 转接给…');
  });
});
