import {expect, fixture, html} from '@open-wc/testing';
import {emulateMedia} from '@web/test-runner-commands';
import {inner} from '../../../src/elements/shared/calls/sound-settings.js';
import {defineInner} from '../../../src/elements/shared/define-inner.js';
import {isAccessible, shows} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient, type StagedDialog} from '../../support/staged/staged-client.js';

/** Resolves after the browser has drawn twice. */
const frames = (): Promise<unknown> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

describe('the level meter of a call', () => {
  let client: StagedClient;
  let dialog: StagedDialog;
  let box: HTMLElement;
  /** How often the level was asked for. */
  let questions: number;
  let level: number;

  const settings = (): Element => box.firstElementChild!;
  const meter = (): HTMLMeterElement => settings().shadowRoot!.querySelector('meter')!;
  const reads = (value: number): Promise<void> => until(() => Math.abs(meter().value - value) < 0.001);

  beforeEach(async () => {
    questions = level = 0;
    client = await StagedClient.ready();
    const staged = client.dial('audio');
    dialog = staged.dialog;
    dialog.confirm();
    Object.defineProperty(dialog, 'level', {
      get() {
        questions += 1;
        return level;
      },
    });
    defineInner(inner);
    box = await fixture(html`<div><sip-sound-settings .call=${staged.call}></sip-sound-settings></div>`);
    await shows(settings(), () => meter() !== null);
  });
  afterEach(async () => {
    await emulateMedia({reducedMotion: 'no-preference'});
    await client.disconnect();
  });

  it('shows what arrives in decibels, from −60 dB on, also if the user has silenced it', async () => {
    expect(meter().labels![0]!.textContent).to.equal('Incoming level');
    await isAccessible(settings());
    level = 1;
    await reads(1);
    level = 0.1;
    await reads(40 / 60);
    await client.state.calls[0]!.silence();
    level = 0.01;
    await reads(20 / 60);
    level = 0;
    await reads(0);
  });

  const HIDDEN = {
    'it is not displayed': () => (box.hidden = true),
    'it is scrolled out of view': () => box.style.setProperty('margin-block-start', '500vh'),
    'it leaves the page': () => box.remove(),
  };
  for (const [what, hide] of Object.entries(HIDDEN))
    it(`measures nothing while ${what}`, async () => {
      await until(() => questions > 2);
      hide();
      let before: number;
      do {
        before = questions;
        await frames();
        await frames();
      } while (questions > before);
    });

  it('changes once a second, to the loudest level since, for users who prefer reduced motion', async () => {
    await emulateMedia({reducedMotion: 'reduce'});
    level = 0.1;
    await reads(40 / 60);
    level = 1;
    await frames();
    level = 0;
    await reads(1);
    const shownAt = performance.now();
    await reads(0);
    expect(performance.now() - shownAt).to.be.greaterThan(500);
  });
});
