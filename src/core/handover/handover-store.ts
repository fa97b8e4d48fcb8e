import type {BaseClient} from '../client/client.js';
import {readStored, removeStored, storageKey, writeStored} from '../util/stored.js';
import {readHandover, type Handover} from './handover.js';

/** The version of the stored data; any other is dropped. */
const VERSION = 1;

/** What was handed over by users whose clients store nothing, by the domain: it lasts as long as the page. */
const unstored = new Map<string, Handover>();

/** Keeps a handover for the next user of the domain who signs in at this browser, in place of an earlier one. */
export function keepHandover(client: BaseClient, handover: Handover): void {
  const {domain} = client.options;
  if (writeStored(keyOf(client), VERSION, {handover})) unstored.delete(domain);
  else {
    unstored.set(domain, handover);
    // Without room for this one, the next page would show the earlier one.
    removeStored(keyOf(client));
  }
}

/** Returns what the last user of the domain has handed over, unless another one has taken it over. */
export function keptHandover(client: BaseClient): Handover | undefined {
  const stored = readStored(keyOf(client), VERSION);
  return unstored.get(client.options.domain) ?? readHandover(stored?.['handover']);
}

/** Forgets what was handed over: the next user has taken it over. */
export function dropHandover(client: BaseClient): void {
  unstored.delete(client.options.domain);
  removeStored(keyOf(client));
}

/** The key of all users of a domain. */
function keyOf({options: {domain, historyStorage}}: BaseClient): string {
  return storageKey('handover', {user: '', domain, historyStorage});
}
