import {html, nothing, type TemplateResult} from 'lit';
import type {ClientController} from '../../controllers/client-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {errorDetails} from './notice.js';

/** Renders the content of a card that has nothing to show: an icon, a sentence, and a title above it if it has one. */
export function emptyNote(icon: TemplateResult, text: string, title?: string): TemplateResult {
  return html`<div class="empty">
    ${icon}${title ? html`<b>${title}</b>` : nothing}
    <p class="quiet">${text}</p>
  </div>`;
}

/** Renders the content of a card without a client: why there is none, and what the author of the page can correct. */
export function absenceNote(
  icon: TemplateResult,
  client: ClientController,
  localize: LocalizeController,
): TemplateResult {
  const {failure} = client;
  return html`<div class="empty">
    ${icon}
    <p class="quiet">${client.absence(localize)}</p>
    ${failure ? errorDetails(failure, localize) : nothing}
  </div>`;
}
