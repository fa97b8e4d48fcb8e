import {html, LitElement, nothing, type CSSResult, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {CAMERA, type Person, type Position} from '../../core/directory/people.js';
import {fullMoment, shortMoment} from '../shared/history-time.js';
import {cctvIcon, chevronRightIcon, ellipsisIcon, mapPinIcon} from '../shared/icons/later.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {initialsOf, nameOf, pictureOf, titleOf} from '../shared/people/people.js';
import {stateWord} from '../shared/people/state-word.js';
import {addStyles} from '../shared/styles/add-styles.js';
import {initials, listPanel} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {BUTTONS, itemOf, MENU_ID, type DirectoryAction, type MenuAction, type RowAction} from './actions.js';
import {styles} from './directory-row.styles.js';
import type {GroupCount, GroupRow, NoteRow, PersonRow, Row} from './tree.js';
import type {TreeSelecting} from './tree-selecting.js';

/** What all rows share. */
export interface RowSettings {
  readonly localize: LocalizeController;
  readonly now: number;
  /** The actions of the buttons. */
  readonly actions: readonly RowAction[];
  /** Returns the actions of the menu of a person. */
  readonly menuOf: (person: Person) => readonly MenuAction[];
  /** The user's own number, which has no actions. */
  readonly own: string;
  /** Why the actions are disabled now. */
  readonly reason: string | undefined;
  /** Whether to show that a person's state is unknown. */
  readonly tellsUnknown: boolean;
  /** The styles of what rows have at a desk. */
  readonly look: readonly CSSResult[] | undefined;
  /** Whether rows are dense. */
  readonly dense: boolean;
  /** What is selected, if the user can select. */
  readonly selecting: TreeSelecting | undefined;
  /** Returns why an action of the menu is not possible now. */
  readonly menuReason: (person: Person, action: MenuAction) => string | undefined;
  readonly onAct: (person: Person, action: DirectoryAction) => void;
  readonly onRetry: (group: string) => void;
}

/**
 * A row of a `<sip-directory>`: a group, a person with the actions for them, or a note in place of members. The tree sets
 * its role and its place in the tree, because the cursor references it there.
 */
export class DirectoryRowElement extends LitElement {
  static readonly parts = 'select, pick-up, call, video, invite, message, monitor, more, retry';

  static override styles = [inner, listPanel, initials, styles];

  @property({attribute: false}) row!: Row;
  @property({attribute: false}) settings!: RowSettings;
  /** Whether the cursor is on the row. */
  @property({attribute: false}) active = false;
  @property({attribute: false}) selected = false;
  /** How many people of the group are online. */
  @property({
    attribute: false,
    hasChanged: (one?: GroupCount, other?: GroupCount) =>
      one?.online !== other?.online || one?.all !== other?.all,
  })
  count: GroupCount | undefined;
  /** The person's position. */
  @property({attribute: false}) place: Position | undefined;

  constructor() {
    super();
    new FocusKeeper(this);
  }

  /** The actions for which there is no room. */
  get hiddenActions(): readonly RowAction[] {
    return this.settings.actions.filter(
      (action) => !this.renderRoot.querySelector<HTMLElement>(`.act.${action}`)?.checkVisibility(),
    );
  }

  protected override willUpdate(): void {
    const {look} = this.settings;
    if (look) addStyles(this, look);
  }

  protected override render(): TemplateResult {
    const {row} = this;
    if (row.kind === 'group')
      return html`${renderGroup(row, this.count, this.settings.localize)}${this.#renderBox()}`;
    return row.kind === 'person' ? this.#renderPerson(row) : this.#renderNote(row);
  }

  #renderNote(row: NoteRow): TemplateResult {
    const {localize, onRetry} = this.settings;
    const text = noteText(row, localize);
    return html`<span class="line quiet ${row.loading ? 'loading' : ''}" title=${text}>${text}</span> ${
        row.error
          ? html`<button
              part="retry"
              class="link"
              type="button"
              tabindex=${this.#tabindex}
              @click=${() => onRetry(row.group.number)}
            >
              ${localize.term('tryAgain')}
            </button>`
          : nothing
      }`;
  }

  #renderPerson({person}: PersonRow): TemplateResult {
    const {settings, place} = this;
    const {localize, own} = settings;
    const {state, type, number} = person;
    const isOwn = number === own;
    const name = nameOf(person, localize);
    const camera = type === CAMERA;
    const stateTerm = stateText(person, settings);
    return html`${this.#renderBox()}<span
        class="avatar"
        aria-hidden="true"
        data-initials=${camera ? nothing : initialsOf(person)}
        >${camera ? cctvIcon : nothing}${pictureOf(person)}${state ? html`<i class="dot ${state}"></i>` : nothing}</span
      >
      <div class="words">
        <bdi class="line name" title=${titleOf(person, localize)}>${name}</bdi>
        <span class="quiet state">
          ${name === number ? nothing : html`<bdi class="line number">${number}</bdi>`}
          ${isOwn ? html`<span class="word you">${localize.term('you')}</span>` : nothing}
          ${stateTerm ? html`<span class="word ${state ?? ''}">${stateTerm}</span>` : nothing}
          ${place ? renderPlace(place, settings) : nothing}
        </span>
      </div>
      ${isOwn ? nothing : html`<span class="acts">${this.#renderPickUp(person)}${this.#renderActions(person)}${this.#renderMore(person)}</span>`}`;
  }

  /** Renders the box that selects the row by the pointer; the tree handles the press. By keys, the tree selects. */
  #renderBox(): TemplateResult | typeof nothing {
    const {selecting} = this.settings;
    if (!selecting) return nothing;
    const name = selecting.labelOf(this.row);
    if (!name) return html`<span class="box"></span>`;
    return html`<button
      part="select"
      class="box"
      type="button"
      role="checkbox"
      tabindex="-1"
      aria-checked=${this.selected ? 'true' : 'false'}
      aria-label=${name}
    ></button>`;
  }

  /** Renders the button that answers the call that rings at a person; the others keep their places. */
  #renderPickUp(person: Person): TemplateResult | typeof nothing {
    const {localize, menuOf, reason, onAct} = this.settings;
    if (reason || !menuOf(person).includes('pick-up')) return nothing;
    const name = localize.term('pickUpFor', nameOf(person, localize));
    return html`<button
      part="pick-up"
      class="act pick-up"
      type="button"
      tabindex=${this.#tabindex}
      aria-label=${name}
      title=${name}
      @click=${() => onAct(person, 'pick-up')}
    >
      ${itemOf('pick-up').icon}
    </button>`;
  }

  #renderActions(person: Person): TemplateResult[] {
    const {localize, actions, reason, onAct} = this.settings;
    return actions.map((action) => {
      const {icon, term} = BUTTONS[action];
      const name = localize.term(term, nameOf(person, localize));
      return html`<button
        part=${action}
        class="act ${action}"
        type="button"
        tabindex=${this.#tabindex}
        aria-label=${name}
        title=${localize.explained(name, reason)}
        aria-disabled=${reason ? 'true' : nothing}
        @click=${() => onAct(person, action)}
      >
        ${icon}
      </button>`;
    });
  }

  #renderMore(person: Person): TemplateResult | typeof nothing {
    const {localize, menuOf, actions} = this.settings;
    const own = menuOf(person).length > 0;
    if (!own && actions.length < 2) return nothing;
    const name = localize.term('moreFor', nameOf(person, localize));
    // An id in markup is not found across shadow roots: the menu is beside the rows, unless the row is gone.
    const box = (this.getRootNode() as Partial<ShadowRoot>).getElementById?.(MENU_ID);
    return html`<button
      part="more"
      class="act more ${own ? '' : 'spare'}"
      type="button"
      tabindex=${this.#tabindex}
      .popoverTargetElement=${box ?? null}
      aria-haspopup="menu"
      aria-label=${name}
      title=${name}
      @click=${() => this.dispatchEvent(new CustomEvent('menu'))}
    >
      ${ellipsisIcon}
    </button>`;
  }

  /** Tab reaches the buttons of the cursor's row alone. */
  get #tabindex(): number {
    return this.active ? 0 : -1;
  }
}

