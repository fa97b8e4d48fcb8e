import {css, html, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../../controllers/localize-controller.js';

/** The look of a field on a card. */
export const fieldLook = css`
  input {
    padding-inline: var(--_space-3);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-s);
    background: var(--_sunken);
    color: inherit;
    font: inherit;
    font-size: max(1rem, var(--_text-m));
  }
`;

/** Renders the field for the slot of a parked call. */
export function slotField(localize: LocalizeController): TemplateResult {
  const name = localize.term('parkSlot');
  return html`<input
    part="slot"
    class="number"
    type="tel"
    dir="auto"
    autocomplete="off"
    maxlength="32"
    enterkeyhint="go"
    placeholder=${name}
    aria-label=${name}
  />`;
}
