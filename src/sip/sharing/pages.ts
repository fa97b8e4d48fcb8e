import {whenReleased} from '../../locks.js';
import type {Page} from './page.js';
import {lockName, type CloseReason, type JoinRequest} from './port-messages.js';
import {isSamePage, type PageIdentity} from './request-routing.js';

/** The pages that take part in the phone, in the order in which they joined. */
export class Pages {
  /** How many pages that are gone may come back to their calls. */
  returning = 0;
  readonly #pages = new Set<Page>();
  /** The page that has become the front tab last; it may have left, and be back as another one. */
  lastFront: Page | undefined;

  get all(): readonly Page[] {
    return [...this.#pages];
  }

  /** The pages whose REGISTER the server has accepted. */
  get registered(): readonly Page[] {
    return this.all.filter(({isRegistered}) => isRegistered);
  }

  /** The registered page that is the front tab, or another registered one. */
  get front(): Page | undefined {
    const {registered, lastFront} = this;
    return registered.findLast((page) => lastFront && isSamePage(page, lastFront)) ?? registered.at(-1);
  }

  /** Whether a page has a call, or may come back to one. */
  get isBusy(): boolean {
    return this.returning > 0 || this.all.some(({isBusy}) => isBusy);
  }

  /** The hosts of the account's domain: the list of an unknown page does not count beside those of others. */
  get trustedHosts(): readonly string[] {
    return this.all.filter((page) => this.isBelieved(page)).flatMap(({hosts}) => hosts);
  }

  /** Whether the server has let a page in. */
  get hasAdmitted(): boolean {
    return this.all.some(({isAdmitted}) => isAdmitted);
  }

  /** Whether the others go by what a page says of the server: not if the server has let in them alone. */
  isBelieved({isAdmitted}: Page): boolean {
    return isAdmitted || !this.hasAdmitted;
  }

  has(page: Page): boolean {
    return this.#pages.has(page);
  }

  /**
   * The latest page that a test accepts, as the pages of a tab have the same host one after another; one that the server has
   * let in before others, which may call themselves as they like.
   */
  find(test: (page: Page) => boolean): Page | undefined {
    return this.all.findLast((page) => page.isAdmitted && test(page)) ?? this.all.findLast(test);
  }

  /** The page with the identity. */
  at(identity: PageIdentity): Page | undefined {
    return this.find((page) => isSamePage(page, identity));
  }

  /** Adds a page. Calls the listener when its process has crashed. */
  add(page: Page, {id, url, home, hosts}: JoinRequest, onCrash: () => void): void {
    page.url = url;
    page.home = home;
    page.hosts = hosts;
    this.#pages.add(page);
    whenReleased(lockName('page', id), page.ending.signal, onCrash);
  }

  /** Removes a page. Returns whether it took part. */
  remove(page: Page): boolean {
    page.ending.abort();
    return this.#pages.delete(page);
  }

  /** Removes a page and reports to it that it has no socket. */
  close(page: Page, closed: CloseReason): void {
    this.remove(page);
    page.post({closed});
  }

  /** Asks all pages whether they have a call. */
  queryIdle(): void {
    for (const page of this.#pages) {
      page.isBusy = false;
      page.post({ask: 'idle'});
    }
  }
}
