import {expect, fixture, html} from '@open-wc/testing';
import {emulateMedia} from '@web/test-runner-commands';
import {part, shows} from '../support/in-page/elements.js';
import {StagedClient} from '../support/staged/staged-client.js';

describe('the design tokens', () => {
  const color = (element: Element, name: string, property = 'backgroundColor'): string =>
    getComputedStyle(part(element, name)!)[property as 'backgroundColor'];

  it('have the page’s value where an ancestor gives one, and the element’s own before that', async () => {
    const client = await StagedClient.ready();
    const root = await fixture(
      html`<div class="page">
        <sip-client .client=${client}
          ><sip-dialer></sip-dialer><sip-dialer class="own"></sip-dialer
        ></sip-client>
      </div>`,
    );
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '.page { --sip-color-success: rgb(1, 2, 3) } .page .own { --sip-color-success: rgb(4, 5, 6) }',
    );
    document.adoptedStyleSheets.push(sheet);
    const [plain, own] = root.querySelectorAll('sip-dialer');
    await shows(own!, () => !part(own!, 'call')!.hasAttribute('aria-disabled'));
    for (const dialer of [plain!, own!])
      for (const animation of dialer.shadowRoot!.getAnimations()) animation.finish();
    expect(color(plain!, 'call')).to.equal('rgb(1, 2, 3)');
    expect(color(own!, 'call')).to.equal('rgb(4, 5, 6)');
    document.adoptedStyleSheets.pop();
  });

  it('are light or dark as the page’s color scheme says', async () => {
    const root = await fixture(html`<div><sip-dialer></sip-dialer></div>`);
    const dialer = root.querySelector('sip-dialer')!;
    const {style} = document.documentElement;
    const seen = ['light', 'dark'].map((scheme) => {
      style.colorScheme = scheme;
      return color(dialer, 'panel');
    });
    style.removeProperty('color-scheme');
    expect(seen).to.deep.equal(['rgb(255, 255, 255)', 'rgb(23, 27, 33)']);
  });

  it('make the stage dark in the light as soon as there is a call', async () => {
    const client = await StagedClient.ready();
    const root = await fixture(html`<sip-client .client=${client}><sip-call></sip-call></sip-client>`);
    const element = root.querySelector('sip-call')!;
    expect(color(element, 'stage')).to.equal('rgb(255, 255, 255)');
    client.dial();
    await shows(element, () => color(element, 'stage') === 'rgb(12, 15, 19)');
  });

  it('move nothing where a person asked for that', async function () {
    // Firefox takes it from its preferences alone.
    if (!navigator.userAgent.includes('Firefox')) await emulateMedia({reducedMotion: 'reduce'});
    const dialer = await fixture(html`<sip-dialer></sip-dialer>`);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const {transitionDuration} = getComputedStyle(part(dialer, 'key')!);
    expect(parseFloat(transitionDuration) === 0).to.equal(still);
    if (!navigator.userAgent.includes('Firefox')) await emulateMedia({reducedMotion: 'no-preference'});
  });
});
