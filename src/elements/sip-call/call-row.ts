import {
  html,
  isServer,
  nothing,
  type ReactiveController,
  type ReactiveElement,
  type TemplateResult,
} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import {captionTools} from '../shared/captions/caption-tools.js';
import {ellipsisIcon} from '../shared/icons/later.js';
import {LazyModule} from '../shared/lazy-module.js';
import {repeat} from '../shared/repeat.js';
import {sendsVideo} from '../shared/calls/call-picture.js';
import {pbxTools} from '../shared/pbx/pbx-tools.js';
import type {InCall} from './in-call.js';
import {controlsOf, drawControl, transferButton, type RowControl} from './row-controls.js';
import {close, giveFocusBack, moveByArrow, takeFocus} from '../shared/row-popovers.js';
import {SoundsControl} from './sounds-control.js';
import {normalizeShortcut, SHORTCUTS, type ShortcutName, type Shortcuts} from '../shared/shortcuts.js';

/** An entry of the row or its menu: a control of the call, switching the camera, parking, captions, its sounds, or the devices if their arrows have no room. */
type Entry = RowControl | 'flip' | 'park' | 'captions' | 'sounds' | 'devices';

/** What switches between the front and the back camera of a phone. */
const flipTools = new LazyModule(() => import('../shared/camera/flip-tools.js'));

/** An entry is its own key. */
const same = (entry: Entry): Entry => entry;

/** The width of a button before one was measured, including the gap after it, in pixels. */
const ROOM = 52;

/** The room that the arrows beside two controls need, in pixels at a root font size of 16. */
const ARROWS = 56;

/**
 * The row of a call's controls. The row shows as many controls as fit; the least important ones move to a menu behind a
 * button.
 */
