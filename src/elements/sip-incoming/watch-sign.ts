import {html, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {eyeIcon} from '../shared/icons.js';
import {commandNotice} from '../shared/notice.js';
import {nameOf} from '../shared/people/people.js';

/** Renders the sign that another user sees the camera, with a button that ends the watching. */
export function watchSign(
  call: SipCall,
  localize: LocalizeController,
  commands: CommandController,
): TemplateResult {
  const name = nameOf(call.remote, localize);
  const number = name === call.remote.number ? '' : ` (${call.remote.number})`;
  const text = localize.term('watchesYou', name);
  const stop = localize.term('stopWatching', name);
  return html`<div part="watcher" class="watcher">
    <span class="eye">${eyeIcon}</span>
    <span class="line" title=${text + number}>${text}<span class="number">${number}</span></span>
    <button
      part="stop-watching"
      class="pill stop"
      type="button"
      aria-label=${stop}
      title=${stop}
      @click=${() => void commands.run(() => call.hangup())}
    >
      ${localize.term('stopShowing')}
    </button>
    ${commandNotice(commands, localize)}
  </div>`;
}
