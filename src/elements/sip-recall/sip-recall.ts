import {html, LitElement, type TemplateResult} from 'lit';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {ClientController} from '../../controllers/client-controller.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {RecallPanelElement} from './recall-panel.js';

/**
 * What was heard in the last minutes, cut into utterances: a timeline, and a list in which one press plays an utterance again
 * while the calls go on. One key repeats the last one, as long as the element is on the page.
 *
 * The `recall` attribute of the `<sip-client>` says for how many minutes something is kept. The element tells its user that
 * sound is kept, and for how long.
 *
 * The panel is loaded when the element is first on a page.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart panel - The box around everything.
 * @csspart repeat - The button that repeats the last utterance.
 * @csspart rate - The field for how fast utterances play.
 * @csspart note - For how long sound is kept.
 * @csspart timeline - The last minutes as a picture: a line for each call, group or conference.
 * @csspart utterance - Each utterance.
 * @csspart play - The button that plays an utterance, or stops it.
 * @csspart keep - The button that makes a recording of an utterance.
 * @csspart download - The button that downloads the recording of an utterance.
 * @csspart saved - Whether an utterance has a recording, and for how long.
 * @csspart notice - A message about a failure or a limitation.
 * @cssprop [--sip-recall-height=20rem] - The height up to which the list grows before it scrolls.
 */
export class SipRecallElement extends LitElement {
  static override styles = [shared];

  /** Shows only what was heard of this number: a caller, a group or a conference. */
  @property() number = '';
  /** The key that repeats the last utterance, anywhere on the page except while the user types; empty for none. */
  @property({attribute: 'repeat-key'}) repeatKey = 'Alt+L';
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #lazy = new LazyElement<RecallPanelElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-recall-panel',
    load: async () => (await import('./inner.js')).inner,
  });

  constructor() {
    super();
    new ClientController(this, () => this.htmlFor, {handsOn: true});
  }

  /**
   * Plays the last utterance that is shown; resolves when it sounds.
   *
   * @throws {SipError} `nothing-to-repeat`, `playback-blocked`
   */
  async repeat(): Promise<void> {
    await (await this.#lazy.load()).repeat();
  }

  protected override render(): TemplateResult {
    return this.#lazy.render(
      () =>
        html`<sip-recall-panel
          exportparts=${this.#lazy.parts}
          .number=${this.number}
          .repeatKey=${this.repeatKey}
        ></sip-recall-panel>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-recall': SipRecallElement;
  }
}
