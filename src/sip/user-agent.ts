import type {OutgoingRequestMessage, URI} from './sip-js.js';
import type {EarlySocket} from '../core/client/early-socket.js';
import type {ResolvedOptions} from '../core/client/options.js';
import {phoneOf} from '../core/tabs/shared-phone.js';
import type {DialogIdentity, DialogMedia, PreparedMedia} from '../core/server/dialog.js';
import type {ConnectionState, EncryptionOptions, WantedMedia, Party} from '../core/types.js';
import {attempt} from '../core/util/attempt.js';
import {backoff, PROMPT, type ReconnectPolicy} from '../core/util/reconnect-policy.js';
import {whenBack} from '../core/util/when-back.js';
import {sipDurations} from '../durations/sip.js';
import {SipError, textOf, toSipError} from '../errors.js';
import type {PeerSettings} from '../media/peer/peer.js';
import {MediaSession} from '../media/session/media-session.js';
import {within} from '../within.js';
import {Authentication, refusesCredentials} from './auth/authentication.js';
import type {UserAgentDelegate} from './delegate.js';
import type {DialogContext} from './dialog/dialog-context.js';
import type {SipDialog} from './dialog/dialog.js';
import {IncomingDialog} from './dialog/incoming-dialog.js';
import {descriptionIn} from './headers/session-description.js';
import type {IncomingInvite} from './dialog/incoming-invite.js';
import {OutgoingDialog, type OutgoingOptions} from './dialog/outgoing-dialog.js';
import {PreparedSession} from './dialog/prepared-session.js';
import {Addresses, readUri} from './headers/addresses.js';
import {logOf, type Log} from './log.js';
import {Messages, type OutgoingMessage} from './messages.js';
import {claimInstance} from './registration/instance.js';
import {Registration} from './registration/registration.js';
import {SipCore} from './sip-core.js';
import type {SubscriptionRequest} from './subscription/subscription.js';
import {Subscriptions, type RunningSubscription} from './subscription/subscriptions.js';
import {FocusRequests} from './transfer/focus-requests.js';
import type {IncomingReferral} from './transfer/referral.js';
import {readReplaces, replacesOf} from './transfer/replaces.js';
import {Connection} from './transport/connection.js';
import {KEEP_ALIVE_TIMES, type KeepAliveTimes} from './transport/keep-alive.js';
import {SharedTransport} from './transport/shared-transport.js';
import type {TransportFactory} from './transport/transport.js';
import {WebSocketTransport} from './transport/web-socket-transport.js';

export type {IncomingMessage, UserAgentDelegate} from './delegate.js';
export type {SipDialog} from './dialog/dialog.js';
export type {IncomingReferral} from './transfer/referral.js';
export type {SubscriptionRequest} from './subscription/subscription.js';
export type {RunningSubscription} from './subscription/subscriptions.js';

/** Parts that tests and other environments may replace. */
export interface UserAgentParts {
  readonly createTransport?: TransportFactory | undefined;
  /** For the first connection. */
  readonly socket?: EarlySocket;
  readonly policy?: ReconnectPolicy;
  readonly keepAlive?: KeepAliveTimes;
}

/** Options of an INVITE besides its number. */
export interface InviteOptions {
  /** Further headers, as complete lines. */
  readonly headers?: readonly string[];
  /** A SIP URI to invite instead of the number. */
  readonly address?: string | undefined;
}

/** A request to the focus of a conference about one participant. */
export interface ParticipantRequest {
  /** The conference. */
  readonly focus: string;
  /** The address of the call with it. */
  readonly dialed: string | undefined;
  readonly number: string;
  /** The participant's SIP URI, if known. */
  readonly address?: string | undefined;
  /** `BYE` removes the participant; without it, the focus calls them. */
  readonly method?: 'BYE';
  /** Receives the SIP statuses of the focus's action. */
  readonly onProgress: (status: number) => void;
  /** Called once if the reports end without a final status. */
  readonly onOver?: (error: SipError) => void;
}

