import {ContextProvider} from '@lit/context';
import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {callContext} from '../../context/call-context.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {Numbers} from '../../core/directory/directory.js';
import type {SipIntercom} from '../../core/intercom/intercom.js';
import {isWaiting} from '../../core/call/newest-call.js';
import {answerControls} from '../shared/answer-controls.js';
import {stateText} from '../shared/call-texts.js';
import {setState} from '../shared/custom-state.js';
import {form} from '../shared/styles/form.styles.js';
import {phoneOffIcon, radioIcon} from '../shared/icons.js';
import {listPanel} from '../shared/styles/list-panel.styles.js';
import {notice} from '../shared/notice.js';
import {initialsOf, nameLine} from '../shared/people/people.js';
import {property} from '../shared/property.js';
import {registrationNotice} from '../shared/registration.js';
import {registrationStyles} from '../shared/styles/registration.styles.js';
import {shared} from '../shared/styles/shared.styles.js';
import {styles} from './sip-intercom.styles.js';
import {shownIntercom} from './choice.js';
import type {IntercomHost} from './host.js';
import {Join} from './join.js';
import {Talk} from './talk.js';
import {viewContext} from '../shared/view-context.js';

/**
 * Push to talk: joins an intercom group, plays it, shows who speaks, and lets its user speak for as long as the button is
 * held, by pointer, by the space bar or Enter on it, or by a key of the page's choice.
 *
 * The microphone is heard while the server grants the floor, and never otherwise. The floor is given back when the button
 * is let go, and where that might go unseen: the window loses the focus, the page is hidden, the pointer is lost, the
 * button loses the focus while a key holds it, the connection is lost, the element leaves the document. Who speaks is
 * seen and read out; short tones say that one is heard now, that one is not, that somebody has ended.
 *
 * Without a group it shows the client's newest intercom; while there is none, a field for the number of one. It plays the
 * sound, and a `<sip-call>` beside it leaves the intercom to it.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart panel - The box around it all.
 * @csspart group-field - The field for a group's number.
 * @csspart join - The button that joins.
 * @csspart cancel - The button that gives that up.
 * @csspart speaker - Who speaks.
 * @csspart time - How long this side has been speaking.
 * @csspart talk - The button to hold.
 * @csspart leave - The button that leaves.
 * @csspart decline - The button that declines a group's call.
 * @csspart answer-audio - The button that answers it.
 * @csspart sound - The button that turns the sound on.
 * @csspart notice - What went wrong.
 * @cssprop [--sip-intercom-button=9rem] - How wide the button to hold is.
 * @cssstate granted - This side is heard.
 * @cssstate taken - Somebody else is.
 * @cssstate joined - The line stands.
 */
export class SipIntercomElement extends LitElement implements IntercomHost {
  static override styles = [shared, listPanel, form, registrationStyles, styles];

  /** The id of the intercom to show; the one that the other attributes name where it is empty. */
  @property() sid = '';
  /** The number of the group to join. */
  @property() group = '';
  /** Whom a group for the moment calls together: numbers, or one text with commas between them. */
  @property() members: Numbers = '';
  /** Such a group's own number; the server allots one where it is empty. */
  @property() number = '';
  /** What such a group is called. */
  @property() name = '';
  /**
   * A key that works like the button anywhere on the page, but where somebody types: `F8`, `Control+T`, or as
   * `KeyboardEvent.code` names it, `Space`, `ControlRight`.
   */
  @property({attribute: 'push-key'}) pushKey = '';
  /** One press begins and the next one ends, for those who cannot hold a button. */
  @property({type: Boolean, attribute: 'press-to-toggle', reflect: true})
  pressToToggle = false;
  /** Keeps the sound off until the user turns it on. */
  @property({type: Boolean, reflect: true}) silent = false;
  /** The id of the `<sip-client>`; the nearest one around it where it is empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #internals = this.attachInternals();
  readonly #client = new ClientController(this, () => this.htmlFor);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #provider = new ContextProvider(this, {context: callContext});
  readonly #join: Join;
  readonly #talk: Talk;
  #shown: SipIntercom | undefined;
  /** Why the last one is over, until it is dismissed. */
  #ended = '';
  /** Something inside had the focus when rendering began. */
  #focused = false;

