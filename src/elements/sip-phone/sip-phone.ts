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
 * The whole phone in one tag: who is registered, the keypad, calls, the history, the directory and messages where the
 * server has them, devices.
 *
 * It has a client of its own where it has `user`, `server` or `host`, and takes all attributes of a `<sip-client>` then; without
 * them it works with the client around it. `corner` makes it a button in the corner of the page, which opens the phone over it:
 * also when somebody calls. Without that it is as wide as what it is in, and as high as `--sip-phone-height`.
 *
 * The events of its own client bubble from it.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart launcher - The button in the corner.
 * @csspart panel - The box around the phone.
 * @csspart status - Who is registered, or why not.
 * @csspart do-not-disturb - The button that refuses calls, or takes them again.
 * @csspart connect - The button that connects and registers, where there is no connection.
 * @csspart close - The button that closes the phone, in the corner.
 * @csspart calls - The box around what goes on.
 * @csspart call - The `<sip-call>`.
 * @csspart tabs - The row of tabs.
 * @csspart tab - Each of them.
 * @csspart view - What the chosen tab shows.
 * @csspart dialer - The `<sip-dialer>`.
 * @csspart history - The `<sip-history>`.
 * @csspart directory - The `<sip-directory>`.
 * @csspart messages - The `<sip-messages>`.
 * @csspart devices - The `<sip-devices>`.
 * @cssprop [--sip-phone-height=38rem] - How high the phone is.
 * @cssstate ringing - Somebody calls.
 * @cssstate busy - There is a call.
 */
export class SipPhoneElement extends LitElement {
  static override styles = [shared, registrationStyles, doNotDisturbStyles, styles];

  /** The number in the field. */
  @property() number = '';
  /** Numbers to show with their lamps, as those of a `<sip-directory>`, where the server has no directory. */
  @property() numbers = '';
  /** What is shown: `keypad`, `history`, `directory`, `messages` or `devices`. */
  @property() view: PhoneView = 'keypad';
  /** Makes it a button in the corner of the page, which opens the phone. */
  @property({type: Boolean, reflect: true}) corner = false;
  /** Whether the phone in the corner is open. */
  @property({type: Boolean, reflect: true}) open = false;
  /** Offers to call, and to answer, and share the screen, where the browser can. */
  @property({type: Boolean}) screen = false;
  /** The id of the `<sip-client>`; the nearest one around it where it is empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #internals = this.attachInternals();
  readonly #around = new ClientController(this, () => this.htmlFor);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #own = new OwnClientElement(this, () => this.requestUpdate());
  /** The views that were shown: they stay as they are while another one is. */
  readonly #visited = new Set<PhoneView>();
  /** Whether something rang when it was last drawn. */
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

  /** The client: its own, or the one around it. */
  get client(): BaseClient | undefined {
    const {element} = this.#own;
    return element ? element.client : this.#around.client;
  }

  /** As `<sip-client>.options`, for a client of its own. */
  @property({attribute: false, noAccessor: true})
  get options(): Partial<SipClientOptions> {
    return this.#own.options;
  }

  set options(options: Partial<SipClientOptions>) {
    this.#own.options = options;
  }

  /** As `<sip-client>.iceServers`, for a client of its own. */
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

  /** Closes it; calls go on. */
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
    // It stays where it is while it is closed: the sound comes from it.
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

  /** Who is registered; where there is no client, what is inside says why. */
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

  /** How many missed calls nobody has taken note of, or unread messages. */
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

  /** Something rings that is shown. */
  get #rings(): boolean {
    return !!this.client?.state.calls.some((call) => isWaiting(call) && !call.state.quiet);
  }

  /** There is a call besides those that ring. */
  get #talks(): boolean {
    return !!this.client?.state.calls.some((call) => !isWaiting(call));
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (!this.corner || event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    // What lies over the phone closes first.
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
