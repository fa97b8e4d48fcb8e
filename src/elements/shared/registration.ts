import {html, nothing, type ReactiveControllerHost, type TemplateResult} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {LazyModule} from './lazy-module.js';
import {errorNotice} from './notice.js';
import {pbxTools} from './pbx/pbx-tools.js';

export {isRegistered, unregisteredReason} from './calls/registered.js';

/** The sign of voice messages; loaded when some wait. */
const mailbox = new LazyModule(() => import('./pbx/mailbox-sign.js'));

/** Renders the user and the state of the registration, and the button of the user's settings at a PBX. */
export function registrationStatus(
  client: BaseClient,
  localize: LocalizeController,
  commands: CommandController,
  host: ReactiveControllerHost,
): TemplateResult {
  const {connection, registration, error} = client.state;
  const state = connection === 'connected' ? registration : connection;
  return html`<span class="dot ${state}"></span><b class="number line">${client.options.user}</b>
    <span class="quiet line" role="status">${localize.term(state)}</span>
    ${client.state.doNotDisturb ? html`<span class="quiet line">${localize.term('doNotDisturb')}</span>` : nothing}
    ${client.state.waitingMessages?.waiting ? mailbox.load(host)?.mailboxSign(client, localize, commands) : nothing}
    ${pbxTools(client, host)?.phoneService(client)}
    ${connection === 'disconnected' && !error ? connectButton(client, localize.term('connect'), commands) : nothing}`;
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
