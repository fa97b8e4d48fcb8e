import {expect, fixture, html} from '@open-wc/testing';
import type {SipDurationElement} from '../../src/elements/sip-duration.js';
import {isAccessible, part, shows} from '../support/in-page/elements.js';
import {sound, StagedClient} from '../support/staged/staged-client.js';

describe('<sip-duration>', () => {
  let client: StagedClient;
  let root: Element;
  let element: SipDurationElement;

  beforeEach(async () => {
    client = await StagedClient.ready();
    root = await fixture(
      html`<sip-client .client=${client}
        ><p>
          <sip-duration></sip-duration> <sip-duration of="recording"></sip-duration>
          <sip-duration></sip-duration></p
      ></sip-client>`,
    );
    element = root.querySelector('sip-duration')!;
  });

  const time = (of: Element = element): string | undefined => part(of, 'time')?.textContent ?? undefined;

  it('shows how long the call stands, and nothing before and after', async () => {
    const {dialog} = client.dial();
    await element.updateComplete;
    expect([time(), element.seconds]).to.deep.equal([undefined, undefined]);
    dialog.confirm();
    await shows(element, () => time() === '0:00');
    await isAccessible(element);
    await shows(element, () => time() === '0:01');
    expect(element.seconds).to.equal(1);
    await dialog.hangup();
    await shows(element, () => time() === undefined);
  });

  it('shows the same everywhere, in the letters around it', async () => {
    client.dial().dialog.confirm();
    const other = root.querySelector<SipDurationElement>('sip-duration:last-of-type')!;
    root.querySelector('p')!.style.font = '700 33px monospace';
    await shows(other, () => time(other) === '0:01');
    await shows(element, () => time() === '0:01');
    expect(getComputedStyle(part(element, 'time')!).fontSize).to.equal('33px');
  });

  it('shows how long it is being recorded', async () => {
    const recording = root.querySelector<SipDurationElement>('[of=recording]')!;
    const {dialog, call} = client.dial();
    dialog.confirm();
    dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
    await shows(element, () => time() === '0:01');
    expect(time(recording)).to.equal(undefined);
    await call.startRecording();
    await shows(recording, () => time(recording) === '0:00');
    await call.stopRecording();
    await shows(recording, () => time(recording) === undefined);
  });
});
