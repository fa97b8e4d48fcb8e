import {mediaTypeOf} from '../../sip/headers/media-type.js';
import {
  isSamePage,
  type PageIdentity,
  type RequestRouting,
  type RequestTarget,
} from '../../sip/sharing/request-routing.js';
import type {SipText} from '../../sip/sharing/sip-text.js';
import type {ApiMessage} from '../../core/types.js';
import {sharedDurations} from '../../durations/shared.js';
import {firstOf, parseText, textOf} from '../envelope.js';
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

/** How many sessions are remembered with their askers. */
const SESSIONS = 256;

/** Requests after which the server invites the asker. */
const INVITING: ReadonlySet<string> = new Set([
  ...CREATING_HEADERS,
  API_HEADER.intercomJoin,
  API_HEADER.callOperation,
]);

/** A request without a reply. */
interface Pending {
  readonly page: PageIdentity;
  readonly carrier: unknown;
  readonly request: ApiMessage;
  /** By the clock of the worker, which nobody can set. */
  readonly since: number;
}

/** An INVITE of a session whose asker is not known yet. */
interface WaitingInvite {
  readonly cid: string;
  readonly settle: () => void;
}

/** The carrier of the requests that are SIP MESSAGEs. */
const SIP = 'sip';

/**
 * Which page of a phone has asked for what: it gets the reply, and the INVITE and the events of a session that it has
 * requested. Other events are for all pages (docs/protocol/envelope.md#replies, docs/protocol/calls.md#order).
 */
export class ApiRoutes implements RequestRouting {
  /** Oldest first. */
  #pending: readonly Pending[] = [];
  /** Who has requested a session, by cid, oldest first; whether it was invited, and is gone. */
  readonly #askers = new Map<string, {readonly page: PageIdentity; invited: boolean; gone: boolean}>();
  /** INVITEs that wait for the reply that may name their asker. */
  readonly #waiting = new Set<WaitingInvite>();

  pageSent(page: PageIdentity, message: SipText): void {
    if (message.requested === 'MESSAGE' && typeOf(message) === API_REQUEST_TYPE)
      this.noteRequest(page, parseText(message.body).message, SIP);
  }

  targetOf(
    request: SipText,
    isTrusted: boolean,
  ): RequestTarget | 'all' | undefined | Promise<RequestTarget | undefined> {
    if (request.requested === 'INVITE') return this.#asker(request.header(IDS_HEADER), isTrusted);
    if (request.requested !== 'MESSAGE' || typeOf(request) !== API_REPLY_TYPE) return undefined;
    // Any user can send a message of this type: only the server is trusted.
    return isTrusted && request.sender === API_USER
      ? (this.targetOfReply(parseText(request.body).message, SIP) ?? 'all')
      : undefined;
  }

  pageLeft(page: PageIdentity): void {
    for (const asker of this.#askers.values()) if (isSamePage(asker.page, page)) asker.gone = true;
  }

  /** Notes a request of a page; undefined if its text is none. */
  noteRequest(page: PageIdentity, request: ApiMessage | undefined, carrier: unknown): void {
    if (!request) return;
    const since = performance.now();
    const {msgid, header} = request;
    // A challenged MESSAGE is sent again.
    const isAgain = (one: Pending): boolean =>
      one.page === page && one.request.msgid === msgid && one.request.header === header;
    const others = this.#pending.filter(
      (one) => since - one.since < sharedDurations.apiLateReply && !isAgain(one),
    );
    this.#pending = [...others, {page, carrier, request, since}];
  }

  /** The page that gets a message of the server; undefined if all do. */
  targetOfReply(message: ApiMessage | undefined, carrier: unknown): RequestTarget | undefined {
    if (!message) return undefined;
    const cid = textOf(firstOf(message)['cid']);
    // The page that gets the reply knows what its server repeats.
    const by = {carrier, echoes: false};
    const found = requestOf(this.#fresh, message, by) ?? requestOf(this.#pending, message, by);
    if (!found) {
      const asker = message.header === API_EVENT.sessionState ? this.#askers.get(cid ?? '') : undefined;
      return asker && {page: asker.page, isExclusive: false};
    }
    this.#pending = this.#pending.filter((one) => one !== found);
    if (cid !== undefined && isInviting(found) && invites(found, message)) this.#named(cid, found.page);
    if (!this.#isAsking) for (const {settle} of this.#waiting) settle();
    return {page: found.page, isExclusive: true};
  }

  /** Forgets the requests that a carrier had: their replies do not come any more. */
  drop(carrier: unknown): void {
    this.#pending = this.#pending.filter((one) => one.carrier !== carrier);
  }

  #named(cid: string, page: PageIdentity): void {
    const known = this.#askers.get(cid);
    // Two pages ask for the same intercom at once: the server invites for the first request.
    if (known && !known.gone && !known.invited) return;
    this.#askers.delete(cid);
    this.#askers.set(cid, {page, invited: false, gone: false});
    const [oldest] = this.#askers.keys();
    if (this.#askers.size > SESSIONS) this.#askers.delete(oldest!);
    for (const invite of this.#waiting) if (invite.cid === cid) invite.settle();
  }

  #asker(ids: string, isTrusted: boolean): RequestTarget | undefined | Promise<RequestTarget | undefined> {
    const cid = ids.split('.', 1)[0]!.trim();
    if (!cid) return undefined;
    if (this.#askers.has(cid) || !this.#isAsking) return this.#invite(cid, isTrusted);
    return new Promise((resolve) => {
      const invite: WaitingInvite = {
        cid,
        settle: () => {
          if (this.#waiting.delete(invite)) resolve(this.#invite(cid, isTrusted));
        },
      };
      this.#waiting.add(invite);
      setTimeout(invite.settle, sharedDurations.apiInvite);
    });
  }

  /**
   * The asker of a session that invites a page. A second INVITE is for a user who was removed: any page may answer it. What
   * a stranger sends with the id of a session does not count as the first.
   */
  #invite(cid: string, isTrusted: boolean): RequestTarget | undefined {
    const asker = this.#askers.get(cid);
    if (asker?.invited) this.#askers.delete(cid);
    if (!asker || asker.invited) return undefined;
    asker.invited = isTrusted;
    return {page: asker.page, isExclusive: true};
  }

  get #isAsking(): boolean {
    return this.#fresh.some(isInviting);
  }

  /** The requests whose reply is waited for. */
  get #fresh(): readonly Pending[] {
    const earliest = performance.now() - sharedDurations.apiReply;
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
