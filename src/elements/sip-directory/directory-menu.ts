import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import type {Person} from '../../core/directory/people.js';
import {confirmation} from '../shared/confirmation.js';
import {nameOf} from '../shared/people/people.js';
import {moveByArrow} from '../shared/row-popovers.js';
import {confirmationStyles} from '../shared/styles/confirmation.styles.js';
import {menuBox, menuItems} from '../shared/styles/row-menu.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {BUTTONS, itemOf, type DirectoryAction, type MenuAction, type RowAction} from './actions.js';
import type {RowSettings} from './directory-row.js';

/**
 * The menu of a person in a `<sip-directory>` or `<sip-keys>`; a popover. Which actions it offers is decided when it opens, so that none
 * moves while the user aims; one that is no longer possible is disabled, with the reason.
 */
export class DirectoryMenuElement extends LitElement {
  static readonly parts = 'urgent, sos, listen-in, barge-in, force-end, pick-up, whisper, cancel, confirm';

  static override styles = [
    inner,
    menuBox,
    menuItems,
    confirmationStyles,
    css`
      :host(:not(:popover-open)) {
        display: none;
      }
    `,
  ];

  @property({attribute: false}) person: Person | undefined;
  @property({attribute: false}) settings!: Pick<RowSettings, 'localize' | 'reason' | 'menuReason' | 'onAct'>;
  /** The actions offered; set when the menu opens. */
  @property({attribute: false}) actions: readonly MenuAction[] = [];
  /** The actions for which the row has no room. */
  @property({attribute: false}) hiddenActions: readonly RowAction[] = [];
  #confirming = false;

  constructor() {
    super();
    this.addEventListener('toggle', (event) => {
      if (event.newState === 'open') void this.#takeFocus();
      else this.#confirming = false;
      this.requestUpdate();
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    const {person, settings} = this;
    if (!person) return nothing;
    const {localize} = settings;
    const name = nameOf(person, localize);
    if (this.#confirming)
      return html`<div class="box">
        ${confirmation({
          localize,
          text: localize.term('forceEndWho', name),
          word: localize.term('forceEnd'),
          onCancel: () => this.hidePopover(),
          onConfirm: () => this.#act(person, 'force-end'),
        })}
      </div>`;
    return html`<div
      class="box"
      role="menu"
      aria-label=${localize.term('moreFor', name)}
      @keydown=${this.#onKey}
    >
      ${this.hiddenActions.map((action) => this.#renderHiddenAction(person, action))}
      ${this.actions.map((action) => this.#renderItem(person, action))}
    </div>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The state of the same person changes while the user is asked.
    if (changed.has('person') && changed.get('person')?.number !== this.person?.number)
      this.#confirming = false;
  }

  #renderItem(person: Person, action: MenuAction): TemplateResult {
    const {localize, menuReason} = this.settings;
    const {icon, term, danger} = itemOf(action);
    const reason = menuReason(person, action);
    const press = (): void => {
      if (reason) return;
      if (action === 'force-end') void this.#ask();
      else this.#act(person, action);
    };
    return html`<button
      part=${action}
      class="item ${danger ? 'danger' : ''}"
      type="button"
      role="menuitem"
      tabindex="-1"
      aria-disabled=${reason ? 'true' : nothing}
      aria-labelledby=${`name-${action}`}
      aria-describedby=${reason ? `why-${action}` : nothing}
      title=${reason ?? nothing}
      @click=${press}
    >
      ${icon}<span
        ><span id=${`name-${action}`}>${localize.term(term)}</span
        >${reason ? html`<small id=${`why-${action}`}>${reason}</small>` : nothing}</span
      >
    </button>`;
  }

  /** Renders an action for which a narrow row has no button. */
  #renderHiddenAction(person: Person, action: RowAction): TemplateResult {
    const {localize, reason} = this.settings;
    const {icon, term} = BUTTONS[action];
    return html`<button
      class="item"
      type="button"
      role="menuitem"
      tabindex="-1"
      aria-disabled=${reason ? 'true' : nothing}
      title=${reason ?? nothing}
      @click=${() => !reason && this.#act(person, action)}
    >
      ${icon}<span>${localize.term(term, nameOf(person, localize))}</span>
    </button>`;
  }

  #act(person: Person, action: DirectoryAction): void {
    this.hidePopover();
    this.settings.onAct(person, action);
  }

  /** Asks before the call is ended. */
  async #ask(): Promise<void> {
    this.#confirming = true;
    this.requestUpdate();
    await this.#takeFocus();
  }

  async #takeFocus(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector('button')?.focus({preventScroll: true});
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') this.hidePopover();
    moveByArrow(event);
  };
}
