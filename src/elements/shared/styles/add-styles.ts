import {adoptStyles, type CSSResult, type LitElement} from 'lit';

/** Adds styles to the class of an element that is rendered already. They come after those that it has. */
export function addStyles(element: LitElement, styles: readonly CSSResult[]): void {
  const {elementStyles} = element.constructor as typeof LitElement;
  const root = element.renderRoot as ShadowRoot;
  elementStyles.push(...styles.filter((style) => !elementStyles.includes(style)));
  if (root.adoptedStyleSheets.length >= elementStyles.length) return;
  // An element in another window has its own way to adopt them.
  if (Object.hasOwn(element, 'createRenderRoot')) element['createRenderRoot']();
  else adoptStyles(root, elementStyles);
}
