import {sharedDurations} from '../../durations/shared.js';
import {stopwatch} from '../../stopwatch.js';
import {ownContact} from '../headers/header-values.js';
import type {Page} from './page.js';
import type {Pages} from './pages.js';
import {INSTANCE, type PhoneIdentity} from './phone-identity.js';
import type {SipText} from './sip-text.js';

/** Requests that wait until the server has accepted their page's REGISTER: they end something, and are not repeated. */
const ENDING_METHODS = new Set(['BYE', 'ACK', 'CANCEL', 'NOTIFY']);

/** The most requests of a page that wait. */
const MOST_HELD = 50;

/**
 * The longest usual lifetime of a registration, in seconds. One that outlives its pages, because the server wakes them, is
 * renewed as often as this one: so they notice as early that the server has lost it.
 */
const LONGEST_USUAL_S = 600;

/** A REGISTER without a final response. */
interface PendingRegister {
  readonly page: Page;
  /** The lifetime that the page asked for, in seconds. */
  readonly lifetime: number;
  /** By the worker's clock. */
  readonly sentAt: number;
  /** Whether it has a digest. */
  readonly isSigned: boolean;
}

/**
 * The registration of the phone, of which all pages have a part.
 *
 * If another page has registered recently, a renewal is answered without the server. A page may send other requests once
 * the server has accepted its REGISTER, and so its password.
 */
export class SharedRegistration {
  readonly #pages: Pages;
  readonly #identity: PhoneIdentity;
  readonly #send: (text: string) => void;
  /** Those that may still be answered, by branch. */
  readonly #pending = new Map<string, PendingRegister>();
  /** Tells for how many seconds the phone is still registered; undefined if it has to register again. */
  #left: (() => number) | undefined;
  /** Until when the server may have a registration over this socket, also of a page that is gone, by the worker's clock. */
  #presentUntil = 0;
  /** When the REGISTER was sent that the server has accepted last. */
  #acceptedOf = -Infinity;
  /** The lifetime that the server has given, in seconds. */
  #lifetime = 0;
  /** The parameters of the Contact's URI, and the token, that were sent last: others are for the server to know. */
  #parameters = '';

  constructor(pages: Pages, identity: PhoneIdentity, send: (text: string) => void) {
    this.#pages = pages;
    this.#identity = identity;
    this.#send = send;
  }

  /** Whether a REGISTER is under way: it would register the phone where it was. */
  get isPending(): boolean {
    return [...this.#pending.values()].some(({page}) => this.#pages.has(page));
  }

  /** Whether the server may take what comes over the socket for requests of the account. */
  get #isPresent(): boolean {
    return performance.now() < this.#presentUntil || this.#pages.hasAdmitted;
  }

  /** Whether the server may soon do so, because of another page's REGISTER. */
  #isExpected(page: Page): boolean {
    return [...this.#pending.values()].some((one) => one.isSigned && one.lifetime > 0 && one.page !== page);
  }

