import type {Party} from '../../core/types.js';
import {StateTarget} from '../../core/util/state-target.js';
import {SipError, type SipErrorCode} from '../../errors.js';
import type {Camera} from './cameras.js';
import {MOST_CAMERAS, type Round} from './rounds.js';

/** A camera that a round has passed over, and why its video did not come. */
export interface PassedCamera {
  readonly party: Party;
  readonly reason: SipErrorCode | 'normal' | undefined;
}

/** Why a round waits: a camera is in use, or nobody can see the wall. */
export type RoundHold = 'used' | 'unseen';

/** The state of a running round. */
export interface RoundState {
  /** The cameras on the wall. */
  readonly shown: readonly string[];
  /** The cameras of the next turn, requested shortly before it. */
  readonly ahead: readonly string[];
  /** The places of the first and the last camera on the wall, from 1. */
  readonly first: number;
  readonly last: number;
  /** Whether the user has paused it. */
  readonly paused: boolean;
  /** Why it waits; undefined if it does not. */
  readonly held: RoundHold | undefined;
  /** When the next turn begins, by the page's clock; undefined while it is paused or waits. */
  readonly endsAt: number | undefined;
  /** The cameras without video since their turn. */
  readonly passed: readonly PassedCamera[];
}

/** How long before a turn its cameras are requested, in milliseconds, but at most half a turn. */
const AHEAD = 2_000;

/** The shortest rest of a turn once it goes on, in milliseconds: nothing changes under the user's eyes. */
const REST = 1_000;

/** Failures that are no camera's fault. */
const OWN: ReadonlySet<unknown> = new Set(['not-connected', 'not-registered', 'connection-lost']);

/**
 * A round of cameras: shows as many at a time as the wall has tiles, one set after the other. A camera whose video does not
 * come is passed over in favor of the next one, and requested again in the next lap.
 */
