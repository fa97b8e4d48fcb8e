import type {ReactiveController, ReactiveElement} from 'lit';
import {durations} from '../../../durations/page.js';
import {normalizeShortcut} from '../shortcuts.js';
import {endsPush, isPushKey} from './push-key.js';

/** The options of a held button or key. */
export interface HoldOptions {
  /** The key that works anywhere on the page; empty for none. */
  readonly pushKey: () => string;
  /** Whether the first press begins and the second one ends, instead of holding. */
  readonly toggles: () => boolean;
  /** Whether the button can be held; if not, it is released. */
  readonly ready: () => boolean;
  /** With `onPress`: whether a press can become a hold. If not, a press is a press, however long; by default it can. */
  readonly holds?: () => boolean;
  /** Whether the user is heard without holding; the next press ends that. */
  readonly heard: () => boolean;
  readonly onHold: () => void;
  /** Called once per hold, whatever ended it. */
  readonly onRelease: () => void;
  /** Called for a press too short to be a hold, which then begins later; without it, every press is a hold. */
  readonly onPress?: () => void;
}

/** The buttons on the page, in the order in which they came. */
const buttons = new Set<HoldToTalk>();

/**
 * Tracks whether its host's button, or the page's key, is held: by one pointer, one key or one device at a time.
 *
 * Whenever the release might be missed, it counts as released: the window loses the focus, the page is hidden, the
 * pointer is lost, the button loses the focus while a key holds it, the host leaves the document. A host that is only
 * moved is still held by a device or the page's key.
 */
