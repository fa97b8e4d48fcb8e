import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {query} from 'lit/decorators.js';
import {CancelableCommand} from '../../controllers/cancelable-command.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import type {CallMedia, Party} from '../../core/types.js';
import {SipError} from '../../errors.js';
import {openMicrophoneAhead} from '../shared/calls/microphone-ahead.js';
import {lastDialed} from '../shared/last-dialed.js';
import {deleteBackwards, insertCleaned, insertText} from '../shared/people/dial-field.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {LazyModule} from '../shared/lazy-module.js';
import {deleteIcon, monitorUpIcon} from '../shared/icons.js';
import {keypad} from '../controls/keypad.js';
import {keypadStyles} from '../controls/keypad.styles.js';
import {errorDetails} from '../shared/notice.js';
import {pbxTools} from '../shared/pbx/pbx-tools.js';
import {property} from '../shared/property.js';
import type {PeopleCombobox} from '../shared/people/people-combobox.js';
import {isRegistered, registrationNotice, registrationStatus} from '../shared/registration.js';
import {registrationStyles} from '../shared/styles/registration.styles.js';
import {addStyles} from '../shared/styles/add-styles.js';
import {shared} from '../shared/styles/shared.styles.js';
import {styles} from './sip-dialer.styles.js';
import {sharesScreens} from '../shared/calls/shares-screens.js';
import {startButtons} from '../shared/calls/start-buttons.js';

/** The menu of urgent calls; loaded if the server supports them. */
const urgent = new LazyModule(() => import('./urgent-menu.js'));

/**
 * Calls a number: a field, a keypad, and buttons for audio and video calls. It also shows whether this phone is
 * registered.
 *
 * The field also finds people by name, in the history and the server's directory. Enter calls the number, or the person
 * with that name. If the field is empty, the call button fills in the number called last.
 *
 * The field accepts typed, pasted and dropped text, including `tel:` and `sip:` links. Enter calls.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A call or a connection that was requested here failed.
 * @csspart panel - The box around everything.
 * @csspart status - The registered user, or why the phone is not registered.
 * @csspart mailbox - The message waiting indicator; a button if it can call the mailbox.
 * @csspart phone-service - The button of the user's settings at a PBX, if the client has feature codes for them.
 * @csspart service-panel - The panel of these settings.
 * @csspart service - Each setting.
 * @csspart service-number - The field for a number of a setting.
 * @csspart service-button - Each button that calls a code.
 * @csspart number - The field.
 * @csspart suggestion - Each person suggested for a name.
 * @csspart more - The button that opens the menu of urgent and SOS calls, if the server supports them.
 * @csspart urgent - The menu item for an urgent call.
 * @csspart sos - The menu item for an SOS call.
 * @csspart keypad - The keypad.
 * @csspart key - Each key.
 * @csspart call - The button that calls.
 * @csspart video - The button that calls with the other kind of media.
 * @csspart screen - The button that calls and shares the screen, if `screen` is set.
 * @csspart cancel - The button that cancels a call that the server has not named yet.
 * @csspart connect - The button that connects and registers, shown while there is no connection.
 * @csspart parked - Each call that was parked here, with where it is.
 * @csspart slot - The field for the slot of a parked call.
 * @csspart retrieve - The button that retrieves a parked call.
 * @csspart forget - The button that removes a parked call from the list.
 * @csspart notice - A message about a failure.
 */
export class SipDialerElement extends LitElement {
  static override shadowRootOptions: ShadowRootInit = {...LitElement.shadowRootOptions, delegatesFocus: true};
  static override styles = [shared, keypadStyles, registrationStyles, styles];

  /** The number in the field. */
  @property() number = '';
  /** The media that Enter and the large button call with: `audio` or `video`. */
  @property() media: CallMedia = 'audio';
  /** Offers to call and share the screen, if the browser supports it. */
  @property({type: Boolean}) screen = false;
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  @query('input') private readonly field!: HTMLInputElement;
  @query('.found') private readonly box!: HTMLElement;

  readonly #client = new ClientController(this, () => this.htmlFor);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  /** The number called last. */
  #last = '';
  readonly #calling = new CancelableCommand(this, this.#commands);
  #call: SipCall | undefined;
  /** Finds people by name; loaded when the field is used. */
  #people: PeopleCombobox | undefined;
  #loading: Promise<PeopleCombobox> | undefined;
  /** Whether a name is being looked up. */
  #finding = false;
  /** The failure that was scrolled into view. */
  #scrolledTo: SipError | undefined;

