import {expect, fixture, html} from '@open-wc/testing';
import {SipError} from '../../../src/errors.js';
import {registerIcons} from '../../../src/elements/shared/icons/register-icons.js';
import {deep, isAccessible, part, shows} from '../../support/in-page/elements.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const BAR = 'M4 12h16';

/** The data of an icon's paths. */
const paths = (element: Element): (string | null)[] =>
  deep<SVGPathElement>(element, 'svg.icon path').map((path) => path.getAttribute('d'));

describe('icons', () => {
  let client: StagedClient;
  beforeEach(async () => (client = await StagedClient.ready()));

  it('are replaced in elements that are shown, and restored', async () => {
    const dialer = await fixture(
      html`<sip-client .client=${client}><sip-dialer></sip-dialer></sip-client>`,
    ).then((root) => root.querySelector('sip-dialer')!);
    // Its menu is loaded late.
    await shows(dialer, () => part(dialer, 'more') !== null && paths(dialer).length > 0);
    const before = paths(dialer);
    registerIcons({phone: BAR, video: {path: 'M0 0h512v512H0z', viewBox: '0 0 512 512', filled: true}});
    await shows(dialer, () => paths(dialer).includes(BAR));
    await isAccessible(dialer);
    const [inner] = deep<SVGSVGElement>(dialer, 'svg.icon svg[viewBox="0 0 512 512"]');
    // It fills its icon.
    const [drawn, icon] = [inner!, inner!.closest('.icon')!].map((each) => each.getBoundingClientRect());
    expect(drawn!.width).to.be.closeTo(icon!.width, 1).and.above(10);
    registerIcons({phone: null, video: null});
    await shows(dialer, () => !paths(dialer).includes(BAR));
    expect(paths(dialer)).to.deep.equal(before);
  });

  it('are refused if their names or drawings are unknown, and then none is replaced', async () => {
    const button = await fixture(html`<sip-hangup-button></sip-hangup-button>`);
    await shows(button, () => paths(button).length > 0);
    const before = paths(button);
    for (const [icons, named] of [
      [{'phone-off': BAR, telephone: BAR}, 'icon “telephone”'],
      [{'phone-off': '<script>'}, 'path of the icon “phone-off”'],
      [{'phone-off': {path: BAR, viewBox: 'all'}}, 'viewBox of the icon “phone-off”'],
    ] as const)
      expect(() => registerIcons(icons as object))
        .to.throw(SipError, named)
        .with.property('code', 'bad-parameter');
    await new Promise(requestAnimationFrame);
    expect(paths(button)).to.deep.equal(before);
  });

  it('of a single control come from its slots, one for each state', async () => {
    const root = await fixture(
      html`<sip-client .client=${client}>
        <sip-mute-button><b slot="icon">🎤</b><b slot="icon-on">🔇</b></sip-mute-button>
      </sip-client>`,
    );
    const button = root.querySelector('sip-mute-button')!;
    const [icon, pressed] = button.querySelectorAll('b');
    await shows(button, () => icon!.checkVisibility() && icon!.getClientRects().length > 0);
    expect(pressed!.getClientRects()).to.have.length(0);
    const {call} = client.ring('audio');
    await call.answer();
    await shows(button, () => part(button, 'mute')!.getAttribute('aria-disabled') !== 'true');
    part(button, 'mute')!.click();
    await shows(button, () => pressed!.getClientRects().length > 0);
    expect(icon!.getClientRects()).to.have.length(0);
    await isAccessible(button);
  });
});
