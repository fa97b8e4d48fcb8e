import {sharedDurations} from '../../durations/shared.js';
import {LeftDialogs} from './left-dialogs.js';
import type {Page} from './page.js';
import type {Pages} from './pages.js';
import type {ServerConnection} from './server-connection.js';
import {isSamePage} from './request-routing.js';
import type {SipText} from './sip-text.js';

/** Ends the calls of pages that are gone, unless the next page continues them. */
export class LeftCalls {
  readonly #dialogs = new LeftDialogs();
  readonly #pages: Pages;
  readonly #connection: ServerConnection;

  constructor(pages: Pages, connection: ServerConnection) {
    this.#pages = pages;
    this.#connection = connection;
  }

  /** Notes what a page sends, and the INVITE that it answers by that. */
  pageSent({user}: Page, message: SipText, invite: SipText | undefined): void {
    this.#dialogs.sent(user, message, invite);
  }

  /** Ends the calls of a page that is gone some time later. */
  pageLeft(page: Page): void {
    this.#pages.returning += 1;
    setTimeout(() => this.#end(page, false), sharedDurations.pageReturn);
  }

  /** @param isContinued - Whether the next page has had time to continue the calls. */
  #end(page: Page, isContinued: boolean): void {
    const {user} = page;
    const later = (time: number): void => void setTimeout(() => this.#end(page, true), time);
    // Otherwise the browser shows the page again.
    const isGone = this.#pages.all.every((other) => other.user !== user);
    if (isGone && !isContinued && this.#pages.registered.some((other) => isSamePage(other, page)))
      return later(sharedDurations.callTakeover);
    if (isGone && !this.#connection.isOpen && this.#pages.all.length > 0)
      return later(sharedDurations.byeRetry);
    this.#pages.returning -= 1;
    if (isGone) for (const bye of this.#dialogs.end(user)) this.#connection.send(bye);
  }
}
