/** The state that links show, as attributes: `data-sip-state` for styles, `aria-description` for screen readers. */

const STATE = 'data-sip-state';
const DESCRIPTION = 'aria-description';

/** What a link shows of a call. */
export interface LinkState {
  readonly name: LinkStateName;
  readonly text?: string | undefined;
}

export type LinkStateName = 'calling' | 'ringing' | 'connected' | 'held';

/** The links that show a state. */
export class LinkStates {
  /** With the description that the page has written. */
  readonly #shown = new Map<Element, string | null>();

  /** Shows the states of these links, and removes those of all others. */
  show(states: ReadonlyMap<Element, LinkState>): void {
    for (const [link, written] of this.#shown) {
      if (states.has(link)) continue;
      this.#shown.delete(link);
      link.removeAttribute(STATE);
      describeLink(link, written);
    }
    for (const [link, {name, text}] of states) {
      if (!this.#shown.has(link)) this.#shown.set(link, link.getAttribute(DESCRIPTION));
      link.setAttribute(STATE, name);
      describeLink(link, text ?? this.#shown.get(link)!);
    }
  }
}

function describeLink(link: Element, text: string | null): void {
  if (text === null) link.removeAttribute(DESCRIPTION);
  else link.setAttribute(DESCRIPTION, text);
}
