import type {CallFiles} from '../core/call/call-init.js';
import {until} from '../core/util/state-target.js';
import {SipError, toSipError} from '../errors.js';
import type {SipDialog} from '../sip/user-agent.js';
import {answered} from './progress.js';

/**
 * Plays files into a call by calling a player for each repetition. Those calls send and play no media here, and end
 * with the call.
 */
export class FilePlay implements CallFiles {
  readonly #begin: (id: string) => SipDialog;
  readonly #playing = new Map<string, AbortController>();
  #over = false;

  /** @param begin - Calls the player of the file. @throws {SipError} */
  constructor(begin: (id: string) => SipDialog) {
    this.#begin = begin;
  }

  async play(id: string, times: number): Promise<void> {
    if (this.#playing.has(id)) throw new SipError('file-playing', {subject: id});
    const ending = new AbortController();
    this.#playing.set(id, ending);
    try {
      const dialog = await this.#once(id, ending.signal);
      void this.#goOn(dialog, id, times - 1, ending.signal);
    } catch (error) {
      this.#playing.delete(id);
      const {code, status} = toSipError(error, id);
      throw code === 'unknown-number' ? new SipError('file-not-found', {subject: id, status}) : error;
    }
  }

  async stop(id: string): Promise<void> {
    const ending = this.#playing.get(id);
    if (!ending) throw new SipError('file-not-found', {subject: id});
    ending.abort();
  }

  /** Ends all playback: the call is over. */
  end(): void {
    this.#over = true;
    for (const ending of this.#playing.values()) ending.abort();
  }

  async #once(id: string, signal: AbortSignal): Promise<SipDialog> {
    if (this.#over) throw new SipError('aborted', {subject: id});
    const dialog = this.#begin(id);
    await answered(dialog, signal, 'confirmed');
    return dialog;
  }

  /** Repeats the file: the player hangs up at the end of each repetition. */
  async #goOn(first: SipDialog, id: string, more: number, signal: AbortSignal): Promise<void> {
    try {
      await ended(first, signal);
      for (let left = more; left > 0 && !signal.aborted; left--)
        await ended(await this.#once(id, signal), signal);
    } catch {
      // It was stopped, or could not be played again.
    } finally {
      this.#playing.delete(id);
    }
  }
}

/** Resolves when the dialog is over; an aborted signal ends it. */
async function ended(dialog: SipDialog, signal: AbortSignal): Promise<void> {
  const onAbort = (): void => void dialog.hangup();
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  await until(dialog, () => dialog.state.phase === 'terminated');
  signal.removeEventListener('abort', onAbort);
}
