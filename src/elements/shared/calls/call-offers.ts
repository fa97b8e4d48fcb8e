import {html, nothing, type TemplateResult} from 'lit';
import type {CommandController} from '../../../controllers/command-controller.js';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {SipCall} from '../../../core/call/call.js';
import type {BaseClient} from '../../../core/client/client.js';
import {canMerge} from '../../../core/patches/can-merge.js';
import {commandButton} from '../buttons/command-button.js';
import {nameOf, namesOf} from '../people/people.js';
import {supervise} from './supervision.js';

/** A button of an offer. */
export interface OfferedCommand {
  readonly part: 'complete-transfer' | 'cancel-transfer' | 'barge-in' | 'merge' | 'split';
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

/**
 * Returns what to offer: in a consultation, to complete the transfer; while listening, to barge in; with several calls,
 * to merge them or to split them again.
 */
export function offerOf(
  call: SipCall,
  client: BaseClient,
  localize: LocalizeController,
): CallOffer | undefined {
  const {phase, consultationFor, merged} = call.state;
  if (phase === 'released') return undefined;
  if (merged) return conference(call, merged, client, localize);
  const other = consultationFor === undefined ? undefined : client.getCall(consultationFor);
  if (other?.state.phase === 'answered') return consultation(call, other, client, localize);
  if (call.type !== 'listen-in') return several(call, client, localize);
  if (phase !== 'answered') return undefined;
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
 * @param label - The button's name, if it is more than its word.
 * @param style - `link` looks like a part of the text.
 */
export function offerButton(
  {part, word, main, reason, command}: OfferedCommand,
  commands: CommandController,
  label?: string,
  style: 'pill' | 'link' = 'pill',
): TemplateResult {
  return commandButton(
    label,
    html`<span class="line">${word}</span>`,
    () => !reason && !commands.pending && void commands.run(command),
    {
      part,
      look: `${style} ${main ? 'accent' : ''}`,
      tip: reason ?? nothing,
      disabled: !!reason || commands.pending,
    },
  );
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
      ...(canMerge(call) && canMerge(other) ? [merge([other, call], client, localize)] : []),
      {
        part: 'cancel-transfer',
        word: localize.term('cancelTransfer'),
        main: false,
        command: async () => {
          await call.hangup();
          await client.activate(other);
        },
      },
    ],
  };
}

/** Offers to merge the current call with the others. */
function several(call: SipCall, client: BaseClient, localize: LocalizeController): CallOffer | undefined {
  const calls = client.calls.filter(canMerge);
  const others = calls.filter((other) => other !== call);
  if (!others.length || !canMerge(call) || client.state.current !== call) return undefined;
  const remotes = others.map(({remote}) => remote);
  const state = localize.term(others.every(({state}) => state.held) ? 'held' : 'connected');
  return {
    text: localize.explained(state, namesOf(remotes, localize)),
    commands: [merge(calls, client, localize)],
  };
}

/** Says with whom a call is merged, and offers to split the current one from them. */
function conference(
  call: SipCall,
  merged: readonly string[],
  client: BaseClient,
  localize: LocalizeController,
): CallOffer {
  const others = client.calls.filter(({id}) => merged.includes(id)).map(({remote}) => remote);
  return {
    text: localize.term('inConference', namesOf(others, localize)),
    commands:
      client.state.current === call
        ? [
            {
              part: 'split',
              word: localize.term('splitCalls'),
              main: false,
              command: () => client.split(call),
            },
          ]
        : [],
  };
}

function merge(calls: readonly SipCall[], client: BaseClient, localize: LocalizeController): OfferedCommand {
  return {part: 'merge', word: localize.term('mergeCalls'), main: false, command: () => client.merge(calls)};
}
