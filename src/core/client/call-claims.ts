import type {SipCall} from '../call/call.js';

/** The claim of one element. */
export interface CallClaim {
  /** Reports that the element shows other calls, for a reason other than a change of the client. */
  changed(): void;
  /** Ends the claim: other elements show the calls again. */
  end(): void;
}

/**
 * The calls that special elements show, such as a `<sip-conference>`: other elements leave them out, unless the page
 * names them.
 *
 * The elements are asked each time, so that a new call is never shown by two of them, not even until the next update.
 */
export class CallClaims {
  readonly #views = new Set<() => readonly SipCall[]>();
  /** What the elements show that have the only buttons to answer their calls, such as a `<sip-incoming>` in view. */
  readonly answers = new Set<() => readonly SipCall[]>();
  /** Makes the elements that show calls look again. */
  readonly changed: () => void;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  /** @param view - Returns the calls that an element shows at the moment. */
  claim(view: () => readonly SipCall[]): CallClaim {
    this.#views.add(view);
    return {
      changed: this.changed,
      end: () => {
        if (this.#views.delete(view)) this.changed();
      },
    };
  }

  /** Returns the calls that no special element shows. */
  unclaimed(calls: readonly SipCall[]): readonly SipCall[] {
    if (!this.#views.size) return calls;
    const claimed = new Set([...this.#views].flatMap((view) => view()));
    return calls.filter((call) => !claimed.has(call));
  }
}
