import {html, nothing, type TemplateResult} from 'lit';
import {query} from 'lit/decorators.js';
import type {SipCall} from '../../core/call/call.js';
import {isLine} from '../../core/call/call-kinds.js';
import {CallControlElement} from './call-control.js';
import {insertCleaned} from '../shared/people/dial-field.js';
import {phoneForwardedIcon, xIcon} from '../shared/icons.js';
import {errorNotice} from '../shared/notice.js';
import {nameOf} from '../shared/people/people.js';
import {styles} from './sip-transfer-button.styles.js';
import {transferProgress, transferTargets} from './transfer-targets.js';

/**
 * Transfers the other side of the call to a number, or to the other side of another call of the client.
 *
 * A press opens a dialog, which shows the progress and closes when the transfer is complete. If the transfer fails, the
 * call continues and the dialog shows the reason, reopening if it was closed meanwhile.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - The call could not be transferred.
 * @csspart button - The button.
 * @csspart dialog - The dialog.
 * @csspart number - The field for the number.
 * @csspart transfer - The button that transfers the call to the number.
 * @csspart target - A call that this call can be transferred to.
 * @csspart close - The button that closes the dialog.
 * @csspart notice - The reason for a failed transfer.
 */
export class SipTransferButtonElement extends CallControlElement {
  static override styles = [super.styles, styles];

  @query('dialog') private readonly dialog!: HTMLDialogElement | null;
  @query('input') private readonly field!: HTMLInputElement | null;
  #call: SipCall | undefined;

  /** Opens the dialog. */
  show(): void {
    if (this.#reason !== undefined || this.dialog?.open) return;
    this.dialog?.showModal();
    this.field?.focus();
  }

  /** Closes the dialog; a transfer in progress continues. */
  readonly close = (): void => this.dialog?.close();

  protected override willUpdate(): void {
    if (this.current === this.#call) return;
    this.#call = this.current;
    this.commands.dismiss();
  }

  protected override firstUpdated(): void {
    // A press on the backdrop closes the dialog, as Esc does.
    this.dialog?.addEventListener('click', ({target}) => target === this.dialog && this.close());
  }

  protected override updated(): void {
    // The call ended or was replaced: there is nothing left to transfer.
    if (this.#reason !== undefined) this.close();
  }

  protected override render(): TemplateResult {
    const {localize, current: call} = this;
    const name = call ? nameOf(call.remote, localize) : '';
    return html`${this.button({
        part: 'transfer-button',
        name: localize.term('transfer'),
        icon: phoneForwardedIcon,
        pressed: this.#running,
        reason: this.#reason,
        command: async () => this.show(),
      })}
      <dialog part="dialog" class="card" aria-labelledby="title" @close=${this.#onClose}>
        <div class="head">
          <h2 id="title" class="line">${localize.term('transferWho', name)}</h2>
          <button
            part="close"
            class="round"
            type="button"
            aria-label=${localize.term('close')}
            title=${localize.term('close')}
            @click=${this.close}
          >
            ${xIcon}
          </button>
        </div>
        ${call ? (this.#running ? transferProgress(call.state.transfer!, localize) : this.#renderTargets(call)) : nothing}
      </dialog>`;
  }

  #renderTargets(call: SipCall): TemplateResult {
    const {localize, client} = this;
    const {error} = this.commands;
    const others = (client?.state.calls ?? []).filter(
      (other) => other !== call && isLine(other.type) && other.state.phase === 'answered',
    );
    return html`<form class="body" @submit=${this.#onSubmit}>
      ${error ? errorNotice(error, undefined, {localize, onDismiss: this.commands.dismiss}) : nothing}
      <div class="row">
        <input
          part="number"
          class="number"
          type="text"
          inputmode="tel"
          autocomplete="off"
          spellcheck="false"
          enterkeyhint="go"
          placeholder=${localize.term('number')}
          aria-label=${localize.term('number')}
          @beforeinput=${this.#onBeforeInput}
          @input=${this.commands.dismiss}
        />
        <button part="transfer" class="pill go" type="submit">
          ${phoneForwardedIcon} <span class="word">${localize.term('transfer')}</span>
        </button>
      </div>
      ${transferTargets(others, localize, (other) => this.#transfer(call, other))}
    </form>`;
  }

  get #running(): boolean {
    const phase = this.current?.state.transfer?.phase;
    return phase === 'asking' || phase === 'trying' || phase === 'ringing';
  }

  get #reason(): string | undefined {
    const {current: call, client, localize} = this;
    if (!call || call.state.phase === 'released') return this.absence;
    if (call.state.phase !== 'answered') return localize.term('notYet');
    return client?.capabilities.transfer ? undefined : localize.describe({code: 'unsupported'});
  }

  #transfer(call: SipCall, target: string | SipCall): void {
    void this.commands.run(async () => {
      try {
        await call.transfer(target);
      } catch (error) {
        // Reopens the dialog, because the held call may have been forgotten.
        this.show();
        throw error;
      }
    });
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const {current: call, field} = this;
    if (!call || !field) return;
    if (field.value.trim()) this.#transfer(call, field.value);
    else field.focus();
  };

  readonly #onBeforeInput = (event: InputEvent): void => {
    if (this.field) insertCleaned(this.field, event);
  };

  readonly #onClose = (): void => {
    // The event is asynchronous: the dialog may be open again.
    if (!this.dialog?.open) this.commands.dismiss();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-transfer-button': SipTransferButtonElement;
  }
}
