import {ContextProvider} from '@lit/context';
import {css, html, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {clientContext, clientFailureContext} from '../context/client-context.js';
import type {BaseClient} from '../core/client.js';
import type {SipEventMap} from '../core/events.js';
import type {IceServers} from '../core/ice-servers.js';
import type {SipClientOptions} from '../core/options.js';
import type {SipError} from '../errors.js';
import {repeatEvents} from './repeat-events.js';
import {Autoconnect} from './sip-client/autoconnect.js';
import {ClientCommandsElement} from './sip-client/client-commands.js';
import {FailureReport} from './sip-client/failure-report.js';
import {OwnClient} from './sip-client/own-client.js';

/**
 * Provides a `SipClient` to the elements inside it and repeats its events. It shows nothing itself.
 *
 * The client is made from the attributes as soon as they name a server and a user. An attribute that changes while it
 * is connected counts from the next `connect()` on that finds no call running; with `autoconnect` at once, or when the
 * last call is over. An element that leaves the document and is not back by the next task ends its calls and
 * disconnects, unless it has `keep-alive`; one that is moved goes on.
 *
 * @slot - The elements that use the client.
 * @fires {CustomEvent<{call: SipCall}>} sip-call-created - A call was asked for here.
 * @fires {CustomEvent<{call: SipCall}>} sip-call-received - A call arrived. Cancelable: then nothing rings.
 * @fires {CustomEvent<{call: SipCall}>} sip-call-answered - A call was answered.
 * @fires {CustomEvent<{call: SipCall, cause: CallCause}>} sip-call-hangup - A call is over.
 * @fires {CustomEvent<{call: SipCall, phase: CallPhase}>} sip-call-state - A call reached another phase.
 * @fires {CustomEvent<{call: SipCall, held: boolean}>} sip-call-hold - A call was put on hold here, or goes on.
 * @fires {CustomEvent<{call: SipCall, health: CallHealth}>} sip-call-health - A call's connection fares differently.
 * @fires {CustomEvent<{call: SipCall, tone: string, duration: number}>} sip-dtmf - The other side sent a tone; milliseconds.
 * @fires {CustomEvent<{call: SipCall} & RecordingRequest>} sip-recording-request - A recording is about to begin. Cancelable: then it does not.
 * @fires {CustomEvent<{call: SipCall, id?: string, blob: Blob, name?: string, type: string, duration: number, error?: SipError}>} sip-recording - A recording is finished. Cancelable: then it is not downloaded.
 * @fires {CustomEvent<null>} sip-server-connect - The connection stands.
 * @fires {CustomEvent<{error?: SipError}>} sip-server-disconnect - The connection stands no more.
 * @fires {CustomEvent<{state: ConnectionState}>} sip-connection - The connection's state changed.
 * @fires {CustomEvent<{state: RegistrationState, error?: SipError}>} sip-registration - The registration changed.
 * @fires {CustomEvent<{state: ApiState}>} sip-api-connection - The state of the API's socket changed.
 * @fires {CustomEvent<{message: ApiMessage}>} sip-api-received - The server's API sent a message.
 * @fires {CustomEvent<{message: ReceivedMessage}>} sip-message-received - Somebody sent a text.
 * @fires {CustomEvent<{number: string, state?: PersonState}>} sip-person-state - Somebody can be reached, is in a call, or cannot be reached any more.
 * @fires {CustomEvent<Position>} sip-position - Somebody who is followed is elsewhere.
 * @fires {CustomEvent<{conference: SipConference, member: ConferenceMember}>} sip-member-change - A conference's member came, left, talks, or is otherwise than before.
 * @fires {CustomEvent<{intercom: SipIntercom, floor: FloorState, speaker?: Party}>} sip-floor - The floor of an intercom is elsewhere.
 * @fires {CustomEvent<UploadProgress>} sip-upload-progress - How far an upload is.
 * @fires {CustomEvent<UploadEnd>} sip-upload-end - An upload is over.
 * @fires {CustomEvent<DeviceChange>} sip-device-change - Another device is in use: chosen, unplugged, or plugged in again.
 * @fires {CustomEvent<{error: SipError}>} sip-error - The attributes make no client.
 */
export class SipClientElement extends ClientCommandsElement {
  static override styles = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none;
    }
  `;

  /** The server's host name or address. */
  @property() host = '';
  /** The server's port; that of the scheme where it is empty. */
  @property() port = '';
  /** The path of the WebSocket; `/fswebrtc` where it is empty. */
  @property() path = '';
  /**
   * The whole WebSocket address instead of host, port and path. Several are apart by blanks or commas: the next is tried where
   * one cannot be reached.
   */
  @property() server = '';
  /** The user's number at the server. */
  @property() user = '';
  /** The domain of the user's address; the server's host where it is empty. */
  @property() domain = '';
  /** The name that others see; the user where it is empty. */
  @property({attribute: 'display-name'}) displayName = '';
  /** The kind of server: `dispatch`, which is the default, or `standard`. */
  @property() profile = '';
  /** How tones are sent: `auto`, which is the default, `rfc4733` or `info`. */
  @property() dtmf = '';
  /** What an incoming call sounds like: `default`, `none`, or the address of a sound. Changes at once, as the volume does. */
  @property() ringtone = '';
  /** How loud the ringtone is, 0–1; 1 by default. */
  @property({type: Number, attribute: 'ring-volume'}) ringVolume: number | undefined;
  /** The lifetime of a registration in seconds, 1–600; 60 by default. */
  @property({type: Number}) expires = 60;
  /**
   * The WebSocket address of the server's API; from its login information where it is empty. With `autoconnect` the
   * attribute opens that socket too, also where it is empty.
   */
  @property() api = '';
  /** Where files are uploaded, also relative to the page; from the server's login information where it is empty. */
  @property({attribute: 'upload-url'}) uploadUrl = '';
  /** What is called to see somebody's camera, as `sip:*33{number}@{host}`; as the patterns below for `profile="standard"`. */
  @property({attribute: 'monitor-uri'}) monitorUri = '';
  /** What is called to hear somebody's call. */
  @property({attribute: 'listen-in-uri'}) listenInUri = '';
  /** What is called to go into somebody's call. */
  @property({attribute: 'barge-in-uri'}) bargeInUri = '';
  /** What is called to have a file played into a call, as `sip:*88{file}*{number}@{host}`. */
  @property({attribute: 'play-file-uri'}) playFileUri = '';
  /** What is called to make a conference, as `sip:conference@{host}`; rooms are joined by their number. */
  @property({attribute: 'conference-uri'}) conferenceUri = '';
  /** How many calls there may be at once; 8 where it is empty. Whoever calls beyond them is told that it is busy. */
  @property({attribute: 'max-calls'}) maxCalls = '';
  /** Lets several calls speak at once; without it all but one are held. */
  @property({type: Boolean, attribute: 'parallel-calls'}) parallelCalls = false;
  /** Lets others see this side's camera without being let in each time; `<sip-incoming>` shows who looks. */
  @property({type: Boolean, attribute: 'allow-monitoring'}) allowMonitoring = false;
  /** Sends media through TURN servers only. */
  @property({type: Boolean, attribute: 'force-relay'}) forceRelay = false;
  /** Where the history is kept: `local`, in the browser, which is the default; `memory`, while the page lives; `none`. */
  @property({attribute: 'history'}) historyMode = '';
  /** Where a recording is kept: `local`, in the browser's private files, which is the default; `memory`, while the page lives. */
  @property({attribute: 'recordings'}) recordingsMode = '';
  /** How many megabytes of recordings are kept; 2048 where it is empty. The oldest that are finished go first. */
  @property({attribute: 'recordings-limit'}) recordingsLimit = '';
  /** After how many days a recording goes; 30 where it is empty. */
  @property({attribute: 'recordings-days'}) recordingsDays = '';
  /** Connects and registers as soon as the attributes are there; opens the API's socket where there is an `api`. */
  @property({type: Boolean}) autoconnect = false;
  /** Goes on with connection and calls when the element leaves the document. */
  @property({type: Boolean, attribute: 'keep-alive'}) keepAlive = false;
  /** Options that are no attributes: `credentials`, `codecs`, `timeouts`, `log` and so on. They win. */
  @property({attribute: false}) options: Partial<SipClientOptions> = {};

  readonly #provider = new ContextProvider(this, {context: clientContext});
  readonly #failures = new ContextProvider(this, {context: clientFailureContext});
  readonly #own = new OwnClient(
    () => [
      {
        host: this.host,
        port: this.port,
        path: this.path,
        server: this.server,
        user: this.user,
        domain: this.domain,
        displayName: this.displayName,
        profile: this.profile,
        dtmf: this.dtmf,
        expires: this.expires,
        api: this.api,
        uploadUrl: this.uploadUrl,
        monitorUri: this.monitorUri,
        listenInUri: this.listenInUri,
        bargeInUri: this.bargeInUri,
        playFileUri: this.playFileUri,
        conferenceUri: this.conferenceUri,
        maxCalls: this.maxCalls,
        parallelCalls: this.parallelCalls,
        allowMonitoring: this.allowMonitoring,
        forceRelay: this.forceRelay,
        history: this.historyMode,
        recordings: this.recordingsMode,
        recordingsLimit: this.recordingsLimit,
        recordingsDays: this.recordingsDays,
        password: this.#password,
        iceServers: this.#iceServers,
      },
      this.options,
    ],
    (client) => this.#follow(client),
  );
  #password = '';
  #iceServers: string | IceServers | undefined;
  #given: BaseClient | undefined;
  #following: AbortController | undefined;
  readonly #autoconnect = new Autoconnect();
  readonly #report = new FailureReport(this);
  /** What was last asked for here; undefined where the client decides alone. */
  #quiet: boolean | undefined;

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'password', 'ice-servers'];
  }

  /** The user's password. It can be set, as an attribute too, and is never read back: it reads empty. */
  get password(): string {
    return '';
  }

  set password(password: string) {
    this.#password = password;
    this.requestUpdate();
  }

  /**
   * STUN and TURN servers, or a function that gives them, asked before each call. The attribute `ice-servers` takes them as
   * JSON; it holds passwords, so it is taken off the page and not read back.
   */
  get iceServers(): IceServers | undefined {
    return typeof this.#iceServers === 'string' ? undefined : this.#iceServers;
  }

  set iceServers(iceServers: IceServers | undefined) {
    this.#iceServers = iceServers;
    this.requestUpdate();
  }

  /** Refuses calls that come in, and notes them as missed. */
  @property({type: Boolean, attribute: 'do-not-disturb'})
  get doNotDisturb(): boolean {
    return this.#made?.state.doNotDisturb ?? this.#quiet ?? false;
  }

  set doNotDisturb(doNotDisturb: boolean) {
    this.#quiet = doNotDisturb;
    if (this.#made) this.#made.doNotDisturb = doNotDisturb;
  }

  /**
   * The client: the one that was handed in, or else the element's own; undefined while the attributes make none.
   *
   * One that is handed in is never connected or ended by the element itself.
   */
  override get client(): BaseClient | undefined {
    return this.#given ?? this.#own.prepare();
  }

  override set client(client: BaseClient | undefined) {
    if (client === this.#given) return;
    void this.#own.end();
    this.#given = client;
    this.#follow(this.client);
    this.requestUpdate();
  }

  /**
   * Connects to the server; resolves when the connection stands.
   *
   * @throws {SipError} `bad-parameter` where the attributes make no client, and what `SipClient` rejects with.
   */
  async connect(): Promise<void> {
    if (!this.#given && this.#own.outdated && !this.calls.length) await this.#own.end();
    await this.required.connect();
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name !== 'password' && name !== 'ice-servers')
      return super.attributeChangedCallback(name, old, value);
    if (value === null) return;
    if (name === 'password') this.#password = value;
    else this.#iceServers = value;
    this.removeAttribute(name);
    this.requestUpdate();
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
    this.#provider.setValue(this.client);
    this.#failures.setValue(this.#failure);
    if (changed.has('ringtone') || changed.has('ringVolume')) this.#tune(changed);
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  protected override updated(): void {
    if (!this.isConnected) return;
    const {client} = this;
    this.#report.tell(this.#failure, this.#own.written);
    if (!client || !this.autoconnect || this.#given) return;
    if (this.#own.outdated) void (this.calls.length || this.#own.end().then(() => this.requestUpdate()));
    else this.#autoconnect.begin(client, () => this.hasAttribute('api'));
  }

  /** Gives the client's ringer what the attributes say; what they do not say stays as it is, what they said no more does not. */
  #tune(changed?: PropertyValues<this>): void {
    const ringer = this.client?.ringer;
    if (!ringer) return;
    if (this.ringtone || changed?.get('ringtone')) ringer.ringtone = this.ringtone;
    const spoken = changed?.get('ringVolume') !== undefined;
    if (this.ringVolume !== undefined || spoken) ringer.volume = this.ringVolume ?? 1;
  }

  /** Why there is no client. */
  get #failure(): SipError | undefined {
    return this.#given ? undefined : this.#own.failure;
  }

  #leave(): void {
    this.#autoconnect.forget();
    void this.#own.end();
    if (this.#given) this.#following?.abort();
  }

  /** The client as it is, none made for the question. */
  get #made(): BaseClient | undefined {
    return this.#given ?? this.#own.current;
  }

  protected override get required(): BaseClient {
    // Made once more for the error that says what is missing.
    return this.client ?? this.#own.make();
  }

  #follow(client: BaseClient | undefined): void {
    this.#following?.abort();
    if (!client) return;
    if (this.#quiet !== undefined) client.doNotDisturb = this.#quiet;
    this.#following = new AbortController();
    const {signal} = this.#following;
    repeatEvents(client, this, signal);
    this.#tune();
    // Where the attributes have changed, the last call's end is what was waited for.
    client.addEventListener('statechange', () => this.#own.outdated && this.requestUpdate(), {signal});
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-client': SipClientElement;
  }
  // Here, and not where they are dispatched: declarations lead others to this file.
  interface HTMLElementEventMap extends SipEventMap {
    /** The command of an element's control failed. */
    'sip-error': CustomEvent<{readonly error: SipError}>;
  }
}