export class CallRow implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #localize: LocalizeController;
  readonly #getShortcuts: () => Shortcuts | 'none';
  readonly #resizes = isServer ? undefined : new ResizeObserver(() => this.measure());
  #row: HTMLElement | null = null;
  #fits = Infinity;
  /** How many controls the row had when it was last rendered. */
  #count = 0;
  /** Whether there is room for the arrows that open the devices. */
  #arrows = true;
  readonly #sounds: SoundsControl;
  /** Calls that have been held. */
  readonly #held = new WeakSet<SipCall>();

  constructor(host: ReactiveElement, localize: LocalizeController, getShortcuts: () => Shortcuts | 'none') {
    this.#host = host;
    this.#localize = localize;
    this.#sounds = new SoundsControl(host, localize);
    this.#getShortcuts = getShortcuts;
    host.addController(this);
  }

  /** The keyboard shortcuts of the controls. */
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
    const row = this.#host.renderRoot.querySelector<HTMLElement>('.row');
    if (row === this.#row) return;
    this.#resizes?.disconnect();
    this.#row = row;
    // The row is as wide as its controls: the width around it determines how many would fit.
    if (row) this.#resizes?.observe(row.parentElement!);
  }

  hostDisconnected(): void {
    this.#resizes?.disconnect();
    this.#row = null;
  }

  /** Counts how many buttons fit, and updates the row if the number has changed. */
  readonly measure = (): void => {
    const row = this.#row;
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
    const room = row.parentElement!.clientWidth - paddingOf(row.parentElement!) - paddingOf(row);
    const arrows =
      [...row.querySelectorAll('.arrow')].reduce((sum, {clientWidth}) => sum + clientWidth, 0) || ARROWS;
    const first = row.querySelector('sip-mute-button, sip-record-button, sip-hold-button');
    // The last button has no gap after it.
    const space = room + gap + 0.5 - taken;
    const width = (first && wide(first)) || ROOM;
    const fits = Math.floor(space / width);
    const hasArrows = space - this.#count * width >= arrows;
    if (fits === this.#fits && hasArrows === this.#arrows) return;
    this.#fits = fits;
    this.#arrows = hasArrows;
    this.#host.requestUpdate();
  };

  /** Presses the control; returns false if it is missing or disabled. */
  press(name: ShortcutName): boolean {
    const root = this.#host.renderRoot;
    const control =
      name === 'keypad' || name === 'fullscreen'
        ? root.querySelector(name === 'keypad' ? '[part~=keypad]' : '[part~=full-screen]')
        : (root.querySelector(`sip-${name}-button`)?.shadowRoot?.querySelector('button') ?? null);
    if (!(control instanceof HTMLElement) || control.getAttribute('aria-disabled') === 'true') return false;
    control.click();
    return true;
  }

  /** Returns what switches the camera of a call; undefined if it sends none, and if there is only one direction. */
  #flips(call: SipCall, client: BaseClient | undefined): typeof flipTools.value {
    const {cameraOff, sharing} = call.state;
    if (!client || cameraOff || sharing || !sendsVideo(call)) return undefined;
    const tools = flipTools.load(this.#host);
    return tools?.flips(client.devices, this.#host) ? tools : undefined;
  }

  /**
   * Renders the controls of an active call.
   *
   * @param inCall - What opens the devices, if the user chooses them here.
   */
  render(call: SipCall, client: BaseClient | undefined, inCall?: InCall): TemplateResult {
    const captions = inCall && captionTools(call, client, this.#host);
    const flip = this.#flips(call, client);
    const own: readonly Entry[] = [
      ...controlsOf(call, client?.capabilities).flatMap((control) =>
        control === 'camera' && flip ? [control, 'flip' as const] : control,
      ),
      ...(captions?.entries ?? []),
    ];
    const speaks = own.includes('mute');
    const chooser = speaks ? inCall : undefined;
    const pbx = pbxTools(client, this.#host);
    const all = speaks ? [...own, ...(pbx?.parks(call, client) ?? []), 'sounds' as const] : own;
    this.#count = all.length;
    const controls = chooser && !this.#arrows ? [...all, 'devices' as const] : all;
    const fitting = controls.length <= this.#fits ? controls : controls.slice(0, Math.max(1, this.#fits - 1));
    // The button that resumes a held call keeps its place: a second press would hit another control there.
    if (call.state.held) this.#held.add(call);
    const holds = this.#held.has(call) && controls.includes('hold') && !fitting.includes('hold');
    const shown = holds ? [...fitting.slice(0, -1), 'hold' as const] : fitting;
    const hidden = controls.filter((control) => !shown.includes(control));
    const standing = controls.filter((control) => shown.includes(control) || control === 'transfer');
    const localize = this.#localize;
    const more = localize.term('more');
    const draw = (control: Entry, inMenu: boolean): TemplateResult => {
      if (control === 'devices') return chooser!.devicesButton(inMenu);
      if (control === 'flip') return flip!.flipControl(inMenu);
      if (control === 'park') return pbx!.parkControl(call, client, inMenu, localize);
      if (control === 'captions') return captions!.captionsButton(inMenu);
      if (control === 'sounds') return this.#sounds.button(call, inMenu);
      const keys = this.shortcuts[control] ?? '';
      if (!inMenu && hidden.includes(control)) return transferButton(keys, true);
      const drawn = drawControl(control, {call, localize, keys, inMenu});
      const of = control === 'mute' ? 'sound' : control === 'camera' ? control : undefined;
      return chooser && this.#arrows && of && !inMenu ? html`${drawn}${chooser.arrow(of)}` : drawn;
    };
    return html`<div part="controls" class="controls row">
        ${repeat(standing, same, (control) => draw(control, false))}
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
              @beforetoggle=${giveFocusBack}
              @toggle=${takeFocus}
              @keydown=${moveByArrow}
              @click=${close}
            >
              ${repeat(hidden, same, (control) => draw(control, true))}
            </div>`
          : nothing
      }
      <div
        id="keypad"
        popover
        class="tones"
        role="group"
        aria-label=${localize.term('keypad')}
        @beforetoggle=${giveFocusBack}
        @toggle=${takeFocus}
      >
        <sip-keypad></sip-keypad>
      </div>
      ${pbx?.parkPanel(call, client, localize)} ${chooser?.devicesMenu(call, client?.devices) ?? nothing}
      ${speaks ? this.#sounds.panel(call, client) : nothing}`;
  }
}

/** The padding of an element before and after its content, in pixels. */
function paddingOf(element: Element): number {
  const {paddingInlineStart, paddingInlineEnd} = getComputedStyle(element);
  return parseFloat(paddingInlineStart) + parseFloat(paddingInlineEnd);
}
