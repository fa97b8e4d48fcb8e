import {html, nothing, type TemplateResult} from 'lit';
import type {ConferenceMember, Members} from '../../core/conference/conference-member.js';
import {searchIcon} from '../shared/icons.js';
import {nameOf} from '../shared/people/people.js';
import {repeat} from '../shared/repeat.js';
import {close, moveByArrow, takeFocus} from '../shared/row-popovers.js';
import {RowWindow} from '../shared/row-window.js';
import type {ConferenceContext, ShownConference} from './host.js';
import type {MemberAction, MemberCommands} from './member-commands.js';
import {memberButton, memberRow, rowId} from './member-row.js';

/** The number of members from which a search field is shown. */
const MANY = 8;

/**
 * The list of members. It renders the rows in view. The list itself has the focus and references the cursor's row
 * (`aria-activedescendant`), so that scrolling never loses the focus.
 */
export class Roster {
  readonly #context: ConferenceContext;
  readonly #commands: MemberCommands;
  readonly #window: RowWindow;
  #shown: ShownConference | undefined;
  #rows: Members = [];
  #filter = '';
  /** The number of the member in the cursor's row. */
  #cursor = '';
  /** The number of the member whose menu is open. */
  #menu = '';
  #kept = {before: 0, after: 0};

  constructor(context: ConferenceContext, commands: MemberCommands) {
    this.#context = context;
    this.#commands = commands;
    this.#window = new RowWindow(context.host, () => this.#rows.length, '[part=member]');
  }

  render(shown: ShownConference): TemplateResult {
    const {localize} = this.#context;
    if (this.#shown?.conference !== shown.conference) this.#filter = this.#cursor = '';
    this.#shown = shown;
    const people = shown.conference.state.members.filter(({file}) => !file);
    const many = people.length >= MANY;
    const wanted = many ? this.#filter.trim().toLocaleLowerCase() : '';
    this.#rows = people.filter(({name, number}) => `${name} ${number}`.toLocaleLowerCase().includes(wanted));
    const label = localize.term('searchMembers');
    return html`<div class="bar">
        <b>${localize.term('members')}</b><span class="quiet number">${people.length}</span>
        <span class="space"></span>
        ${
          many
            ? html`<label class="search"
                >${searchIcon}<input
                  part="search"
                  type="search"
                  aria-label=${label}
                  placeholder=${label}
                  autocomplete="off"
                  spellcheck="false"
                  .value=${this.#filter}
                  @input=${this.#onFilter}
              /></label>`
            : nothing
        }
      </div>
      ${this.#rows.length ? this.#renderGrid(shown) : this.#renderNobody(wanted !== '')}`;
  }

  /** Measures the rendered rows. */
  measure(): void {
    this.#window.measure(this.#box, this.#kept);
  }

  #renderNobody(searched: boolean): TemplateResult {
    const text = this.#context.localize.term(searched ? 'noMembersFound' : 'calling');
    return html`<p class="quiet nobody" role="status">${text}</p>`;
  }

  #renderGrid({conference, client}: ShownConference): TemplateResult {
    const {localize} = this.#context;
    const rows = this.#rows;
    const at = this.#at;
    const {first, end} = this.#window.next();
    const drawn = rows.slice(first, end).map((member, index) => ({member, place: first + index + 1}));
    this.#kept = {before: at < first ? 1 : 0, after: at >= end ? 1 : 0};
    // The cursor's row is rendered even if it is out of view, because its buttons may have the focus.
    const cursor = {member: rows[at]!, place: at + 1};
    if (this.#kept.before) drawn.unshift(cursor);
    if (this.#kept.after) drawn.push(cursor);
    const own = client.options.user;
    const {capabilities} = client;
    return html`<div
        part="roster"
        class="roster"
        role="grid"
        tabindex="0"
        aria-label=${localize.term('members')}
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
          ({member, place}) =>
            memberRow(member, {
              localize,
              place,
              active: member === cursor.member,
              own: member.number === own,
              actions: this.#commands.actionsOf(member, conference, capabilities, own),
              isPending: (action) => this.#commands.isPending(`${action} ${member.number}`),
              onAct: this.#onAct,
              onMenu: this.#onMenu,
            }),
        )}
        <div class="after" role="none"></div>
      </div>
      ${this.#renderMenu()}`;
  }

  /** Renders the actions that do not fit in a narrow row. */
  #renderMenu(): TemplateResult {
    const {conference, client} = this.#shown!;
    const {localize} = this.#context;
    const member = conference.state.members.find(({number}) => number === this.#menu);
    const own = client.options.user;
    const actions = member ? this.#commands.actionsOf(member, conference, client.capabilities, own) : [];
    return html`<div
      id="member-menu"
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
              actions,
              (action) => action,
              (action) =>
                memberButton(
                  action,
                  member,
                  {
                    localize,
                    active: true,
                    isPending: () => this.#commands.isPending(`${action} ${member.number}`),
                    onAct: this.#onAct,
                  },
                  true,
                ),
            )
          : nothing
      }
    </div>`;
  }

  get #box(): HTMLElement | undefined {
    return this.#context.host.renderRoot.querySelector<HTMLElement>('[part=roster]') ?? undefined;
  }

  /** The index of the cursor; 0 if its row is gone. */
  get #at(): number {
    return Math.max(
      0,
      this.#rows.findIndex(({number}) => number === this.#cursor),
    );
  }

  get #active(): HTMLElement | null {
    return this.#box?.querySelector<HTMLElement>('.active') ?? null;
  }

