import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {USER} from '../../core/client/option-checks.js';
import type {SipError} from '../../errors.js';
import '../../locales/login-en.js';
import type {Terms} from '../../locales/terms.js';
import type {InnerElements} from '../shared/define-inner.js';
import {errorNotice} from '../shared/notice.js';
import {property} from '../shared/property.js';
import {form} from '../shared/styles/form.styles.js';
import {inner as shared} from '../shared/styles/shared.styles.js';
import {recallAccount, rememberAccount, type Account} from './account-memory.js';
import {serverAddress} from './server-address.js';

type Field = keyof Account;

const styles = css`
  :host {
    display: block;
    overflow: auto;
  }
  .title {
    margin: 0;
    font-size: var(--_text-l);
    font-weight: 650;
  }
  .field {
    display: grid;
    gap: var(--_space-1);
  }
  label {
    font-size: var(--_text-s);
    font-weight: 600;
  }
  .input[aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .wrong {
    color: var(--_danger);
    font-size: var(--_text-s);
  }
`;

/** The input of each field. An address is written from left to right in every language. */
const FIELDS: Readonly<Record<Field, Readonly<Record<'type' | 'autocomplete' | 'inputmode', string>>>> = {
  server: {type: 'text', autocomplete: 'url', inputmode: 'url'},
  user: {type: 'text', autocomplete: 'username', inputmode: 'text'},
  password: {type: 'password', autocomplete: 'current-password', inputmode: 'text'},
};
const NAMES = Object.keys(FIELDS) as Field[];

/** The form that signs in. What was wrong is at its field. */
class PhoneLoginElement extends LitElement {
  static override styles = [shared, form, styles];

  /** What the page names; empty for what it leaves to the user. */
  @property({attribute: false}) given: Omit<Account, 'password'> = {server: '', user: ''};
  /** Whether the server and the user are kept in this browser. */
  @property({attribute: false}) remembers = true;
  /** Whether the user is being signed in. */
  @property({attribute: false}) busy = false;
  /** Why the last attempt failed. */
  @property({attribute: false}) failure: SipError | undefined;
  /** Signs in; resolves with whether that succeeded. */
  @property({attribute: false}) signIn: (account: Account) => Promise<boolean> = async () => false;

  readonly #localize = new LocalizeController(this);
  /** What was wrong before anything was sent. */
  #wrong: Partial<Record<Field, keyof Terms>> = {};
  /** The server of the last attempt. */
  #server: string | undefined;

  override focus(options?: FocusOptions): void {
    const fields = NAMES.map((name) => this.#input(name));
    (fields.find(({value}) => !value) ?? fields.at(-1))?.focus(options);
  }

  protected override render(): TemplateResult {
    const localize = this.#localize;
    const {busy} = this;
    return html`<form part="login" class="form" novalidate aria-labelledby="title" @submit=${this.#onSubmit}>
      <h2 id="title" class="title">${localize.term('signIn')}</h2>
      ${this.failure && !fieldOf(this.failure) ? errorNotice(this.failure, this.#server, {localize}) : nothing}
      ${NAMES.map((name) => this.#renderField(name))}
      <button part="sign-in" class="pill accent" type="submit" aria-disabled=${busy ? 'true' : nothing}>
        ${localize.term(busy ? 'signingIn' : 'signIn')}
      </button>
      <span class="hidden" role="status">${busy ? localize.term('signingIn') : nothing}</span>
    </form>`;
  }

  protected override firstUpdated(): void {
    const {server, user} = {...(this.remembers ? recallAccount() : {}), ...filled(this.given)};
    this.#input('server').value = server ?? '';
    this.#input('user').value = user ?? '';
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('given');
    // A script may set the attributes later.
    for (const name of ['server', 'user'] as const)
      if (before && before[name] !== this.given[name]) this.#input(name).value = this.given[name];
    if (!changed.has('failure')) return;
    const field = this.failure && fieldOf(this.failure);
    if (field) this.#input(field).select();
  }

  #renderField(name: Field): TemplateResult {
    const localize = this.#localize;
    const wrong = this.#wrong[name];
    const failure = this.failure && fieldOf(this.failure) === name ? this.failure : undefined;
    return html`<div class="field">
      <label for=${name}>${localize.term(name)}</label>
      <input
        id=${name}
        part=${name}
        class="input"
        name=${name === 'user' ? 'username' : name}
        type=${FIELDS[name].type}
        inputmode=${FIELDS[name].inputmode}
        autocomplete=${FIELDS[name].autocomplete}
        dir=${name === 'server' ? 'ltr' : 'auto'}
        autocapitalize="none"
        spellcheck="false"
        required
        placeholder=${name === 'server' ? localize.term('serverHint') : nothing}
        aria-invalid=${wrong || failure ? 'true' : nothing}
        aria-describedby=${wrong || failure ? `${name}-wrong` : nothing}
        @input=${() => this.#onInput(name)}
      />
      ${wrong ? html`<p id="${name}-wrong" class="wrong">${localize.term(wrong as 'enterUser')}</p>` : nothing}
      ${
        failure
          ? html`<div id="${name}-wrong">${errorNotice(failure, this.#server, {localize})}</div>`
          : nothing
      }
    </div>`;
  }

  #input(name: Field): HTMLInputElement {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${name}`)!;
  }

  readonly #onInput = (name: Field): void => {
    if (this.#wrong[name]) this.#wrong = {...this.#wrong, [name]: undefined};
    if (this.failure && fieldOf(this.failure) === name) this.failure = undefined;
    this.requestUpdate();
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.busy) return;
    const written = {
      server: this.#input('server').value.trim(),
      user: this.#input('user').value.trim(),
      password: this.#input('password').value,
    };
    const server = serverAddress(written.server);
    this.failure = undefined;
    this.#wrong = {
      ...(typeof server === 'string' ? {} : {server: written.server ? server.wrong : 'enterServer'}),
      ...(USER.test(written.user) ? {} : {user: written.user ? 'wrongUser' : 'enterUser'}),
      ...(written.password ? {} : {password: 'enterPassword'}),
    };
    this.requestUpdate();
    const first = NAMES.find((name) => this.#wrong[name]);
    if (first) return this.#input(first).focus();
    if (typeof server !== 'string') return;
    this.#server = server;
    void this.#signIn(written, server);
  };

  async #signIn(written: Account, server: string): Promise<void> {
    const done = await this.signIn({...written, server});
    if (done && this.remembers) rememberAccount(written);
  }
}

/** The errors of the address that the user wrote. */
const SERVER_CODES: ReadonlySet<SipError['code']> = new Set([
  'server-unreachable',
  'certificate-refused',
  'insecure-server',
  'forbidden-by-page',
  'no-dispatch-server',
]);

/** The field that an error is about. */
function fieldOf({code, subject}: SipError): Field | undefined {
  if (code === 'wrong-password') return 'password';
  if (code === 'unknown-user') return 'user';
  if (code === 'bad-parameter')
    return (['server', 'user'] as const).find((name) => subject?.startsWith(name));
  return SERVER_CODES.has(code) ? 'server' : undefined;
}

/** Leaves out what is empty. */
function filled(given: Omit<Account, 'password'>): Partial<Account> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value));
}

export const inner: InnerElements = {'sip-phone-login': PhoneLoginElement};
