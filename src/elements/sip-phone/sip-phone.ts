import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {classMap} from 'lit/directives/class-map.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {isLookedAt} from '../../core/call/call-kinds.js';
import {isWaiting} from '../../core/call/newest-call.js';
import type {IceServers} from '../../core/client/ice-servers.js';
import type {SipClientOptions} from '../../core/client/options.js';
import {setState} from '../shared/custom-state.js';
import {doNotDisturbStyles} from '../shared/styles/do-not-disturb.styles.js';
import {doNotDisturbButton} from '../shared/do-not-disturb.js';
import {phoneIcon} from '../shared/icons.js';
import {property} from '../shared/property.js';
import {registrationStatus} from '../shared/registration.js';
import {registrationStyles} from '../shared/styles/registration.styles.js';
import {shared} from '../shared/styles/shared.styles.js';
import {chevronDownIcon} from './icons.js';
import {OwnClientElement} from './own-client.js';
import {VIEWS, type PhoneView, type ViewsContext} from './views.js';
import {styles} from './sip-phone.styles.js';

/**
 * A complete phone in one tag: registration, keypad, calls, history, devices, and the directory and messages if the
 * server has them.
 *
 * It has its own client if it has `user`, `server` or `host`, and then supports all attributes of a `<sip-client>`;
 * without them it uses the surrounding client. `corner` makes it a button in the corner of the page, which opens the
 * phone over the page, also when a call comes in. Without `corner` it is as wide as its container and as high as
 * `--sip-phone-height`.
 *
 * The events of its own client bubble from it.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart launcher - The button in the corner.
 * @csspart panel - The box around the phone.
 * @csspart status - The registered user, or why the phone is not registered.
 * @csspart do-not-disturb - The button that turns do not disturb on or off.
 * @csspart connect - The button that connects and registers, shown while there is no connection.
 * @csspart close - The button that closes the phone in the corner.
 * @csspart calls - The box around the calls.
 * @csspart call - The `<sip-call>`.
 * @csspart tabs - The row of tabs.
 * @csspart tab - Each tab.
 * @csspart view - The view of the selected tab.
 * @csspart dialer - The `<sip-dialer>`.
 * @csspart history - The `<sip-history>`.
 * @csspart directory - The `<sip-directory>`.
 * @csspart messages - The `<sip-messages>`.
 * @csspart devices - The `<sip-devices>`.
 * @cssprop [--sip-phone-height=38rem] - The height of the phone.
 * @cssstate ringing - A call is ringing.
 * @cssstate busy - There is a call.
 */
export class SipPhoneElement extends LitElement {
  static override styles = [shared, registrationStyles, doNotDisturbStyles, styles];

  /** The number in the field. */
  @property() number = '';
  /** Numbers to show with their states, as in `<sip-directory>`, if the server has no directory. */
  @property() numbers = '';
  /** The view shown: `keypad`, `history`, `directory`, `messages` or `devices`. */
  @property() view: PhoneView = 'keypad';
  /** Makes it a button in the corner of the page, which opens the phone. */
  @property({type: Boolean, reflect: true}) corner = false;
  /** Whether the phone in the corner is open. */
  @property({type: Boolean, reflect: true}) open = false;
  /** Offers to call, and to answer, and share the screen, if the browser supports it. */
  @property({type: Boolean}) screen = false;
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #internals = this.attachInternals();
  readonly #around = new ClientController(this, () => this.htmlFor);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #own = new OwnClientElement(this, () => this.requestUpdate());
  /** The views shown so far; they keep their state while another one is shown. */
  readonly #visited = new Set<PhoneView>();
  /** Whether a call was ringing at the last update. */
  #rang = false;

  constructor() {
    super();
    new StateController(this, () => [
      this.client,
      this.client?.history,
      this.client?.messages,
      ...(this.client?.state.calls ?? []),
    ]);
  }

  static override get observedAttributes(): string[] {
    return [...new Set([...super.observedAttributes, ...OwnClientElement.attributes])];
  }

  /** The client: its own, or the surrounding one. */
  get client(): BaseClient | undefined {
    const {element} = this.#own;
    return element ? element.client : this.#around.client;
  }

  /** The options of its own client, as in `<sip-client>.options`. */
  @property({attribute: false, noAccessor: true})
  get options(): Partial<SipClientOptions> {
    return this.#own.options;
  }

  set options(options: Partial<SipClientOptions>) {
    this.#own.options = options;
  }

  /** The ICE servers of its own client, as in `<sip-client>.iceServers`. */
  @property({attribute: false, noAccessor: true})
  get iceServers(): IceServers | undefined {
    return this.#own.iceServers;
  }

  set iceServers(iceServers: IceServers | undefined) {
    this.#own.iceServers = iceServers;
  }

  /** Opens the phone in the corner. */
  show(): void {
    this.open = true;
  }

