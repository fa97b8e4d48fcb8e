import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {isTyping, presses} from '../shared/shortcuts.js';
import type {DeskKeyName, KeyTable} from './desk-keys.js';

/** What the keys of a desk do. */
export interface KeyOptions {
  readonly keys: () => KeyTable;
  /** Does what a key does; returns whether there is anything for it, also if it fails. */
  readonly press: (name: Exclude<DeskKeyName, 'groups' | 'talk'>, index: number) => boolean;
  /** Whether talk groups may take their keys. */
  readonly hasGroups: () => boolean;
}

/** The question mark, as Latin, Arabic and Chinese keyboards type it. */
const QUESTION_MARKS = ['?', '؟', '？'];

/**
 * Listens for the keys of a desk, before the elements in it: one list is shown, not that of its talk groups as well. Keys work
 * in fields, too, if they type nothing.
 */
export class KeyController implements ReactiveController {
  readonly #options: KeyOptions;
  #listening: AbortController | undefined;
  #last: AbortController | undefined;

  constructor(host: ReactiveControllerHost, options: KeyOptions) {
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    window.addEventListener('keydown', this.#onKeydown, {capture: true, signal: this.#listening.signal});
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#last?.abort();
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    this.#last?.abort();
    if (event.defaultPrevented || event.isComposing || event.getModifierState('AltGraph')) return;
    const {press, keys, hasGroups} = this.#options;
    for (const [name, list] of Object.entries(keys()) as [DeskKeyName, readonly string[]][]) {
      const index = list.findIndex((key) => matches(event, key));
      if (index < 0) continue;
      if (name === 'groups' || name === 'talk') return hasGroups() ? this.#keepFromBrowser() : undefined;
      if (event.repeat) return event.preventDefault();
      if (press(name, index)) event.preventDefault();
      return;
    }
  };

  /** Prevents what the browser would do, after the elements have had the event: a reload would end all calls. */
  #keepFromBrowser(): void {
    const {signal} = (this.#last = new AbortController());
    window.addEventListener('keydown', (event) => event.preventDefault(), {once: true, signal});
  }
}

/** Whether an event is that of a key. A character that a field would get is none. */
function matches(event: KeyboardEvent, key: string): boolean {
  if (key.length > 1) return presses(event, key);
  if (isTyping(event.composedPath()[0]) || event.ctrlKey || event.altKey || event.metaKey) return false;
  return key === '?' ? QUESTION_MARKS.includes(event.key) : event.key.toUpperCase() === key;
}
