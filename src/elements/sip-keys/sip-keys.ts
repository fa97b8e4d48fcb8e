import {css, html, LitElement, type TemplateResult} from 'lit';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import type {SelectionAction} from '../shared/selection/selection-actions.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {WrittenKeyPage, WrittenKeyPages, WrittenKeys} from './key-pages.js';
import type {KeysPanelElement} from './keys-panel.js';

export type {WrittenKey, WrittenKeyPage, WrittenKeyPages, WrittenKeys} from './key-pages.js';

/**
 * People and groups as keys: one press calls. Each key shows the state of a person as a color, a shape and a word, and how many members
 * of a group are online.
 *
 * A press calls a person, answers their call, or returns to it if it is on hold; it never hangs up. The key of a group starts a
 * conference with its members. The menu of a key, by a right click or the menu key, has the other actions.
 *
 * The keys are those that the page writes until the user arranges their own: search people and groups and add them, move and remove
 * keys, name pages. What they arrange is remembered for the account.
 *
 * The arrow keys move between the keys, Enter presses one, Page Up and Page Down show another page. Ctrl or Shift and a click, Space,
 * and Shift with an arrow key select for the bar below the keys. People can be dragged; they carry their numbers as text.
 *
 * The panel is loaded when the element is first on a page. It fills a height that the page gives to it.
 *
 * @fires {CustomEvent<{pages: readonly WrittenKeyPage[]}>} sip-keys-change - The user has arranged the keys.
 * @fires {CustomEvent<{action: DirectoryAction, person: Person}>} sip-directory-action - The user chose an action for a person, by a press or in the menu. Cancelable: if canceled, nothing happens. `invite`, `message` and `monitor` are handled by a `<sip-conference>`, `<sip-messages>` or `<sip-monitor>` of the same client, or by the page.
 * @fires {CustomEvent<{action: SelectionAction, selected: readonly Selected[]}>} sip-selection-action - The user chose an action for a group, or for all that is selected. Cancelable: if canceled, nothing happens.
 * @fires {CustomEvent<{error: SipError}>} sip-error - An action failed.
 * @csspart panel - The box around everything.
 * @csspart grid - The keys.
 * @csspart key - Each key.
 * @csspart more - The button that opens the menu of a key.
 * @csspart menu - The menu of a key.
 * @csspart group-action - Each action for a group in its menu.
 * @csspart urgent - The menu item for an urgent call.
 * @csspart sos - The menu item for an SOS call.
 * @csspart listen-in - The menu item that listens to a person's call.
 * @csspart barge-in - The menu item that barges into a person's call.
 * @csspart force-end - The menu item that ends a person's call after the user has confirmed that.
 * @csspart pick-up - The menu item that answers the call that rings at a person, if the client has feature codes.
 * @csspart whisper - The menu item that listens to a person's call and speaks to that person alone, if there is a code for it.
 * @csspart cancel - The button that cancels ending the call.
 * @csspart confirm - The button that confirms ending the call.
 * @csspart pages - The tabs of the pages.
 * @csspart page - Each tab of a page.
 * @csspart page-name - The field for the name of the page.
 * @csspart page-remove - The button that removes the page.
 * @csspart page-add - The button that adds a page.
 * @csspart edit - The button that begins and ends arranging the keys.
 * @csspart restore - The button that restores the keys of the page.
 * @csspart undo - The button that takes back the last change of pages.
 * @csspart add - The button that begins to add keys if there are none.
 * @csspart add-selected - The button that adds what is selected.
 * @csspart search - The field that finds people and groups.
 * @csspart found - The people and groups that were found.
 * @csspart remove - The button that removes a key.
 * @csspart put-back - The button that puts a removed key back.
 * @csspart selection - The bar of what is selected.
 * @csspart selection-count - How much is selected.
 * @csspart clear-selection - The button that clears the selection.
 * @csspart selection-action - Each button of the bar.
 * @csspart selection-report - What became of each person after an action.
 * @csspart selection-text - The form of a text to those who are selected.
 * @csspart notice - A message about a failure.
 */
export class SipKeysElement extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        block-size: 30rem;
      }
      sip-keys-panel {
        block-size: 100%;
      }
    `,
  ];

  /**
   * The keys of the page: numbers separated by `,`, `;` or spaces, or JSON such as
   * `[{"number": "1002", "name": "Anna"}, {"number": "8100", "group": true}]`. The property also takes a list.
   */
  @property() keys: WrittenKeys = '';
  /** Several pages of keys instead of `keys`, as JSON such as `[{"name": "Harbor", "keys": ["1002", "1003"]}]`, or as a list. */
  @property() pages: WrittenKeyPages = '';
  /**
   * The actions in the menu of a person, separated by spaces: `call`, `video`, `invite`, `message`, `monitor`, `pick-up`,
   * `urgent`, `sos`, `listen-in`, `barge-in`, `force-end`, `whisper`. Actions that the server does not support are left out; the last
   * four are for people who are in a call, `pick-up` for those whose phone is ringing.
   */
  @property() actions = 'call video message pick-up urgent sos listen-in barge-in force-end whisper';
  /** What the key of a group does: `conference`, `broadcast`, `talk` (push to talk), `call` (one after the other) or `text`. */
  @property({attribute: 'group-action'}) groupAction: SelectionAction = 'conference';
  /** Does not let the user arrange the keys. */
  @property({type: Boolean, reflect: true}) fixed = false;
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #client = new ClientController(this, () => this.htmlFor, {handsOn: true});
  readonly #lazy = new LazyElement<KeysPanelElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-keys-panel',
    load: async () => (await import('./inner.js')).loadInner(),
  });

  /** The client whose people have keys. */
  get client(): BaseClient | undefined {
    return this.#client.client;
  }

  /** Moves the focus to the keys. */
  override focus(options?: FocusOptions): void {
    this.#lazy.use((panel) => panel.focus(options));
  }

  protected override render(): TemplateResult {
    return this.#lazy.render(
      () =>
        html`<sip-keys-panel
          exportparts=${this.#lazy.parts}
          .keys=${this.keys}
          .pages=${this.pages}
          .actions=${this.actions}
          .groupAction=${this.groupAction}
          .fixed=${this.fixed}
        ></sip-keys-panel>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-keys': SipKeysElement;
  }
  interface HTMLElementEventMap {
    'sip-keys-change': CustomEvent<{readonly pages: readonly WrittenKeyPage[]}>;
  }
}
