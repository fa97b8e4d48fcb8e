import {expect, fixture, html} from '@open-wc/testing';
import type {SipMuteButtonElement} from '../../src/elements/sip-mute-button.js';
import {isAccessible, part, shows} from '../support/elements.js';
import {StagedClient, type Staged} from '../support/staged-client.js';

describe('<sip-mute-button>', () => {
  let client: StagedClient;
  let element: SipMuteButtonElement;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-mute-button></sip-mute-button></sip-client>`,
    );
    element = root.querySelector('sip-mute-button')!;
  });

  const button = (): HTMLElement => part(element, 'button')!;
  const name = (): string | null => button().getAttribute('aria-label');
  const disabled = (): boolean => button().getAttribute('aria-disabled') === 'true';
  async function answered(media: 'audio' | 'video' = 'audio'): Promise<Staged> {
    const staged = client.dial(media);
    staged.dialog.confirm(media === 'video');
    await shows(element, () => !disabled());
    return staged;
  }

  it('is accessible, and says why it cannot be pressed', async () => {
    expect(button().title).to.equal('Mute: No call');
    await isAccessible(element);
    client.dial();
    await shows(element, () => button().title === 'Mute: Possible once the call stands');
    await isAccessible(element);
  });

  it('mutes and unmutes, and says which it will do', async () => {
    const {dialog} = await answered();
    element.click();
    await shows(element, () => name() === 'Unmute');
    expect(button().classList.contains('on')).to.equal(true);
    await isAccessible(element);
    button().click();
    await shows(element, () => name() === 'Mute');
    expect(dialog.commands).to.deep.equal(['mute', 'unmute']);
  });

  it('says what it does in words where it is labelled, and tells its keys', async () => {
    await answered();
    element.labelled = true;
    element.shortcut = 'Alt+M';
    await shows(element, () => button().textContent!.trim() === 'Mute');
    expect([name(), button().title]).to.deep.equal([null, 'Mute (Alt+M)']);
    expect(button().getAttribute('aria-keyshortcuts')).to.equal('Alt+M');
    await isAccessible(element);
  });

  it('is as wide as its button, in a row with others', async () => {
    expect(element.getBoundingClientRect().width).to.equal(44);
    expect(button().getBoundingClientRect().height).to.equal(44);
  });

  it('controls the call that it is given', async () => {
    const first = await answered();
    const second = await answered();
    element.call = first.call;
    await element.updateComplete;
    element.click();
    await shows(element, () => first.dialog.state.muted);
    expect(second.dialog.state.muted).to.equal(false);
  });

  it('works beside the client that it names', async () => {
    const there = await fixture(
      html`<div>
        <sip-client id="there" .client=${client}></sip-client><sip-mute-button for="there"></sip-mute-button>
      </div>`,
    );
    element = there.querySelector('sip-mute-button')!;
    const {dialog} = await answered();
    element.click();
    await shows(element, () => dialog.state.muted);
  });
});
