import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {bellIcon, bellOffIcon} from './icons.js';

/** Renders the do-not-disturb button; with `labelled`, it shows its name while it is on. */
export function doNotDisturbButton(
  client: BaseClient,
  localize: LocalizeController,
  labelled = false,
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
    ${on ? bellOffIcon : bellIcon}${on && labelled ? html`<span aria-hidden="true">${name}</span>` : nothing}
  </button>`;
}