/** Returns what a screen reader calls a row, without its buttons; undefined if the row's content says it. */
export function labelOf(row: Row, settings: RowSettings, place: Position | undefined): string | undefined {
  if (row.kind !== 'person') return undefined;
  const {localize, own, now} = settings;
  const {person} = row;
  const name = nameOf(person, localize);
  const words = [
    name,
    name === person.number ? '' : person.number,
    person.number === own ? localize.term('you') : '',
    stateText(person, settings),
    place ? placeText(place) : '',
    place?.time ? shortMoment(place.time, now, localize.lang()) : '',
  ];
  return localize.listed(words);
}

function renderGroup(
  {group, expanded}: GroupRow,
  count: GroupCount | undefined,
  localize: LocalizeController,
): TemplateResult {
  const name = group.name || group.number;
  const online = count && localize.term('onlineOf', String(count.online), String(count.all));
  return html`<span class="twist ${expanded ? 'open' : ''}">${chevronRightIcon}</span>
    <bdi class="line name" title=${name}>${name}</bdi>
    ${
      count
        ? html`<span class="quiet number count" title=${online}
            ><span class="long">${online}</span
            ><span class="short" aria-hidden="true">${count.online}/${count.all}</span></span
          >`
        : nothing
    }`;
}

function noteText({error, loading}: NoteRow, localize: LocalizeController): string {
  if (error) return localize.describe(error);
  return localize.term(loading ? 'loading' : 'emptyGroup');
}

function stateText({state}: Person, {localize, tellsUnknown}: RowSettings): string {
  return state || tellsUnknown ? stateWord(state, localize) : '';
}

function renderPlace(place: Position, {localize, now}: RowSettings): TemplateResult {
  const language = localize.lang();
  const {time} = place;
  return html`<span
    class="line number place"
    title=${localize.listed([localize.isolated(placeText(place)), time ? fullMoment(time, language) : ''])}
    >${mapPinIcon}<bdi>${placeText(place)}</bdi>${time ? html` <span class="time">${shortMoment(time, now, language)}</span>` : nothing}</span
  >`;
}

/** Formats a position as maps accept it: latitude before longitude. */
function placeText({lat, lng}: Position): string {
  return `${lat.toFixed(4)}, ${lng.toFixed(4)}`;
}
