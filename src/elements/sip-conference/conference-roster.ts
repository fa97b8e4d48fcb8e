import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {callContext} from '../../context/call-context.js';
import {clientContext} from '../../context/client-context.js';
import {inherited} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipConference} from '../../core/conference/conference.js';
import type {ConferenceMember, Members} from '../../core/conference/conference-member.js';
import {rowStyles} from '../sip-call/call-row.styles.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {searchField, searchStyles} from '../shared/fields/search-field.js';
import {listBar} from '../shared/buttons/list-bar.js';
import {onwardKey} from '../shared/onward-key.js';
import {nameOf} from '../shared/people/people.js';
import {repeat} from '../shared/repeat.js';
import {close, moveByArrow, takeFocus} from '../shared/row-popovers.js';
import {RowWindow} from '../shared/row-window.js';
import {listPanel} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {ConferenceMemberElement, MENU_ID} from './conference-member.js';
import {actions} from './conference.styles.js';
import {memberButton} from './member-button.js';
import {memberCommandsContext, type MemberAction, type MemberCommands} from './member-commands.js';
import {memberTexts} from './member-text.js';
import {participants} from './stage/tiles.js';

/** The number of members from which a search field is shown. */
const MANY = 8;

/**
 * The list of members. It renders the rows in view. The list itself has the focus and references the cursor's row
 * (`aria-activedescendant`), so that scrolling never loses the focus.
 */
export class ConferenceRosterElement extends LitElement {
  static readonly parts = `roster, search, member, ${ConferenceMemberElement.parts}, menu-speaking, menu-hearing, menu-spotlighted, menu-remove, menu-again`;

  static override styles = [
    inner,
    listPanel,
    rowStyles,
    actions,
    searchStyles,
    css`
      .bar {
        border-block-start: 1px solid var(--_border);
      }
      .bar > :is(b, .here) {
        flex: none;
      }
      .roster {
        max-block-size: var(--sip-conference-height, 26rem);
        overflow-y: auto;
        overscroll-behavior: contain;
        overflow-anchor: none;
      }
      .roster:focus-visible {
        box-shadow: none;
        outline: none;
      }
      .search {
        display: flex;
        align-items: center;
        gap: 0.375rem;
        flex: 0 1 14rem;
        min-inline-size: 0;
        padding-inline-start: var(--_space-2);
        border: 1px solid color-mix(in oklab, var(--_quiet) 70%, var(--_surface));
        border-radius: var(--_radius-m);
        color: var(--_quiet);
      }
      .search .icon {
        flex: none;
        inline-size: 1.125rem;
        block-size: 1.125rem;
      }
      .search input {
        block-size: 2rem;
        border-radius: inherit;
      }
      .member {
        display: flex;
        align-items: center;
        gap: var(--_space-2);
        block-size: max(3.25rem, 52px);
        padding-inline: var(--_space-4) var(--_space-2);
      }
      .member:hover,
      .roster:focus-within .member.active {
        background: var(--_sunken);
      }
      .roster:focus-visible .member.active {
        outline: 2px solid var(--_accent);
        outline-offset: -3px;
        border-radius: var(--_radius-s);
      }
      /* Beside the stage, as high as the stage. */
      @container (inline-size >= max(72rem, 1152px)) {
        :host {
          display: flex;
          flex-direction: column;
          contain: size;
        }
        .bar {
          border-block-start: 0;
        }
        .roster {
          flex: 1;
          min-block-size: 0;
          max-block-size: none;
        }
      }
      .nobody {
        padding: var(--_space-4);
      }
      .members-menu {
        position-anchor: auto;
      }
      @media (forced-colors: active) {
        .roster:focus-within .member.active {
          border: 1px solid Highlight;
        }
      }
    `,
  ];

  @inherited(clientContext) client!: BaseClient;
  @inherited(callContext) conference!: SipConference;
  @inherited(memberCommandsContext) memberCommands!: MemberCommands;
  /** Whether there is a list to show; without one, the search and the cursor stay. */
  @property({attribute: false}) shown = false;

  @query('[part=roster]') private readonly box!: HTMLElement | null;
  @query('.active') private readonly activeRow!: ConferenceMemberElement | null;

