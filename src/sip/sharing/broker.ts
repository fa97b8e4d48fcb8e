import {holdLock, whenReleased} from '../../core/util/hold-lock.js';
import {normalizedHost} from '../../core/util/url.js';
import {randomUuid} from '../../core/util/uuid.js';
import {ownContact} from '../headers/header-values.js';
import {abandon, FAREWELL, OPENING, type BrokerSocket, type OpenSocket} from './broker-socket.js';
import {Fork, type Branch} from './fork.js';
import {
  pageLock,
  phoneLock,
  SHARING_VERSION,
  workerLock,
  type Closed,
  type Joining,
  type Leaving,
  type ToPage,
  type ToWorker,
} from './port-messages.js';
import {LeftDialogs} from './left-dialogs.js';
import {isSame, type Member, type Routing, type Taker} from './routing.js';
import {ownMessage, PROXY, SipText} from './sip-text.js';

/** How long a request of a page that has crashed, and a MESSAGE, wait for the next page, in milliseconds. */
const PAUSE = 2_000;
const MESSAGE_PAUSE = 20_000;

/** A server that was heard within this time is alive, in milliseconds. */
const HEARD = 5_000;

/** How long a server that did not serve a page is spared, in milliseconds: the other pages, too, go on to the next one. */
const SPARED = 5_000;

/** How long a request is remembered, and a call after its response, in milliseconds: 64·T1 (RFC 3261 §17). */
const REMEMBERED = 32_000;

/** Requests that wait until the server has accepted their page's REGISTER: they end something, and get no second try. */
const PATIENT = new Set(['BYE', 'ACK', 'CANCEL', 'NOTIFY']);

/** The most requests of a page that wait. */
const MOST_HELD = 50;

/** Requests outside a dialog that one page handles for all. */
const FOR_ONE = new Set(['MESSAGE', 'INFO', 'SUBSCRIBE']);

/** How long a page may take to answer such a request until the next one gets it, too, in milliseconds: it may hang. */
const ANSWER_MS = 4_000;

/** Types of a MESSAGE that is no text: every page may have sent what it is about, or show it (RFC 5438, RFC 3994). */
const FOR_ALL = /^content-type: *(?:message\/imdn|application\/im-iscomposing)\+xml/im;

/** The instance id in a Contact (RFC 5626 §4.1). */
const INSTANCE = /\+sip\.instance="<urn:uuid:([^>]*)>"/i;

/**
 * How long the calls of a page that is gone wait for the next page, in milliseconds, and how long that one may take to
 * continue them.
 */
const ABSENCE = 31_000;
const TAKE_OVER = 20_000;

/**
 * The longest time at another server than the first before a return is tried, in milliseconds; doubled each time, up to 16
 * times as long.
 */
const RETURN = 60_000;
const MOST_RETURNS = 4;

/** How long pages may take to say that they have no call, in milliseconds: one that is frozen says nothing. */
const ASKED = 500;

/** How often a BYE without a connection is tried again, in milliseconds. */
const AGAIN = 5_000;

/** A page that takes part. */
class Page implements Branch {
  /** The address of the server that it asked for. */
  url = '';
  /** The user part and the host of its Contact, as it writes them. */
  user = '';
  host = '';
  address = '';
  instance = '';
  /** The host in its Via: responses with it are for this page. */
  sentBy = '';
  leaving = false;
  /** Whether it was asked to renew the registration, and has not done so yet. */
  renewing = false;
  /** Whether the server has accepted its REGISTER: it gets calls. */
  registered = false;
  /** Whether it was registered: it knows the password of the account whose connection this is. */
  admitted = false;
  /** Whether the server is still to decide about its REGISTER, or about the next with a digest. */
  registering = false;
  /** The hosts of the account's domain, by its page. */
  hosts: readonly string[] = [];
  /** What it may send once it is admitted. */
  held: readonly string[] = [];
  /** Whether it has a call, by what it has said last. */
  busy = false;
  /** The lifetime that it asked for last, in seconds. */
  asked = 0;
  readonly ending = new AbortController();
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  deliver(text: string): void {
    this.post({received: text});
  }

  post(message: ToPage): void {
    this.#port.postMessage(message);
  }
}

