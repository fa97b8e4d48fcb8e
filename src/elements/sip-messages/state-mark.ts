import {css, html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipMessage} from '../../core/messages/message.js';
import {checkIcon} from '../shared/icons/controls.js';
import {eyeIcon, triangleAlertIcon} from '../shared/icons.js';
import {checkCheckIcon} from '../shared/icons/later.js';
import {clockIcon} from './icons.js';

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
  // An incoming message has no mark.
  received: [checkIcon, 'messageSent'],
  delivered: [checkCheckIcon, 'messageDelivered'],
  read: [eyeIcon, 'messageRead'],
  failed: [triangleAlertIcon, 'messageFailed'],
  unsure: [triangleAlertIcon, 'messageUnsure'],
} as const;

/** Errors of failed messages that may have arrived. */
const UNSURE: ReadonlySet<string | undefined> = new Set(['connection-lost', 'timeout']);

/**
 * Renders the state of an outgoing message as an icon with a hidden name. The name of a failure is always visible.
 *
 * @param words - Whether the name is visible in every state.
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