  readonly #localize = new LocalizeController(this);
  readonly #window = new RowWindow(this, () => this.#rows.length, '[part=member]');
  #rows: Members = [];
  #filter = '';
  /** The number of the member in the cursor's row. */
  #cursor = '';
  /** The number of the member whose menu is open. */
  #menu = '';
  #kept = {before: 0, after: 0};

  constructor() {
    super();
    new StateController(this, () => [this.client, this.conference, this.memberCommands]);
    new FocusKeeper(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('conference')) this.#filter = this.#cursor = '';
  }

  protected override updated(): void {
    this.#window.measure(this.box ?? undefined, this.#kept);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.shown) return nothing;
    const localize = this.#localize;
    const people = this.conference.state.members
      .filter(({file}) => !file)
      .map((member) => this.conference.identify(member));
    const many = people.length >= MANY;
    const wanted = many ? this.#filter.trim().toLocaleLowerCase() : '';
    this.#rows = people.filter(({name, number}) => `${name} ${number}`.toLocaleLowerCase().includes(wanted));
    const here = participants(this.conference).length;
    const away = people.length - here;
    return html`${listBar(
      html`<b>${localize.term('members')}</b><span class="quiet number here">${here}</span>
        ${away ? html`<span class="quiet">·</span><span class="quiet number line">${localize.term('notJoined', String(away))}</span>` : nothing} `,
      many
        ? html`<label class="search"
            >${searchField({
              label: localize.term('searchMembers'),
              text: this.#filter,
              onSearch: (text) => this.#search(text),
            })}</label
          >`
        : nothing,
    )}
    ${this.#rows.length ? this.#renderGrid() : this.#renderNobody(wanted !== '')}`;
  }