export class CameraRound extends StateTarget<RoundState> {
  readonly round: Round;
  readonly #parties: Map<string, Party>;
  #numbers: readonly string[];
  /** The index of the first camera on the wall, and of the first one of the next turn. */
  #start = 0;
  #next = 0;
  /** The cameras that failed in this turn, or ahead of the next one. */
  readonly #failed = new Set<string>();
  /** The cameras on the wall whose video has played. */
  readonly #seen = new Set<string>();
  readonly #passed = new Map<string, PassedCamera>();
  /** What is left of the turn, in milliseconds, when it last began to run. */
  #left = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(round: Round) {
    const nothing = {shown: [], ahead: [], passed: [], first: 0, last: 0, endsAt: undefined};
    super({...nothing, paused: false, held: undefined});
    this.round = round;
    this.#parties = new Map(round.cameras.map((party) => [party.number, party]));
    this.#numbers = [...this.#parties.keys()];
  }

  /** Shows the first cameras. */
  begin(): void {
    this.#show(0);
  }

  /** Shows the next cameras, without those that failed when they were requested ahead. */
  next(): void {
    this.#show(this.#next, this.state.ahead.length > 0 ? [...this.#failed] : []);
  }

  /** Shows the cameras before these. */
  previous(): void {
    const {length} = this.#numbers;
    this.#show((((this.#start - this.round.tiles) % length) + length) % length);
  }

  /**
   * Shows a camera at once, the first one on the wall. One that is new takes part until the round ends.
   *
   * @throws {SipError} `wall-full` if the round has no room for it.
   */
  watch(party: Party): void {
    const {number} = party;
    if (this.state.shown.includes(number)) return;
    const index = this.#numbers.indexOf(number);
    if (index < 0 && this.#numbers.length >= MOST_CAMERAS)
      throw new SipError('wall-full', {subject: String(MOST_CAMERAS)});
    const place = index >= 0 && index < this.#next ? this.#next - 1 : this.#next;
    const others = this.#numbers.filter((other) => other !== number);
    this.#numbers = [...others.slice(0, place), number, ...others.slice(place)];
    this.#parties.set(number, party);
    this.#show(place);
  }

  pause(): void {
    this.#set({paused: true});
  }

  resume(): void {
    this.#set({paused: false});
  }

  /** Lets it wait, or go on. */
  hold(held: RoundHold | undefined): void {
    if (held !== this.state.held) this.#set({held});
  }

  /** Ends it: nothing is shown or requested any more. Idempotent. */
  end(): void {
    clearTimeout(this.#timer);
    this.update({shown: [], ahead: [], endsAt: undefined});
  }

  /** The number of its cameras. */
  get count(): number {
    return this.#numbers.length;
  }

  nameOf(number: string): string | undefined {
    return this.#parties.get(number)?.name || undefined;
  }

  /** Follows the video of a camera that it shows or has requested ahead. */
  follow({reported: {number}, party, subscription}: Camera): void {
    const {phase, reason} = subscription.state;
    if (phase === 'live') {
      this.#seen.add(number);
      if (this.#passed.delete(number)) this.#updatePassed();
    }
    const lost = phase === 'refused' || phase === 'waiting';
    if (!lost || OWN.has(reason) || this.#seen.has(number) || this.#failed.has(number)) return;
    this.#failed.add(number);
    this.#pass(number, {party, reason});
    const {shown, ahead} = this.state;
    if (shown.includes(number)) this.#replace(number);
    else if (ahead.includes(number)) this.update({ahead: this.#from(this.#next).numbers});
  }

  #pass(number: string, passed: PassedCamera): void {
    this.#passed.set(number, passed);
    this.#updatePassed();
  }

  #updatePassed(): void {
    this.update({passed: [...this.#passed.values()]});
  }

  /** Shows the next camera that is not on the wall in place of one that failed; without one, its tile says why. */
  #replace(number: string): void {
    const {shown} = this.state;
    const {length} = this.#numbers;
    for (let step = 0; step < length; step += 1) {
      const index = (this.#next + step) % length;
      const other = this.#numbers[index]!;
      if (shown.includes(other) || this.#failed.has(other)) continue;
      this.#next = (index + 1) % length;
      this.update({
        shown: shown.map((each) => (each === number ? other : each)),
        last: index + 1,
        ahead: this.state.ahead.length > 0 ? this.#from(this.#next).numbers : [],
      });
      return;
    }
  }

  /** Whether all cameras are on the wall at the same time. */
  get #isWhole(): boolean {
    return this.#numbers.length <= this.round.tiles;
  }

  /** Begins a turn with the cameras from an index on. */
  #show(index: number, without: readonly string[] = []): void {
    this.#failed.clear();
    const start = this.#isWhole ? 0 : index;
    const {numbers, last} = this.#from(start, without);
    this.#start = start;
    this.#next = (last + 1) % this.#numbers.length;
    const first = this.#numbers.indexOf(numbers[0]!);
    // Those that stay on the wall have been seen.
    for (const number of this.#seen) if (!numbers.includes(number)) this.#seen.delete(number);
    this.#left = this.round.seconds * 1_000;
    this.#set({shown: numbers, ahead: [], first: first + 1, last: last + 1}, true);
  }

  /** Notes the cameras on the wall whose video has not come at the end of their turn. */
  #passUnseen(): void {
    for (const number of this.state.shown)
      if (!this.#seen.has(number) && !this.#passed.has(number))
        this.#pass(number, {party: this.#parties.get(number)!, reason: undefined});
  }

  /** Returns as many cameras as there are tiles, from an index on, and the index of the last one. */
  #from(
    start: number,
    without: Iterable<string> = this.#failed,
  ): {readonly numbers: readonly string[]; readonly last: number} {
    const excluded = new Set(without);
    const {length} = this.#numbers;
    const indexes = Array.from({length}, (_, step) => (start + step) % length);
    const usable = indexes.filter((index) => !excluded.has(this.#numbers[index]!));
    // If none of them can be reached, they are requested all the same.
    const chosen = (usable.length > 0 ? usable : indexes).slice(0, this.round.tiles);
    return {numbers: chosen.map((index) => this.#numbers[index]!), last: chosen.at(-1)!};
  }

  #set(patch: Partial<RoundState>, isNewTurn = false): void {
    const {endsAt} = this.state;
    const now = performance.now();
    if (endsAt !== undefined && !isNewTurn) this.#left = Math.max(REST, endsAt - now);
    const {paused, held} = {...this.state, ...patch};
    // Nothing is requested ahead of a turn that may be far.
    if (paused || held) this.update({...patch, ahead: [], endsAt: undefined});
    else this.update({...patch, endsAt: now + this.#left});
    this.#schedule();
  }

  /** Waits for the next turn, and for the moment before it at which its cameras are requested. */
  #schedule(): void {
    clearTimeout(this.#timer);
    const {endsAt, ahead} = this.state;
    if (endsAt === undefined) return;
    const left = endsAt - performance.now();
    const before = Math.min(AHEAD, this.round.seconds * 500);
    if (ahead.length > 0 || this.#isWhole) this.#timer = setTimeout(this.#onTurn, left);
    else this.#timer = setTimeout(this.#onAhead, Math.max(0, left - before));
  }

  readonly #onTurn = (): void => {
    this.#passUnseen();
    this.next();
  };

  readonly #onAhead = (): void => {
    this.update({ahead: this.#from(this.#next).numbers});
    this.#schedule();
  };
}
