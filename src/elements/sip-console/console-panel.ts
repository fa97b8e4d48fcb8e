import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, state} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {ShiftEnd} from '../../core/handover/end-shift.js';
import '../../locales/channels-en.js';
import '../../locales/desk/console-en.js';
import type {BaseClient} from '../../core/client/client.js';
import {commandButton} from '../shared/buttons/command-button.js';
import {deepestFocus} from '../shared/deepest-focus.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {xIcon} from '../shared/icons.js';
import {clientOf} from '../shared/people/directory-invitations.js';
import {isRegistered} from '../shared/registration.js';
import {repeat} from '../shared/repeat.js';
import type {SipChannelsElement} from '../sip-channels/sip-channels.js';
import type {SipDirectoryElement} from '../sip-directory/sip-directory.js';
import {inner} from '../shared/styles/shared.styles.js';
import {moveAmongTabs} from '../shared/tab-keys.js';
import {toggleStyles} from '../shared/styles/toggle.styles.js';
import {ConsoleBarElement} from './console-bar.js';
import {ConsoleDividerElement} from './console-divider.js';
import {ConsoleHandoverElement} from './console-handover.js';
import {ConsoleKeysElement} from './console-keys.js';
import {SIZES, sizeOf, within, type Arrangement, type DividerName} from './console-layout.js';
import {ConsoleMemory} from './console-memory.js';
import {ConsoleMenuElement} from './console-menu.js';
import {equip} from './equipment.js';
import {styles} from './console-panel.styles.js';
import {appWindowIcon, columns2Icon, panelLeftIcon, panelRightIcon, rows2Icon} from './icons.js';
import {keyTable, type DeskKeyName, type DeskKeys, type KeyTable} from './desk-keys.js';
import {DeskUse} from './desk-use.js';
import {GroupKeys} from './group-keys.js';
import {answerFirst, canHoldOrReturn, holdOrReturn} from './key-commands.js';
import {KeyController} from './key-controller.js';
import {OwnContent} from './own-content.js';
import {PANES, REGIONS, waitingCalls, type Pane, type PaneRegion, type RegionName} from './regions.js';
import {ShiftController} from './shift-controller.js';
import {lockedDesk, shiftButtons} from './shift-views.js';

/** The widths, in pixels, from which on the sides are drawers, and from which on all regions are beside each other. */
const WIDTHS = {drawers: 600, wide: 1280} as const;

/** The least sizes of two elements that share the center, in pixels. */
const LEAST = {columns: 260, rows: 200} as const;

/** What the top, the tabs and the gaps take of the height, in pixels. */
const BARS = 132;

/** How the regions are shown: all of them, the sides as drawers, or one at a time. */
type Mode = 'wide' | 'drawers' | 'narrow';

type Side = 'start' | 'end';

/** The sides of a desk, and the regions in them. */
const SIDES: Readonly<Record<Side, readonly PaneRegion[]>> = {start: ['left'], end: ['queue', 'right']};

const ARRANGEMENTS = [
  ['single', appWindowIcon, 'oneTab'],
  ['columns', columns2Icon, 'sideBySide'],
  ['rows', rows2Icon, 'oneAboveOther'],
] as const;

/** The elements that handle an action of a directory, and where they are. */
const HANDLERS = {
  invite: ['center', 'sip-conference'],
  monitor: ['center', 'sip-monitor'],
  message: ['right', 'sip-messages'],
} as const;

/** The regions with content that comes when it is first shown. */
const LATER = ['center', 'right'] as const;

/** The contents of a `<sip-console>`: the regions, the dividers between them, and how they are arranged. */
export class ConsolePanelElement extends LitElement {
  static readonly parts = [
    'panel, top, left, center, queue, right, bottom, tabs, tab, arrangements, arrangement, drawer, open-drawer, close-drawer, region-tabs, region-tab',
    'directory, dialer, call, conference, wall, map, speed-dial, queue-calls, messages, journal, history, files, groups',
    ConsoleDividerElement.parts,
    ConsoleBarElement.parts,
    ConsoleMenuElement.parts,
    ConsoleKeysElement.parts,
    ConsoleHandoverElement.parts,
    'hand-over, handed-over, locked, reload',
  ].join();

