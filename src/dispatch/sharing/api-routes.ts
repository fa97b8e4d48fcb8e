import {mediaTypeOf} from '../../sip/headers/media-type.js';
import type {Member, Routing} from '../../sip/sharing/routing.js';
import type {SipText} from '../../sip/sharing/sip-text.js';
import type {ApiMessage} from '../../core/types.js';
import {firstOf, parseText, textOf} from '../envelope.js';
import {ExpiringMap} from '../expiring-map.js';
import {API_HEADER, API_REPLY_TYPE, API_REQUEST_TYPE, CREATING_HEADERS, IDS_HEADER} from '../protocol.js';
import {requestOf} from '../reply-match.js';

/** How long a request waits for its reply, and a session for its INVITE, in milliseconds. */
const PATIENCE = 30_000;

/** How long an INVITE waits for the reply that may say who has asked for it, in milliseconds (protocol page §4). */
const REPLY_PATIENCE = 2_000;

/** Requests after which the server invites the asker. */
const INVITING: ReadonlySet<string> = new Set([
  ...CREATING_HEADERS,
  API_HEADER.intercomJoin,
  API_HEADER.callOperation,
]);

/** A request without a reply. */
interface Pending {
  readonly page: Member;
  readonly carrier: unknown;
  readonly request: ApiMessage;
  readonly until: number;
}

/** The carrier of the requests that are SIP MESSAGEs. */
const SIP = 'sip';

/**
 * Which page of a phone has asked for what: it gets the reply, and the INVITE of a session that it has requested. Events
 * are for all pages (protocol page §2, §4).
 */
export class ApiRoutes implements Routing {
  /** Oldest first. */
  #pending: readonly Pending[] = [];
  /** Who has requested a session, by cid. */
  readonly #askers = new ExpiringMap<string, Member>(PATIENCE);
  /** INVITEs that wait for a reply, by cid. */
  readonly #waiting = new ExpiringMap<string, (asker?: Member) => void>(REPLY_PATIENCE, (settle) => settle());

  sent(page: Member, message: SipText): void {
    if (message.requested === 'MESSAGE' && typeOf(message) === API_REQUEST_TYPE)
      this.asked(page, message.body, SIP);
  }

  taker(request: SipText): Member | 'all' | undefined | Promise<Member | undefined> {
    if (request.requested === 'INVITE') return this.#asker(request.header(IDS_HEADER));
    if (request.requested !== 'MESSAGE' || typeOf(request) !== API_REPLY_TYPE) return undefined;
    return this.answered(request.body, SIP) ?? 'all';
  }

  /** Notes a request of a page. */
  asked(page: Member, text: string, carrier: unknown): void {
    const {message: request} = parseText(text);
    const now = Date.now();
    this.#pending = this.#pending.filter(({until}) => until > now);
    if (request) this.#pending = [...this.#pending, {page, carrier, request, until: now + PATIENCE}];
  }

  /** The page that gets a message of the server; undefined if all do. */
  answered(text: string, carrier: unknown): Member | undefined {
    const {message} = parseText(text);
    const found = message && requestOf(this.#pending, message, carrier);
    if (!found) return undefined;
    this.#pending = this.#pending.filter((one) => one !== found);
    const cid = textOf(firstOf(message)['cid']);
    if (cid !== undefined && isInviting(found)) {
      this.#askers.set(cid, found.page);
      this.#waiting.take(cid)?.(found.page);
    }
    if (!this.#isAsking) for (const [, settle] of this.#waiting.takeAll()) settle();
    return found.page;
  }

  /** Forgets the requests that a carrier had: their replies do not come any more. */
  drop(carrier: unknown): void {
    this.#pending = this.#pending.filter((one) => one.carrier !== carrier);
  }

  #asker(ids: string): Member | undefined | Promise<Member | undefined> {
    const cid = ids.split('.', 1)[0]!.trim();
    if (!cid) return undefined;
    const known = this.#askers.get(cid);
    if (known || !this.#isAsking) return known;
    const before = this.#waiting.get(cid);
    return new Promise((resolve) =>
      this.#waiting.set(cid, (asker) => {
        before?.(asker);
        resolve(asker);
      }),
    );
  }

  get #isAsking(): boolean {
    return this.#pending.some(isInviting);
  }
}

function isInviting({request}: Pending): boolean {
  return INVITING.has(request.header.toLowerCase());
}

function typeOf(message: SipText): string {
  return mediaTypeOf(message.header('content-type'));
}
