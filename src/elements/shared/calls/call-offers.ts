import {html, nothing, type TemplateResult} from 'lit';
import type {CommandController} from '../../../controllers/command-controller.js';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {SipCall} from '../../../core/call/call.js';
import type {BaseClient} from '../../../core/client/client.js';
import {nameOf} from '../people/people.js';
import {supervise} from './supervision.js';

/** A button of an offer. */
export interface OfferedCommand {
  readonly part: 'complete-transfer' | 'cancel-transfer' | 'barge-in';
  readonly word: string;
  /** Whether this is what the user most likely wants. */
  readonly main: boolean;
  /** Why it is not possible now. */
  readonly reason?: string | undefined;
  readonly command: () => Promise<unknown>;
}

/** What the user can do with a call besides its usual controls. */
export interface CallOffer {
  readonly text: string;
  readonly commands: readonly OfferedCommand[];
}

/** Returns what to offer: in a consultation, to complete the transfer; while listening, to barge in. */
export function offerOf(
  call: SipCall,
  client: BaseClient,
  localize: LocalizeController,
): CallOffer | undefined {
  const {phase, consultationFor} = call.state;
  if (phase === 'released') return undefined;
  const other = consultationFor === undefined ? undefined : client.getCall(consultationFor);
  if (other?.state.phase === 'answered') return consultation(call, other, client, localize);
  if (call.type !== 'listen-in' || phase !== 'answered') return undefined;
  return {
    text: localize.term('listeningIn'),
    commands: client.capabilities.bargeIn
      ? [
          {
            part: 'barge-in',
            word: localize.term('bargeIn'),
            main: true,
            command: () => supervise('barge-in', call.remote.number, client),
          },
        ]
      : [],
  };
}

/**
 * Renders the button of an offer.
 *
 * @param name - The other party, which the button's name then ends with.
 */
export function offerButton(
  {part, word, main, reason, command}: OfferedCommand,
  commands: CommandController,
  name?: string,
): TemplateResult {
  return html`<button
    part=${part}
    class="pill ${main ? 'accent' : ''}"
    type="button"
    aria-label=${name === undefined ? nothing : `${word}: ${name}`}
    title=${reason ?? nothing}
    aria-disabled=${reason || commands.pending ? 'true' : nothing}
    @click=${() => !reason && !commands.pending && void commands.run(command)}
  >
    <span class="line">${word}</span>
  </button>`;
}

function consultation(
  call: SipCall,
  other: SipCall,
  client: BaseClient,
  localize: LocalizeController,
): CallOffer {
  return {
    text: localize.term('consultation', nameOf(other.remote, localize), nameOf(call.remote, localize)),
    commands: [
      {
        part: 'complete-transfer',
        word: localize.term('completeTransfer'),
        main: true,
        reason: call.state.phase === 'answered' ? undefined : localize.term('notYet'),
        command: () => other.transfer(call),
      },
      {
        part: 'cancel-transfer',
        word: localize.term('cancel'),
        main: false,
        command: async () => {
          await call.hangup();
          await client.activate(other);
        },
      },
    ],
  };
}
