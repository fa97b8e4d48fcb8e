import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {isIntercom} from '../../core/intercom/is-intercom.js';
import type {Capabilities} from '../../core/types.js';
import {getsVideo} from '../shared/calls/call-picture.js';
import {phoneForwardedIcon} from '../shared/icons/controls.js';
import {grid3x3Icon} from '../shared/icons/phone.js';
import type {ShortcutName} from '../shared/shortcuts.js';
import {sharesScreens} from '../shared/calls/shares-screens.js';

/** A control of the row; the hang-up button is separate. */
export type RowControl = Exclude<ShortcutName, 'hangup' | 'fullscreen'>;

/**
 * Returns the controls available in a call, the most important ones first. They are shown from the start of the call.
 */
export function controlsOf(call: SipCall, capabilities: Capabilities | undefined): RowControl[] {
  // An intercom has no mute or hold: the floor decides who is heard.
  if (isIntercom(call)) return ['record'];
  // A user who only listens sends nothing.
  if (call.type === 'listen-in') return getsVideo(call) ? ['photo', 'record'] : ['record'];
  const screen = sharesScreens() ? (['screen'] as const) : [];
  const transfer = capabilities?.transfer && call.type === 'single' ? (['transfer'] as const) : [];
  const photo = call.media === 'video' || getsVideo(call) ? (['photo'] as const) : [];
  return ['mute', 'camera', 'hold', ...screen, 'keypad', ...transfer, ...photo, 'record'];
}

/** The properties of a control. */
export interface ControlContext {
  readonly call: SipCall;
  readonly localize: LocalizeController;
  /** The keyboard shortcut of the control. */
  readonly keys: string;
  /** Whether the control is an item of the menu, with text. */
  readonly inMenu: boolean;
}

/** Renders a control in the row or in the menu. */
export function drawControl(control: RowControl, context: ControlContext): TemplateResult {
  const {keys, inMenu} = context;
  switch (control) {
    case 'mute':
      return html`<sip-mute-button
        exportparts="mute"
        .shortcut=${keys}
        .labelled=${inMenu}
      ></sip-mute-button>`;
    case 'camera':
      return html`<sip-camera-button
        exportparts="camera"
        .shortcut=${keys}
        .labelled=${inMenu}
      ></sip-camera-button>`;
    case 'hold':
      return html`<sip-hold-button
        exportparts="hold"
        .shortcut=${keys}
        .labelled=${inMenu}
      ></sip-hold-button>`;
    case 'screen':
      return html`<sip-screen-button
        exportparts="screen"
        .shortcut=${keys}
        .labelled=${inMenu}
      ></sip-screen-button>`;
    case 'photo':
      return html`<sip-photo-button
        exportparts="photo"
        .shortcut=${keys}
        .labelled=${inMenu}
      ></sip-photo-button>`;
    case 'record':
      return html`<sip-record-button
        exportparts="record"
        .shortcut=${keys}
        .labelled=${inMenu}
      ></sip-record-button>`;
    case 'keypad':
      return keypadButton(context);
    case 'transfer':
      return inMenu ? transferLine(context) : transferButton(keys);
  }
}

/**
 * Renders the transfer button. While a menu item opens its dialog, the button stays hidden in the row: closing the menu
 * would otherwise close the dialog.
 */
export function transferButton(keys: string, aside = false): TemplateResult {
  return html`<sip-transfer-button
    class=${aside ? 'aside' : ''}
    exportparts=${`${aside ? '' : 'transfer-button: transfer, '}dialog: transfer-dialog`}
    .shortcut=${keys}
  ></sip-transfer-button>`;
}

/** Renders the menu item that opens the dialog. */
function transferLine({call, localize, keys}: ControlContext): TemplateResult {
  const name = localize.term('transfer');
  const named = keys ? `${name} (${keys})` : name;
  const ready = call.state.phase === 'answered';
  const open = ({currentTarget}: Event): void => {
    const menu = (currentTarget as HTMLElement).closest<HTMLElement>('[popover]');
    // Closes the menu first, because the dialog returns the focus to the element that has it now.
    menu?.hidePopover();
    menu?.parentElement?.querySelector('sip-transfer-button')?.show();
  };
  return html`<button
    part="transfer"
    class="control"
    type="button"
    aria-keyshortcuts=${keys || nothing}
    title=${localize.explained(named, ready ? '' : localize.term('notYet'))}
    aria-disabled=${ready ? nothing : 'true'}
    @click=${open}
  >
    ${phoneForwardedIcon}<span class="line">${name}</span>
  </button>`;
}

/** Renders the button that opens the keypad. */
function keypadButton({localize, keys, inMenu}: ControlContext): TemplateResult {
  const name = localize.term('keypad');
  return html`<button
    part="keypad"
    class="control"
    type="button"
    aria-label=${inMenu ? nothing : name}
    aria-keyshortcuts=${keys || nothing}
    title=${keys ? `${name} (${keys})` : name}
    popovertarget="keypad"
  >
    ${grid3x3Icon}${inMenu ? html`<span class="line">${name}</span>` : nothing}
  </button>`;
}
