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

/** What a key gives that is held: `0` gives `+`. */
const HELD: Readonly<Record<string, string>> = {'0': '+'};
/** How long a key has to be held for that, in milliseconds. */
const HOLD = 500;

const COLUMNS = 3;
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -COLUMNS,
  ArrowDown: COLUMNS,
};

/** How a keypad differs from that of a dialer. */
export interface KeypadOptions {
  /** A key that is held is a key that is pressed. */
  readonly plain?: boolean;
  /** The id of what says why nothing can be pressed now. */
  readonly disabledBy?: string | undefined;
}

/**
 * Twelve keys. The keyboard reaches them as one stop, and goes from key to key by the arrows.
 *
 * @param press - Takes what was pressed: a digit, `*`, `#`, or `+` where `0` was held.
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

/** Waits whether a key is held; then the click that ends it counts no more. */
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
    // The click comes after the pointer has left the key.
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
