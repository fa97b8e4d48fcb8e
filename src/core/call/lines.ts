import type {CallLines, OtherLine, SipCall} from './call.js';
import {isLine, isUrgent} from '../call-kinds.js';
import {isWaiting, newestCall} from './newest-call.js';

/** Whether a line is open in both directions as far as this side knows. */
function speaks({type, state}: SipCall): boolean {
  return isLine(type) && state.phase === 'answered' && !state.held;
}

/** Whether a call goes on when another one becomes active: it is in a patch, which the user steps out of. */
function goesOn({patch}: SipCall): boolean {
  return patch !== undefined && !patch.merges;
}

/**
 * The lines of a client: knows which call was chosen last, and silences the others.
 *
 * A call is chosen when it is placed, answered, resumed or activated. The others are silenced immediately, and held as
 * soon as their other sides agree. A call that cannot be held is muted until it is chosen again, so no call is lost. A
 * held call is resumed only at a user's or a page's request, never automatically.
 */
export class Lines implements CallLines {
  readonly #exclusive: boolean;
  readonly #getCalls: () => readonly SipCall[];
  #chosen: SipCall | undefined;
  /** Calls that have been chosen at some time. */
  readonly #known = new WeakSet<SipCall>();
  /** Calls that are muted because they could not be held. */
  readonly #muted = new WeakSet<SipCall>();
  readonly #onChosen: () => void;
  /** The calls that gave way to a call when it was first chosen, and have not been chosen since. */
  readonly #interrupted = new WeakMap<object, readonly SipCall[]>();
  /** Those that gave way to the call that is being placed. */
  #left: readonly SipCall[] = [];
  /** Whether another tab has silenced the calls, and none was chosen since. */
  #silenced = false;

  /**
   * @param exclusive - Whether at most one line may be active.
   * @param getCalls - Returns the calls that have not ended.
   * @param onChosen - Called when the current call may have changed.
   */
  constructor(exclusive: boolean, getCalls: () => readonly SipCall[], onChosen: () => void) {
    this.#exclusive = exclusive;
    this.#getCalls = getCalls;
    this.#onChosen = onChosen;
  }

  /** The call that the controls act on at the moment. */
  get current(): SipCall | undefined {
    return newestCall(this.#getCalls(), this.#chosen);
  }

  /** The current call, if it is open in both directions as far as this side knows. */
  get speaking(): SipCall | undefined {
    const {current} = this;
    return current && speaks(current) ? current : undefined;
  }

  /** Whether a line other than the call's is busy: a call that is being answered counts, one that rings does not. */
  busyBeside(call: SipCall): boolean {
    return this.#getCalls().some(
      (other) => other !== call && isLine(other.type) && (!isWaiting(other) || other === this.#chosen),
    );
  }

  /** Whether the call was the last to be placed, answered or resumed. */
  isChosen(call: SipCall): boolean {
    return this.#chosen === call;
  }

  /**
   * Returns the calls that gave way to the call when it was first chosen, and have not been chosen since; also those that
   * had given way to an urgent one of them. None while the user speaks elsewhere, which a resumed call would silence.
   */
  interruptedBy(call: object): readonly SipCall[] {
    if (this.#silenced) return [];
    return (this.#interrupted.get(call) ?? []).flatMap((other) =>
      isUrgent(other.type) ? [other, ...this.interruptedBy(other)] : [other],
    );
  }

  /** Notes which calls a call had interrupted on an earlier page. */
  setInterrupted(call: SipCall, others: readonly SipCall[]): void {
    this.#interrupted.set(call, others);
  }

  /** Makes the call the active one. */
  choose(call: SipCall): void {
    this.#forgetInterruptionsOf(call);
    // What a call of an earlier page has interrupted, that page has noted.
    if (!this.#known.has(call) && !call.continued)
      this.#interrupted.set(call, [...new Set([...this.#left, ...this.#givingWay(call)])]);
    this.#silenceOthers(call);
    if (!isLine(call.type)) return;
    this.#silenced = false;
    this.#chosen = call;
    this.#known.add(call);
    if (this.#muted.delete(call) && call.state.phase === 'answered') void call.revertMute().catch(() => {});
    call.patch?.standIn();
    this.#onChosen();
  }

  /** Unmutes a call once it is chosen. */
  unmuteWhenChosen(call: SipCall): void {
    this.#muted.add(call);
  }

  /** Holds all calls, because the user speaks elsewhere. */
  silence(): void {
    this.#silenced = true;
    this.#silenceOthers(undefined);
  }

  /** Reports an answered call: it becomes active, unless another call was chosen after it. */
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
    const spoke = this.#speaking(call);
    if (call) this.choose(call);
    else {
      this.#left = this.#givingWay(call);
      this.#silenceOthers(undefined);
    }
    let result: T;
    try {
      result = await command();
    } catch (error) {
      this.#restore(call, before, spoke);
      throw error;
    } finally {
      this.#left = [];
    }
    if (others === 'hangup')
      await Promise.allSettled(spoke.filter((other) => !goesOn(other)).map((other) => other.hangup()));
    return result;
  }

  /** Returns the other calls that are active. */
  #speaking(call: SipCall | undefined): readonly SipCall[] {
    return this.#getCalls().filter((other) => other !== call && speaks(other));
  }

  /**
   * Returns the other calls that stop hearing the user. Those of a patch that the user has left for another call do not,
   * nor do those that an earlier page had held, and this one is about to hold.
   */
  #givingWay(call: SipCall | undefined): readonly SipCall[] {
    const stops = ({patch, continued}: SipCall): boolean => !patch?.stoodBack && !continued?.held;
    return this.#exclusive ? this.#speaking(call).filter(stops) : [];
  }

  /** The user has chosen a call, and with it its patch: neither is interrupted any longer. */
  #forgetInterruptionsOf(call: SipCall): void {
    const concerns = (other: SipCall): boolean =>
      other === call || (call.patch !== undefined && other.patch === call.patch);
    for (const other of this.#getCalls()) {
      const interrupted = this.#interrupted.get(other);
      if (interrupted?.some(concerns))
        this.#interrupted.set(
          other,
          interrupted.filter((each) => !concerns(each)),
        );
    }
  }

  #silenceOthers(call: SipCall | undefined): void {
    if (!this.#exclusive || (call && !isLine(call.type))) return;
    // Held calls too: one of them may be about to be resumed.
    for (const other of this.#getCalls()) {
      const {type, state, patch} = other;
      if (other === call || !isLine(type) || state.phase !== 'answered') continue;
      if (patch && patch === call?.patch) continue;
      if (goesOn(other)) patch?.standBack();
      else void this.#hold(other);
    }
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

  /** Resumes the calls that were active before a command failed, unless the user has chosen another call since. */
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