  #renderNobody(searched: boolean): TemplateResult {
    const text = this.#localize.term(searched ? 'noMembersFound' : 'calling');
    return html`<p class="quiet nobody" role="status">${text}</p>`;
  }

  #renderGrid(): TemplateResult {
    const rows = this.#rows;
    const at = this.#at;
    const {first, end} = this.#window.next();
    const drawn = rows.slice(first, end).map((member, index) => ({member, place: first + index + 1}));
    this.#kept = {before: at < first ? 1 : 0, after: at >= end ? 1 : 0};
    // The cursor's row is rendered even if it is out of view, because its buttons may have the focus.
    const cursor = {member: rows[at]!, place: at + 1};
    if (this.#kept.before) drawn.unshift(cursor);
    if (this.#kept.after) drawn.push(cursor);
    return html`<div
        part="roster"
        class="roster"
        role="grid"
        tabindex="0"
        aria-label=${this.#localize.term('members')}
        aria-rowcount=${rows.length}
        aria-activedescendant=${rowId(cursor.member.number)}
        @keydown=${this.#onKey}
        @click=${this.#onClick}
        @scroll=${this.#window.onScroll}
      >
        <div class="before" role="none"></div>
        ${repeat(
          drawn,
          ({member}) => member.number,
          ({member, place}) => this.#renderRow(member, place, member === cursor.member),
        )}
        <div class="after" role="none"></div>
      </div>
      ${this.#renderMenu()}`;
  }

  /** Renders a member. The label is on the row itself: a row is not labelled by an element inside its shadow root. */
  #renderRow(member: ConferenceMember, place: number, active: boolean): TemplateResult {
    const localize = this.#localize;
    const {number, phase} = member;
    const name = nameOf(member, localize);
    const own = number === this.client.options.user;
    const actions = this.#actionsOf(member);
    const label = [
      name,
      ...memberTexts(member, localize),
      own ? localize.term('you') : '',
      name === number ? '' : number,
    ];
    return html`<sip-conference-member
      id=${rowId(number)}
      part="member"
      exportparts=${ConferenceMemberElement.parts}
      class="member ${phase} ${active ? 'active' : ''}"
      role="row"
      data-number=${number}
      aria-rowindex=${place}
      aria-selected=${active ? 'true' : 'false'}
      aria-label=${localize.listed(label)}
      .member=${member}
      .active=${active}
      .own=${own}
      .actions=${actions}
      .pending=${actions.filter((action) => this.#isPending(action, member))}
      @act=${({detail}: CustomEvent<MemberAction>) => this.#act(member, detail)}
      @menu=${() => this.#openMenu(number)}
    ></sip-conference-member>`;
  }

  /** Renders the actions that do not fit in a narrow row. */
  #renderMenu(): TemplateResult {
    const localize = this.#localize;
    const member = this.#rows.find(({number}) => number === this.#menu);
    return html`<div
      id=${MENU_ID}
      popover
      class="menu members-menu"
      role="group"
      aria-label=${member ? localize.term('actionsFor', nameOf(member, localize)) : nothing}
      @beforetoggle=${this.#onMenuClosing}
      @toggle=${takeFocus}
      @keydown=${moveByArrow}
      @click=${close}
    >
      ${
        member
          ? repeat(
              this.#actionsOf(member),
              (action) => action,
              (action) =>
                memberButton(action, {
                  localize,
                  member,
                  active: true,
                  pending: this.#isPending(action, member),
                  inMenu: true,
                  onAct: () => this.#act(member, action),
                }),
            )
          : nothing
      }
    </div>`;
  }

  #actionsOf(member: ConferenceMember): readonly MemberAction[] {
    const {conference, client, memberCommands} = this;
    return memberCommands.actionsOf(member, conference, client.capabilities, client.options.user);
  }

  #isPending(action: MemberAction, {number}: ConferenceMember): boolean {
    return this.memberCommands.isPending(`${action} ${number}`);
  }

  /** The index of the cursor; 0 if its row is gone. */
  get #at(): number {
    return Math.max(
      0,
      this.#rows.findIndex(({number}) => number === this.#cursor),
    );
  }

  #moveTo(index: number): void {
    const row = this.#rows[Math.min(Math.max(index, 0), this.#rows.length - 1)];
    if (!row) return;
    this.#cursor = row.number;
    this.#window.show(this.#at);
    this.requestUpdate();
  }

  #act(member: ConferenceMember, action: MemberAction): void {
    // Keyboard users continue at the list when the row, or its button, is gone.
    if (action === 'remove' || action === 'again') {
      this.#moveTo(this.#rows.indexOf(member) + (action === 'remove' ? 1 : 0));
      this.box?.focus({preventScroll: true});
    }
    void this.memberCommands.act(this.conference, member, action);
  }

  #openMenu(number: string): void {
    this.#menu = this.#cursor = number;
    this.requestUpdate();
  }

  readonly #onMenuClosing = ({newState, currentTarget}: ToggleEvent): void => {
    if (newState === 'closed' && (currentTarget as HTMLElement).matches(':focus-within'))
      this.activeRow?.buttons.at(-1)?.focus({preventScroll: true});
  };

  #search(text: string): void {
    this.#filter = text;
    if (this.box) this.box.scrollTop = 0;
    this.requestUpdate();
  }

  readonly #onClick = ({target}: MouseEvent): void => {
    const number = (target as Element).closest<HTMLElement>('[data-number]')?.dataset['number'];
    if (number === undefined || number === this.#cursor) return;
    this.#cursor = number;
    this.requestUpdate();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const {ctrlKey, altKey, metaKey, isComposing, repeat: repeats} = event;
    if (ctrlKey || altKey || metaKey || isComposing) return;
    const key = onwardKey(event);
    const onButton = event.target !== this.box;
    if (onButton && (key === 'Enter' || key === ' ')) return;
    const at = this.#at;
    const page = this.#window.page;
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: this.#rows.length - 1,
    }[key];
    if (to !== undefined) {
      if (onButton) this.box?.focus();
      this.#moveTo(to);
    } else if (key === 'Enter' || key === 'ArrowRight') this.#goTo(onButton ? 1 : 0);
    else if (key === 'ArrowLeft' && onButton) this.#goTo(-1);
    else if (key === 'Escape' && onButton) this.box?.focus();
    else if (key === 'Delete' && !repeats) this.#remove();
    else return;
    event.preventDefault();
  };

  /** Moves between the buttons of the cursor's row, and from the first one back to the list. */
  #goTo(step: number): void {
    const buttons = this.activeRow?.buttons ?? [];
    const now = buttons.indexOf(this.activeRow?.shadowRoot?.activeElement as HTMLElement);
    const target =
      step < 0 && now <= 0 ? this.box : buttons[Math.min(Math.max(now, 0) + step, buttons.length - 1)];
    target?.focus();
  }

  #remove(): void {
    const member = this.#rows[this.#at];
    if (member && this.#actionsOf(member).includes('remove')) this.#act(member, 'remove');
  }
}

/** Returns the id of a row. */
function rowId(number: string): string {
  return `member-${encodeURIComponent(number)}`;
}
