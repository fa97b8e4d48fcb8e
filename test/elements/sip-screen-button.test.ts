import {expect, fixture, html} from '@open-wc/testing';
import type {SipScreenButtonElement} from '../../src/elements/sip-screen-button.js';
import {SipError} from '../../src/errors.js';
import {isAccessible, next, part, shows} from '../support/elements.js';
import {StagedClient, type Staged} from '../support/staged-client.js';

describe('<sip-screen-button>', () => {
  let client: StagedClient;
  let element: SipScreenButtonElement;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-screen-button></sip-screen-button></sip-client>`,
    );
    element = root.querySelector('sip-screen-button')!;
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
    expect(button().title).to.equal('Share the screen: No call');
    await isAccessible(element);
  });

  it('shares the screen and stops that', async () => {
    const {dialog} = await answered();
    element.click();
    await shows(element, () => name() === 'Stop sharing the screen');
    await isAccessible(element);
    element.click();
    await shows(element, () => name() === 'Share the screen');
    expect(dialog.commands).to.deep.equal(['share', 'stop sharing']);
  });

  it('tells of a refusal, but not of a choice that was given up', async () => {
    const {dialog} = await answered();
    const told: string[] = [];
    element.addEventListener('sip-error', ({detail}) => told.push(detail.error.code));
    dialog.failure = new SipError('screen-cancelled');
    element.click();
    await shows(element, () => dialog.failure === undefined);
    dialog.failure = new SipError('screen-refused');
    const error = next(element, 'sip-error');
    element.click();
    await error;
    expect(told).to.deep.equal(['screen-refused']);
  });

  it('says where the browser cannot share one', async () => {
    const {getDisplayMedia} = MediaDevices.prototype;
    Reflect.deleteProperty(MediaDevices.prototype, 'getDisplayMedia');
    try {
      client.dial().dialog.confirm();
      await shows(element, () => /cannot share the screen/.test(button().title));
      expect(disabled()).to.equal(true);
    } finally {
      MediaDevices.prototype.getDisplayMedia = getDisplayMedia;
    }
  });
});
