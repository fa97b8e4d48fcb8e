import {sharedDurations} from '../../durations/shared.js';
import type {Page} from './page.js';
import type {Pages} from './pages.js';
import type {PhoneIdentity} from './phone-identity.js';
import type {LeaveReason} from './port-messages.js';
import {ServerReturn} from './server-return.js';
import type {ServerRequests} from './server-requests.js';
import type {SharedRegistration} from './shared-registration.js';
import {discard, textOf, whenOpen, type OpenSocket, type WorkerSocket} from './worker-socket.js';

/**
 * The phone's socket to its server, for all pages.
 *
 * Of the sockets that pages ask for, the first to open is kept. A silent socket gets a rival: whichever is heard or open
 * first is kept. From another server than the first, the phone returns when no page has a call.
 */
export class ServerConnection {
  /** Called with a text of the server, and the socket that has brought it. */
  onmessage: (text: string, socket: WorkerSocket) => void = () => {};
  readonly #open: OpenSocket;
  readonly #pages: Pages;
  readonly #identity: PhoneIdentity;
  readonly #registration: SharedRegistration;
  readonly #requests: ServerRequests;
  readonly #return = new ServerReturn();
  /** The first server of the first page that the server has let in, until then of any: the phone returns to it. */
  #home = '';
  #isHomeBelieved = false;
  /** The open socket, and its address. */
  #socket: WorkerSocket | undefined;
  #url = '';
  /** When the server was heard for the last time, by the clock of the worker, which nobody can set. */
  #heardAt = -Infinity;
  /** The sockets that are opening, by address. */
  readonly #opening = new Map<string, WorkerSocket>();
  /** A socket that is opening beside the open one. */
  #rival: WorkerSocket | undefined;
  /** The socket to the previous server, by the branches of its requests and the Call-IDs of its calls. */
  readonly #previous = new Map<string, WorkerSocket>();
  /** The server that did not serve a page, and until when pages pass over it, by the same clock. */
  #unserved = {url: '', until: 0};
  /** Until when the first server asks not to be used, by the same clock. */
  #homeClosedUntil = 0;

  constructor(
    open: OpenSocket,
    pages: Pages,
    identity: PhoneIdentity,
    registration: SharedRegistration,
    requests: ServerRequests,
  ) {
    this.#open = open;
    this.#pages = pages;
    this.#identity = identity;
    this.#registration = registration;
    this.#requests = requests;
  }

  get isOpen(): boolean {
    return this.#socket !== undefined;
  }

