import {askForCredentials} from '../core/sign-in/ask-credentials.js';
import type {ResolvedOptions} from '../core/client/options.js';
import {phoneOf} from '../core/tabs/shared-phone.js';
import type {LoginInfo} from '../core/directory/people.js';
import type {ApiMessage, ApiState} from '../core/types.js';
import {normalizedHost} from '../core/util/url.js';
import {SipError, toSipError} from '../errors.js';
import {logOf, type Log} from '../sip/log.js';
import {openSocket} from '../core/util/open-socket.js';
import {backoff, PROMPT, type ReconnectPolicy} from '../core/util/reconnect-policy.js';
import {ApiExchange} from './api.js';
import {ApiSocket} from './api-socket.js';
import {makeRequest, type ApiRequest} from './envelope.js';
import {checkedApiUrl, readLoginInfo} from './login-info.js';
import {API_CODE, API_HEADER, REPEATABLE} from './protocol.js';
import {openSharedLink, type ApiLink} from './shared-link.js';
import {SipCarrier, type MessageSender} from './sip-carrier.js';

/** Options of the carriers. */
export interface CarriersOptions {
  readonly options: ResolvedOptions;
  readonly sender: MessageSender;
  readonly policy?: ReconnectPolicy;
  /** The registration to which a login belongs. */
  instance(): string;
  /** Whether other tabs use the same registration; undefined as long as that is not known. */
  shared(): boolean | undefined;
  onState(state: ApiState): void;
  /** Receives events, and replies that came late or twice. */
  onUnsolicited(message: ApiMessage): void;
  /** Receives every message of the server, after it was handled. */
  onMessage?(message: ApiMessage): void;
}

/**
 * The JSON API on both carriers: the WebSocket while it is logged in, otherwise SIP MESSAGE
 * (docs/protocol/carriers.md#which-carrier).
 */
export class Carriers {
  readonly #options: CarriersOptions;
  readonly #account: ResolvedOptions;
  readonly #log: Log;
  readonly #exchange: ApiExchange;
  readonly #sip: SipCarrier;
  readonly #socket: ApiSocket;

  constructor(options: CarriersOptions) {
    const {options: account, sender, policy = backoff({prompt: PROMPT})} = options;
    const {timeouts, user} = account;
    const log = (this.#log = logOf(account.log, 'api'));
    this.#options = options;
    this.#account = account;
    this.#exchange = new ApiExchange({
      timeout: timeouts.reply,
      log,
      onUnsolicited: (message) => options.onUnsolicited(message),
      onMessage: (message) => options.onMessage?.(message),
    });
    this.#sip = new SipCarrier(sender);
    this.#socket = new ApiSocket({
      exchange: this.#exchange,
      timeouts,
      policy,
      log,
      username: user,
      instance: () => options.instance(),
      credentials: (refused, url) =>
        askForCredentials(account, {purpose: 'api', refused, realm: undefined}, [url]),
      findUrl: () => this.#findUrl(),
      openLink: (url, signal) => this.#openLink(url, signal),
      onState: (state) => options.onState(state),
    });
  }

  /** Sends a request on the current carrier; resolves with its reply, whatever the code. */
  async request(request: ApiRequest, signal?: AbortSignal): Promise<ApiMessage> {
    const {connection} = this.#socket;
    if (!connection) return this.#exchange.request(request, this.#sip, signal);
    let reply: ApiMessage;
    try {
      reply = await this.#exchange.request(request, connection, signal);
    } catch (error) {
      // It is unknown whether the server executed the request: it is repeated if that does no harm.
      const isLost = toSipError(error).code === 'connection-lost';
      const isKnownAgain = connection.answersOnce && request.msgid !== undefined;
      if (!isLost || !(isKnownAgain || REPEATABLE.has(request.header))) throw error;
      return this.#exchange.request(request, this.#sip, signal);
    }
    if (reply.code !== API_CODE.notRegistered) return reply;
    // The server has forgotten the login, so it did not execute the request (docs/protocol/clients.md#carrier-2).
    connection.fail(new SipError('not-registered', {apiCode: reply.code}));
    return this.#exchange.request(request, this.#sip, signal);
  }

  /** Handles the body of a SIP MESSAGE with a reply or an event. */
  receive(text: string): void {
    this.#exchange.receive(text, this.#sip);
  }

  /**
   * Requests the addresses of the server's other services.
   *
   * @throws {SipError} the server's reason to refuse
   */
  async loginInfo(): Promise<LoginInfo> {
    const reply = await this.#exchange.request(makeRequest(API_HEADER.loginInfo), this.#sip);
    if (reply.code) throw toSipError({apiCode: reply.code}, API_HEADER.loginInfo);
    return readLoginInfo(reply, new URL(this.#account.server).hostname);
  }

  /** Opens the API's WebSocket and keeps it open; resolves when logged in. */
  async open(): Promise<void> {
    await this.#socket.open();
  }

  /** Opens a lost WebSocket at once. */
  hurry(): void {
    this.#socket.hurry();
  }

  /** Closes the WebSocket; requests go over SIP again. Idempotent, never rejects. */
  async close(): Promise<void> {
    await this.#socket.close();
  }

  /** Rejects all pending requests. */
  drop(error: SipError): void {
    this.#exchange.drop(error);
  }

  /**
   * Opens a connection to the API: that of the shared worker if the registration is there, too. Only there is it known
   * which tab has asked for a call.
   */
  async #openLink(url: string, signal: AbortSignal): Promise<ApiLink> {
    const {sharedWorker: worker, timeouts} = this.#account;
    const timeout = timeouts.connect;
    const shared = this.#options.shared();
    if (shared === undefined) throw new SipError('not-connected', {subject: url});
    if (!shared) return openSocket({url, timeout}, signal);
    const phone = {worker, phone: phoneOf(this.#account), instance: this.#options.instance()};
    const link = await openSharedLink(url, phone, timeout, signal);
    if (link) return link;
    // The page finds out why, unless it is only the worker that may not connect.
    const own = await openSocket({url, timeout}, signal);
    own.close();
    this.#log(
      'warning',
      `only the page itself reaches ${url}: allow it in the worker’s Content-Security-Policy`,
    );
    throw new SipError('server-unreachable', {subject: url});
  }

  async #findUrl(): Promise<string> {
    const {api} = this.#account;
    if (api !== undefined) return checkedApiUrl(api);
    const {apiUrl} = await this.loginInfo();
    if (apiUrl === undefined) throw new SipError('unsupported', {subject: 'WebSocket API'});
    const {hostname} = new URL(apiUrl);
    // The login sends a digest of the password there.
    if (!this.#account.hosts.has(normalizedHost(hostname)))
      throw new SipError('untrusted-host', {subject: hostname});
    return apiUrl;
  }
}