/**
 * Makes one phone of all tabs of an account, with one socket and one registration at the server.
 *
 * ```
 * page ── its own user agent, dialogs and media ──┐
 * page ── its own user agent, dialogs and media ──┼── port ── Broker ── socket ── server
 * page ── its own user agent, dialogs and media ──┘
 * ```
 * Each page has the user agent that it would have alone; the broker is a proxy between them and the server (RFC 3261 §16).
 *
 * It writes the phone's Contact and instance id into every REGISTER. If another page has registered recently, the broker
 * answers a renewal itself. A request to the phone goes to all pages, to each by its own Contact. A request within a
 * dialog goes to the page whose Contact it names.
 */
export class Broker {
  /** The worker's own id, for its lock. */
  readonly id = randomUuid();
  readonly #open: OpenSocket;
  readonly #routing: Routing | undefined;
  readonly #held: Promise<boolean>;
  readonly #pages = new Set<Page>();
  readonly #forks = new Map<string, Fork>();
  readonly #left = new LeftDialogs();
  readonly #absence: number;
  readonly #return: number;
  #instance: Promise<string> | undefined;
  /** The user part of the phone's Contact. */
  #user = '';
  /** The host of the phone's Contact. */
  #host = '';
  /** The sockets that are opening, by address: the first to open is kept, for all pages. */
  readonly #opening = new Map<string, BrokerSocket>();
  /** REGISTERs without a final response, by branch: who has sent them, and for what lifetime, in seconds. */
  readonly #registering = new Map<
    string,
    {readonly page: Page; readonly asked: number; readonly at: number; readonly isSigned: boolean}
  >();
  /** The branches of INVITEs of the pages that have no final response yet. */
  readonly #calling = new Set<string>();
  /** A socket that is opening beside the silent one. */
  #rival: BrokerSocket | undefined;
  /** The open socket, and its address. */
  #socket: BrokerSocket | undefined;
  #url = '';
  /** The first server of the first page: the phone returns to it. */
  #home = '';
  /** Until when that server asks not to be used, in milliseconds since the epoch. */
  #rests = 0;
  #returning: ReturnType<typeof setTimeout> | undefined;
  /** How often a return was tried since the first server has served. */
  #returns = 0;
  /** How many pages that are gone may come back to their calls. */
  #gone = 0;
  /** The previous socket, by the branches of its requests and the Call-IDs of its calls. */
  readonly #before = new Map<string, BrokerSocket>();
  /** A server that did not serve a page, and until when it is spared, in milliseconds since the epoch. */
  #spared = {url: '', until: 0};
  /** When the server was heard for the last time, in milliseconds since the epoch. */
  #heardAt = 0;
  /** Until when the phone is registered, in milliseconds since the epoch. */
  #until = 0;
  /** Until when the server may have a registration over this socket, also of a page that is gone. */
  #accountUntil = 0;
  /** The lifetime of its registration, in seconds. */
  #granted = 0;
  /** The page that the user looks at, or looked at last; it may have left, and be back as another one. */
  #lookedAt: Page | undefined;

  /**
   * @param routing - What the pages' protocol says beyond SIP.
   * @param absence - How long the calls of a page that is gone wait for the next page, in milliseconds.
   * @param returns - After how long at most a return to the first server is tried, in milliseconds.
   */
  constructor(open: OpenSocket, routing?: Routing, absence = ABSENCE, returns = RETURN) {
    this.#open = open;
    this.#routing = routing;
    this.#absence = absence;
    this.#return = returns;
    this.#held = holdLock(workerLock(this.id), {isVital: true});
  }

  /** Serves a page that has connected. */
  add(port: MessagePort): void {
    const page = new Page(port);
    port.onmessage = ({data}: MessageEvent<ToWorker>) => this.#take(page, data);
  }

  /** The phone's instance id; undefined before the first page. */
  get instance(): Promise<string> | undefined {
    return this.#instance;
  }

  /** The pages whose REGISTER the server has accepted. */
  get members(): readonly Member[] {
    return this.#registered;
  }

  /** Brings a text to a page as a MESSAGE of the user, in the server's name. */
  message(member: Member, user: string, type: string, body: string): void {
    const page = this.#registered.find((each) => each === member);
    page?.deliver(ownMessage(page.address, `${user}@${new URL(page.url).hostname}`, type, body));
  }

