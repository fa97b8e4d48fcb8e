import {durations} from '../../durations/page.js';
import {SipError, toSipError} from '../../errors.js';
import {within} from '../../within.js';
import {Alarms} from '../alarms/alarms.js';
import {parseApiRequest, type ApiRequest} from '../server/api-request.js';
import type {SipCall} from '../call/call.js';
import {CallClaims} from './call-claims.js';
import type {CallHistory} from '../history/call-history.js';
import type {CallOutcome} from '../history/history-entry.js';
import {ClientCalls} from './client-calls.js';
import {ClientLink} from './client-link.js';
import {IDLE_STATE, type CallOptions, type ClientEventMap, type ClientState} from './client-state.js';
import type {SipConference} from '../conference/conference.js';
import type {SipDevices} from '../devices/devices.js';
import {HEADSETS_KEY} from '../headsets/key.js';
import type {SipHeadsets} from '../headsets/headsets.js';
import type {DiagnoseOptions, Diagnosis} from '../diagnosis/diagnosis.js';
import {Trace} from '../diagnosis/trace.js';
import {Directory, type Numbers} from '../directory/directory.js';
import type {LoginInfo} from '../directory/people.js';
import type {PeopleWatch} from '../directory/people-watch.js';
import type {CallServiceFactory} from './call-service.js';
import type {SessionRequest, SuperviseRequest} from '../server/session-request.js';
import {sendingFirst} from '../util/sending-first.js';
import {StateTarget} from '../util/state-target.js';
import {isStored, storageKey} from '../util/stored.js';
import {sipEvent, type SipEventDetails, type Tell} from './events.js';
import {groupRequest, type ConferenceOptions, type IntercomOptions} from '../conference/group-options.js';
import type {Journal} from '../journal/journal.js';
import type {JournalMode} from '../journal/journal-host.js';
import type {SipIntercom} from '../intercom/intercom.js';
import {isIntercomType} from '../call-kinds.js';
import {runningIntercom} from '../intercom/is-intercom.js';
import type {SipMessage} from '../messages/message.js';
import {SipMessages} from '../messages/messages.js';
import {givenHeaders} from '../util/given-headers.js';
import {cleanedNumber, numbersOf} from '../util/number.js';
import {encryptionOf, normalizeExpires} from './option-checks.js';
import {resolveOptions, type ResolvedOptions, type SipClientOptions} from './options.js';
import type {PatchOptions, SipPatch} from '../patches/patch.js';
import type {Pbx} from '../pbx/pbx.js';
import {Recall} from '../recall/recall.js';
import type {SipPush} from '../push/push.js';
import type {Recordings} from '../recordings/recordings.js';
import {Ringer} from '../ringing/ringer.js';
import {KnownPeople} from '../people/known-people.js';
import type {PeopleSource} from '../people/person-details.js';
import type {ApiMessage, Capabilities, Party} from '../types.js';
import type {ServerFile} from '../uploads/server-file.js';
import type {UploadResult} from '../uploads/upload-request.js';
import type {Uploads, UploadOptions} from '../uploads/uploads.js';

export type {CallOptions, ClientState} from './client-state.js';

/** The outcomes of calls that the user has made or answered. */
const SPOKEN: ReadonlySet<CallOutcome> = new Set(['made', 'taken', 'unanswered']);

