import {html, nothing, type ReactiveElement, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import type * as offers from '../shared/calls/call-offers.js';
import {notice} from '../shared/notice.js';

/** Offers what a call of its kind allows: to complete a transfer, or to barge into a call that is heard. */
export class CallOffers {
  readonly #host: ReactiveElement;
  readonly #localize: LocalizeController;
  readonly #commands: CommandController;
  #module: typeof offers | undefined;

  constructor(host: ReactiveElement, localize: LocalizeController, commands: CommandController) {
    this.#host = host;
    this.#localize = localize;
    this.#commands = commands;
  }

  /** Renders the offer; undefined if there is none, or a failure is to be shown. */
  render(call: SipCall, client: BaseClient | undefined): TemplateResult | undefined {
    if (!client || this.#commands.error) return undefined;
    if (call.type !== 'listen-in' && call.state.consultationFor === undefined) return undefined;
    if (!this.#module) {
      // If it cannot be loaded, the next change of the call tries again.
      import('../shared/calls/call-offers.js').then(
        (module) => {
          this.#module = module;
          this.#host.requestUpdate();
        },
        () => {},
      );
      return undefined;
    }
    const localize = this.#localize;
    const offer = this.#module.offerOf(call, client, localize);
    if (!offer) return undefined;
    const more = html`<span class="answers">
      ${offer.commands.map(
        ({part, word, main, reason, command}) =>
          html`<button
            part=${part}
            class="pill ${main ? 'accent' : ''}"
            type="button"
            title=${reason ?? nothing}
            aria-disabled=${reason || this.#commands.pending ? 'true' : nothing}
            @click=${() => !reason && !this.#commands.pending && void this.#commands.run(command)}
          >
            ${word}
          </button>`,
      )}
    </span>`;
    return notice(offer.text, {localize, informs: true, more});
  }
}
