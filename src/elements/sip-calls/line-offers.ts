import {html, nothing, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {offerButton, offerOf} from '../shared/calls/call-offers.js';
import {confirmation} from '../shared/confirmation.js';
import {nameOf} from '../shared/people/people.js';
import {supervise} from '../shared/calls/supervision.js';
import type {CallLineContext} from './call-line.js';

/** The properties of the offers in a line. */
export interface LineOffersContext extends CallLineContext {
  readonly client: BaseClient;
  /** Runs commands that end the line's call. */
  readonly general: CommandController;
  /** Whether the user is being asked whether to end the call of others. */
  readonly confirming: boolean;
  /** Asks the user, or ends the question. */
  readonly onConfirm: (asks: boolean) => void;
}

/** Renders what a line offers: to complete a transfer, to barge into the call that is heard, to end that call. */
export function lineOffers(context: LineOffersContext): TemplateResult | undefined {
  const {call, client, localize, general, confirming, onConfirm} = context;
  const {number} = call.remote;
  const name = nameOf(call.remote, localize);
  const supervised = call.type === 'listen-in' || call.type === 'barge-in';
  const ends = supervised && client.capabilities.supervise && call.state.phase === 'answered';
  const force = localize.term('forceEnd');
  if (ends && confirming)
    return html`<div part="offer" class="offer">
      ${confirmation({
        localize,
        text: localize.term('forceEndWho', name),
        word: force,
        onCancel: () => onConfirm(false),
        onConfirm: () => {
          onConfirm(false);
          void general.run(() => supervise('force-end', number, client, call.id));
        },
      })}
    </div>`;
  const offer = offerOf(call, client, localize);
  if (!offer && !ends) return undefined;
  return html`<div part="offer" class="offer">
    ${offer && !supervised ? html`<span>${offer.text}</span>` : nothing}
    ${offer?.commands.map((command) => offerButton(command, general, localize.explained(command.word, name)))}
    ${
      ends
        ? html`<button part="force-end" class="pill" type="button" @click=${() => onConfirm(true)}>
            ${force}
          </button>`
        : nothing
    }
  </div>`;
}
