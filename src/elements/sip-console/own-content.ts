import {html, type ReactiveController, type ReactiveControllerHost} from 'lit';
import {layoutDashboardIcon} from './icons.js';
import {fillingBy} from './console-panel.styles.js';
import {PANES, REGIONS, type Pane, type RegionName} from './regions.js';

/** Where the page can put elements: in a region, or in what is shown after the end of a shift. */
export type OwnRegion = RegionName | 'locked';

/** A child of the desk that the page has put into a region. */
interface OwnChild {
  readonly region: OwnRegion;
  readonly pane: Pane;
}

/**
 * The page's own elements in a `<sip-console>`: its children with an attribute `data-region`. Each gets a slot of its own, which is
 * forwarded to the panel that shows the regions.
 */
export class OwnContent implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #slots = new Map<Element, HTMLSlotElement>();
  /** Styles of the document or shadow root around the desk, in which the page's own elements are. */
  readonly #sheet = new CSSStyleSheet();
  readonly #changes = new MutationObserver(() => this.#read());
  #root: Document | ShadowRoot | undefined;
  #children: readonly OwnChild[] = [];
  #count = 0;

  /** @param host - The panel in the shadow root of the `<sip-console>`. */
  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#sheet.replaceSync(fillingBy('sip-console'));
    host.addController(this);
  }

  hostConnected(): void {
    this.#changes.observe(this.#console, {
      childList: true,
      subtree: true,
      attributeFilter: ['data-region', 'data-label'],
    });
    this.#root = this.#console.getRootNode() as Document | ShadowRoot;
    this.#root.adoptedStyleSheets.push(this.#sheet);
    this.#read();
  }

  hostDisconnected(): void {
    this.#changes.disconnect();
    const sheets = this.#root?.adoptedStyleSheets ?? [];
    if (this.#root) this.#root.adoptedStyleSheets = sheets.filter((sheet) => sheet !== this.#sheet);
  }

  /** The page's own elements in a region, in their order. */
  panesOf(region: OwnRegion): readonly Pane[] {
    return this.#children.filter((child) => child.region === region).map(({pane}) => pane);
  }

  /** The page's own elements with a tag. */
  elementsOf<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): readonly HTMLElementTagNameMap[Tag][] {
    return [...this.#console.querySelectorAll<HTMLElementTagNameMap[Tag]>(`:scope > ${tag}[data-region]`)];
  }

  /** Dispatches an event of the desk. */
  dispatch(event: Event): void {
    this.#console.dispatchEvent(event);
  }

  get #console(): Element {
    return (this.#host.getRootNode() as ShadowRoot).host;
  }

  #read(): void {
    const children = [...this.#console.children];
    for (const [child, slot] of this.#slots)
      if (!children.includes(child)) {
        slot.remove();
        this.#slots.delete(child);
      }
    const ids = new Set<string>();
    this.#children = children.flatMap((child) => {
      const named = child.getAttribute('data-region');
      const region = ([...REGIONS, 'locked'] as const).find((name) => name === named);
      if (!region) return [];
      const pane = this.#paneOf(child, region);
      const id = ids.has(pane.id) ? `${pane.id}-${this.#slotOf(child).name}` : pane.id;
      ids.add(id);
      return {region, pane: {...pane, id}};
    });
    this.#host.requestUpdate();
  }

  #paneOf(child: Element, region: OwnRegion): Pane {
    const known = Object.values(PANES)
      .flat()
      .find(({tag}) => tag === child.localName);
    const {name} = this.#slotOf(child);
    const label = child.getAttribute('data-label') ?? '';
    return {
      icon: layoutDashboardIcon,
      ...known,
      id: `${region}-${label || child.id || (known?.id ?? name)}`.replaceAll(/\s+/g, '-'),
      tag: child.localName,
      label: (localize) => label || (known?.label(localize) ?? child.localName),
      render: () => html`<slot name=${name}></slot>`,
    };
  }

  #slotOf(child: Element): HTMLSlotElement {
    const known = this.#slots.get(child);
    if (known) return known;
    const slot = document.createElement('slot');
    slot.name = slot.slot = child.slot = `own-${(this.#count += 1)}`;
    this.#slots.set(child, slot);
    this.#host.append(slot);
    return slot;
  }
}
