import {mediaTypeOf} from '../../sip/headers/media-type.js';
import {isSame, type Member, type Routing, type Taker} from '../../sip/sharing/routing.js';
import type {SipText} from '../../sip/sharing/sip-text.js';
import type {ApiMessage} from '../../core/types.js';
import {firstOf, parseText, textOf} from '../envelope.js';
import {ExpiringMap} from '../expiring-map.js';
import {
  API_EVENT,
  API_HEADER,
  API_REPLY_TYPE,
  API_REQUEST_TYPE,
  API_USER,
  CREATING_HEADERS,
  IDS_HEADER,
} from '../protocol.js';
import {requestOf} from '../reply-match.js';

/** How long the reply to a request may still come, in milliseconds. */
const LATEST = 30_000;

/** How long a page waits for a reply, in milliseconds (docs/protocol/envelope.md#waiting). */
const REPLY = 10_000;

/** How many sessions are remembered with their askers. */
const SESSIONS = 256;

/**
 * How long an INVITE waits for the reply that may say who has asked for it, in milliseconds
 * (docs/protocol/calls.md#order).
 */
const INVITE_PATIENCE = 2_000;

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
  /** In milliseconds since the epoch. */
  readonly since: number;
}

/** The carrier of the requests that are SIP MESSAGEs. */
const SIP = 'sip';

/**
 * Which page of a phone has asked for what: it gets the reply, and the INVITE and the events of a session that it has
 * requested. Other events are for all pages (docs/protocol/envelope.md#replies, docs/protocol/calls.md#order).
 */
export class ApiRoutes implements Routing {
  /** Oldest first. */
  #pending: readonly Pending[] = [];
  /** Who has requested a session, by cid, oldest first; whether it was invited, and is gone. */
  readonly #askers = new Map<string, {readonly page: Member; invited: boolean; gone: boolean}>();
  /** INVITEs that wait for a reply, by cid. */
  readonly #waiting = new ExpiringMap<string, () => void>(INVITE_PATIENCE, (settle) => settle());

  sent(page: Member, message: SipText): void {
    if (message.requested === 'MESSAGE' && typeOf(message) === API_REQUEST_TYPE)
      this.asked(page, message.body, SIP);
  }

  taker(request: SipText, isTrusted: boolean): Taker | 'all' | undefined | Promise<Taker | undefined> {
    if (request.requested === 'INVITE') return this.#asker(request.header(IDS_HEADER));
    if (request.requested !== 'MESSAGE' || typeOf(request) !== API_REPLY_TYPE) return undefined;
    // Any user can send a message of this type: only the server is trusted.
    return isTrusted && request.sender === API_USER ? (this.answered(request.body, SIP) ?? 'all') : undefined;
  }

  left(page: Member): void {
    for (const asker of this.#askers.values()) if (isSame(asker.page, page)) asker.gone = true;
  }

  /** Notes a request of a page. */
  asked(page: Member, text: string, carrier: unknown): void {
    const {message: request} = parseText(text);
    if (!request) return;
    const since = Date.now();
    const {msgid, header} = request;
    // A challenged MESSAGE is sent again.
    const isAgain = (one: Pending): boolean =>
      one.page === page && one.request.msgid === msgid && one.request.header === header;
    const others = this.#pending.filter((one) => since - one.since < LATEST && !isAgain(one));
    this.#pending = [...others, {page, carrier, request, since}];
  }

  /** The page that gets a message of the server; undefined if all do. */
  answered(text: string, carrier: unknown): Taker | undefined {
    const {message} = parseText(text);
    if (!message) return undefined;
    const cid = textOf(firstOf(message)['cid']);
    // The page that gets the reply knows what its server repeats.
    const by = {carrier, echoes: false};
    const found = requestOf(this.#fresh, message, by) ?? requestOf(this.#pending, message, by);
    if (!found) {
      const asker = message.header === API_EVENT.sessionState ? this.#askers.get(cid ?? '') : undefined;
      return asker && {page: asker.page, alone: false};
    }
    this.#pending = this.#pending.filter((one) => one !== found);
    if (cid !== undefined && isInviting(found) && invites(found, message)) this.#named(cid, found.page);
    if (!this.#isAsking) for (const [, settle] of this.#waiting.takeAll()) settle();
    return {page: found.page, alone: true};
  }

  /** Forgets the requests that a carrier had: their replies do not come any more. */
  drop(carrier: unknown): void {
    this.#pending = this.#pending.filter((one) => one.carrier !== carrier);
  }

  #named(cid: string, page: Member): void {
    const known = this.#askers.get(cid);
    // Two pages ask for the same intercom at once: the server invites for the first request.
    if (known && !known.gone && !known.invited) return;
    this.#askers.delete(cid);
    this.#askers.set(cid, {page, invited: false, gone: false});
    const [oldest] = this.#askers.keys();
    if (this.#askers.size > SESSIONS) this.#askers.delete(oldest!);
    this.#waiting.take(cid)?.();
  }

  #asker(ids: string): Taker | undefined | Promise<Taker | undefined> {
    const cid = ids.split('.', 1)[0]!.trim();
    if (!cid) return undefined;
    if (this.#askers.has(cid) || !this.#isAsking) return this.#invite(cid);
    const before = this.#waiting.get(cid);
    return new Promise((resolve) =>
      this.#waiting.set(cid, () => {
        before?.();
        resolve(this.#invite(cid));
      }),
    );
  }

  /** The asker of a session that invites a page. A second INVITE is for a user who was removed: any page may answer it. */
  #invite(cid: string): Taker | undefined {
    const asker = this.#askers.get(cid);
    if (asker?.invited) this.#askers.delete(cid);
    if (!asker || asker.invited) return undefined;
    asker.invited = true;
    return {page: asker.page, alone: true};
  }

  get #isAsking(): boolean {
    return this.#fresh.some(isInviting);
  }

  /** The requests whose reply is waited for. */
  get #fresh(): readonly Pending[] {
    const earliest = Date.now() - REPLY;
    return this.#pending.filter(({since}) => since > earliest);
  }
}

function isInviting({request}: Pending): boolean {
  return INVITING.has(request.header.toLowerCase());
}

/** Whether the server invites the asker: not if it is in the session already (docs/protocol/clients.md#the-floor). */
function invites({request: {header, body}}: Pending, reply: ApiMessage): boolean {
  const name = header.toLowerCase();
  if (name === API_HEADER.applySpeak) return 'msgid' in firstOf(reply);
  return name !== API_HEADER.intercomJoin || !('cid' in firstOf({body}));
}

function typeOf(message: SipText): string {
  return mediaTypeOf(message.header('content-type'));
}
