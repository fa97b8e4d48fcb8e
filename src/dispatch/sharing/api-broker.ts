import {whenReleased} from '../../locks.js';
import type {ApiMessage} from '../../core/types.js';
import {sharedDurations} from '../../durations/shared.js';
import {
  lockName,
  type ApiJoinRequest,
  type ToApiPage,
  type ToApiWorker,
} from '../../sip/sharing/port-messages.js';
import type {Page} from '../../sip/sharing/page.js';
import type {PhoneIdentity} from '../../sip/sharing/phone-identity.js';
import {isSamePage, type PageIdentity, type RequestTarget} from '../../sip/sharing/request-routing.js';
import {
  discard,
  textOf,
  whenOpen,
  type OpenSocket,
  type WorkerSocket,
} from '../../sip/sharing/worker-socket.js';
import {isRecord, parseText} from '../envelope.js';
import {API_CODE, API_HEADER, API_REPLY_TYPE, API_USER, REPLY_SUFFIX} from '../protocol.js';
import {isReplyTo} from '../reply-match.js';
import type {ApiRoutes} from './api-routes.js';

/** The phone that the pages are. */
export interface Phone {
  readonly identity: Pick<PhoneIdentity, 'worker' | 'instance'>;
  readonly pages: {readonly registered: readonly Pick<Page, 'instance' | 'receiveMessage'>[]};
}

/** A page that uses the connection. */
class ApiPage implements PageIdentity {
  readonly instance: string;
  readonly ending = new AbortController();
  /** Whether the server has accepted its own login. */
  isLoggedIn = false;
  readonly #port: MessagePort;

  constructor(port: MessagePort, instance: string) {
    this.#port = port;
    this.instance = instance;
  }

  post(message: ToApiPage): void {
    this.#port.postMessage(message);
  }

  /** Answers a request in the server's name. */
  answer(msgid: string | undefined, header: string, body: unknown, code: number = API_CODE.none): void {
    const reply = {msgid, header: `${header}${REPLY_SUFFIX}`, code, body};
    this.post({received: JSON.stringify(reply)});
  }
}

/**
 * One login for all pages of a phone: carrier 2, a WebSocket of the JSON API for each address
 * (docs/protocol/sign-in.md#login).
 */
export class ApiBroker {
  readonly #open: OpenSocket;
  readonly #phone: Phone;
  readonly #routes: ApiRoutes;
  readonly #sockets = new Map<string, SharedApiSocket>();

  constructor(open: OpenSocket, phone: Phone, routes: ApiRoutes) {
    this.#open = open;
    this.#phone = phone;
    this.#routes = routes;
  }

  /** Serves a page that wants to use the connection. */
  add(port: MessagePort, request: ApiJoinRequest): void {
    const {url} = request;
    const end = (): void => void this.#sockets.delete(url);
    let socket = this.#sockets.get(url);
    if (!socket) {
      socket = new SharedApiSocket(() => this.#open(url), this.#phone, this.#routes, end);
      this.#sockets.set(url, socket);
    }
    socket.add(port, request);
  }
}

/** One WebSocket of the API, which pages share. */
class SharedApiSocket {
  readonly #phone: Phone;
  readonly #routes: ApiRoutes;
  readonly #onEnd: () => void;
  readonly #pages = new Set<ApiPage>();
  readonly #socket: WorkerSocket | undefined;
  #isOpen = false;
  #isOver = false;
  #heardAt = 0;
  /** The page that is logging in; the requests of others to do so wait. */
  #loggingIn: ApiPage | undefined;
  #queue: readonly (() => void)[] = [];
  #loginTimer: ReturnType<typeof setTimeout> | undefined;
  /** The id of the worker's own request. */
  #probe: string | undefined;
  /** The body of the server's reply to the login. */
  #loginReply: readonly unknown[] | undefined;

