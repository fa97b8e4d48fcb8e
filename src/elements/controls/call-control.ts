import {html, LitElement, nothing, type CSSResultGroup, type TemplateResult} from 'lit';
import {CallController} from '../../controllers/call-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipCall} from '../../core/call/call.js';
import {styles} from './call-control.styles.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';

/** What a control's button is at this moment. */
export interface ControlButton {
  /** What pressing it does: its accessible name and its tooltip. */
  readonly name: string;
  readonly icon: TemplateResult;
  /** Its part's name in a `<sip-call>`. */
  readonly part: string;
  /** Whether a toggle is pressed; undefined for a button that is none. */
  readonly pressed?: boolean;
  /** It ends the call. */
  readonly ends?: boolean;
  /** It is a second one beside the control's own, which has the keys. */
  readonly aside?: boolean;
  /** Why it cannot be pressed now. */
  readonly reason?: string | undefined;
  readonly command: (call: SipCall) => Promise<unknown>;
}

/**
 * A control of one call: that of the `<sip-call>` around it or named by `for`, otherwise the newest call of the client.
 *
 * A failed command is told by `sip-error`.
 */
export abstract class CallControlElement extends LitElement {
  static override styles: CSSResultGroup = [shared, styles];

  /** The id of the `<sip-call>` or `<sip-client>`; the nearest one around it where it is empty. */
  @property({attribute: 'for'}) htmlFor = '';
  /** The call to control, where the page chooses it. */
  @property({attribute: false}) call: SipCall | undefined;
  /** Shows what it does in words as well. */
  @property({type: Boolean, reflect: true}) labelled = false;
  /** The keys that press it, which whoever listens for them tells here: `Alt+M`. */
  @property() shortcut = '';

  protected readonly commands = new CommandController(this);
  protected readonly localize = new LocalizeController(this);
  readonly #calls = new CallController(
    this,
    () => this.htmlFor,
    () => this.call,
  );

  /** The call that is controlled. */
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

  /** Why nothing that needs a call that stands can be done now; undefined where it can. */
  protected get notReady(): string | undefined {
    const phase = this.current?.state.phase;
    if (phase === 'answered') return undefined;
    return this.localize.term(phase === 'released' ? 'noCall' : 'notYet');
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('button')?.focus(options);
  }

  override click(): void {
    this.renderRoot.querySelector<HTMLElement>('button')?.click();
  }

  /** Draws the control's button. */
  protected button({name, icon, part, pressed, ends, aside, reason, command}: ControlButton): TemplateResult {
    const {current: call, labelled} = this;
    const shortcut = aside ? '' : this.shortcut;
    const why = call ? reason : this.absence;
    const named = shortcut ? `${name} (${shortcut})` : name;
    return html`<button
      part="button ${part}"
      class="control ${pressed ? 'on' : ''} ${ends ? 'end' : ''}"
      type="button"
      aria-label=${labelled ? nothing : name}
      aria-keyshortcuts=${shortcut || nothing}
      title=${why ? `${named}: ${why}` : named}
      aria-disabled=${why ? 'true' : nothing}
      @click=${() => call && !why && void this.commands.run(() => command(call))}
    >
      ${icon}${labelled ? html`<span class="line">${name}</span>` : nothing}
    </button>`;
  }
}
