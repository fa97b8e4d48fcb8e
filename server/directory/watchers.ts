import type {BindingEnd, SipHub} from '../sip/index.js';

/** Who follows whom; forgotten when the follower's last registration ends. */
export class Watchers {
  readonly #watched = new Map<string, Set<string>>();
  readonly #stop: () => void;

  /** @param ends - The ends that count: after others a client may come back and expect further events. */
  constructor(hub: SipHub, ends: readonly BindingEnd[]) {
    this.#stop = hub.onBindingGone(({user}, why) => {
      if (ends.includes(why) && hub.bindings(user).length === 0) this.#watched.delete(user);
    });
  }

  /** Whether there are no followers. */
  get idle(): boolean {
    return this.#watched.size === 0;
  }

  /** Yields every follower with each number that they follow. */
  *pairs(): Generator<readonly [user: string, number: string]> {
    for (const [user, numbers] of this.#watched) for (const number of numbers) yield [user, number];
  }

  add(user: string, numbers: Iterable<string>): void {
    const known = this.#watched.get(user) ?? new Set();
    for (const number of numbers) known.add(number);
    if (known.size > 0) this.#watched.set(user, known);
  }

  remove(user: string, numbers: Iterable<string>): void {
    const known = this.#watched.get(user);
    if (!known) return;
    for (const number of numbers) known.delete(number);
    if (known.size === 0) this.#watched.delete(user);
  }

  close(): void {
    this.#stop();
    this.#watched.clear();
  }
}
