import {html, nothing, type TemplateResult} from 'lit';

/** Renders the content of a card that has nothing to show: an icon, a sentence, and a title above it if it has one. */
export function emptyNote(icon: TemplateResult, text: string, title?: string): TemplateResult {
  return html`<div class="empty">
    ${icon}${title ? html`<b>${title}</b>` : nothing}
    <p class="quiet">${text}</p>
  </div>`;
}
