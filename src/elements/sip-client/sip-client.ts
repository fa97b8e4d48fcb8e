import {ContextProvider} from '@lit/context';
import {css, html, isServer, type PropertyValues, type TemplateResult} from 'lit';
import {clientContext, clientFailureContext} from '../../context/client-context.js';
import type {BaseClient} from '../../core/client/client.js';
import {dispatchClientChange} from '../../core/client/client-change.js';
import type {SipEventMap} from '../../core/client/events.js';
import type {PeopleSource} from '../../core/people/person-details.js';
import type {Ringer} from '../../core/ringing/ringer.js';
import {SipError, toSipError} from '../../errors.js';
import {dispatchError, reportToAuthor} from '../../controllers/sip-error-event.js';
import {LazyModule} from '../shared/lazy-module.js';
import {property} from '../shared/property.js';
import {repeatEvents} from './repeat-events.js';
import type {ConfigFile} from './config-file.js';
import {Autoconnect} from './autoconnect.js';
import {ClientAttributesElement, forgetSecrets, RINGER_OPTIONS} from './client-attributes.js';
import {FailureReport} from './failure-report.js';
import {LeaveWarning} from './leave-warning.js';
import {OwnClient} from './own-client.js';

/** Loaded by elements that take the client of the documented functions. */
const functionsFollower = new LazyModule(() => import('./functions-follower.js'));

/** Loaded by elements that have a configuration file. */
const configFiles = new LazyModule(() => import('./config-file.js'));

/**
 * Provides a `SipClient` to the elements inside it and dispatches the client's events. It displays nothing.
 *
 * The element creates the client as soon as its attributes name a server and a user. An attribute that changes while
 * the client is connected takes effect with the next `connect()` while there is no call; with `autoconnect`, at once or
 * when the last call ends. When the element leaves the document and is not back by the next task, it ends its calls and
 * disconnects, unless it has `keep-alive`. Moving the element keeps its calls.
 *
 * @slot - The elements that use the client.
 * @cssstate loading - The file of `config` is being loaded.
 * @fires {CustomEvent<{error: SipError}>} sip-error - The attributes do not define a client, or one of them has an invalid value.
 */
