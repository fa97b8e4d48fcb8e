import {html, nothing, type TemplateResult} from 'lit';
import type {CommandController} from '../../../controllers/command-controller.js';
import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {BaseClient} from '../../../core/client/client.js';
import {commandButton} from '../buttons/command-button.js';
import {isRegistered} from '../calls/registered.js';
import {voicemailIcon} from './icons.js';

/** Renders the message waiting indicator; pressing it calls the mailbox if the server or a feature code names a number. */
export function mailboxSign(
  client: BaseClient,
  localize: LocalizeController,
  commands: CommandController,
): TemplateResult | typeof nothing {
  const messages = client.state.waitingMessages;
  if (!messages?.waiting) return nothing;
  const {fresh, urgent} = messages;
  const account = messages.account || client.pbx?.codes.voicemail;
  const count = fresh ? String(fresh) : '';
  const text = localize.term('waitingMessages', count, urgent ? String(urgent) : '');
  const look = html`${voicemailIcon}<span class="number">${count}</span>`;
  if (!account || !isRegistered(client))
    return html`<span part="mailbox" class="mailbox" role="img" aria-label=${text} title=${text}
      >${look}</span
    >`;
  const name = localize.term('callMailbox', text);
  const call = (): void => void (commands.pending || commands.run(() => client.call(account)));
  return commandButton(name, look, call, {part: 'mailbox', look: 'mailbox link'});
}
