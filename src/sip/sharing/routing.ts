import type {SipText} from './sip-text.js';

/** A page of the phone, or another connection of one. */
export interface Member {
  /** The instance id that the page itself has; empty as long as it is not known. */
  readonly instance: string;
}

/** Which page a request of the server is for. */
export interface Taker {
  readonly page: Member;
  /** Whether nobody gets the request if that page is gone; otherwise all pages do. */
  readonly alone: boolean;
}

/** What the pages' protocol says of requests that SIP itself leaves open: which page has asked for them. */
export interface Routing {
  /** Notes a request of a page. */
  sent(page: Member, request: SipText): void;
  /**
   * Who gets a request of the server; undefined if SIP's own rules decide. A promise if the reply that says so is still to
   * come.
   *
   * @param isTrusted - Whether its sender is of the account's domain.
   */
  taker(request: SipText, isTrusted: boolean): Taker | 'all' | undefined | Promise<Taker | undefined>;
  /** Notes that a page is gone. */
  left(page: Member): void;
}

/** Whether two members are one page. */
export function isSame(one: Member, other: Member): boolean {
  return one === other || (one.instance !== '' && one.instance === other.instance);
}
