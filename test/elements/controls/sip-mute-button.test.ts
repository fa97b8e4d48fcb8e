import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {isAccessible, shows} from '../../support/in-page/elements.js';
import {stagedControl} from '../../support/staged/staged-control.js';

describe('<sip-mute-button>', () => {
  const control = stagedControl('sip-mute-button');
  const {answered, button, name} = control;

  it('is accessible, and says why it cannot be pressed', async () => {
    expect(button().title).to.equal('Mute: No call');
    await isAccessible(control.element);
    control.client.dial();
    await shows(control.element, () => button().title === 'Mute: Available once connected');
    await isAccessible(control.element);
  });

  it('mutes and unmutes, and says which it will do', async () => {
    const {dialog} = await answered();
    control.element.click();
    await shows(control.element, () => name() === 'Unmute');
    expect(button().classList.contains('on')).to.equal(true);
    await isAccessible(control.element);
    button().click();
    await shows(control.element, () => name() === 'Mute');
    expect(dialog.commands).to.deep.equal(['mute', 'unmute']);
  });

  it('is on while no microphone can be opened, and tries again', async () => {
    const {dialog} = await answered();
    dialog.set({warning: 'microphone-refused'});
    await shows(control.element, () => name() === 'Unmute');
    expect(button().classList.contains('on')).to.equal(true);
    const failed = oneEvent(control.element, 'sip-error');
    control.element.click();
    expect((await failed).detail.error.code).to.equal('microphone-refused');
    expect(dialog.commands).to.deep.equal(['unmute', 'microphone']);
    dialog.set({warning: 'microphone-replaced'});
    await shows(control.element, () => name() === 'Mute');
  });

  it('says what it does in words where it is labelled, and tells its keys', async () => {
    await answered();
    control.element.labelled = true;
    control.element.shortcut = 'Alt+M';
    await shows(control.element, () => button().textContent!.trim() === 'Mute');
    expect([name(), button().title]).to.deep.equal([null, 'Mute (Alt+M)']);
    expect(button().getAttribute('aria-keyshortcuts')).to.equal('Alt+M');
    await isAccessible(control.element);
  });

  it('is as wide as its button, in a row with others', async () => {
    expect(control.element.getBoundingClientRect().width).to.equal(44);
    expect(button().getBoundingClientRect().height).to.equal(44);
  });

  it('controls the call that it is given', async () => {
    const first = await answered();
    const second = await answered();
    control.element.call = first.call;
    await control.element.updateComplete;
    control.element.click();
    await shows(control.element, () => first.dialog.state.muted);
    expect(second.dialog.state.muted).to.equal(false);
  });

  it('works beside the client that it names', async () => {
    const there = await fixture(
      html`<div>
        <sip-client id="there" .client=${control.client}></sip-client
        ><sip-mute-button for="there"></sip-mute-button>
      </div>`,
    );
    control.element = there.querySelector('sip-mute-button')!;
    const {dialog} = await answered();
    control.element.click();
    await shows(control.element, () => dialog.state.muted);
  });
});