/** Options of monitoring a camera. */
export interface MonitorOptions {
  /** The codec that the server transcodes the video to, in the server's notation; its own choice by default. */
  readonly codec?: string;
  /** Aborts the request while the server has not named the call yet. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * One account at one server: its connection, its registration and its calls.
 *
 * Works without any element. Commands reject with `SipError`; `state` follows what the server reports.
 */
export abstract class BaseClient extends StateTarget<ClientState, ClientEventMap> {
  readonly options: ResolvedOptions;
  /** Plays the ringtone of incoming calls and the call tones of outgoing ones. */
  readonly ringer: Ringer;
  /** The people and devices that the server knows. */
  readonly directory = new Directory(
    () => {
      const {directory} = this.#link.required;
      if (!directory) throw new SipError('unsupported', {subject: 'directory'});
      return directory;
    },
    (number) => this.options.clean(number),
  );
  /** The SOS calls that no one has acknowledged yet; `state.alarms` lists them. */
  readonly alarms: Alarms;
  /** What was heard in the last minutes, to be heard again; the option `recall` turns it on. */
  readonly recall: Recall;
  /** Messages sent and received: conversations, unread messages, files. */
  readonly messages: SipMessages;
  /** The SIP and API messages, for a support desk; `trace.start()` begins to keep the last 500. */
  readonly trace: Trace = new Trace(this);
  /** @internal The calls that special elements show. */
  readonly claims = new CallClaims(() => this.dispatchEvent(new Event('statechange')));
  /** @internal Where the journal is stored; undefined if neither the page nor a desk has said so. */
  journalStorage: JournalMode | undefined;
  #journal: Promise<Journal> | undefined;
  #pbx: Pbx | undefined;
  /** Loaded by the first upload. */
  #uploads: Promise<Uploads> | undefined;
  readonly #people: KnownPeople;
  readonly #calls: ClientCalls;
  readonly #link: ClientLink;
  #ending = new AbortController();