export class SipClientElement extends ClientAttributesElement {
  static override styles = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none;
    }
  `;

  readonly #provider = new ContextProvider(this, {context: clientContext});
  readonly #failures = new ContextProvider(this, {context: clientFailureContext});
  readonly #own = new OwnClient(
    () => {
      const {settings, options} = this;
      return [settings, this.#config?.with(options, settings) ?? options];
    },
    (client) => this.#follow(client),
  );
  /** The file of `config`, once its code is loaded. */
  #config: ConfigFile | undefined;
  #pageClient: BaseClient | undefined;
  #following: AbortController | undefined;
  readonly #autoconnect = new Autoconnect();
  readonly #leaveWarning = new LeaveWarning();
  readonly #report = new FailureReport(this);
  /** The value that the page has set; undefined if it has set none. */
  #doNotDisturb: boolean | undefined;
  /** The function that the page has set; undefined if it has set none. */
  #people: PeopleSource | undefined;

  /** Rejects incoming calls and records them as missed. */
  @property({type: Boolean, attribute: 'do-not-disturb'})
  get doNotDisturb(): boolean {
    return this.#current?.state.doNotDisturb ?? this.#doNotDisturb ?? false;
  }

  set doNotDisturb(doNotDisturb: boolean) {
    this.#doNotDisturb = doNotDisturb;
    if (this.#current) this.#current.doNotDisturb = doNotDisturb;
  }

  /**
   * Tells who has a number: `{name, picture, detail, href}`, or a promise of it. The elements show it; nothing waits for
   * it.
   */
  @property({attribute: false, noAccessor: true})
  get people(): PeopleSource | undefined {
    return this.#current?.people ?? this.#people;
  }

  set people(people: PeopleSource | undefined) {
    this.#people = people;
    if (this.#current) this.#current.people = people;
  }

  /**
   * The client: the one that the page has set, or else the element's own; undefined while the attributes do not define
   * one.
   *
   * The element never connects or ends a client that the page has set.
   */
  @property({attribute: false, noAccessor: true})
  override get client(): BaseClient | undefined {
    return (
      this.#pageClient ?? (this.config && !this.#config?.ready ? this.#own.current : this.#own.prepare())
    );
  }

  override set client(client: BaseClient | undefined) {
    if (client === this.#pageClient) return;
    if (client !== this.#own.current) void this.#own.end();
    this.#pageClient = client;
    this.#follow(this.client);
    this.requestUpdate();
  }

  /**
   * Connects to the server; resolves when the connection is open.
   *
   * @throws {SipError} `bad-parameter` if the attributes do not define a client, and every error that `SipClient` rejects
   *   with.
   */
  async connect(): Promise<void> {
    if (this.config && !this.#pageClient)
      await (await configFiles.wait()).followConfig(this, SipError).wait();
    if (!this.#pageClient && this.#own.outdated && !this.calls.length) await this.#own.end();
    await this.required.connect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follow(this.client);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    setTimeout(() => {
      if (!this.isConnected && !this.keepAlive) this.#leave();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (isServer) return forgetSecrets(this);
    if (this.config) this.#config = configFiles.load(this)?.followConfig(this, SipError);
    if (this.functions) functionsFollower.load(this)?.followFunctions(this);
    this.#provider.setValue(this.client);
    this.#own.applyRecall();
    this.#failures.setValue(this.#failure);
    if (RINGER_OPTIONS.some((name) => changed.has(name))) this.#setRingerOptions(changed);
    if (changed.has('leaveWarning')) this.#warn();
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  protected override updated(): void {
    if (!this.isConnected) return;
    const {client} = this;
    this.#report.report(this.#failure, this.#config?.error ? 'all' : this.#own.written);
    if (!client || !this.autoconnect || this.#pageClient) return;
    if (this.#own.outdated) void (this.calls.length || this.#own.end().then(() => this.requestUpdate()));
    else this.#autoconnect.begin(client, () => this.hasAttribute('api'));
  }

  /**
   * Passes the attributes to the client's ringer. An attribute that was never set changes nothing; a removed one resets
   * its setting.
   */
  #setRingerOptions(changed?: PropertyValues<this>): void {
    const ringer = this.client?.ringer;
    if (!ringer) return;
    if (this.ringtone || changed?.get('ringtone')) ringer.ringtone = this.ringtone;
    for (const name of ['toneCountry', 'quietHours'] as const)
      if (this[name] || changed?.get(name)) this.#set(ringer, name, this[name]);
    const spoken = changed?.get('ringVolume') !== undefined;
    if (this.ringVolume !== undefined || spoken) ringer.volume = this.ringVolume ?? 1;
  }

  /** Sets a property of the ringer; an invalid value changes nothing and dispatches `sip-error`. */
  #set(ringer: Ringer, name: 'toneCountry' | 'quietHours', value: string): void {
    try {
      ringer[name] = value;
    } catch (cause) {
      dispatchError(this, toSipError(cause));
    }
  }

  /** Why there is no client. */
  get #failure(): SipError | undefined {
    return this.#pageClient ? undefined : (this.#config?.error ?? this.#own.failure);
  }

  #warn(): void {
    this.#leaveWarning.follow(this.leaveWarning ? this.#current : undefined);
  }

  #leave(): void {
    this.#autoconnect.forget();
    void this.#own.end();
    if (this.#pageClient) this.#following?.abort();
    this.#leaveWarning.follow(undefined);
  }

  /** The current client; reading this property does not create one. */
  get #current(): BaseClient | undefined {
    return this.#pageClient ?? this.#own.current;
  }

  protected override get required(): BaseClient {
    // Tries once more to create the client, for the error that names what is missing.
    return this.client ?? this.#own.make();
  }

  #follow(client: BaseClient | undefined): void {
    this.#following?.abort();
    this.#warn();
    dispatchClientChange(this);
    if (!client) return;
    if (this.#doNotDisturb !== undefined) client.doNotDisturb = this.#doNotDisturb;
    if (this.#people && client.people !== this.#people) client.people = this.#people;
    this.#following = new AbortController();
    const {signal} = this.#following;
    repeatEvents(client, this, signal);
    this.#setRingerOptions();
    const onChange = (): void => {
      this.#warn();
      const {error} = client.state;
      if (error) reportToAuthor(this, error);
      // If attributes have changed, the new client has been waiting for the last call to end.
      if (this.#own.outdated) this.requestUpdate();
    };
    client.addEventListener('statechange', onChange, {signal});
    whenIdle(() => {
      // A page may set several attributes, one after the other.
      if (this.isConnected && this.#own.current === client) void this.#own.current.preload(this.autoconnect);
    });
  }
}

/** Calls back when the browser has time, unless the user saves data. */
function whenIdle(then: () => void): void {
  if (isServer) return;
  const {connection} = navigator as {readonly connection?: {readonly saveData?: boolean}};
  if (connection?.saveData) return;
  // Not all browsers have idle callbacks.
  (globalThis.requestIdleCallback ?? setTimeout)(then);
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-client': SipClientElement;
  }
  // Declared here, not where the events are dispatched: the published types refer to this file.
  interface HTMLElementEventMap extends SipEventMap {
    /** A command of an element's control failed. */
    'sip-error': CustomEvent<{readonly error: SipError}>;
  }
}
