import {part} from './elements.js';

interface Documented {
  readonly tagName?: string;
  readonly cssParts?: readonly {readonly name: string}[];
}

const {default: manifest} = (await import('../../../custom-elements.json' as string)) as {
  default: {modules: readonly {readonly declarations?: readonly Documented[]}[]};
};

/** The documented parts of the element. */
export function partsOf(tag: string): string[] {
  return manifest.modules
    .flatMap(({declarations = []}) => declarations)
    .filter(({tagName}) => tagName === tag)
    .flatMap(({cssParts = []}) => cssParts.map(({name}) => name));
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
