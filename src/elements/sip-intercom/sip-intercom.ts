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
import {FocusKeeper} from '../shared/focus-keeper.js';
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
 * Push to talk: joins an intercom group, plays it, shows the speaker, and lets the user speak while they hold the
 * button by pointer, by the space bar or Enter on it, or by a key that the page chooses.
 *
 * The microphone is heard only while the server grants the floor. The element releases the floor when the button is
 * released, and whenever the release might be missed: the window loses the focus, the page is hidden, the pointer is
 * lost, the button loses the focus while a key holds it, the connection is lost, or the element leaves the document.
 * The speaker is shown and announced; short tones signal that the user is heard, that they are not, and that another
 * speaker has finished.
 *
 * Without a group it shows the client's newest intercom; while there is none, a field for a group's number. It plays
 * the sound, and a `<sip-call>` beside it does not show the intercom.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart panel - The box around everything.
 * @csspart group-field - The field for a group's number.
 * @csspart join - The button that joins.
 * @csspart cancel - The button that cancels joining.
 * @csspart speaker - The speaker.
 * @csspart time - How long the user has been speaking.
 * @csspart talk - The push-to-talk button.
 * @csspart leave - The button that leaves.
 * @csspart decline - The button that declines a group's call.
 * @csspart answer-audio - The button that answers a group's call.
 * @csspart sound - The button that turns the sound on.
 * @csspart notice - A message about a failure.
 * @cssprop [--sip-intercom-button=9rem] - The width of the push-to-talk button.
 * @cssstate granted - The user is heard.
 * @cssstate taken - Another member is heard.
 * @cssstate joined - The intercom is connected.
 */
export class SipIntercomElement extends LitElement implements IntercomHost {
  static override styles = [shared, listPanel, form, registrationStyles, styles];

  /** The id of the intercom to show; if empty, the other attributes choose it. */
  @property() sid = '';
  /** The number of the group to join. */
  @property() group = '';
  /** The members that a temporary group calls: numbers, or one string separated by commas. */
  @property() members: Numbers = '';
  /** The number of a temporary group; the server assigns one if empty. */
  @property() number = '';
  /** The name of a temporary group. */
  @property() name = '';
  /**
   * A key that works like the button anywhere on the page, except while the user types: `F8`, `Control+T`, or a
   * `KeyboardEvent.code` such as `Space`, `ControlRight`.
   */
  @property({attribute: 'push-key'}) pushKey = '';
  /** The first press begins and the second one ends, for users who cannot hold a button. */
  @property({type: Boolean, attribute: 'press-to-toggle', reflect: true})
  pressToToggle = false;
  /** Keeps the sound off until the user turns it on. */
  @property({type: Boolean, reflect: true}) silent = false;
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #internals = this.attachInternals();
  readonly #client = new ClientController(this, () => this.htmlFor);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #provider = new ContextProvider(this, {context: callContext});
  readonly #join: Join;
  readonly #talk: Talk;
  #shown: SipIntercom | undefined;
  /** Why the last intercom ended, until the user dismisses the notice. */
  #ended = '';

  constructor() {
    super();
    const context = viewContext(this, this.#client, {localize: this.#localize, commands: this.#commands});
    new StateController(this, () => [
      this.#client.client,
      ...(this.#client.client?.state.calls ?? []),
      this.#shown,
    ]);
    new FocusKeeper(this, () => () => this.#entrance);
    this.#join = new Join(context);
    this.#talk = new Talk(context);
  }

  /** The intercom shown. */
  get intercom(): SipIntercom | undefined {
    const {sid, group} = this;
    return shownIntercom(this.#client.client, {sid, group, own: this.#join.made});
  }

  /**
   * Joins the group, or calls the members; resolves once the server has named the intercom. The element also shows a
   * failure.
   *
   * @throws {SipError} The error that `SipClient.intercom` rejects with; `invalid-state` while joining.
   */
  async start(): Promise<SipIntercom> {
    return this.#join.start();
  }

  /** Cancels joining, or leaves the intercom. */
  async stop(): Promise<void> {
    if (!this.#join.cancel()) await this.intercom?.hangup();
  }

  /** Moves the focus to the push-to-talk button, or to the controls that precede it. */
  override focus(options?: FocusOptions): void {
    this.#entrance?.focus(options);
  }

  protected override willUpdate(): void {
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
  }

  get #entrance(): HTMLElement | null {
    const {renderRoot} = this;
    return (
      renderRoot.querySelector<HTMLElement>('[part=talk], [part=group-field], [part=join]') ??
      renderRoot.querySelector<HTMLElement>('.card')
    );
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

  /** The text for why an intercom ended; empty if the user left. */
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
