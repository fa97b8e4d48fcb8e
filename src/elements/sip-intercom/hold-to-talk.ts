import type {ReactiveController, ReactiveElement} from 'lit';
import {normalizeShortcut} from '../shared/shortcuts.js';
import {endsPush, isPushKey} from './push-key.js';

/** What a held button or key does. */
export interface HoldOptions {
  /** The key that works anywhere on the page; empty for none. */
  readonly pushKey: () => string;
  /** Whether one press begins and the next one ends, in place of holding. */
  readonly toggles: () => boolean;
  /** Whether there is something to hold; where there no longer is, it is let go. */
  readonly ready: () => boolean;
  readonly onHold: () => void;
  /** Told once each time, whatever ended it. */
  readonly onLetGo: () => void;
}

/**
 * Knows whether its host's button, or the page's key, is held: by one pointer or one key at a time.
 *
 * What cannot be seen to be let go is let go: the window loses the focus, the page is hidden, the pointer is lost, the
 * button loses the focus while a key holds it, the host leaves the document.
 */
export class HoldToTalk implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #options: HoldOptions;
  /** What holds it: `pointer`, `button Space`, `page F8`; `press` where the next press ends it. */
  #by = '';
  /** Aborted when the pointer that holds it is let go. */
  #pointer: AbortController | undefined;
  #listening: AbortController | undefined;

  constructor(host: ReactiveElement, options: HoldOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get held(): boolean {
    return this.#by !== '';
  }

  hostConnected(): void {
    const {signal} = (this.#listening = new AbortController());
    const letGo = (): void => this.#letGo();
    window.addEventListener('keydown', this.#onPageKeydown, {signal});
    window.addEventListener('keyup', this.#onKeyup, {capture: true, signal});
    window.addEventListener('blur', ({target}) => target === window && letGo(), {signal});
    window.addEventListener('pagehide', letGo, {signal});
    document.addEventListener('visibilitychange', () => document.hidden && letGo(), {signal});
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#letGo();
  }

  hostUpdate(): void {
    if (!this.#options.ready()) this.#letGo();
  }

  readonly onPointerdown = (event: PointerEvent): void => {
    if (event.button !== 0 || this.#options.toggles()) return;
    const button = event.currentTarget as Element;
    const {pointerId} = event;
    try {
      button.setPointerCapture(pointerId);
    } catch {
      // It is gone already.
      return;
    }
    if (!this.#hold('pointer')) return;
    this.#pointer = new AbortController();
    const options = {capture: true, signal: this.#pointer.signal};
    const end = (other: PointerEvent): void => {
      if (other.pointerId === pointerId) this.#letGo();
    };
    for (const type of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
      window.addEventListener(type, end, options);
    // One that is lost before it was captured is told to nobody: its next move shows it.
    const look = (other: PointerEvent): void => {
      if (!button.hasPointerCapture(pointerId)) end(other);
    };
    window.addEventListener('pointermove', look, options);
  };

  readonly onKeydown = (event: KeyboardEvent): void => {
    const {code, key, repeat, ctrlKey, altKey, metaKey, isComposing} = event;
    if ((key !== ' ' && key !== 'Enter') || ctrlKey || altKey || metaKey || isComposing) return;
    if (this.#options.toggles()) return;
    // Held, not pressed: there is no click.
    event.preventDefault();
    if (!repeat) this.#hold(`button ${code}`);
  };

  /** A key that is let go elsewhere may not be heard of. */
  readonly onBlur = (): void => {
    if (this.#by.startsWith('button')) this.#letGo();
  };

  /** Assistive technology presses without holding: then one press begins and the next one ends, as where that is wanted. */
  readonly onClick = ({detail}: MouseEvent): void => {
    if (detail === 0 || this.#options.toggles()) this.#toggle();
  };

  #toggle(): void {
    if (this.held) this.#letGo();
    else this.#hold('press');
  }

  /** Whether it is held by that now. */
  #hold(by: string): boolean {
    if (this.held || !this.#options.ready()) return false;
    this.#by = by;
    this.#options.onHold();
    this.#host.requestUpdate();
    return true;
  }

  #letGo(): void {
    this.#pointer?.abort();
    if (!this.held) return;
    this.#by = '';
    this.#options.onLetGo();
    this.#host.requestUpdate();
  }

  readonly #onPageKeydown = (event: KeyboardEvent): void => {
    const {pushKey, ready, toggles} = this.#options;
    if (event.defaultPrevented || !isPushKey(event, pushKey()) || !ready()) return;
    // Neither does the page scroll by it, as long as it is held.
    event.preventDefault();
    if (event.repeat) return;
    if (toggles()) this.#toggle();
    else this.#hold(`page ${event.code}`);
  };

  readonly #onKeyup = (event: KeyboardEvent): void => {
    const [where = '', code = ''] = this.#by.split(' ');
    const key = where === 'page' ? normalizeShortcut(this.#options.pushKey()) : '';
    if ((where === 'page' || where === 'button') && endsPush(event, code, key)) this.#letGo();
  };
}
