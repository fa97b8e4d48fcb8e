import type {ReactiveElement} from 'lit';
import type {ClientController} from '../../controllers/client-controller.js';
import {
  SIZES,
  sizeOf,
  within,
  type Arrangement,
  type ConsoleLayout,
  type DividerName,
} from './console-layout.js';
import {ConsoleMemory} from './console-memory.js';
import {equip} from './equipment.js';
import type {OwnContent} from './own-content.js';
import {PANES, type Pane, type RegionName} from './regions.js';

/** How the regions are shown: all of them, the sides as drawers, or one at a time. */
export type Mode = 'wide' | 'drawers' | 'narrow';

/** The widths, in pixels, from which on the sides are drawers, and from which on all regions are beside each other. */
const WIDTHS = {drawers: 600, wide: 1280} as const;

/** The least sizes of two elements that share the center, in pixels. */
const LEAST = {columns: 260, rows: 210} as const;

/** What the top, the tabs and the gaps take of the height, in pixels. */
const BARS = 132;

/** The regions with content that comes when it is first shown. */
const LATER = ['center', 'right'] as const;

/** What the panes need of a desk. */
interface DeskPanel extends ReactiveElement {
  readonly regions: readonly string[];
}

/** What the regions of a desk show, which of it the user sees, and how large it is. */
export class DeskPanes {
  readonly #panel: DeskPanel;
  readonly #client: ClientController;
  readonly #own: OwnContent;
  #mode: Mode = 'wide';
  #width: number = WIDTHS.wide;
  #height = 1080;
  #memory = new ConsoleMemory(undefined);
  /** The tabs of the center and the right that were shown so far; they keep their state. */
  readonly #visited = new Set<string>();
  /** The panes of the center that had a call at the last update. */
  #busy: ReadonlySet<string> = new Set();
  /** The panes of the center that a call has brought to the front, and not the user. */
  readonly #brought = new Set<string>();

  constructor(panel: DeskPanel, client: ClientController, own: OwnContent) {
    this.#panel = panel;
    this.#client = client;
    this.#own = own;
  }

  get mode(): Mode {
    return this.#mode;
  }

  /** The layout of the user, and those that they have saved. */
  get memory(): ConsoleMemory {
    return this.#memory;
  }

  /** How the center is divided: as the user has chosen, or otherwise if there is no room for that. */
  get arrangement(): Arrangement {
    const {arrangement} = this.#memory.layout;
    if (arrangement === 'single') return arrangement;
    const other = arrangement === 'rows' ? 'columns' : 'rows';
    return ([arrangement, other] as const).find((each) => this.fits(each)) ?? 'single';
  }

  /** The rules by which the sizes become styles. */
  get rules(): string {
    const names = Object.keys(SIZES) as DividerName[];
    const sizes = names.map((name) => `--_${name}:${this.sizeOf(name)}${SIZES[name].percent ? '%' : 'px'}`);
    return `.panel{${sizes.join(';')}}`;
  }

  /** Follows the client, and brings the panes to the front in which calls begin; called before each update. */
  follow(): void {
    const {client} = this.#client;
    if (client && client !== this.#memory.client) {
      this.#memory = new ConsoleMemory(client);
      equip(client);
      this.#visited.clear();
    }
    this.#bringCalls();
    for (const region of LATER) for (const {id} of this.chosen(region)) this.#visited.add(id);
  }

