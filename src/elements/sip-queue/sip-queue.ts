import {html, LitElement, type TemplateResult} from 'lit';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {QueuePanelElement} from './queue-panel.js';

/**
 * The queue of a dispatcher: calls that wait, run or are on hold, each in a place that it keeps. SOS calls are first and stay
 * an alarm until they are acknowledged, also after they were answered or have ended.
 *
 * Nothing moves while the pointer is on the list or a keyboard user is in it: a new call takes the place at the end, and
 * the place of a call that is gone stays empty. Otherwise SOS calls are first, then urgent ones, those that wait, those
 * that run, and those on hold.
 *
 * A call is answered while the others are held, or instead of them. Several calls that are chosen become one conference.
 * During an SOS, one press ends it and returns to the conference that it interrupted.
 *
 * The panel is loaded when the element is first on a page. It fills a height that the page gives to the element.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart panel - The box around everything.
 * @csspart sos-count - How many SOS are not acknowledged.
 * @csspart longest-wait - How long the call that waits longest has waited.
 * @csspart alarms - The place of the alarms, which is reserved.
 * @csspart alarm - Each SOS that is not acknowledged.
 * @csspart live - The sign that an SOS is heard.
 * @csspart position - Where the caller is, and since when that is known.
 * @csspart acknowledge - The button that acknowledges an SOS.
 * @csspart return - The button that returns to the call that the SOS interrupted.
 * @csspart line - Each call.
 * @csspart ended - Each ended call; it is shown for some seconds.
 * @csspart urgent - The sign of an urgent or SOS call.
 * @csspart choose - The checkbox of a call that a conference can be made of.
 * @csspart answer - The button that answers and holds the active call.
 * @csspart answer-audio - The button that answers a video call with audio only.
 * @csspart answer-hangup - The button that answers and ends the active call.
 * @csspart show-camera - The button that lets the caller see the camera.
 * @csspart decline - The button that declines a call.
 * @csspart hold - The button that holds or resumes a call.
 * @csspart hangup - The button that ends a call.
 * @csspart again - The button that calls again.
 * @csspart dismiss - The button that removes an ended call.
 * @csspart selection - The bar below the list: how many calls are chosen.
 * @csspart merge - The button that makes a conference of the chosen calls.
 * @csspart notice - A message about a failure.
 */
export class SipQueueElement extends LitElement {
  static override styles = [shared];

  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #lazy = new LazyElement<QueuePanelElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-queue-panel',
    load: async () => (await import('./inner.js')).inner,
  });

  constructor() {
    super();
    new ClientController(this, () => this.htmlFor, {handsOn: true});
  }

  /**
   * Answers the first call of the queue that waits: SOS and urgent calls first, then the oldest one. The active call is held.
   *
   * @throws {SipError} `invalid-state` if no call waits; as `SipCall.answer`.
   */
  async answer(): Promise<void> {
    await (await this.#lazy.load()).answer();
  }

  /** Moves the focus to the first button of the list. */
  override focus(options?: FocusOptions): void {
    this.#lazy.use((panel) => panel.focus(options));
  }

  protected override render(): TemplateResult {
    return this.#lazy.render(() => html`<sip-queue-panel exportparts=${this.#lazy.parts}></sip-queue-panel>`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-queue': SipQueueElement;
  }
}
