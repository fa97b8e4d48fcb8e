import {isSamePage, type PageIdentity} from './request-routing.js';
import type {SipText} from './sip-text.js';

/** A page to which a request is offered. */
export interface Branch extends PageIdentity {
  /** Its own Contact, by which requests within its dialogs reach it. */
  readonly address: string;
  /** Whether the server has let it in: another one may give itself any instance id. */
  readonly isAdmitted: boolean;
  /** Whether it is closing: what it refuses now, its user has not refused. */
  readonly isLeaving: boolean;
  deliver(text: string): void;
}

/** The state of the request in one page. */
interface BranchState {
  /** Whether it rings there. */
  rings: boolean;
  /** Whether the call that the page has answered too late has its BYE. */
  isEnded?: boolean;
  /** The status of the final response. */
  final: number | undefined;
}

/** Statuses of a page that knows nothing of the request, or sent it itself. */
const UNKNOWN_REQUEST: ReadonlySet<number> = new Set([481, 482]);

/**
 * One request of the server that several pages get (RFC 3261 §16.7): the first page to accept it has it, and if the user
 * refuses it in one page, it is refused. A page that refuses without ringing, such as one with “do not disturb”, leaves
 * it to the others.
 */
export class RequestFork {
  readonly request: SipText;
  /** Whether a page may get the request. */
  isFor: (page: Branch) => boolean = () => true;
  #toServer: (text: string) => void;
  readonly #branches = new Map<Branch, BranchState>();
  /** In the first page that rings. */
  #first: BranchState | undefined;
  /** In the page that has accepted the request. */
  #winner: BranchState | undefined;
  #isOver = false;
  /** Whether the server has acknowledged the refusal of the call. */
  #isAcknowledged = false;
  /** Whether the server has got a 100. */
  #isTrying = false;
  /** The refusal that says most to the caller. */
  #best: SipText | undefined;

  constructor(request: SipText, toServer: (text: string) => void) {
    this.request = request;
    this.#toServer = toServer;
  }

  /** Whether pages may still accept the request. */
  get isOpen(): boolean {
    return !this.#isOver;
  }

  /** Whether nothing belongs to the request any more: no page answers it, and a call that was refused has its ACK. */
  get isDone(): boolean {
    return this.#isOver && this.#pending().length === 0 && (!this.isInvite || this.#isAcknowledged);
  }

  /** Whether the request is a call. */
  get isInvite(): boolean {
    return this.request.requested === 'INVITE';
  }

  /** Whether no page has the request at the moment, or has answered it. */
  get isWaiting(): boolean {
    return !this.#isOver && this.#pending().length === 0;
  }

  /** Offers the request to one more page. */
  offer(page: Branch): void {
    if (this.#isOver || this.#branches.has(page) || !this.isFor(page)) return;
    this.#branches.set(page, {rings: false, final: undefined});
    page.deliver(this.request.to(page.address));
  }

  /** Handles the response of a page, which may have come back since it got the request. */
  handleResponse(page: Branch, response: SipText): void {
    const isOf = (each: Branch): boolean => each === page || (page.isAdmitted && isSamePage(each, page));
    const [, state] = [...this.#branches].findLast(([each]) => isOf(each)) ?? [];
    const {status = 0} = response;
    if (!state) return;
    if (status < 200) this.#progress(state, response);
    else if (status < 300) this.#accept(page, state, response);
    else this.#refuse(page, state, response);
  }

  /** Handles the server's ACK of the refusal; the pages have got theirs from this proxy. */
  handleAck(): void {
    this.#isAcknowledged = true;
  }

  /** Handles the caller's CANCEL (RFC 3261 §9.2): answers the call at once, as a page may hang and never do so. */
  handleCancel(cancel: SipText): void {
    this.#toServer(cancel.response('200 OK'));
    if (this.#isOver || !this.isInvite) return;
    for (const page of this.#pending()) page.deliver(cancel.to(page.address));
    this.#toServer(this.request.response('487 Request Terminated'));
    this.#isOver = true;
  }

  /**
   * Handles the end of a page; another one gets the request if no page has it any more.
   *
   * @param wait - How long to wait for another page, in milliseconds.
   */
  pageLeft(page: Branch, next: Branch | undefined, wait: number): void {
    const state = this.#branches.get(page);
    if (!state || state.final !== undefined) return;
    state.final = 480;
    if (next && this.#pending().length === 0) this.offer(next);
    if (wait) setTimeout(() => this.conclude(), wait);
    else this.conclude();
  }

  /** Refuses the request once every page has. */
  conclude(): void {
    if (this.#isOver || this.#pending().length > 0) return;
    this.#toServer(this.#best?.text ?? this.request.response('480 Temporarily Unavailable'));
    this.#isOver = true;
  }

  #progress(state: BranchState, response: SipText): void {
    if (this.#isOver) return;
    if (response.status === 100) {
      if (!this.#isTrying) this.#toServer(response.text);
      this.#isTrying = true;
      return;
    }
    state.rings = true;
    // One early dialog is enough.
    this.#first ??= state;
    if (state === this.#first) this.#toServer(response.text);
  }

  #accept(page: Branch, state: BranchState, response: SipText): void {
    if (this.#isOver && state !== this.#winner) return this.#endLate(page, state, response);
    state.final = response.status;
    this.#winner = state;
    this.#toServer(response.text);
    this.#end('SIP;cause=200;text="Call completed elsewhere"');
  }

  #refuse(page: Branch, state: BranchState, response: SipText): void {
    if (this.isInvite) page.deliver(this.request.hop('ACK', page.address, response.header('to')));
    state.final = response.status;
    if (this.#isOver) return;
    this.#best = better(this.#best, response);
    if (!state.rings || page.isLeaving) return this.conclude();
    this.#toServer(response.text);
    this.#end(`SIP;cause=${response.status}`);
  }

  /** Ends the call of a page that answered at the same moment as another. */
  #endLate(page: Branch, state: BranchState, response: SipText): void {
    // A page that had left, and is back, counts as one that has refused the call.
    if (!this.isInvite || state.isEnded) return;
    state.isEnded = true;
    state.final = 200;
    const to = response.header('to');
    page.deliver(this.request.hop('ACK', page.address, to));
    page.deliver(this.request.bye(page.address, to));
  }

  /**
   * Takes no answer any more.
   *
   * @param toServer - Sends a response over the next connection, if the request's own is lost.
   */
  drop(toServer = this.#toServer): void {
    this.#isOver = true;
    this.#toServer = toServer;
  }

  #end(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (!this.isInvite) return;
    const to = this.request.header('to');
    for (const page of this.#pending())
      page.deliver(this.request.hop('CANCEL', page.address, to, [`Reason: ${reason}`]));
  }

  #pending(): readonly Branch[] {
    return [...this.#branches].flatMap(([page, {final}]) => (final === undefined ? [page] : []));
  }
}

/** The response that says more to the caller: the lower one (RFC 3261 §16.7, step 6), of a page that knows the request. */
function better(one: SipText | undefined, other: SipText): SipText {
  if (!one) return other;
  const rank = ({status = 0}: SipText): number => status + (UNKNOWN_REQUEST.has(status) ? 1_000 : 0);
  return rank(one) <= rank(other) ? one : other;
}
