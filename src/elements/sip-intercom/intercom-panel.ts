import {ContextProvider} from '@lit/context';
import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {CancelableCommand} from '../../controllers/cancelable-command.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {commandsContext} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import {isWaiting} from '../../core/call/newest-call.js';
import type {BaseClient} from '../../core/client/client.js';
import type {Numbers} from '../../core/directory/directory.js';
import type {SipIntercom} from '../../core/intercom/intercom.js';
import {writtenNumbers} from '../../core/util/number.js';
import {SipError} from '../../errors.js';
import '../../locales/intercom-en.js';
import {answerControls, isAnsweredElsewhere} from '../shared/calls/answer-controls.js';
import {stateText} from '../shared/calls/call-texts.js';
import {warningNotice} from '../shared/calls/call-warning.js';
import {SoundMenuElement} from '../shared/calls/sound-menu.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {radioIcon} from '../shared/icons/later.js';
import {logOutIcon} from '../shared/icons/phone.js';
import {listBar} from '../shared/buttons/list-bar.js';
import {notice} from '../shared/notice.js';
import {initialsOf, nameLine, nameOf, pictureOf} from '../shared/people/people.js';
import {isRegistered, registrationNotice} from '../shared/registration.js';
import {listPanel, panelStates} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {joinGroup} from '../shared/talk/join-group.js';
import {IntercomJoinElement} from './intercom-join.js';
import {IntercomMembersElement} from './intercom-members.js';
import {styles} from './intercom-panel.styles.js';
import {IntercomTalkElement} from './intercom-talk.js';

/**
 * The contents of a `<sip-intercom>`: the form that joins, or the intercom shown.
 *
 * @fires {CustomEvent<SipIntercom>} joined - An intercom was joined here.
 * @fires {CustomEvent} sound - The user wants the sound turned on.
 */
export class IntercomPanelElement extends LitElement {
  static readonly parts = [
    'panel, leave, decline, answer-audio, sound, notice, retry',
    IntercomJoinElement.parts,
    IntercomMembersElement.parts,
    SoundMenuElement.parts,
    IntercomTalkElement.parts,
  ].join();

  static override styles = [inner, listPanel, panelStates, styles];

  /** The intercom shown. */
  @property({attribute: false}) intercom: SipIntercom | undefined;
  /** The other properties are those of `<sip-intercom>`. */
  @property({attribute: false}) sid = '';
  @property({attribute: false}) group = '';
  @property({attribute: false}) members: Numbers = '';
  @property({attribute: false}) number = '';
  @property({attribute: false}) name = '';
  @property({attribute: false}) pushKey = '';
  @property({attribute: false}) pressToToggle = false;
  @property({attribute: false}) silent = false;

  readonly #client = new ClientController(this);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #joining = new CancelableCommand(this, this.#commands);
  /** The number in the form's field. */
  #typed = '';
  /** Why the last intercom ended, until the user dismisses the notice. */
  #ended = '';

