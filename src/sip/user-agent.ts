import type {DialogIdentity, DialogMedia, PreparedMedia} from '../core/server/dialog.js';
import type {EarlySocket} from '../core/client/early-socket.js';
import type {ResolvedOptions} from '../core/client/options.js';
import {phoneOf} from '../core/tabs/shared-phone.js';
import type {MediaWishes, Party} from '../core/types.js';
import {SipError, toSipError} from '../errors.js';
import {MediaSession} from '../media/session/media-session.js';
import type {PeerSettings} from '../media/peer/peer.js';
import type {UserAgentDelegate} from './delegate.js';
import type {SipDialog} from './dialog/dialog.js';
import {Addresses} from './headers/addresses.js';
import {KEEP_ALIVE_TIMES, type KeepAliveTimes} from './transport/keep-alive.js';
import {PreparedSession} from './dialog/prepared-session.js';
import type {OutgoingMessage} from './messages.js';
import type {IncomingReferral} from './transfer/referral.js';
import {backoff, PROMPT, type ReconnectPolicy} from '../core/util/reconnect-policy.js';
import {Stack, type FocusWish, type InviteOptions} from './stack.js';
import type {SubscriptionRequest} from './subscription/subscription.js';
import type {RunningSubscription} from './subscription/subscriptions.js';
import type {TransportFactory} from './transport/transport.js';
import {SharedTransport} from './transport/shared-transport.js';
import {WebSocketTransport} from './transport/web-socket-transport.js';

