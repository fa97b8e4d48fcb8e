import {durations} from '../../durations/page.js';
import {SipError, toSipError} from '../../errors.js';
import {within} from '../../within.js';
import type {Tell} from './events.js';
import type {CallService, CallServiceFactory, CallServiceHost} from './call-service.js';
import {NO_CAPABILITIES, type Capabilities} from '../capabilities.js';
import type {ClientCalls} from './client-calls.js';
import type {ClientState} from './client-state.js';
import type {DeviceChange} from '../devices/devices-state.js';
import type {ResolvedOptions} from './options.js';
import {ServiceSlot} from './service-slot.js';
import type {
  ApiMessage,
  ApiState,
  ConnectionState,
  MessageEnvelope,
  ReceivedComposing,
  ReceivedMessage,
  ReceivedReceipt,
  RegistrationState,
} from '../types.js';

/** What `ClientLink` needs from its client. */
export interface ClientLinkOptions {
  readonly options: ResolvedOptions;
  readonly calls: ClientCalls;
  readonly tell: Tell;
  readonly create: CallServiceFactory;
  /** The client's state. The link writes its connection, registration, API and error. */
  state(): ClientState;
  update(
    patch: Partial<Pick<ClientState, 'connection' | 'registration' | 'api' | 'error' | 'waitingMessages'>>,
  ): void;
  /** Called when the account is registered, before the page is notified. */
  onRegistered(): void;
  onCapabilities(): void;
  /** Called when a message arrives, before the page is notified; resolves when it is stored. */
  onMessage(message: ReceivedMessage, envelope?: MessageEnvelope): Promise<void>;
  onReceipt(receipt: ReceivedReceipt): void;
  onComposing(composing: ReceivedComposing): void;
  /** See `CallServiceHost.apiHeard`. */
  onApi(message: ApiMessage): void;
}

/** Connects one client to its server: owns the service, and the state of connection, registration and API. */
export class ClientLink {
  readonly #client: ClientLinkOptions;
  readonly #slot: ServiceSlot;
  #capabilities: Capabilities;
  /** Settles when the calls of the page before go on. */
  #resuming = Promise.resolve();
  /** Whether the user signs out. */
  #signsOut = false;

  constructor(client: ClientLinkOptions) {
    this.#client = client;
    this.#capabilities = this.#capable(NO_CAPABILITIES);
    const host = this.#host();
    this.#slot = new ServiceSlot(
      () => {
        this.#begin();
        return client.create(host);
      },
      (left) => within(this.#leave(left), durations.callsBack),
      // A service that never began to connect reports nothing itself.
      () => this.#setConnection('disconnected', undefined),
    );
  }

  /** See `BaseClient.capabilities`. */
  get capabilities(): Capabilities {
    return this.#capabilities;
  }

  /** The service, even while it has no connection. */
  get service(): CallService | undefined {
    return this.#slot.service;
  }