  constructor(open: () => WorkerSocket, phone: Phone, routes: ApiRoutes, onEnd: () => void) {
    this.#phone = phone;
    this.#routes = routes;
    this.#onEnd = onEnd;
    const end = (): void => this.#end();
    try {
      const socket = (this.#socket = whenOpen(open(), () => this.#opened(), end));
      socket.onmessage = ({data}: MessageEvent<unknown>) => this.#received(textOf(data));
    } catch {
      queueMicrotask(end);
    }
  }

  add(port: MessagePort, {id, instance}: ApiJoinRequest): void {
    const page = new ApiPage(port, instance);
    this.#pages.add(page);
    port.onmessage = ({data}: MessageEvent<ToApiWorker>) => {
      if ('send' in data) this.#send(page, data.send);
      else if ('leave' in data) this.#leave(page, data.leave === 'unheard');
    };
    whenReleased(lockName('page', id), page.ending.signal, () => this.#leave(page, false));
    if (this.#isOpen) page.post({open: this.#phone.identity.worker});
  }

  #opened(): void {
    this.#isOpen = true;
    for (const page of this.#pages) page.post({open: this.#phone.identity.worker});
  }

  #send(page: ApiPage, text: string): void {
    if (!this.#pages.has(page)) return;
    const {message} = parseText(text);
    const header = message?.header.toLowerCase();
    if (message && header === API_HEADER.login) return this.#logIn(page, message);
    // The connection is logged in by the password of another page.
    if (!this.#isAdmitted(page))
      return page.answer(message?.msgid, message?.header ?? 'error', [{}], API_CODE.notRegistered);
    if (header === API_HEADER.logout) {
      page.isLoggedIn = false;
      // The others stay logged in.
      if ([...this.#pages].some((other) => other !== page && this.#isAdmitted(other)))
        return page.answer(message!.msgid, header, [{}]);
      this.#loginReply = undefined;
    }
    this.#pass(page, text, message);
  }

  #pass(page: ApiPage, text: string, request: ApiMessage | undefined): void {
    this.#routes.noteRequest(page, request, this);
    this.#socket?.send(text);
  }

  /** Logs in for all pages. A page that the server has registered needs no further login. */
  #logIn(page: ApiPage, request: ApiMessage): void {
    if (!this.#pages.has(page)) return;
    const {raw, msgid} = request;
    if (this.#loginReply && this.#isRegistered(page))
      return page.answer(msgid, API_HEADER.login, this.#loginReply);
    if (this.#loggingIn && this.#loggingIn !== page) {
      this.#queue = [...this.#queue, () => this.#logIn(page, request)];
      return;
    }
    if (!this.#loggingIn) this.#loginTimer = setTimeout(() => this.#next(), sharedDurations.apiLogin);
    this.#loggingIn = page;
    const {body, ...rest} = raw as Record<string, unknown>;
    const {instance} = this.#phone.identity;
    const own = instance && isRecord(body) ? {...body, instance} : body;
    this.#pass(page, JSON.stringify({...rest, body: own}), request);
  }

  /** Whether a page may use the connection: one whose password the server has accepted. */
  #isAdmitted(page: ApiPage): boolean {
    return page.isLoggedIn || this.#isRegistered(page);
  }

  /** Whether the server has accepted the page's REGISTER, and so its password. */
  #isRegistered(page: ApiPage): boolean {
    return this.#phone.pages.registered.some((other) => isSamePage(other, page));
  }

  #received(text: string): void {
    this.#heardAt = performance.now();
    const {message} = parseText(text);
    if (this.#probe !== undefined && message?.msgid === this.#probe) return;
    const target = this.#routes.targetOfReply(message, this);
    const code = message?.code;
    if (code === API_CODE.notRegistered) this.#loginReply = undefined;
    const isLogin = message !== undefined && isReplyTo(API_HEADER.login, message.header);
    const page = this.#loggingIn;
    if (isLogin && page && target?.page === page && code !== API_CODE.passwordChallenge) {
      if (code === API_CODE.none) {
        this.#loginReply = message.body;
        page.isLoggedIn = true;
      }
      this.#next();
    }
    this.#deliver(text, target);
  }

  /** Brings a message to its page, or to all: to those that do not use this connection, over SIP. */
  #deliver(text: string, target: RequestTarget | undefined): void {
    const {registered} = this.#phone.pages;
    const all: readonly PageIdentity[] = [...this.#pages, ...registered];
    const isThere = target && (target.isExclusive || all.some((page) => isSamePage(page, target.page)));
    const isFor = (page: PageIdentity): boolean => !isThere || isSamePage(page, target.page);
    const reached = [...this.#pages].filter((page) => isFor(page) && (isThere || this.#isAdmitted(page)));
    for (const page of reached) page.post({received: text});
    // Whether a server is the account's, only a page says that the account's SIP server has let in.
    if (![...this.#pages].some((page) => this.#isRegistered(page))) return;
    for (const page of registered)
      if (isFor(page) && !reached.some((other) => isSamePage(other, page)))
        page.receiveMessage(API_USER, API_REPLY_TYPE, text);
  }

  /** Lets the next page log in. */
  #next(): void {
    clearTimeout(this.#loginTimer);
    this.#loggingIn = undefined;
    const queue = this.#queue;
    this.#queue = [];
    for (const logIn of queue) logIn();
  }

  #leave(page: ApiPage, unheard: boolean): void {
    page.ending.abort();
    if (!this.#pages.delete(page)) return;
    if (this.#loggingIn === page) this.#next();
    if (unheard && this.#isOpen) this.#probeServer();
    if (this.#pages.size === 0)
      setTimeout(() => {
        if (this.#pages.size === 0) this.#end();
      }, sharedDurations.lastPage);
  }

  /** Asks the server whether it is there: a page does not hear it, which may have been frozen. */
  #probeServer(): void {
    if (this.#probe !== undefined) return;
    const since = performance.now();
    this.#probe = crypto.randomUUID();
    this.#socket?.send(JSON.stringify({msgid: this.#probe, header: API_HEADER.heartbeat, body: {}}));
    setTimeout(() => {
      this.#probe = undefined;
      if (this.#heardAt < since) this.#end();
    }, sharedDurations.apiProbe);
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#loginTimer);
    this.#onEnd();
    this.#routes.drop(this);
    discard(this.#socket);
    for (const page of this.#pages) {
      page.ending.abort();
      page.post({closed: true});
    }
    this.#pages.clear();
  }
}
