import type {BaseClient} from '../../core/client/client.js';
import {isRegistered} from '../shared/registration.js';

/** For how many minutes what is heard at a desk can be heard again. */
const RECALL_MINUTES = 5;

/** Turns on what a desk has, unless the page says otherwise: recall, and a journal where the history is. */
export function equip(client: BaseClient): void {
  client.recall.turnOn(RECALL_MINUTES);
  client.journalStorage ??= client.options.historyStorage;
  const {connection} = client.state;
  if (hasJournal(client) && connection !== 'disconnected') client.openJournal().catch(() => {});
  if (isRegistered(client)) client.recall.start();
  // Elements that came before the desk learn of it.
  client.dispatchEvent(new Event('statechange'));
}

/** Whether a client has a journal at a desk: pages without TLS have none. */
export function hasJournal(client: BaseClient | undefined): boolean {
  return isSecureContext && client?.journalStorage !== 'none';
}