  /** The service that receives commands. @throws {SipError} `not-connected` */
  get required(): CallService {
    const {service} = this.#slot;
    if (!service || this.#client.state().connection === 'disconnected')
      throw new SipError('not-connected', {subject: this.#client.options.server});
    return service;
  }

  /** See `BaseClient.connect`. */
  async connect(): Promise<void> {
    const before = this.#slot.service;
    if (before) this.#begin();
    // A listener may have disconnected.
    if (before && !this.#slot.service) throw new SipError('aborted', {subject: 'connect'});
    try {
      const service = await this.#slot.open();
      this.#capabilities = this.#capable(service.capabilities);
      await service.connect();
    } catch (error) {
      const failure = toSipError(error, this.#client.options.server);
      // An abort is not a failure: the page requested it.
      if (this.#client.state().connection === 'connecting' && failure.code !== 'aborted')
        this.#setConnection('disconnected', failure);
      throw failure;
    }
  }

  /**
   * See `BaseClient.disconnect`.
   *
   * @param signsOut - Whether calls of the page before that do not go on yet are ended. Nobody signs out who has been refused.
   */
  async disconnect(signsOut: boolean): Promise<void> {
    this.#signsOut = signsOut && this.#client.state().registration !== 'rejected';
    await this.#slot.close();
  }

  /** Resolves with the URL that files are uploaded to. @throws {SipError} `unsupported`, `not-connected` */
  async findUploadUrl(): Promise<string> {
    const url = this.#client.options.uploadUrl ?? (await this.required.uploadUrl?.());
    if (url === undefined) throw new SipError('unsupported', {subject: 'upload'});
    return url;
  }

  /** Uploads need no support by the server if the `uploadUrl` option is set. */
  #capable(capabilities: Capabilities): Capabilities {
    return this.#client.options.uploadUrl ? Object.freeze({...capabilities, upload: true}) : capabilities;
  }

  #begin(): void {
    if (this.#client.state().connection === 'disconnected') this.#setConnection('connecting', undefined);
  }

  #setConnection(connection: ConnectionState, error: SipError | undefined): void {
    const {tell, options} = this.#client;
    const before = this.#client.state().connection;
    this.#client.update({
      connection,
      error: connection === 'connected' ? undefined : (error ?? this.#client.state().error),
    });
    if (before === connection) return;
    // The devices live as long as the page, so the client listens only while it is connected.
    const {devices} = options;
    if (connection === 'disconnected') devices.removeEventListener('devicechange', this.#onDevice);
    else devices.addEventListener('devicechange', this.#onDevice);
    tell('sip-connection', {state: connection});
    if (connection === 'connected') tell('sip-server-connect', null);
    else if (before === 'connected') tell('sip-server-disconnect', error ? {error} : {});
  }

  readonly #onDevice = ({detail}: CustomEvent<DeviceChange>): void =>
    void this.#client.tell('sip-device-change', detail);

  #setRegistration(registration: RegistrationState, error: SipError | undefined): void {
    const {tell} = this.#client;
    const changed = this.#client.state().registration !== registration;
    this.#client.update({
      registration,
      error: registration === 'registered' ? undefined : (error ?? this.#client.state().error),
    });
    if (changed && registration === 'registered') this.#registered();
    if (changed || error)
      tell('sip-registration', error ? {state: registration, error} : {state: registration});
  }

  #registered(): void {
    this.#client.onRegistered();
    const {service} = this.#slot;
    // Without the code for it, the calls end as if nobody had kept them.
    if (service) this.#resuming = this.#client.calls.resume(service).catch(() => {});
  }

  /** Waits for the calls of the page before, or ends them: they would go on at their other sides alone. */
  async #leave(service: CallService | undefined): Promise<void> {
    await this.#resuming;
    if (service && this.#signsOut) await this.#client.calls.resume(service, true).catch(() => {});
  }

  #setApi(api: ApiState): void {
    if (this.#client.state().api === api) return;
    this.#client.update({api});
    this.#client.tell('sip-api-connection', {state: api});
  }

  /** The interface of the client for its service. */
  #host(): CallServiceHost {
    const client = this.#client;
    const {calls, tell} = client;
    return {
      options: client.options,
      get calls() {
        return client.state().calls;
      },
      setConnection: (state, error) => this.#setConnection(state, error),
      setRegistration: (state, error) => this.#setRegistration(state, error),
      setApi: (state) => this.#setApi(state),
      setCapabilities: (capabilities) => {
        this.#capabilities = this.#capable(capabilities);
        client.onCapabilities();
      },
      refusalOf: (arrival, joined) => calls.refusalOf(arrival, joined),
      missed: (arrival, cause) => calls.missed(arrival, cause),
      keeps: (call) => calls.keeps(call),
      addCall: (init, create) => calls.add(init, create),
      messageReceived: (message, envelope) => {
        const stored = client.onMessage(message, envelope);
        tell('sip-message-received', {message});
        return stored;
      },
      receiptReceived: (receipt) => client.onReceipt(receipt),
      composingReceived: (composing) => client.onComposing(composing),
      setWaitingMessages: (messages) => {
        if (JSON.stringify(messages) === JSON.stringify(client.state().waitingMessages)) return;
        client.update({waitingMessages: messages});
        tell('sip-waiting-messages', {messages});
      },
      apiReceived: (message) => void tell('sip-api-received', {message}),
      personChanged: (number, state) => void tell('sip-person-state', {number, state}),
      positionChanged: (position) => void tell('sip-position', position),
      apiHeard: (message) => client.onApi(message),
    };
  }
}
