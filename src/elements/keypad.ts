import {html, type TemplateResult} from 'lit';
import type {LocalizeController} from '../controllers/localize-controller.js';

const KEYS: readonly (readonly [key: string, letters: string])[] = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
];

const COLUMNS = 3;
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -COLUMNS,
  ArrowDown: COLUMNS,
};

/**
 * Twelve keys. The keyboard reaches them as one stop, and goes from key to key by the arrows.
 *
 * @param press - Takes the key that was pressed: a digit, `*` or `#`.
 */
export function keypad(localize: LocalizeController, press: (key: string) => void): TemplateResult {
  return html`<div
    part="keypad"
    class="keys number"
    role="group"
    aria-label=${localize.term('keypad')}
    @keydown=${moveFocus}
  >
    ${KEYS.map(
      ([key, letters], index) =>
        html`<button
          part="key"
          class="key"
          type="button"
          tabindex=${index ? -1 : 0}
          @click=${() => press(key)}
          @focus=${rove}
        >
          ${key} <small>${letters}</small>
        </button>`,
    )}
  </div>`;
}

function keysOf(key: HTMLElement): HTMLElement[] {
  return [...(key.parentElement?.querySelectorAll<HTMLElement>('.key') ?? [])];
}

/** The key that has the focus is where the keyboard comes back to. */
function rove(event: Event): void {
  const key = event.currentTarget as HTMLElement;
  for (const other of keysOf(key)) other.tabIndex = other === key ? 0 : -1;
}

function moveFocus(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const key = event.target as HTMLElement;
  if (!step) return;
  const keys = keysOf(key);
  const next = keys[keys.indexOf(key) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
