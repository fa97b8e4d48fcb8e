import {html, type ReactiveElement, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import {notice} from '../shared/notice.js';
import {LazyModule} from '../shared/lazy-module.js';

const offers = new LazyModule(() => import('../shared/calls/call-offers.js'));

/** Offers what a call of its kind allows: to complete a transfer, or to barge into a call that is heard. */
export class CallOffers {
  readonly #localize: LocalizeController;
  readonly #commands: CommandController;
  readonly #host: ReactiveElement;

  constructor(host: ReactiveElement, localize: LocalizeController, commands: CommandController) {
    this.#host = host;
    this.#localize = localize;
    this.#commands = commands;
  }

  /** Renders the offer; undefined if there is none, or a failure is to be shown. */
  render(call: SipCall, client: BaseClient | undefined): TemplateResult | undefined {
    if (!client || this.#commands.error) return undefined;
    if (call.type !== 'listen-in' && call.state.consultationFor === undefined) return undefined;
    const module = offers.load(this.#host);
    const localize = this.#localize;
    const offer = module?.offerOf(call, client, localize);
    if (!module || !offer) return undefined;
    const more = html`<span class="answers">
      ${offer.commands.map((command) => module.offerButton(command, this.#commands))}
    </span>`;
    return notice(offer.text, {localize, informs: true, more});
  }
}
