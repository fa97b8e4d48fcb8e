import type {DtmfMethod} from '../../core/call/tones.js';
import {durations} from '../../durations.js';
import {SipError} from '../../errors.js';

/** How long a tone sounds, and how long it is silent after it, in milliseconds. */
export const TONE = 160;
const GAP = 70;
/** How long the browser may take to begin and end a tone, in milliseconds: where the line changes meanwhile it never says. */
const PATIENCE = 1_000;

/** The two ways of a dialog. */
export interface ToneWays {
  /** What sends tones as RTP events at this moment (RFC 4733); undefined where nothing can. */
  sender(): RTCDTMFSender | undefined;
  /** Sends a tone by INFO; resolves when it was taken. @throws {SipError} */
  inform(tone: string, duration: number, signal: AbortSignal): Promise<void>;
}

/** The tones of one dialog, one at a time: the way is chosen anew for each, since hold and early media change it. */
export class ToneQueue {
  readonly #method: DtmfMethod;
  readonly #ways: ToneWays;
  readonly #ending = new AbortController();
  #last: Promise<void> = Promise.resolve();

  constructor(method: DtmfMethod, ways: ToneWays) {
    this.#method = method;
    this.#ways = ways;
  }

  /**
   * Sends tones after those that wait already; resolves when the last one has gone. A failure ends these, not those
   * that wait behind them.
   *
   * @throws {SipError} `aborted` once it is stopped, `invalid-state` where no way is open, what `inform` throws
   */
  send(tones: string): Promise<void> {
    const sent = this.#last.then(async () => {
      for (const tone of tones) {
        if (this.#ending.signal.aborted) break;
        await this.#send(tone);
      }
    });
    this.#last = sent.catch(() => {});
    return Promise.race([sent, this.#stopped()]);
  }

  /** Sends no more; idempotent. */
  stop(): void {
    this.#ending.abort();
  }

  async #send(tone: string): Promise<void> {
    if (tone === ',') return this.#pause(durations.tonePause);
    const sender = this.#method === 'info' ? undefined : this.#ways.sender();
    if (sender && (await this.#insert(sender, tone))) return;
    if (this.#ending.signal.aborted) return;
    if (this.#method === 'rfc4733') throw new SipError('invalid-state', {subject: 'sendDtmf'});
    // One after another, and none before the one before has had its time (RFC 6086 §4.2.1).
    await Promise.all([this.#ways.inform(tone, TONE, this.#ending.signal), this.#pause(TONE + GAP)]);
  }

  /** Whether the tone went. */
  #insert(sender: RTCDTMFSender, tone: string): Promise<boolean> {
    return new Promise((resolve) => {
      const over = new AbortController();
      let begun = false;
      const end = (): void => {
        clearTimeout(timer);
        over.abort();
        resolve(begun);
      };
      const timer = setTimeout(end, TONE + GAP + PATIENCE);
      const {signal} = over;
      sender.addEventListener(
        'tonechange',
        ({tone: now}) => {
          if (now) begun = true;
          else end();
        },
        {signal},
      );
      this.#ending.signal.addEventListener('abort', end, {signal});
      try {
        sender.insertDTMF(tone, TONE, GAP);
      } catch {
        // The line was taken away in this moment.
        end();
      }
    });
  }

  #pause(delay: number): Promise<void> {
    return new Promise((resolve) => {
      const {signal} = this.#ending;
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, delay);
      signal.addEventListener('abort', end);
    });
  }

  #stopped(): Promise<never> {
    return new Promise((_, reject) => {
      const {signal} = this.#ending;
      const end = (): void => reject(new SipError('aborted', {subject: 'sendDtmf'}));
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, {once: true});
    });
  }
}
