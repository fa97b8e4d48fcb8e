/** What a person presses, drags or types into. */
const TARGETS =
  'button, a[href], input:not([type=hidden]), select, textarea, summary, [role=treeitem], [role=slider], [tabindex="0"][role=button]';

/** A place that is pressed, and what a failed test calls it. */
export interface Target {
  readonly element: HTMLElement;
  readonly name: string;
  readonly box: DOMRect;
  /** What is left of the box where something around it cuts it off, as a list that scrolls does. */
  readonly drawn: DOMRect;
}

/** Returns the targets that a person sees in an element and in the elements that it is made of. */
export function targetsOf(element: Element): Target[] {
  return [...each(element.shadowRoot!)]
    .filter((found) => found.matches(TARGETS) && seen(found))
    .map((found) => ({
      element: found,
      name: nameOf(found),
      box: found.getBoundingClientRect(),
      drawn: drawnBox(found),
    }));
}

/** Yields every element in a root and in the roots inside it. */
function* each(root: ShadowRoot): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot) yield* each(element.shadowRoot);
  }
}

function drawnBox(element: HTMLElement): DOMRect {
  let {left, top, right, bottom} = element.getBoundingClientRect();
  for (const around of ancestors(element)) {
    if (getComputedStyle(around).overflow === 'visible') continue;
    const box = around.getBoundingClientRect();
    [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
    [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
  }
  return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
}

/** Yields the elements around one, across shadow roots; for what is in the top layer, none. */
function* ancestors(element: Element): Generator<Element> {
  if (element.matches(':popover-open, :modal')) return;
  const around =
    element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host;
  if (!around) return;
  yield around;
  yield* ancestors(around);
}

/** Whether a person sees it: it is drawn, and not only there for screen readers. */
function seen(element: HTMLElement): boolean {
  const {width, height} = element.getBoundingClientRect();
  return element.checkVisibility({visibilityProperty: true}) && width > 1 && height > 1;
}

const nameOf = (element: HTMLElement): string =>
  `<${element.localName}${element.getAttribute('part') ? ` part="${element.getAttribute('part')}"` : ''}> “${(
    element.getAttribute('aria-label') ??
    element.title ??
    element.innerText
  ).slice(0, 40)}”`;

/** Whether one contains the other, across shadow roots. */
export function nested(one: Element, other: Element): boolean {
  return one === other || [...ancestors(one)].includes(other) || [...ancestors(other)].includes(one);
}

/**
 * Returns what breaks WCAG 2.5.8 (Target Size): targets that are narrower or lower than 24 px, unless a circle of 24 px
 * around their center meets no other target. A link inside a sentence may be as high as the sentence.
 */
export function tooSmall(targets: readonly Target[]): string[] {
  return targets
    .filter(({element, box}) => Math.min(box.width, box.height) < 23.9 && !alone(element, box, targets))
    .map(({name, box}) => `${name}: ${box.width.toFixed(1)} × ${box.height.toFixed(1)}`);
}

function alone(element: Element, box: DOMRect, targets: readonly Target[]): boolean {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return targets.every(({element: other, box: near}) => {
    if (nested(element, other)) return true;
    const [dx, dy] = [Math.max(near.left - x, 0, x - near.right), Math.max(near.top - y, 0, y - near.bottom)];
    return Math.hypot(dx, dy) >= 12;
  });
}

/** Returns the pairs of targets that lie over each other. */
export function overlapping(targets: readonly Target[]): string[] {
  return targets.flatMap((one, index) =>
    targets
      .slice(index + 1)
      .filter((other) => !nested(one.element, other.element) && meet(one.drawn, other.drawn))
      .map((other) => `${one.name} and ${other.name}`),
  );
}

/** Whether two boxes share more than the rounding of their edges. */
const meet = (one: DOMRect, other: DOMRect): boolean =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
  Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;

/** Returns the targets that something covers, or that are outside the window, even after scrolling to them. */
export function covered(targets: readonly Target[]): string[] {
  return targets.flatMap(({element, name}) => {
    element.scrollIntoView({block: 'center', inline: 'center'});
    const {left, top, right, bottom} = element.getBoundingClientRect();
    const [middle, level] = [(left + right) / 2, (top + bottom) / 2];
    const points = {
      middle: [middle, level],
      start: [left + 3, level],
      end: [right - 3, level],
      top: [middle, top + 3],
      foot: [middle, bottom - 3],
    };
    const wrong = Object.entries(points).flatMap(([place, [x, y]]) => {
      const hit = hitAt(x!, y!);
      return hit && (hit === element || [...ancestors(hit)].includes(element))
        ? []
        : [`${place} (${hit ? hit.className || hit.localName : 'nothing'})`];
    });
    return wrong.length ? [`${name}: ${wrong.join(', ')}`] : [];
  });
}

/** The innermost element at a point of the window. */
function hitAt(x: number, y: number): Element | null {
  let hit = document.elementFromPoint(x, y);
  for (;;) {
    const inner: Element | null | undefined = hit?.shadowRoot?.elementFromPoint(x, y);
    if (!inner || inner === hit) return hit;
    hit = inner;
  }
}

/** Returns the texts that something around them cuts off, which neither scrolls nor ends them by an ellipsis. */
export function cut(element: Element): string[] {
  return [...each(element.shadowRoot!)].filter(seen).flatMap((found) =>
    [...found.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim())
      .flatMap((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        const around = [found, ...ancestors(found)].find((each) => ends(each) || cuts(each, box));
        return around && !ends(around)
          ? [`“${node.textContent!.trim()}” by ${around.className || around.localName}`]
          : [];
      }),
  );
}

/** What a user or a stranger has written, or named: it may be long, and may end with an ellipsis. */
const WRITTEN = 'bdi, .name, [dir=auto]';

/**
 * Returns the texts of the interface of which a part is not seen, also those that end with an ellipsis. A text that is left out as a
 * whole is not cut.
 */
export function shortened(element: Element): string[] {
  return [...each(element.shadowRoot!)]
    .filter((found) => seen(found) && !found.closest(WRITTEN))
    .flatMap((found) =>
      [...found.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim())
        .flatMap((node) => {
          const range = document.createRange();
          range.selectNodeContents(node);
          const text = range.getBoundingClientRect();
          const boxes = [found, ...ancestors(found)];
          const scroller = boxes.findIndex(scrolls);
          const inside = scroller < 0 ? boxes : boxes.slice(0, scroller);
          const around = inside.find((each) => cuts(each, text));
          const isSeen = inside.every((each) => !clips(each) || meet(text, each.getBoundingClientRect()));
          return around && isSeen
            ? [`“${node.textContent!.trim()}” by ${around.className || around.localName}`]
            : [];
        }),
    );
}

/** Returns the texts of which something lies over the middle, also after scrolling to them. */
export function behind(element: Element): string[] {
  return [...each(element.shadowRoot!)].filter(seen).flatMap((found) =>
    [...found.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim())
      .flatMap((node) => {
        // The window alone: a text that is cut would be scrolled in its box.
        scrollBy(0, found.getBoundingClientRect().top - innerHeight / 2);
        const range = document.createRange();
        range.selectNodeContents(node);
        const [line] = range.getClientRects();
        const drawn = drawnBox(found);
        if (!line || drawn.width < 2 || drawn.height < 2) return [];
        const [left, right] = [Math.max(line.left, drawn.left), Math.min(line.right, drawn.right)];
        const [top, bottom] = [Math.max(line.top, drawn.top), Math.min(line.bottom, drawn.bottom)];
        if (right - left < 2 || bottom - top < 2) return [];
        const hit = hitAt((left + right) / 2, (top + bottom) / 2);
        return !hit || nested(found, hit)
          ? []
          : [
              `“${node.textContent!.trim()}” by ${hit.getAttribute('part') ?? (hit.className || hit.localName)}`,
            ];
      }),
  );
}

/** Whether an element scrolls, or ends its text by an ellipsis: what is around it then cuts off no more. */
function ends(around: Element): boolean {
  const {overflow, textOverflow} = getComputedStyle(around);
  return /auto|scroll/.test(overflow) || (textOverflow === 'ellipsis' && overflow !== 'visible');
}

const scrolls = (around: Element): boolean => /auto|scroll/.test(getComputedStyle(around).overflow);

const clips = (around: Element): boolean => /hidden|clip/.test(getComputedStyle(around).overflow);

function cuts(around: Element, text: DOMRect): boolean {
  const {overflowX, overflowY} = getComputedStyle(around);
  const {left, top, right, bottom} = around.getBoundingClientRect();
  const isCut = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
  const beside = text.left < left - 1 || text.right > right + 1;
  const beyond = text.top < top - 3 || text.bottom > bottom + 3;
  return (isCut(overflowX) && beside) || (isCut(overflowY) && beyond);
}

/** Returns the targets that are not inside the element, sideways: cut off, or beside it. */
export function outside(element: Element, targets: readonly Target[]): string[] {
  const around = element.getBoundingClientRect();
  return targets
    .filter(({box}) => box.left < around.left - 1 || box.right > around.right + 1)
    .map(({name, box}) => `${name}: ${box.left.toFixed()}–${box.right.toFixed()}`);
}
