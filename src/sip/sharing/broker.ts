import {LeftCalls} from './left-calls.js';
import {Page} from './page.js';
import {Pages} from './pages.js';
import {PhoneIdentity} from './phone-identity.js';
import {SHARING_VERSION, type JoinRequest, type LeaveReason, type ToWorker} from './port-messages.js';
import type {RequestRouting} from './request-routing.js';
import {ServerConnection} from './server-connection.js';
import {ServerRequests} from './server-requests.js';
import {SharedRegistration} from './shared-registration.js';
import {PROXY, SipText} from './sip-text.js';
import type {OpenSocket, WorkerSocket} from './worker-socket.js';

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
 * A request to the phone goes to all pages, to each by its own Contact. A request within a dialog goes to the page whose
 * Contact it names.
 */
export class Broker {
  readonly pages = new Pages();
  readonly identity = new PhoneIdentity();
  readonly #routing: RequestRouting | undefined;
  readonly #connection: ServerConnection;
  readonly #registration: SharedRegistration;
  readonly #requests: ServerRequests;
  readonly #leftCalls: LeftCalls;

  /** @param routing - Routes requests by what the pages' protocol says beyond SIP. */
  constructor(open: OpenSocket, routing?: RequestRouting) {
    const {pages, identity} = this;
    const send = (text: string): void => this.#connection.send(text);
    const registration = (this.#registration = new SharedRegistration(pages, identity, send));
    const requests = (this.#requests = new ServerRequests(pages, routing));
    this.#routing = routing;
    this.#connection = new ServerConnection(open, pages, identity, registration, requests);
    this.#connection.onmessage = (text, socket) => this.#fromServer(text, socket);
    this.#leftCalls = new LeftCalls(pages, this.#connection);
  }

  /** Serves a page that has connected. */
  add(port: MessagePort): void {
    const page = new Page(port);
    port.onmessage = ({data}: MessageEvent<ToWorker>) => this.#fromPage(page, data);
  }

  #fromPage(page: Page, message: ToWorker): void {
    if ('send' in message) this.#send(page, message.send);
    else if ('front' in message) this.pages.lastFront = page;
    else if ('leaving' in message) page.isLeaving = true;
    else if ('silent' in message) this.#connection.pageUnheard(page);
    else if ('idle' in message) page.isBusy = !message.idle;
    else if ('leave' in message) this.#leave(page, message.leave, message.retryAfter);
    else this.#join(page, message.join);
  }

  #join(page: Page, request: JoinRequest): void {
    this.pages.add(page, request, () => this.#leave(page, 'crashed'));
    page.post({joined: SHARING_VERSION});
    this.identity.claim(request);
    this.#connection.join(page);
  }

  #leave(page: Page, reason: LeaveReason | 'crashed', retryAfter = 0): void {
    page.isLeaving = true;
    if (!this.pages.remove(page)) return;
    this.#routing?.pageLeft(page);
    if (reason === 'crashed' || reason === 'done') this.#leftCalls.pageLeft(page);
    this.#requests.pageLeft(page, reason === 'crashed');
    this.#connection.pageLeft(page, reason, retryAfter);
  }

  /** The server has accepted the REGISTER of a page. */
  #accepted(page: Page): void {
    const {heldRequests} = page;
    page.heldRequests = [];
    for (const {text} of heldRequests) this.#send(page, text);
    this.#connection.noteRegistered(page);
    // A call may be ringing that came before.
    this.#requests.pageRegistered(page);
  }

  #send(page: Page, text: string): void {
    if (text.trim() === '') return this.#connection.send(text);
    const message = new SipText(text);
    // A server may read what this proxy cannot.
    if (message.status === undefined && !message.requested) return;
    // What is behind it would count as a request of the account.
    if (!page.isAdmitted && !message.isSingle) return;
    if (message.requested === 'REGISTER') return this.#registration.register(page, message);
    if (message.requested && !this.#registration.admits(page, message)) return;
    if (message.method === 'INVITE') page.isBusy = true;
    const own = new SipText(this.identity.messageOf(page, text));
    const fork = this.#requests.get(message.branch);
    this.#leftCalls.pageSent(page, own, fork?.isOpen ? fork.request : undefined);
    if (message.status === undefined) this.#sendRequest(page, message, own.text);
    else if (fork?.request.method === message.method) this.#requests.handleResponse(page, own);
    // Responses to the broker's own requests end here.
    else if (!fork && message.sentBy !== PROXY) this.#connection.send(own.text, message.branch);
  }

  #sendRequest(page: Page, request: SipText, text: string): void {
    page.sentBy = request.sentBy;
    this.#requests.noteRequest(page, request);
    this.#routing?.pageSent(page, request);
    this.#connection.send(text, request.header('call-id'));
  }

  #fromServer(text: string, socket: WorkerSocket): void {
    if (text.trim() === '') {
      for (const page of this.pages.all) page.deliver(text);
      return;
    }
    const message = new SipText(text);
    if (message.status === undefined) {
      this.#connection.noteRequest(socket, message.branch, message.header('call-id'));
      this.#requests.route(message, (response) => socket.send(response));
    } else if (message.method === 'REGISTER') {
      const page = this.#registration.handleResponse(message);
      if (page) this.#accepted(page);
    } else this.#requests.routeResponse(message);
  }
}
