import {html, isServer, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {classMap} from 'lit/directives/class-map.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {dispatchClientChange} from '../../core/client/client-change.js';
import {isLookedAt} from '../../core/call-kinds.js';
import type {SipCall} from '../../core/call/call.js';
import {isWaiting} from '../../core/call/newest-call.js';
import type {IceServers} from '../../core/client/ice-servers.js';
import type {SipClientOptions} from '../../core/client/options.js';
import {setState} from '../shared/custom-state.js';
import {doNotDisturbStyles} from '../shared/styles/do-not-disturb.styles.js';
import {doNotDisturbButton} from '../shared/do-not-disturb.js';
import {defineInner} from '../shared/define-inner.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {phoneIcon} from '../shared/icons.js';
import {chevronDownIcon} from '../shared/icons/phone.js';
import {LazyModule} from '../shared/lazy-module.js';
import {barButton} from '../shared/buttons/list-bar.js';
import {property} from '../shared/property.js';
import {registrationStatus} from '../shared/registration.js';
import {registrationStyles} from '../shared/styles/registration.styles.js';
import {shared} from '../shared/styles/shared.styles.js';
import {moveAmongTabs} from '../shared/tab-keys.js';
import {toggleStyles} from '../shared/styles/toggle.styles.js';
import {cornerHangup, cornerText} from './corner-call.js';
import {PhoneLogin, type LoginStorage} from './login.js';
import {forgetSecrets} from '../sip-client/client-attributes.js';
import {PhoneClient} from './phone-client.js';
import {VIEWS, type PhoneView, type ViewsContext} from './views.js';
import {styles} from './sip-phone.styles.js';

/** The elements of the views; loaded while the client connects, or when another view than the keypad is shown. */
const viewElements = new LazyModule(() => import('./views-inner.js'));

/** A tab of the phone. */
interface Tab {
  readonly name: PhoneView | 'call';
  readonly icon: TemplateResult;
  readonly text: string;
  readonly chosen: boolean;
  readonly badge?: TemplateResult | typeof nothing;
}

/**
 * A complete phone in one tag: registration, keypad, calls, history, devices, and the directory and messages if the
 * server has them.
 *
 * It has its own client if it has `user`, `server` or `host`, and then supports all attributes of a `<sip-client>`; with
 * `functions` it takes the client of the documented functions, otherwise the surrounding client. With `corner` it is a
 * button in the corner of the page, which opens the phone over the page; an incoming call opens it too. While the phone is
 * closed, the button shows the call and its duration, and another one hangs up. Without `corner` it is as wide as its
 * container and as high as `--sip-phone-height`.
 *
 * A call fills the phone, and its tab leads back to it from the other views, which then have the calls as lines above
 * them. Calls of the phone's other tabs are lines, too. In a wide phone the call is beside the views.
 *
 * The events of its own client bubble from it.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart launcher - The button in the corner.
 * @csspart hangup - The button beside the launcher that ends or declines the call while the phone is closed.
 * @csspart panel - The box around the phone.
 * @csspart status - The registered user, or why the phone is not registered.
 * @csspart phone-service - The button of the user's settings at a PBX, if the client has feature codes for them.
 * @csspart service-panel - The panel of these settings.
 * @csspart service - Each setting.
 * @csspart service-number - The field for a number of a setting.
 * @csspart service-button - Each button that calls a code.
 * @csspart do-not-disturb - The button that turns do not disturb on or off.
 * @csspart connect - The button that connects and registers, shown while there is no connection.
 * @csspart login - The form that signs in, if `login` is set.
 * @csspart server - The login form's field for the server.
 * @csspart user - The login form's field for the user name.
 * @csspart password - The login form's field for the password.
 * @csspart sign-in - The login form's button.
 * @csspart sign-out - The button that signs out.
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
 * @cssprop [--sip-phone-height=max(38rem, 608px)] - The height of the phone.
 * @cssprop [--sip-phone-inset-block=auto 1rem] - The distance of the phone in the corner from the top and the bottom.
 * @cssprop [--sip-phone-inset-inline=auto 1rem] - The distance of the phone in the corner from the start and the end.
 * @cssstate ringing - A call is ringing.
 * @cssstate busy - It shows a call.
 */
export class SipPhoneElement extends LitElement {
  static override styles = [shared, registrationStyles, doNotDisturbStyles, toggleStyles, styles];

  /** The number in the field. */
  @property() number = '';
  /** Numbers to show with their states, as in `<sip-directory>`, if the server has no directory. */
  @property() numbers = '';
  /** The view shown: `keypad`, `history`, `directory`, `messages` or `devices`. */
  @property() view: PhoneView = 'keypad';
  /** Shows the phone as a button in the corner of the page, which opens it. */
  @property({type: Boolean, reflect: true}) corner = false;
  /** Whether the phone in the corner is open. */
  @property({type: Boolean, reflect: true}) open = false;
  /** Offers to share the screen when the user calls or answers, if the browser supports it. */
  @property({type: Boolean}) screen = false;
  /**
   * Calls the numbers of the page's `tel:` and `sip:` links, and of its elements with `data-sip-call`, when they are
   * clicked. The links show the states of their calls.
   */
  @property({type: Boolean}) links = false;
  /**
   * Shows a form for server, user and password until the user has signed in, and a button that signs out. The
   * attributes `server` and `user` fill its fields.
   */
  @property({type: Boolean}) login = false;
  /** Where the form keeps the server and the user, never the password: `local` (in the browser) or `none`. */
  @property({attribute: 'login-storage'}) loginStorage: LoginStorage = 'local';
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #internals = this.attachInternals();
  readonly #around = new ClientController(this, () => this.htmlFor);
  readonly #commands = new CommandController(this);
  readonly #localize = new LocalizeController(this);
  readonly #own = new PhoneClient(this, () => this.requestUpdate());
  readonly #login = new PhoneLogin(this, this.#own, this.#localize);
  /** The views shown so far; they keep their state while another one is shown. */
  readonly #visited = new Set<PhoneView>();
  /** Whether a call was ringing at the last update. */
  #rang = false;
  /** How many calls other than ringing incoming ones there were at the last update. */
  #talked = 0;
  /** Whether the call comes before the views while both do not fit. */
  #inFront = false;
  /** Whether call and views are side by side. */
  #wide = false;
  /** The client that the last `CLIENT_CHANGE` was for. */
  #told: BaseClient | undefined;
  /** The client that calls the numbers of the page's links. */
  #linked: BaseClient | undefined;
  #linking: AbortController | undefined;
  readonly #sizes = isServer ? undefined : new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    new FocusKeeper(this, () => () => {
      void this.#focusRefuge();
      return true;
    });
    new StateController(this, () => [
      this.client,
      this.client?.history,
      this.client?.messages,
      ...(this.client?.state.calls ?? []),
    ]);
  }

  static override get observedAttributes(): string[] {
    return [...new Set([...super.observedAttributes, ...PhoneClient.attributes])];
  }

  /** The client: the phone's own, or the surrounding one. */
  get client(): BaseClient | undefined {
    const {element} = this.#own;
    return element ? element.client : this.#around.client;
  }

  /** The options of the phone's own client, as in `<sip-client>.options`. */
  @property({attribute: false, noAccessor: true})
  get options(): Partial<SipClientOptions> {
    return this.#own.options;
  }

  set options(options: Partial<SipClientOptions>) {
    this.#own.options = options;
  }

  /** The ICE servers of the phone's own client, as in `<sip-client>.iceServers`. */
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
    if (PhoneClient.attributes.includes(name)) this.#own.set(name, value);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes?.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.#followLinks(undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (isServer) forgetSecrets(this);
    const rings = !!this.#ringing;
    if (rings && !this.#rang) this.open = true;
    this.#rang = rings;
    const talked = this.#talking.length;
    if (changed.has('view')) this.#inFront = false;
    if (talked > this.#talked) this.#inFront = true;
    this.#talked = talked;
    if (changed.has('open') && !this.open) this.#commands.dismiss();
    const {client} = this;
    if (this.view !== 'keypad' || (client && client.state.connection !== 'disconnected')) this.#loadViews();
  }

  #loadViews(): void {
    const {inner} = isServer ? {} : (viewElements.load(this) ?? {});
    if (inner) defineInner(inner);
  }

  protected override render(): TemplateResult {
    const own = this.#own.element;
    const shown = !this.corner || this.open;
    // The panel stays in the document while closed, because it plays the sound.
    return html`${own ?? nothing}${this.corner ? this.#renderLauncher() : nothing}
      <div
        id="panel"
        part="panel"
        class="card ${classMap({
          over: this.corner,
          'with-status': this.client !== undefined,
          asks: this.#login.asks,
          alerts: !!this.#ringing,
          tight: !!this.#ringing && !this.#wide,
          talks: this.#talks,
          several: this.#talking.length > 1,
          front: this.#isFront,
          behind: this.#isBehind,
        })}"
        role=${this.corner ? 'region' : 'group'}
        aria-label=${this.#localize.term('phone')}
        ?hidden=${!shown}
        @keydown=${this.#onKeydown}
      >
        ${this.#renderBar()}
        ${this.#login.asks ? this.#login.render() : html`${this.#renderCalls()} ${this.#renderViews()}`}
      </div>`;
  }

  protected override updated(): void {
    setState(this.#internals, 'ringing', !!this.#ringing);
    setState(this.#internals, 'busy', this.#talks);
    const {client} = this;
    if (client !== this.#told) dispatchClientChange(this);
    this.#told = client;
    if (this.isConnected) this.#followLinks(this.links ? this.client : undefined);
  }

  /** Has a client call the numbers of the page's links, instead of another one. */
  #followLinks(client: BaseClient | undefined): void {
    if (client === this.#linked) return;
    this.#linking?.abort();
    this.#linked = client;
    if (!client) return;
    this.#linking = new AbortController();
    const {signal} = this.#linking;
    const showKeypad = (): void => {
      this.show();
      this.view = 'keypad';
      this.#bring(false);
    };
    import('./page-links.js')
      .then(({callPageLinks}) => callPageLinks(this, {client, localize: this.#localize, signal, showKeypad}))
      // The next update tries again.
      .catch(() => (this.#linked = undefined));
  }

  #renderLauncher(): TemplateResult {
    const {client} = this;
    const missed = client?.history.state.unseen ?? 0;
    const unread = client?.messages.state.unread ?? 0;
    const name = this.#localize.term(this.open ? 'closePhone' : 'openPhone');
    const call = this.open ? undefined : this.#cornerCall;
    // Green takes a call; on the open phone the button closes it.
    const look = {rings: !this.open && !!this.#ringing, talks: !this.open && this.#talks, wide: !!call};
    return html`<div class="closed">
      <button
        part="launcher"
        class="launcher ${classMap(look)}"
        type="button"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-controls="panel"
        title=${name}
        @click=${this.#onLaunch}
      >
        <span class="hidden">${name}</span>
        ${this.open ? chevronDownIcon : phoneIcon}${call ? html`<span class="line">${cornerText(call, this.#localize)}</span>` : nothing}${
          this.open
            ? nothing
            : missed
              ? this.#badge(missed, 'missedCalls')
              : this.#badge(unread, 'unreadCount')
        }
      </button>
      ${call ? cornerHangup(call, this.#localize, this.#commands) : nothing}
    </div>`;
  }

  /** Renders the registration status; without a client, the elements inside show why. */
  #renderBar(): TemplateResult | typeof nothing {
    const client = this.#login.asks ? undefined : this.client;
    if (!client && !this.corner) return nothing;
    const close = this.#localize.term('closePhone');
    return html`<div part="status" class="bar">
      ${client ? registrationStatus(client, this.#localize, this.#commands, this) : nothing}
      <span class="space"></span>
      ${client ? doNotDisturbButton(client, this.#localize) : nothing}
      ${client ? this.#login.renderSignOut() : nothing}
      ${this.corner ? barButton('close', close, chevronDownIcon, () => this.close()) : nothing}
    </div>`;
  }

  #renderCalls(): TemplateResult {
    const {htmlFor} = this.#context;
    const several = (this.client?.state.calls.filter(({type}) => !isLookedAt(type)).length ?? 0) > 1;
    const lines = several || this.#isBehind || this.client?.state.tabCalls.length;
    return html`<div
      id="view-call"
      part="calls"
      class="calls"
      role=${this.#isFront ? 'tabpanel' : nothing}
      aria-labelledby=${this.#isFront ? 'tab-call' : nothing}
    >
      <sip-incoming for=${htmlFor} ?screen=${this.screen}></sip-incoming>
      <sip-call part="call" for=${htmlFor} @sip-question=${() => this.show()}></sip-call>
      ${lines ? html`<sip-calls for=${htmlFor}></sip-calls>` : nothing}
    </div>`;
  }

  #renderViews(): TemplateResult {
    const context = this.#context;
    const views = VIEWS.filter(({has}) => has(context));
    const front = this.#isFront;
    const shown = views.find(({name}) => name === this.view) ?? views[0]!;
    if (!front) this.#visited.add(shown.name);
    const names = {
      keypad: this.#localize.term('keypad'),
      history: this.#localize.term('history'),
      directory: this.#localize.term('directory'),
      messages: this.#localize.term('messages'),
      devices: this.#localize.term('devices'),
    };
    const call = this.#localize.term('currentCall');
    return html`<div class="views" ?hidden=${front}>
        ${views.map(
          (view) =>
            html`<div
              id="view-${view.name}"
              part=${view === shown ? 'view' : nothing}
              role="tabpanel"
              aria-labelledby="tab-${view.name}"
              ?hidden=${view !== shown}
            >
              ${this.#visited.has(view.name) ? view.render(context) : nothing}
            </div>`,
        )}
      </div>
      <div part="tabs" class="tabs" role="tablist" @keydown=${moveAmongTabs}>
        ${
          this.#hasTab
            ? this.#renderTab({name: 'call', icon: phoneIcon, text: call, chosen: front}, () =>
                this.#bring(true),
              )
            : nothing
        }
        ${views.map((view) => {
          const {name, icon} = view;
          const waiting = (this.client && view.waiting?.(this.client)) ?? 0;
          const badge = this.#badge(waiting, name === 'messages' ? 'unreadCount' : 'missedCalls');
          return this.#renderTab(
            {name, icon, text: names[name], chosen: !front && view === shown, badge},
            () => {
              this.view = name;
              this.#bring(false);
            },
          );
        })}
      </div>`;
  }

  #renderTab({name, icon, text, chosen, badge = nothing}: Tab, onPress: () => void): TemplateResult {
    return html`<button
      id="tab-${name}"
      part="tab"
      data-view=${name}
      type="button"
      role="tab"
      aria-selected=${chosen ? 'true' : 'false'}
      aria-controls="view-${name}"
      tabindex=${chosen ? 0 : -1}
      title=${text}
      @click=${onPress}
    >
      ${icon}<span class="line">${text}</span>${badge}
    </button>`;
  }

  /** Shows the call, or the views, while both do not fit. */
  #bring(call: boolean): void {
    this.#inFront = call;
    this.requestUpdate();
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

  /** The newest call that is shown as ringing. */
  get #ringing(): SipCall | undefined {
    return this.client?.state.calls.findLast((call) => isWaiting(call) && !call.state.quiet);
  }

  /** The calls other than ringing incoming ones, cameras that this phone watches, and those that special elements show. */
  get #talking(): readonly SipCall[] {
    const {client} = this;
    const calls = client?.claims.unclaimed(client.state.calls) ?? [];
    return calls.filter((call) => !isWaiting(call) && !isLookedAt(call.type));
  }

  /** Whether there is a call other than ringing incoming ones. */
  get #talks(): boolean {
    return this.#talking.length > 0;
  }

  /** The call that the button in the corner shows: the newest one that rings, or else the current one. */
  get #cornerCall(): SipCall | undefined {
    const talking = this.#talking;
    return this.#ringing ?? talking.find((call) => call === this.client?.state.current) ?? talking.at(-1);
  }

  /** Whether the call has a tab, because it is not beside the views. */
  get #hasTab(): boolean {
    return this.#talks && !this.#wide;
  }

  /** Whether the call is hidden behind the views. */
  get #isBehind(): boolean {
    return this.#hasTab && !this.#inFront;
  }

  /** Whether the call fills the phone. */
  get #isFront(): boolean {
    return this.#hasTab && this.#inFront;
  }

  /** Moves the focus from what was hidden: to the call, once it is shown, to the button in the corner, or to the tab. */
  async #focusRefuge(): Promise<void> {
    const selector =
      this.corner && !this.open
        ? '.launcher'
        : this.#login.asks
          ? 'sip-phone-login'
          : this.#isFront
            ? 'sip-call'
            : '[role=tab][aria-selected=true]';
    const refuge = this.renderRoot.querySelector<HTMLElement & {updateComplete?: Promise<unknown>}>(selector);
    await refuge?.updateComplete;
    refuge?.focus({preventScroll: true});
  }

  /** Reads from the styles whether the phone is wide. */
  #measure(): void {
    const panel = this.renderRoot.querySelector('#panel');
    const wide = !!panel && getComputedStyle(panel).getPropertyValue('--_wide') === '1';
    if (wide === this.#wide) return;
    this.#wide = wide;
    this.requestUpdate();
  }

  readonly #onLaunch = async (): Promise<void> => {
    this.open = !this.open;
    await this.updateComplete;
    // On a low screen the open phone is in the place of its button.
    const launcher = this.renderRoot.querySelector('.launcher')!;
    if (!launcher.checkVisibility()) this.renderRoot.querySelector<HTMLElement>('[part=close]')?.focus();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (!this.corner || event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    // A dialog or popover over the phone closes first.
    const over = event
      .composedPath()
      .some((node) => node instanceof HTMLElement && node.matches('dialog, [popover]'));
    if (over) return;
    this.close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-phone': SipPhoneElement;
  }
}
