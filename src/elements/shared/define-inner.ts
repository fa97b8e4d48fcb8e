/** Inner elements by their tags. */
export type InnerElements = Readonly<Record<string, CustomElementConstructor>>;

/** Defines inner elements, unless another copy of the library has. */
export function defineInner(elements: InnerElements): void {
  for (const [tag, element] of Object.entries(elements))
    if (!customElements.get(tag)) customElements.define(tag, element);
}
