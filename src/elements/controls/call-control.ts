import {html, LitElement, nothing, type CSSResultGroup, type TemplateResult} from 'lit';
import {CallController} from '../../controllers/call-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipCall} from '../../core/call/call.js';
import {styles} from './call-control.styles.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';

/** The state of a control's button. */
export interface ControlButton {
  /** The action of the button: its accessible name and tooltip. */
  readonly name: string;
  readonly icon: TemplateResult;
  /** The name of its part in a `<sip-call>`. */
  readonly part: string;
  /** Whether a toggle button is pressed; undefined for other buttons. */
  readonly pressed?: boolean;
  /** Whether the button ends the call. */
  readonly ends?: boolean;
  /** Whether this is a second button; the keyboard shortcut belongs to the control's main button. */
  readonly aside?: boolean;
  /** Why the button is disabled now. */
  readonly reason?: string | undefined;
  readonly command: (call: SipCall) => Promise<unknown>;
}

/**
 * A control of one call: the call of the `<sip-call>` around it or named by `for`, otherwise the client's current call.
 *
 * A failed command dispatches `sip-error`.
 *
 * @cssprop --sip-button-background - The background of the button.
 * @cssprop --sip-button-hover - The background under the pointer.
 * @cssprop --sip-button-color - The color of the icon.
 * @cssprop --sip-button-filter - The `backdrop-filter` of the button.
 * @cssprop --sip-button-on-background - The background while the control is pressed.
 * @cssprop --sip-button-on-color - The color of the icon while the control is pressed.
 */
export abstract class CallControlElement extends LitElement {
  static override styles: CSSResultGroup = [shared, styles];

  /** The id of the `<sip-call>` or `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';
  /** The call to control, if the page sets it. */
  @property({attribute: false}) call: SipCall | undefined;
  /** Also shows the action as text. */
  @property({type: Boolean, reflect: true}) labelled = false;
  /** The keyboard shortcut to display, set by the code that handles it: `Alt+M`. */
  @property() shortcut = '';

  protected readonly commands = new CommandController(this);
  protected readonly localize = new LocalizeController(this);
  readonly #calls = new CallController(
    this,
    () => this.htmlFor,
    () => this.call,
  );

  /** The call being controlled. */
  protected get current(): SipCall | undefined {
    return this.#calls.call;
  }

  protected get client(): BaseClient | undefined {
    return this.#calls.client;
  }

  /** Why there is no call. */
  protected get absence(): string {
    return this.#calls.absence(this.localize);
  }

  /** Why a command that needs a connected call is unavailable; undefined if it is available. */
  protected get notReady(): string | undefined {
    const phase = this.current?.state.phase;
    if (phase === 'answered') return undefined;
    return this.localize.term(phase === 'released' ? 'noCall' : 'notYet');
  }

  /** Moves the focus to the control's button, if it has one. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('button')?.focus(options);
  }

  /** Presses the control's button, if it has one. */
  override click(): void {
    this.renderRoot.querySelector<HTMLElement>('button')?.click();
  }

  /** Renders the control's button. */
  protected button({name, icon, part, pressed, ends, aside, reason, command}: ControlButton): TemplateResult {
    const {current: call, labelled} = this;
    const shortcut = aside ? '' : this.shortcut;
    const why = call ? reason : this.absence;
    const waits = this.commands.pending;
    const named = shortcut ? `${name} (${shortcut})` : name;
    return html`<button
      part="button ${part}"
      class="control ${pressed ? 'on' : ''} ${ends ? 'end' : ''}"
      type="button"
      aria-label=${labelled ? nothing : name}
      aria-keyshortcuts=${shortcut || nothing}
      title=${this.localize.explained(named, why ?? (waits ? this.localize.term('commandWaits') : undefined))}
      aria-disabled=${why ? 'true' : nothing}
      aria-busy=${waits ? 'true' : nothing}
      @click=${() => call && !why && void this.commands.run(() => command(call))}
    >
      ${aside ? icon : html`<slot name=${pressed ? 'icon-on' : 'icon'}>${icon}</slot>`}${labelled ? html`<span class="line">${name}</span>` : nothing}
    </button>`;
  }
}