  constructor() {
    super();
    new StateController(this, () => [this.#client.client, this.intercom]);
    new ContextProvider(this, {context: commandsContext, initialValue: this.#commands});
    new FocusKeeper(this, () => () => this.#entrance);
  }

  /** Joins the group. @throws {SipError} */
  start(): Promise<SipIntercom> {
    return this.#joining.attempt(async (signal) => {
      const {client} = this.#client;
      if (!client) throw new SipError('not-connected');
      const intercom = await this.#ask(client, signal);
      if (signal.aborted) {
        // The user canceled while the server replied.
        await intercom.hangup();
        throw new SipError('aborted', {subject: 'start'});
      }
      this.dispatchEvent(new CustomEvent('joined', {detail: intercom}));
      return intercom;
    });
  }

  /** Cancels a request that the server has not answered yet; returns false if there is none. */
  cancel(): boolean {
    return this.#joining.cancel();
  }

  override focus(options?: FocusOptions): void {
    this.#entrance?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('intercom')) return;
    this.#ended = this.intercom ? '' : this.#reasonOf(changed.get('intercom'));
    if (this.intercom) this.#commands.dismiss();
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
      ${client ? this.#renderWith(client) : absenceNote(radioIcon, this.#client, localize)}
    </div>`;
  }

  get #entrance(): HTMLElement | null {
    const {renderRoot} = this;
    return (
      renderRoot.querySelector<HTMLElement>('sip-intercom-talk, sip-intercom-join') ??
      renderRoot.querySelector<HTMLElement>('.card')
    );
  }

  #renderWith(client: BaseClient): TemplateResult {
    const localize = this.#localize;
    const {intercom} = this;
    if (intercom) return html`${this.#renderIntercom(intercom)} ${this.#renderNotice(client)}`;
    if (this.sid) return emptyNote(radioIcon, this.#ended || localize.term('noIntercomNow'));
    if (client.state.connection === 'connected' && !client.capabilities.intercom)
      return emptyNote(radioIcon, localize.term('noIntercoms'));
    return html`${this.#renderJoin()} ${this.#renderNotice(client)}`;
  }

  #renderJoin(): TemplateResult {
    const {group, name} = this;
    const intercom = this.#localize.term('intercom');
    return html`<sip-intercom-join
      exportparts=${IntercomJoinElement.parts}
      .name=${name || (group ? `${intercom} ${group}` : intercom)}
      .asks=${!group && !writtenNumbers(this.members).length}
      .typed=${this.#typed}
      .joining=${this.#joining.running}
      @type=${this.#onType}
      @join=${this.#onJoin}
      @cancel=${() => this.cancel()}
    ></sip-intercom-join>`;
  }

  #renderIntercom(intercom: SipIntercom): TemplateResult {
    const localize = this.#localize;
    const waits = isWaiting(intercom);
    const connected = intercom.state.phase === 'answered';
    const leave = (): void => void this.#commands.run(() => intercom.hangup());
    return html`${listBar(
        nameLine(intercom.remote, localize),
        html`${
          connected
            ? html`<sip-intercom-members exportparts=${IntercomMembersElement.parts}></sip-intercom-members>
                <sip-sound-menu
                  exportparts=${SoundMenuElement.parts}
                  .call=${intercom}
                  .devices=${this.#client.client?.devices}
                  .label=${nameOf(intercom.remote, localize)}
                  .volumeLabel=${localize.term('groupVolume')}
                ></sip-sound-menu>`
            : nothing
        }
        ${
          waits
            ? nothing
            : html`<button part="leave" class="toggle leave" type="button" @click=${leave}>
                ${logOutIcon} ${localize.term('leave')}
              </button>`
        }`,
      )}
      ${
        connected
          ? html`<sip-intercom-talk
              exportparts=${IntercomTalkElement.parts}
              .pushKey=${this.pushKey}
              .pressToToggle=${this.pressToToggle}
            ></sip-intercom-talk>`
          : html`<div class="middle">
              <span class="avatar ${waits ? 'rings' : ''}" aria-hidden="true"
                >${waits ? [initialsOf(intercom.remote), pictureOf(intercom.remote)] : radioIcon}</span
              >
              <p role="status">${waits ? localize.term('incomingIntercom') : localize.term('joining')}</p>
            </div>`
      }
      ${waits && !isAnsweredElsewhere(this.#client.client, intercom) ? html`<div class="buttons answers">${answerControls(intercom, localize, this.#commands)}</div>` : nothing}
      <sip-audio
        class="sound"
        exportparts="sound"
        .silent=${this.silent}
        .special=${true}
        @click=${() => this.dispatchEvent(new CustomEvent('sound'))}
      ></sip-audio>`;
  }

  #renderNotice(client: BaseClient): TemplateResult | typeof nothing {
    const localize = this.#localize;
    const {intercom} = this;
    const warning = intercom?.state.warning;
    if (warning) return warningNotice(intercom, warning, {localize, commands: this.#commands});
    const onDismiss = (): void => {
      this.#ended = '';
      this.requestUpdate();
    };
    if (this.#ended && !this.#commands.error)
      return notice(this.#ended, {localize, informs: true, onDismiss});
    return registrationNotice(client, localize, this.#commands);
  }

  /** The text for why an intercom ended; empty if the user left. */
  #reasonOf(intercom: SipIntercom | undefined): string {
    const {phase, cause} = intercom?.state ?? {};
    if (!intercom || phase !== 'released' || cause?.by === 'local') return '';
    return cause?.code === 'normal'
      ? this.#localize.term('intercomEnded')
      : stateText(intercom, this.#localize);
  }

  async #ask(client: BaseClient, signal: AbortSignal): Promise<SipIntercom> {
    const {group, members, number, name} = this;
    if (!group && writtenNumbers(members).length) return client.intercom({members, number, name, signal});
    return joinGroup(client, group || this.#typed, signal);
  }

  readonly #onType = ({detail}: CustomEvent<string>): void => {
    this.#typed = detail;
    this.#commands.dismiss();
    this.requestUpdate();
  };

  /** Joins; without a registration it shows the reason, without a group it focuses the field. */
  readonly #onJoin = ({currentTarget}: Event): void => {
    const form = currentTarget as IntercomJoinElement;
    if (this.#joining.running) return;
    if (!isRegistered(this.#client.client)) this.#commands.fail(new SipError('not-registered'));
    else if (form.asks && !this.#typed.trim()) form.focus();
    else void this.#commands.reportFailureOf(this.start());
  };
}