  /** @throws {SipError} `bad-parameter` if an option cannot be used. */
  protected constructor(options: SipClientOptions) {
    super({...IDLE_STATE, doNotDisturb: options.doNotDisturb ?? false});
    this.options = resolveOptions(options, (entry) => this.trace.note(entry));
    const tell: Tell = (type, detail) => this.#tell(type, detail);
    this.#people = new KnownPeople({
      search: (number) => this.#searchName(number),
      onChange: () => {
        this.#calls.identified();
        this.dispatchEvent(new Event('statechange'));
      },
      onError: (error) =>
        this.options.log({level: 'warning', area: 'call', text: `people() failed: ${String(error)}`}),
    });
    this.#calls = new ClientCalls({
      options: this.options,
      tell,
      identify: (party) => this.identify(party),
      doNotDisturb: () => this.state.doNotDisturb,
      isRegistered: () => this.state.registration === 'registered',
      createSession: (request) => this.createSession(request),
      onChange: (change) => this.update(change),
    });
    this.#link = new ClientLink({
      options: this.options,
      calls: this.#calls,
      tell,
      create: async (host) => {
        const {features, profile, quality, telemetry, push} = this.options;
        if (features && profile === 'standard')
          this.#pbx ??= new (await import('../pbx/pbx.js')).Pbx(this, this.#calls, this.#link);
        if (quality) (await import('../../media/quality/quality-control.js')).beginQuality(this, quality);
        if (telemetry) (await import('../telemetry/telemetry.js')).beginTelemetry(this, this.#calls);
        if (push) await (await this.openPush()).begin();
        return (await Promise.all([this.createService(host), this.#journalBegun()]))[0];
      },
      state: () => this.state,
      update: (patch) => this.update(patch),
      onCapabilities: () => this.dispatchEvent(new Event('statechange')),
      onRegistered: () => {
        this.directory.registered();
        this.messages.registered();
        this.#people.askAgain();
        this.recall.start();
        void this.alarms.resume();
        if (this.options.recordingsUpload) this.recordings.send(this.ending).catch(() => {});
        // Without the code for them, the buttons of the page work.
        if (isStored(HEADSETS_KEY)) this.openHeadsets().catch(() => {});
        // Without the code for it, the other tabs' calls are not shown.
        this.#calls.share(this.ending).catch(() => {});
      },
      onMessage: (message, envelope) => this.messages.received(message, envelope),
      onReceipt: (receipt) => this.messages.receipt(receipt),
      onComposing: (composing) => this.messages.composing(composing),
      onApi: (detail) => this.dispatchEvent(new CustomEvent('apimessage', {detail})),
    });
    const {user, domain, dial, historyStorage, messageLimit, messageDays, messageBytes} = this.options;
    const {recall, devices, journalStorage} = this.options;
    // What the page has not set is left to a desk.
    this.journalStorage = options.journalStorage && journalStorage;
    const account = `${user}@${domain}`;
    this.alarms = new Alarms({
      key: storageKey('alarms', this.options),
      client: this,
      onChange: (alarms) => this.update({alarms}),
    });
    this.recall = new Recall({
      account,
      minutes: options.recall && recall,
      devices,
      recordings: this.recordings,
      calls: this,
      allowsCall: (call) => tell('sip-recall-request', {call}),
      allowsRecording: (utterance) => tell('sip-recall-keep', {utterance}),
    });
    const dialed = (number: string): string => cleanedNumber(number, dial);
    this.messages = new SipMessages({
      account,
      local: historyStorage === 'local',
      limit: messageLimit,
      days: messageDays,
      bytes: messageBytes,
      tell,
      connection: () => this.state.connection,
      receipts: this.options.messageReceipts,
      composes: this.options.messageComposing === 'on',
      deliver: async (request) =>
        this.#link.required.sendMessage({...request, number: dialed(request.number)}),
      sendReceipt: async (request) =>
        this.#link.required.sendReceipt({...request, number: dialed(request.number)}),
      sendComposing: async (number, active) => this.#link.required.sendComposing(dialed(number), active),
      dial,
      spokenTo: (number) => {
        const wanted = dialed(number);
        return this.history.entries.some(
          (entry) => SPOKEN.has(entry.outcome) && dialed(entry.number) === wanted,
        );
      },
      upload: async (file, options) => this.upload(file, options),
      findUploadUrl: async () => this.#link.findUploadUrl(),
    });
    this.ringer = new Ringer(this);
    this.people = this.options.people;
  }

  /** Loads the profile's code and creates its service. */
  protected abstract readonly createService: CallServiceFactory;

  /** Microphone, camera, speaker and ringer; available before the first connection. */
  get devices(): SipDevices {
    return this.options.devices;
  }

  /**
   * What the server supports. All are false before the first connection, except `upload` if the `uploadUrl` option is
   * set. `statechange` reports changes.
   */
  get capabilities(): Capabilities {
    return this.#link.capabilities;
  }

  /** The calls of this account that have ended. */
  get history(): CallHistory {
    return this.#calls.history;
  }

  /** The recordings of this account's calls that the browser stores. */
  get recordings(): Recordings {
    return this.#calls.recordings;
  }

  /** The calls that have not ended, oldest first: `state.calls`. */
  get calls(): readonly SipCall[] {
    return this.state.calls;
  }

  /** The patches that have not ended, oldest first: `state.patches`. */
  get patches(): readonly SipPatch[] {
    return this.state.patches;
  }

  /**
   * What the PBX offers by codes: parking, picking up, voicemail, forwarding and so on. Undefined without the option
   * `features`, and before the first `connect()`.
   */
  get pbx(): Pbx | undefined {
    return this.#pbx;
  }

  /**
   * Whether incoming calls are refused (480, RFC 3261 §21.4.18) and noted as missed. Outgoing calls are not affected.
   */
  get doNotDisturb(): boolean {
    return this.state.doNotDisturb;
  }

  set doNotDisturb(doNotDisturb: boolean) {
    this.update({doNotDisturb: Boolean(doNotDisturb)});
  }

  /**
   * The page's function that tells who has a number: `{name, picture, detail, href}`, perhaps later. Each answer counts
   * for five minutes. Setting the property, also to the same function, forgets all answers.
   */
  get people(): PeopleSource | undefined {
    return this.#people.source;
  }

  set people(people: PeopleSource | undefined) {
    this.#people.source = people;
  }

  /**
   * Returns a party with what is known about the number: what `people` tells, or else the name of a list of numbers or of
   * the server's directory. `statechange` reports when more becomes known.
   *
   * @param options.directory - Also asks the server's directory if the party has no name.
   */
  identify<T extends Party>(party: T, {directory = false} = {}): T & Party {
    return this.#people.identify(party, directory);
  }

  /** @internal Whether the volume or the output of a number or group is remembered. */
  get remembersSounds(): boolean {
    return this.#calls.remembersSounds;
  }

  /** @internal Forgets the volumes and outputs of numbers and groups; calls that run keep theirs. */
  forgetSounds(): void {
    this.#calls.forgetSounds();
  }

  /** @internal Sets the names that a list of numbers has; none removes the list. */
  setNames(list: object, parties: readonly Party[]): void {
    this.#people.setList(list, parties);
  }

  /** Connects to the server; resolves when connected, immediately if it already is. */
  async connect(): Promise<void> {
    await sendingFirst(this.#link.connect());
  }

  /**
   * Ends all calls, the registration and the connection, and erases alarms and what the recall has kept. Never rejects; does
   * nothing if there is no connection.
   */
  async disconnect(): Promise<void> {
    await this.leave(true);
  }

  /**
   * Disconnects.
   *
   * @internal
   * @param signsOut - Otherwise the next client of the page continues the calls of the page before.
   */
  async leave(signsOut: boolean): Promise<void> {
    this.#ending.abort();
    this.#ending = new AbortController();
    const left = this.#link.disconnect(signsOut);
    this.alarms.end();
    // A browser that never answers for its files does not keep the user from leaving.
    await Promise.all([left, within(this.recall.end(), durations.recallEnd)]);
  }

  /** Resolves once the journal, if the page wants one, misses nothing of what follows; after a while in any case. */
  async #journalBegun(): Promise<void> {
    if ((this.journalStorage ?? 'none') === 'none') return;
    await within(
      this.openJournal().catch(() => {}),
      durations.journalOpening,
    );
  }

  /** Aborted by the next `disconnect()`. @internal */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /**
   * Begins the journal if the option `journalStorage` allows it, and resolves with it. `connect()` begins it, too.
   *
   * @throws {SipError} `unsupported` if the option is `none`, and on a page without TLS.
   */
  async openJournal(): Promise<Journal> {
    this.#journal ??= import('../journal/journal.js').then(({Journal}) => Journal.begin(this));
    // Loaded again the next time.
    this.#journal.catch(() => (this.#journal = undefined));
    return this.#journal;
  }

  /**
   * Finds out whether calls work from here: the page, its devices, the network, the server, TURN, sound and bandwidth.
   * Resolves once it has begun.
   *
   * ```ts
   * const diagnosis = await client.diagnose();
   * diagnosis.addEventListener('statechange', () => show(diagnosis.steps));
   * await diagnosis.finished;
   * const report = diagnosis.report();
   * ```
   * Works without a connection. It ends no call, and skips what would disturb one.
   *
   * @throws {SipError} `bad-parameter` for a step that does not exist.
   */
  async diagnose(options: DiagnoseOptions = {}): Promise<Diagnosis> {
    return new (await import('../diagnosis/diagnosis.js')).Diagnosis(this, options);
  }

  /**
   * Resolves with the headsets of the page, whose buttons answer, hang up, mute and hold this client's calls until
   * `disconnect()`. Once the user has connected one, `connect()` and `register()` do the same.
   *
   * ```ts
   * const headsets = await client.openHeadsets();
   * button.onclick = () => headsets.connect();
   * ```
   */
  async openHeadsets(): Promise<SipHeadsets> {
    return (await import('../headsets/headsets.js')).headsetsOf(this);
  }

  /**
   * Resolves with the pushes that wake the page for calls while it is closed, by the option `push`.
   *
   * ```ts
   * const push = await client.openPush();
   * button.onclick = () => push.enable();
   * ```
   *
   * @throws {SipError} `bad-parameter` without the option, or if it cannot be used.
   */
  async openPush(): Promise<SipPush> {
    return (await import('../push/push.js')).pushOf(this);
  }

  /**
   * Registers to receive calls and messages; resolves when the server has accepted.
   *
   * @param expires - Seconds, 1–600; the option's value by default, 60 if out of range.
   */
  async register(expires?: number): Promise<void> {
    const {required} = this.#link;
    await sendingFirst(
      required.register(expires === undefined ? this.options.expires : normalizeExpires(expires)),
    );
  }

  /** Ends the registration. */
  async unregister(): Promise<void> {
    await this.#link.required.unregister();
  }

  /**
   * Calls a number; resolves once the server has named the call. The active call is held.
   *
   * Devices are opened first. Without a microphone or camera the call continues and only receives; `call.state.warning`
   * gives the reason.
   *
   * With `screen` the browser asks for the screen first. If the user chooses none, nothing is sent and no phone rings.
   *
   * @throws {SipError} `invalid-number`, `bad-parameter` for a header that is not allowed, `not-connected`,
   * `not-registered`, `too-many-calls`, `aborted`, `screen-cancelled` and other `screen-…`, `unsupported` for headers and
   * encryption if the server places the calls, and the server's refusals. The active call continues then.
   */
  async call(number: string, options: CallOptions = {}): Promise<SipCall> {
    const target = this.options.dial(number);
    const {media = 'audio', screen = false, type, signal, encryption} = options;
    const headers = options.headers && (await givenHeaders(options.headers));
    const service = this.#link.required;
    if (type && !this.capabilities.urgent) throw new SipError('unsupported', {subject: type});
    const encrypted = encryption && {
      with: encryption === 'none' ? undefined : encryptionOf(encryption, 'encryption'),
    };
    const request = {number: target, media, screen, type, headers, signal, encrypted};
    const call = await this.#calls.place(request, () => service.call(request));
    if (options.consultationFor) call.setConsultation(options.consultationFor);
    return call;
  }

  /**
   * Requests a session of another kind.
   *
   * @internal The methods for each kind use it.
   */
  async createSession(request: SessionRequest): Promise<SipCall | undefined> {
    const service = this.#link.required;
    if ('members' in request && !request.members.length && !service.capabilities.rooms)
      throw new SipError('bad-parameter', {subject: 'members'});
    return this.#calls.placeSession(request, () => service.createSession(request));
  }

  /**
   * Calls several numbers and joins them in a conference with this side; resolves once the server has named the
   * conference. The members are called when this side has joined. The active call is held.
   *
   * If `capabilities.rooms`, a number joins the room of that number, and calls no one if `members` is empty. Without a
   * number `conferenceUri` creates a conference (RFC 4579 §5.4). Its focus calls the members (RFC 4579 §5.5).
   *
   * @throws {SipError} `bad-parameter` if there are no members; `unsupported`, also if a room needs a number; as
   * `call()`.
   */
  async createConference(options: ConferenceOptions): Promise<SipConference> {
    return this.createSession(
      groupRequest('conference', options, this.options.dial),
    ) as Promise<SipConference>;
  }

  /** Like `createConference`, for members who only listen to this side, and to the file if one is given. */
  async createBroadcast(options: ConferenceOptions): Promise<SipConference> {
    return this.createSession(
      groupRequest('broadcast', options, this.options.dial),
    ) as Promise<SipConference>;
  }

  /**
   * Joins an intercom group without speaking, or calls members into a temporary group; resolves once the server has
   * named the intercom. Resolves with the existing call if the group is already joined. No call is held for it.
   *
   * The microphone is opened and stays silent until `requestFloor()` is granted. If the server lets no one join without
   * speaking (it answers 1008), the floor is requested and released immediately; the microphone stays silent meanwhile.
   *
   * @param options.signal - Aborts the request while the server has not named the intercom yet.
   * @throws {SipError} `not-in-group`, `open-in-another-tab`, `unknown-number`, `bad-parameter` if there are no members,
   * `unsupported`; as `call()`.
   */
  async intercom(
    group: string | IntercomOptions,
    {signal}: Pick<IntercomOptions, 'signal'> = {},
  ): Promise<SipIntercom> {
    if (typeof group === 'object')
      return this.createSession(
        groupRequest('temporary-intercom', group, this.options.dial),
      ) as Promise<SipIntercom>;
    const number = this.options.dial(group);
    const running = runningIntercom(this.state.calls, number);
    if (running) return running;
    if (this.state.tabCalls.some((call) => isIntercomType(call.type) && call.remote.number === number))
      throw new SipError('open-in-another-tab', {subject: number});
    const request = {kind: 'intercom', group: number, speak: false, signal} as const;
    return this.createSession(request) as Promise<SipIntercom>;
  }

  /**
   * Shows the camera of a number; resolves once the server has named the call, which has the type `monitor`. It opens
   * no device and sends nothing, holds no call, and does not count towards `maxCalls`.
   *
   * Cameras answer automatically, as do users who allow monitoring. Other users are asked; `state.cause` reports a
   * refusal.
   *
   * @throws {SipError} `no-video` if the number has no camera, `invalid-number`, `unknown-number`, `number-offline`,
   * `not-allowed`, `unsupported`, `aborted`
   */
  async monitor(number: string, {codec = '', signal}: MonitorOptions = {}): Promise<SipCall> {
    const target = this.options.dial(number);
    const request = {kind: 'monitor', number: target, codec: String(codec).trim(), signal} as const;
    return (await this.createSession(request))!;
  }

  /**
   * Barges into a call of others: both parties hear this side and are heard. The active call is held.
   *
   * @param number - One of the parties of the call.
   * @param sid - The session id, needed if the number is in several calls.
   * @returns The call, of type `barge-in`. Its `id` is the session's, and it ends with the session.
   * @throws {SipError} `call-not-found` if the number is in no call, or in several; `not-allowed` if the user lacks
   * permission; `invalid-state` if this side already takes part; `member-not-found`, `unknown-number`, `unsupported`
   */
  async bargeIn(number: string, sid = ''): Promise<SipCall> {
    return (await this.createSession(this.#supervision('barge-in', number, sid)))!;
  }

  /**
   * Listens to a call of others, who do not hear this side and are not notified; otherwise like `bargeIn`, but opens no
   * device.
   */
  async listenIn(number: string, sid = ''): Promise<SipCall> {
    return (await this.createSession(this.#supervision('listen-in', number, sid)))!;
  }

  /** Removes a party from a call of others. A call of two that no one has barged into ends. Rejects as `bargeIn`. */
  async removeCall(number: string, sid = ''): Promise<void> {
    await this.createSession(this.#supervision('remove', number, sid));
  }

  /** Removes the other party of a number's call. Rejects as `bargeIn`, with `bad-parameter` in a conference. */
  async removeOther(number: string, sid = ''): Promise<void> {
    await this.createSession(this.#supervision('remove-other', number, sid));
  }

  /**
   * Resumes a call and holds the active one; makes an outgoing call that is not answered yet the current one.
   *
   * @throws {SipError} `invalid-state` if the call is over, or is incoming and not answered yet; as `SipCall.unhold`.
   */
  async activate(call: SipCall): Promise<void> {
    await this.#calls.activate(call);
  }

  /**
   * Merges answered calls of two into one conference: everyone hears everyone. All are resumed, and this browser mixes
   * what each other side hears, so any server will do. `state.merged` of each call has the ids of the others.
   *
   * ```ts
   * await client.merge(client.calls);
   * ```
   * `mute()` of any of the calls mutes the microphone for all. A call that is held or ends leaves the conference; the
   * last one continues as before. While another side holds, nothing of it is sent to the others. Merging again with
   * further calls makes one conference of all.
   *
   * @throws {SipError} `bad-parameter` for fewer than two calls, calls of another client, or calls other than `single`,
   * `urgent` and `sos`; `invalid-state` if one is not answered or sends no audio; `patch-loop` if one is in a patch;
   * `playback-blocked` if the browser waits for a gesture; as `SipCall.unhold`. The calls are not merged then, and at
   * most one is active.
   */
  async merge(calls: readonly SipCall[]): Promise<void> {
    await this.#calls.merge(calls);
  }

  /**
   * Ends the conference that a call was merged into: this call continues, the others are held.
   *
   * @throws {SipError} `invalid-state` if the call is not merged.
   */
  async split(call: SipCall): Promise<void> {
    await this.#calls.split(call);
  }

  /**
   * Connects answered calls, conferences and intercoms in this page: everyone hears everyone, and nobody hears
   * themselves. When a side speaks, the floor of each intercom is requested, and given back afterwards.
   *
   * ```ts
   * const patch = await client.patch([call, conference, intercom]);
   * await patch.listen();
   * ```
   * The members are not held when another call becomes active; the user listens only meanwhile, and joins again by
   * activating a member. A member that is held or ends leaves, and the patch ends with the last one but one.
   *
   * @throws {SipError} `bad-parameter` for fewer than two, and for calls of another client or of other kinds;
   * `invalid-state` if one is not answered or sends no audio; `patch-loop` if one is in another patch, or two lead into
   * the same conference or group; `playback-blocked` if the browser waits for a gesture; as `SipCall.unhold`.
   */
  async patch(calls: readonly SipCall[], options: PatchOptions = {}): Promise<SipPatch> {
    return this.#calls.patch(calls, options);
  }

  /** Returns the call with the server's session id (the documentation's *sid*), if the call has not ended. */
  getCall(sid: string): SipCall | undefined {
    return this.state.calls.find((call) => call.id === sid);
  }

  /**
   * Sends a text to a number; resolves when the server has accepted it. Same as `messages.send`.
   *
   * ```ts
   * const {id, state} = await client.sendMessage('1002', 'hi');
   * ```
   */
  async sendMessage(number: string, text: string): Promise<SipMessage> {
    return this.messages.send(number, text);
  }

  /**
   * Watches the presence of numbers that the page chooses, like a phone's busy lamps; works before the first
   * connection.
   *
   * ```ts
   * const watch = await client.watchPeople('1002,1003');
   * watch.addEventListener('statechange', () => show(watch.state.people));
   * ```
   * If `capabilities.presence` is true, the client subscribes to the event packages `dialog` (RFC 4235) and `presence`
   * (RFC 3856) of each number; otherwise it uses what the server reports unasked. `sip-person-state` reports changes
   * too.
   *
   * @throws {SipError} `invalid-number`
   */
  async watchPeople(numbers: Numbers): Promise<PeopleWatch> {
    const {PeopleWatch} = await import('../directory/people-watch.js');
    return new PeopleWatch(numbersOf(numbers, this.options.dial), this, () => this.#link.service?.presence);
  }

  /** Opens the API's WebSocket and logs in. Until then, requests are sent by SIP MESSAGE. */
  async connectApi(): Promise<void> {
    await this.#link.required.connectApi();
  }

  /** Closes the API's WebSocket. */
  async disconnectApi(): Promise<void> {
    await this.#link.service?.disconnectApi();
  }

  /**
   * Sends a message to the server's API; resolves with its reply, whatever the code.
   *
   * @throws {SipError} `bad-parameter` if the message is invalid, `timeout` if no reply arrives, `aborted`.
   */
  async sendApi(message: ApiRequest, options: {signal?: AbortSignal} = {}): Promise<ApiMessage> {
    return this.#link.required.sendApi(parseApiRequest(message), options.signal);
  }

  /**
   * Uploads a file to the server; resolves with its reply, whatever the status.
   *
   * Three uploads run at once, others wait. An upload that fails on the way is retried several times; a server that had
   * already received the file then has it twice. Needs no connection if `uploadUrl` is set, and continues after
   * `disconnect()`.
   *
   * @throws {SipError} `bad-parameter` if it is not a file, `file-unreadable` also if it is empty, `not-connected`,
   * `unsupported`; `upload-failed` if no reply arrives, `forbidden-by-page`, `aborted`.
   */
  async upload(file: Blob, options: UploadOptions = {}): Promise<UploadResult> {
    return (await this.#loadUploads()).upload(file, options);
  }

  /**
   * Resolves with the files that the server can play into calls, the newest first: those that were uploaded, and samples.
   *
   * @throws {SipError} `unsupported` if the server does not list them; the server's refusal.
   */
  async listFiles(): Promise<readonly ServerFile[]> {
    const service = this.#link.required;
    if (!service.listFiles) throw new SipError('unsupported', {subject: 'listFiles'});
    return service.listFiles();
  }

  /**
   * Resolves with the addresses of the server's other services.
   *
   * @throws {SipError} `unsupported` if the profile has none; the server's refusal.
   */
  async getLoginInfo(): Promise<LoginInfo> {
    const service = this.#link.required;
    if (!service.loginInfo) throw new SipError('unsupported', {subject: 'login information'});
    return service.loginInfo();
  }

  #searchName(number: string): Promise<string> | undefined {
    if (this.state.registration !== 'registered' || !this.capabilities.directory) return undefined;
    return this.directory
      .search(number)
      .then((people) => people.find((person) => person.number === number)?.name ?? '');
  }

  async #loadUploads(): Promise<Uploads> {
    this.#uploads ??= import('../uploads/uploads.js').then(
      ({Uploads}) =>
        new Uploads({
          findUrl: () => this.#link.findUploadUrl(),
          tell: (type, detail) => this.#tell(type, detail),
        }),
      (error: unknown) => {
        this.#uploads = undefined;
        throw toSipError(error);
      },
    );
    return this.#uploads;
  }

  #supervision(kind: SuperviseRequest['kind'], number: string, sid: string): SuperviseRequest {
    return {kind, number: this.options.dial(number), sid: String(sid).trim()};
  }

  #tell<K extends keyof SipEventDetails>(type: K, detail: SipEventDetails[K]): boolean {
    return this.dispatchEvent(sipEvent(type, detail));
  }
}
