import type {Member} from './routing.js';
import type {SipText} from './sip-text.js';

/** A page to which a request is offered. */
export interface Branch extends Member {
  /** Its own Contact, by which requests within its dialogs reach it. */
  readonly address: string;
  /** Whether it is closing: what it refuses now, its user has not refused. */
  readonly leaving: boolean;
  deliver(text: string): void;
}

/** What has become of the request in one page. */
interface Outcome {
  rings: boolean;
  final: number | undefined;
}

/** Statuses of a page that knows nothing of the request, or sent it itself. */
const IGNORANT: ReadonlySet<number> = new Set([481, 482]);

/**
 * One request of the server that several pages get (RFC 3261 §16.7): the first page to accept it has it, and if the user
 * refuses it in one page, it is refused. A page that refuses without ringing, such as one with “do not disturb”, leaves
 * it to the others.
 */
export class Fork {
  readonly request: SipText;
  /** Whether a page may get the request. */
  suits: (page: Branch) => boolean = () => true;
  readonly #toServer: (text: string) => void;
  readonly #outcomes = new Map<Branch, Outcome>();
  #first: Branch | undefined;
  #winner: Branch | undefined;
  #over = false;
  #tried = false;
  #best: SipText | undefined;

  constructor(request: SipText, toServer: (text: string) => void) {
    this.request = request;
    this.#toServer = toServer;
  }

  /** Whether pages may still accept the request. */
  get open(): boolean {
    return !this.#over;
  }

  /** Whether the request is a call. */
  get rings(): boolean {
    return this.request.requested === 'INVITE';
  }

  /** Whether no page has the request at the moment, or has answered it. */
  get waits(): boolean {
    return !this.#over && this.#pending().length === 0;
  }

  /** Offers the request to one more page. */
  offer(page: Branch): void {
    if (this.#over || this.#outcomes.has(page) || !this.suits(page)) return;
    this.#outcomes.set(page, {rings: false, final: undefined});
    page.deliver(this.request.to(page.address));
  }

  /** Handles the response of a page. */
  answered(page: Branch, response: SipText): void {
    const outcome = this.#outcomes.get(page);
    const {status = 0} = response;
    if (!outcome) return;
    if (status < 200) this.#progress(page, outcome, response, status);
    else if (status < 300) this.#accepted(page, outcome, response, status);
    else this.#refused(page, outcome, response, status);
  }

  /** Handles the caller's CANCEL (RFC 3261 §9.2): answers the call at once, as a page may hang and never do so. */
  cancelled(cancel: SipText): void {
    this.#toServer(cancel.response('200 OK'));
    if (this.#over || !this.rings) return;
    for (const page of this.#pending()) page.deliver(cancel.to(page.address));
    this.#toServer(this.request.response('487 Request Terminated'));
    this.#over = true;
  }

  /**
   * Handles the end of a page; another one gets the request if no page has it any more.
   *
   * @param patience - How long to wait for another page, in milliseconds.
   */
  gone(page: Branch, next: Branch | undefined, patience: number): void {
    const outcome = this.#outcomes.get(page);
    if (!outcome || outcome.final !== undefined) return;
    outcome.final = 480;
    if (next && this.#pending().length === 0) this.offer(next);
    if (patience) setTimeout(() => this.#decide(), patience);
    else this.#decide();
  }

  /** Ends a request that no page can take. */
  refuse(): void {
    this.#decide();
  }

  #progress(page: Branch, outcome: Outcome, response: SipText, status: number): void {
    if (this.#over) return;
    if (status === 100) {
      if (!this.#tried) this.#toServer(response.text);
      this.#tried = true;
      return;
    }
    outcome.rings = true;
    // One early dialog is enough.
    this.#first ??= page;
    if (page === this.#first) this.#toServer(response.text);
  }

  #accepted(page: Branch, outcome: Outcome, response: SipText, status: number): void {
    if (this.#over && page !== this.#winner) return this.#tooLate(page, outcome, response);
    outcome.final = status;
    this.#winner = page;
    this.#toServer(response.text);
    this.#end('SIP;cause=200;text="Call completed elsewhere"');
  }

  #refused(page: Branch, outcome: Outcome, response: SipText, status: number): void {
    if (this.rings) page.deliver(this.request.hop('ACK', page.address, response.header('to')));
    outcome.final = status;
    if (this.#over) return;
    this.#best = better(this.#best, response);
    if (!outcome.rings || page.leaving) return this.#decide();
    this.#toServer(response.text);
    this.#end(`SIP;cause=${status}`);
  }

  /** Ends the call of a page that answered at the same moment as another. */
  #tooLate(page: Branch, outcome: Outcome, response: SipText): void {
    if (!this.rings || outcome.final !== undefined) return;
    outcome.final = 200;
    const to = response.header('to');
    page.deliver(this.request.hop('ACK', page.address, to));
    page.deliver(this.request.bye(page.address, to));
  }

  /** Answers nothing from now on: the connection is lost. */
  drop(): void {
    this.#over = true;
  }

  /** Refuses the request once every page has. */
  #decide(): void {
    if (this.#over || this.#pending().length > 0) return;
    this.#toServer(this.#best?.text ?? this.request.response('480 Temporarily Unavailable'));
    this.#over = true;
  }

  #end(reason: string): void {
    if (this.#over) return;
    this.#over = true;
    if (!this.rings) return;
    const to = this.request.header('to');
    for (const page of this.#pending())
      page.deliver(this.request.hop('CANCEL', page.address, to, [`Reason: ${reason}`]));
  }

  #pending(): readonly Branch[] {
    return [...this.#outcomes].flatMap(([page, {final}]) => (final === undefined ? [page] : []));
  }
}

/** The response that says more to the caller: the lower one (RFC 3261 §16.7, step 6), of a page that knows the request. */
function better(one: SipText | undefined, other: SipText): SipText {
  if (!one) return other;
  const rank = ({status = 0}: SipText): number => status + (IGNORANT.has(status) ? 1_000 : 0);
  return rank(one) <= rank(other) ? one : other;
}
