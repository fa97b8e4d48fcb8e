import {expect, fixture, html} from '@open-wc/testing';
import type {SipCameraButtonElement} from '../../src/elements/sip-camera-button.js';
import {SipError} from '../../src/errors.js';
import {isAccessible, next, part, shows} from '../support/elements.js';
import {StagedClient, type Staged} from '../support/staged-client.js';

describe('<sip-camera-button>', () => {
  let client: StagedClient;
  let element: SipCameraButtonElement;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-camera-button></sip-camera-button></sip-client>`,
    );
    element = root.querySelector('sip-camera-button')!;
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
    expect(button().title).to.equal('Turn camera on: No call');
    await isAccessible(element);
  });

  it('turns the camera off and on', async () => {
    const {dialog} = await answered('video');
    expect(name()).to.equal('Turn camera off');
    element.click();
    await shows(element, () => name() === 'Turn camera on');
    expect(button().classList.contains('on')).to.equal(true);
    await isAccessible(element);
    element.click();
    await shows(element, () => name() === 'Turn camera off');
    expect(dialog.commands).to.deep.equal(['camera off', 'camera on']);
  });

  it('adds a picture to a call of sound alone, and to one that only receives', async () => {
    for (const video of ['inactive', 'recvonly'] as const) {
      const {dialog} = await answered();
      dialog.set({media: {audio: 'sendrecv', video}});
      await shows(element, () => name() === 'Turn camera on');
      expect(button().classList.contains('on')).to.equal(false);
      element.click();
      await shows(element, () => name() === 'Turn camera off');
      expect(dialog.commands).to.deep.equal(['media video']);
      await dialog.hangup();
    }
  });

  it('tells of a refusal', async () => {
    const {dialog} = await answered();
    dialog.failure = new SipError('media-refused');
    const told = next(element, 'sip-error');
    element.click();
    expect((await told).detail.error.code).to.equal('media-refused');
  });

  it('says that the screen is shown instead', async () => {
    const {dialog} = await answered('video');
    dialog.set({sharing: true});
    await shows(element, () => button().title === 'Turn camera off: Your screen is shown instead');
    expect(disabled()).to.equal(true);
  });
});
