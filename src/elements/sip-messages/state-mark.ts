import {css, html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipMessage} from '../../core/messages/message.js';
import {checkIcon} from '../shared/icons/controls.js';
import {triangleAlertIcon} from '../shared/icons.js';
import {checkCheckIcon, clockIcon} from './icons.js';

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
  .mark.delivered {
    color: var(--_accent);
  }
  .mark.failed {
    font-weight: 600;
    color: var(--_danger);
  }
`;

const MARKS = {
  sending: [clockIcon, 'messageSending'],
  sent: [checkIcon, 'messageSent'],
  // Of an incoming message, which has no mark.
  received: [checkIcon, 'messageSent'],
  delivered: [checkCheckIcon, 'messageDelivered'],
  failed: [triangleAlertIcon, 'messageFailed'],
} as const;

/** Renders what became of an outgoing message as one symbol with a name; a failure is written as well. */
export function stateMark(
  {direction, state, delivered}: SipMessage,
  localize: LocalizeController,
): TemplateResult | typeof nothing {
  if (direction !== 'outgoing') return nothing;
  const kind = state === 'sent' && delivered ? 'delivered' : state;
  const [icon, term] = MARKS[kind];
  const name = localize.term(term);
  return html`<span part="state" class="mark ${kind}" title=${name}
    >${icon}<span class=${kind === 'failed' ? '' : 'hidden'}>${name}</span></span
  >`;
}
