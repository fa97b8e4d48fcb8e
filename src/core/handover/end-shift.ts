import {keptDurations} from '../../durations/kept.js';
import {toSipError} from '../../errors.js';
import {within} from '../../within.js';
import type {BaseClient} from '../client/client.js';
import type {Journal} from '../journal/journal.js';
import type {StoredRecording} from '../../media/recording/recording-about.js';
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
  // A disk that is full, or that another page keeps busy, does not keep the user from leaving.
  if (journal) await within(journal.written(), keptDurations.shiftEnd);
  const head = journal && (await inTime(journal.head(), 'journal').catch(() => undefined));
  const handover = head ? {...given, journal: head} : given;
  keepHandover(client, handover);
  await client.disconnect();
  return handover;
}

/** What was not erased with the rest: the next sign-in of the account brings it where the page wants it. */
export interface ErasureLeft {
  /** Whether the journal is kept: its sink has not taken all rows, the disk not all of them, or it could not be opened. */
  readonly journalKept: boolean;
  /** Whether recordings are kept that are to be uploaded, and were not yet. */
  readonly recordingsKept: boolean;
}

/**
 * Erases what the browser has stored for the account of a client that is signed out: history, messages, drafts, recordings,
 * the journal and settings.
 *
 * @throws {SipError} why something could not be erased: everything else is.
 */
export async function eraseAccount(client: BaseClient, journal: Journal | undefined): Promise<ErasureLeft> {
  const {user, domain, historyStorage, recordingsUpload} = client.options;
  client.history.clear();
  if (historyStorage === 'local') removeKeys(`:${user}@${domain}`);
  client.forgetSounds();
  const isUnsent = ({toSend, sent}: StoredRecording): boolean => !!recordingsUpload && !!toSend && !sent;
  let recordingsKept = false;
  const erased = await Promise.allSettled([
    eraseRecordings(client.recordings, isUnsent).then((kept) => (recordingsKept = kept)),
    inTime(client.messages.clear(), 'messages'),
  ]);
  // The end of a recording is one of its rows.
  const journalKept = journal ? !(await isTaken(journal)) : mayHaveJournal(client);
  if (journal && !journalKept) await inTime(journal.erase(), 'journal');
  const failed = erased.find((each) => each.status === 'rejected');
  if (failed) throw toSipError(failed.reason);
  return {journalKept, recordingsKept};
}

/** Whether the browser may have a journal of the account, which nobody has opened. */
function mayHaveJournal({journalStorage}: BaseClient): boolean {
  return journalStorage === 'local' && isSecureContext;
}

/**
 * Deletes the recordings but those that are to be kept: those of calls that have just ended, too, which are still being written
 * for a moment. Resolves with whether some are kept.
 *
 * @throws {SipError} why one could not be deleted, or looked for: the browser may have some that it denies to this page.
 */
async function eraseRecordings(
  recordings: Recordings,
  isKept: (recording: StoredRecording) => boolean,
): Promise<boolean> {
  const end = performance.now() + keptDurations.shiftEnd;
  const find = (): Promise<readonly StoredRecording[]> => inTime(recordings.find(), 'recordings');
  for (;;) {
    let failure: unknown;
    const changed = new Promise((resolve) => recordings.addEventListener('change', resolve, {once: true}));
    for (const recording of await find())
      if (!isKept(recording))
        await inTime(
          recordings.delete(recording.id).catch((error: unknown) => (failure = error)),
          'recordings',
        );
    const found = await find();
    const rest = found.find((recording) => !isKept(recording));
    // One that is kept is finished first: its end is a row of the journal.
    if (!rest && !found.some(({state}) => state === 'recording')) return found.length > 0;
    const left = end - performance.now();
    if (left <= 0 && rest) throw toSipError(failure, rest.id);
    if (left <= 0) return true;
    await within(changed, left);
  }
}

/** Resolves as a task of the browser's storage. @throws {SipError} if it takes too long: it may never end. */
const inTime = async <T>(task: Promise<T>, subject: string): Promise<T> =>
  within(task, keptDurations.shiftStorage, () =>
    toSipError(new DOMException('The browser does not answer.', 'UnknownError'), subject),
  );

/** Resolves with whether the page's sink has all rows, if there is one, after some time at most. */
async function isTaken(journal: Journal): Promise<boolean> {
  await within(journal.written(), keptDurations.shiftEnd);
  if (journal.state.waiting.length > 0) return false;
  if (!journal.sink) return true;
  const {count} = await inTime(journal.head(), 'journal');
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
