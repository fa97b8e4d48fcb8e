import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {ClockController} from '../../controllers/clock-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {SignOutController} from '../../controllers/sign-out-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {Person} from '../../core/directory/people.js';
import {SipError} from '../../errors.js';
import '../../locales/desk/map-en.js';
import {latinDigits} from '../../locales/latin-digits.js';
import {ageText} from '../shared/age-text.js';
import {openMicrophoneAhead} from '../shared/calls/microphone-ahead.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {phoneIcon, xIcon} from '../shared/icons.js';
import {mapPinIcon} from '../shared/icons/later.js';
import {messageSquareIcon, usersIcon} from '../shared/icons/phone.js';
import {barButton, listBar} from '../shared/buttons/list-bar.js';
import {commandNotice, errorNotice, notice} from '../shared/notice.js';
import {offerAction} from '../shared/people/directory-action.js';
import {nameOf, namesOf} from '../shared/people/people.js';
import {stateWord} from '../shared/people/state-word.js';
import {unregisteredReason} from '../shared/registration.js';
import {SELECTION_PARTS} from '../shared/selection/selection-parts.js';
import {selectionOf, type Selected, type Selection} from '../shared/selection/selection.js';
import {inner} from '../shared/styles/shared.styles.js';
import {lassoIcon, listIcon, maximizeIcon, squareDashedIcon} from './icons.js';
import type {MapListElement, MapListRow} from './map-list.js';
import {styles} from './map-panel.styles.js';
import {MapPeople, type PlacedPerson} from './map-people.js';
import {
  MapViewElement,
  type MapChoice,
  type MapGround,
  type MapPlace,
  type MapTool,
  type MarkerSettings,
} from './map-view.js';

/** What the user can do with the people who are selected. */
export type MapAction = 'call' | 'conference' | 'message';

/** How often the list and the texts follow those who move, in milliseconds. */
const LIST_PAUSE = 500;

const TOOLS = [
  ['box', 'mapBox', squareDashedIcon],
  ['lasso', 'mapLasso', lassoIcon],
] as const;

const ACTIONS = {
  call: {icon: phoneIcon, word: 'call', term: 'callNumber'},
  conference: {icon: usersIcon, word: 'conference', term: 'mapConference'},
  message: {icon: messageSquareIcon, word: 'mapMessage', term: 'messageTo'},
} as const;

/** The contents of a `<sip-map>`. */
export class MapPanelElement extends LitElement {
  static readonly parts = `panel, box, lasso, fit, people, clear, call, conference, message, retry, notice, ${SELECTION_PARTS}, ${MapViewElement.parts}, list, row`;

  static override styles = [inner, styles];

  /** The properties are those of `<sip-map>`. */
  @property({attribute: false}) tiles = '';
  @property({attribute: false}) maxZoom = 19;
  @property({attribute: false}) picture = '';
  @property({attribute: false}) bounds = '';
  @property({attribute: false}) center = '';
  @property({attribute: false}) zoom = 15;
  @property({attribute: false}) numbers = '';
  @property({attribute: false}) actions = '';
  @property({attribute: false}) oldAfter = 300;
  @property({attribute: false}) selection: readonly string[] = [];

  @query('sip-map-view') private readonly view!: MapViewElement | null;
  @query('sip-map-list') private readonly list!: MapListElement | null;

