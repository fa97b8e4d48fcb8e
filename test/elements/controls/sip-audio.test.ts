import {expect, fixture, html} from '@open-wc/testing';
import type {SipAudioElement} from '../../../src/elements/controls/sip-audio.js';
import {isAccessible, part, press, shows} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {picture, sound, StagedClient, type Staged} from '../../support/staged/staged-client.js';

describe('<sip-audio>', () => {
  let client: StagedClient;
  let element: SipAudioElement;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(html`<sip-client .client=${client}><sip-audio></sip-audio></sip-client>`);
    element = root.querySelector('sip-audio')!;
  });

  const audio = (): HTMLAudioElement => element.shadowRoot!.querySelector('audio')!;
  function answered(): Staged & {voice: MediaStreamTrack} {
    const staged = client.dial('video');
    const voice = sound();
    staged.dialog.confirm(true);
    staged.dialog.play(new MediaStream([voice, picture()]), new MediaStream([sound()]));
    return {...staged, voice};
  }

  it('plays the other side’s voice, with nothing to see, until the call is over', async () => {
    const {call, voice} = answered();
    await until(() => audio().srcObject !== null && !audio().paused);
    expect((audio().srcObject as MediaStream).getTracks()).to.deep.equal([voice]);
    expect(element.getBoundingClientRect().height).to.equal(0);
    await call.hangup();
    expect(audio().srcObject).to.equal(null);
  });

  it('goes on where it is moved, and ends where it is taken away', async () => {
    answered();
    await until(() => audio().srcObject !== null && !audio().paused);
    element.parentElement!.append(document.createElement('hr'), element);
    await until(() => !audio().paused);
    element.remove();
    await until(() => audio().srcObject === null);
  });

  it('is off until it is wanted, where it is silent', async () => {
    element.silent = true;
    answered();
    await shows(element, () => part(element, 'sound') !== null);
    expect([audio().muted, element.matches(':state(off)')]).to.deep.equal([true, true]);
    await isAccessible(element);
    await press(element, 'sound');
    await shows(element, () => part(element, 'sound') === null);
    expect([audio().muted, element.silent, element.matches(':state(off)')]).to.deep.equal([
      ...[false, false, false],
    ]);
  });

  it('offers a button where the browser refuses, which any gesture makes needless', async () => {
    const {play} = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('no gesture', 'NotAllowedError'));
    try {
      const {call} = answered();
      await shows(element, () => part(element, 'sound')?.textContent?.trim() === 'Turn sound on');
      await isAccessible(element);
      HTMLMediaElement.prototype.play = play;
      document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'a', bubbles: true}));
      await shows(element, () => part(element, 'sound') === null);
      expect([audio().paused, call.state.soundBlocked]).to.deep.equal([false, false]);
    } finally {
      HTMLMediaElement.prototype.play = play;
    }
  });
});
