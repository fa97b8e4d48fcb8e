import {css, html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import '../../locales/supervision-en.js';
import {sirenIcon, triangleAlertIcon} from '../shared/icons.js';
import {ellipsisIcon} from '../shared/icons/later.js';
import {close, moveByArrow, takeFocus} from '../shared/row-popovers.js';
import {menuBox, menuItems} from '../shared/styles/row-menu.styles.js';

/** The properties of the menu. */
export interface UrgentMenu {
  readonly localize: LocalizeController;
  /** Why no call can be made now. */
  readonly reason: string | typeof nothing;
  readonly onCall: (type: 'urgent' | 'sos') => void;
}

/** The styles of the menu, which its element adopts when it is loaded. */
export const urgentMenuStyles = css`
  ${menuBox}
  ${menuItems}
  .menu:not(:popover-open) {
    display: none;
  }
`;

/** Renders the button beside those that call, and its menu: urgent and SOS calls. */
export function urgentMenu({localize, reason, onCall}: UrgentMenu): TemplateResult {
  const name = localize.term('moreCalls');
  const disabled = reason === nothing ? nothing : 'true';
  const item = (type: 'urgent' | 'sos', icon: TemplateResult, text: string): TemplateResult =>
    html`<button
      part=${type}
      class="item ${type === 'sos' ? 'danger' : ''}"
      type="button"
      role="menuitem"
      tabindex="-1"
      title=${reason}
      aria-disabled=${disabled}
      @click=${() => onCall(type)}
    >
      ${icon}<span class="line">${text}</span>
    </button>`;
  return html`<button
      part="more"
      class="pill round"
      type="button"
      popovertarget="urgent"
      aria-haspopup="menu"
      aria-label=${name}
      title=${name}
    >
      ${ellipsisIcon}
    </button>
    <div
      id="urgent"
      popover
      class="menu"
      role="menu"
      aria-label=${name}
      @toggle=${takeFocus}
      @keydown=${moveByArrow}
      @click=${close}
    >
      ${item('urgent', triangleAlertIcon, localize.term('urgentCall'))}
      ${item('sos', sirenIcon, localize.term('sosCall'))}
    </div>`;
}
