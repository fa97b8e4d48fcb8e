import {html, nothing, type ReactiveElement} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import {notice} from '../shared/notice.js';
import {LazyModule} from '../shared/lazy-module.js';

const offers = new LazyModule(() => import('../shared/calls/call-offers.js'));

/** Offers what a call allows: to complete a transfer, to barge into a call that is heard, to merge calls. */
export class OfferNotice {
  readonly #localize: LocalizeController;
  readonly #commands: CommandController;
  readonly #host: ReactiveElement;

  constructor(host: ReactiveElement, localize: LocalizeController, commands: CommandController) {
    this.#host = host;
    this.#localize = localize;
    this.#commands = commands;
  }

  /**
   * Renders the offer, or the notice.
   *
   * @param shown - The notice, which comes first if it is a failure, or if the offer is only to merge calls.
   */
  render(call: SipCall, client: BaseClient | undefined, shown: unknown): unknown {
    if (!client || this.#commands.error) return shown;
    const asks = call.type === 'listen-in' || call.state.consultationFor !== undefined;
    if (!asks && (shown !== nothing || client.calls.length < 2)) return shown;
    const module = offers.load(this.#host);
    const localize = this.#localize;
    const offer = module?.offerOf(call, client, localize);
    if (!module || !offer) return shown;
    const buttons = offer.commands.map((command) =>
      module.offerButton(command, this.#commands, undefined, asks ? 'pill' : 'link'),
    );
    // A notice that stays takes one row.
    const commands = asks ? {more: html`<span class="answers">${buttons}</span>`} : {links: buttons};
    return notice(offer.text, {localize, informs: true, ...commands});
  }
}
