import type {ReactiveController, ReactiveElement} from 'lit';

/** Rules of a host that change, such as sizes that the user has chosen: a strict policy permits no `style=` text. */
export class OwnRules implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #sheet = new CSSStyleSheet();
  #rules = '';

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const {adoptedStyleSheets} = this.#host.renderRoot as ShadowRoot;
    if (!adoptedStyleSheets.includes(this.#sheet)) adoptedStyleSheets.push(this.#sheet);
  }

  /** Replaces the rules, if these are others. */
  set(rules: string): void {
    if (rules !== this.#rules) this.#sheet.replaceSync((this.#rules = rules));
  }
}
