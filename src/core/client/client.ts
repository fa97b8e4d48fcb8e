import {SipError} from '../../errors.js';
import {parseApiRequest, type ApiRequest} from '../server/api-request.js';
import type {SipCall} from '../call/call.js';
import type {CallHistory} from '../history/call-history.js';
import {ClientCalls} from './client-calls.js';
import {ClientLink} from './client-link.js';
import type {CallOptions, ClientEventMap, ClientState} from './client-state.js';
import type {SipConference} from '../conference/conference.js';
import type {SipDevices} from '../devices/devices.js';
import {Directory, type Numbers} from '../directory/directory.js';
import type {LoginInfo} from '../directory/people.js';
import type {PeopleWatch} from '../directory/people-watch.js';
import type {CallServiceFactory} from '../server/call-service.js';
import type {SessionRequest, SuperviseRequest} from '../server/session-request.js';
import {StateTarget} from '../util/state-target.js';
import {sipEvent, type SipEventDetails, type Tell} from './events.js';
import {groupRequest, type ConferenceOptions, type IntercomOptions} from '../conference/group-options.js';
import type {SipIntercom} from '../intercom/intercom.js';
import {runningIntercom} from '../intercom/is-intercom.js';
import type {SipMessage} from '../messages/message.js';
import {SipMessages} from '../messages/messages.js';
import {givenHeaders} from './given-headers.js';
import {cleanNumber} from '../util/number.js';
import {normalizeExpires, resolveOptions, type ResolvedOptions, type SipClientOptions} from './options.js';
import type {Recordings} from '../recordings/recordings.js';
import {Ringer} from '../ringing/ringer.js';
import type {ApiMessage, Capabilities} from '../types.js';
import type {UploadResult} from '../uploads/upload-request.js';
import {Uploads, type UploadOptions} from '../uploads/uploads.js';

export type {CallOptions, ClientState} from './client-state.js';