  /** Gives a page the open socket, or opens one to its server. */
  join(page: Page): void {
    const {url, home} = page;
    this.#home ||= home;
    if (this.#socket) void this.#share(page);
    else if (this.#unserved.url === url && performance.now() < this.#unserved.until)
      this.#pages.close(page, 'unserved');
    else if (!this.#opening.has(url)) this.#connect(url);
  }

  /**
   * Handles the end of a page.
   *
   * @param retryAfter - How long a server that does not serve the page asks not to be used, in milliseconds.
   */
  pageLeft(page: Page, reason: LeaveReason | 'crashed', retryAfter: number): void {
    const {url, isRegistered} = page;
    // The next page may need another network.
    if (this.#pages.all.every((other) => other.url !== url)) this.#discardOpening(url);
    const isUnserved = reason === 'unserved' && this.#pages.isBelieved(page);
    if (isUnserved) {
      this.#unserved = {url: this.#url, until: performance.now() + sharedDurations.serverUnserved};
      if (this.#url === this.#home) this.#homeClosedUntil = performance.now() + retryAfter;
    }
    // A page that was frozen may take a server for dead that other pages hear.
    const isDead =
      reason === 'unheard' &&
      this.#pages.isBelieved(page) &&
      performance.now() - this.#heardAt > sharedDurations.serverHeard;
    if (isUnserved || isDead) this.#close();
    else if (this.#pages.all.length === 0) this.#closeLater();
    else if (isRegistered) this.#registration.renew();
  }

  /** Sends a text; to the previous server, if that has sent a request with the key. */
  send(text: string, key = ''): void {
    (this.#previous.get(key) ?? this.#socket)?.send(text);
  }

  /** Notes the branch and the Call-ID of a request of the server: what belongs to them is sent over the same socket. */
  noteRequest(socket: WorkerSocket, ...keys: readonly string[]): void {
    if (socket !== this.#socket) for (const key of keys) this.#previous.set(key, socket);
  }

  /** Notes that the server accepts the REGISTER of a page. */
  noteRegistered({home}: Page): void {
    if (!this.#isHomeBelieved) {
      this.#isHomeBelieved = true;
      this.#home = home;
      this.#planReturn();
    }
    if (this.#url === this.#home) this.#return.reset();
  }

  /** A page does not hear the server: opens a socket beside the silent one, and keeps the one that is heard or open first. */
  pageUnheard(page: Page): void {
    const [url, since] = [this.#url, performance.now()];
    if (!this.#socket || this.#rival || !this.#pages.isBelieved(page)) return;
    this.send('\r\n\r\n');
    this.#openRival(url, (rival) => {
      if (this.#heardAt >= since || this.#requests.isInviting) return discard(rival);
      this.#close();
      this.#opened(url, rival);
    });
  }

  /** Whether another server would disturb a call, or a REGISTER, which would register the phone where it was. */
  get #isBusy(): boolean {
    return this.#requests.isInviting || this.#registration.isPending || this.#pages.isBusy;
  }

  #connect(url: string): void {
    const fail = (): void => {
      this.#opening.delete(url);
      for (const page of this.#pages.all) if (page.url === url) this.#pages.close(page, 'unopened');
    };
    try {
      const socket = this.#open(url);
      this.#opening.set(url, socket);
      whenOpen(socket, () => this.#opened(url, socket), fail);
    } catch {
      fail();
    }
  }

  /** Opens a socket beside the present one. If that fails, the present one stays. */
  #openRival(url: string, onOpen: (rival: WorkerSocket) => void): void {
    const end = (): void => void (this.#rival = undefined);
    try {
      const rival = (this.#rival = this.#open(url));
      const open = (): void => {
        end();
        onOpen(rival);
      };
      whenOpen(rival, open, end);
    } catch {
      // The page's Content-Security-Policy forbids it.
    }
  }

  #opened(url: string, socket: WorkerSocket): void {
    this.#opening.delete(url);
    for (const other of this.#opening.keys()) this.#discardOpening(other);
    this.#use(url, socket);
    // After a time without pages, it is a new one: a server then offers it a call that already rings.
    this.#identity.user ||= crypto.randomUUID().slice(0, 8);
    for (const page of this.#pages.all) void this.#share(page);
  }

  async #share(page: Page): Promise<void> {
    await this.#identity.claimed;
    const {worker, instance, user} = this.#identity;
    // The page would take a worker without its lock for gone.
    if (!instance) this.#pages.close(page, 'unopened');
    else if (this.#socket && this.#pages.has(page))
      page.post({open: {worker, instance, user, url: this.#url}});
  }

  #use(url: string, socket: WorkerSocket): void {
    this.#socket = socket;
    this.#url = url;
    socket.onmessage = ({data}: MessageEvent<unknown>) => this.#receive(textOf(data), socket);
    socket.onclose = socket.onerror = () => this.#close();
    this.#planReturn();
  }

  #receive(text: string, socket: WorkerSocket): void {
    if (socket === this.#socket) this.#heardAt = performance.now();
    if (text === '\r\n\r\n') socket.send('\r\n');
    else this.onmessage(text, socket);
  }

  #discardOpening(url: string): void {
    discard(this.#opening.get(url));
    this.#opening.delete(url);
  }

  #planReturn(): void {
    if (this.#url === this.#home) this.#return.cancel();
    else this.#return.plan(() => this.#tryReturn());
  }

  #tryReturn(): void {
    const before = this.#socket;
    const isFree = (): boolean => this.#socket === before && !this.#isBusy;
    this.#planReturn();
    if (!before || this.#rival || !this.#isHomeBelieved || performance.now() < this.#homeClosedUntil) return;
    this.#pages.queryIdle();
    setTimeout(() => {
      if (this.#rival || !isFree()) return;
      this.#return.begin();
      this.#openRival(this.#home, (rival) => (isFree() ? this.#move(before, rival) : discard(rival)));
    }, sharedDurations.idleAnswer);
  }

  /** All pages go on over another socket. The previous one serves its transactions and calls until no page has a call. */
  #move(before: WorkerSocket, next: WorkerSocket): void {
    before.onclose = before.onerror = null;
    this.#discardLater(before);
    this.#registration.reset();
    this.#use(this.#home, next);
    for (const page of this.#pages.all) page.post({moved: this.#home});
  }

  #discardLater(before: WorkerSocket): void {
    setTimeout(() => {
      if (this.#isBusy) {
        this.#pages.queryIdle();
        return this.#discardLater(before);
      }
      discard(before);
      this.#previous.clear();
    }, sharedDurations.transaction);
  }

  /** Closes the socket unless the next page comes soon, or a request waits longer for it. */
  #closeLater(): void {
    setTimeout(() => {
      if (this.#pages.all.length > 0) return;
      if (this.#requests.isPending) return this.#closeLater();
      this.#close();
      this.#home = this.#identity.user = '';
      this.#isHomeBelieved = false;
      this.#return.reset();
    }, sharedDurations.lastPage);
  }

  #close(): void {
    this.#return.cancel();
    discard(this.#socket);
    discard(this.#rival);
    this.#socket = this.#rival = undefined;
    for (const url of this.#opening.keys()) this.#discardOpening(url);
    this.#registration.reset();
    this.#requests.drop((response) => this.send(response));
    for (const page of this.#pages.all) this.#pages.close(page, 'lost');
  }
}
