import {keptDurations} from '../../durations/kept.js';
import type {MessagesHost} from './messages-state.js';
import type {ReceivedComposing} from '../types.js';

/** The least and the most seconds for which somebody counts as writing. */
const SHORTEST = 1;
const LONGEST = 600;

/** The state of a conversation in which the user is writing. */
interface Active {
  /** When the other side was told last, by the page's clock. */
  said: number;
  /** Ends the state if the user presses no key for a while. */
  idle: ReturnType<typeof setTimeout>;
}

/** Tells others that the user is writing to them (RFC 3994 §3.2). */
export class OutgoingComposing {
  readonly #host: Pick<MessagesHost, 'composes' | 'sendComposing'>;
  readonly #active = new Map<string, Active>();

  constructor(host: Pick<MessagesHost, 'composes' | 'sendComposing'>) {
    this.#host = host;
  }

  /** Notes that the user has changed the text to a number, or has removed it. */
  set(number: string, composing: boolean): void {
    if (!this.#host.composes) return;
    const active = this.#active.get(number);
    if (!composing) {
      if (active) this.#end(number, active);
      return;
    }
    const now = performance.now();
    clearTimeout(active?.idle);
    const isStale = !active || now - active.said >= keptDurations.composingRefresh * 0.8;
    const next: Active = {
      said: isStale ? now : active.said,
      idle: setTimeout(() => this.#end(number, next), keptDurations.composingIdle),
    };
    this.#active.set(number, next);
    if (isStale) this.#say(number, true);
  }

  /** Notes that the text was sent, which says that the user is not writing any more. */
  sent(number: string): void {
    clearTimeout(this.#active.get(number)?.idle);
    this.#active.delete(number);
  }

  #end(number: string, {idle}: Active): void {
    clearTimeout(idle);
    this.#active.delete(number);
    this.#say(number, false);
  }

  #say(number: string, active: boolean): void {
    // Without a connection the other side gets no report; the next key sends one.
    this.#host.sendComposing(number, active).catch(() => this.sent(number));
  }
}

/** Which others are writing to the user, until they stop or their time is over (RFC 3994 §3.3). */
export class IncomingComposing {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #onChange: (number: string, composing: boolean) => void;

  constructor(onChange: (number: string, composing: boolean) => void) {
    this.#onChange = onChange;
  }

  set(number: string, {active, refresh}: Pick<ReceivedComposing, 'active' | 'refresh'>): void {
    clearTimeout(this.#timers.get(number));
    this.#timers.delete(number);
    if (active) {
      const time =
        refresh === undefined
          ? keptDurations.composingExpiry
          : Math.min(Math.max(SHORTEST, refresh), LONGEST) * 1_000;
      this.#timers.set(
        number,
        setTimeout(() => this.set(number, {active: false}), time),
      );
    }
    this.#onChange(number, active);
  }
}
