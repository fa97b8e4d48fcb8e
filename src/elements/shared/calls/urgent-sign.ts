import {css, html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import {isUrgent} from '../../../core/call/call-kinds.js';
import type {SipCall} from '../../../core/call/call.js';
import {incomingTerm} from './call-texts.js';
import {sirenIcon} from '../icons.js';

/** Renders the red header of an urgent or SOS call, which stays until the call is closed; nothing for other calls. */
export function urgentSign(call: SipCall, localize: LocalizeController): TemplateResult | typeof nothing {
  if (!isUrgent(call.type)) return nothing;
  const text = localize.term(incomingTerm(call));
  return html`<div part="urgent" class="urgent">${sirenIcon}<b class="line">${text}</b></div>`;
}

/** The styles of the header: the same red in both themes. */
export const urgentStyles = css`
  .urgent {
    color-scheme: light;
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    padding: 0.375rem var(--_space-4);
    background: var(--_danger);
    color: var(--_on-danger);
    line-height: 1.5rem;
  }
  .urgent .icon {
    flex: none;
  }
  @media (forced-colors: active) {
    .urgent {
      border-block-end: 2px solid;
    }
  }
`;
