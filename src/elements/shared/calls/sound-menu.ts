import '../../../locales/call/call-sound-en.js';
import {css, html, LitElement, nothing, type TemplateResult} from 'lit';
import {LocalizeController} from '../../../controllers/localize-controller.js';
import {StateController} from '../../../controllers/state-controller.js';
import type {SipCall} from '../../../core/call/call.js';
import type {SipDevices} from '../../../core/devices/devices.js';
import {isInaudible} from '../../../core/sound/sound-state.js';
import {volume2Icon} from '../icons.js';
import {volumeXIcon} from '../icons/sound.js';
import {property} from '../property.js';
import {listPanel} from '../styles/list-panel.styles.js';
import {menuBox} from '../styles/row-menu.styles.js';
import {inner} from '../styles/shared.styles.js';
import {LazyMenu} from './lazy-menu.js';

/** The button that opens the sound of one call, whose code is loaded when it first opens. An inner element. */
export class SoundMenuElement extends LitElement {
  static readonly parts = 'call-sound, call-sound-menu';

  static override styles = [
    inner,
    listPanel,
    menuBox,
    css`
      :host {
        flex: none;
      }
      .toggle.off {
        color: var(--_danger);
      }
    `,
  ];

  @property({attribute: false}) call: SipCall | undefined;
  @property({attribute: false}) devices: SipDevices | undefined;
  /** What is heard, and the label of its volume; by default this call. */
  @property({attribute: false}) label = '';
  @property({attribute: false}) volumeLabel = '';

  readonly #localize = new LocalizeController(this);
  readonly #menu = new LazyMenu(this, this.#localize, () => import('./sound-settings.js'));

  constructor() {
    super();
    new StateController(this, () => [this.call]);
  }

  protected override render(): TemplateResult | typeof nothing {
    const {call} = this;
    if (!call) return nothing;
    const localize = this.#localize;
    const off = isInaudible(call.state.sound);
    const name = localize.term(off ? 'soundIsOff' : 'thisCallSound');
    return html`<button
        part="call-sound"
        class="toggle ${off ? 'off' : ''}"
        type="button"
        popovertarget="sound"
        aria-label=${name}
        title=${name}
      >
        ${off ? volumeXIcon : volume2Icon}
      </button>
      <div
        id="sound"
        part="call-sound-menu"
        class="menu"
        popover
        role="group"
        aria-label=${localize.term('thisCallSound')}
        @toggle=${this.#menu.onToggle}
      >
        ${this.#menu.render(
          () =>
            html`<sip-sound-settings
              .call=${call}
              .devices=${this.devices}
              .label=${this.label}
              .volumeLabel=${this.volumeLabel}
            ></sip-sound-settings>`,
        )}
      </div>`;
  }
}