  #take(page: Page, message: ToWorker): void {
    if ('send' in message) this.#fromPage(page, message.send);
    else if ('front' in message) this.#lookedAt = page;
    else if ('leaving' in message) page.leaving = true;
    else if ('silent' in message) this.#challenge();
    else if ('idle' in message) page.busy = !message.idle;
    else if ('leave' in message) this.#leave(page, message.leave, message.rest);
    else this.#join(page, message.join);
  }

  #join(page: Page, {id, url, home, hosts, instance, user}: Joining): void {
    page.url = url;
    page.hosts = hosts;
    this.#home ||= home;
    this.#pages.add(page);
    page.post({joined: SHARING_VERSION});
    whenReleased(pageLock(id), page.ending.signal, () => this.#leave(page, 'crashed'));
    this.#instance ??= this.#identify(instance);
    this.#user ||= user ?? '';
    if (this.#socket) void this.#welcome(page);
    else if (this.#spared.url === url && Date.now() < this.#spared.until) this.#dismiss(page, 'spared');
    else if (!this.#opening.has(url)) this.#connect(url);
  }

  /** Takes the id of an earlier worker unless that one is alive: the server then replaces its registration. */
  async #identify(former: string | undefined): Promise<string> {
    await this.#held;
    const claims = (id: string): Promise<boolean> => holdLock(phoneLock(id), {ifAvailable: true});
    const instance = former && (await claims(former)) ? former : randomUuid();
    if (instance !== former) await claims(instance);
    this.#host = `${instance.slice(-12)}.invalid`;
    return instance;
  }

  async #welcome(page: Page): Promise<void> {
    const instance = (await this.#instance)!;
    // The page would take the worker for gone.
    if (!(await this.#held)) this.#dismiss(page, 'unopened');
    if (this.#socket && this.#pages.has(page))
      page.post({open: {worker: this.id, instance, user: this.#user, url: this.#url}});
  }

  #connect(url: string): void {
    try {
      const socket = this.#start(url, () => this.#failed(url));
      this.#opening.set(url, socket);
      socket.onopen = () => this.#opened(url, socket);
    } catch {
      this.#failed(url);
    }
  }

  #start(url: string, onFail: () => void): BrokerSocket {
    const socket = this.#open(url);
    socket.binaryType = 'arraybuffer';
    // A socket that a Content-Security-Policy forbids fires `error` and never closes.
    const fails = (): void => {
      abandon(socket);
      onFail();
    };
    socket.onclose = socket.onerror = fails;
    setTimeout(() => {
      if (this.#rival === socket || [...this.#opening.values()].includes(socket)) fails();
    }, OPENING);
    return socket;
  }

  /** Opens a socket beside one that is silent: whichever is heard or open first is kept. */
  #challenge(): void {
    const [url, since] = [this.#url, Date.now()];
    if (!this.#socket || this.#rival) return;
    this.#toServer('\r\n\r\n');
    this.#beside(url, (rival) => {
      if (this.#heardAt >= since || this.#bound) return abandon(rival);
      this.#closed();
      this.#opened(url, rival);
    });
  }

  /** Opens a socket beside the present one. If that fails, the present one stays. */
  #beside(url: string, onOpen: (rival: BrokerSocket) => void): void {
    try {
      const rival = (this.#rival = this.#start(url, () => (this.#rival = undefined)));
      rival.onopen = () => {
        this.#rival = undefined;
        onOpen(rival);
      };
    } catch {
      // The page's Content-Security-Policy forbids it.
    }
  }

  #opened(url: string, socket: BrokerSocket): void {
    this.#opening.delete(url);
    this.#dropOpening();
    this.#use(url, socket);
    // After a time without pages, it is a new one: a server then offers it a call that already rings.
    this.#user ||= randomUuid().slice(0, 8);
    for (const page of this.#pages) void this.#welcome(page);
  }

  #use(url: string, socket: BrokerSocket): void {
    this.#socket = socket;
    this.#url = url;
    this.#accountUntil = 0;
    socket.onmessage = ({data}: MessageEvent<unknown>) =>
      this.#fromServer(typeof data === 'string' ? data : decoded(data), socket);
    socket.onclose = socket.onerror = () => this.#closed();
    this.#planReturn();
  }

  /** Schedules the next attempt to return to the first server. */
  #planReturn(): void {
    clearTimeout(this.#returning);
    if (this.#url === this.#home) return;
    const longest = this.#return * 2 ** Math.min(this.#returns, MOST_RETURNS);
    this.#returning = setTimeout(() => this.#tryReturn(), longest * (1 - Math.random() / 2));
  }

  #tryReturn(): void {
    const before = this.#socket;
    const isFree = (): boolean => this.#socket === before && this.#gone === 0 && !this.#busy;
    this.#planReturn();
    if (!before || this.#rival || Date.now() < this.#rests) return;
    this.#askPages();
    setTimeout(() => {
      if (this.#rival || !isFree()) return;
      this.#returns += 1;
      this.#beside(this.#home, (rival) => (isFree() ? this.#move(before, rival) : abandon(rival)));
    }, ASKED);
  }

  /** All pages go on over another socket. The previous one brings what is under way, and calls until it is closed. */
  #move(before: BrokerSocket, next: BrokerSocket): void {
    before.onclose = before.onerror = null;
    const part = (): void =>
      void setTimeout(() => {
        if (this.#busy) {
          this.#askPages();
          return part();
        }
        abandon(before);
        this.#before.clear();
      }, REMEMBERED);
    part();
    this.#until = 0;
    this.#use(this.#home, next);
    for (const page of this.#pages) page.post({moved: this.#home});
  }

  #askPages(): void {
    for (const page of this.#pages) {
      page.busy = false;
      page.post({ask: 'idle'});
    }
  }

  /** Whether a page has a call or begins one, or its REGISTER is under way: it would register the phone where it was. */
  get #busy(): boolean {
    const earliest = Date.now() - REMEMBERED;
    const registers = [...this.#registering.values()].some(
      ({page, at}) => at > earliest && this.#pages.has(page),
    );
    return this.#bound || registers || [...this.#pages].some(({busy}) => busy);
  }

  #failed(url: string): void {
    this.#opening.delete(url);
    for (const page of this.#pages) if (page.url === url) this.#dismiss(page, 'unopened');
  }

  #dropOpening(): void {
    for (const socket of this.#opening.values()) abandon(socket);
    this.#opening.clear();
  }

  #leave(page: Page, why: Leaving | 'crashed', rest = 0): void {
    page.ending.abort();
    page.leaving = true;
    if (!this.#pages.delete(page)) return;
    this.#routing?.left(page);
    if (why === 'crashed' || why === 'done') {
      this.#gone += 1;
      setTimeout(() => this.#endCalls(page), this.#absence);
    }
    for (const fork of this.#forks.values())
      fork.gone(page, this.#front, pauseOf(fork.request, why === 'crashed' ? PAUSE : 0));
    // A page that was frozen may take a server for dead that other pages hear.
    const unheard = why === 'unheard' && Date.now() - this.#heardAt > HEARD;
    if (why === 'useless') this.#spared = {url: this.#url, until: Date.now() + SPARED};
    if (why === 'useless' && this.#url === this.#home) this.#rests = Date.now() + rest;
    // The next page may need another network.
    const opening = this.#opening.get(page.url);
    if (opening && ![...this.#pages].some(({url}) => url === page.url)) {
      abandon(opening);
      this.#opening.delete(page.url);
    }
    if (unheard || why === 'useless') this.#closed();
    else if (this.#pages.size === 0) this.#partLater();
    else if (page.registered) this.#renew();
  }

  /** Closes the socket unless the next page comes soon, or a request waits longer for it. */
  #partLater(): void {
    setTimeout(() => {
      if (this.#pages.size > 0) return;
      if ([...this.#forks.values()].some(({open}) => open)) return this.#partLater();
      this.#closed();
      this.#user = this.#home = '';
      this.#returns = 0;
    }, FAREWELL);
  }

  /** Ends the calls that a page has left. */
  #endCalls(page: Page, tookOver = false): void {
    const {user, instance} = page;
    const later = (time: number): void => void setTimeout(() => this.#endCalls(page, true), time);
    // The browser shows the page again.
    if ([...this.#pages].some((other) => other.user === user)) {
      this.#gone -= 1;
      return;
    }
    if (!tookOver && this.#registered.some((other) => other.instance === instance)) return later(TAKE_OVER);
    if (!this.#socket && this.#pages.size > 0) return later(AGAIN);
    this.#gone -= 1;
    for (const bye of this.#left.end(user)) this.#toServer(bye);
  }

  /** Has a page renew the registration: what the others know of its lifetime may be too long, or their timers late. */
  #renew(): void {
    const page = this.#front;
    this.#until = 0;
    if (!page) return;
    if (!page.renewing) page.post({renew: true});
    page.renewing = true;
  }

  #closed(): void {
    clearTimeout(this.#returning);
    if (this.#socket) abandon(this.#socket);
    this.#socket = undefined;
    if (this.#rival) abandon(this.#rival);
    this.#rival = undefined;
    this.#dropOpening();
    this.#calling.clear();
    this.#registering.clear();
    this.#until = 0;
    for (const fork of this.#forks.values()) fork.drop();
    this.#forks.clear();
    for (const page of this.#pages) this.#dismiss(page, 'lost');
  }

  #dismiss(page: Page, closed: Closed): void {
    page.ending.abort();
    this.#pages.delete(page);
    page.post({closed});
  }

  #toServer(text: string): void {
    this.#socket?.send(text);
  }

  #fromPage(page: Page, text: string): void {
    if (text.trim() === '') return this.#toServer(text);
    const message = new SipText(text);
    if (message.requested === 'REGISTER') return this.#register(page, message);
    if (message.requested && !page.admitted && this.#isRegistered) return this.#hold(page, message);
    if (message.method === 'INVITE') page.busy = true;
    const own = new SipText(this.#withPhone(page, text));
    const fork = this.#forks.get(message.branch);
    this.#left.sent(page.user, own, fork?.open ? fork.request : undefined);
    if (message.status === undefined) {
      page.sentBy = message.sentBy;
      if (message.requested === 'INVITE' && !message.inDialog) this.#calling.add(message.branch);
      this.#routing?.sent(page, message);
      return (this.#before.get(message.header('call-id')) ?? this.#socket)?.send(own.text);
    }
    if (fork?.request.method === message.method) fork.answered(page, own);
    // Responses to the broker's own requests end here.
    else if (!fork && message.sentBy !== PROXY)
      (this.#before.get(message.branch) ?? this.#socket)?.send(own.text);
  }

  /** Holds back a request of a page that is not registered: the server would take it for one of the account. */
  #hold(page: Page, request: SipText): void {
    const waits = page.registering || PATIENT.has(request.requested);
    if (waits && page.held.length < MOST_HELD) page.held = [...page.held, request.text];
    else this.#forbid(page, request);
  }

  #forbid(page: Page, request: SipText): void {
    if (!PATIENT.has(request.requested)) page.deliver(request.response('403 Forbidden'));
  }

  /** The server has refused a page: what ends something still waits for another try. */
  #refuse(page: Page): void {
    const requests = page.held.map((text) => new SipText(text));
    page.held = page.held.filter((_, index) => PATIENT.has(requests[index]!.requested));
    for (const request of requests) this.#forbid(page, request);
  }

  #admit(page: Page): void {
    page.registered = page.admitted = true;
    const {held} = page;
    page.held = [];
    for (const text of held) this.#fromPage(page, text);
  }

  /** Names the phone in the page's Contact, `phone.page@host`: a server can find the phone's connection by it. */
  #withPhone({user, host}: Page, text: string): string {
    return user ? text.replaceAll(`${user}@${host}`, `${this.#user}.${user}@${this.#host}`) : text;
  }

  #register(page: Page, message: SipText): void {
    page.sentBy = message.sentBy;
    page.renewing = false;
    const contact = message.header('contact');
    page.instance = INSTANCE.exec(contact)?.[1] ?? '';
    [, page.address = '', page.user = '', page.host = ''] =
      /<(sips?:([^@;>]*)@([^;>]*)(?:;[^>]*)?)>/i.exec(contact) ?? [];
    page.asked = Number(/;\s*expires=(\d+)/i.exec(contact)?.[1] ?? 0);
    const left = (this.#until - Date.now()) / 1_000;
    if (page.asked === 0) {
      page.registered = false;
      if (this.#front) {
        page.deliver(message.response('200 OK'));
        return this.#renew();
      }
      this.#until = 0;
    } else if (page.registered && left > this.#granted / 2)
      return page.deliver(
        message.response('200 OK', [`Contact: <${page.address}>;expires=${Math.floor(left)}`]),
      );
    page.registering = page.asked > 0;
    const isSigned = /^(?:proxy-)?authorization *:/im.test(message.text);
    this.#registering.set(message.branch, {page, asked: page.asked, at: Date.now(), isSigned});
    // As long as any page wants it to be.
    const asked = page.asked && Math.max(page.asked, ...this.#registered.map((other) => other.asked));
    void this.#instance?.then((instance) =>
      this.#toServer(
        message.text
          .replaceAll(`${page.user}@${page.host}`, `${this.#user}@${this.#host}`)
          .replace(/(;\s*expires=)\d+/i, `$1${asked}`)
          .replace(INSTANCE, `+sip.instance="<urn:uuid:${instance}>"`),
      ),
    );
  }

  #fromServer(text: string, socket: BrokerSocket): void {
    if (socket === this.#socket) this.#heardAt = Date.now();
    if (text === '\r\n\r\n') return socket.send('\r\n');
    if (text.trim() === '') return this.#toAll(text);
    const message = new SipText(text);
    if (message.status === undefined) this.#requested(message, socket);
    else this.#responded(message);
  }

  #responded(message: SipText): void {
    if (message.method === 'REGISTER') return this.#registrationAnswered(message);
    const {status = 0} = message;
    if (status >= 200) this.#calling.delete(message.branch);
    // The pages of a tab have the same host one after another.
    [...this.#pages].findLast(({sentBy}) => sentBy === message.sentBy)?.deliver(message.text);
  }

  #registrationAnswered(message: SipText): void {
    const {branch, status = 0, text} = message;
    const request = this.#registering.get(branch);
    if (!request) return;
    const {page, asked, isSigned} = request;
    const isChallenge = status === 401 || status === 407;
    const isThere = this.#pages.has(page);
    const isAccepted = status >= 200 && status < 300;
    if (status >= 200) this.#registering.delete(branch);
    if (isAccepted && !asked) this.#accountUntil = 0;
    // The end of one page's registration may have overtaken another's.
    if (isAccepted && !(isThere && asked)) this.#renew();
    if (!isThere) return;
    if (status >= 200) page.registering &&= isChallenge && !isSigned;
    if (isAccepted && asked) {
      this.#granted = this.#lifetimeIn(message) ?? Number(message.header('expires') || asked);
      this.#until = this.#accountUntil = Date.now() + this.#granted * 1_000;
      this.#admit(page);
      if (this.#url === this.#home) this.#returns = 0;
      // A call may be ringing that came before.
      for (const fork of this.#forks.values()) if (fork.rings || fork.waits) fork.offer(page);
    } else if (status >= 300 && !isChallenge) {
      page.registered = false;
      // It was to renew the registration for all.
      if (this.#until === 0) this.#renew();
    }
    // A server may have written another host.
    page.deliver(text.replaceAll(`${this.#user}@`, `${page.user}@`));
    if (status >= 300 && !page.registering && !page.admitted) this.#refuse(page);
  }

  /** The lifetime that a response gives the phone's Contact, in seconds; undefined if it gives none. */
  #lifetimeIn(response: SipText): number | undefined {
    const own = ownContact(this.#user, response.values('contact'));
    const expires = /;\s*expires\s*=\s*(\d{1,10})/i.exec(own ?? '')?.[1];
    return expires === undefined ? undefined : Number(expires);
  }

  #requested(request: SipText, socket: BrokerSocket): void {
    const {requested, target, branch} = request;
    if (socket !== this.#socket) this.#before.set(branch, socket).set(request.header('call-id'), socket);
    const fork = this.#forks.get(branch);
    if (fork) {
      if (requested === 'CANCEL') fork.cancelled(request);
      // The broker has sent the pages their ACK itself, and they have a repeated request already.
      return;
    }
    const named = target.slice(target.indexOf('.') + 1);
    const known = [...this.#pages].findLast(({user}) => user !== '' && user === named);
    if (known) return known.deliver(request.to(known.address));
    if (requested === 'ACK') return this.#each((page) => page.deliver(request.to(page.address)));
    if (requested === 'CANCEL') return socket.send(request.response('481 Transaction Does Not Exist'));
    this.#fork(request, socket);
  }

  #fork(request: SipText, socket: BrokerSocket): void {
    const fork = new Fork(request, (text) => socket.send(text));
    this.#forks.set(request.branch, fork);
    const host = normalizedHost(request.senderHost);
    const isTrusted = this.#trusted.includes(host) || host === normalizedHost(request.sentBy);
    const taker = this.#routing?.taker(request, isTrusted);
    if (taker instanceof Promise) {
      fork.suits = () => false;
      void taker.then((member) => this.#offer(fork, member));
    } else this.#offer(fork, taker);
    this.#forget(request.branch);
  }

  /** Offers a request to the page that it is for, or to those that SIP's own rules name. */
  #offer(fork: Fork, taker: Taker | 'all' | undefined): void {
    const {request} = fork;
    const named = typeof taker === 'object' ? taker : undefined;
    const own = named && [...this.#pages].findLast((page) => isSame(page, named.page));
    fork.suits = named && (own || named.alone) ? (page) => isSame(page, named.page) : () => true;
    const single =
      !taker && !request.inDialog && FOR_ONE.has(request.requested) && !isForAll(request) && this.#front;
    if (single && !own) this.#offerInTurn(fork, [single, ...this.#registered]);
    else for (const page of own ? [own] : this.#registered) fork.offer(page);
    if (fork.waits) setTimeout(() => fork.refuse(), pauseOf(request, 0));
  }

  /** Offers a request to one page after another, until one answers. */
  #offerInTurn(fork: Fork, pages: readonly Page[]): void {
    const [page, ...others] = pages.filter((each) => this.#registered.includes(each));
    if (!page || !fork.open) return;
    fork.offer(page);
    const next = others.filter((other) => other !== page);
    if (next.length > 0) setTimeout(() => this.#offerInTurn(fork, next), ANSWER_MS);
  }

  /** Forgets a request when the server no longer waits for its answer, and a call some time after it was answered. */
  #forget(branch: string): void {
    setTimeout(() => {
      const fork = this.#forks.get(branch);
      if (fork?.rings && fork.open) return this.#forget(branch);
      fork?.drop();
      this.#forks.delete(branch);
    }, REMEMBERED);
  }

  /** Whether a call is being set up: its answer is bound to this socket (RFC 3261 §18.2.2). */
  get #bound(): boolean {
    return [...this.#forks.values()].some(({open, rings}) => open && rings) || this.#calling.size > 0;
  }

  get #registered(): readonly Page[] {
    return [...this.#pages].filter(({registered}) => registered);
  }

  /** The hosts of the account's domain: what an unknown page lists does not count beside the others'. */
  get #trusted(): readonly string[] {
    const pages = [...this.#pages];
    const known = pages.filter(({admitted}) => admitted);
    return (known.length ? known : pages).flatMap(({hosts}) => hosts);
  }

  /** Whether the server may take what comes over the socket for requests of the account. */
  get #isRegistered(): boolean {
    return Date.now() < this.#accountUntil || [...this.#pages].some(({admitted}) => admitted);
  }

  /** The registered page that the user looks at, or looked at last. */
  get #front(): Page | undefined {
    const [pages, looked] = [this.#registered, this.#lookedAt];
    return pages.findLast((page) => looked && isSame(page, looked)) ?? pages.at(-1);
  }

  #toAll(text: string): void {
    for (const page of this.#pages) page.deliver(text);
  }

  #each(task: (page: Page) => void): void {
    for (const page of this.#registered) task(page);
  }
}

/** How long a request that no page has waits for the next page, in milliseconds; a MESSAGE waits longest. */
function pauseOf({requested}: SipText, others: number): number {
  return requested === 'MESSAGE' ? MESSAGE_PAUSE : others;
}

/** Whether every page gets a MESSAGE; a CPIM message has the type of its content inside (RFC 3862). */
function isForAll(request: SipText): boolean {
  const type = request.header('content-type');
  return FOR_ALL.test(/^message\/cpim/i.test(type) ? request.text : `Content-Type: ${type}`);
}

function decoded(data: unknown): string {
  return data instanceof ArrayBuffer ? new TextDecoder().decode(data) : '';
}
