import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import {durations} from '../../durations/page.js';

/** What an element shows that has the buttons. */
interface AnswerView {
  readonly host: Element;
  readonly client: BaseClient | undefined;
  readonly calls: readonly SipCall[];
}

/** How much of an element has to be in view, so that its buttons are. */
const MOST_OF_IT = 0.5;

/** Whether a user can press the buttons of an element: they are not hidden, nor behind an open dialog. */
function isReachable(host: Element): boolean {
  if (!host.checkVisibility({visibilityProperty: true})) return false;
  let outer: Node = host;
  for (let at: Node | null = host; at; at = at instanceof ShadowRoot ? at.host : at.parentNode) {
    if (at instanceof Element && at.hasAttribute('inert')) return false;
    if (!(at instanceof Document)) outer = at;
    if (at instanceof Element && at.matches('dialog:modal')) return true;
  }
  return outer instanceof Element && !outer.querySelector('dialog:modal');
}

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
  /** Whether the user could press the buttons when that was looked at last. */
  #reachable = true;
  #look: ReturnType<typeof setInterval> | undefined;
  readonly #observer = new IntersectionObserver(
    (entries) => {
      const seen = entries.at(-1)!.intersectionRatio >= MOST_OF_IT;
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

  readonly #getCalls = (): readonly SipCall[] =>
    this.#seen && this.#observed && isReachable(this.#observed) ? this.#calls : [];

  #observe(host: Element | undefined): void {
    if (host === this.#observed) return;
    this.#observer.disconnect();
    clearInterval(this.#look);
    this.#observed = host;
    this.#seen = this.#reachable = true;
    if (!host) return;
    this.#observer.observe(host);
    this.#look = setInterval(() => {
      const reachable = isReachable(host);
      if (reachable === this.#reachable) return;
      this.#reachable = reachable;
      this.#client?.claims.changed();
    }, durations.answerSight);
  }
}
