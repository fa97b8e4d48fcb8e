import type {CallHistory} from '../../core/history/call-history.js';
import type {IceServers} from '../../core/client/ice-servers.js';
import type {SipClientOptions} from '../../core/client/options.js';
import type {Recordings} from '../../core/recordings/recordings.js';
import {property} from '../shared/property.js';
import {ClientCommandsElement} from './client-commands.js';
import type {ClientAttributes} from './own-client.js';

/** Reads an attribute that is a switch or carries a word. */
const switchOrWord = (value: string | null): boolean | string =>
  value === '' || value === 'true' || (value !== 'false' && (value ?? false));

/** The attributes that configure the client of a `<sip-client>`. */
export abstract class ClientAttributesElement extends ClientCommandsElement {
  /** The server's host name or address. */
  @property() host = '';
  /** The server's port; the scheme's default if empty. */
  @property() port = '';
  /** The path of the WebSocket; `/fswebrtc` if empty. */
  @property() path = '';
  /**
   * The whole WebSocket address instead of host, port and path. Separate several with spaces or commas: if one cannot
   * be reached, the next is tried.
   */
  @property() server = '';
  /** The user's number on the server. */
  @property() user = '';
  /** The domain of the user's address; the server's host if empty. */
  @property() domain = '';
  /** The name that others see; the user if empty. */
  @property({attribute: 'display-name'}) displayName = '';
  /** The kind of server: `dispatch` (the default) or `standard`. */
  @property() profile = '';
  /** How DTMF tones are sent: `auto` (the default), `rfc4733` or `info`. */
  @property() dtmf = '';
  /** The ringtone: `default`, `none`, or the address of a sound. Takes effect at once, like the volume. */
  @property() ringtone = '';
  /** The volume of the ringtone, 0–1; 1 by default. */
  @property({type: Number, attribute: 'ring-volume'}) ringVolume: number | undefined = undefined;
  /**
   * The country of the call progress tones, such as `de`: ringback, busy, congestion, waiting (ITU-T E.180); `cn` by
   * default.
   */
  @property({attribute: 'tone-country'}) toneCountry = '';
  /** When calls are shown but silent, such as `22:00-07:00` by the user's clock; urgent calls are still heard. */
  @property({attribute: 'quiet-hours'}) quietHours = '';
  /** The lifetime of a registration in seconds, 1–600; 60 by default. */
  @property({type: Number}) expires = 60;
  /**
   * The WebSocket address of the server's API; taken from its login information if empty. With `autoconnect`, the
   * attribute also opens that socket, even if empty.
   */
  @property() api = '';
  /**
   * The address for file uploads, which may be relative to the page; taken from the server's login information if
   * empty.
   */
  @property({attribute: 'upload-url'}) uploadUrl = '';
  /** The number of the mailbox, such as `*97`; the number that the server names if empty. */
  @property() mailbox = '';
  /**
   * The URI to call to see a user's camera, such as `sip:*33{number}@{host}`; like the patterns below, for
   * `profile="standard"`.
   */
  @property({attribute: 'monitor-uri'}) monitorUri = '';
  /** The URI to call to listen in on a user's call. */
  @property({attribute: 'listen-in-uri'}) listenInUri = '';
  /** The URI to call to barge in on a user's call. */
  @property({attribute: 'barge-in-uri'}) bargeInUri = '';
  /** The URI to call to play a file into a call, such as `sip:*88{file}*{number}@{host}`. */
  @property({attribute: 'play-file-uri'}) playFileUri = '';
  /** The URI to call to create a conference, such as `sip:conference@{host}`; rooms are joined by their number. */
  @property({attribute: 'conference-uri'}) conferenceUri = '';
  /** The maximum number of simultaneous calls; 8 if empty. Further incoming calls are rejected as busy. */
  @property({attribute: 'max-calls'}) maxCalls = '';
  /** Allows several active calls at once; otherwise all but one are held. */
  @property({type: Boolean, attribute: 'parallel-calls'}) parallelCalls = false;
  /** Lets others see the camera without asking each time; `<sip-incoming>` shows who is watching. */
  @property({type: Boolean, attribute: 'allow-monitoring'}) allowMonitoring = false;
  /**
   * Answers calls automatically if the caller requests it: with audio only, or with `video` also with the camera; for
   * `profile="standard"`.
   */
  @property({attribute: 'auto-answer', converter: switchOrWord})
  autoAnswer: boolean | string = false;
  /** Sends media only through TURN servers. */
  @property({type: Boolean, attribute: 'force-relay'}) forceRelay = false;
  /** Where the history is kept: `local` (in the browser, the default), `memory` (until the page closes) or `none`. */
  @property({attribute: 'history-storage'}) historyStorage = '';
  /**
   * Where recordings are kept: `local` (in the browser's private files, the default) or `memory` (until the page
   * closes).
   */
  @property({attribute: 'recordings-storage'}) recordingsStorage = '';
  /** The limit for kept recordings, in megabytes; 2048 if empty. The oldest finished ones are removed first. */
  @property({attribute: 'recordings-limit'}) recordingsLimit = '';
  /** The number of days after which a recording is removed; 30 if empty. */
  @property({attribute: 'recordings-days'}) recordingsDays = '';
  /** The maximum length of a message, in bytes; 32000 if empty. Asterisk accepts 1023. */
  @property({attribute: 'message-bytes'}) messageBytes = '';
  /** Connects and registers as soon as the attributes are set; opens the API's socket if there is an `api`. */
  @property({type: Boolean}) autoconnect = false;
  /** Keeps the connection and calls when the element leaves the document. */
  @property({type: Boolean, attribute: 'keep-alive'}) keepAlive = false;
  /** Makes the browser ask before the page is left during a call. */
  @property({type: Boolean, attribute: 'leave-warning'}) leaveWarning = false;
  /** Options that have no attribute: `credentials`, `codecs`, `timeouts`, `log` and so on. They override attributes. */
  @property({attribute: false}) options: Partial<SipClientOptions> = {};

