import {part, shows} from './elements.js';
import {DOCUMENTED} from './tags.js';

/** The documented parts of the element. */
export function partsOf(tag: string): string[] {
  return DOCUMENTED.filter(({tagName}) => tagName === tag).flatMap(({cssParts = []}) =>
    cssParts.map(({name}) => name),
  );
}

/** The parts that are not there, or that the page's style sheet does not reach. */
export function unreached(element: Element, parts: readonly string[]): string[] {
  const sheet = new CSSStyleSheet();
  for (const name of parts) sheet.insertRule(`${element.localName}::part(${name}) {--reached-${name}: yes}`);
  document.adoptedStyleSheets.push(sheet);
  try {
    return parts.filter((name) => {
      const found = part(element, name);
      return !found || getComputedStyle(found).getPropertyValue(`--reached-${name}`) !== 'yes';
    });
  } finally {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  }
}

/** The documented parts of an element that no page's style sheet was seen to reach yet. */
export class UnseenParts {
  readonly #element: Element;
  readonly #names: Set<string>;

  constructor(element: Element) {
    this.#element = element;
    this.#names = new Set(partsOf(element.localName));
  }

  get names(): string[] {
    return [...this.#names];
  }

  /** Waits until the parts are there, and notes all that are reached now. */
  async look(...awaited: readonly string[]): Promise<void> {
    await shows(this.#element, () => awaited.every((name) => part(this.#element, name)));
    const missing = new Set(unreached(this.#element, this.names));
    for (const name of this.names) if (!missing.has(name)) this.#names.delete(name);
  }
}
