import {html, LitElement, type TemplateResult} from 'lit';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {DeskLinkPanelElement} from './desk-link-panel.js';

/**
 * Shows the link that sets up a desk as a QR code, for the camera of a phone or tablet, and copies it.
 *
 * It needs no `<sip-client>`. The page that the link opens has one, with `config="/desks/#config"`.
 *
 * The panel is loaded when the element is first on a page.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - The link cannot be shown or copied.
 * @csspart panel - The box around everything.
 * @csspart title - The name of the desk.
 * @csspart code - The QR code.
 * @csspart link - The link, without its token.
 * @csspart copy - The button that copies the link.
 * @csspart notice - A message about a failure.
 * @cssprop [--sip-desk-link-size=16rem] - The largest width of the QR code.
 */
export class SipDeskLinkElement extends LitElement {
  static override styles = [shared];

  /** The link, without a token, such as `/phone.html#config=/desks/7.json`; it may be relative to the page. */
  @property() href = '';
  /** The name of the desk, such as `Desk 7`. */
  @property() label = '';
  /** The token that is added to the link, such as a new one of your server. It is no attribute. */
  @property({attribute: false}) token = '';

  readonly #lazy = new LazyElement<DeskLinkPanelElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-desk-link-panel',
    load: async () => (await import('./inner.js')).inner,
  });

  protected override render(): TemplateResult {
    return this.#lazy.render(
      () =>
        html`<sip-desk-link-panel
          exportparts=${this.#lazy.parts}
          .href=${this.href}
          .label=${this.label}
          .token=${this.token}
        ></sip-desk-link-panel>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-desk-link': SipDeskLinkElement;
  }
}