  #moveTo(index: number): void {
    const row = this.#rows[Math.min(Math.max(index, 0), this.#rows.length - 1)];
    if (!row) return;
    this.#cursor = row.number;
    this.#window.show(this.#at);
    this.#context.host.requestUpdate();
  }

  readonly #onAct = (member: ConferenceMember, action: MemberAction): void => {
    const shown = this.#shown;
    if (!shown) return;
    // Keyboard users continue at the list when the row, or its button, is gone.
    if (action === 'remove' || action === 'again') {
      this.#moveTo(this.#rows.indexOf(member) + (action === 'remove' ? 1 : 0));
      this.#box?.focus({preventScroll: true});
    }
    void this.#commands.act(shown.conference, member, action);
  };

  readonly #onMenu = ({number}: ConferenceMember): void => {
    this.#menu = this.#cursor = number;
    this.#context.host.requestUpdate();
  };

  readonly #onMenuClosing = ({newState, currentTarget}: ToggleEvent): void => {
    if (newState === 'closed' && (currentTarget as HTMLElement).matches(':focus-within'))
      this.#active?.querySelector<HTMLElement>('.more-actions')?.focus({preventScroll: true});
  };

  readonly #onFilter = ({target}: Event): void => {
    this.#filter = (target as HTMLInputElement).value;
    if (this.#box) this.#box.scrollTop = 0;
    this.#context.host.requestUpdate();
  };

  readonly #onClick = ({target}: MouseEvent): void => {
    const number = (target as Element).closest<HTMLElement>('[data-number]')?.dataset['number'];
    if (number === undefined || number === this.#cursor) return;
    this.#cursor = number;
    this.#context.host.requestUpdate();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const {key, ctrlKey, altKey, metaKey, isComposing, repeat: repeats} = event;
    if (ctrlKey || altKey || metaKey || isComposing) return;
    const onButton = event.target !== this.#box;
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
      if (onButton) this.#box?.focus();
      this.#moveTo(to);
    } else if (key === 'Enter' || key === 'ArrowRight') this.#goTo(onButton ? 1 : 0);
    else if (key === 'ArrowLeft' && onButton) this.#goTo(-1);
    else if (key === 'Escape' && onButton) this.#box?.focus();
    else if (key === 'Delete' && !repeats) this.#remove();
    else return;
    event.preventDefault();
  };

  /** Moves between the buttons of the cursor's row, and from the first one back to the list. */
  #goTo(step: number): void {
    const buttons = [...(this.#active?.querySelectorAll<HTMLElement>('button') ?? [])].filter(
      (button) => button.offsetParent,
    );
    const root = this.#context.host.shadowRoot;
    const now = buttons.indexOf(root?.activeElement as HTMLElement);
    const target =
      step < 0 && now <= 0 ? this.#box : buttons[Math.min(Math.max(now, 0) + step, buttons.length - 1)];
    target?.focus();
  }

  #remove(): void {
    const member = this.#rows[this.#at];
    const shown = this.#shown;
    if (!member || !shown) return;
    const {conference, client} = shown;
    const {user} = client.options;
    if (this.#commands.actionsOf(member, conference, client.capabilities, user).includes('remove'))
      this.#onAct(member, 'remove');
  }
}
