import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** What a key can press in a `<sip-call>`. */
export type ShortcutName =
  'mute' | 'camera' | 'hold' | 'screen' | 'keypad' | 'transfer' | 'photo' | 'record' | 'hangup';

/** Keys by what they press: `{mute: 'Alt+M'}`. An empty text switches one off. */
export type Shortcuts = Readonly<Partial<Record<ShortcutName, string>>>;

/** Those that a page did not change. Alt leaves alone what screen readers and typing need. */
export const SHORTCUTS: Readonly<Record<ShortcutName, string>> = Object.freeze({
  mute: 'Alt+M',
  camera: 'Alt+V',
  hold: 'Alt+H',
  screen: 'Alt+S',
  keypad: 'Alt+K',
  transfer: 'Alt+T',
  photo: 'Alt+P',
  record: 'Alt+R',
  hangup: 'Alt+X',
});

const MODIFIERS = ['Control', 'Alt', 'Shift', 'Meta'] as const;

/** The keys as `aria-keyshortcuts` writes them: modifiers first, `Control` in full; empty where it is none. */
export function normalizeShortcut(text: string): string {
  const parts = text.split('+').map((part) => part.trim());
  const key = parts.pop() ?? '';
  const named = parts.map((part) => {
    const name = part.toLowerCase() === 'ctrl' ? 'Control' : part;
    return MODIFIERS.find((modifier) => modifier.toLowerCase() === name.toLowerCase());
  });
  if (!key || named.includes(undefined)) return '';
  const modifiers = MODIFIERS.filter((modifier) => named.includes(modifier));
  return [...modifiers, key.length === 1 ? key.toUpperCase() : key].join('+');
}

/** Whether a key event is that of the shortcut. */
export function presses(event: KeyboardEvent, shortcut: string): boolean {
  const parts = shortcut.split('+');
  const key = parts.pop();
  if (!key) return false;
  const modified = MODIFIERS.every((modifier) => parts.includes(modifier) === held(event, modifier));
  if (!modified) return false;
  if (event.key.toUpperCase() === key.toUpperCase()) return true;
  // Where Alt makes another sign of it, or the keyboard has no Latin letters, the place of the key counts.
  return event.code === `Key${key}` && !/^[\x20-\x7e]$/.test(event.key);
}

function held(event: KeyboardEvent, modifier: (typeof MODIFIERS)[number]): boolean {
  if (modifier === 'Control') return event.ctrlKey;
  if (modifier === 'Alt') return event.altKey;
  return modifier === 'Shift' ? event.shiftKey : event.metaKey;
}

/** What the keys of a host do. */
export interface ShortcutOptions {
  /** The keys at this moment. */
  readonly shortcuts: () => Readonly<Partial<Record<ShortcutName, string>>>;
  /** Inside of what the focus has to be; undefined for anywhere on the page but where somebody types. */
  readonly scope: () => Element | undefined;
  /** False where it cannot be pressed: then the key is the page's. */
  readonly press: (name: ShortcutName) => boolean;
}

/** Listens for keys while its host is connected. */
export class ShortcutController implements ReactiveController {
  readonly #options: ShortcutOptions;

  constructor(host: ReactiveControllerHost, options: ShortcutOptions) {
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
    for (const [name, shortcut] of Object.entries(this.#options.shortcuts()))
      if (presses(event, shortcut) && this.#options.press(name as ShortcutName))
        return event.preventDefault();
  };
}

/** Whether somebody types there. */
export function isTyping(target: EventTarget | undefined): boolean {
  const typed = target as HTMLElement | undefined;
  return !!typed?.isContentEditable || !!typed?.matches?.('input, textarea, select');
}
