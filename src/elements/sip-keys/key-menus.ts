import {html, nothing, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {Person} from '../../core/directory/people.js';
import {nameOf} from '../shared/people/people.js';
import {pbxTools} from '../shared/pbx/pbx-tools.js';
import {unregisteredReason} from '../shared/registration.js';
import {moveByArrow} from '../shared/row-popovers.js';
import {ACTIONS, type SelectionAction} from '../shared/selection/selection-actions.js';
import {
  menuOf,
  menuReason,
  offeredActions,
  type DirectoryAction,
  type MenuAction,
  type RowAction,
} from '../sip-directory/actions.js';
import {DirectoryMenuElement} from '../sip-directory/directory-menu.js';
import type {KeyCommands} from './key-commands.js';
import {idOf, type DialKey} from './key-pages.js';
import type {KeysInView, KeysPanel} from './keys-in-view.js';

/** The key whose menu was opened last, and what the menu offers. */
interface OpenedMenu {
  readonly key: DialKey;
  readonly first: readonly RowAction[];
  readonly actions: readonly MenuAction[];
}

/** The two menus of the keys: that of a person, and that of a group. */
export class KeyMenus {
  static readonly parts = `${DirectoryMenuElement.parts}, menu, group-action`;

  readonly #panel: KeysPanel;
  readonly #keys: KeysInView;
  readonly #commands: KeyCommands;
  readonly #localize: LocalizeController;
  #opened: OpenedMenu | undefined;

  constructor(panel: KeysPanel, keys: KeysInView, commands: KeyCommands, localize: LocalizeController) {
    this.#panel = panel;
    this.#keys = keys;
    this.#commands = commands;
    this.#localize = localize;
  }

  /** Returns the menu that the button of a key opens. */
  of({group}: DialKey): Element | null {
    return this.#panel.renderRoot.querySelector(group ? '#group-menu' : '#menu');
  }

  /** Fills the menu that a key is about to open. */
  prepare(key: DialKey): void {
    const {client} = this.#keys;
    const {row, menu} = offeredActions(this.#panel.actions, client, this.#panel);
    this.#opened = {
      key,
      first: row,
      actions: key.group ? [] : menuOf(this.#keys.personOf(key), menu, client),
    };
    this.#panel.requestUpdate();
  }

  render(): TemplateResult {
    const localize = this.#localize;
    const {client} = this.#keys;
    const opened = this.#opened;
    // Loaded before a menu opens, which offers what there is then.
    pbxTools(client, this.#panel);
    const reason = unregisteredReason(client, localize);
    return html`<sip-directory-menu
        id="menu"
        part="menu"
        popover
        exportparts=${DirectoryMenuElement.parts}
        .settings=${{
          localize,
          reason,
          menuReason: (person: Person, action: MenuAction) =>
            reason ?? (client && menuReason(person, action, client, localize)),
          onAct: (person: Person, action: DirectoryAction) => this.#commands.act(person, action),
        }}
        .person=${opened && !opened.key.group ? this.#keys.personOf(opened.key) : undefined}
        .actions=${opened?.actions ?? []}
        .hiddenActions=${opened?.first ?? []}
        @beforetoggle=${this.#onToggle}
      ></sip-directory-menu>
      <div
        id="group-menu"
        part="menu"
        class="menu"
        popover
        role="menu"
        aria-label=${localize.term('moreFor', opened ? nameOf(this.#keys.partyOf(opened.key), localize) : '')}
        @keydown=${this.#onKeydown}
        @beforetoggle=${this.#onToggle}
        @toggle=${({newState, currentTarget}: ToggleEvent) =>
          newState === 'open' &&
          (currentTarget as Element).querySelector('button')?.focus({preventScroll: true})}
      >
        ${this.#commands.groupActions.map((action) => {
          const {icon, term, hint} = ACTIONS[action];
          return html`<button
            part="group-action"
            class="item"
            type="button"
            role="menuitem"
            tabindex="-1"
            data-action=${action}
            aria-disabled=${reason ? 'true' : nothing}
            title=${reason ?? localize.term(hint)}
            @click=${() => !reason && this.#onGroupAction(action)}
          >
            ${icon}<span>${localize.term(term)}</span>
          </button>`;
        })}
      </div>`;
  }

  #onGroupAction(action: SelectionAction): void {
    const key = this.#opened?.key;
    this.#panel.renderRoot.querySelector<HTMLElement>('#group-menu')?.hidePopover();
    if (key?.group) this.#commands.actOnGroup(key, action);
  }

  /** The focus continues at the key whose menu closes. */
  readonly #onToggle = ({newState, currentTarget}: ToggleEvent): void => {
    const key = this.#opened?.key;
    if (newState !== 'closed' || !key || !(currentTarget as Element).matches(':focus-within')) return;
    this.#keys.cursor.cellOf(idOf(key))?.focus({preventScroll: true});
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') (event.currentTarget as HTMLElement).hidePopover();
    moveByArrow(event);
  };
}
