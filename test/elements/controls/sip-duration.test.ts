import {expect, fixture, html} from '@open-wc/testing';
import type {SipDurationElement} from '../../../src/elements/controls/sip-duration.js';
import {isAccessible, part, shows} from '../../support/in-page/elements.js';
import {sound, StagedClient} from '../../support/staged/staged-client.js';

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
    await shows(element, () => /^0:0\d$/.test(time() ?? ''));
    await isAccessible(element);
    await shows(element, () => /^0:0[1-9]$/.test(time() ?? ''));
    expect(element.seconds).to.be.at.least(1);
    await dialog.hangup();
    await shows(element, () => time() === undefined);
  });

  it('counts on whoever sets the computer’s clock, and so does the history', async () => {
    client.history.clear();
    const {dialog, call} = client.dial();
    dialog.confirm();
    // A fact that stays: a busy page may miss the one second of "0:01".
    await shows(element, () => (element.seconds ?? 0) >= 1);
    const {now} = Date;
    try {
      for (const shift of [-3_600_000, 3_600_000]) {
        Date.now = () => now() + shift;
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        await element.updateComplete;
        expect(element.seconds).to.be.within(2, 10);
      }
      await dialog.hangup();
      expect(client.history.entries[0]!.duration).to.be.within(3, 10);
      expect(call.duration! / 1000).to.be.within(3, 10);
    } finally {
      Date.now = now;
    }
  });

  it('shows the same everywhere, in the letters around it', async () => {
    client.dial().dialog.confirm();
    const other = root.querySelector<SipDurationElement>('sip-duration:last-of-type')!;
    root.querySelector('p')!.style.font = '700 33px monospace';
    await shows(element, () => /^0:0[1-9]$/.test(time() ?? '') && time(other) === time());
    expect(getComputedStyle(part(element, 'time')!).fontSize).to.equal('33px');
  });

  it('shows how long it is being recorded', async () => {
    const recording = root.querySelector<SipDurationElement>('[of=recording]')!;
    const {dialog, call} = client.dial();
    dialog.confirm();
    dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
    await shows(element, () => /^0:0[1-9]$/.test(time() ?? ''));
    expect(time(recording)).to.equal(undefined);
    await call.startRecording();
    await shows(recording, () => /^0:0\d$/.test(time(recording) ?? ''));
    await call.stopRecording();
    await shows(recording, () => time(recording) === undefined);
  });
});
