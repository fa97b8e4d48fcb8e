import {css, html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import {isUrgent} from '../../../core/call-kinds.js';
import type {SipCall} from '../../../core/call/call.js';
import {incomingTerm} from './call-texts.js';
import {sirenIcon} from '../icons.js';

/** Renders the red header of an urgent or SOS call; nothing for other calls, and after the call. */
export function urgentSign(call: SipCall, localize: LocalizeController): TemplateResult | typeof nothing {
  if (!isUrgent(call.type) || call.state.phase === 'released') return nothing;
  const text = localize.term(incomingTerm(call));
  return html`<div part="urgent" class="urgent">${sirenIcon}<b class="line">${text}</b></div>`;
}

/** Renders the red chip that an urgent or SOS call keeps when it has ended; nothing for other calls, and before. */
export function urgentChip(
  {type, state}: Pick<SipCall, 'type' | 'state'>,
  localize: LocalizeController,
): TemplateResult | typeof nothing {
  if (!isUrgent(type) || state.phase !== 'released') return nothing;
  return html`<span part="urgent" class="urgent-chip"
    >${sirenIcon}<b class="line">${localize.term(type === 'sos' ? 'sosCall' : 'urgentCall')}</b></span
  >`;
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
  .urgent .icon,
  .urgent-chip .icon {
    flex: none;
  }
  .urgent-chip {
    color-scheme: light;
    flex: none;
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    max-inline-size: 100%;
    padding: 0.0625rem 0.5rem;
    border-radius: var(--_radius-full);
    background: var(--_danger);
    color: var(--_on-danger);
    font-size: var(--_text-s);
  }
  .urgent-chip .icon {
    inline-size: 0.875rem;
    block-size: 0.875rem;
    color: inherit;
  }
  @media (forced-colors: active) {
    .urgent {
      border-block-end: 2px solid;
    }
    .urgent-chip {
      outline: 1px solid;
    }
  }
`;
