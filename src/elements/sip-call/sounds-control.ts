import '../../locales/call/call-en.js';
import {html, nothing, type ReactiveElement, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import {isConference} from '../../core/conference/is-conference.js';
import {megaphoneIcon} from '../shared/icons/sound.js';
import {LazyMenu} from '../shared/calls/lazy-menu.js';
import {giveFocusBack} from '../shared/row-popovers.js';

/** The control of the sounds that the user plays into a call, and its panel. */
export class SoundsControl {
  readonly #localize: LocalizeController;
  readonly #menu: LazyMenu;

  constructor(host: ReactiveElement, localize: LocalizeController) {
    this.#localize = localize;
    this.#menu = new LazyMenu(host, localize, () => import('../shared/calls/announcement-panel.js'));
  }

  /** Renders the button, in the row or in the menu; it looks pressed while a sound plays. */
  button({state}: SipCall, inMenu: boolean): TemplateResult {
    const name = this.#localize.term('playSound');
    return html`<button
      part="sounds"
      class="control ${state.announcing ? 'on' : ''}"
      type="button"
      aria-haspopup="dialog"
      aria-label=${inMenu ? nothing : name}
      title=${name}
      popovertarget="sounds"
    >
      ${megaphoneIcon}${inMenu ? html`<span class="line">${name}</span>` : nothing}
    </button>`;
  }

  /** Renders the panel, whose code is loaded when it first opens. */
  panel(call: SipCall, client: BaseClient | undefined): TemplateResult {
    return html`<div
      id="sounds"
      popover
      part="sounds-panel"
      class="menu devices"
      role="dialog"
      aria-label=${this.#localize.term('playSound')}
      @beforetoggle=${giveFocusBack}
      @toggle=${this.#menu.onToggle}
    >
      ${this.#menu.render(
        () =>
          html`<sip-announcement-panel
            staged
            .target=${call}
            .audience=${isConference(call) ? 'conference' : 'call'}
            .client=${client}
          ></sip-announcement-panel>`,
      )}
    </div>`;
  }
}
