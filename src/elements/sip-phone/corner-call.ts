import {html, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {isWaiting} from '../../core/call/newest-call.js';
import {declineTerm, incomingText, stateText} from '../shared/calls/call-texts.js';
import {phoneOffIcon} from '../shared/icons.js';
import {nameOf} from '../shared/people/people.js';

/** Renders the text of a closed phone's button about a call: who is calling, the call's state, or its duration. */
export function cornerText(call: SipCall, localize: LocalizeController): TemplateResult | string {
  if (isWaiting(call))
    return call.watched
      ? incomingText(call, localize)
      : localize.term('rings', nameOf(call.remote, localize));
  const {phase, held, remoteHeld} = call.state;
  if (phase !== 'answered' || held || remoteHeld) return stateText(call, localize);
  return html`<sip-duration .call=${call}></sip-duration>`;
}

/** Renders the button that ends a call, or declines it, while the phone is closed. */
export function cornerHangup(
  call: SipCall,
  localize: LocalizeController,
  commands: CommandController,
): TemplateResult {
  const waits = isWaiting(call);
  const name = localize.term(waits ? declineTerm(call) : 'hangup');
  return html`<button
    part="hangup"
    class="launcher ends"
    type="button"
    aria-label=${name}
    title=${name}
    @click=${() => void commands.run(() => (waits ? call.decline() : call.hangup()))}
  >
    ${phoneOffIcon}
  </button>`;
}