export class HoldToTalk implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #options: HoldOptions;
  /** The source of the hold: `pointer`, `button Space`, `page F8`, `device`; `press` if the next press ends it. */
  #source = '';
  #held = false;
  /** Begins the hold, if a shorter press does something else. */
  #delay: ReturnType<typeof setTimeout> | undefined;
  /** Aborts when the holding pointer is released. */
  #pointer: AbortController | undefined;
  #listening: AbortController | undefined;
  /** The key that its host last rendered; empty if it had none. */
  #shownKey = '';

  constructor(host: ReactiveElement, options: HoldOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get held(): boolean {
    return this.#held;
  }

  /** Whether the next press ends the hold, not the release. */
  get pressed(): boolean {
    return this.#source === 'press';
  }

  /**
   * The key that holds this button. Empty if there is none, or if an earlier button that is ready has the same key.
   */
  get key(): string {
    const key = this.#options.pushKey();
    if (!key) return '';
    const first = [...buttons].find((button) => button.#usableKey.toLowerCase() === key.toLowerCase());
    return first === this ? key : '';
  }

  /** The key that would hold this button; empty if it cannot be held. */
  get #usableKey(): string {
    return this.#options.ready() ? this.#options.pushKey() : '';
  }

  hostConnected(): void {
    buttons.add(this);
    const {signal} = (this.#listening = new AbortController());
    const release = (): void => this.#release();
    window.addEventListener('keydown', this.#onPageKeydown, {signal});
    window.addEventListener('keyup', this.#onKeyup, {capture: true, signal});
    window.addEventListener('blur', ({target}) => target === window && release(), {signal});
    window.addEventListener('pagehide', release, {signal});
    document.addEventListener('visibilitychange', () => document.hidden && release(), {signal});
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    setTimeout(() => {
      if (!this.#host.isConnected) this.#release();
    });
    buttons.delete(this);
    this.#updateOthers('');
  }

  hostUpdate(): void {
    const {ready, holds} = this.#options;
    if (!ready() || (this.#held && holds?.() === false)) this.#release();
  }

  hostUpdated(): void {
    this.#updateOthers(this.#usableKey);
  }

  /** Updates the other buttons, which may have the key now, or no longer. */
  #updateOthers(key: string): void {
    if (key === this.#shownKey) return;
    this.#shownKey = key;
    for (const other of buttons) if (other !== this) other.#host.requestUpdate();
  }

  readonly onPointerdown = (event: PointerEvent): void => {
    if (event.button !== 0 || this.#options.toggles()) return;
    const button = event.currentTarget as Element;
    const {pointerId} = event;
    try {
      button.setPointerCapture(pointerId);
    } catch {
      // The pointer is already gone.
      return;
    }
    if (!this.#hold('pointer')) return;
    this.#pointer = new AbortController();
    const options = {capture: true, signal: this.#pointer.signal};
    const end = (other: PointerEvent): void => {
      if (other.pointerId === pointerId) this.#release(other.type === 'pointerup');
    };
    for (const type of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
      window.addEventListener(type, end, options);
    // A pointer lost before its capture fires no event; its next move reveals the loss.
    const look = (other: PointerEvent): void => {
      if (!button.hasPointerCapture(pointerId)) end(other);
    };
    window.addEventListener('pointermove', look, options);
  };

  readonly onKeydown = (event: KeyboardEvent): void => {
    const {code, key, repeat, ctrlKey, altKey, metaKey, isComposing} = event;
    if ((key !== ' ' && key !== 'Enter') || ctrlKey || altKey || metaKey || isComposing) return;
    if (this.#options.toggles()) return;
    // The key is held, not pressed: suppresses the click.
    event.preventDefault();
    if (!repeat) this.#hold(`button ${code}`);
  };

  /** A key released elsewhere may fire no event here. */
  readonly onBlur = (): void => {
    if (this.#source.startsWith('button')) this.#release();
  };

  /**
   * Assistive technology presses without holding: then the first press begins and the second one ends, as with
   * toggling.
   */
  readonly onClick = ({detail}: MouseEvent): void => {
    if (detail === 0 || this.#options.toggles()) this.#press();
  };

  /** A pedal or another device is pressed, which says nothing but that: it speaks at once. */
  pressDevice(): void {
    const {ready, toggles, holds} = this.#options;
    // A hidden page gives the floor back: it does not take it either.
    if (!ready() || document.hidden) return;
    if (!toggles()) this.#hold('device');
    else if (this.#held || holds?.() !== false) this.#toggle();
  }

  /** The device is released, or gone. */
  releaseDevice(): void {
    if (this.#source === 'device') this.#release();
  }

  /** Ends a hold that only the next press would end. */
  releasePress(): void {
    if (this.pressed) this.#release();
  }

  /** While a finger holds the button, it does not scroll the page: the browser would take the pointer away. */
  readonly touchMove = {
    passive: false,
    handleEvent: (event: TouchEvent): void => {
      if (this.#held && event.cancelable) event.preventDefault();
    },
  };

  /** A press that cannot become a hold. */
  #press(): void {
    const {onPress} = this.#options;
    if (onPress) onPress();
    else this.#toggle();
  }

  /** Begins a hold that the next press ends, or ends it. */
  #toggle(): void {
    const heard = this.#options.heard();
    if (this.held) this.#release();
    else if (this.#hold('press') && heard) this.#release();
  }

  /** Begins a hold; returns whether it began. */
  #hold(source: string): boolean {
    const {ready, onPress} = this.#options;
    if (this.#source || !ready()) return false;
    this.#source = source;
    if (onPress && source !== 'device' && source !== 'press')
      this.#delay = setTimeout(this.#begin, durations.holdBegins);
    else this.#begin();
    return true;
  }

  readonly #begin = (): void => {
    if (this.#options.holds?.() === false) return;
    this.#held = true;
    this.#options.onHold();
    this.#host.requestUpdate();
  };

  /** @param lifted - Whether the user has let go; otherwise the release might be missed. */
  #release(lifted = false): void {
    this.#pointer?.abort();
    clearTimeout(this.#delay);
    if (!this.#source) return;
    const {onPress, onRelease} = this.#options;
    const held = this.#held;
    this.#source = '';
    this.#held = false;
    if (held) onRelease();
    else if (lifted) onPress?.();
    this.#host.requestUpdate();
  }

  readonly #onPageKeydown = (event: KeyboardEvent): void => {
    const {ready, toggles} = this.#options;
    if (event.defaultPrevented || !isPushKey(event, this.key) || !ready()) return;
    // Also keeps the key from scrolling the page while it is held.
    event.preventDefault();
    if (event.repeat) return;
    if (toggles()) this.#press();
    else this.#hold(`page ${event.code}`);
  };

  readonly #onKeyup = (event: KeyboardEvent): void => {
    const [where = '', code = ''] = this.#source.split(' ');
    const key = where === 'page' ? normalizeShortcut(this.#options.pushKey()) : '';
    if ((where === 'page' || where === 'button') && endsPush(event, code, key)) this.#release(true);
  };
}
