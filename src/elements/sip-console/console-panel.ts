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
import {deepestFocus} from '../shared/focus.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {xIcon} from '../shared/icons.js';
import {clientOf} from '../shared/people/directory-invitations.js';
import {isRegistered} from '../shared/registration.js';
import {repeat} from '../shared/repeat.js';
import type {SipChannelsElement} from '../sip-channels/sip-channels.js';
import type {SipDirectoryElement} from '../sip-directory/sip-directory.js';
import {OwnRules} from '../shared/styles/own-rules.js';
import {inner} from '../shared/styles/shared.styles.js';
import {moveAmongTabs} from '../shared/tab-keys.js';
import {toggleStyles} from '../shared/styles/toggle.styles.js';
import {ConsoleBarElement} from './console-bar.js';
import {ConsoleDividerElement} from './console-divider.js';
import {ConsoleHandoverElement} from './console-handover.js';
import {ConsoleKeysElement} from './console-keys.js';
import {SIZES, type DividerName} from './console-layout.js';
import {ConsoleMenuElement} from './console-menu.js';
import {styles} from './console-panel.styles.js';
import {appWindowIcon, columns2Icon, panelLeftIcon, panelRightIcon, rows2Icon} from './icons.js';
import {keyTable, type DeskKeyName, type DeskKeys, type KeyTable} from './desk-keys.js';
import {DeskPanes} from './desk-panes.js';
import {DeskUse} from './desk-use.js';
import {GroupKeys} from './group-keys.js';
import {answerFirst, canHoldOrReturn, holdOrReturn} from './key-commands.js';
import {KeyController} from './key-controller.js';
import {OwnContent} from './own-content.js';
import {REGIONS, waitingCalls, type Pane, type PaneRegion, type RegionName} from './regions.js';
import {ShiftController} from './shift-controller.js';
import {lockedDesk, shiftButtons} from './shift-views.js';

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

  /** The side that is open as a drawer. */
  @state() private drawer: Side | undefined;
  /** The region that a narrow desk shows. */
  @state() private front: RegionName = 'center';

  readonly #client = new ClientController(this);
  readonly #localize = new LocalizeController(this);
  readonly #commands = new CommandController(this);
  readonly #own = new OwnContent(this);
  readonly #panes = new DeskPanes(this, this.#client, this.#own);
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
  readonly #rules = new OwnRules(this);
  readonly #resizes = new ResizeObserver(([entry]) => this.#panes.measure(entry!.contentRect));
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
    if (!this.#panes.shows(name)) return false;
    void this.#bring(name);
    return true;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const panes = this.#panes;
    if (changed.has('keys')) this.#keys = keyTable(this.keys);
    if (panes.mode !== 'drawers') this.drawer = undefined;
    panes.follow();
    if (!panes.shows(this.front)) this.front = 'center';
    this.#rules.set(panes.rules);
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
    const behind = this.#panes.mode === 'drawers' && this.drawer !== undefined;
    return html`<div
      part="panel"
      class="panel ${this.#panes.mode}"
      role="group"
      tabindex="-1"
      aria-label=${localize.term('console')}
    >
      ${this.#panes.shows('top') ? this.#renderTop(behind) : nothing} ${this.#renderHandover()}
      <div class="middle">
        ${this.#renderSide('start')} ${this.#renderDivider('left', ['left'])}
        ${this.#panes.shows('center') ? this.#renderRegion('center', behind) : nothing}
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
      ${this.#panes.shows('bottom') ? this.#renderRegion('bottom', behind) : nothing}
      ${this.#panes.mode === 'narrow' ? this.#renderRegionTabs() : nothing}
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
        .names=${this.#panes.memory.saved.map(({name}) => name)}
        @save=${({detail}: CustomEvent<string>) => this.#panes.change((memory) => memory.save(detail))}
        @choose=${this.#onChoose}
        @remove=${({detail}: CustomEvent<string>) => this.#panes.change((memory) => memory.remove(detail))}
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
    if (this.#panes.mode !== 'drawers' || !this.#hasSide(side)) return nothing;
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
    const drawer = this.#panes.mode === 'drawers';
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
        this.#panes.shows(region)
          ? html`${index > 0 ? this.#renderDivider('queue', ['queue']) : nothing}
            ${this.#renderRegion(region)}`
          : nothing,
      )}
    </div>`;
  }

  #renderRegion(region: PaneRegion, inert = false): TemplateResult {
    const panes = this.#panes.of(region);
    const chosen = this.#panes.chosen(region);
    const tabbed = panes.length > 1;
    const inTab = this.#panes.mode === 'narrow';
    const arrangement = region === 'center' && chosen.length > 1 ? this.#panes.arrangement : 'single';
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
              ${this.#panes.isDrawn(region, pane) ? pane.render() : nothing}
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
            @click=${() => this.#panes.choose(region, pane)}
          >
            ${pane.icon}<span class="line">${pane.label(localize)}</span>${countSign(count)}
          </button>`;
        })}
      </div>
      ${region === 'center' && this.#panes.mode !== 'narrow' ? this.#renderArrangements() : nothing}
    </div>`;
  }

  #renderArrangements(): TemplateResult {
    const label = this.#localize.term('arrangements');
    return html`<div part="arrangements" class="arrangements" role="group" aria-label=${label}>
      ${ARRANGEMENTS.map(([arrangement, icon, term]) => {
        const name = this.#localize.term(term);
        const fits = arrangement === 'single' || this.#panes.fits(arrangement);
        return html`<button
          part="arrangement"
          class="toggle"
          type="button"
          aria-pressed=${this.#panes.arrangement === arrangement ? 'true' : 'false'}
          aria-disabled=${fits ? nothing : 'true'}
          aria-label=${name}
          title=${fits ? name : this.#localize.explained(name, this.#localize.term('windowTooSmall'))}
          @click=${() => fits && this.#panes.arrange(arrangement)}
        >
          ${icon}
        </button>`;
      })}
    </div>`;
  }

  /** Renders a divider; none if the regions on its one side are not shown. */
  #renderDivider(name: DividerName, regions: readonly RegionName[]): TemplateResult | typeof nothing {
    const shown = regions.filter((region) => this.#panes.shows(region));
    if (this.#panes.mode !== 'wide' && name !== 'queue' && name !== 'split') return nothing;
    if (shown.length === 0 || (name === 'queue' && !this.#panes.shows('right'))) return nothing;
    const {min, max, percent = false} = SIZES[name];
    const vertical =
      name === 'left' || name === 'right' || (name === 'split' && this.#panes.arrangement === 'columns');
    const sized =
      name === 'split'
        ? this.#panes.chosen('center')[0]!.label(this.#localize)
        : name === 'right'
          ? this.#sideName('end')
          : this.#nameOf(shown[0]!);
    return html`<sip-console-divider
      class=${name}
      exportparts=${ConsoleDividerElement.parts}
      .name=${this.#localize.term('sizeOf', sized)}
      .value=${this.#panes.sizeOf(name)}
      .min=${min}
      .max=${max}
      .percent=${percent}
      .vertical=${vertical}
      .trailing=${name === 'right' || name === 'bottom'}
      @resize=${({detail}: CustomEvent<number>) => this.#panes.resize(name, detail)}
      @restore=${() => this.#panes.resize(name, undefined)}
    ></sip-console-divider>`;
  }

  /** Renders the tabs of a narrow desk, one for each region. */
  #renderRegionTabs(): TemplateResult {
    const {client} = this.#client;
    const regions = REGIONS.filter((region) => region !== 'top' && this.#panes.shows(region));
    return html`<div
      part="region-tabs"
      class="region-tabs"
      role="tablist"
      aria-label=${this.#localize.term('console')}
      @keydown=${this.#onTabKeydown}
    >
      ${regions.map((region) => {
        const panes = this.#panes.of(region);
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
      return key && this.#panes.shows(region) ? [{region, key}] : [];
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
    const pane = this.#panes.shows('left') && this.#panes.of('left').find(({tag}) => tag === 'sip-directory');
    if (!pane) return false;
    this.#panes.choose('left', pane);
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
    if (this.#shift.ended || !this.#panes.shows('bottom')) return [];
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

  #hasSide(side: Side): boolean {
    return SIDES[side].some((region) => this.#panes.shows(region));
  }

  /** The name of a region: what it shows. */
  #nameOf(region: RegionName): string {
    const localize = this.#localize;
    if (region === 'top') return localize.term('consoleTop');
    return localize.listed(this.#panes.of(region).map(({label}) => label(localize)));
  }

  #sideName(side: Side): string {
    const shown = SIDES[side].filter((region) => this.#panes.shows(region));
    return this.#localize.listed(shown.map((region) => this.#nameOf(region)));
  }

  /** Shows a region, and moves the focus to it. */
  async #bring(region: RegionName): Promise<void> {
    const side = (Object.keys(SIDES) as Side[]).find((each) =>
      (SIDES[each] as readonly RegionName[]).includes(region),
    );
    if (this.#panes.mode === 'drawers' && this.drawer !== side) {
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
    const pane = this.#panes.of(region).find((each) => each.tag === tag);
    const loads =
      action === 'message' && !event.defaultPrevented && !!pane && !this.#panes.isDrawn(region, pane);
    if (!pane || !(event.defaultPrevented || loads)) return;
    event.preventDefault();
    if (!this.#panes.chosen(region).includes(pane)) this.#panes.choose(region, pane);
    if (this.#panes.mode === 'narrow') this.front = region;
    if (action !== 'message') return;
    if (this.#panes.mode === 'drawers') this.drawer = 'end';
    void this.updateComplete.then(() => {
      const messages = this.renderRoot.querySelector('sip-messages');
      if (loads && messages) Object.assign(messages, {with: person.number, name: person.name});
      messages?.focus();
    });
  };

  readonly #onChoose = ({detail}: CustomEvent<string>): void =>
    this.#panes.change((memory) => (detail ? memory.choose(detail) : memory.reset()));

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
