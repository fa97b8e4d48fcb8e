import {html, LitElement, type TemplateResult} from 'lit';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {CheckReport} from '../../core/diagnosis/report.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {CheckPanelElement} from './check-panel.js';

/**
 * Finds out whether calls work from here, step by step: the page, the devices, the network, the server, TURN, a test call and
 * its quality. Each step says what was found and what to do.
 *
 * It works before the user signs in, and leaves running calls alone. Afterwards it shows a report without secrets, which the
 * user can download.
 *
 * The panel is loaded when the element is first on a page.
 *
 * @fires {CustomEvent<{report: CheckReport}>} sip-check-report - The user sends the report, with `sends`.
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart panel - The box around everything.
 * @csspart check - The button that starts the check, or stops it.
 * @csspart progress - How many steps have ended.
 * @csspart summary - Whether calls work.
 * @csspart step - Each step.
 * @csspart report - The report, and what is done with it.
 * @csspart mask - The checkbox that hides numbers in the report.
 * @csspart text - The report's text.
 * @csspart download - The button that downloads the report.
 * @csspart send - The button that sends the report.
 * @csspart notice - A message about a failure.
 * @cssprop [--sip-check-height=none] - The height up to which the list of steps grows before it scrolls.
 */
export class SipCheckElement extends LitElement {
  static override styles = [shared];

  /** A number that answers and sends back what it hears, for the test call; the server's own one if empty. */
  @property() echo = '';
  /** Whether the page sends reports: a button then dispatches `sip-check-report`. */
  @property({type: Boolean}) sends = false;
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #lazy = new LazyElement<CheckPanelElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-check-panel',
    load: async () => (await import('./inner.js')).inner,
  });

  constructor() {
    super();
    new ClientController(this, () => this.htmlFor, {handsOn: true});
  }

  /** Starts the check; resolves with its report when all steps have ended. */
  async check(): Promise<CheckReport> {
    return (await this.#lazy.load()).check();
  }

  /** Moves the focus to the button that starts the check, or stops it. */
  override focus(): void {
    this.#lazy.use((panel) => panel.focus());
  }

  protected override render(): TemplateResult {
    return this.#lazy.render(
      () =>
        html`<sip-check-panel
          exportparts=${this.#lazy.parts}
          .echo=${this.echo}
          .sends=${this.sends}
        ></sip-check-panel>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-check': SipCheckElement;
  }
  interface HTMLElementEventMap {
    'sip-check-report': CustomEvent<{readonly report: CheckReport}>;
  }
}