/** How many requests a page may have sent in a dialog after it noted their number: RFC 3261 §12.2.2 allows a gap. */
const SEQUENCE_GAP = 100;

/** The line of an offer by which the other side offers to encrypt. */
const OFFERS_ENCRYPTION = /^a=x-sip-elements-sframe:/m;

/** What exists between a `connect` and its `disconnect`. */
interface Running {
  readonly instance: string;
  readonly connection: Connection;
  readonly sip: SipCore;
  readonly registration: Registration;
  readonly messages: Messages;
  readonly focusRequests: FocusRequests;
  readonly context: DialogContext<SipDialog>;
  readonly ending: AbortSignal;
  networkChanged: boolean;
  everConnected: boolean;
}

/**
 * The SIP user agent of one account: connection, registration, dialogs and messages.
 *
 * Restores a lost connection automatically; confirmed dialogs survive the loss. After `disconnect`, it can connect
 * again.
 */
export class SipUserAgent {
  readonly #options: ResolvedOptions;
  readonly #delegate: UserAgentDelegate;
  readonly #parts: Required<Omit<UserAgentParts, 'socket'>> & {readonly createTransport: TransportFactory};
  readonly #socket: EarlySocket | undefined;
  /** One for all connections, so that the names of the server stay known. */
  readonly #addresses: Addresses;
  readonly #settings: PeerSettings;
  readonly #log: Log;
  readonly #authentication: Authentication;
  readonly #subscriptions = new Subscriptions();
  readonly #dialogs = new Set<SipDialog>();
  #starting: Promise<Running> | undefined;
  #running: Running | undefined;
  #closing: Promise<void> | undefined;
  #ending = new AbortController();

