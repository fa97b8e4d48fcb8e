import {html, nothing, type ReactiveController, type ReactiveElement, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {dispatchError} from '../../controllers/sip-error-event.js';
import type {BaseClient} from '../../core/client/client.js';
import {toSipError, type SipError} from '../../errors.js';
import {defineInner} from '../shared/define-inner.js';
import {logOutIcon} from '../shared/icons/phone.js';
import type {Account} from './account-memory.js';
import type {PhoneClient} from './phone-client.js';

/** Where the form keeps the server and the user: in the browser, or nowhere. */
export type LoginStorage = 'local' | 'none';

interface LoginHost extends ReactiveElement {
  readonly login: boolean;
  readonly loginStorage: LoginStorage;
}

/** Signs users in and out, if the page allows that; the form is loaded when it is first shown. */
export class PhoneLogin implements ReactiveController {
  readonly #host: LoginHost;
  readonly #own: PhoneClient;
  readonly #localize: LocalizeController;
  #state: 'out' | 'signing in' | 'in' = 'out';
  #failure: SipError | undefined;
  #loading: Promise<unknown> | undefined;
  #leaving: Promise<void> | undefined;

  constructor(host: LoginHost, own: PhoneClient, localize: LocalizeController) {
    this.#host = host;
    this.#own = own;
    this.#localize = localize;
    host.addController(this);
  }

  /** Whether the form is shown instead of the phone. */
  get asks(): boolean {
    return this.#host.login && this.#state !== 'in';
  }

  hostUpdate(): void {
    if (!this.#host.login) return;
    this.#own.waits = this.#state === 'out';
    if (this.asks) this.#load();
    else this.#follow(this.#own.element?.client);
  }

  /** Renders the form. */
  render(): TemplateResult {
    const {loginStorage} = this.#host;
    return html`<sip-phone-login
      exportparts="login, server, user, password, sign-in"
      .given=${{server: this.#host.getAttribute('server') ?? '', user: this.#host.getAttribute('user') ?? ''}}
      .remembers=${loginStorage !== 'none'}
      .busy=${this.#state === 'signing in'}
      .failure=${this.#failure}
      .signIn=${this.#signIn}
    ></sip-phone-login>`;
  }

  /** Renders the button that signs out. */
  renderSignOut(): TemplateResult | typeof nothing {
    if (!this.#host.login) return nothing;
    const busy = !!this.#own.element?.client?.state.calls.length;
    const name = this.#localize.term('signOut');
    return html`<button
      part="sign-out"
      class="toggle"
      type="button"
      aria-label=${name}
      title=${this.#localize.explained(name, busy ? this.#localize.term('inCall') : '')}
      aria-disabled=${busy ? 'true' : nothing}
      @click=${() => busy || void this.#signOut()}
    >
      ${logOutIcon}
    </button>`;
  }

  /** Resolves with whether the user is signed in. */
  readonly #signIn = async (account: Account): Promise<boolean> => {
    this.#change('signing in');
    const element = this.#own.made;
    try {
      await this.#host.updateComplete;
      Object.assign(element, account);
      await element.updateComplete;
      await element.connect();
      await element.register();
      // The client's state reports a failure of the API's socket.
      if (this.#host.hasAttribute('api')) element.connectApi().catch(() => {});
      this.#change('in');
      return true;
    } catch (cause) {
      const error = toSipError(cause);
      await this.#signOut(error);
      dispatchError(this.#host, error);
      return false;
    }
  };

  /** Signs out once, however many updates follow while the connection closes. */
  #signOut(failure?: SipError): Promise<void> {
    return (this.#leaving ??= this.#leave(failure).finally(() => (this.#leaving = undefined)));
  }

  async #leave(failure?: SipError): Promise<void> {
    const element = this.#own.made;
    await element.disconnect().catch(() => {});
    element.password = '';
    this.#change('out', failure);
  }

  /** Shows the form again if the server ended the registration or the connection for good. */
  #follow(client: BaseClient | undefined): void {
    if (!client || client.state.calls.length) return;
    const {connection, registration, error} = client.state;
    if (connection === 'disconnected' || registration === 'rejected') void this.#signOut(error);
  }

  #change(state: 'out' | 'signing in' | 'in', failure?: SipError): void {
    this.#state = state;
    this.#failure = failure;
    this.#host.requestUpdate();
  }

  #load(): void {
    this.#loading ??= import('./phone-login.js').then(
      ({inner}) => defineInner(inner),
      // The next update tries again.
      () => (this.#loading = undefined),
    );
  }
}
