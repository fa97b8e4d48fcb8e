import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {bellIcon, bellOffIcon} from './icons.js';

/** Renders the do-not-disturb button; with `told`, the button also shows the state as text. */
export function doNotDisturbButton(
  client: BaseClient,
  localize: LocalizeController,
  told = false,
): TemplateResult {
  const on = client.state.doNotDisturb;
  const name = localize.term('doNotDisturb');
  return html`<button
    part="do-not-disturb"
    class="toggle disturb"
    type="button"
    aria-label=${name}
    title=${name}
    aria-pressed=${on ? 'true' : 'false'}
    @click=${() => (client.doNotDisturb = !on)}
  >
    ${on ? bellOffIcon : bellIcon}${on && told ? html`<span aria-hidden="true">${name}</span>` : nothing}
  </button>`;
}
