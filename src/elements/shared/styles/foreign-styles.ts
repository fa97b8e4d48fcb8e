import {LitElement, type CSSResultOrNative} from 'lit';

const made = new WeakMap<Window, Map<CSSResultOrNative, CSSStyleSheet>>();

/** Returns the style as a sheet of the window: a document does not accept a sheet constructed by another one. */
export function sheetFor(target: Window, style: CSSResultOrNative): CSSStyleSheet {
  const sheets = made.get(target) ?? new Map<CSSResultOrNative, CSSStyleSheet>();
  made.set(target, sheets);
  const known = sheets.get(style);
  if (known) return known;
  const sheet = new (target as Window & typeof globalThis).CSSStyleSheet();
  sheet.replaceSync(cssText(style));
  sheets.set(style, sheet);
  return sheet;
}

function cssText(style: CSSResultOrNative): string {
  return 'cssText' in style ? style.cssText : Array.from(style.cssRules, (rule) => rule.cssText).join('\n');
}

/** Returns the public custom properties that the styles use. */
export function propertiesOf(styles: readonly CSSResultOrNative[]): Set<string> {
  return new Set(styles.flatMap((style) => cssText(style).match(/--sip-[\w-]+/g) ?? []));
}

/**
 * Makes an element that has not rendered yet render in another window: the element, and everything that it renders,
 * gets the styles of its class as sheets of that window.
 *
 * The elements remain instances of the page's classes, since the window defines none.
 */
export function styleFor(target: Window, element: LitElement): void {
  const createRenderRoot = (): ShadowRoot => {
    const {shadowRootOptions, elementStyles} = element.constructor as typeof LitElement;
    const root = element.shadowRoot ?? element.attachShadow(shadowRootOptions);
    root.adoptedStyleSheets = elementStyles.map((style) => sheetFor(target, style));
    return root;
  };
  Object.assign(element, {createRenderRoot});
  element.renderOptions.creationScope = {
    importNode(node, deep) {
      const copy = document.importNode(node, deep);
      if (copy instanceof DocumentFragment)
        for (const inner of copy.querySelectorAll('*'))
          if (inner instanceof LitElement) styleFor(target, inner);
      return copy;
    },
  };
}
