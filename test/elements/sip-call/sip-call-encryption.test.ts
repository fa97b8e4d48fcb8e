import {expect, fixture, html} from '@open-wc/testing';
import type {EncryptionState} from '../../../src/core/types.js';
import type {SipCallElement} from '../../../src/elements/sip-call/sip-call.js';
import {isAccessible, part, press, shows} from '../../support/in-page/elements.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';

describe('the lock of <sip-call>', () => {
  let element: SipCallElement;
  let staged: Staged;

  beforeEach(async () => {
    const client = await StagedClient.ready();
    const root = await fixture(html`<sip-client .client=${client}><sip-call></sip-call></sip-client>`);
    element = root.querySelector('sip-call')!;
    staged = client.dial('audio');
    staged.dialog.confirm();
  });

  const lock = (): HTMLElement | null => part(element, 'encryption');
  async function says(encryption: EncryptionState, word: string): Promise<void> {
    staged.dialog.set({encryption});
    await shows(element, () => lock()?.textContent?.trim() === word);
  }

  it('is not there unless the page asks for encryption', async () => {
    await shows(element, () => part(element, 'mute') !== null);
    expect(lock()).to.equal(null);
  });

  it('is closed only while what arrives is decrypted', async () => {
    staged.dialog.set({encryption: {phase: 'exchanging'}});
    await shows(element, () => lock() !== null);
    const drawing = (): string => lock()!.querySelector('svg')!.innerHTML;
    const open = drawing();
    await says({phase: 'none'}, 'Not encrypted');
    expect(drawing()).to.equal(open);
    await says({phase: 'unverified', code: '048213'}, 'Encrypted');
    const closed = drawing();
    expect(closed).to.not.equal(open);
    await says({phase: 'verified', code: '048213'}, 'Verified');
    expect(drawing()).to.equal(closed);
    await says({phase: 'failed'}, 'Cannot decrypt');
    expect(drawing()).to.equal(open);
  });

  it('opens the code, which the user reads aloud and confirms', async () => {
    staged.dialog.set({encryption: {phase: 'unverified', code: '048213'}});
    await shows(element, () => lock() !== null);
    await press(element, 'encryption');
    const details = part(element, 'encryption-details')!;
    expect(details.matches(':popover-open')).to.equal(true);
    expect(details.innerText).to.include('048 213');
    await isAccessible(element);
    await press(element, 'encryption-verify');
    await shows(element, () => !details.matches(':popover-open'));
    staged.dialog.set({encryption: {phase: 'verified', code: '048213'}});
    await shows(element, () => part(element, 'encryption-verify') === null);
  });
});
