import {whenReleased} from '../../core/util/hold-lock.js';
import {randomUuid} from '../../core/util/uuid.js';
import {
  abandon,
  FAREWELL,
  OPENING,
  type BrokerSocket,
  type OpenSocket,
} from '../../sip/sharing/broker-socket.js';
import {pageLock} from '../../sip/sharing/port-messages.js';
import {isSame, type Member, type Taker} from '../../sip/sharing/routing.js';
import {isRecord, parseText, textOfFrame} from '../envelope.js';
import {API_CODE, API_HEADER, API_REPLY_TYPE, API_USER, REPLY_SUFFIX} from '../protocol.js';
import {isReplyTo} from '../reply-match.js';
import type {ApiJoining, FromApiPage, ToApiPage} from './api-messages.js';
import type {ApiRoutes} from './api-routes.js';

/** What the connection needs of the phone that the pages are. */
export interface Phone {
  /** The worker's own id, for its lock. */
  readonly id: string;
  /** The instance id of its registration; undefined before the first page. */
  readonly instance: Promise<string> | undefined;
  /** The pages whose REGISTER, and so whose password, the server has accepted. */
  readonly members: readonly Member[];
  /** Brings a text to such a page as a MESSAGE of the user. */
  message(member: Member, user: string, type: string, body: string): void;
}

/** Options of the API's connections. */
export interface ApiBrokerOptions {
  readonly open: OpenSocket;
  readonly phone: Phone;
  readonly routes: ApiRoutes;
}

/** How long the server may take to show that it is there, in milliseconds. */
const HEARING = 5_000;

/** How long a page may take to log in, in milliseconds. */
const LOGIN = 10_000;

/** A page that uses the connection. */
class ApiPage implements Member {
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
  readonly #options: ApiBrokerOptions;
  readonly #lines = new Map<string, ApiLine>();

  constructor(options: ApiBrokerOptions) {
    this.#options = options;
  }

  /** Serves a page that wants to use the connection. */
  add(port: MessagePort, joining: ApiJoining): void {
    const {url} = joining;
    const line = this.#lines.get(url) ?? new ApiLine(url, this.#options, () => this.#lines.delete(url));
    this.#lines.set(url, line);
    line.add(port, joining);
  }
}

/** One WebSocket of the API, which pages share. */
class ApiLine {
  readonly #options: ApiBrokerOptions;
  readonly #onEnd: () => void;
  readonly #pages = new Set<ApiPage>();
  readonly #socket: BrokerSocket | undefined;
  #isOpen = false;
  #isOver = false;
  #heardAt = 0;
  /** The page that is logging in; the requests of others to do so wait. */
  #loggingIn: ApiPage | undefined;
  #queue: readonly (() => void)[] = [];
  #patience: ReturnType<typeof setTimeout> | undefined;
  /** The id of the worker's own request. */
  #probe: string | undefined;
  /** What the server said to the login. */
  #welcome: readonly unknown[] | undefined;