  readonly #client = new ClientController(this);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #people = new MapPeople(this, {
    client: () => this.#client.client,
    numbers: () => String(this.numbers),
    onChange: () => this.#onPeople(),
  });
  #tool: MapTool = 'move';
  #listed = true;
  #pointed = '';
  #works = true;
  #ground: MapGround | undefined;
  #selected: ReadonlySet<string> = new Set();
  /** What all elements of the client have selected, if another one has a bar for that: the people here are some of it. */
  #common: Selection | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  /** For what everyone was brought into view: nobody yet, the first people, or all. */
  #fitted: 'nobody' | 'some' | 'all' = 'nobody';
  /** The places of everyone in a list by name, and the language of that. */
  #ranks: ReadonlyMap<string, number> = new Map();
  #rankedIn = '';
  /** The names that are drawn, kept until the next update, because to know them the page may be asked. */
  readonly #names = new Map<string, string>();

  constructor() {
    super();
    new StateController(this, () => {
      const {client} = this.#client;
      return [client, client && selectionOf(client)];
    });
    new SignOutController(
      this,
      () => this.#client.client,
      () => this.#select([]),
    );
    // Positions grow old.
    new ClockController(this, () => (this.#people.placed.length ? Math.floor(Date.now() / 5) : undefined));
    new FocusKeeper(this, () => () => this.view);
    openMicrophoneAhead(this, () => this.#client.client, ['call', 'conference']);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }

  /** Moves the focus to the map. */
  override focus(options?: FocusOptions): void {
    this.view?.focus(options);
  }

  /** See `SipMapElement.fit`. */
  fit(): void {
    this.view?.fit();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#share(changed.has('selection'));
    if (changed.has('selection')) this.#selected = new Set(this.selection);
    const ground = ['tiles', 'maxZoom', 'picture', 'bounds', 'center', 'zoom'] as const;
    if (!this.#ground || ground.some((name) => changed.has(name))) {
      this.#works = true;
      this.#ground = {
        tiles: String(this.tiles),
        maxZoom: zoomOf(this.maxZoom, MOST_ZOOM),
        picture: String(this.picture),
        bounds: cornersOf(this.bounds),
        center: placeOf(this.center),
        zoom: zoomOf(this.zoom, USUAL_ZOOM),
      };
    }
    this.#names.clear();
  }

  protected override updated(): void {
    const {placed, loaded} = this.#people;
    const fitted = placed.length ? (loaded ? 'all' : 'some') : 'nobody';
    if (fitted === this.#fitted) return;
    this.#fitted = fitted;
    if (fitted !== 'nobody') this.view?.fitAtFirst();
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {phase} = this.#people;
    const shown = phase === 'ready' || phase === 'loading' || phase === 'failed';
    return html`<div part="panel" class="card" role="group" aria-label=${localize.term('map')}>
      ${shown ? [this.#renderBar(), this.#renderBody(), this.#renderFoot()] : this.#renderAbsence()}
    </div>`;
  }

  #renderAbsence(): TemplateResult {
    const localize = this.#localize;
    const {phase} = this.#people;
    if (phase === 'no-client') return absenceNote(mapPinIcon, this.#client, localize);
    return emptyNote(mapPinIcon, localize.term(phase === 'waiting' ? 'mapWaits' : 'mapUnsupported'));
  }

  #renderBar(): TemplateResult {
    const localize = this.#localize;
    const count = this.view?.inView.length ?? 0;
    return listBar(
      html`<b class="line title">${localize.term('map')}</b
        ><span class="quiet line number">${localize.term('mapInView', String(count))}</span>`,
      html`${TOOLS.map(([tool, term, icon]) =>
        barButton(tool, localize.term(term), icon, () => this.#take(tool), {pressed: this.#tool === tool}),
      )}
      ${barButton('fit', localize.term('mapFit'), maximizeIcon, () => this.fit())}
      ${barButton('people', localize.term('mapPeopleInView'), listIcon, this.#onList, {pressed: this.#listed})}`,
    );
  }

  #renderBody(): TemplateResult {
    const localize = this.#localize;
    const {phase} = this.#people;
    const settings: MarkerSettings = {
      localize,
      textOf: (placed) => ({name: this.#nameOf(placed), age: this.#isOld(placed) ? this.#ageOf(placed) : ''}),
      isOld: (placed) => this.#isOld(placed),
    };
    return html`<div class="body ${this.#listed ? 'listed' : ''}" @keydown=${this.#onKeydown}>
      <sip-map-view
        exportparts=${MapViewElement.parts}
        .ground=${this.#ground!}
        .settings=${settings}
        .people=${() => this.#people.placed}
        .selected=${this.#selected}
        .pointed=${this.#pointed}
        .tool=${this.#tool}
        .label=${localize.term('map')}
        @choose=${this.#onChoose}
        @look=${() => this.#listSoon()}
        @ground=${this.#onGround}
        ><slot name="attribution"></slot
      ></sip-map-view>
      ${
        this.#listed
          ? html`<sip-map-list
              exportparts="list, row"
              .people=${this.#inView}
              .selected=${this.#selected}
              .rowOf=${(placed: PlacedPerson) => this.#rowOf(placed)}
              .localize=${localize}
              .now=${Date.now()}
              @choose=${this.#onChoose}
              @point=${this.#onPoint}
            ></sip-map-list>`
          : nothing
      }
      ${
        phase === 'ready' && !this.#people.placed.length
          ? html`<div class="nobody">
              ${emptyNote(mapPinIcon, localize.term('mapEmptyHint'), localize.term('mapEmpty'))}
            </div>`
          : nothing
      }
      <div class="over">${this.#renderNotices()}</div>
      <div class="hidden" role="status">
        ${phase === 'loading' ? localize.term('loading') : this.#announcement}
      </div>
    </div>`;
  }

  #renderNotices(): unknown {
    const localize = this.#localize;
    const {error: failure, load} = this.#people;
    const retry = (onClick: () => void): TemplateResult =>
      html`<button part="retry" class="link" type="button" @click=${onClick}>
        ${localize.term('tryAgain')}
      </button>`;
    return [
      commandNotice(this.#commands, localize),
      failure ? errorNotice(failure, undefined, {localize, links: retry(load)}) : nothing,
      this.picture && !this.#ground!.bounds
        ? errorNotice(new SipError('bad-parameter', {subject: 'bounds', expected: BOUNDS}), undefined, {
            localize,
          })
        : nothing,
      this.#works
        ? nothing
        : notice(localize.term('mapFailed'), {
            localize,
            warns: true,
            links: retry(() => {
              this.#works = true;
              this.view?.retry();
              this.requestUpdate();
            }),
          }),
    ];
  }

  #renderFoot(): TemplateResult {
    const localize = this.#localize;
    const {client} = this.#client;
    const chosen = this.selection;
    if (this.#common)
      return html`<sip-selection-place
        class="common"
        exportparts="${SELECTION_PARTS}, notice"
        hint="mapChoose"
        @leave=${() => this.view?.focus()}
      ></sip-selection-place>`;
    if (!chosen.length)
      return html`<div part="selection" class="foot">
        <span class="quiet chosen hint">${localize.term('mapChoose')}</span>
      </div>`;
    const parties = chosen.map((number) => this.#partyOf(number));
    const [one] = parties;
    const placed = chosen.length === 1 ? this.#people.get(chosen[0]!) : undefined;
    const clear = localize.term('mapClear');
    const text =
      one && chosen.length === 1 ? nameOf(one, localize) : localize.term('mapChosen', String(chosen.length));
    const more = placed
      ? localize.listed([
          stateWord(placed.person.state, localize),
          this.#isOld(placed) ? localize.term('mapOld', this.#ageOf(placed)) : this.#ageOf(placed),
        ])
      : '';
    const reason = unregisteredReason(client, localize);
    return html`<div part="selection" class="foot" role="group" aria-label=${localize.term('mapSelection')}>
      <button
        part="clear"
        class="toggle clear"
        type="button"
        aria-label=${clear}
        title=${clear}
        @click=${this.#onClear}
      >
        ${xIcon}
      </button>
      <span class="chosen" title=${namesOf(parties, localize)}>
        <bdi class="line block"><b>${text}</b></bdi>
        ${more ? html`<span class="quiet line block">${more}</span>` : nothing}
      </span>
      ${this.#offered(client).map((action) => this.#renderAction(action, parties, reason))}
    </div>`;
  }

  #renderAction(
    action: MapAction,
    parties: readonly {number: string; name: string}[],
    reason: string | undefined,
  ): TemplateResult {
    const localize = this.#localize;
    const {icon, word, term} = ACTIONS[action];
    const name = localize.term(term, namesOf(parties, localize));
    const first = action === (parties.length > 1 ? 'conference' : 'call');
    return html`<button
      part=${action}
      class="pill ${first ? 'accent' : ''}"
      type="button"
      aria-label=${name}
      title=${localize.explained(name, reason)}
      aria-disabled=${reason ? 'true' : nothing}
      @click=${() => this.#act(action)}
    >
      ${icon}<span class="line">${localize.term(word)}</span>
    </button>`;
  }

  /** The actions for those who are selected, as far as the server supports them: one is called, several confer. */
  #offered(client: BaseClient | undefined): readonly MapAction[] {
    const wanted = String(this.actions ?? '').split(/\s+/);
    const several = this.selection.length > 1;
    const possible: Record<MapAction, boolean> = {
      call: !several && !!client?.capabilities.call,
      conference: several && !!client?.capabilities.conference,
      message: !several && !!client?.capabilities.message,
    };
    return (Object.keys(possible) as MapAction[]).filter(
      (action) => possible[action] && wanted.includes(action),
    );
  }

  /** Who is in view, sorted by name. Sorting by names takes long: that is done when someone is new alone. */
  get #inView(): readonly PlacedPerson[] {
    const inView = this.view?.inView ?? [];
    const language = latinDigits(this.#localize.lang());
    if (language !== this.#rankedIn || inView.some(({person}) => !this.#ranks.has(person.number))) {
      this.#rankedIn = language;
      const {compare} = new Intl.Collator(language, {numeric: true});
      const named = this.#people.placed.map((placed) => ({placed, name: this.#nameOf(placed)}));
      named.sort((one, other) => compare(one.name, other.name));
      this.#ranks = new Map(named.map(({placed}, index) => [placed.person.number, index]));
    }
    const rankOf = ({person}: PlacedPerson): number => this.#ranks.get(person.number) ?? 0;
    return [...inView].sort((one, other) => rankOf(one) - rankOf(other));
  }

  get #announcement(): string {
    // The bar that all have in common says it itself.
    const count = this.#common ? 0 : this.selection.length;
    return count ? this.#localize.term('mapChosen', String(count)) : '';
  }

  #partyOf(number: string): {number: string; name: string} {
    const person = this.#people.get(number)?.person;
    return this.#client.client?.identify({number, name: person?.name ?? ''}) ?? {number, name: ''};
  }

  #nameOf({person}: PlacedPerson): string {
    const {number} = person;
    let name = this.#names.get(number);
    if (name === undefined)
      this.#names.set(
        number,
        (name = nameOf(this.#client.client?.identify(person) ?? person, this.#localize)),
      );
    return name;
  }

  #ageOf({position: {time}}: PlacedPerson): string {
    if (time === undefined) return this.#localize.term('mapAgeUnknown');
    return ageText(Math.max(0, Math.floor((Date.now() - time) / 1000)), this.#localize);
  }

  #isOld({position: {time}}: PlacedPerson): boolean {
    return time === undefined || Date.now() - time > this.oldAfter * 1000;
  }

  #rowOf(placed: PlacedPerson): MapListRow {
    const {number, state} = placed.person;
    return {number, name: this.#nameOf(placed), age: this.#ageOf(placed), old: this.#isOld(placed), state};
  }

  /** Follows those who move: on the map at once, in the list a little later, once for all. */
  #onPeople(): void {
    this.view?.redraw();
    this.#listSoon();
  }

  #listSoon(): void {
    this.#pause ??= setTimeout(() => {
      this.#pause = undefined;
      this.requestUpdate();
    }, LIST_PAUSE);
  }

  #take(tool: MapTool): void {
    this.#tool = this.#tool === tool ? 'move' : tool;
    this.requestUpdate();
  }

  #select(numbers: readonly string[]): void {
    if (this.#common) this.#common.replace(this.#itemsOf(numbers));
    else this.#selects(numbers);
  }

  #selects(numbers: readonly string[]): void {
    if (numbers.join() === this.selection.join()) return;
    this.selection = numbers;
    const event = new CustomEvent('sip-map-select', {detail: {numbers}, bubbles: true, composed: true});
    this.dispatchEvent(event);
  }

  /**
   * Shares what is selected with the elements that have a bar for it: what was selected here before is selected there.
   *
   * @param isGiven - Whether the page, or the user on this map, has selected someone since.
   */
  #share(isGiven: boolean): void {
    const {client} = this.#client;
    const selection = client && selectionOf(client);
    const common = selection?.state.places ? selection : undefined;
    if (common && common !== this.#common) common.add(this.#itemsOf(this.selection));
    else if (common && isGiven && this.selection.join() !== peopleOf(common).join())
      common.replace(this.#itemsOf(this.selection));
    this.#common = common;
    if (common) this.#selects(peopleOf(common));
  }

  /** The user is not selected with the others. */
  #itemsOf(numbers: readonly string[]): readonly Selected[] {
    const own = this.#client.client?.options.user;
    return numbers.flatMap((number) =>
      number === own
        ? []
        : {...this.#partyOf(number), kind: 'person', type: this.#people.get(number)?.person.type},
    );
  }

  #act(action: MapAction): void {
    const {client} = this.#client;
    const numbers = this.selection;
    if (!client || this.#commands.pending || !numbers.length) return;
    if (unregisteredReason(client, this.#localize))
      return this.#commands.fail(new SipError('not-registered'));
    const event = new CustomEvent('sip-map-action', {
      detail: {action, numbers},
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    if (!this.dispatchEvent(event)) return;
    const [number] = numbers as [string];
    if (action === 'call') void this.#commands.run(() => client.call(number, {media: 'audio'}));
    else if (action === 'conference')
      void this.#commands.run(() => client.createConference({members: numbers}));
    else {
      const known = this.#people.get(number)?.person;
      const person: Person = known ?? {
        number,
        name: '',
        type: undefined,
        state: undefined,
        group: '',
        raw: {},
      };
      offerAction(this, action, person);
    }
  }

  readonly #onChoose = ({detail: {numbers, how}}: CustomEvent<MapChoice>): void => {
    const before = new Set(this.selection);
    if (how === 'replace') return this.#select(numbers);
    const gone = how === 'toggle' && numbers.every((number) => before.has(number));
    for (const number of numbers)
      if (gone) before.delete(number);
      else before.add(number);
    this.#select([...before]);
  };

  readonly #onPoint = ({detail}: CustomEvent<string>): void => {
    this.#pointed = detail;
    this.requestUpdate();
  };

  readonly #onGround = ({detail}: CustomEvent<boolean>): void => {
    if (detail === this.#works) return;
    this.#works = detail;
    this.requestUpdate();
  };

  readonly #onClear = (): void => this.#select([]);

  readonly #onList = (): void => {
    this.#listed = !this.#listed;
    this.requestUpdate();
    if (this.#listed) void this.updateComplete.then(() => this.list?.focus());
  };

  /** Escape puts the tool down, or else ends the selection. */
  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    if (this.#tool !== 'move') this.#take('move');
    else if (this.selection.length) this.#select([]);
    else return;
    event.preventDefault();
  };
}

/** Returns the numbers of the people who are selected. */
const peopleOf = ({state}: Selection): readonly string[] =>
  state.items.flatMap(({kind, number}) => (kind === 'person' ? number : []));

/** How `bounds` are written. */
const BOUNDS = 'south,west north,east: 29.91,121.59 29.95,121.65';

/** The zoom that maps have at most, and the one at which a place is shown if the page names none. */
const MOST_ZOOM = 22;
const USUAL_ZOOM = 15;

/** Reads a zoom; what is none is the usual one. */
const zoomOf = (zoom: number, usual: number): number =>
  Number.isFinite(zoom) && zoom >= 1 && zoom <= MOST_ZOOM ? Math.round(zoom) : usual;

/** Reads the degrees north and east of a place; undefined if they are none. */
function placeOf(text: string): MapPlace | undefined {
  const [lat, lng, ...others] = String(text)
    .trim()
    .split(/[\s,;]+/)
    .map(Number);
  const right = others.length === 0 && Math.abs(lat ?? NaN) <= 90 && Math.abs(lng ?? NaN) <= 180;
  return right && text ? [lat!, lng!] : undefined;
}

/** Reads two corners of a picture; undefined if they are none. */
function cornersOf(text: string): MapGround['bounds'] {
  const parts = String(text)
    .trim()
    .split(/[\s,;]+/);
  const one = placeOf(parts.slice(0, 2).join());
  const other = placeOf(parts.slice(2).join());
  return one && other && one[0] !== other[0] && one[1] !== other[1] ? [one, other] : undefined;
}
