import type {DtmfMethod} from '../../core/call/tones.js';
import {sipDurations} from '../../durations/sip.js';
import {SipError} from '../../errors.js';
import {pause, unlessAborted} from '../../within.js';
import {TaskQueue} from '../../task-queue.js';

/** How long a tone sounds, and the silence after it, in milliseconds. */
const TONE_MS = 160;
const GAP_MS = 70;
/** A dialog's two methods of sending tones. */
export interface ToneWays {
  /** The sender of tones as RTP events (RFC 4733); undefined if there currently is none. */
  sender(): RTCDTMFSender | undefined;
  /** Sends a tone by INFO; resolves when it was accepted. @throws {SipError} */
  inform(tone: string, duration: number, signal: AbortSignal): Promise<void>;
}

/** The tones of one dialog, one at a time. The method is chosen for each tone, since hold and early media change it. */
export class ToneQueue {
  readonly #method: DtmfMethod;
  readonly #ways: ToneWays;
  readonly #ending = new AbortController();
  readonly #waiting = new TaskQueue();

  constructor(method: DtmfMethod, ways: ToneWays) {
    this.#method = method;
    this.#ways = ways;
  }

  /**
   * Sends tones after all waiting ones; resolves when the last one was sent. A failure ends only these tones, not those
   * queued after them.
   *
   * @throws {SipError} `aborted` once stopped, `invalid-state` if no method is available, and the errors of `inform`
   */
  send(tones: string): Promise<void> {
    const sent = this.#waiting.run(async () => {
      for (const tone of tones) {
        if (this.#ending.signal.aborted) break;
        await this.#send(tone);
      }
    });
    return unlessAborted(sent, [this.#ending.signal], () => new SipError('aborted', {subject: 'sendDtmf'}));
  }

  /** Stops sending; idempotent. */
  stop(): void {
    this.#ending.abort();
  }

  async #send(tone: string): Promise<void> {
    if (tone === ',') return pause(sipDurations.tonePause, this.#ending.signal);
    const sender = this.#method === 'info' ? undefined : this.#ways.sender();
    if (sender && (await this.#insert(sender, tone))) return;
    if (this.#ending.signal.aborted) return;
    if (this.#method === 'rfc4733') throw new SipError('invalid-state', {subject: 'sendDtmf'});
    // One INFO after another, each only after the previous tone's duration (RFC 6086 §4.2.1).
    const {signal} = this.#ending;
    await Promise.all([this.#ways.inform(tone, TONE_MS, signal), pause(TONE_MS + GAP_MS, signal)]);
  }

  /** Sends a tone as RTP events; resolves to whether it was sent. */
  #insert(sender: RTCDTMFSender, tone: string): Promise<boolean> {
    return new Promise((resolve) => {
      const over = new AbortController();
      let begun = false;
      const end = (): void => {
        clearTimeout(timer);
        over.abort();
        resolve(begun);
      };
      const timer = setTimeout(end, TONE_MS + GAP_MS + sipDurations.toneEnd);
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
        sender.insertDTMF(tone, TONE_MS, GAP_MS);
      } catch {
        // The media section was removed at this moment.
        end();
      }
    });
  }
}
