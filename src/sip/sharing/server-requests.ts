import {normalizedHost} from '../../core/util/url.js';
import {sharedDurations} from '../../durations/shared.js';
import type {Page} from './page.js';
import type {Pages} from './pages.js';
import {RequestFork} from './request-fork.js';
import {isSamePage, type RequestRouting, type RequestTarget} from './request-routing.js';
import type {SipText} from './sip-text.js';

/** Requests outside a dialog that one page handles for all. */
const FOR_ONE = new Set(['MESSAGE', 'INFO', 'SUBSCRIBE']);

/** Types of a MESSAGE that is no text: every page may have sent what it is about, or show it (RFC 5438, RFC 3994). */
const FOR_ALL = /^content-type: *(?:message\/imdn|application\/im-iscomposing)\+xml/im;

/** A call that a page places. */
interface OutgoingInvite {
  readonly page: Page;
  /** Whether the server has responded. */
  hasResponse: boolean;
}

/** Routes the requests of the server to the pages (RFC 3261 §16.5), and knows which calls are being set up. */
export class ServerRequests {
  readonly #pages: Pages;
  readonly #routing: RequestRouting | undefined;
  /** The requests that are outside the dialogs of the pages, by branch. */
  readonly #forks = new Map<string, RequestFork>();
  /** The INVITEs of the pages that have no final response yet, by branch. */
  readonly #outgoingInvites = new Map<string, OutgoingInvite>();

  constructor(pages: Pages, routing: RequestRouting | undefined) {
    this.#pages = pages;
    this.#routing = routing;
  }

