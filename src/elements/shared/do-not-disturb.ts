import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {commandButton} from './buttons/command-button.js';
import {bellIcon} from './icons.js';
import {bellOffIcon} from './icons/phone.js';

/** Renders the do-not-disturb button; with `labelled`, it shows its name while it is on. */
export function doNotDisturbButton(
  client: BaseClient,
  localize: LocalizeController,
  labelled = false,
): TemplateResult {
  const on = client.state.doNotDisturb;
  const name = localize.term('doNotDisturb');
  const word = on && labelled ? html`<span aria-hidden="true">${name}</span>` : nothing;
  return commandButton(name, [on ? bellOffIcon : bellIcon, word], () => (client.doNotDisturb = !on), {
    part: 'do-not-disturb',
    look: 'toggle disturb',
    pressed: on,
  });
}