/** How somebody's camera is watched. */
export interface MonitorOptions {
  /** What the server is to make of the picture, as it writes that; its own choice where it is missing. */
  readonly codec?: string;
  /** Gives it up while the server has not named it yet. */
  readonly signal?: AbortSignal | undefined;
}

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
    const {directory} = this.#link.required;
    if (!directory) throw new SipError('unsupported', {subject: 'directory'});
    return directory;
  });
  /** What was sent to others and what they sent: conversations, unread messages, files. */
  readonly messages: SipMessages;
  readonly #uploads = new Uploads({
    findUrl: () => this.#link.findUploadUrl(),
    tell: (type, detail) => this.#tell(type, detail),
  });
  readonly #calls: ClientCalls;
  readonly #link: ClientLink;

  /** @throws {SipError} `bad-parameter` if an option cannot be used. */
  protected constructor(options: SipClientOptions) {
    super({
      connection: 'disconnected',
      registration: 'unregistered',
      api: 'closed',
      calls: Object.freeze([]),
      watchers: Object.freeze([]),
      doNotDisturb: options.doNotDisturb ?? false,
    });
    this.options = resolveOptions(options);
    const tell: Tell = (type, detail) => this.#tell(type, detail);
    this.#calls = new ClientCalls({
      options: this.options,
      tell,
      doNotDisturb: () => this.state.doNotDisturb,
      createSession: (request) => this.createSession(request),
      onChange: (change) => this.update(change),
    });
    this.#link = new ClientLink({
      options: this.options,
      calls: this.#calls,
      tell,
      create: (host) => this.createService(host),
      state: () => this.state,
      update: (patch) => this.update(patch),
      onCapabilities: () => this.dispatchEvent(new Event('statechange')),
      onRegistered: () => {
        this.directory.registered();
        this.messages.registered();
      },
      onMessage: (message) => this.messages.received(message),
      onApi: (detail) => this.dispatchEvent(new CustomEvent('apimessage', {detail})),
    });
    const {user, domain, history, messageLimit, messageDays, messageBytes} = this.options;
    this.messages = new SipMessages({
      account: `${user}@${domain}`,
      local: history === 'local',
      limit: messageLimit,
      days: messageDays,
      bytes: messageBytes,
      tell,
      connection: () => this.state.connection,
      deliver: async (number, text) => this.#link.required.sendMessage(number, text),
      upload: async (file, options) => this.upload(file, options),
      findUploadUrl: async () => this.#link.findUploadUrl(),
    });
    this.ringer = new Ringer(this);
  }

  /** Loads the profile's code and makes its service. */
  protected abstract readonly createService: CallServiceFactory;

  /** Microphone, camera, speaker and ringer; usable before the first connection. */
  get devices(): SipDevices {
    return this.options.devices;
  }

  /**
   * What the server can do; all false before the first connection, but for an upload whose address is an option. Where it
   * turns out to be otherwise, `statechange` tells.
   */
  get capabilities(): Capabilities {
    return this.#link.capabilities;
  }

  /** The calls of this account that are over. */
  get history(): CallHistory {
    return this.#calls.history;
  }

  /** The recordings of this account's calls that the browser keeps. */
  get recordings(): Recordings {
    return this.#calls.recordings;
  }

  /** The calls that are not over, oldest first: `state.calls`. */
  get calls(): readonly SipCall[] {
    return this.state.calls;
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
    await this.#link.connect();
  }

  /** Ends calls, registration and connection. Never rejects, does nothing where there is no connection. */
  async disconnect(): Promise<void> {
    await this.#link.disconnect();
  }

  /**
   * Registers, so that calls and messages arrive; resolves when the server accepted.
   *
   * @param expires - Seconds, 1–600; the option's value by default, 60 where it is out of range.
   */
  async register(expires?: number): Promise<void> {
    await this.#link.required.register(
      expires === undefined ? this.options.expires : normalizeExpires(expires),
    );
  }

  async unregister(): Promise<void> {
    await this.#link.required.unregister();
  }

  /**
   * Calls a number; resolves once the server has named the call. The call that speaks is held.
   *
   * Devices are opened first: without a microphone or camera the call goes on and only receives; `call.state.warning` says why.
   *
   * With `screen` the browser asks for the screen first of all; without one nothing is sent and nobody's phone rings.
   *
   * @throws {SipError} `invalid-number`, `bad-parameter` for a header that may not be, `not-connected`, `not-registered`,
   * `too-many-calls`, `aborted`, `screen-cancelled` and other `screen-…`, `unsupported` for headers where the server calls by
   * itself, and what the server refuses; the call that spoke goes on then.
   */
  async call(number: string, options: CallOptions = {}): Promise<SipCall> {
    const target = cleanNumber(number);
    const {media = 'audio', screen = false, type, signal} = options;
    const headers = options.headers && (await givenHeaders(options.headers));
    const service = this.#link.required;
    if (type && !this.capabilities.urgent) throw new SipError('unsupported', {subject: type});
    const request = {number: target, media, screen, type, headers, signal};
    return this.#calls.place(request, () => service.call(request));
  }

  /**
   * Asks for a session of another kind.
   *
   * @internal The methods for each kind are made of it.
   */
  async createSession(request: SessionRequest): Promise<SipCall | undefined> {
    const service = this.#link.required;
    if ('members' in request && !request.members.length && !service.capabilities.rooms)
      throw new SipError('bad-parameter', {subject: 'members'});
    return this.#calls.placeSession(request, () => service.createSession(request));
  }

  /**
   * Calls several numbers and brings them together, with this side; resolves once the server has named the conference. The
   * members are called when this side is in it. The call that speaks is held.
   *
   * Where `capabilities.rooms`, a number joins the room of that number, with nobody called where `members` is empty; without a
   * number `conferenceUri` makes a conference (RFC 4579 §5.4). Members are called into it by its focus (RFC 4579 §5.5).
   *
   * @throws {SipError} `bad-parameter` where there are no members; `unsupported`, also where a room needs a number; as `call()`.
   */
  async createConference(options: ConferenceOptions): Promise<SipConference> {
    return this.createSession(groupRequest('conference', options)) as Promise<SipConference>;
  }

  /** As `createConference`, for members who only listen: to this side, and to the file where there is one. */
  async createBroadcast(options: ConferenceOptions): Promise<SipConference> {
    return this.createSession(groupRequest('broadcast', options)) as Promise<SipConference>;
  }

  /**
   * Joins an intercom group without speaking, or calls members together to one for as long as it lasts; resolves once the
   * server has named it. A group that is open already is given back as it is. No call is held for it.
   *
   * The microphone is opened and stays silent until `requestFloor()` is granted. On a server that lets nobody join without
   * speaking (it answers 1008) the floor is asked for and given back at once, and nothing is said meanwhile.
   *
   * @param options.signal - Gives it up while the server has not named it yet.
   * @throws {SipError} `not-in-group`, `unknown-number`, `bad-parameter` where there are no members, `unsupported`; as `call()`.
   */
  async intercom(
    group: string | IntercomOptions,
    {signal}: Pick<IntercomOptions, 'signal'> = {},
  ): Promise<SipIntercom> {
    if (typeof group === 'object')
      return this.createSession(groupRequest('temporary-intercom', group)) as Promise<SipIntercom>;
    const number = cleanNumber(group);
    const running = runningIntercom(this.state.calls, number);
    if (running) return running;
    const request = {kind: 'intercom', group: number, speak: false, signal} as const;
    return this.createSession(request) as Promise<SipIntercom>;
  }

  /**
   * Shows somebody's camera; resolves once the server has named the call, which is of type `monitor`. Nothing is opened or
   * sent here, no call is held for it, and it does not count among the calls that there may be.
   *
   * Cameras answer by themselves, people where they allowed that; others are asked, and `state.cause` says where they
   * declined.
   *
   * @throws {SipError} `no-video` where the number has no camera, `invalid-number`, `unknown-number`, `number-offline`,
   * `not-allowed`, `unsupported`, `aborted`
   */
  async monitor(number: string, {codec = '', signal}: MonitorOptions = {}): Promise<SipCall> {
    const target = cleanNumber(number);
    const request = {kind: 'monitor', number: target, codec: String(codec).trim(), signal} as const;
    return (await this.createSession(request))!;
  }

  /**
   * Goes into a call of others: both hear this side, and are heard. The call that speaks is held.
   *
   * @param number - One of those whose call it is.
   * @param sid - The session, where the number is in several.
   * @returns The call, of type `barge-in`; its `id` is the session's, and it ends with it.
   * @throws {SipError} `call-not-found` where the number is in no call, or in several; `not-allowed` for whom it is not to do;
   * `invalid-state` where this side takes part already; `member-not-found`, `unknown-number`, `unsupported`
   */
  async bargeIn(number: string, sid = ''): Promise<SipCall> {
    return (await this.createSession(supervision('barge-in', number, sid)))!;
  }

  /** Hears a call of others, who hear nothing of it and are not told; otherwise as `bargeIn`, and opens no device. */
  async listenIn(number: string, sid = ''): Promise<SipCall> {
    return (await this.createSession(supervision('listen-in', number, sid)))!;
  }

  /** Puts somebody out of a call of others; where there were two and nobody has gone in, it is over. Rejects as `bargeIn`. */
  async removeCall(number: string, sid = ''): Promise<void> {
    await this.createSession(supervision('remove', number, sid));
  }

  /** Puts the other one out, with whom somebody speaks. Rejects as `bargeIn`, with `bad-parameter` in a conference. */
  async removeOther(number: string, sid = ''): Promise<void> {
    await this.createSession(supervision('remove-other', number, sid));
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

  /**
   * Sends a text to a number; resolves when the server took it. As `messages.send`.
   *
   * ```ts
   * const {id, state} = await client.sendMessage('1002', 'hi');
   * ```
   */
  async sendMessage(number: string, text: string): Promise<SipMessage> {
    return this.messages.send(number, text);
  }

  /**
   * Watches numbers of the page's own choice, as the lamps of a telephone do; also before the first connection.
   *
   * ```ts
   * const watch = await client.watchPeople('1002,1003');
   * watch.addEventListener('statechange', () => show(watch.state.people));
   * ```
   * Where `capabilities.presence` is true the server is asked of each of them, by the event packages `dialog` (RFC 4235) and
   * `presence` (RFC 3856); otherwise what it tells by itself counts. `sip-person-state` tells too.
   *
   * @throws {SipError} `invalid-number`
   */
  async watchPeople(numbers: Numbers): Promise<PeopleWatch> {
    const {PeopleWatch} = await import('../directory/people-watch.js');
    return new PeopleWatch(numbers, this, () => this.#link.service?.presence);
  }

  /** Opens the API's WebSocket and logs in; requests go over SIP MESSAGE until then. */
  async connectApi(): Promise<void> {
    await this.#link.required.connectApi();
  }

  async disconnectApi(): Promise<void> {
    await this.#link.service?.disconnectApi();
  }

  /**
   * Sends a message to the server's API; resolves with its reply, whatever the code.
   *
   * @throws {SipError} `bad-parameter` where it is no message, `timeout` where nothing came back, `aborted`.
   */
  async sendApi(message: ApiRequest, options: {signal?: AbortSignal} = {}): Promise<ApiMessage> {
    return this.#link.required.sendApi(parseApiRequest(message), options.signal);
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
    const service = this.#link.required;
    if (!service.loginInfo) throw new SipError('unsupported', {subject: 'login information'});
    return service.loginInfo();
  }

  #tell<K extends keyof SipEventDetails>(type: K, detail: SipEventDetails[K]): boolean {
    return this.dispatchEvent(sipEvent(type, detail));
  }
}

/** @throws {SipError} `invalid-number` */
function supervision(kind: SuperviseRequest['kind'], number: string, sid: string): SuperviseRequest {
  return {kind, number: cleanNumber(number), sid: String(sid).trim()};
}
