import type {ReactiveController, ReactiveElement} from 'lit';
import type {SipCall} from '../../../core/call/call.js';
import type {BaseClient} from '../../../core/client/client.js';
import {isForeign} from '../../../core/util/number.js';
import {durations} from '../../../durations/page.js';
import {callable} from '../last-dialed.js';
import {isRegistered} from '../registration.js';

/** How many ended calls are kept: a stranger may call again and again while the pointer is on the list for hours. */
const MOST = 20;

/**
 * Keeps ended calls at their places in a list for a moment, so that the user sees how they ended and nothing moves at
 * once. A line stays while the pointer or the focus is in the list.
 */
export class EndedCalls implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #getClient: () => BaseClient | undefined;
  readonly #isAimed: () => boolean;
  /** For each call, what is aborted when the user signs out whose call it is. */
  readonly #sessions = new WeakMap<SipCall, AbortSignal | undefined>();
  #shown: readonly SipCall[] = [];
  readonly #timers = new Map<SipCall, ReturnType<typeof setTimeout>>();

  /**
   * @param getClient - Returns the client whose calls are listed.
   * @param isAimed - Whether a person is about to press something in the list.
   */
  constructor(
    host: ReactiveElement,
    getClient: () => BaseClient | undefined,
    isAimed = () => host.matches(':hover, :focus-within'),
  ) {
    this.#host = host;
    this.#getClient = getClient;
    this.#isAimed = isAimed;
    host.addController(this);
  }

  hostDisconnected(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#shown = [];
  }

  /**
   * Returns the calls, with those that have ended since the last time at their places. A call of the same session, as
   * when listening turns into barging in, takes the place of the ended one.
   */
  with(calls: readonly SipCall[]): readonly SipCall[] {
    const ids = new Set(calls.map(({id}) => id));
    const session = this.#getClient()?.ending;
    for (const call of calls) if (!this.#sessions.has(call)) this.#sessions.set(call, session);
    // The next user does not see the calls of the one before.
    const isOfUser = (call: SipCall): boolean => this.#sessions.get(call) === session;
    const all = this.#shown.filter(
      (call) => call.state.phase === 'released' && !ids.has(call.id) && isOfUser(call),
    );
    for (const call of all) if (!this.#timers.has(call)) this.#wait(call);
    const ended = this.#limited(all);
    const kept = this.#shown.filter((call) => ended.includes(call) || calls.includes(call));
    // Inserts each ended call after the call that preceded it.
    const result = [...calls];
    for (const call of ended) {
      const before = kept[kept.indexOf(call) - 1];
      result.splice(before ? result.indexOf(before) + 1 : 0, 0, call);
    }
    this.#shown = result;
    return result;
  }

  /** Removes an ended call. */
  remove(call: SipCall): void {
    clearTimeout(this.#timers.get(call));
    this.#timers.delete(call);
    this.#shown = this.#shown.filter((other) => other !== call);
    this.#host.requestUpdate();
  }

  /** Returns what calls the other side of an ended call again; undefined if it cannot be called now. */
  again(client: BaseClient, call: SipCall): (() => Promise<void>) | undefined {
    const {number} = call.remote;
    if (!callable({number, type: call.type}) || !isRegistered(client)) return undefined;
    return async () => {
      this.remove(call);
      await client.call(number, {media: call.media});
    };
  }

  /** Drops calls beyond the limit: those of strangers that nobody has answered, the newest first, or else the oldest. */
  #limited(ended: readonly SipCall[]): readonly SipCall[] {
    if (ended.length <= MOST) return ended;
    const inOrder = [...this.#timers.keys()].filter((call) => ended.includes(call));
    const strangers = inOrder.filter(isOfStranger).reverse();
    const others = inOrder.filter((call) => !isOfStranger(call));
    const gone = [...strangers, ...others].slice(0, ended.length - MOST);
    for (const call of gone) {
      clearTimeout(this.#timers.get(call));
      this.#timers.delete(call);
    }
    return ended.filter((call) => !gone.includes(call));
  }

  #wait(call: SipCall): void {
    const timer = setTimeout(() => {
      if (this.#isAimed()) this.#wait(call);
      else this.remove(call);
    }, durations.endedCall);
    this.#timers.set(call, timer);
  }
}

/** Whether a call is one of another domain, or of a caller without a number, that was never answered. */
function isOfStranger({direction, state, remote}: SipCall): boolean {
  return direction === 'incoming' && state.answeredAt === undefined && isForeign(remote.number);
}
