import type {SipText} from './sip-text.js';

/** A page of the phone, or another connection of one. */
export interface Member {
  /** The instance id that the page itself has; empty as long as it is not known. */
  readonly instance: string;
}

/** What the pages' protocol says of requests that SIP itself leaves open: which page has asked for them. */
export interface Routing {
  /** Notes a request of a page. */
  sent(page: Member, request: SipText): void;
  /**
   * The page that a request of the server is for, or `all`; undefined if SIP's own rules decide. A promise if the reply
   * that says so is still to come.
   */
  taker(request: SipText): Member | 'all' | undefined | Promise<Member | undefined>;
}
