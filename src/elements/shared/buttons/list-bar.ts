import {html, type TemplateResult} from 'lit';
import {commandButton} from './command-button.js';

/** Renders the bar of a card: what the card is about at the beginning, its buttons at the end. */
export const listBar = (head: unknown, buttons: unknown): TemplateResult =>
  html`<div class="bar">${head}<span class="space"></span>${buttons}</div>`;

/** The state of a button of a bar. */
export interface BarButtonState {
  /** Whether a toggle button is pressed; undefined for other buttons. */
  readonly pressed?: boolean;
  /** The tooltip of a button that can do nothing now: its name, and why. */
  readonly disabled?: string | undefined;
}

/**
 * Renders a button of a bar.
 *
 * @param name - Its accessible name and tooltip.
 * @param content - Its icon, perhaps with a word.
 */
export function barButton(
  part: string,
  name: string,
  content: TemplateResult,
  onClick: () => void,
  {pressed, disabled}: BarButtonState = {},
): TemplateResult {
  return commandButton(name, content, onClick, {
    part,
    look: 'toggle',
    tip: disabled ?? name,
    pressed,
    disabled: Boolean(disabled),
  });
}
