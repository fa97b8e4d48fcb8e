import {SipError, toSipError} from '../errors.js';
import {parseApiRequest, type ApiRequest} from './api-request.js';
import type {SipCall} from './call.js';
import type {CallHistory} from './call-history.js';
import {ClientCalls} from './client-calls.js';
import type {CallOptions, ClientEventMap, ClientState} from './client-state.js';
import type {SipDevices} from './devices.js';
import type {DeviceChange} from './devices-state.js';
import {Directory} from './directory.js';
import type {LoginInfo} from './people.js';
import type {CallService, CallServiceFactory, CallServiceHost} from './call-service.js';
import {ServiceSlot} from './service-slot.js';
import type {SessionRequest} from './session-request.js';
import {sipEvent, type SipEventDetails} from './events.js';
import {cleanNumber} from './number.js';
import {normalizeExpires, resolveOptions, type ResolvedOptions, type SipClientOptions} from './options.js';
import {Ringer} from './ringer.js';
import {StateTarget} from './state-target.js';
import type {
  ApiMessage,
  ApiState,
  Capabilities,
  ConnectionState,
  ReceivedMessage,
  RegistrationState,
} from './types.js';
import type {UploadResult} from './upload-request.js';
import {Uploads, type UploadOptions} from './uploads.js';

export type {CallOptions, ClientState} from './client-state.js';

const NOTHING: Capabilities = Object.freeze({
  call: false,
  message: false,
  api: false,
  transfer: false,
  directory: false,
  upload: false,
});

/**
 * One account at one server: its connection, its registration and its calls.
 *
 * Usable without any element. Commands reject with `SipError`; `state` follows what the server reports.
 */
