import {html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';
import type {LocalizeController} from '../controllers/localize-controller.js';
import type {SipCall} from '../core/call.js';
import {getsVideo} from './call-picture.js';
import {ellipsisIcon, grid3x3Icon} from './icons.js';
import {repeat} from './repeat.js';
import {normalizeShortcut, SHORTCUTS, type ShortcutName, type Shortcuts} from './shortcuts.js';
import {sharesScreens} from './sip-screen-button.js';

/** A control of the row; the one that hangs up stands apart. */
type RowControl = Exclude<ShortcutName, 'hangup'>;

/** A control is known by its name. */
const same = (control: RowControl): RowControl => control;

/** The room that a button takes before it was measured, with the gap after it, in pixels. */
const ROOM = 52;

/** The controls that are of use in a call, the most important ones first. They are there from its first moment. */
function controlsOf(call: SipCall): RowControl[] {
  const screen = sharesScreens() ? (['screen'] as const) : [];
  const photo = call.media === 'video' || getsVideo(call) ? (['photo'] as const) : [];
  return ['mute', 'camera', 'hold', ...screen, 'keypad', ...photo, 'record'];
}

/**
 * The row of a call's controls. What does not fit goes into a menu: as many as fit stand in the row, the least important
 * ones are behind a button.
 */
export class CallRow implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #localize: LocalizeController;
  readonly #getShortcuts: () => Shortcuts | 'none';
  readonly #resizes: ResizeObserver | undefined;
  #observed: Element | null = null;
  #fits = Infinity;

  constructor(host: ReactiveElement, localize: LocalizeController, getShortcuts: () => Shortcuts | 'none') {
    this.#host = host;
    this.#localize = localize;
    this.#getShortcuts = getShortcuts;
    this.#resizes = globalThis.ResizeObserver && new ResizeObserver(() => this.measure());
    host.addController(this);
  }

  /** The keys that press the controls. */
  get shortcuts(): Shortcuts {
    const own = this.#getShortcuts();
    if (own === 'none') return {};
    const all = Object.entries({...SHORTCUTS, ...own}).map(([name, keys]) => [
      name,
      normalizeShortcut(String(keys)),
    ]);
    return Object.fromEntries(all) as Shortcuts;
  }

  hostUpdated(): void {
    const row = this.#host.renderRoot.querySelector('.row');
    if (row === this.#observed) return;
    this.#resizes?.disconnect();
    this.#observed = row;
    if (row) this.#resizes?.observe(row);
  }

  hostDisconnected(): void {
    this.#resizes?.disconnect();
    this.#observed = null;
  }

  /** Looks how many buttons fit, and draws the row anew where that is another number. */
  readonly measure = (): void => {
    const row = this.#observed;
    if (!row) return;
    const gap = parseFloat(getComputedStyle(row).columnGap) || 0;
    const wide = (element: Element): number => {
      const {marginInlineStart, marginInlineEnd} = getComputedStyle(element);
      const width = element.getBoundingClientRect().width;
      return width && width + parseFloat(marginInlineStart) + parseFloat(marginInlineEnd) + gap;
    };
    const others = row.querySelector('slot')?.assignedElements() ?? [];
    const taken = [row.querySelector('sip-hangup-button')!, ...others].reduce(
      (sum, element) => sum + wide(element),
      0,
    );
    const first = row.querySelector('sip-mute-button');
    // No gap comes after the last one.
    const fits = Math.floor((row.clientWidth + gap + 0.5 - taken) / ((first && wide(first)) || ROOM));
    if (fits === this.#fits) return;
    this.#fits = fits;
    this.#host.requestUpdate();
  };

  /** Presses the control; false where it is not there or cannot be pressed. */
  press(name: ShortcutName): boolean {
    const root = this.#host.renderRoot;
    const control =
      name === 'keypad'
        ? root.querySelector('[part~=keypad]')
        : (root.querySelector(`sip-${name}-button`)?.shadowRoot?.querySelector('button') ?? null);
    if (!(control instanceof HTMLElement) || control.getAttribute('aria-disabled') === 'true') return false;
    control.click();
    return true;
  }

  /** Draws the controls of a call that is under way. */
  render(call: SipCall, name: string): TemplateResult {
    const controls = controlsOf(call);
    const all = controls.length <= this.#fits;
    const shown = all ? controls : controls.slice(0, Math.max(1, this.#fits - 1));
    const hidden = controls.slice(shown.length);
    const localize = this.#localize;
    const more = localize.term('more');
    return html`<div part="controls" class="controls row" role="group" aria-label=${name}>
        ${repeat(shown, same, (control) => this.#draw(control, false))}
        ${
          hidden.length
            ? html`<button
                part="more"
                class="control more"
                type="button"
                popovertarget="menu"
                aria-label=${more}
                title=${more}
              >
                ${ellipsisIcon}
              </button>`
            : nothing
        }
        <slot @slotchange=${this.measure}></slot>
        <sip-hangup-button exportparts="hangup" .shortcut=${this.shortcuts.hangup ?? ''}></sip-hangup-button>
      </div>
      ${
        hidden.length
          ? html`<div
              id="menu"
              popover
              part="menu"
              class="menu"
              role="group"
              aria-label=${more}
              @beforetoggle=${onClosing}
              @toggle=${onToggle}
              @keydown=${onArrow}
              @click=${close}
            >
              ${repeat(hidden, same, (control) => this.#draw(control, true))}
            </div>`
          : nothing
      }
      <div
        id="keypad"
        popover
        class="tones"
        role="group"
        aria-label=${localize.term('keypad')}
        @beforetoggle=${onClosing}
        @toggle=${onToggle}
      >
        <sip-keypad></sip-keypad>
      </div>`;
  }

  #draw(control: RowControl, labelled: boolean): TemplateResult {
    const keys = this.shortcuts[control] ?? '';
    switch (control) {
      case 'mute':
        return html`<sip-mute-button
          exportparts="mute"
          .shortcut=${keys}
          .labelled=${labelled}
        ></sip-mute-button>`;
      case 'camera':
        return html`<sip-camera-button
          exportparts="camera"
          .shortcut=${keys}
          .labelled=${labelled}
        ></sip-camera-button>`;
      case 'hold':
        return html`<sip-hold-button
          exportparts="hold"
          .shortcut=${keys}
          .labelled=${labelled}
        ></sip-hold-button>`;
      case 'screen':
        return html`<sip-screen-button
          exportparts="screen"
          .shortcut=${keys}
          .labelled=${labelled}
        ></sip-screen-button>`;
      case 'photo':
        return html`<sip-photo-button
          exportparts="photo"
          .shortcut=${keys}
          .labelled=${labelled}
        ></sip-photo-button>`;
      case 'record':
        return html`<sip-record-button
          exportparts="record"
          .shortcut=${keys}
          .labelled=${labelled}
        ></sip-record-button>`;
      case 'keypad':
        return this.#drawKeypad(keys, labelled);
    }
  }

  /** The button that opens the keypad. */
  #drawKeypad(keys: string, labelled: boolean): TemplateResult {
    const name = this.#localize.term('keypad');
    return html`<button
      part="keypad"
      class="control"
      type="button"
      aria-label=${labelled ? nothing : name}
      aria-keyshortcuts=${keys || nothing}
      title=${keys ? `${name} (${keys})` : name}
      popovertarget="keypad"
    >
      ${grid3x3Icon}${labelled ? html`<span class="line">${name}</span>` : nothing}
    </button>`;
  }
}

/** What was opened has the focus, so that the keyboard goes on there. */
function onToggle(event: ToggleEvent): void {
  if (event.newState !== 'open') return;
  const [first] = (event.currentTarget as HTMLElement).children;
  (first as HTMLElement | undefined)?.focus({preventScroll: true});
}

/** The focus goes back to the button that opened it; the browser does not find it inside another shadow root. */
function onClosing(event: ToggleEvent): void {
  const closing = event.currentTarget as HTMLElement;
  if (event.newState !== 'closed' || !closing.matches(':focus-within')) return;
  const row = closing.parentElement?.querySelector('.row');
  const [opener] = [`[popovertarget=${closing.id}]`, '.more'].flatMap(
    (selector) => row?.querySelector<HTMLElement>(selector) ?? [],
  );
  opener?.focus({preventScroll: true});
}

function close(event: Event): void {
  (event.currentTarget as HTMLElement).hidePopover();
}

function onArrow(event: KeyboardEvent): void {
  const items = [...(event.currentTarget as HTMLElement).children] as HTMLElement[];
  const now = items.indexOf(event.target as HTMLElement);
  const next = {ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1}[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}
