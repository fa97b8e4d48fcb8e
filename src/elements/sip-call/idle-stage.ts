import {html, nothing, type TemplateResult} from 'lit';
import type {ClientController} from '../../controllers/client-controller.js';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {phoneIcon} from '../shared/icons.js';
import {errorDetails} from '../shared/notice.js';
import {nameOf} from '../shared/people/people.js';

/** Renders the stage without a call, or explains what is missing. */
export function emptyStage(localize: LocalizeController, client: ClientController): TemplateResult {
  const content = client.client
    ? html`<span class="big">${localize.term('noCall')}</span>
        <p class="quiet">${localize.term('noCallHint')}</p>`
    : html`<p class="quiet">${client.absence(localize)}</p>
        ${client.failure ? errorDetails(client.failure, localize) : nothing}`;
  return stage(localize.term('noCall'), html`${phoneIcon} ${content}`);
}

/** Renders the stage of a call whose view is not loaded yet: who it is, and the button that ends it. */
export function unloadedStage(
  call: SipCall,
  localize: LocalizeController,
  commands: CommandController,
): TemplateResult {
  const name = nameOf(call.remote, localize);
  const title = localize.term('callWith', name);
  if (call.state.phase === 'released') return stage(title, html`<bdi class="big line">${name}</bdi>`);
  return stage(
    title,
    html`<bdi class="big line">${name}</bdi>
      <button
        part="hangup"
        class="pill stop"
        type="button"
        @click=${() => void commands.run(() => call.hangup())}
      >
        ${localize.term('hangup')}
      </button>`,
  );
}

function stage(name: string, content: TemplateResult): TemplateResult {
  return html`<div part="stage" class="stage idle" role="group" tabindex="-1" aria-label=${name}>
    <div class="middle empty">${content}</div>
  </div>`;
}