  /** Whether a request has no final response yet. */
  get isPending(): boolean {
    return [...this.#forks.values()].some(({isOpen}) => isOpen);
  }

  /** Whether a call is being set up: its answer is bound to this socket (RFC 3261 §18.2.2). */
  get isInviting(): boolean {
    const isRinging = [...this.#forks.values()].some(({isOpen, isInvite}) => isOpen && isInvite);
    return isRinging || this.#outgoingInvites.size > 0;
  }

  /** The request with the branch. */
  get(branch: string): RequestFork | undefined {
    return this.#forks.get(branch);
  }

  /** Handles the response of a page to a request. */
  handleResponse(page: Page, response: SipText): void {
    this.#forks.get(response.branch)?.handleResponse(page, response);
    this.#forgetDone(response.branch);
  }

  /**
   * Routes a request.
   *
   * @param toServer - Sends a response.
   */
  route(request: SipText, toServer: (text: string) => void): void {
    const {requested, target, branch} = request;
    const fork = this.#forks.get(branch);
    if (fork) {
      if (requested === 'CANCEL') fork.handleCancel(request);
      if (requested === 'ACK') fork.handleAck();
      // The pages have a repeated request already.
      return this.#forgetDone(branch);
    }
    const named = target.slice(target.indexOf('.') + 1);
    const page = this.#pages.find(({user}) => user !== '' && user === named);
    if (page) page.deliver(request.to(page.address));
    else if (requested === 'ACK')
      for (const each of this.#pages.registered) each.deliver(request.to(each.address));
    else if (requested === 'CANCEL') toServer(request.response('481 Transaction Does Not Exist'));
    else this.#fork(request, toServer);
  }

  /** Notes a request of a page. */
  noteRequest(page: Page, {requested, inDialog, branch}: SipText): void {
    if (requested === 'CANCEL') this.#forgetInvite(branch, false);
    if (requested !== 'INVITE' || inDialog) return;
    this.#outgoingInvites.set(branch, {page, hasResponse: false});
    this.#forgetInvite(branch, true);
  }

  /** Forgets a call of a page that the server never answers, some time later. */
  #forgetInvite(branch: string, unlessResponse: boolean): void {
    setTimeout(() => {
      if (!unlessResponse || !this.#outgoingInvites.get(branch)?.hasResponse)
        this.#outgoingInvites.delete(branch);
    }, sharedDurations.transaction);
  }

  /** Brings a response of the server to the page whose request it answers. */
  routeResponse({status = 0, branch, sentBy, text}: SipText): void {
    const invite = this.#outgoingInvites.get(branch);
    if (invite) invite.hasResponse = true;
    if (status >= 200) this.#outgoingInvites.delete(branch);
    this.#pages.find((page) => sentBy !== '' && page.sentBy === sentBy)?.deliver(text);
  }

  /** Offers the calls, and the requests that no page has, to a page that is registered now. */
  pageRegistered(page: Page): void {
    for (const fork of this.#forks.values()) if (fork.isInvite || fork.isWaiting) fork.offer(page);
  }

  /** Offers the requests of a page that is gone to another one. */
  pageLeft(page: Page, hasCrashed: boolean): void {
    for (const [branch, invite] of this.#outgoingInvites)
      if (invite.page === page) this.#outgoingInvites.delete(branch);
    const wait = hasCrashed ? sharedDurations.crashedPageRequest : 0;
    for (const fork of this.#forks.values())
      fork.pageLeft(page, this.#pages.front, waitFor(fork.request, wait));
  }

  /**
   * Forgets the requests without a final response: their connection is lost. Of the others, a page may still answer a call
   * that another one has taken.
   *
   * @param toServer - Sends a response over the next connection.
   */
  drop(toServer: (text: string) => void): void {
    for (const [branch, fork] of this.#forks) {
      if (fork.isOpen) this.#forks.delete(branch);
      fork.drop(toServer);
    }
    this.#outgoingInvites.clear();
  }

  #fork(request: SipText, toServer: (text: string) => void): void {
    const fork = new RequestFork(request, toServer);
    this.#forks.set(request.branch, fork);
    const host = normalizedHost(request.senderHost);
    const isTrusted = this.#pages.trustedHosts.includes(host) || host === normalizedHost(request.sentBy);
    const target = this.#routing?.targetOf(request, isTrusted);
    if (target instanceof Promise) {
      fork.isFor = () => false;
      void target.then((found) => this.#offer(fork, found));
    } else this.#offer(fork, target);
    this.#forget(request.branch);
  }

  /** Offers a request to its target, or to the pages that SIP's own rules name. */
  #offer(fork: RequestFork, target: RequestTarget | 'all' | undefined): void {
    const {request} = fork;
    const {registered, front} = this.#pages;
    const page = typeof target === 'object' ? this.#pages.at(target.page) : undefined;
    const isBound = typeof target === 'object' && (page !== undefined || target.isExclusive);
    fork.isFor = (other) => !isBound || isSamePage(other, target.page);
    const isSingle = !target && !request.inDialog && FOR_ONE.has(request.requested) && !isForAll(request);
    if (isSingle && front) this.#offerInTurn(fork, [front, ...registered.filter((each) => each !== front)]);
    else for (const each of page ? [page] : registered) fork.offer(each);
    if (fork.isWaiting) setTimeout(() => fork.conclude(), waitFor(request, 0));
  }

  /** Offers a request to one page after another, until one answers. */
  #offerInTurn(fork: RequestFork, pages: readonly Page[]): void {
    const {registered} = this.#pages;
    const [page, ...others] = pages.filter((each) => registered.includes(each));
    if (!page || !fork.isOpen) return;
    fork.offer(page);
    setTimeout(() => this.#offerInTurn(fork, others), sharedDurations.pageAnswer);
  }

  /** Forgets a request that is done: none is repeated over a WebSocket (RFC 3261 §17.2). Strangers send many, and long ones. */
  #forgetDone(branch: string): void {
    if (this.#forks.get(branch)?.isDone) this.#forks.delete(branch);
  }

  /** Forgets a request when the server no longer waits for its answer, and a call some time after it was answered. */
  #forget(given: string, wasOpen = true): void {
    // It is a part of the request, which would stay in memory with it.
    const branch = structuredClone(given);
    setTimeout(() => {
      const fork = this.#forks.get(branch);
      if (fork?.isInvite && wasOpen) return this.#forget(branch, fork.isOpen);
      fork?.drop();
      this.#forks.delete(branch);
    }, sharedDurations.transaction);
  }
}

/** How long a request that no page has waits for the next page, in milliseconds; a MESSAGE waits longest. */
function waitFor({requested}: SipText, others: number): number {
  return requested === 'MESSAGE' ? sharedDurations.undeliveredMessage : others;
}

/** Whether every page gets a MESSAGE; a CPIM message has the type of its content inside (RFC 3862). */
function isForAll(request: SipText): boolean {
  const type = request.header('content-type');
  return FOR_ALL.test(/^message\/cpim/i.test(type) ? request.text : `Content-Type: ${type}`);
}