export type {IncomingMessage, UserAgentDelegate} from './delegate.js';
export type {SipDialog} from './dialog/dialog.js';
export type {IncomingReferral} from './transfer/referral.js';
export type {FocusWish} from './stack.js';
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
  /** One for all connections: what a server calls itself stays known. */
  readonly #addresses: Addresses;
  readonly #settings: PeerSettings;
  #stack: Promise<Stack> | undefined;
  #current: Stack | undefined;
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
      input: {
        choice: options.devices,
        audio: options.audio,
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
    return this.#current?.instance ?? '';
  }

  /** Whether other tabs use the same connection and registration; undefined without a connection that they might share. */
  get shared(): boolean | undefined {
    return this.#options.sharedWorker === '' ? false : this.#current?.connection.shared;
  }

  /**
   * Resolves when connected, at once if it already is; while reconnecting, tries at once.
   *
   * Rejects with `server-unreachable`, `certificate-refused`, `insecure-server`, `aborted`.
   */
  async connect(): Promise<void> {
    if (this.#closing) await this.#closing;
    const opening = (this.#stack ??= Stack.create({
      options: this.#options,
      delegate: this.#delegate,
      addresses: this.#addresses,
      settings: this.#settings,
      ...this.#parts,
      onEnd: () => void this.disconnect(),
    }));
    const stack = await opening;
    if (this.#stack !== opening) throw new SipError('aborted', {subject: 'connect'});
    this.#current = stack;
    try {
      await stack.connection.connect();
    } catch (error) {
      if (this.#stack === opening && stack.connection.state === 'disconnected') await this.disconnect();
      throw error;
    }
  }

  /** Announces `disconnect`: what this page refuses from now on, its user has not refused. */
  leaving(): void {
    this.#current?.connection.leaving();
  }

  /** Ends all dialogs, the registration and the connection; idempotent, never rejects. */
  async disconnect(): Promise<void> {
    this.#socket?.close();
    const opening = this.#stack;
    if (!opening) return this.#closing;
    this.#stack = this.#current = undefined;
    this.#ending.abort();
    this.#ending = new AbortController();
    const closing = (this.#closing = opening.then(
      (stack) => stack.close(),
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
    await this.#current?.registration.unregister();
  }

  /**
   * Opens devices and a peer connection for a call to come. A device that does not open becomes a warning of the call.
   *
   * @throws {SipError} `ice-servers-failed` if the browser does not accept them; `screen-…` if a wanted screen is not
   * available; `microphone-forbidden`.
   */
  async prepare(wishes: MediaWishes): Promise<PreparedMedia> {
    const session = new MediaSession(this.#settings);
    try {
      await session.open(wishes);
      // A page that can never send audio must not ring a callee.
      if (!wishes.silent && session.warnings.includes('microphone-forbidden'))
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
  async prepareCall(wishes: MediaWishes): Promise<PreparedMedia> {
    const [media, credentials] = await Promise.allSettled([
      this.prepare(wishes),
      this.#connected().authenticate(),
    ]);
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
  invite(number: string, media: DialogMedia, options: InviteOptions = {}): SipDialog {
    try {
      return this.#connected().invite(number, media, options);
    } catch (error) {
      media.prepared?.release();
      throw toSipError(error, number);
    }
  }

  /**
   * Takes over a dialog of an earlier page; sends an INVITE that replaces it (RFC 3891).
   *
   * @throws {SipError} `not-connected`
   */
  takeOver(identity: DialogIdentity, remote: Party, media: DialogMedia): SipDialog {
    return this.#connected().takeOver(identity, remote, media);
  }

  /** Ends a dialog of an earlier page, if there is a connection. */
  end(identity: DialogIdentity): void {
    this.#current?.end(identity);
  }

  /**
   * Begins the dialog that a REFER requested; sends its INVITE.
   *
   * @throws {SipError} `not-connected`
   */
  follow(referral: IncomingReferral, media: DialogMedia): SipDialog {
    return this.#connected().follow(referral, media);
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
    return this.#connected().message({number, body, contentType, onUnsupported});
  }

  /**
   * Resolves with the media types that a number accepts, in lower case.
   *
   * @throws {SipError} `not-connected`, `connection-lost`, `timeout`, the code of the status
   */
  async accepted(number: string): Promise<readonly string[]> {
    return this.#connected().accepted(number);
  }

  /**
   * Subscribes to a number's state (RFC 6665) until the subscription is stopped or the connection is given up.
   *
   * @throws {SipError} `not-connected`, `invalid-number`
   */
  subscribe(request: SubscriptionRequest): RunningSubscription {
    return this.#connected().subscribe(request);
  }

  /**
   * Asks the focus of a conference to call a participant, or to remove one; resolves on a 2xx.
   *
   * @throws {SipError} `not-connected`, `invalid-number`, `connection-lost`, `timeout`, the code of the status
   */
  async refer(wish: FocusWish): Promise<void> {
    await this.#connected().refer(wish);
  }

  /** See `Addresses.numberAt`. */
  numberAt(address: string, room?: string): string | undefined {
    return this.#addresses.numberAt(address, room);
  }

  /** The address of a number. @throws {SipError} `invalid-number` */
  addressOf(number: string): string {
    return String(this.#addresses.uriOf(number));
  }

  #connected(): Stack {
    const stack = this.#current;
    if (stack?.connection.state !== 'connected')
      throw new SipError('not-connected', {subject: this.#options.server});
    return stack;
  }
}

/** How often in turn a worker may fail, until the page no longer tries it. */
const ATTEMPTS = 2;

/** What creates the client's transports: sockets of its own, or its part of one that all tabs share. */
function transportsOf(options: ResolvedOptions, socket: EarlySocket | undefined): TransportFactory {
  const {sharedWorker: worker, log} = options;
  const hosts = [...options.hosts];
  const timeout = options.timeouts.connect;
  const home = options.servers[0]!;
  const own: TransportFactory = (url) => new WebSocketTransport(url, timeout, socket?.take(url));
  if (!worker) return own;
  const phone = phoneOf(options);
  let failures = 0;
  const onResult = (reason?: string): void => {
    failures = reason === undefined ? 0 : failures + 1;
    if (reason) log({level: 'warning', area: 'sip', text: `this tab is a phone of its own: ${reason}`});
  };
  return (url) =>
    failures < ATTEMPTS
      ? new SharedTransport(url, {worker, phone, home, hosts, timeout, alone: () => own(url), onResult})
      : own(url);
}