  constructor() {
    super();
    new StateController(this, () => [this.#client.client]);
    // Without a number, a press only restores the last one.
    openMicrophoneAhead(this, () => (this.number.trim() ? this.#client.client : undefined), [
      'call',
      'video',
    ]);
    // Only for keyboard users: the focus in the field would open the keyboard of a touch screen.
    new FocusKeeper(this, (focused) =>
      focused.matches('button:focus-visible') ? () => this.field : undefined,
    );
  }

  /**
   * Calls the number in the field; resolves once the server has named the call. The element also shows a failure.
   *
   * @param options.screen - Sends the screen as video, as in `client.call()`.
   * @param options.type - Calls urgently, as in `client.call()`.
   * @throws {SipError} The error that `SipClient.call` rejects with; `invalid-state` while another call is being
   *   placed.
   */
  async start(
    media: CallMedia = this.media,
    {screen, type}: {screen?: boolean; type?: 'urgent' | 'sos' | undefined} = {},
  ): Promise<SipCall> {
    const {client} = this.#client;
    return this.#calling.attempt(async (signal) => {
      if (!client) throw this.#unready;
      this.#last = this.number;
      return (this.#call = await client.call(this.number, {media, screen: !!screen, type, signal}));
    }, `call ${this.number}`);
  }

  /** Cancels the call being placed, or hangs up the last one placed here. */
  async stop(): Promise<void> {
    if (!this.#calling.cancel()) await this.#call?.hangup();
  }

  protected override render(): TemplateResult {
    const {client} = this.#client;
    const named = !!client?.capabilities.directory;
    const label = this.#localize.term(named ? 'nameOrNumber' : 'number');
    return html`<div part="panel" class="card">
      <div part="status" class="bar">
        ${
          client
            ? registrationStatus(client, this.#localize, this.#commands, this)
            : html`<div class="quiet">
                ${this.#client.absence(this.#localize)}
                ${this.#client.failure ? errorDetails(this.#client.failure, this.#localize) : nothing}
              </div>`
        }
      </div>
      <div class="field">
        <input
          part="number"
          class="number"
          type="tel"
          dir="auto"
          autocomplete="off"
          spellcheck="false"
          inputmode=${named ? 'text' : nothing}
          enterkeyhint="go"
          aria-label=${label}
          placeholder=${label}
          .value=${this.number}
          @beforeinput=${this.#onBeforeInput}
          @focus=${this.#onFocus}
          @input=${this.#onInput}
          @keydown=${this.#onKeydown}
        />
        <button
          class="delete"
          type="button"
          aria-label=${this.#localize.term('deleteDigit')}
          title=${this.#localize.term('deleteDigit')}
          ?hidden=${!this.number}
          @click=${this.#onDelete}
        >
          ${deleteIcon}
        </button>
        <div class="found" hidden></div>
      </div>
      ${keypad(this.#localize, this.#onKey)}
      <div class="calls">
        ${this.#renderCallButtons(client)} ${this.#renderScreen(client)} ${this.#renderUrgent(client)}
      </div>
      ${registrationNotice(client, this.#localize, this.#commands)}
      ${pbxTools(client, this)?.parkedCalls(client, 'below')}
    </div>`;
  }

  protected override willUpdate(): void {
    const menu = this.#client.client?.capabilities.urgent && urgent.load(this);
    if (menu) addStyles(this, [menu.urgentMenuStyles]);
  }

  protected override updated(): void {
    const {error} = this.#commands;
    if (error !== this.#scrolledTo)
      this.renderRoot.querySelector('[part=notice]')?.scrollIntoView({block: 'nearest'});
    this.#scrolledTo = error;
  }

  /** Why no call can be made. */
  get #unready(): SipError {
    const {client, failure} = this.#client;
    return client ? new SipError('not-registered') : (failure ?? new SipError('not-connected'));
  }

  #renderCallButtons(client: BaseClient | undefined): TemplateResult {
    const localize = this.#localize;
    const ready = isRegistered(client);
    const media = this.media === 'video' ? 'video' : 'audio';
    return startButtons({
      localize,
      media,
      text: localize.term(media === 'video' ? 'videoCall' : 'call'),
      names: {audio: localize.term('audioCall'), video: localize.term('videoCall')},
      parts: ['call', 'video'],
      reason: ready ? nothing : localize.describe(this.#unready),
      starting: this.#calling.running,
      onStart: (media) => this.#press(media, ready),
      onCancel: () => void this.stop(),
    });
  }

  #renderScreen(client: BaseClient | undefined): TemplateResult | typeof nothing {
    if (!this.screen || !sharesScreens() || this.#calling.running) return nothing;
    const name = this.#localize.term('screenCall');
    const ready = isRegistered(client);
    return html`<button
      part="screen"
      class="pill round"
      type="button"
      aria-label=${name}
      title=${ready ? name : this.#localize.describe(this.#unready)}
      aria-disabled=${ready ? nothing : 'true'}
      @click=${() => this.#press('audio', ready, {screen: true})}
    >
      ${monitorUpIcon}
    </button>`;
  }

  #renderUrgent(client: BaseClient | undefined): TemplateResult | typeof nothing {
    const {urgentMenu} = urgent.value ?? {};
    if (!urgentMenu || !client?.capabilities.urgent || this.#calling.running) return nothing;
    const ready = isRegistered(client);
    return urgentMenu({
      localize: this.#localize,
      reason: ready ? nothing : this.#localize.describe(this.#unready),
      onCall: (type) => this.#press('audio', ready, {type}),
    });
  }

  /** Calls; without a number it restores the last one, and without a registration it shows the reason. */
  #press(media: CallMedia, ready: boolean, options?: Parameters<SipDialerElement['start']>[1]): void {
    if (this.#calling.running) return;
    if (!ready) {
      this.#commands.fail(this.#unready);
    } else if (!this.number.trim()) {
      this.number = this.#last || (lastDialed(this.#client.client?.history)?.number ?? '');
      this.field.focus();
    } else {
      void this.#commands.reportFailureOf(this.#place(media, options));
    }
  }

  /** Calls a number as it is written, or the person whom a name means; several are suggested. */
  async #place(media: CallMedia, options?: Parameters<SipDialerElement['start']>[1]): Promise<void> {
    const text = String(this.number).trim();
    if (!/^[+\d*#(]/.test(text.slice(0, 10).normalize('NFKC')) && !/^\w+:/.test(text)) {
      if (this.#finding) return;
      this.#finding = true;
      const people = await this.#loadPeople().catch(() => undefined);
      const found = await people?.find(text);
      this.#finding = false;
      // Another number was filled in meanwhile: nobody has decided to call it.
      if (found === null || String(this.number).trim() !== text) return;
      if (found) this.number = found.number;
      else if (people?.open) return this.field.focus();
    }
    this.#people?.close();
    await this.start(media, options);
  }

  async #loadPeople(): Promise<PeopleCombobox> {
    this.#loading ??= import('../shared/people/people-combobox.js').then(
      ({PeopleCombobox, comboboxStyles}) => {
        addStyles(this, [comboboxStyles]);
        return (this.#people = new PeopleCombobox({
          field: this.field,
          box: this.box,
          localize: this.#localize,
          client: () => this.#client.client,
          onChoose: this.#onChoose,
        }));
      },
    );
    return this.#loading.catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
  }

  readonly #onFocus = (): void => {
    // Without it, the field still takes numbers.
    this.#loadPeople().catch(() => {});
  };

  readonly #onChoose = (person: Party, by: 'enter' | 'press'): void => {
    this.number = person.number;
    if (by === 'enter') this.#press(this.media, isRegistered(this.#client.client));
  };

  readonly #onKey = (key: string): void => {
    insertText(this.field, key);
    this.number = this.field.value;
    // The suggestions would cover the keys.
    this.#people?.close();
  };

  readonly #onDelete = (): void => {
    deleteBackwards(this.field);
    this.number = this.field.value;
  };

  readonly #onBeforeInput = (event: InputEvent): void => {
    if (insertCleaned(this.field, event, this.#client.client)) this.number = this.field.value;
  };

  readonly #onInput = (): void => {
    this.number = this.field.value;
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing || event.repeat) return;
    event.preventDefault();
    this.#press(this.media, isRegistered(this.#client.client));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-dialer': SipDialerElement;
  }
}
