import '../../locales/call/controls-en.js';
import {html, nothing, type TemplateResult} from 'lit';
import {query} from 'lit/decorators.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import {CallControlElement} from './call-control.js';
import {phoneForwardedIcon} from '../shared/icons/controls.js';
import {xIcon} from '../shared/icons.js';
import {defineInner} from '../shared/define-inner.js';
import {errorNotice} from '../shared/notice.js';
import {nameOf} from '../shared/people/people.js';
import {styles} from './sip-transfer-button.styles.js';
import type {TransferPanelElement, TransferWay} from './transfer-panel.js';

/** The parts of the dialog's contents. */
const PARTS = 'number, suggestion, transfer, consult, voicemail, target, notice';

/**
 * Transfers the other side of the call to a person or a number, or to the other side of another call of the client.
 *
 * People are found by name, in the history and the server's directory. The call is transferred at once, or after a
 * consultation: the user calls the target first, this call is held meanwhile, and `<sip-call>` and `<sip-calls>` offer to
 * complete the transfer.
 *
 * A press opens a dialog, which shows the progress and closes when the transfer is complete. If the transfer fails, the
 * call continues and the dialog shows the reason, reopening if it was closed meanwhile.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - The call could not be transferred.
 * @slot icon - An icon instead of the element's own.
 * @csspart button - The button.
 * @csspart dialog - The dialog.
 * @csspart number - The field for a name or a number.
 * @csspart suggestion - Each person suggested.
 * @csspart transfer - The button that transfers the call at once.
 * @csspart consult - The button that calls the target first.
 * @csspart voicemail - The button that transfers to the target's voicemail, if the option `features` has a code for it.
 * @csspart target - A call that this call can be transferred to.
 * @csspart close - The button that closes the dialog.
 * @csspart notice - The reason for a failed transfer.
 */
export class SipTransferButtonElement extends CallControlElement {
  static override styles = [super.styles, styles];

  @query('dialog') private readonly dialog!: HTMLDialogElement | null;
  @query('sip-transfer-panel') private readonly panel!: TransferPanelElement | null;
  #call: SipCall | undefined;
  /** Whether the contents of the dialog are loaded. */
  #loaded = false;

  /** Opens the dialog. */
  show(): void {
    if (this.#reason !== undefined || this.dialog?.open) return;
    this.dialog?.showModal();
    if (this.#loaded) this.panel?.focus();
    else void this.commands.run(() => this.#load());
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
        ${call && this.client ? this.#renderPanel(call, this.client) : nothing}
      </dialog>`;
  }

  #renderPanel(call: SipCall, client: BaseClient): TemplateResult {
    const {localize} = this;
    const {error, dismiss} = this.commands;
    if (!this.#loaded)
      return html`<div class="waits">
        ${error ? errorNotice(error, undefined, {localize, onDismiss: dismiss}) : localize.term('loading')}
      </div>`;
    return html`<sip-transfer-panel
      exportparts=${PARTS}
      .call=${call}
      .client=${client}
      .error=${error}
      .onDismiss=${dismiss}
      .onTransfer=${this.#onTransfer}
    ></sip-transfer-panel>`;
  }

  async #load(): Promise<void> {
    defineInner((await import('./transfer-inner.js')).inner);
    this.#loaded = true;
    this.requestUpdate();
    await this.updateComplete;
    await this.panel?.updateComplete;
    if (this.dialog?.open) this.panel?.focus();
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

  #transfer(command: () => Promise<void> | undefined): void {
    void this.commands.run(async () => {
      try {
        await command();
      } catch (error) {
        // Reopens the dialog, because the held call may have been forgotten.
        this.show();
        throw error;
      }
    });
  }

  readonly #onTransfer = (target: string | SipCall, way: TransferWay): void => {
    const {current: call, client} = this;
    if (!call || !client) return;
    if (typeof target !== 'string' || way === 'now') return this.#transfer(() => call.transfer(target));
    if (way === 'voicemail') return this.#transfer(() => client.pbx?.transferToVoicemail(call, target));
    void this.commands.run(async () => {
      await client.call(target, {consultationFor: call});
      this.close();
    });
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
