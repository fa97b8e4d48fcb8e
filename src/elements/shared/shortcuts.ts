import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** The controls of a `<sip-call>` that a key can press. */
export type ShortcutName =
  | 'mute'
  | 'camera'
  | 'hold'
  | 'screen'
  | 'keypad'
  | 'transfer'
  | 'photo'
  | 'record'
  | 'fullscreen'
  | 'hangup';

/** Keyboard shortcuts by control: `{mute: 'Alt+M'}`. An empty string turns one off. */
export type Shortcuts = Readonly<Partial<Record<ShortcutName, string>>>;

/** The default shortcuts. Alt does not conflict with screen readers or typing. */
export const SHORTCUTS: Readonly<Record<ShortcutName, string>> = Object.freeze({
  mute: 'Alt+M',
  camera: 'Alt+V',
  hold: 'Alt+H',
  screen: 'Alt+S',
  keypad: 'Alt+K',
  transfer: 'Alt+T',
  photo: 'Alt+P',
  record: 'Alt+R',
  fullscreen: 'Alt+F',
  hangup: 'Alt+X',
});

const MODIFIERS = ['Control', 'Alt', 'Shift', 'Meta'] as const;

/** Formats a shortcut as `aria-keyshortcuts` requires: modifiers first, `Control` in full; empty if it is invalid. */
export function normalizeShortcut(text: string): string {
  const parts = String(text)
    .split('+')
    .map((part) => part.trim());
  const key = parts.pop() ?? '';
  const named = parts.map((part) => {
    const name = part.toLowerCase() === 'ctrl' ? 'Control' : part;
    return MODIFIERS.find((modifier) => modifier.toLowerCase() === name.toLowerCase());
  });
  if (!key || named.includes(undefined)) return '';
  const modifiers = MODIFIERS.filter((modifier) => named.includes(modifier));
  return [...modifiers, key.length === 1 ? key.toUpperCase() : key].join('+');
}

/** Whether a key event matches the shortcut. */
export function presses(event: KeyboardEvent, shortcut: string): boolean {
  const parts = shortcut.split('+');
  const key = parts.pop();
  if (!key) return false;
  const modified = MODIFIERS.every((modifier) => parts.includes(modifier) === held(event, modifier));
  if (!modified) return false;
  if (event.key.toUpperCase() === key.toUpperCase()) return true;
  // If Alt produces another character, or the keyboard has no such letters or digits, the position of the key counts.
  return [`Key${key}`, `Digit${key}`].includes(event.code) && !/^[\x20-\x7e]$/.test(event.key);
}

function held(event: KeyboardEvent, modifier: (typeof MODIFIERS)[number]): boolean {
  if (modifier === 'Control') return event.ctrlKey;
  if (modifier === 'Alt') return event.altKey;
  return modifier === 'Shift' ? event.shiftKey : event.metaKey;
}

/** The shortcuts of a host. */
export interface ShortcutOptions<Name extends string = ShortcutName> {
  /** The current shortcuts. */
  readonly shortcuts: () => Readonly<Partial<Record<Name, string>>>;
  /** The element that must contain the focus; undefined for anywhere on the page except while the user types. */
  readonly scope: () => Element | undefined;
  /** Presses a control; returns false if it cannot be pressed, and the page then receives the key. */
  readonly press: (name: Name) => boolean;
}

/** Listens for keys while its host is connected. */
export class ShortcutController<Name extends string = ShortcutName> implements ReactiveController {
  readonly #options: ShortcutOptions<Name>;

  constructor(host: ReactiveControllerHost, options: ShortcutOptions<Name>) {
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.#onKeydown);
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.#onKeydown);
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.repeat || event.isComposing || event.getModifierState('AltGraph'))
      return;
    const path = event.composedPath();
    const scope = this.#options.scope();
    if ((scope && !path.includes(scope)) || isTyping(path[0])) return;
    for (const [name, shortcut] of Object.entries<string | undefined>(this.#options.shortcuts()))
      if (shortcut && presses(event, shortcut) && this.#options.press(name as Name))
        return event.preventDefault();
  };
}

/** Whether the user types into the target. */
export function isTyping(target: EventTarget | undefined): boolean {
  const typed = target as HTMLElement | undefined;
  return !!typed?.isContentEditable || !!typed?.matches?.('input, textarea, select');
}
