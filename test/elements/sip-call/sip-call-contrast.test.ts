import {expect, fixture, html} from '@open-wc/testing';
import type {SipCallElement} from '../../../src/elements/sip-call/sip-call.js';
import {contrastOf, edgeContrastOf} from '../../support/in-page/contrast.js';
import {deep, part, press, shows} from '../../support/in-page/elements.js';
import {paintedPicture, type Colour, type PaintedPicture} from '../../support/in-page/painted-picture.js';
import {sound, StagedClient} from '../../support/staged/staged-client.js';

const PICTURES: readonly [string, Colour][] = [
  ['white', [255, 255, 255]],
  ['black', [0, 0, 0]],
  ['grey', [128, 128, 128]],
];

/** One that is pressed, one that is not, and the red one: the others look like these. */
const CONTROLS = ['mute', 'camera', 'hangup'];

for (const [color, rgb] of PICTURES)
  describe(`<sip-call> over a ${color} picture`, () => {
    let element: SipCallElement;
    let painted: PaintedPicture;

    beforeEach(async () => {
      const client = await StagedClient.ready();
      const root = await fixture<HTMLElement>(
        html`<sip-client .client=${client} lang="en"><sip-call></sip-call></sip-client>`,
      );
      element = root.querySelector('sip-call')!;
      element.style.setProperty('--sip-call-fit', 'cover');
      element.style.width = '48rem';
      painted = paintedPicture(rgb);
      const {dialog} = client.dial('video');
      dialog.confirm(true);
      dialog.play(new MediaStream([painted.track, sound()]));
      await shows(element, () => element.shadowRoot!.querySelector('.remote.playing') !== null);
    });
    afterEach(() => painted.stop());

    const found = (selector: string): Element => deep(element, selector)[0]!;

    it('names, times and signs are legible', async () => {
      for (const selector of ['.top > .line', '.chip:has(sip-duration)'])
        expect(await contrastOf(found(selector)), selector).to.be.at.least(4.5);
      expect(await contrastOf(part(element, 'small-window')!), 'small window').to.be.at.least(3);
    });

    it('icons and edges of the controls stand out, pressed or not', async () => {
      await press(element, 'mute');
      await shows(element, () => part(element, 'mute')!.classList.contains('on'));
      for (const name of CONTROLS) {
        expect(await contrastOf(part(element, name)!), `the icon of ${name}`).to.be.at.least(3);
        expect(await edgeContrastOf(part(element, name)!), `the edge of ${name}`).to.be.at.least(3);
      }
    });
  });
