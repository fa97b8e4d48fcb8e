import {expect, fixture, html} from '@open-wc/testing';
import type {SipHangupButtonElement} from '../../src/elements/sip-hangup-button.js';
import {isAccessible, part, shows} from '../support/elements.js';
import {StagedClient, type Staged} from '../support/staged-client.js';

describe('<sip-hangup-button>', () => {
  let client: StagedClient;
  let element: SipHangupButtonElement;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-hangup-button></sip-hangup-button></sip-client>`,
    );
    element = root.querySelector('sip-hangup-button')!;
  });

  const button = (): HTMLElement => part(element, 'button')!;
  const disabled = (): boolean => button().getAttribute('aria-disabled') === 'true';
  async function answered(media: 'audio' | 'video' = 'audio'): Promise<Staged> {
    const staged = client.dial(media);
    staged.dialog.confirm(media === 'video');
    await shows(element, () => !disabled());
    return staged;
  }

  it('is accessible, and says why it cannot be pressed', async () => {
    expect(button().title).to.equal('Hang up: No call');
    await isAccessible(element);
    await answered();
    await isAccessible(element);
  });

  it('ends a call that stands', async () => {
    const {dialog} = await answered();
    element.click();
    await shows(element, disabled);
    expect(dialog.commands).to.deep.equal(['hangup']);
  });

  it('gives up a call on its way, and refuses one that rings', async () => {
    for (const begin of ['dial', 'ring'] as const) {
      const staged = client[begin]();
      await shows(element, () => !disabled());
      element.click();
      await shows(element, disabled);
      expect(staged.call.state.phase).to.equal('released');
    }
  });
});
