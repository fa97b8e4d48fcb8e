import {html, LitElement, type TemplateResult} from 'lit';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {RecordingsPanelElement} from './recordings-panel.js';

/**
 * Lists the recordings that this browser keeps of the account's calls, the newest first. Each can be played in place, at
 * another speed, too, given a title, downloaded and deleted; deleting can be undone for a minute.
 *
 * The panel is loaded when the element is first on a page.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart panel - The box around everything.
 * @csspart search - The search field.
 * @csspart recording - Each recording.
 * @csspart play - The button that opens a recording and plays it, or closes it.
 * @csspart rename - The button that gives a recording a title.
 * @csspart title - The field of a title.
 * @csspart download - The button that downloads a recording.
 * @csspart delete - The button that deletes a recording.
 * @csspart player - The player of a recording.
 * @csspart more - The button that shows more recordings.
 * @csspart undo - The button that restores the recording deleted last.
 * @csspart notice - A message about a failure, or recordings that were deleted for space.
 * @cssprop [--sip-recordings-height=26rem] - The height up to which the list grows before it scrolls.
 */
export class SipRecordingsElement extends LitElement {
  static override styles = [shared];

  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #lazy = new LazyElement<RecordingsPanelElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-recordings-panel',
    load: async () => (await import('./inner.js')).inner,
  });

  constructor() {
    super();
    new ClientController(this, () => this.htmlFor, {handsOn: true});
  }

  /**
   * Opens a recording, scrolls to it, and plays it.
   *
   * @throws {SipError} `recording-not-found`
   */
  async play(id: string): Promise<void> {
    await (await this.#lazy.load()).play(id);
  }

  protected override render(): TemplateResult {
    return this.#lazy.render(
      () => html`<sip-recordings-panel exportparts=${this.#lazy.parts}></sip-recordings-panel>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-recordings': SipRecordingsElement;
  }
}
