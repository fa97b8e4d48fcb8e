import {css, html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipMessage} from '../../core/messages/message.js';
import {checkIcon} from '../shared/icons/controls.js';
import {triangleAlertIcon} from '../shared/icons.js';
import {checkCheckIcon, clockIcon, eyeIcon} from './icons.js';

/** The styles of `stateMark()`. */
export const stateMarkStyles = css`
  .mark {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 0.25rem;
    color: var(--_quiet);
  }
  .mark .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  .mark.read {
    color: var(--_accent);
  }
  .mark.failed {
    font-weight: 600;
    color: var(--_danger);
  }
`;

const MARKS = {
  sending: [clockIcon, 'messageSending'],
  waiting: [clockIcon, 'messageWaiting'],
  sent: [checkIcon, 'messageSent'],
  // Of an incoming message, which has no mark.
  received: [checkIcon, 'messageSent'],
  delivered: [checkCheckIcon, 'messageDelivered'],
  read: [eyeIcon, 'messageRead'],
  failed: [triangleAlertIcon, 'messageFailed'],
  unsure: [triangleAlertIcon, 'messageUnsure'],
} as const;

/** Failures after which the message may have arrived all the same. */
const UNSURE: ReadonlySet<string | undefined> = new Set(['connection-lost', 'timeout']);

/**
 * Renders what became of an outgoing message as one symbol with a name; a failure is written as well.
 *
 * @param words - Whether the name is written in any case.
 */
export function stateMark(
  message: SipMessage,
  localize: LocalizeController,
  words = false,
): TemplateResult | typeof nothing {
  const {direction, state} = message;
  if (direction !== 'outgoing') return nothing;
  const [icon, term] = MARKS[kindOf(message)];
  const name = localize.term(term);
  return html`<span part="state" class="mark ${message.read ? 'read' : state}" title=${name}
    >${icon}<span class=${words || state === 'failed' ? '' : 'hidden'}>${name}</span></span
  >`;
}

function kindOf({state, read, delivered, error, file}: SipMessage): keyof typeof MARKS {
  if (state === 'sent') return read ? 'read' : delivered ? 'delivered' : 'sent';
  // A file without an address was not uploaded.
  return state === 'failed' && UNSURE.has(error) && file?.url !== '' ? 'unsure' : state;
}
