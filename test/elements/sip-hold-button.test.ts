import {expect, fixture, html} from '@open-wc/testing';
import type {SipHoldButtonElement} from '../../src/elements/sip-hold-button.js';
import {SipError} from '../../src/errors.js';
import {isAccessible, next, part, shows} from '../support/elements.js';
import {StagedClient, type Staged} from '../support/staged-client.js';

describe('<sip-hold-button>', () => {
  let client: StagedClient;
  let element: SipHoldButtonElement;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-hold-button></sip-hold-button></sip-client>`,
    );
    element = root.querySelector('sip-hold-button')!;
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
    expect(button().title).to.equal('Hold: No call');
    await isAccessible(element);
  });

  it('holds and goes on, and says which it will do', async () => {
    const {dialog} = await answered();
    element.click();
    await shows(element, () => name() === 'Resume');
    expect(button().classList.contains('on')).to.equal(true);
    await isAccessible(element);
    element.click();
    await shows(element, () => name() === 'Hold');
    expect(dialog.commands).to.deep.equal(['hold', 'unhold']);
  });

  it('tells of a refusal, and shows what is', async () => {
    const {dialog} = await answered();
    dialog.failure = new SipError('not-acceptable');
    const told = next(element, 'sip-error');
    element.click();
    expect((await told).detail.error.code).to.equal('not-acceptable');
    expect(name()).to.equal('Hold');
  });
});
