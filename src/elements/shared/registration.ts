import {html, nothing, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {commandButton} from './buttons/command-button.js';
import {voicemailIcon} from './icons.js';
import {errorNotice} from './notice.js';

/** Whether the client can make calls. */
export function isRegistered(client: BaseClient | undefined): boolean {
  return client?.state.registration === 'registered' && client.state.connection === 'connected';
}

/** Returns why the client can make no calls; undefined if it can. */
export function unregisteredReason(
  client: BaseClient | undefined,
  localize: LocalizeController,
): string | undefined {
  return isRegistered(client) ? undefined : localize.describe({code: 'not-registered'});
}

/** Renders the user and the state of the registration. */
export function registrationStatus(
  client: BaseClient,
  localize: LocalizeController,
  commands: CommandController,
): TemplateResult {
  const {connection, registration, error} = client.state;
  const state = connection === 'connected' ? registration : connection;
  return html`<span class="dot ${state}"></span><b class="number line">${client.options.user}</b>
    <span class="quiet line" role="status">${localize.term(state)}</span>
    ${client.state.doNotDisturb ? html`<span class="quiet line">${localize.term('doNotDisturb')}</span>` : nothing}
    ${mailboxSign(client, localize, commands)}
    ${connection === 'disconnected' && !error ? connectButton(client, localize.term('connect'), commands) : nothing}`;
}

/** Renders the message waiting indicator; pressing it calls the mailbox if the server names a number for it. */
function mailboxSign(
  client: BaseClient,
  localize: LocalizeController,
  commands: CommandController,
): TemplateResult | typeof nothing {
  const messages = client.state.waitingMessages;
  if (!messages?.waiting) return nothing;
  const {fresh, urgent, account} = messages;
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

/** Renders the failure of the last command, or else the persistent one of the connection, with a way to try again. */
export function registrationNotice(
  client: BaseClient | undefined,
  localize: LocalizeController,
  commands: CommandController,
): TemplateResult | typeof nothing {
  const server = client?.options.server;
  const lasting = client?.state.error;
  const {error} = commands;
  if (error && error !== lasting) return errorNotice(error, server, {localize, onDismiss: commands.dismiss});
  if (!client || !lasting) return nothing;
  const idle = client.state.connection === 'disconnected' || client.state.registration === 'rejected';
  const links = idle ? connectButton(client, localize.term('tryAgain'), commands) : nothing;
  const warns = client.state.connection === 'reconnecting';
  return errorNotice(lasting, server, {localize, warns, links});
}

/** Renders a button that connects and registers, for pages that do not. */
function connectButton(client: BaseClient, name: string, commands: CommandController): TemplateResult {
  const connect = (): void => {
    if (commands.pending) return;
    void commands.run(async () => {
      await client.connect();
      await client.register();
    });
  };
  return html`<button part="connect" class="link" type="button" @click=${connect}>${name}</button>`;
}
