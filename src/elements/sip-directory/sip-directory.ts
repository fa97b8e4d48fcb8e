import {html, LitElement, type TemplateResult} from 'lit';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {Person} from '../../core/directory/people.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {Selected} from '../shared/selection/selection.js';
import type {SelectionAction} from '../shared/selection/selection-actions.js';
import type {DirectoryPanelElement} from './directory-panel.js';
import type {DirectoryAction} from './actions.js';
import type {PageNumbers} from './page-people.js';

export type {PageNumbers} from './page-people.js';
export type {DirectoryAction} from './actions.js';

/**
 * Shows the people and devices that the server knows, in their groups, with their presence and position. It searches as
 * the user types and calls from a row.
 *
 * With `numbers` it shows those numbers instead, as a busy lamp field: which are in a call or ringing. This is for
 * servers that have no directory.
 *
 * The tree supports the usual keys: arrows, Home, End, Page Up and Page Down, and the first letters of a name; Enter
 * opens a group and calls a person; Tab moves to the row's buttons; the menu key opens a person's menu. People can be
 * dragged; they carry their numbers as text.
 *
 * The panel is loaded when the element is first on a page.
 *
 * @fires {CustomEvent<{action: DirectoryAction, person: Person}>} sip-directory-action - The user chose an action for a person, by a button or in the menu. Cancelable: if canceled, nothing happens. `invite`, `message` and `monitor` are handled by a `<sip-conference>`, `<sip-messages>` or `<sip-monitor>` of the same client, or by the page.
 * @fires {CustomEvent<{action: SelectionAction, selected: readonly Selected[]}>} sip-selection-action - The user chose an action for all that is selected. Cancelable: if canceled, nothing happens, and the selection is cleared.
 * @fires {CustomEvent<{error: SipError}>} sip-error - An action failed.
 * @csspart panel - The box around everything.
 * @csspart search - The search field.
 * @csspart tree - The groups and people.
 * @csspart row - Each row of the tree.
 * @csspart call - The button for an audio call.
 * @csspart video - The button for a video call.
 * @csspart invite - The button that adds a person to a conference.
 * @csspart message - The button that opens a conversation.
 * @csspart monitor - The button that shows a person's camera.
 * @csspart more - The button that opens a person's menu.
 * @csspart urgent - The menu item for an urgent call.
 * @csspart sos - The menu item for an SOS call.
 * @csspart listen-in - The menu item that listens to a person's call.
 * @csspart barge-in - The menu item that barges into a person's call.
 * @csspart force-end - The menu item that ends a person's call after the user has confirmed that.
 * @csspart pick-up - The button and the menu item that answer the call that rings at a person, if the client has feature codes.
 * @csspart whisper - The menu item that listens to a person's call and speaks to that person alone, if there is a code for it.
 * @csspart cancel - The button that cancels ending the call.
 * @csspart confirm - The button that confirms ending the call.
 * @csspart retry - The button that requests the data again.
 * @csspart select - The box that selects a person or a group.
 * @csspart selection - The bar of what is selected.
 * @csspart selection-count - How much is selected.
 * @csspart clear-selection - The button that clears the selection.
 * @csspart selection-action - Each button of the bar.
 * @csspart selection-report - What became of each person after an action of the bar.
 * @csspart selection-text - The form of a text to those who are selected.
 * @csspart notice - A message about a failure.
 * @cssprop [--sip-directory-height=30rem] - The height up to which the tree grows before it scrolls.
 */
export class SipDirectoryElement extends LitElement {
  static override styles = [shared];

  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';
  /**
   * The actions of a row, separated by spaces: `call`, `video`, `invite`, `message`, `monitor` as buttons, `pick-up`,
   * `urgent`, `sos`, `listen-in`, `barge-in`, `force-end`, `whisper` in a menu. Actions that the server does not support are
   * left out. `invite` is for a `<sip-conference>` of the same client, `monitor` for a `<sip-monitor>`; the last four are
   * for people who are in a call, `pick-up` for those whose phone is ringing, and it is a button, too.
   */
  @property() actions = 'call video pick-up urgent sos listen-in barge-in force-end whisper';

  /** Rows of 36 px, for a mouse: name, number and state on one line, and the actions over the row that is hovered or focused. */
  @property({type: Boolean, reflect: true}) dense = false;

  /**
   * Lets the user select several people and groups: by their boxes, by Ctrl or Shift and a click, and by Space, Shift with
   * an arrow key, and Ctrl+A. Below the tree is the bar with what can be done with them; its place is always there, and
   * the tree has the whole of its height.
   */
  @property({type: Boolean, reflect: true}) selectable = false;

  /**
   * Numbers to show instead of the server's directory, separated by `,`, `;` or spaces; the property also takes a list
   * whose items may be `{number, name}`.
   */
  @property() numbers: PageNumbers = '';

  readonly #client = new ClientController(this, () => this.htmlFor, {handsOn: true});
  readonly #lazy = new LazyElement<DirectoryPanelElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-directory-panel',
    load: async () => (await import('./inner.js')).inner,
  });

  /** The client whose directory is shown. */
  get client(): BaseClient | undefined {
    return this.#client.client;
  }

  /** Listens in to the person in the chosen row; resolves with false if no one who is in a call is chosen. */
  async listenIn(): Promise<boolean> {
    return (await this.#lazy.load()).listenIn();
  }

  /** Moves the focus to the search field, or to the tree if there is none. */
  override focus(options?: FocusOptions): void {
    this.#lazy.use((panel) => panel.focus(options));
  }

  protected override render(): TemplateResult {
    return this.#lazy.render(
      () =>
        html`<sip-directory-panel
          exportparts=${this.#lazy.parts}
          .actions=${this.actions}
          .numbers=${this.numbers}
          .dense=${this.dense}
          .selectable=${this.selectable}
        ></sip-directory-panel>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-directory': SipDirectoryElement;
  }
  interface HTMLElementEventMap {
    'sip-directory-action': CustomEvent<{readonly action: DirectoryAction; readonly person: Person}>;
    'sip-selection-action': CustomEvent<{
      readonly action: SelectionAction;
      readonly selected: readonly Selected[];
    }>;
  }
}
