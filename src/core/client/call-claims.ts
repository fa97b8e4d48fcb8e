import type {SipCall} from '../call/call.js';

/** What an element claims: to show a call, or to have the only buttons that answer it. */
export type ClaimedPart = 'call' | 'answer';

/** The claim of one element. */
export interface CallClaim {
  /** Reports that the element shows other calls, for a reason other than a change of the client. */
  changed(): void;
  /** Ends the claim: other elements show the calls again. */
  end(): void;
}

/**
 * The calls that special elements show, such as a `<sip-conference>`: other elements leave them out, unless the page
 * names them. While a `<sip-incoming>` is in view, the others leave out the buttons that answer its calls.
 *
 * The elements are asked each time, so that a new call is never shown by two of them, not even until the next update.
 */
export class CallClaims {
  /** What each view claims. */
  readonly #views = new Map<() => readonly SipCall[], ClaimedPart>();
  readonly #onChange: () => void;

  /** @param onChange - Called when elements that show calls should look again. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** @param view - Returns the calls that an element shows at the moment. */
  claim(view: () => readonly SipCall[], part: ClaimedPart = 'call'): CallClaim {
    this.#views.set(view, part);
    return {
      changed: this.#onChange,
      end: () => {
        if (this.#views.delete(view)) this.#onChange();
      },
    };
  }

  /** Returns the calls, or those to answer, that no special element shows. */
  unclaimed(calls: readonly SipCall[], part: ClaimedPart = 'call'): readonly SipCall[] {
    if (!this.#views.size) return calls;
    const claimed = new Set([...this.#views].flatMap(([view, its]) => (its === part ? view() : [])));
    return calls.filter((call) => !claimed.has(call));
  }
}