  constructor() {
    super();
    const context = viewContext(this, this.#client, {localize: this.#localize, commands: this.#commands});
    new StateController(this, () => [
      this.#client.client,
      ...(this.#client.client?.state.calls ?? []),
      this.#shown,
    ]);
    this.#join = new Join(context);
    this.#talk = new Talk(context);
  }

  /** The intercom that is shown. */
  get intercom(): SipIntercom | undefined {
    const {sid, group} = this;
    return shownIntercom(this.#client.client, {sid, group, own: this.#join.made});
  }

  /**
   * Joins the group, or calls the members together; resolves once the server has named it. A failure is shown as well.
   *
   * @throws {SipError} What `SipClient.intercom` rejects with; `invalid-state` while it joins.
   */
  async start(): Promise<SipIntercom> {
    return this.#join.start();
  }

  /** Gives up joining, or leaves. */
  async stop(): Promise<void> {
    if (!this.#join.cancel()) await this.intercom?.hangup();
  }

  /** Moves the focus to the button to hold, or else to what comes before it. */
  override focus(options?: FocusOptions): void {
    const target = this.renderRoot.querySelector<HTMLElement>('[part=talk], [part=group-field], [part=join]');
    (target ?? this.renderRoot.querySelector<HTMLElement>('.card'))?.focus(options);
  }

  protected override willUpdate(): void {
    this.#focused = !!this.shadowRoot?.activeElement;
    const next = this.intercom;
    const before = this.#shown;
    if (next === before) return;
    this.#shown = next;
    this.#provider.setValue(next);
    this.#talk.follow(next);
    this.#ended = next ? '' : this.#reasonOf(before);
    if (next) this.#commands.dismiss();
  }

  protected override render(): TemplateResult {
    const {client} = this.#client;
    const localize = this.#localize;
    return html`<div
      part="panel"
      class="card"
      role="group"
      tabindex="-1"
      aria-label=${localize.term('intercom')}
    >
      ${client ? this.#renderWith(client) : this.#renderEmpty(this.#client.absence(localize))}
    </div>`;
  }

  protected override updated(): void {
    const {phase, floor} = this.#shown?.state ?? {};
    const joined = phase === 'answered';
    setState(this.#internals, 'joined', joined);
    for (const name of ['granted', 'taken'] as const)
      setState(this.#internals, name, joined && floor === name);
    // What had the focus is gone: whoever works by keyboard goes on from here, not from the page's top.
    if (this.#focused && !this.shadowRoot?.activeElement) this.focus({preventScroll: true});
  }

  #renderWith(client: BaseClient): unknown {
    const localize = this.#localize;
    const intercom = this.#shown;
    if (intercom) return html`${this.#renderIntercom(intercom)} ${this.#renderNotice(client)}`;
    if (this.sid) return this.#renderEmpty(this.#ended || localize.term('noIntercomNow'));
    if (client.state.connection === 'connected' && !client.capabilities.intercom)
      return this.#renderEmpty(localize.term('noIntercoms'));
    return html`${this.#join.render(client)} ${this.#renderNotice(client)}`;
  }

  #renderIntercom(intercom: SipIntercom): TemplateResult {
    const localize = this.#localize;
    const waits = isWaiting(intercom);
    const stands = intercom.state.phase === 'answered';
    const leave = (): void => void this.#commands.run(() => intercom.hangup());
    return html`<div class="bar">
        ${nameLine(intercom.remote, localize)}<span class="space"></span>
        ${
          waits
            ? nothing
            : html`<button part="leave" class="toggle leave" type="button" @click=${leave}>
                ${phoneOffIcon} ${localize.term('leave')}
              </button>`
        }
      </div>
      ${
        stands
          ? this.#talk.render(intercom)
          : html`<div class="middle">
              <span class="avatar ${waits ? 'rings' : ''}" aria-hidden="true"
                >${waits ? initialsOf(intercom.remote) : radioIcon}</span
              >
              <p role="status">${waits ? localize.term('incomingIntercom') : localize.term('joining')}</p>
            </div>`
      }
      ${waits ? html`<div class="buttons answers">${answerControls(intercom, localize, this.#commands)}</div>` : nothing}
      <sip-audio
        class="sound"
        exportparts="sound"
        .silent=${this.silent}
        @click=${() => (this.silent = false)}
      ></sip-audio>`;
  }

  #renderNotice(client: BaseClient): unknown {
    const localize = this.#localize;
    const {warning} = this.#shown?.state ?? {};
    if (warning) return notice(localize.describe({code: warning}), {localize, warns: true});
    const onDismiss = (): void => {
      this.#ended = '';
      this.requestUpdate();
    };
    if (this.#ended && !this.#commands.error)
      return notice(this.#ended, {localize, informs: true, onDismiss});
    return registrationNotice(client, localize, this.#commands);
  }

  #renderEmpty(text: string): TemplateResult {
    return html`<div class="empty">
      ${radioIcon}
      <p class="quiet">${text}</p>
    </div>`;
  }

  /** Nothing where the user has left. */
  #reasonOf(intercom: SipIntercom | undefined): string {
    const {phase, cause} = intercom?.state ?? {};
    if (!intercom || phase !== 'released' || cause?.by === 'local') return '';
    return cause?.code === 'normal'
      ? this.#localize.term('intercomEnded')
      : stateText(intercom, this.#localize);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-intercom': SipIntercomElement;
  }
}