  static override styles = [inner, toggleStyles, styles];

  /** The names of the regions that are shown; all if empty. */
  @property({attribute: false}) regions: readonly string[] = [];
  /** The keys, as in `<sip-console>`. */
  @property({attribute: false}) keys: DeskKeys | string = '';
  /** What becomes of the data of a user who hands over; `off` if no one can. */
  @property({attribute: false}) handOver: ShiftEnd | 'off' = 'lock';
  @property({attribute: false}) handOverTexts = false;

  @state() private mode: Mode = 'wide';
  /** The side that is open as a drawer. */
  @state() private drawer: Side | undefined;
  /** The region that a narrow desk shows. */
  @state() private front: RegionName = 'center';

  readonly #client = new ClientController(this);
  readonly #localize = new LocalizeController(this);
  readonly #commands = new CommandController(this);
  readonly #own = new OwnContent(this);
  readonly #shift = new ShiftController(this, {
    client: () => this.#client.client,
    end: () => (this.handOver === 'erase' ? 'erase' : 'lock'),
    texts: () => this.handOverTexts,
  });
  #keys: KeyTable = keyTable({});
  /** Whether what was rendered last is what is shown after the end of a shift. */
  #locked = false;
  /** Why the last key did nothing. */
  #hint = '';
  readonly #groupKeys = new GroupKeys();
  readonly #use = new DeskUse();
  readonly #sheet = new CSSStyleSheet();
  readonly #resizes = new ResizeObserver(([entry]) => this.#measure(entry!.contentRect));
  #rules = '';
  #width: number = WIDTHS.wide;
  #height = 0;
  #memory = new ConsoleMemory(undefined);
  /** The tabs of these regions that were shown so far; they keep their state. */
  readonly #visited = new Set<string>();
  /** The panes of the center that had a call at the last update. */
  #busy: ReadonlySet<string> = new Set();
  /** The panes of the center that a call has brought to the front, and not the user. */
  readonly #brought = new Set<string>();
  /** What had the focus before the drawer was opened. */
  #opener: HTMLElement | null = null;

  constructor() {
    super();
    new StateController(this, () => {
      const {client} = this.#client;
      return [client, client?.history, client?.messages, this.#shift.journal, ...(client?.state.calls ?? [])];
    });
    this.addEventListener('sip-channels-select', () => this.requestUpdate());
    new FocusKeeper(this, '.panel');
    new KeyController(this, {
      keys: () => this.#keys,
      press: (name, index) => this.#onKey(name, index),
      hasGroups: () => this.#talkGroups.length > 0,
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
    window.addEventListener('sip-directory-action', this.#onDirectoryAction);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    window.removeEventListener('sip-directory-action', this.#onDirectoryAction);
  }

  /** Moves the focus to a region, and shows the region before if it is hidden; returns whether there is such a region. */
  focusRegion(name: RegionName): boolean {
    if (!this.#shows(name)) return false;
    void this.#bring(name);
    return true;
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot() as ShadowRoot;
    root.adoptedStyleSheets.push(this.#sheet);
    return root;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const {client} = this.#client;
    if (client && client !== this.#memory.client) {
      this.#memory = new ConsoleMemory(client);
      equip(client);
      this.#visited.clear();
    }
    if (changed.has('keys')) this.#keys = keyTable(this.keys);
    if (this.mode !== 'drawers') this.drawer = undefined;
    if (changed.has('mode') && !this.#shows(this.front)) this.front = 'center';
    this.#bringCalls();
    for (const region of LATER) for (const {id} of this.#chosen(region)) this.#visited.add(id);
    this.#keepSizes();
  }

  protected override updated(): void {
    const channels = this.#talkGroups;
    this.#groupKeys.give(this.#keys, channels);
    const {client} = this.#client;
    // The next user has signed in, and the form that had the focus is gone.
    if (this.#locked && !this.#shift.ended && deepestFocus(document) === document.body)
      this.renderRoot.querySelector<HTMLElement>('.panel')?.focus();
    this.#locked = !!this.#shift.ended;
    // While a shift ends, its elements are gone before its client is.
    if (this.#shift.ending) return;
    const walls = [
      ...this.#own.elementsOf('sip-monitor'),
      ...this.renderRoot.querySelectorAll('sip-monitor'),
    ];
    this.#use.follow(client, {channels, walls});
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {ended} = this.#shift;
    if (ended) return lockedDesk(ended, localize, this.#own.panesOf('locked'));
    const behind = this.mode === 'drawers' && this.drawer !== undefined;
    return html`<div
      part="panel"
      class="panel ${this.mode}"
      role="group"
      tabindex="-1"
      aria-label=${localize.term('console')}
    >
      ${this.#shows('top') ? this.#renderTop(behind) : nothing} ${this.#renderHandover()}
      <div class="middle">
        ${this.#renderSide('start')} ${this.#renderDivider('left', ['left'])}
        ${this.#shows('center') ? this.#renderRegion('center', behind) : nothing}
        ${this.#renderDivider('right', ['queue', 'right'])} ${this.#renderSide('end')}
        ${
          behind
            ? html`<button
                class="scrim"
                tabindex="-1"
                aria-label=${localize.term('close')}
                @click=${() => this.#close()}
              ></button>`
            : nothing
        }
      </div>
      ${this.#renderDivider('bottom', ['bottom'])}
      ${this.#shows('bottom') ? this.#renderRegion('bottom', behind) : nothing}
      ${this.mode === 'narrow' ? this.#renderRegionTabs() : nothing}
    </div>`;
  }

  #renderTop(behind: boolean): TemplateResult {
    const localize = this.#localize;
    return html`<section
      id="region-top"
      part="top"
      class="region top"
      tabindex="-1"
      aria-label=${localize.term('consoleTop')}
      aria-keyshortcuts=${this.#regionKeys.find(({region}) => region === 'top')?.key ?? nothing}
      ?inert=${behind}
    >
      ${this.#renderOpener('start')}
      <sip-console-bar
        exportparts=${ConsoleBarElement.parts}
        .hint=${this.#hint}
        .failure=${this.#commands.error}
        @queue=${this.#onQueue}
      ></sip-console-bar>
      ${this.#own.panesOf('top').map(({render}) => render())}
      ${shiftButtons(this.#shift, localize, this.#canHandOver)}
      <sip-console-keys
        exportparts=${ConsoleKeysElement.parts}
        .keys=${this.#keys}
        .regions=${this.#regionKeys.map(({region, key}) => ({name: this.#nameOf(region), key}))}
      ></sip-console-keys>
      <sip-console-menu
        exportparts=${ConsoleMenuElement.parts}
        .names=${this.#memory.saved.map(({name}) => name)}
        @save=${({detail}: CustomEvent<string>) => this.#change(() => this.#memory.save(detail))}
        @choose=${this.#onChoose}
        @remove=${({detail}: CustomEvent<string>) => this.#change(() => this.#memory.remove(detail))}
      ></sip-console-menu>
      ${this.#renderOpener('end')}
    </section>`;
  }

  get #canHandOver(): boolean {
    return this.handOver !== 'off' && isRegistered(this.#client.client);
  }

  /** Renders what is handed over, while it is shown. */
  #renderHandover(): TemplateResult {
    const shift = this.#shift;
    const {shown, ending} = shift;
    return html`<sip-console-handover
      exportparts=${ConsoleHandoverElement.parts}
      .handover=${shown === 'give' ? shift.draft() : shown === 'take' ? shift.handed : undefined}
      .taking=${shown === 'take'}
      .erases=${this.handOver === 'erase'}
      .pending=${ending || this.#commands.pending}
      @close=${() => shift.show(undefined)}
      @end=${({detail}: CustomEvent<string>) => this.#endShift(detail)}
      @accept=${() => this.#takeOver()}
      @call=${({detail}: CustomEvent<string>) => this.#run(async (client) => client.call(detail))}
    ></sip-console-handover>`;
  }

  /** Renders the button that opens a side as a drawer. */
  #renderOpener(side: Side): TemplateResult | typeof nothing {
    if (this.mode !== 'drawers' || !this.#hasSide(side)) return nothing;
    const name = this.#localize.term('showRegion', this.#sideName(side));
    return html`<button
      part="open-drawer"
      class="toggle"
      type="button"
      aria-expanded=${this.drawer === side ? 'true' : 'false'}
      aria-label=${name}
      title=${name}
      @click=${() => this.#open(side)}
    >
      ${side === 'start' ? panelLeftIcon : panelRightIcon}
    </button>`;
  }

  /** Renders the regions of a side; in a desk that is not wide, as a drawer over the center. */
  #renderSide(side: Side): TemplateResult | typeof nothing {
    if (!this.#hasSide(side)) return nothing;
    const drawer = this.mode === 'drawers';
    return html`<div
      part=${drawer ? 'drawer' : nothing}
      class="side ${side}"
      role=${drawer ? 'dialog' : nothing}
      aria-modal=${drawer ? 'true' : nothing}
      aria-label=${drawer ? this.#sideName(side) : nothing}
      ?hidden=${drawer && this.drawer !== side}
      @keydown=${this.#onDrawerKeydown}
    >
      ${
        drawer
          ? html`<div class="drawer-head">
              <b class="line">${this.#sideName(side)}</b>
              ${commandButton(this.#localize.term('close'), xIcon, () => this.#close(), {
                part: 'close-drawer',
                look: 'toggle',
              })}
            </div>`
          : nothing
      }
      ${SIDES[side].map((region, index) =>
        this.#shows(region)
          ? html`${index > 0 ? this.#renderDivider('queue', ['queue']) : nothing}
            ${this.#renderRegion(region)}`
          : nothing,
      )}
    </div>`;
  }

  #renderRegion(region: PaneRegion, inert = false): TemplateResult {
    const panes = this.#panesOf(region);
    const chosen = this.#chosen(region);
    const tabbed = panes.length > 1;
    const inTab = this.mode === 'narrow';
    const arrangement = region === 'center' && chosen.length > 1 ? this.#arrangement : 'single';
    return html`<section
      id="region-${region}"
      part=${region}
      class="region ${region}"
      role=${inTab ? 'tabpanel' : nothing}
      tabindex="-1"
      aria-label=${this.#nameOf(region)}
      aria-keyshortcuts=${this.#regionKeys.find((each) => each.region === region)?.key ?? nothing}
      ?inert=${inert}
      ?hidden=${inTab && this.front !== region}
    >
      ${tabbed ? this.#renderTabs(region, panes, chosen) : nothing}
      <div class="body ${arrangement}">
        ${repeat(
          panes,
          ({id}) => id,
          (pane) => {
            const place = chosen.indexOf(pane);
            return html`<div
              id="pane-${pane.id}"
              class="pane ${arrangement === 'single' ? '' : place === 0 ? 'first' : 'second'}"
              role=${tabbed ? 'tabpanel' : nothing}
              aria-labelledby=${tabbed ? `tab-${pane.id}` : nothing}
              ?hidden=${place < 0}
            >
              ${this.#isDrawn(region, pane) ? pane.render() : nothing}
            </div>`;
          },
        )}
        ${arrangement === 'single' ? nothing : this.#renderDivider('split', ['center'])}
      </div>
    </section>`;
  }

  #renderTabs(region: PaneRegion, panes: readonly Pane[], chosen: readonly Pane[]): TemplateResult {
    const localize = this.#localize;
    const {client} = this.#client;
    return html`<div class="head">
      <div
        part="tabs"
        class="tabs"
        role="tablist"
        aria-label=${this.#nameOf(region)}
        aria-multiselectable=${chosen.length > 1 ? 'true' : nothing}
        @keydown=${this.#onTabKeydown}
      >
        ${panes.map((pane) => {
          const count = (client && pane.count?.(client)) ?? 0;
          return html`<button
            id="tab-${pane.id}"
            part="tab"
            type="button"
            role="tab"
            aria-selected=${chosen.includes(pane) ? 'true' : 'false'}
            aria-controls="pane-${pane.id}"
            tabindex=${pane === chosen[0] ? 0 : -1}
            title=${count > 0 ? `${pane.label(localize)} ${shortCount(count)}` : pane.label(localize)}
            @click=${() => this.#choose(region, pane)}
          >
            ${pane.icon}<span class="line">${pane.label(localize)}</span>${countSign(count)}
          </button>`;
        })}
      </div>
      ${region === 'center' && this.mode !== 'narrow' ? this.#renderArrangements() : nothing}
    </div>`;
  }

  #renderArrangements(): TemplateResult {
    const label = this.#localize.term('arrangements');
    return html`<div part="arrangements" class="arrangements" role="group" aria-label=${label}>
      ${ARRANGEMENTS.map(([arrangement, icon, term]) => {
        const name = this.#localize.term(term);
        const fits = arrangement === 'single' || this.#fits(arrangement);
        return html`<button
          part="arrangement"
          class="toggle"
          type="button"
          aria-pressed=${this.#arrangement === arrangement ? 'true' : 'false'}
          aria-disabled=${fits ? nothing : 'true'}
          aria-label=${name}
          title=${fits ? name : this.#localize.explained(name, this.#localize.term('windowTooSmall'))}
          @click=${() => fits && this.#arrange(arrangement)}
        >
          ${icon}
        </button>`;
      })}
    </div>`;
  }

  /** Renders a divider; none if the regions on its one side are not shown. */
  #renderDivider(name: DividerName, regions: readonly RegionName[]): TemplateResult | typeof nothing {
    const shown = regions.filter((region) => this.#shows(region));
    if (this.mode !== 'wide' && name !== 'queue' && name !== 'split') return nothing;
    if (shown.length === 0 || (name === 'queue' && !this.#shows('right'))) return nothing;
    const {layout} = this.#memory;
    const {min, max, percent = false} = SIZES[name];
    const vertical =
      name === 'left' || name === 'right' || (name === 'split' && this.#arrangement === 'columns');
    const sized =
      name === 'split'
        ? this.#chosen('center')[0]!.label(this.#localize)
        : name === 'right'
          ? this.#sideName('end')
          : this.#nameOf(shown[0]!);
    return html`<sip-console-divider
      class=${name}
      exportparts=${ConsoleDividerElement.parts}
      .name=${this.#localize.term('sizeOf', sized)}
      .value=${sizeOf(layout, name, this.#width)}
      .min=${min}
      .max=${max}
      .percent=${percent}
      .vertical=${vertical}
      .trailing=${name === 'right' || name === 'bottom'}
      @resize=${({detail}: CustomEvent<number>) => this.#resize(name, detail)}
      @restore=${() => this.#resize(name, undefined)}
    ></sip-console-divider>`;
  }

  /** Renders the tabs of a narrow desk, one for each region. */
  #renderRegionTabs(): TemplateResult {
    const {client} = this.#client;
    const regions = REGIONS.filter((region) => region !== 'top' && this.#shows(region));
    return html`<div
      part="region-tabs"
      class="region-tabs"
      role="tablist"
      aria-label=${this.#localize.term('console')}
      @keydown=${this.#onTabKeydown}
    >
      ${regions.map((region) => {
        const panes = this.#panesOf(region);
        const {icon, label} = panes[0]!;
        const count =
          region === 'left'
            ? 0
            : panes.reduce((sum, {count: of}) => sum + ((client && of?.(client)) ?? 0), 0);
        return html`<button
          id="tab-region-${region}"
          part="region-tab"
          type="button"
          role="tab"
          aria-selected=${this.front === region ? 'true' : 'false'}
          aria-controls="region-${region}"
          tabindex=${this.front === region ? 0 : -1}
          title=${this.#nameOf(region)}
          @click=${() => (this.front = region)}
        >
          ${icon}<span class="line">${label(this.#localize)}</span>${countSign(count)}
        </button>`;
      })}
    </div>`;
  }

  /** The keys that lead to the regions shown. */
  get #regionKeys(): readonly {readonly region: RegionName; readonly key: string}[] {
    return REGIONS.flatMap((region, index) => {
      const key = this.#keys.regions[index];
      return key && this.#shows(region) ? [{region, key}] : [];
    });
  }

  /** Does what a key does; returns whether the browser must not. */
  #onKey(name: Exclude<DeskKeyName, 'groups' | 'talk'>, index: number): boolean {
    const {client} = this.#client;
    if (this.#shift.ended) return false;
    if (name === 'regions') {
      const region = REGIONS[index];
      return region !== undefined && this.focusRegion(region);
    }
    if (name === 'list') {
      this.renderRoot.querySelector<ConsoleKeysElement>('sip-console-keys')?.toggle();
      return true;
    }
    if (name === 'search') return this.#search();
    if (!client) return false;
    this.#hint = '';
    if (name === 'repeat') this.#run(async () => client.recall.repeat());
    else if (name === 'listen') void this.#listenIn(client);
    else if (name === 'answer') {
      if (waitingCalls(client).length === 0) this.#explain('noCallWaits');
      else this.#run(answerFirst);
    } else if (canHoldOrReturn(client)) this.#run(holdOrReturn);
    else this.#explain('noCallToHold');
    return true;
  }

  /** Says why a key did nothing, where no other text moves. */
  #explain(term: 'noCallWaits' | 'noCallToHold' | 'nobodyInCall'): void {
    this.#hint = this.#localize.term(term);
    this.#commands.dismiss();
    this.requestUpdate();
  }

  #run(command: (client: BaseClient) => Promise<unknown>): void {
    const {client} = this.#client;
    if (client) void this.#commands.run(async () => command(client));
  }

  /** Moves the focus to the search field of the directory; returns whether there is one. */
  #search(): boolean {
    const pane = this.#shows('left') && this.#panesOf('left').find(({tag}) => tag === 'sip-directory');
    if (!pane) return false;
    this.#choose('left', pane);
    void this.#bring('left').then(() => this.#directory?.focus());
    return true;
  }

  /** Ends listening in, or listens in to the person who is chosen in the directory. */
  async #listenIn(client: BaseClient): Promise<void> {
    const listening = client.calls.findLast(({type}) => type === 'listen-in');
    if (listening) return this.#run(async () => listening.hangup());
    if (!(await this.#directory?.listenIn())) this.#explain('nobodyInCall');
  }

  get #directory(): SipDirectoryElement | undefined {
    return (
      this.#own.elementsOf('sip-directory')[0] ??
      this.renderRoot.querySelector<SipDirectoryElement>('sip-directory') ??
      undefined
    );
  }

  /** The talk groups in the regions. */
  get #talkGroups(): readonly SipChannelsElement[] {
    if (this.#shift.ended || !this.#shows('bottom')) return [];
    return [...this.#own.elementsOf('sip-channels'), ...this.renderRoot.querySelectorAll('sip-channels')];
  }

  #endShift(comment: string): void {
    this.#run(async () => {
      const detail = await this.#shift.end(comment);
      if (detail)
        this.#own.dispatch(new CustomEvent('sip-hand-over', {detail, bubbles: true, composed: true}));
    });
  }

  #takeOver(): void {
    this.#run(async () => {
      const handover = await this.#shift.takeOver();
      if (handover)
        this.#own.dispatch(
          new CustomEvent('sip-take-over', {detail: {handover}, bubbles: true, composed: true}),
        );
    });
  }

  #shows(region: RegionName): boolean {
    const named = this.regions.length === 0 || this.regions.includes(region);
    return named && (region === 'top' || this.#panesOf(region).length > 0);
  }

  #hasSide(side: Side): boolean {
    return SIDES[side].some((region) => this.#shows(region));
  }

  /** What a region shows: the page's own elements, or what it has by default. */
  #panesOf(region: RegionName): readonly Pane[] {
    const own = this.#own.panesOf(region);
    if (own.length > 0 || region === 'top') return own;
    return PANES[region].filter(({shows}) => shows?.(this.#client.client) ?? true);
  }

  /** The panes of a region that the user sees, in the order of their tabs: one, or two in a divided center. */
  #chosen(region: RegionName): readonly Pane[] {
    const panes = this.#panesOf(region);
    const {chosen} = this.#memory.layout;
    const most = region === 'center' && this.#arrangement !== 'single' ? 2 : 1;
    const latest = (chosen[region] ?? []).flatMap((id) => panes.find((pane) => pane.id === id) ?? []);
    const filled = [...panes.filter((pane) => !latest.includes(pane)).reverse(), ...latest].slice(-most);
    return panes.filter((pane) => filled.includes(pane));
  }

  /** How the center is divided: as the user has chosen, or otherwise if there is no room for that. */
  get #arrangement(): Arrangement {
    const {arrangement} = this.#memory.layout;
    if (arrangement === 'single') return arrangement;
    const other = arrangement === 'rows' ? 'columns' : 'rows';
    return ([arrangement, other] as const).find((each) => this.#fits(each)) ?? 'single';
  }

  /** Whether two elements have room in the center. */
  #fits(arrangement: Exclude<Arrangement, 'single'>): boolean {
    if (this.mode === 'narrow') return false;
    const size = (name: DividerName): number => sizeOf(this.#memory.layout, name, this.#width);
    const sides = this.mode === 'wide' ? size('left') + size('right') : 0;
    const room = {columns: this.#width - sides, rows: this.#height - BARS - size('bottom')}[arrangement];
    return (room * Math.min(size('split'), 100 - size('split'))) / 100 >= LEAST[arrangement];
  }

  /** Whether the content of a pane is there: that of the right region, and the map, come when they are first shown. */
  #isDrawn(region: RegionName, {id, later}: Pane): boolean {
    return !(later || region === 'right') || this.#visited.has(id) || this.#own.panesOf(region).length > 0;
  }

  /** The name of a region: what it shows. */
  #nameOf(region: RegionName): string {
    const localize = this.#localize;
    if (region === 'top') return localize.term('consoleTop');
    return localize.listed(this.#panesOf(region).map(({label}) => label(localize)));
  }

  #sideName(side: Side): string {
    const shown = SIDES[side].filter((region) => this.#shows(region));
    return this.#localize.listed(shown.map((region) => this.#nameOf(region)));
  }

  #change(change: () => void): void {
    change();
    this.requestUpdate();
  }

  #choose(region: RegionName, {id}: Pane): void {
    const {layout} = this.#memory;
    const others = (layout.chosen[region] ?? []).filter((each) => each !== id);
    this.#brought.delete(id);
    this.#change(() => this.#memory.change({chosen: {...layout.chosen, [region]: [...others, id]}}));
  }

  #arrange(arrangement: Arrangement): void {
    this.#change(() => this.#memory.change({arrangement}));
  }

  #resize(name: DividerName, size: number | undefined): void {
    const {[name]: _, ...others} = this.#memory.layout.sizes;
    const sizes = size === undefined ? others : {...others, [name]: within(name, size)};
    this.#change(() => this.#memory.change({sizes}));
  }

  /** Shows the pane in which a call or conference begins, which the user has started or answered. */
  #bringCalls(): void {
    const {client} = this.#client;
    const panes = this.#panesOf('center');
    const before = this.#busy;
    this.#busy = new Set(
      panes.filter(({calls}) => client && (calls?.(client).length ?? 0) > 0).map(({id}) => id),
    );
    for (const pane of panes) {
      if (!this.#busy.has(pane.id) || before.has(pane.id)) continue;
      this.#leaveOver();
      if (this.#chosen('center').includes(pane)) continue;
      this.#choose('center', pane);
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
    this.#change(() =>
      this.#memory.change({chosen: {...chosen, center: center.filter((id) => !over.includes(id))}}),
    );
  }

  #measure({width, height}: DOMRectReadOnly): void {
    if (!width || (width === this.#width && height === this.#height)) return;
    this.#width = width;
    this.#height = height;
    this.mode = width >= WIDTHS.wide ? 'wide' : width >= WIDTHS.drawers ? 'drawers' : 'narrow';
    this.requestUpdate();
  }

  #keepSizes(): void {
    const {layout} = this.#memory;
    const sizes = (Object.keys(SIZES) as DividerName[])
      .map((name) => `--_${name}:${sizeOf(layout, name, this.#width)}${SIZES[name].percent ? '%' : 'px'}`)
      .join(';');
    const rules = `.panel{${sizes}}`;
    if (rules !== this.#rules) this.#sheet.replaceSync((this.#rules = rules));
  }

  /** Shows a region, and moves the focus to it. */
  async #bring(region: RegionName): Promise<void> {
    const side = (Object.keys(SIDES) as Side[]).find((each) =>
      (SIDES[each] as readonly RegionName[]).includes(region),
    );
    if (this.mode === 'drawers' && this.drawer !== side) {
      if (side) this.#open(side);
      else this.#close();
    }
    if (region !== 'top') this.front = region;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`#region-${region}`)?.focus();
  }

  #open(side: Side): void {
    if (!this.drawer) this.#opener = deepestFocus(document);
    this.drawer = side;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`.${side} [part=close-drawer]`)?.focus(),
    );
  }

  #close(): void {
    if (!this.drawer) return;
    const opener = this.#opener;
    this.#opener = null;
    this.drawer = undefined;
    void this.updateComplete.then(() => opener?.focus());
  }

  readonly #onQueue = (): void => void this.#bring('queue');

  /** Shows the element that handles an action of a directory, after it has: its tab may be hidden, or not be loaded yet. */
  readonly #onDirectoryAction = (event: Event): void => {
    const {action, person} = (event as HTMLElementEventMap['sip-directory-action']).detail;
    if (!Object.hasOwn(HANDLERS, action) || clientOf(event) !== this.#client.client) return;
    const [region, tag] = HANDLERS[action as keyof typeof HANDLERS];
    const pane = this.#panesOf(region).find((each) => each.tag === tag);
    const loads = action === 'message' && !event.defaultPrevented && !!pane && !this.#isDrawn(region, pane);
    if (!pane || !(event.defaultPrevented || loads)) return;
    event.preventDefault();
    if (!this.#chosen(region).includes(pane)) this.#choose(region, pane);
    if (this.mode === 'narrow') this.front = region;
    if (action !== 'message') return;
    if (this.mode === 'drawers') this.drawer = 'end';
    void this.updateComplete.then(() => {
      const messages = this.renderRoot.querySelector('sip-messages');
      if (loads && messages) Object.assign(messages, {with: person.number, name: person.name});
      messages?.focus();
    });
  };

  readonly #onChoose = ({detail}: CustomEvent<string>): void =>
    this.#change(() => (detail ? this.#memory.choose(detail) : this.#memory.reset()));

  readonly #onDrawerKeydown = (event: KeyboardEvent): void => {
    if (!this.drawer || event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    // A dialog, a popover or a search that is open in it closes first.
    const over = event
      .composedPath()
      .some((node) => node instanceof HTMLElement && node.matches('dialog, [popover]:popover-open'));
    if (!over) this.#close();
  };

  /** Alt with a key leads to a region. */
  readonly #onTabKeydown = (event: KeyboardEvent): void => {
    if (!event.altKey) moveAmongTabs(event);
  };
}

/** Renders how many calls or messages a tab has; nothing if it has none. */
function countSign(count: number): TemplateResult | typeof nothing {
  return count > 0 ? html`<span class="count number">${shortCount(count)}</span>` : nothing;
}

const shortCount = (count: number): string => (count > 99 ? '99+' : String(count));
