/** The class of an inner element. */
export interface InnerElementClass extends CustomElementConstructor {
  /** The parts that pages style, those of its own inner elements included: the value of `exportparts`. */
  readonly parts?: string;
}

/** Inner elements by their tags. */
export type InnerElements = Readonly<Record<string, InnerElementClass>>;

/** Defines inner elements, unless another copy of the library has. */
export function defineInner(elements: InnerElements): void {
  for (const [tag, element] of Object.entries(elements))
    if (!customElements.get(tag)) customElements.define(tag, element);
}