  #password = '';
  #iceServers: string | IceServers | undefined;

  /** The user's password. It can be set, also as an attribute, but not read back: it reads as empty. */
  @property({noAccessor: true})
  get password(): string {
    return '';
  }

  set password(password: string) {
    this.#password = password;
    this.requestUpdate();
  }

  /**
   * STUN and TURN servers, or a function that returns them, called before each call. The attribute `ice-servers` takes
   * them as JSON; because it holds passwords, it is removed from the page and cannot be read back.
   */
  @property({attribute: 'ice-servers', noAccessor: true})
  get iceServers(): IceServers | undefined {
    return typeof this.#iceServers === 'string' ? undefined : this.#iceServers;
  }

  set iceServers(iceServers: IceServers | undefined) {
    this.#iceServers = iceServers;
    this.requestUpdate();
  }

  /** The ended calls of the account; undefined while there is no client. */
  get history(): CallHistory | undefined {
    return this.client?.history;
  }

  /** The recordings of the account's calls that the browser keeps; undefined while there is no client. */
  get recordings(): Recordings | undefined {
    return this.client?.recordings;
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

  /** The values of the attributes. */
  protected get settings(): ClientAttributes {
    return {
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
      mailbox: this.mailbox,
      monitorUri: this.monitorUri,
      listenInUri: this.listenInUri,
      bargeInUri: this.bargeInUri,
      playFileUri: this.playFileUri,
      conferenceUri: this.conferenceUri,
      maxCalls: this.maxCalls,
      parallelCalls: this.parallelCalls,
      allowMonitoring: this.allowMonitoring,
      autoAnswer: this.autoAnswer,
      forceRelay: this.forceRelay,
      historyStorage: this.historyStorage,
      recordingsStorage: this.recordingsStorage,
      recordingsLimit: this.recordingsLimit,
      recordingsDays: this.recordingsDays,
      messageBytes: this.messageBytes,
      password: this.#password,
      iceServers: this.#iceServers,
    };
  }
}
