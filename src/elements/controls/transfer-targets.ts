import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {CallTransfer} from '../../core/types.js';
import {avatar, nameLine, nameOf} from '../shared/people/people.js';
import {repeat} from '../shared/repeat.js';

/** Renders the progress of a transfer. */
export function transferProgress(
  {phase, target}: CallTransfer,
  localize: LocalizeController,
): TemplateResult {
  const name = nameOf(target, localize);
  const text =
    phase === 'asking'
      ? localize.term('transferAsking')
      : localize.term(phase === 'ringing' ? 'transferRinging' : 'transferCalling', name);
  return html`<div class="body">
    <div class="target">
      ${avatar(target, 'rings')}
      <span class="words"
        ><bdi class="name line">${name}</bdi><span class="quiet state" role="status">${text}</span></span
      >
    </div>
    <p class="quiet hint">${localize.term('transferHint')}</p>
  </div>`;
}

/** Renders the calls whose other side can be the transfer target. */
export function transferTargets(
  calls: readonly SipCall[],
  localize: LocalizeController,
  onChoose: (call: SipCall) => void,
): TemplateResult | typeof nothing {
  if (calls.length === 0) return nothing;
  return html`<div role="group" aria-labelledby="others">
    <p id="others" class="quiet or">${localize.term('transferTo')}</p>
    ${repeat(
      calls,
      ({id}) => id,
      (call) =>
        html`<button
          part="target"
          class="target"
          type="button"
          title=${localize.term('connectWith', nameOf(call.remote, localize))}
          @click=${() => onChoose(call)}
        >
          ${avatar(call.remote)}
          <span class="words">${nameLine(call.remote, localize)}</span>
        </button>`,
    )}
  </div>`;
}
