import {expect, fixture, html} from '@open-wc/testing';
import {LocalizeController} from '../../../src/controllers/localize-controller.js';
import type {SipCallElement} from '../../../src/elements/sip-call/sip-call.js';
import {SmallPhone} from '../../../src/elements/sip-call/small-phone.js';
import {next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {forgiveLayout} from '../../support/in-page/forgive-layout.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';

describe('<sip-call> in two windows', () => {
  const george = {number: '1005', name: ''};
  let element: SipCallElement;
  let other: SipCallElement;
  let small: SmallPhone;
  let frame: HTMLIFrameElement;
  let staged: Staged;

  beforeEach(async () => {
    window.addEventListener('error', forgiveLayout, {capture: true});
    const client = await StagedClient.ready();
    const root = await fixture(html`<sip-client .client=${client}><sip-call></sip-call></sip-client>`);
    element = root.querySelector('sip-call')!;
    staged = client.dial('audio');
    staged.dialog.confirm(false);
    await shows(element, () => part(element, 'controls') !== null);
    frame = document.body.appendChild(document.createElement('iframe'));
    Object.assign(frame, {width: 360, height: 300});
    const localize = new LocalizeController(element);
    small = new SmallPhone(frame.contentWindow!, {host: element, localize, client, call: staged.call});
    other = frame.contentDocument!.querySelector('sip-call')!;
    await shows(other, () => other.call === staged.call);
  });
  afterEach(() => {
    small.end();
    frame.remove();
    window.removeEventListener('error', forgiveLayout, {capture: true});
  });

  const asks = (each: SipCallElement): Promise<void> =>
    shows(each, () => textOf(each).includes('wants to transfer you to 1005.'));
  const isSilent = (each: SipCallElement): Promise<void> => shows(each, () => part(each, 'notice') === null);

  it('asks in both what the other side asks, until it is answered in one of them', async () => {
    for (const [pressed, agreed] of [
      [other, true],
      [element, false],
    ] as const) {
      const asked = staged.dialog.ask(george);
      await Promise.all([asks(element), asks(other)]);
      await press(pressed, agreed ? 'accept' : 'refuse');
      expect(await asked).to.equal(agreed);
      await Promise.all([isSilent(element), isSilent(other)]);
    }
  });

  it('asks on in the page where the small window is closed', async () => {
    const asked = staged.dialog.ask(george);
    await asks(element);
    small.end();
    await press(element, 'accept');
    expect(await asked).to.equal(true);
  });

  it('tells the page of a photo that is taken in the small window', async () => {
    const event = {detail: {call: staged.call, blob: new Blob(), name: 'x.png'}, cancelable: true};
    const told = next(element, 'sip-photo');
    expect(other.dispatchEvent(new CustomEvent('sip-photo', event))).to.equal(true);
    expect((await told).detail).to.equal(event.detail);
    element.addEventListener('sip-photo', (photo) => photo.preventDefault());
    expect(other.dispatchEvent(new CustomEvent('sip-photo', event))).to.equal(false);
  });
});
