import type {SipText} from './sip-text.js';

/** Identifies a page of the phone, over its successive connections to the worker. */
export interface PageIdentity {
  /** The instance id that the page itself has; empty as long as it is not known. */
  readonly instance: string;
}

/** The page that a request of the server is for. */
export interface RequestTarget {
  readonly page: PageIdentity;
  /** Whether no page gets the request if that page is gone; otherwise all pages do. */
  readonly isExclusive: boolean;
}

/** Routes requests by what the pages' protocol says beyond SIP: which page has asked for them. */
export interface RequestRouting {
  /** Notes a request of a page. */
  pageSent(page: PageIdentity, request: SipText): void;
  /**
   * Returns the target of a request of the server; undefined if SIP's own rules decide. Returns a promise if the reply
   * that names the target is still to come.
   *
   * @param isTrusted - Whether the sender is of the account's domain.
   */
  targetOf(
    request: SipText,
    isTrusted: boolean,
  ): RequestTarget | 'all' | undefined | Promise<RequestTarget | undefined>;
  /** Notes that a page is gone. */
  pageLeft(page: PageIdentity): void;
}

/** Whether two identities are of the same page. */
export function isSamePage(one: PageIdentity, other: PageIdentity): boolean {
  return one === other || (one.instance !== '' && one.instance === other.instance);
}
