import type {BaseClient} from '../../../core/client/client.js';
import {readStored, storageKey, writeStored} from '../../../core/util/stored.js';

/** The version of the stored data; any other is dropped. */
const VERSION = 1;

/** The choices that are not stored: they last as long as the page. */
const choices = new WeakMap<BaseClient, boolean>();

/** Whether the user of a client wants captions in every call. */
export function wantsCaptions(client: BaseClient): boolean {
  return choices.get(client) ?? readStored(storageKey('captions', client.options), VERSION)?.['on'] === true;
}

/** Remembers whether the user wants captions. */
export function setWantsCaptions(client: BaseClient, on: boolean): void {
  const stored = writeStored(storageKey('captions', client.options), VERSION, on ? {on} : undefined);
  if (stored) choices.delete(client);
  else choices.set(client, on);
}
