import {css, html, type TemplateResult} from 'lit';
import {query} from 'lit/decorators.js';
import {CallControlElement} from '../../controls/call-control.js';
import {circleParkingIcon} from './icons.js';
import {slotField} from './slot-field.js';

/** Asks where a call is parked, in the panel of the control. */
export class ParkFormElement extends CallControlElement {
  static override styles = [
    super.styles,
    css`
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--_space-2);
        padding: var(--_space-2);
      }
      .ask {
        display: flex;
        gap: var(--_space-2);
      }
      input {
        flex: 1;
        min-inline-size: 0;
        block-size: var(--_control);
        padding-inline: var(--_space-3);
        border: 1px solid rgb(255 255 255 / 24%);
        border-radius: var(--_radius-s);
        background: rgb(255 255 255 / 8%);
        color: inherit;
        font: inherit;
        font-size: max(1rem, var(--_text-m));
      }
      input::placeholder {
        color: inherit;
        opacity: 0.7;
      }
      .pill {
        flex: none;
        padding-inline: var(--_space-4);
      }
      .hint {
        padding-inline: var(--_space-1);
        font-size: var(--_text-s);
        opacity: 0.8;
      }
    `,
  ];

  @query('input') private readonly field!: HTMLInputElement | null;

  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  protected override render(): TemplateResult {
    const {localize} = this;
    return html`<form @submit=${this.#onSubmit}>
      <div class="ask">
        ${slotField(localize)}
        <button class="pill accent" type="submit" aria-busy=${this.commands.pending ? 'true' : 'false'}>
          ${circleParkingIcon}<span>${localize.term('park')}</span>
        </button>
      </div>
      <p class="hint">${localize.term('parkHint')}</p>
    </form>`;
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const {current: call, client, field} = this;
    const slot = field?.value.trim() ?? '';
    if (!slot) return field?.focus();
    if (!call || this.commands.pending) return;
    void this.commands.run(async () => client?.pbx?.park(call, slot));
    // A failure is shown beside the controls.
    this.closest<HTMLElement>('[popover]')?.hidePopover();
  };
}
