import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';

/** What an element shows that has the buttons. */
interface AnswerView {
  readonly host: Element;
  readonly client: BaseClient | undefined;
  readonly calls: readonly SipCall[];
}

/** How much of an element has to be in view, so that its buttons are. */
const MOST_OF_IT = 0.5;

/**
 * Claims the buttons that answer the calls of a `<sip-incoming>`, so that the elements beside it leave theirs out, for as
 * long as it is in view: not scrolled away, not in a closed `<details>` or `<dialog>`, not hidden by styles.
 */
export class AnswerClaim {
  #client: BaseClient | undefined;
  #calls: readonly SipCall[] = [];
  #observed: Element | undefined;
  /** Until the browser has drawn the element, it counts as in view. */
  #seen = true;
  readonly #observer = new IntersectionObserver(
    (entries) => {
      const {intersectionRatio, target} = entries.at(-1)!;
      const seen = intersectionRatio >= MOST_OF_IT && target.checkVisibility({visibilityProperty: true});
      if (seen === this.#seen) return;
      this.#seen = seen;
      this.#client?.claims.changed();
    },
    {threshold: MOST_OF_IT},
  );

  /** Follows what the element shows; undefined ends the claim. */
  follow(view: AnswerView | undefined): void {
    const {client, calls = []} = view ?? {};
    this.#observe(calls.length ? view?.host : undefined);
    const same =
      client === this.#client &&
      calls.length === this.#calls.length &&
      calls.every((call) => this.#calls.includes(call));
    if (same) return;
    const before = this.#client;
    this.#client = client;
    this.#calls = calls;
    if (before !== client) {
      before?.claims.answers.delete(this.#getCalls);
      client?.claims.answers.add(this.#getCalls);
    }
    // The element is just being updated.
    queueMicrotask(() => {
      if (before !== client) before?.claims.changed();
      client?.claims.changed();
    });
  }

  readonly #getCalls = (): readonly SipCall[] => (this.#seen ? this.#calls : []);

  #observe(host: Element | undefined): void {
    if (host === this.#observed) return;
    this.#observer.disconnect();
    this.#observed = host;
    this.#seen = true;
    if (host) this.#observer.observe(host);
  }
}
