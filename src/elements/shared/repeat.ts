import {noChange, type ChildPart} from 'lit';
import {directive, Directive, PartType, type PartInfo} from 'lit/directive.js';
import {insertPart, removePart, setChildPartValue} from 'lit/directive-helpers.js';

/** Renders one item of a list. */
type Draw<T> = (item: T, index: number) => unknown;

/**
 * Lit's own `repeat` leaves a marker in the document for every removed item (lit-html 3.3.1 to 3.3.3, lit issue 5298);
 * a list that changes all day would grow all day. This directive removes the marker as well.
 */
class RepeatDirective<T> extends Directive {
  #parts = new Map<unknown, ChildPart>();

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.CHILD) throw new TypeError('repeat() draws children');
  }

  render(items: Iterable<T>, _key: (item: T) => unknown, draw: Draw<T>): unknown[] {
    return [...items].map(draw);
  }

  override update(list: ChildPart, [items, key, draw]: Parameters<this['render']>): unknown {
    const before = this.#parts;
    const after = new Map<unknown, ChildPart>();
    const drawn = [...items];
    const keys = drawn.map(key);
    const kept = new Set(keys);
    for (const [old, part] of before) if (!kept.has(old)) remove(part);
    // An item that is already in place is not moved, because moving loses the focus.
    const order = [...before.keys()].filter((old) => kept.has(old));
    for (const [index, item] of drawn.entries()) {
      const name = keys[index];
      if (after.has(name)) throw new TypeError(`repeat() got ${String(name)} twice`);
      const follower = before.get(order[0]);
      const known = before.get(name);
      if (order[0] === name) order.shift();
      else if (known) {
        insertPart(list, follower, known);
        order.splice(order.indexOf(name), 1);
      }
      const part = known ?? insertPart(list, follower);
      after.set(name, setChildPartValue(part, draw(item, index)));
    }
    this.#parts = after;
    return noChange;
  }
}

function remove(part: ChildPart): void {
  const {endNode} = part;
  removePart(part);
  (endNode as ChildNode | null)?.remove();
}

/**
 * Renders a list whose items keep their nodes, by key, wherever they move.
 *
 * @param items - The items; keys must be unique.
 * @param key - Returns the key of an item.
 * @param draw - Renders an item.
 */
export const repeat = directive(RepeatDirective) as <T>(
  items: Iterable<T>,
  key: (item: T) => unknown,
  draw: Draw<T>,
) => unknown;
