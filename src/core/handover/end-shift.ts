import {keptDurations} from '../../durations/kept.js';
import {toSipError} from '../../errors.js';
import {within} from '../../within.js';
import type {BaseClient} from '../client/client.js';
import type {Journal} from '../journal/journal.js';
import type {Recordings} from '../recordings/recordings.js';
import {until} from '../util/state-target.js';
import {keepHandover} from './handover-store.js';
import type {Handover} from './handover.js';

/** What becomes of the data of a user who has handed over. */
export type ShiftEnd = 'lock' | 'erase';

/**
 * Keeps a handover for the next user, notes it in the journal, and signs the user out.
 *
 * @returns The handover, with the end of the journal.
 */
export async function endShift(
  client: BaseClient,
  journal: Journal | undefined,
  given: Handover,
): Promise<Handover> {
  journal?.noteShift('handed-over', {text: given.comment});
  // A disk that is full does not keep the user from leaving.
  if (journal) await within(journal.written(), keptDurations.shiftEnd);
  const head = await journal?.head().catch(() => undefined);
  const handover = head ? {...given, journal: head} : given;
  keepHandover(client, handover);
  await client.disconnect();
  return handover;
}

/**
 * Erases what the browser has stored for the account of a client that is signed out: history, messages, drafts, recordings,
 * the journal and settings.
 *
 * @returns Whether the journal is kept, because its sink has not taken all rows, the disk not all of them, or it could not be
 * opened.
 * @throws {SipError} why something could not be erased: everything else is.
 */
export async function eraseAccount(
  client: BaseClient,
  journal: Journal | undefined,
): Promise<{readonly journalKept: boolean}> {
  const {user, domain, historyStorage} = client.options;
  client.history.clear();
  if (historyStorage === 'local') removeKeys(`:${user}@${domain}`);
  client.forgetSounds();
  const erased = await Promise.allSettled([client.messages.clear(), eraseRecordings(client.recordings)]);
  // The end of a recording is one of its rows.
  const journalKept = journal ? !(await isTaken(journal)) : mayHaveJournal(client);
  if (journal && !journalKept) await journal.erase();
  const failed = erased.find((each) => each.status === 'rejected');
  if (failed) throw toSipError(failed.reason);
  return {journalKept};
}

/** Whether the browser may have a journal of the account, which nobody has opened. */
function mayHaveJournal({journalStorage}: BaseClient): boolean {
  return journalStorage === 'local' && isSecureContext;
}

/**
 * Deletes all recordings: those of calls that have just ended, too, which are still being written for a moment.
 *
 * @throws {SipError} why one could not be deleted, or looked for: the browser may have some that it denies to this page.
 */
async function eraseRecordings(recordings: Recordings): Promise<void> {
  const end = performance.now() + keptDurations.shiftEnd;
  for (;;) {
    let failure: unknown;
    const changed = new Promise((resolve) => recordings.addEventListener('change', resolve, {once: true}));
    for (const {id} of await recordings.find())
      await recordings.delete(id).catch((error: unknown) => (failure = error));
    const [kept] = await recordings.find();
    if (!kept) return;
    const left = end - performance.now();
    if (left <= 0) throw toSipError(failure, kept.id);
    await within(changed, left);
  }
}

/** Resolves with whether the page's sink has all rows, if there is one, after some time at most. */
async function isTaken(journal: Journal): Promise<boolean> {
  await within(journal.written(), keptDurations.shiftEnd);
  if (journal.state.waiting.length > 0) return false;
  if (!journal.sink) return true;
  const {count} = await journal.head();
  const isSent = (): boolean => (journal.state.sent ?? 0) >= count;
  await within(until(journal, isSent), keptDurations.shiftEnd);
  return isSent();
}

/** Removes the settings of an account from the browser's storage. */
function removeKeys(account: string): void {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith('sip-elements:') && key.endsWith(account)) localStorage.removeItem(key);
  } catch {
    // The page may not use storage: nothing is there.
  }
}