export abstract class BaseClient extends StateTarget<ClientState, ClientEventMap> {
  readonly options: ResolvedOptions;
  /** Lets the calls be heard: they ring, and a caller hears it. */
  readonly ringer: Ringer;
  /** The people and devices that the server knows. */
  readonly directory = new Directory(() => {
    const {directory} = this.#connected();
    if (!directory) throw new SipError('unsupported', {subject: 'directory'});
    return directory;
  });
  readonly #uploads = new Uploads({
    findUrl: async () => this.options.uploadUrl ?? this.#findUploadUrl(),
    tell: (type, detail) => this.#tell(type, detail),
  });
  readonly #slot = new ServiceSlot(
    () => {
      this.#begin();
      return this.createService(this.#host);
    },
    // A service that never began to connect has nothing to tell.
    () => this.#setConnection('disconnected', undefined),
  );
  readonly #calls: ClientCalls;
  #capabilities: Capabilities;

  /** @throws {SipError} `bad-parameter` where an option cannot be used. */
  protected constructor(options: SipClientOptions) {
    super({
      connection: 'disconnected',
      registration: 'unregistered',
      api: 'closed',
      calls: Object.freeze([]),
      doNotDisturb: options.doNotDisturb ?? false,
    });
    this.options = resolveOptions(options);
    this.#capabilities = this.#capable(NOTHING);
    this.#calls = new ClientCalls({
      options: this.options,
      tell: (type, detail) => this.#tell(type, detail),
      doNotDisturb: () => this.state.doNotDisturb,
      onChange: (calls, current) => this.update({calls, current}),
    });
    this.ringer = new Ringer(this);
  }

  /** Loads the profile's code and makes its service. */
  protected abstract readonly createService: CallServiceFactory;

  /** Microphone, camera, speaker and ringer; usable before the first connection. */
  get devices(): SipDevices {
    return this.options.devices;
  }

  /** What the server can do; all false before the first connection, but for an upload whose address is an option. */
  get capabilities(): Capabilities {
    return this.#capabilities;
  }

  /** The calls of this account that are over. */
  get history(): CallHistory {
    return this.#calls.history;
  }

  /** Refuses calls that come in (480, RFC 3261 §21.4.18) and notes them as missed; one's own calls go on. */
  get doNotDisturb(): boolean {
    return this.state.doNotDisturb;
  }

  set doNotDisturb(doNotDisturb: boolean) {
    this.update({doNotDisturb: Boolean(doNotDisturb)});
  }

  /** Connects to the server; resolves when the connection stands, at once where it does already. */
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
      const failure = toSipError(error, this.options.server);
      // Whoever gave it up knows why.
      if (this.state.connection === 'connecting' && failure.code !== 'aborted')
        this.#setConnection('disconnected', failure);
      throw failure;
    }
  }

  /** Ends calls, registration and connection. Never rejects, does nothing where there is no connection. */
  async disconnect(): Promise<void> {
    await this.#slot.close();
  }

  /**
   * Registers, so that calls and messages arrive; resolves when the server accepted.
   *
   * @param expires - Seconds, 1–600; the option's value by default, 60 where it is out of range.
   */
  async register(expires?: number): Promise<void> {
    await this.#connected().register(
      expires === undefined ? this.options.expires : normalizeExpires(expires),
    );
  }

  async unregister(): Promise<void> {
    await this.#connected().unregister();
  }

  /**
   * Calls a number; resolves once the server has named the call. The call that speaks is held.
   *
   * Devices are opened first: without a microphone or camera the call goes on and only receives; `call.state.warning` says why.
   *
   * With `screen` the browser asks for the screen first of all; without one nothing is sent and nobody's phone rings.
   *
   * @throws {SipError} `invalid-number`, `not-connected`, `not-registered`, `too-many-calls`, `aborted`, `screen-cancelled`
   * and other `screen-…`, and what the server refuses; the call that spoke goes on then.
   */
  async call(number: string, options: CallOptions = {}): Promise<SipCall> {
    const target = cleanNumber(number);
    const {media = 'audio', screen = false, signal} = options;
    const service = this.#connected();
    const request = {number: target, media, screen, signal};
    return this.#calls.place(request, () => service.call(request));
  }

  /**
   * Asks for a session of another kind.
   *
   * @internal What the methods for each kind are made of.
   */
  async createSession(request: SessionRequest): Promise<SipCall | undefined> {
    const service = this.#connected();
    return this.#calls.placeSession(request, () => service.createSession(request));
  }

  /**
   * Goes on with a call and holds the one that speaks; makes a call that was not answered yet the current one.
   *
   * @throws {SipError} `invalid-state` where it is over or has yet to be answered here; as `SipCall.unhold`.
   */
  async activate(call: SipCall): Promise<void> {
    await this.#calls.activate(call);
  }

  /** The call with the server's session id (the documentation's *sid*), while it is not over. */
  getCall(sid: string): SipCall | undefined {
    return this.state.calls.find((call) => call.id === sid);
  }

  /** Sends a text to a number; resolves when the server took it. */
  async sendMessage(number: string, text: string): Promise<void> {
    await this.#connected().sendMessage(cleanNumber(number), text);
  }

  /** Opens the API's WebSocket and logs in; requests go over SIP MESSAGE until then. */
  async connectApi(): Promise<void> {
    await this.#connected().connectApi();
  }

  async disconnectApi(): Promise<void> {
    await this.#slot.service?.disconnectApi();
  }

  /**
   * Sends a message to the server's API; resolves with its reply, whatever the code.
   *
   * @throws {SipError} `bad-parameter` where it is no message, `timeout` where nothing came back, `aborted`.
   */
  async sendApi(message: ApiRequest, options: {signal?: AbortSignal} = {}): Promise<ApiMessage> {
    return this.#connected().sendApi(parseApiRequest(message), options.signal);
  }

  /**
   * Sends a file to the server; resolves with its reply, whatever the status.
   *
   * Three are sent at once, others wait. What is lost on the way is sent again, some times; a server that had already
   * taken it has it twice then. It needs no connection where `uploadUrl` is an option, and goes on after `disconnect()`.
   *
   * @throws {SipError} `bad-parameter` where it is no file or an empty one, `not-connected`, `unsupported`;
   * `upload-failed` where nothing came back, `file-unreadable`, `aborted`.
   */
  async upload(file: Blob, options: UploadOptions = {}): Promise<UploadResult> {
    return this.#uploads.upload(file, options);
  }

  /**
   * Asks where the server's other services are.
   *
   * @throws {SipError} `unsupported` where the profile has none; what the server refuses it for.
   */
  async getLoginInfo(): Promise<LoginInfo> {
    const service = this.#connected();
    if (!service.loginInfo) throw new SipError('unsupported', {subject: 'login information'});
    return service.loginInfo();
  }

  async #findUploadUrl(): Promise<string> {
    const url = await this.#connected().uploadUrl?.();
    if (url === undefined) throw new SipError('unsupported', {subject: 'upload'});
    return url;
  }

  /** An upload whose address is an option needs nothing of the server. */
  #capable(capabilities: Capabilities): Capabilities {
    return this.options.uploadUrl ? Object.freeze({...capabilities, upload: true}) : capabilities;
  }

  #begin(): void {
    if (this.state.connection === 'disconnected') this.#setConnection('connecting', undefined);
  }

  #connected(): CallService {
    const {service} = this.#slot;
    if (!service || this.state.connection === 'disconnected')
      throw new SipError('not-connected', {subject: this.options.server});
    return service;
  }

  #tell<K extends keyof SipEventDetails>(type: K, detail: SipEventDetails[K]): boolean {
    return this.dispatchEvent(sipEvent(type, detail));
  }

  #setConnection(connection: ConnectionState, error: SipError | undefined): void {
    const before = this.state.connection;
    this.update({connection, error: connection === 'connected' ? undefined : (error ?? this.state.error)});
    if (before === connection) return;
    // The devices live as long as the page: they know a client only while it has a connection.
    const {devices} = this.options;
    if (connection === 'disconnected') devices.removeEventListener('devicechange', this.#onDevice);
    else devices.addEventListener('devicechange', this.#onDevice);
    this.#tell('sip-connection', {state: connection});
    if (connection === 'connected') this.#tell('sip-server-connect', null);
    else if (before === 'connected') this.#tell('sip-server-disconnect', error ? {error} : {});
  }

  readonly #onDevice = ({detail}: CustomEvent<DeviceChange>): void =>
    void this.#tell('sip-device-change', detail);

  #setRegistration(registration: RegistrationState, error: SipError | undefined): void {
    const changed = this.state.registration !== registration;
    this.update({
      registration,
      error: registration === 'registered' ? undefined : (error ?? this.state.error),
    });
    if (changed && registration === 'registered') this.directory.registered();
    if (changed || error)
      this.#tell('sip-registration', error ? {state: registration, error} : {state: registration});
  }

  #setApi(api: ApiState): void {
    if (this.state.api === api) return;
    this.update({api});
    this.#tell('sip-api-connection', {state: api});
  }

  /** The side of the client that its service drives. */
  readonly #host: CallServiceHost = this.#makeHost();

  #makeHost(): CallServiceHost {
    const calls = (): readonly SipCall[] => this.state.calls;
    const options = (): ResolvedOptions => this.options;
    return {
      get options() {
        return options();
      },
      get calls() {
        return calls();
      },
      setConnection: (state, error) => this.#setConnection(state, error),
      setRegistration: (state, error) => this.#setRegistration(state, error),
      setApi: (state) => this.#setApi(state),
      refusalOf: (arrival) => this.#calls.refusalOf(arrival),
      missed: (arrival, cause) => this.#calls.missed(arrival, cause),
      addCall: (init) => this.#calls.add(init),
      messageReceived: (message: ReceivedMessage) => void this.#tell('sip-message-received', {message}),
      apiReceived: (message: ApiMessage) => void this.#tell('sip-api-received', {message}),
      personChanged: (number, state) => void this.#tell('sip-person-state', {number, state}),
      positionChanged: (position) => void this.#tell('sip-position', position),
      apiHeard: (detail: ApiMessage) => void this.dispatchEvent(new CustomEvent('apimessage', {detail})),
    };
  }
}
