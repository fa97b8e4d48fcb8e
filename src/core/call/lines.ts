import type {CallLines, OtherLine, SipCall} from './call.js';
import {isLine} from './call-kinds.js';
import {isWaiting, newestCall} from './newest-call.js';

/** Whether a line is open in both directions as far as this side knows. */
function speaks({type, state}: SipCall): boolean {
  return isLine(type) && state.phase === 'answered' && !state.held;
}

/**
 * The lines of a client: which call was chosen last, and that no other one speaks beside it.
 *
 * A call is chosen when it is made, answered, gone on with or activated. The others are silent from that moment on, and
 * held as soon as their other sides agree. One that cannot be held is muted until it is chosen again: no call is lost.
 * A held call goes on only where somebody wants it, never by itself.
 */
export class Lines implements CallLines {
  readonly #exclusive: boolean;
  readonly #getCalls: () => readonly SipCall[];
  #chosen: SipCall | undefined;
  /** Those that were chosen at some time. */
  readonly #known = new WeakSet<SipCall>();
  /** Those that are muted in place of being held. */
  readonly #muted = new WeakSet<SipCall>();
  readonly #onChosen: () => void;

  /**
   * @param exclusive - Whether one line at most may speak.
   * @param getCalls - The calls that are not over.
   * @param onChosen - Told that another call may be the current one.
   */
  constructor(exclusive: boolean, getCalls: () => readonly SipCall[], onChosen: () => void) {
    this.#exclusive = exclusive;
    this.#getCalls = getCalls;
    this.#onChosen = onChosen;
  }

  /** The call that a person has to do with at this moment. */
  get current(): SipCall | undefined {
    return newestCall(this.#getCalls(), this.#chosen);
  }

  /** Whether somebody is on the phone, on any line but the call's: a call that is being answered counts, one that rings does not. */
  busyBeside(call: SipCall): boolean {
    return this.#getCalls().some(
      (other) => other !== call && isLine(other.type) && (!isWaiting(other) || other === this.#chosen),
    );
  }

  /** Whether the call was made, answered or gone on with last. */
  isChosen(call: SipCall): boolean {
    return this.#chosen === call;
  }

  /** The call is the one that speaks from now on. */
  choose(call: SipCall): void {
    this.#silenceOthers(call);
    if (!isLine(call.type)) return;
    this.#chosen = call;
    this.#known.add(call);
    if (this.#muted.delete(call) && call.state.phase === 'answered') void call.unmute().catch(() => {});
    this.#onChosen();
  }

  /** A call was answered, by whomever: it speaks, unless another one was chosen after it. */
  answered(call: SipCall): void {
    if (this.#chosen === call || !isLine(call.type)) return;
    if (!this.#known.has(call) || !this.#alive(this.#chosen)) this.choose(call);
    else if (this.#exclusive) void this.#hold(call);
  }

  maySpeak(call: SipCall): boolean {
    return !this.#exclusive || this.#chosen === call || !this.#alive(this.#chosen);
  }

  async speak<T>(
    call: SipCall | undefined,
    command: () => Promise<T>,
    others: OtherLine = 'hold',
  ): Promise<T> {
    const before = this.#chosen;
    const spoke = this.#getCalls().filter((other) => other !== call && speaks(other));
    if (call) this.choose(call);
    else this.#silenceOthers(undefined);
    let result: T;
    try {
      result = await command();
    } catch (error) {
      this.#restore(call, before, spoke);
      throw error;
    }
    if (others === 'hangup') await Promise.allSettled(spoke.map((other) => other.hangup()));
    return result;
  }

  #silenceOthers(call: SipCall | undefined): void {
    if (!this.#exclusive || (call && !isLine(call.type))) return;
    // Those that are held as well: one of them may be about to go on.
    for (const other of this.#getCalls())
      if (other !== call && isLine(other.type) && other.state.phase === 'answered') void this.#hold(other);
  }

  async #hold(call: SipCall): Promise<void> {
    try {
      await call.hold();
    } catch {
      if (call === this.#chosen || !speaks(call) || call.state.muted) return;
      this.#muted.add(call);
      await call.mute().catch(() => {});
    }
  }

  /** What was to speak could not: those that spoke before go on, unless somebody has chosen anew. */
  #restore(call: SipCall | undefined, before: SipCall | undefined, spoke: readonly SipCall[]): void {
    if (!this.#exclusive || (call ? this.#chosen !== call : this.#chosen !== before)) return;
    this.#chosen = this.#alive(before) ? before : undefined;
    for (const other of spoke) if (other.state.phase === 'answered') void other.unhold().catch(() => {});
    this.#onChosen();
  }

  #alive(call: SipCall | undefined): boolean {
    return !!call && this.#getCalls().includes(call) && !isWaiting(call);
  }
}