  measure({width, height}: DOMRectReadOnly): void {
    if (!width || (width === this.#width && height === this.#height)) return;
    this.#width = width;
    this.#height = height;
    this.#mode = width >= WIDTHS.wide ? 'wide' : width >= WIDTHS.drawers ? 'drawers' : 'narrow';
    this.#panel.requestUpdate();
  }

  shows(region: RegionName): boolean {
    const {regions} = this.#panel;
    const named = regions.length === 0 || regions.includes(region);
    return named && (region === 'top' || this.of(region).length > 0);
  }

  /** What a region shows: the page's own elements, or what it has by default. */
  of(region: RegionName): readonly Pane[] {
    const own = this.#own.panesOf(region);
    if (own.length > 0 || region === 'top') return own;
    return PANES[region].filter(({shows}) => shows?.(this.#client.client) ?? true);
  }

  /** The panes of a region that the user sees, in the order of their tabs: one, or two in a divided center. */
  chosen(region: RegionName): readonly Pane[] {
    const panes = this.of(region);
    const {chosen} = this.#memory.layout;
    const most = region === 'center' && this.arrangement !== 'single' ? 2 : 1;
    const latest = (chosen[region] ?? []).flatMap((id) => panes.find((pane) => pane.id === id) ?? []);
    const filled = [...panes.filter((pane) => !latest.includes(pane)).reverse(), ...latest].slice(-most);
    return panes.filter((pane) => filled.includes(pane));
  }

  /** Whether two elements have room in the center. */
  fits(arrangement: Exclude<Arrangement, 'single'>): boolean {
    if (this.#mode === 'narrow') return false;
    const split = this.sizeOf('split');
    const sides = this.#mode === 'wide' ? this.sizeOf('left') + this.sizeOf('right') : 0;
    const room = {columns: this.#width - sides, rows: this.#height - BARS - this.sizeOf('bottom')}[
      arrangement
    ];
    return (room * Math.min(split, 100 - split)) / 100 >= LEAST[arrangement];
  }

  /** Whether the content of a pane is there: that of the right region, and the map, come when they are first shown. */
  isDrawn(region: RegionName, {id, later}: Pane): boolean {
    return !(later || region === 'right') || this.#visited.has(id) || this.#own.panesOf(region).length > 0;
  }

  /** Returns a size in pixels or percent. */
  sizeOf(name: DividerName): number {
    return sizeOf(this.#memory.layout, name, this.#width, this.#height);
  }

  /** Changes the layout, or what is saved of it. */
  change(change: (memory: ConsoleMemory) => void): void {
    change(this.#memory);
    this.#panel.requestUpdate();
  }

  /** Shows a pane of a region. */
  choose(region: RegionName, {id}: Pane): void {
    const {chosen} = this.#memory.layout;
    const others = (chosen[region] ?? []).filter((each) => each !== id);
    this.#brought.delete(id);
    this.#set({chosen: {...chosen, [region]: [...others, id]}});
  }

  /** Shows one tab of the center, or divides it. */
  arrange(arrangement: Arrangement): void {
    this.#set({arrangement});
  }

  /** @param size - The default one if undefined. */
  resize(name: DividerName, size: number | undefined): void {
    const {[name]: _, ...others} = this.#memory.layout.sizes;
    const sizes = size === undefined ? others : {...others, [name]: within(name, size)};
    this.#set({sizes});
  }

  #set(layout: Partial<ConsoleLayout>): void {
    this.change((memory) => memory.change(layout));
  }

  /** Shows the pane in which a call or conference begins, which the user has started or answered. */
  #bringCalls(): void {
    const {client} = this.#client;
    const panes = this.of('center');
    const before = this.#busy;
    this.#busy = new Set(panes.filter(({calls}) => client && calls?.(client).length).map(({id}) => id));
    for (const pane of panes) {
      if (!this.#busy.has(pane.id) || before.has(pane.id)) continue;
      this.#leaveOver();
      if (this.chosen('center').includes(pane)) continue;
      this.choose('center', pane);
      this.#brought.add(pane.id);
    }
  }

  /** Takes back the panes that calls have brought, which are over: what the user had chosen before is shown again. */
  #leaveOver(): void {
    const {chosen} = this.#memory.layout;
    const center = chosen.center ?? [];
    const over = center.filter((id) => this.#brought.has(id) && !this.#busy.has(id));
    if (over.length === 0) return;
    for (const id of over) this.#brought.delete(id);
    this.#set({chosen: {...chosen, center: center.filter((id) => !over.includes(id))}});
  }
}
