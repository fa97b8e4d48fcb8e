import type {CallHistory} from '../../core/history/call-history.js';
import type {IceServers} from '../../core/client/ice-servers.js';
import type {SipClientOptions} from '../../core/client/options.js';
import type {Recordings} from '../../core/recordings/recordings.js';
import {property} from '../shared/property.js';
import {ClientCommandsElement} from './client-commands.js';
import type {ClientAttributes} from './own-client.js';

/** Reads an attribute that is on without a value, and may say how. */
const switchOrWord = (value: string | null): boolean | string =>
  value === '' || value === 'true' || (value !== 'false' && (value ?? false));

/** What a page says of the client that a `<sip-client>` makes. */
export abstract class ClientAttributesElement extends ClientCommandsElement {
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
  @property({type: Number, attribute: 'ring-volume'}) ringVolume: number | undefined = undefined;
  /** The country whose tones are heard: ringback, busy, congestion, waiting (ITU-T E.180), as `de`; `cn` by default. */
  @property() tones = '';
  /** When calls are seen and not heard, as `22:00-07:00` by the user's clock; urgent ones are heard all the same. */
  @property({attribute: 'quiet-hours'}) quietHours = '';
  /** The lifetime of a registration in seconds, 1–600; 60 by default. */
  @property({type: Number}) expires = 60;
  /**
   * The WebSocket address of the server's API; from its login information where it is empty. With `autoconnect` the
   * attribute opens that socket too, also where it is empty.
   */
  @property() api = '';
  /** Where files are uploaded, also relative to the page; from the server's login information where it is empty. */
  @property({attribute: 'upload-url'}) uploadUrl = '';
  /** What is called to hear the mailbox, as `*97`; the number that the server names where it is empty. */
  @property() mailbox = '';
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
  /**
   * Lets callers have their calls answered by themselves, where they ask for it: with sound alone, or with `video` with the
   * camera as well; for `profile="standard"`.
   */
  @property({attribute: 'auto-answer', converter: switchOrWord})
  autoAnswer: boolean | string = false;
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
  /** How many bytes a message may have; 32000 where it is empty. Asterisk takes 1023. */
  @property({attribute: 'message-bytes'}) messageBytes = '';
  /** Connects and registers as soon as the attributes are there; opens the API's socket where there is an `api`. */
  @property({type: Boolean}) autoconnect = false;
  /** Goes on with connection and calls when the element leaves the document. */
  @property({type: Boolean, attribute: 'keep-alive'}) keepAlive = false;
  /** Lets the browser ask whether the page may be left, while somebody is called or spoken to. */
  @property({type: Boolean, attribute: 'leave-warning'}) leaveWarning = false;
  /** Options that are no attributes: `credentials`, `codecs`, `timeouts`, `log` and so on. They win. */
  @property({attribute: false}) options: Partial<SipClientOptions> = {};

  #password = '';
  #iceServers: string | IceServers | undefined;

  /** The user's password. It can be set, as an attribute too, and is never read back: it reads empty. */
  @property({noAccessor: true})
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
  @property({attribute: 'ice-servers', noAccessor: true})
  get iceServers(): IceServers | undefined {
    return typeof this.#iceServers === 'string' ? undefined : this.#iceServers;
  }

  set iceServers(iceServers: IceServers | undefined) {
    this.#iceServers = iceServers;
    this.requestUpdate();
  }

  /**
   * The calls of the account that are over; undefined while there is no client. Whoever sets it sets the attribute: React and
   * Vue set a property of its name.
   */
  @property({attribute: false, noAccessor: true})
  get history(): CallHistory | undefined {
    return this.client?.history;
  }

  set history(mode: CallHistory | string | undefined) {
    if (typeof mode === 'string') this.historyMode = mode;
  }

  /**
   * The recordings of the account's calls that the browser keeps; undefined while there is no client. Whoever sets it sets the
   * attribute.
   */
  @property({attribute: false, noAccessor: true})
  get recordings(): Recordings | undefined {
    return this.client?.recordings;
  }

  set recordings(mode: Recordings | string | undefined) {
    if (typeof mode === 'string') this.recordingsMode = mode;
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

  /** What the attributes say. */
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
      history: this.historyMode,
      recordings: this.recordingsMode,
      recordingsLimit: this.recordingsLimit,
      recordingsDays: this.recordingsDays,
      messageBytes: this.messageBytes,
      password: this.#password,
      iceServers: this.#iceServers,
    };
  }
}