  /** Closes the phone in the corner; calls continue. */
  close(): void {
    this.open = false;
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (OwnClientElement.attributes.includes(name)) this.#own.set(name, value);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const rings = this.#rings;
    if (rings && !this.#rang) this.open = true;
    this.#rang = rings;
    if (changed.has('open') && !this.open) this.#commands.dismiss();
  }

  protected override render(): TemplateResult {
    const own = this.#own.element;
    const shown = !this.corner || this.open;
    // The panel stays in the document while closed, because it plays the sound.
    return html`${own ?? nothing}${this.corner ? this.#renderLauncher() : nothing}
      <div
        id="panel"
        part="panel"
        class="card ${classMap({over: this.corner, told: this.client !== undefined})}"
        role=${this.corner ? 'region' : 'group'}
        aria-label=${this.#localize.term('phone')}
        ?hidden=${!shown}
        @keydown=${this.#onKeydown}
      >
        ${this.#renderBar()} ${this.#renderCalls()} ${this.#renderViews()}
      </div>`;
  }

  protected override updated(): void {
    setState(this.#internals, 'ringing', this.#rings);
    setState(this.#internals, 'busy', this.#talks);
  }

  #renderLauncher(): TemplateResult {
    const {client} = this;
    const missed = client?.history.state.unseen ?? 0;
    const unread = client?.messages.state.unread ?? 0;
    const name = this.#localize.term(this.open ? 'closePhone' : 'openPhone');
    return html`<button
      part="launcher"
      class="launcher ${classMap({rings: this.#rings, talks: this.#talks})}"
      type="button"
      aria-expanded=${this.open ? 'true' : 'false'}
      aria-controls="panel"
      title=${name}
      @click=${() => (this.open = !this.open)}
    >
      <span class="hidden">${name}</span>
      ${this.open ? chevronDownIcon : phoneIcon}${this.open ? nothing : missed ? this.#badge(missed, 'missedCalls') : this.#badge(unread, 'unreadCount')}
    </button>`;
  }

  /** Renders the registration status; without a client, the elements inside show why. */
  #renderBar(): TemplateResult | typeof nothing {
    const {client} = this;
    if (!client) return nothing;
    return html`<div part="status" class="bar">
      ${registrationStatus(client, this.#localize, this.#commands)}
      <span class="space"></span>
      ${doNotDisturbButton(client, this.#localize)}
    </div>`;
  }

  #renderCalls(): TemplateResult {
    const {htmlFor} = this.#context;
    const several = (this.client?.state.calls.filter(({type}) => !isLookedAt(type)).length ?? 0) > 1;
    return html`<div part="calls" class="calls">
      <sip-incoming for=${htmlFor} ?screen=${this.screen}></sip-incoming>
      <sip-call part="call" for=${htmlFor} @sip-question=${() => this.show()}></sip-call>
      ${several ? html`<sip-calls for=${htmlFor}></sip-calls>` : nothing}
    </div>`;
  }

  #renderViews(): TemplateResult {
    const context = this.#context;
    const views = VIEWS.filter(({has}) => has(context));
    const chosen = views.find(({name}) => name === this.view) ?? views[0]!;
    this.#visited.add(chosen.name);
    const names = {
      keypad: this.#localize.term('keypad'),
      history: this.#localize.term('history'),
      directory: this.#localize.term('directory'),
      messages: this.#localize.term('messages'),
      devices: this.#localize.term('devices'),
    };
    return html`<div class="views">
        ${views.map(
          (view) =>
            html`<div
              id="view-${view.name}"
              part=${view === chosen ? 'view' : nothing}
              role="tabpanel"
              aria-labelledby="tab-${view.name}"
              ?hidden=${view !== chosen}
            >
              ${this.#visited.has(view.name) ? view.render(context) : nothing}
            </div>`,
        )}
      </div>
      <div part="tabs" class="tabs" role="tablist" @keydown=${this.#onTabKeydown}>
        ${views.map((view) => {
          const waiting = (this.client && view.waiting?.(this.client)) ?? 0;
          return html`<button
            id="tab-${view.name}"
            part="tab"
            data-view=${view.name}
            type="button"
            role="tab"
            aria-selected=${view === chosen ? 'true' : 'false'}
            aria-controls="view-${view.name}"
            tabindex=${view === chosen ? 0 : -1}
            title=${names[view.name]}
            @click=${() => (this.view = view.name)}
          >
            ${view.icon}<span class="line">${names[view.name]}</span
            >${this.#badge(waiting, view.name === 'messages' ? 'unreadCount' : 'missedCalls')}
          </button>`;
        })}
      </div>`;
  }

  /** Renders the number of unseen missed calls, or of unread messages. */
  #badge(count: number, term: 'missedCalls' | 'unreadCount'): TemplateResult | typeof nothing {
    if (!count) return nothing;
    const words = this.#localize.term(term, String(count));
    return html`<span class="badge"
      ><span aria-hidden="true">${count > 99 ? '99+' : count}</span><span class="hidden">${words}</span></span
    >`;
  }

  get #context(): ViewsContext {
    return {
      client: this.client,
      htmlFor: this.#own.element?.id ?? this.htmlFor,
      number: this.number,
      numbers: this.numbers,
      screen: this.screen,
    };
  }

  /** Whether a call that is shown is ringing. */
  get #rings(): boolean {
    return !!this.client?.state.calls.some((call) => isWaiting(call) && !call.state.quiet);
  }

  /** Whether there is a call other than ringing incoming ones. */
  get #talks(): boolean {
    return !!this.client?.state.calls.some((call) => !isWaiting(call));
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (!this.corner || event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    // A dialog or popover over the phone closes first.
    const over = event
      .composedPath()
      .some((node) => node instanceof HTMLElement && node.matches('dialog, [popover]'));
    if (over) return;
    this.close();
    this.renderRoot.querySelector<HTMLElement>('.launcher')?.focus();
  };

  readonly #onTabKeydown = (event: KeyboardEvent): void => {
    const tabs = [...this.renderRoot.querySelectorAll<HTMLElement>('[role=tab]')];
    const at = tabs.indexOf(event.target as HTMLElement);
    const step = this.matches(':dir(rtl)') ? -1 : 1;
    const to = {ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: tabs.length - 1}[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = tabs.at(to % tabs.length)!;
    tab.focus();
    tab.click();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-phone': SipPhoneElement;
  }
}
