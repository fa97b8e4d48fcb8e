import {html, LitElement, type TemplateResult} from 'lit';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {JournalPanelElement} from './journal-panel.js';

/**
 * What has happened in a shift, the newest first: calls, conferences, talk groups, texts, recordings, sign-ins and losses of
 * connection. Rows can be filtered, get notes, and be exported; one press checks that none was changed.
 *
 * The `journal-storage` attribute of the `<sip-client>` turns the journal on.
 *
 * The panel is loaded when the element is first on a page.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart panel - The box around everything.
 * @csspart view - The choice of what is shown: everything, the last hour, the shift, SOS.
 * @csspart search - The search field.
 * @csspart anyone - The button that ends the filter for one person.
 * @csspart verify - The button that checks all rows.
 * @csspart csv - The button that saves a CSV file.
 * @csspart json - The button that saves a JSON file, which can be checked.
 * @csspart row - Each row.
 * @csspart person - The button with a name, which shows the rows of this person alone.
 * @csspart people - The button that lists the people of a roll call.
 * @csspart people-list - The list of these people.
 * @csspart people-close - The button that closes the list.
 * @csspart hear - The button that plays what was said then.
 * @csspart play - The button that plays a recording, or closes its player.
 * @csspart player - The player of a recording.
 * @csspart player-close - The button that closes the player.
 * @csspart save - The button that saves a recording.
 * @csspart note - The button that writes a note to a row.
 * @csspart note-form - The form of a note.
 * @csspart note-field - The field of a note.
 * @csspart note-add - The button that adds a note.
 * @csspart note-cancel - The button that closes the form of a note.
 * @csspart notice - A message about a failure, or the result of a check.
 * @cssprop [--sip-journal-height=26rem] - The height up to which the list grows before it scrolls.
 */
export class SipJournalElement extends LitElement {
  static override styles = [shared];

  /** Shows only the rows of this number: a person, a conference or a group. */
  @property() number = '';
  /** Which rows are shown at first: `all`, `hour`, `shift` (since the user signed in) or `sos`. */
  @property() view = 'all';
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #lazy = new LazyElement<JournalPanelElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-journal-panel',
    load: async () => (await import('./inner.js')).inner,
  });

  constructor() {
    super();
    new ClientController(this, () => this.htmlFor, {handsOn: true});
  }

  protected override render(): TemplateResult {
    return this.#lazy.render(
      () =>
        html`<sip-journal-panel
          exportparts=${this.#lazy.parts}
          .number=${this.number}
          .view=${this.view}
        ></sip-journal-panel>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-journal': SipJournalElement;
  }
}