  constructor(url: string, options: ApiBrokerOptions, onEnd: () => void) {
    this.#options = options;
    this.#onEnd = onEnd;
    try {
      const socket = (this.#socket = options.open(url));
      socket.binaryType = 'arraybuffer';
      socket.onopen = () => this.#opened();
      setTimeout(() => {
        if (!this.#isOpen) this.#end();
      }, OPENING);
      // A socket that a Content-Security-Policy forbids fires `error` and never closes.
      socket.onclose = socket.onerror = () => this.#end();
      socket.onmessage = ({data}: MessageEvent<string | ArrayBuffer>) => this.#received(textOfFrame(data));
    } catch {
      queueMicrotask(() => this.#end());
    }
  }

  add(port: MessagePort, {id, instance}: ApiJoining): void {
    const page = new ApiPage(port, instance);
    this.#pages.add(page);
    port.onmessage = ({data}: MessageEvent<FromApiPage>) => {
      if ('send' in data) this.#send(page, data.send);
      else if ('leave' in data) this.#leave(page, data.leave === 'unheard');
    };
    whenReleased(pageLock(id), page.ending.signal, () => this.#leave(page, false));
    if (this.#isOpen) page.post({open: this.#options.phone.id});
  }

  #opened(): void {
    this.#isOpen = true;
    for (const page of this.#pages) page.post({open: this.#options.phone.id});
  }

  #send(page: ApiPage, text: string): void {
    if (!this.#pages.has(page)) return;
    const {message} = parseText(text);
    const header = message?.header.toLowerCase();
    if (header === API_HEADER.login) return this.#logIn(page, text);
    // The connection is logged in by the password of another page.
    if (!this.#isAdmitted(page))
      return page.answer(message?.msgid, message?.header ?? 'error', [{}], API_CODE.notRegistered);
    if (header === API_HEADER.logout) {
      page.isLoggedIn = false;
      // The others stay logged in.
      if ([...this.#pages].some((other) => other !== page && this.#isAdmitted(other)))
        return page.answer(message!.msgid, header, [{}]);
      this.#welcome = undefined;
    }
    this.#pass(page, text);
  }

  #pass(page: ApiPage, text: string): void {
    this.#options.routes.asked(page, text, this);
    this.#socket?.send(text);
  }

  /** Logs in for all pages. A page that the server has registered needs no further login. */
  #logIn(page: ApiPage, text: string): void {
    if (!this.#pages.has(page)) return;
    const {phone} = this.#options;
    const {raw, msgid} = parseText(text).message!;
    if (this.#welcome && this.#isMember(page)) return page.answer(msgid, API_HEADER.login, this.#welcome);
    if (this.#loggingIn && this.#loggingIn !== page) {
      this.#queue = [...this.#queue, () => this.#logIn(page, text)];
      return;
    }
    this.#loggingIn = page;
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#next(), LOGIN);
    const {body, ...rest} = raw as Record<string, unknown>;
    void Promise.resolve(phone.instance).then((instance) => {
      const own = instance !== undefined && isRecord(body) ? {...body, instance} : body;
      this.#pass(page, JSON.stringify({...rest, body: own}));
    });
  }

  /** Whether a page may use the connection: once that is logged in, only one whose password the server has accepted. */
  #isAdmitted(page: ApiPage): boolean {
    return !this.#welcome || page.isLoggedIn || this.#isMember(page);
  }

  /** Whether the server has accepted the page's REGISTER, and so its password. */
  #isMember(page: ApiPage): boolean {
    return this.#options.phone.members.some((member) => isSame(member, page));
  }

  #received(text: string): void {
    this.#heardAt = Date.now();
    const {message} = parseText(text);
    if (this.#probe !== undefined && message?.msgid === this.#probe) return;
    const taker = this.#options.routes.answered(text, this);
    const code = message?.code;
    if (code === API_CODE.notRegistered) this.#welcome = undefined;
    const isLogin = message !== undefined && isReplyTo(API_HEADER.login, message.header);
    const page = this.#loggingIn;
    if (isLogin && page && taker?.page === page && code !== API_CODE.passwordChallenge) {
      if (code === API_CODE.none) {
        this.#welcome = message.body;
        page.isLoggedIn = true;
      }
      this.#next();
    }
    this.#deliver(text, taker);
  }

  /** Brings a message to its page, or to all: to those that do not use this connection, over SIP. */
  #deliver(text: string, taker: Taker | undefined): void {
    const {phone} = this.#options;
    const all: readonly Member[] = [...this.#pages, ...phone.members];
    const isThere = taker && (taker.alone || all.some((member) => isSame(member, taker.page)));
    const isFor = (member: Member): boolean => !isThere || isSame(member, taker.page);
    const reached = [...this.#pages].filter((page) => isFor(page) && (isThere || this.#isAdmitted(page)));
    for (const page of reached) page.post({received: text});
    for (const member of phone.members)
      if (isFor(member) && !reached.some((page) => isSame(page, member)))
        phone.message(member, API_USER, API_REPLY_TYPE, text);
  }

  /** Lets the next page log in. */
  #next(): void {
    clearTimeout(this.#patience);
    this.#loggingIn = undefined;
    const queue = this.#queue;
    this.#queue = [];
    for (const logIn of queue) logIn();
  }

  #leave(page: ApiPage, unheard: boolean): void {
    page.ending.abort();
    if (!this.#pages.delete(page)) return;
    if (this.#loggingIn === page) this.#next();
    if (unheard && this.#isOpen) this.#prove();
    if (this.#pages.size === 0)
      setTimeout(() => {
        if (this.#pages.size === 0) this.#end();
      }, FAREWELL);
  }

  /** Asks the server whether it is there: a page does not hear it, which may have been frozen. */
  #prove(): void {
    if (this.#probe !== undefined) return;
    const since = Date.now();
    this.#probe = randomUuid();
    this.#socket?.send(JSON.stringify({msgid: this.#probe, header: API_HEADER.heartbeat, body: {}}));
    setTimeout(() => {
      this.#probe = undefined;
      if (this.#heardAt < since) this.#end();
    }, HEARING);
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#patience);
    this.#onEnd();
    this.#options.routes.drop(this);
    if (this.#socket) abandon(this.#socket);
    for (const page of this.#pages) {
      page.ending.abort();
      page.post({closed: true});
    }
    this.#pages.clear();
  }
}