  /** @param parts - A transport factory, or several parts; WebSockets by default. */
  constructor(
    options: ResolvedOptions,
    delegate: UserAgentDelegate,
    parts: TransportFactory | UserAgentParts = {},
  ) {
    const given = typeof parts === 'function' ? {createTransport: parts} : parts;
    this.#options = options;
    this.#delegate = delegate;
    this.#addresses = new Addresses(options);
    this.#log = logOf(options.log, 'sip');
    this.#authentication = new Authentication(options);
    const {socket} = given;
    this.#socket = socket;
    this.#parts = {
      createTransport: given.createTransport ?? transportsOf(options, socket),
      policy: given.policy ?? backoff({prompt: PROMPT}),
      keepAlive: given.keepAlive ?? KEEP_ALIVE_TIMES,
    };
    this.#settings = {
      iceServers: options.iceServers,
      forceRelay: options.forceRelay,
      gatheringTimeout: options.timeouts.iceGathering,
      memory: {silentStun: false, silentTurn: false},
      codecs: options.codecs,
      quality: options.quality,
      encryption: options.encryption,
      input: {
        choice: options.devices,
        audio: options.audio,
        video: options.video,
        processAudio: options.processAudio,
        processVideo: options.processVideo,
        onFailure: (text) => options.log({level: 'warning', area: 'media', text}),
      },
    };
  }

  /** Aborted by the next `disconnect`, after which pending calls are no longer wanted. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** The instance id (RFC 5626 §4.1), a UUID; empty before the first `connect`. */
  get instance(): string {
    return this.#running?.instance ?? '';
  }

  /** Whether other tabs use the same connection and registration; undefined without a connection that they might share. */
  get shared(): boolean | undefined {
    return this.#options.sharedWorker === '' ? false : this.#running?.connection.shared;
  }

  /**
   * Resolves when connected, at once if it already is; while reconnecting, tries at once.
   *
   * Rejects with `server-unreachable`, `certificate-refused`, `insecure-server`, `aborted`.
   */
  async connect(): Promise<void> {
    if (this.#closing) await this.#closing;
    const starting = (this.#starting ??= this.#start(this.#ending.signal));
    const running = await starting;
    if (this.#starting !== starting) throw new SipError('aborted', {subject: 'connect'});
    this.#running = running;
    try {
      await running.connection.connect();
    } catch (error) {
      if (this.#starting === starting && running.connection.state === 'disconnected') await this.disconnect();
      throw error;
    }
  }

  /** Announces `disconnect`: the user has not refused the calls that this page refuses from now on. */
  leaving(): void {
    this.#running?.connection.leaving();
  }

  /** Ends all dialogs, the registration and the connection; idempotent, never rejects. */
  async disconnect(): Promise<void> {
    this.#socket?.close();
    const starting = this.#starting;
    if (!starting) return this.#closing;
    this.#starting = this.#running = undefined;
    this.#ending.abort();
    this.#ending = new AbortController();
    const closing = (this.#closing = starting.then(
      (running) => this.#close(running),
      () => {},
    ));
    await closing;
    if (this.#closing === closing) this.#closing = undefined;
  }

  /**
   * Registers, and keeps the registration up; resolves when the server accepts.
   *
   * @param expires - Seconds.
   * @throws {SipError} `not-connected`, `wrong-password`, `unknown-user`, `registration-refused`, `timeout`,
   * `connection-lost`
   */
  async register(expires: number): Promise<void> {
    await this.#connected().registration.register(expires);
  }

  /** Unregisters; never rejects. */
  async unregister(): Promise<void> {
    await this.#running?.registration.unregister();
  }

  /**
   * Opens devices and a peer connection for a call to come. A device that does not open becomes a warning of the call.
   *
   * @param encrypted - How the call is encrypted; by default as the options say.
   * @throws {SipError} `ice-servers-failed` if the browser does not accept them; `screen-…` if a wanted screen is not
   * available; `microphone-forbidden`.
   */
  async prepare(
    wanted: WantedMedia,
    encrypted: {readonly with: EncryptionOptions | undefined} = {with: this.#options.encryption},
  ): Promise<PreparedMedia> {
    const session = new MediaSession({...this.#settings, encryption: encrypted.with});
    try {
      await session.open(wanted);
      // A page that can never send audio must not ring a callee.
      if (!wanted.silent && session.warnings.includes('microphone-forbidden'))
        throw new SipError('microphone-forbidden');
    } catch (error) {
      session.close();
      throw error;
    }
    return new PreparedSession(session);
  }

  /**
   * Prepares a call that the server places: opens its media, and asks for credentials in case its request is
   * challenged.
   *
   * @throws {SipError} `not-connected`, or the error of the page's function; nothing stays open then.
   */
  async prepareCall(wanted: WantedMedia): Promise<PreparedMedia> {
    const [media, credentials] = await Promise.allSettled([this.prepare(wanted), this.#askForCredentials()]);
    if (media.status === 'rejected') throw media.reason;
    if (credentials.status === 'fulfilled') return media.value;
    media.value.release();
    throw toSipError(credentials.reason, this.#options.user);
  }

  /**
   * Begins a dialog with the number; sends its INVITE.
   *
   * @param options.headers - Further headers of the INVITE, as complete lines.
   * @param options.address - A SIP URI to invite instead of the number.
   * @throws {SipError} `not-connected`, `invalid-number`; `media.prepared` is released then.
   */
  invite(number: string, media: DialogMedia, {headers = [], address}: InviteOptions = {}): SipDialog {
    try {
      this.#connected();
      return this.#begin({target: this.#targetOf(number, address), number, media, headers});
    } catch (error) {
      media.prepared?.release();
      throw toSipError(error, number);
    }
  }

  /**
   * Begins the dialog that a REFER requested; sends its INVITE. Leaves out the callee's name that the other side has
   * written: only this side knows it.
   *
   * @throws {SipError} `not-connected`
   */
  follow({uri, target, headers}: IncomingReferral, media: DialogMedia): SipDialog {
    return this.#begin({target: uri, isSupplied: true, number: target.number, media, headers});
  }

  /**
   * Takes over a dialog of an earlier page: invites its other side to replace it (RFC 3891), or joins its
   * conference or supervised call again. If that fails, or both dialogs may exist there, the old one is ended.
   *
   * @throws {SipError} `not-connected`
   */
  takeOver(identity: DialogIdentity, {number, name}: Party, media: DialogMedia): SipDialog {
    const {remoteUri, rejoin} = identity;
    // `disconnect` forgets it before its dialogs end.
    const running = this.#connected();
    const replaces = rejoin?.replaces ?? true;
    const dialog = this.#begin({
      target: readUri(rejoin?.address ?? remoteUri),
      isSupplied: true,
      number,
      name,
      media,
      headers: replaces ? [`Replaces: ${replacesOf(identity)}`, 'Require: replaces'] : [],
      ...(rejoin?.replaces && {headersAgain: []}),
    });
    const follow = (): void => {
      const {phase} = dialog.state;
      if (phase === 'terminated' || (rejoin && phase === 'confirmed')) endDialog(running, identity);
      if (phase !== 'terminated' && phase !== 'confirmed') return;
      clearTimeout(patience);
      dialog.removeEventListener('statechange', follow);
    };
    dialog.addEventListener('statechange', follow);
    const lose = (): void => dialog.terminate({by: 'server', code: 'call-lost'});
    const patience = setTimeout(lose, sipDurations.takeOver);
    follow();
    return dialog;
  }

  /** Ends a dialog of an earlier page, by a BYE or a CANCEL, if there is a connection. */
  end(identity: DialogIdentity): void {
    if (this.#running) endDialog(this.#running, identity);
  }

  /**
   * Sends a MESSAGE; resolves on a 2xx. @throws {SipError} `not-connected`, `connection-lost`, `timeout`, the code of
   * the status
   */
  async message(
    number: string,
    body: string,
    contentType: string,
    onUnsupported?: OutgoingMessage['onUnsupported'],
  ): Promise<boolean> {
    const {messages} = this.#connected();
    const target = this.#addresses.uriOf(number);
    return this.#authenticated(() => messages.send({number, target, body, contentType, onUnsupported}));
  }

  /**
   * Resolves with the media types that a number accepts, in lower case.
   *
   * @throws {SipError} `not-connected`, `connection-lost`, `timeout`, the code of the status
   */
  async accepted(number: string): Promise<readonly string[]> {
    const {messages} = this.#connected();
    const target = this.#addresses.uriOf(number);
    return this.#authenticated(() => messages.ask(number, target));
  }

  /**
   * Subscribes to a number's state (RFC 6665) until the subscription is stopped or the connection is given up.
   *
   * @throws {SipError} `not-connected`, `invalid-number`
   */
  subscribe(request: SubscriptionRequest): RunningSubscription {
    const {core} = this.#connected().sip;
    return this.#subscriptions.begin({
      ...request,
      target: this.#targetOf(request.number, request.address),
      core,
      guard: this.#guard,
      authentication: this.#authentication,
      policy: this.#parts.policy,
      log: this.#log,
    });
  }

  /**
   * Asks the focus of a conference to call a participant, or to remove one; resolves on a 2xx.
   *
   * @throws {SipError} `not-connected`, `invalid-number`, `connection-lost`, `timeout`, the code of the status
   */
  async refer(request: ParticipantRequest): Promise<void> {
    const {focusRequests} = this.#connected();
    const {focus, dialed = focus, number, address, method, onProgress, onOver} = request;
    const target = this.#targetOf(number, address);
    if (method) target.setParam('method', method);
    const [uri, called] = [readUri(focus), readUri(dialed)];
    // A factory gives the conference another name than the dialed one.
    const conference = called.user === uri.user ? called : uri;
    const referral = {focus: uri, conference, target, subject: number, onProgress, onOver};
    await this.#authenticated(() => focusRequests.send(referral));
  }

  /** See `Addresses.numberAt`. */
  numberAt(address: string, room?: string): string | undefined {
    return this.#addresses.numberAt(address, room);
  }

  /** The address of a number. @throws {SipError} `invalid-number` */
  addressOf(number: string): string {
    return String(this.#addresses.uriOf(number));
  }

  #connected(): Running {
    const running = this.#running;
    if (running?.connection.state !== 'connected')
      throw new SipError('not-connected', {subject: this.#options.server});
    return running;
  }

  /** @throws {SipError} `invalid-number` */
  #targetOf(number: string, address: string | undefined): URI {
    return address === undefined ? this.#addresses.uriOf(number) : readUri(address);
  }

  #begin(options: Omit<OutgoingOptions, 'authentication'>): SipDialog {
    const {context} = this.#connected();
    const dialog = new OutgoingDialog(context, {authentication: this.#authentication, ...options});
    this.#dialogs.add(dialog);
    return dialog;
  }

  async #askForCredentials(): Promise<void> {
    this.#connected();
    await this.#authentication.prepare();
  }

  /** Creates the parts of a connection, once this page's instance id is claimed. */
  async #start(ending: AbortSignal): Promise<Running> {
    const options = this.#options;
    const {policy, createTransport, keepAlive} = this.#parts;
    const instance = await claimInstance(`${options.user}@${options.domain}`, ending);
    const connection = new Connection({
      urls: options.servers,
      createTransport,
      policy,
      keepAlive,
      log: this.#log,
      onState: (state, error) => this.#onConnection(running, state, error),
      onMessage: (message) => sip.receive(message),
      onRenew: () => void registration.renew(),
      ask: () => ask(sip),
      idle: () => this.#dialogs.size === 0,
      bound: () => [...this.#dialogs].some(({state}) => state.phase !== 'confirmed'),
      onMoved: () => {
        // They are at the previous server.
        this.#subscriptions.suspend();
        return this.#restore(running);
      },
    });
    const sip = new SipCore({
      options,
      addresses: this.#addresses,
      instance,
      connection,
      authentication: this.#authentication,
      log: this.#log,
      onInvite: (invite) => this.#invited(running, invite),
      onMessage: (message) => this.#delegate.onMessage(message),
      onMailbox: (contentType, body) => this.#delegate.onMailbox?.(contentType, body),
    });
    const {core} = sip;
    const context: DialogContext<SipDialog> = {
      core,
      settings: this.#settings,
      log: logOf(options.log, 'media'),
      dtmf: options.dtmf,
      policy,
      addresses: this.#addresses,
      onReferral: (dialog, referral) => this.#delegate.onReferral(dialog, referral),
      onEnd: (dialog) => this.#dialogs.delete(dialog),
      onNetworkDoubt: () => {
        // It is no sign that a network is back.
        if (connection.state === 'connected') connection.hint();
      },
      onMessage: (dialog, from, body, contentType) =>
        void this.#delegate.onMessage({from, contentType, body, dialog}),
    };
    const registration = new Registration({
      core,
      options,
      instance,
      authentication: this.#authentication,
      policy,
      log: this.#log,
      leave: (error, rest) => connection.leave(error, rest),
      onFlowTimer: (seconds) => connection.keepAlive(flowTime(seconds)),
      onState: (state, error) => this.#delegate.onRegistration(state, error),
    });
    const running: Running = {
      instance,
      connection,
      sip,
      registration,
      messages: new Messages(core),
      focusRequests: new FocusRequests(core, this.#guard, options.timeouts.reply),
      context,
      ending,
      networkChanged: false,
      everConnected: false,
    };
    this.#watchNetwork(running);
    this.#watchPage(running);
    return running;
  }

  /** Withholds the credentials from a request to an address of another side that is outside the account's domain. */
  readonly #guard = (request: OutgoingRequestMessage): void => {
    if (!this.#addresses.isOwn(request.ruri)) this.#authentication.withhold(request);
  };

  /** Sends a request; retries with new credentials if the stored ones are refused. */
  async #authenticated<T>(send: () => Promise<T>): Promise<T> {
    await this.#authentication.ensure();
    try {
      return await send();
    } catch (error) {
      const {status = 0} = toSipError(error);
      if (!refusesCredentials(status) || !(await this.#authentication.renew().catch(() => false)))
        throw error;
      return await send();
    }
  }

  /**
   * Ends all dialogs, subscriptions and the registration without waiting: a page that goes away still sends messages
   * queued by the end of `pagehide`.
   */
  #leave({connection, registration}: Running, {persisted}: PageTransitionEvent): void {
    const leave = (dialog: SipDialog): void => dialog.leave(this.#delegate.onLeave?.(dialog) ?? false);
    attempt(
      this.#onError,
      () => connection.leaving(),
      ...[...this.#dialogs].map((dialog) => () => leave(dialog)),
      // The browser may show the page again.
      () => (persisted ? this.#subscriptions.suspend() : this.#subscriptions.stop()),
      () => registration.leave(),
    );
  }

  /** Ends everything, waits briefly for the responses, and drops the rest; never rejects. */
  async #close({connection, registration, messages, focusRequests, sip}: Running): Promise<void> {
    const dialogs = [...this.#dialogs];
    attempt(
      this.#onError,
      () => connection.leaving(),
      () => this.#authentication.interrupt(new SipError('connection-lost')),
    );
    await Promise.allSettled(dialogs.map(async (dialog) => dialog.hangup()));
    attempt(this.#onError, () => this.#subscriptions.stop());
    if (connection.state === 'connected') {
      const farewells = dialogs.map(({farewell}) => farewell);
      const last = Promise.allSettled([...farewells, registration.unregister()]);
      await within(last, sipDurations.lastRequests);
    }
    attempt(
      this.#onError,
      () => registration.stop(),
      () => messages.interrupt(),
      () => focusRequests.interrupt(),
      () => sip.core.dispose(),
      () => this.#authentication.clear(),
    );
    await connection.disconnect();
  }

  readonly #onError = (thrown: unknown): void => this.#log('error', `an end has failed: ${textOf(thrown)}`);

  #invited({context, ending}: Running, invite: IncomingInvite): void {
    if (ending.aborted) return invite.reject(480);
    const replaced = this.#replacedBy(invite.message.getHeaders('replaces'));
    if (typeof replaced === 'number') return invite.reject(replaced);
    // Calls are known by this id: a caller who uses it twice would make lists of calls fail.
    if ([...this.#dialogs].some(({id}) => id === invite.message.callId)) return invite.reject(482);
    const offer = descriptionIn(invite.message);
    // What takes the place of a call is encrypted as that was, whatever the options say.
    const encryption = replaced ? replaced.media.encryption?.settings : this.#options.encryption;
    if (encryption?.mode === 'require' && offer && !OFFERS_ENCRYPTION.test(offer)) return invite.reject(488);
    const settings = {...this.#settings, encryption};
    const dialog = new IncomingDialog({...context, settings}, invite, replaced);
    this.#dialogs.add(dialog);
    this.#delegate.onInvite(dialog);
  }

  /** The dialog that an INVITE replaces, or the status to refuse it with (RFC 3891 §3); undefined for none. */
  #replacedBy(headers: readonly string[]): SipDialog | 400 | 481 | 486 | undefined {
    if (headers.length === 0) return undefined;
    const replaces = headers.length === 1 ? readReplaces(headers[0]!) : undefined;
    if (!replaces) return 400;
    const found = [...this.#dialogs].find((dialog) => dialog.isMeantBy(replaces));
    if (found?.state.phase !== 'confirmed') return 481;
    // One at a time takes its place: the others would open a microphone each.
    const isTaken = [...this.#dialogs].some(
      ({replaced, state}) => replaced === found && state.phase !== 'terminated',
    );
    return replaces.earlyOnly || isTaken ? 486 : found;
  }

  #onConnection(running: Running, state: ConnectionState, error?: SipError): void {
    const {registration, messages, focusRequests} = running;
    const dialogs = [...this.#dialogs];
    if (state === 'reconnecting')
      attempt(
        this.#onError,
        () => registration.suspend(),
        () => this.#authentication.interrupt(new SipError('connection-lost')),
        () => messages.interrupt(),
        () => this.#subscriptions.suspend(),
        () => focusRequests.interrupt(),
        ...dialogs.map((dialog) => () => dialog.suspend()),
      );
    if (state === 'disconnected')
      attempt(
        this.#onError,
        () => this.#subscriptions.suspend(),
        ...dialogs.map((dialog) => () => dialog.terminate({by: 'server', code: 'connection-lost'})),
      );
    this.#delegate.onConnection(state, error);
    if (state === 'connected') {
      if (running.everConnected) void this.#restore(running);
      running.everConnected = true;
    }
    if (state === 'disconnected' && !running.ending.aborted && running.everConnected) void this.disconnect();
  }

  /** Restores the registration first, then the calls. */
  async #restore(running: Running): Promise<void> {
    const {networkChanged} = running;
    running.networkChanged = false;
    await running.registration.resume();
    if (running.connection.state !== 'connected') return;
    attempt(this.#onError, ...[...this.#dialogs].map((dialog) => () => dialog.resume(networkChanged)), () =>
      this.#subscriptions.resume(),
    );
  }

  #watchNetwork(running: Running): void {
    whenBack((moved) => {
      running.networkChanged ||= moved;
      running.connection.hint(() => {
        for (const dialog of this.#dialogs) dialog.checkNetwork(running.networkChanged);
        running.networkChanged = false;
      });
    }, running.ending);
  }

  #watchPage(running: Running): void {
    const {ending: signal} = running;
    window.addEventListener('pagehide', (event) => this.#leave(running, event), {signal});
    // A page from the back/forward cache may still be connected.
    window.addEventListener(
      'pageshow',
      ({persisted}) => {
        if (persisted && running.connection.state === 'connected') void this.#restore(running);
      },
      {signal},
    );
  }
}

/** Asks the server for any answer. */
function ask({core}: SipCore): void {
  const {aor} = core.configuration;
  const server = aor.clone();
  server.user = undefined;
  core.request(core.makeOutgoingRequestMessage('OPTIONS', server, aor, server, {}));
}

/**
 * When to send the next keep-alive to a server with this `Flow-Timer`, in milliseconds: after 80 to 100 % of it (RFC 5626
 * §4.4.1).
 */
function flowTime(seconds: number): number {
  return seconds * (800 + 200 * Math.random());
}

/** How often in turn a worker may fail, until the page no longer tries it. */
const MOST_WORKER_FAILURES = 2;

/** What creates the client's transports: sockets of its own, or its part of one that all tabs share. */
function transportsOf(options: ResolvedOptions, socket: EarlySocket | undefined): TransportFactory {
  const {sharedWorker: worker, log} = options;
  const hosts = [...options.hosts];
  const timeout = options.timeouts.connect;
  const {servers} = options;
  const own: TransportFactory = (url) => new WebSocketTransport(url, timeout, socket?.take(url));
  if (!worker) return own;
  const phone = phoneOf(options);
  let failures = 0;
  const onResult = (reason?: string): void => {
    failures = reason === undefined ? 0 : failures + 1;
    if (reason) log({level: 'warning', area: 'sip', text: `this tab is a phone of its own: ${reason}`});
  };
  return (url) =>
    failures < MOST_WORKER_FAILURES
      ? new SharedTransport(url, {worker, phone, servers, hosts, timeout, alone: () => own(url), onResult})
      : own(url);
}

/** Ends a dialog of an earlier page, by a BYE or a CANCEL, if there is a connection. */
function endDialog(
  {sip: {core}, connection}: Running,
  {
    localUri,
    localTag,
    remoteUri,
    remoteTag,
    remoteTarget,
    callId,
    routeSet,
    sequence,
    branch,
  }: DialogIdentity,
): void {
  if (connection.state !== 'connected') return;
  const options = {
    callId,
    cseq: branch ? sequence : sequence + SEQUENCE_GAP,
    fromTag: localTag,
    toTag: remoteTag,
    routeSet: [...routeSet],
  };
  const [target, from, to] = [remoteTarget, localUri, remoteUri].map(readUri);
  const method = branch ? 'CANCEL' : 'BYE';
  const message = core.makeOutgoingRequestMessage(method, target!, from!, to!, options);
  message.branch = branch;
  core.request(message);
}