  /** Handles a page's REGISTER. */
  register(page: Page, request: SipText): void {
    // The answer to that one is not for another page.
    const before = this.#pending.get(request.branch)?.page;
    if (before && before !== page) return;
    readContact(page, request);
    page.isRenewing = false;
    const {lifetime} = page;
    const left = this.#left?.() ?? 0;
    if (lifetime === 0) {
      page.isRegistered = false;
      if (this.#pages.front) {
        page.deliver(request.response('200 OK'));
        return this.renew();
      }
      this.#left = undefined;
    } else if (
      page.isRegistered &&
      left > this.#lifetime - Math.min(this.#lifetime, LONGEST_USUAL_S) / 2 &&
      page.parameters === this.#parameters
    )
      return page.deliver(
        request.response('200 OK', [`Contact: <${page.address}>;expires=${Math.floor(left)}`]),
      );
    this.#parameters = page.parameters;
    page.isRegistering = lifetime > 0;
    const isSigned = /^(?:proxy-)?authorization *:/im.test(request.text);
    const pending = {page, lifetime, sentAt: performance.now(), isSigned};
    const {branch} = request;
    this.#pending.set(branch, pending);
    setTimeout(() => {
      if (this.#pending.get(branch) === pending) this.#pending.delete(branch);
    }, sharedDurations.transaction);
    // As long as any page wants it to be.
    const longest = lifetime && Math.max(lifetime, ...this.#pages.registered.map((other) => other.lifetime));
    const text = request.text.replace(/(;\s*expires=)\d+/i, `$1${longest}`);
    this.#send(this.#identity.registerOf(page, text));
  }

  /** Handles the server's response to a REGISTER. Returns the page whose REGISTER it accepts. */
  handleResponse(response: SipText): Page | undefined {
    const {branch, status = 0} = response;
    const pending = this.#pending.get(branch);
    if (!pending) return undefined;
    const {page, lifetime, isSigned, sentAt} = pending;
    const isChallenge = status === 401 || status === 407;
    const isThere = this.#pages.has(page);
    const isAccepted = status >= 200 && status < 300;
    if (status >= 200) this.#pending.delete(branch);
    // A server may answer in another order.
    if (isAccepted && !lifetime && sentAt > this.#acceptedOf) this.#presentUntil = 0;
    if (isAccepted && lifetime) {
      const {user} = this.#identity;
      this.#lifetime = lifetimeIn(response, user) ?? Number(response.header('expires') || lifetime);
      // Also if the page is gone meanwhile.
      this.#presentUntil = performance.now() + this.#lifetime * 1_000;
      this.#acceptedOf = Math.max(this.#acceptedOf, sentAt);
    }
    // The end of one page's registration may have overtaken another's.
    if (isAccepted && !(isThere && lifetime)) this.renew();
    if (!isThere) return undefined;
    if (status >= 200) page.isRegistering &&= isChallenge && !isSigned;
    if (isAccepted && lifetime) {
      const [granted, passed] = [this.#lifetime, stopwatch()];
      this.#left = () => granted - passed() / 1_000;
      page.isRegistered = page.isAdmitted = true;
    } else if (status >= 300 && !isChallenge) {
      page.isRegistered = false;
      // The page was to renew the registration for all.
      if (!this.#left) this.renew();
    }
    // A server may have written another host.
    page.deliver(response.text.replaceAll(`${this.#identity.user}@`, `${page.user}@`));
    if (status >= 300 && !page.isRegistering && !page.isAdmitted) refuseHeld(page);
    return isAccepted && lifetime ? page : undefined;
  }

  /** Has a page renew the registration: what the others know of its lifetime may be too long, or their timers late. */
  renew(): void {
    const page = this.#pages.front;
    this.#left = undefined;
    if (!page) return;
    if (!page.isRenewing) page.post({renew: true});
    page.isRenewing = true;
  }

  /** Returns whether a page may send a request now. Otherwise holds it back or refuses it: the server would take it for one of the account. */
  admits(page: Page, request: SipText): boolean {
    if (page.isAdmitted || !(this.#isPresent || this.#isExpected(page))) return true;
    const waits = page.isRegistering || ENDING_METHODS.has(request.requested);
    if (waits && page.heldRequests.length < MOST_HELD) page.heldRequests = [...page.heldRequests, request];
    else forbid(page, request);
    return false;
  }

  /** Forgets the registration: the socket is closed, or another one is used. */
  reset(): void {
    this.#pending.clear();
    this.#left = undefined;
    this.#presentUntil = 0;
  }
}

/** Notes what a page's REGISTER says of the page. */
function readContact(page: Page, register: SipText): void {
  const contact = register.header('contact');
  page.sentBy = register.sentBy;
  page.instance = INSTANCE.exec(contact)?.[1] ?? '';
  [, page.address = '', page.user = '', page.host = '', page.parameters = ''] =
    /<(sips?:([^@;>]*)@([^;>]*)(;[^>]*)?)>/i.exec(contact) ?? [];
  // A server may end a registration with the token that it was made by.
  page.parameters += /bearer .*/i.exec(register.text)?.[0] ?? '';
  page.lifetime = Number(/;\s*expires=(\d+)/i.exec(contact)?.[1] ?? 0);
}

/** The lifetime that a response gives the Contact with the user part, in seconds; undefined if it gives none. */
function lifetimeIn(response: SipText, user: string): number | undefined {
  const values = response.values('contact');
  const expires = /;\s*expires\s*=\s*(\d{1,10})/i.exec(ownContact(user, values) ?? '')?.[1];
  return expires === undefined ? undefined : Number(expires);
}

/** Refuses the requests of a page that the server has refused: those that end something still wait for another try. */
function refuseHeld(page: Page): void {
  const {heldRequests} = page;
  page.heldRequests = heldRequests.filter(({requested}) => ENDING_METHODS.has(requested));
  for (const request of heldRequests) forbid(page, request);
}

function forbid(page: Page, request: SipText): void {
  if (!ENDING_METHODS.has(request.requested)) page.deliver(request.response('403 Forbidden'));
}
