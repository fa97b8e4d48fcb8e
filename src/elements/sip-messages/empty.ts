import {html, nothing, type TemplateResult} from 'lit';
import {messageSquareIcon} from '../shared/icons.js';

/** Renders the content shown in place of messages or conversations if there are none. */
export function empty(hint: string, title?: string): TemplateResult {
  return html`<div class="empty">
    ${messageSquareIcon}${title ? html`<b>${title}</b>` : nothing}
    <p class="quiet">${hint}</p>
  </div>`;
}
