import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';

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

/** The character that a key enters when held: `0` enters `+`. */
const HELD: Readonly<Record<string, string>> = {'0': '+'};
/** How long a key must be held, in milliseconds. */
const HOLD = 500;

const COLUMNS = 3;
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -COLUMNS,
  ArrowDown: COLUMNS,
};

/** How a keypad differs from the dialer's. */
export interface KeypadOptions {
  /** Whether holding a key is the same as pressing it. */
  readonly plain?: boolean;
  /** The id of the element that explains why the keys are disabled. */
  readonly disabledBy?: string | undefined;
}

/**
 * Renders twelve keys. They are one tab stop, and the arrow keys move between them.
 *
 * @param press - Receives the entered character: a digit, `*`, `#`, or `+` if `0` was held.
 */
export function keypad(
  localize: LocalizeController,
  press: (key: string) => void,
  {plain = false, disabledBy}: KeypadOptions = {},
): TemplateResult {
  const given = (key: string): string | undefined => (plain ? undefined : HELD[key]);
  return html`<div
    part="keypad"
    class="keys number"
    role="group"
    aria-label=${localize.term('keypad')}
    aria-describedby=${disabledBy ?? nothing}
    @keydown=${moveFocus}
  >
    ${KEYS.map(
      ([key, letters], index) =>
        html`<button
          part="key"
          class="key"
          type="button"
          data-key=${key}
          tabindex=${index ? -1 : 0}
          aria-disabled=${disabledBy === undefined ? nothing : 'true'}
          @click=${() => disabledBy === undefined && press(key)}
          @pointerdown=${given(key) ? (event: PointerEvent) => hold(event, () => press(given(key)!)) : nothing}
          @focus=${rove}
        >
          ${key} <small>${plain && letters === '+' ? '' : letters}</small>
        </button>`,
    )}
  </div>`;
}

/** Detects a held key and suppresses the click that ends the hold. */
function hold(event: PointerEvent, onHeld: () => void): void {
  const key = event.currentTarget as HTMLElement;
  const over = new AbortController();
  const {signal} = over;
  const timer = setTimeout(() => {
    onHeld();
    for (const type of ['click', 'contextmenu'])
      key.addEventListener(type, swallow, {capture: true, once: true, signal});
  }, HOLD);
  const end = (): void => {
    clearTimeout(timer);
    // The click event follows after the pointer has left the key.
    setTimeout(() => over.abort());
  };
  for (const type of ['pointerup', 'pointercancel', 'pointerleave'])
    key.addEventListener(type, end, {once: true, signal});
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function keysOf(key: HTMLElement): HTMLElement[] {
  return [...(key.parentElement?.querySelectorAll<HTMLElement>('.key') ?? [])];
}

/** Makes the focused key the tab stop (roving tabindex). */
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
