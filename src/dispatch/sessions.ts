import type {SipCall} from '../core/call/call.js';
import type {KeptCall} from '../core/call/call-init.js';
import {restore} from '../core/call/take-place.js';
import type {CallServiceHost} from '../core/client/call-service.js';
import type {ApiMessage, CallCause, CallMedia} from '../core/types.js';
import {isIntercomType} from '../core/call-kinds.js';
import {runningIntercom} from '../core/intercom/is-intercom.js';
import {isForeign, isNobody} from '../core/util/number.js';
import {randomUuid} from '../core/util/uuid.js';
import {SipError, toSipError} from '../errors.js';
import type {SipDialog} from '../sip/dialog/dialog.js';
import type {PreparedMedia} from '../core/server/dialog.js';
import {Creation} from './creation.js';
import {EndedSession} from './ended-session.js';
import {firstOf, makeRequest, textOf, type ApiRequest} from './envelope.js';
import {ExpiringMap} from './expiring-map.js';
import {API_CODE, API_EVENT, API_HEADER, CALL_TYPE, IDS_HEADER} from './protocol.js';
import {DispatchSession, type SessionContext, type SessionInit} from './dispatch-session.js';
import type {ApiSessionRequest} from './session-request.js';
import {callTypeOf, changeOf, readIds, readSessionEvent, type SessionEvent} from './session-event.js';

/** Options of the sessions. */
export interface SessionsOptions {
  readonly host: CallServiceHost;
  /** Sends a request on the current carrier. */
  readonly request: (request: ApiRequest) => Promise<ApiMessage>;
  /** Whether other tabs use the same registration. */
  readonly isShared: () => boolean;
}

/** How many events of an unknown session are kept besides the newest. */
const MOST_EARLY_EVENTS = 31;

/**
 * The server's sessions with this client (docs/protocol/calls.md). Matches the reply to a request, the INVITE and the
 * events, which arrive in any order.
 */
export class Sessions {
  readonly #host: CallServiceHost;
  readonly #request: SessionsOptions['request'];
  readonly #isShared: SessionsOptions['isShared'];
  readonly #context: SessionContext;
  readonly #sessions = new Map<string, DispatchSession>();
  /** Requested sessions without a reply. */
  readonly #creations = new Set<Creation>();
  /** Requests without a reply in time, by `msgid`. */
  readonly #unanswered: ExpiringMap<string, Creation>;
  /** INVITEs that may belong to a request, by cid. */
  readonly #waiting: ExpiringMap<string, {readonly dialog: SipDialog; readonly type: number}>;
  /** Events that arrived before their session, by cid. */
  readonly #early: ExpiringMap<string, readonly SessionEvent[]>;
  /** Ended sessions, by cid: later messages about them are ignored. INVITEs of unwanted ones are refused. */
  readonly #over: ExpiringMap<string, EndedSession>;

  constructor({host, request, isShared}: SessionsOptions) {
    const {timeouts} = host.options;
    this.#host = host;
    this.#request = request;
    this.#isShared = isShared;
    this.#unanswered = new ExpiringMap(timeouts.invite);
    this.#waiting = new ExpiringMap(timeouts.invitePatience, ({dialog, type}, cid) =>
      this.#ring(cid, type, dialog),
    );
    this.#early = new ExpiringMap(timeouts.invite);
    this.#over = new ExpiringMap(timeouts.invite);
    this.#context = {
      host,
      request: (request) => this.#request(request),
      forceEnd: (cid) => this.#forceEnd(cid),
      onOver: (session) => this.#forget(session),
    };
  }

  /**
   * Requests a session from the server; resolves with its call once it has an id. Releases the devices if it rejects.
   */
  async create(request: ApiSessionRequest, prepared: PreparedMedia, signal?: AbortSignal): Promise<SipCall> {
    const creation = new Creation(request, prepared);
    this.#creations.add(creation);
    void this.#ask(creation);
    return creation.outcome(signal);
  }

  /** Begins the call of a number that this side has invited. */
  place(dialog: SipDialog, media: CallMedia): SipCall {
    const cid = this.#idOf(dialog);
    const {remote} = dialog;
    const type = CALL_TYPE.single;
    return this.#add({cid, type, own: false, remote, media, joins: true}).begin(dialog);
  }

  /** Continues a call of an earlier page with the dialog. */
  resume(kept: KeptCall, dialog: SipDialog): void {
    const {id: cid, typeNumber: type, remote, media} = kept;
    this.#over.take(cid);
    const session = this.#add({cid, type, own: false, remote, media, joins: true, kept});
    const call = session.begin(dialog);
    this.#replay(session);
    void restore(call, kept).then(() => {
      // The floor was the earlier page's.
      session.intercom?.begun('returned');
      session.intercom?.refresh();
    });
  }

  /** The call of the dialog. */
  callOf(dialog: SipDialog): SipCall | undefined {
    return this.#carriedBy(dialog)?.call;
  }

  /** Handles an INVITE. */
  invited(dialog: SipDialog): void {
    const ids = readIds(dialog.header(IDS_HEADER));
    if (dialog.replaced) return this.#replace(dialog, dialog.replaced);
    // An ordinary SIP call (a gateway, a phone) has nothing to wait for.
    if (!ids) return this.#ring(undefined, CALL_TYPE.single, dialog);
    const {cid, type} = ids;
    const session = this.#sessions.get(cid);
    if (!session && this.#over.get(cid)?.unwanted && !this.#rejoins(type))
      void dialog.reject().catch(() => {});
    else if (!this.#isOfServer(dialog, session)) this.#ring(undefined, CALL_TYPE.single, dialog);
    else if (session) session.invite(dialog);
    else if (this.#expects(type)) this.#waiting.set(cid, {dialog, type});
    else this.#ring(cid, type, dialog);
  }

  /** Handles an unsolicited message of the API: an event, or a reply that came late or twice. */
  unsolicited(message: ApiMessage): void {
    const event = readSessionEvent(message);
    if (event) return this.#event(event);
    if (message.header === API_EVENT.memberChange)
      return this.#sessions.forEach((session) => session.memberEvent(message));
    const msgid = message.msgid ?? textOf(firstOf(message)['msgid']) ?? '';
    const cid = textOf(firstOf(message)['cid']);
    const late = this.#unanswered.take(msgid);
    if (late && cid !== undefined) this.#giveUp(cid, 'timeout', late.request);
  }

  /** Refreshes members and floors after a new registration: events in between were missed. */
  refresh(): void {
    for (const {members, intercom} of this.#sessions.values()) {
      members?.refresh();
      intercom?.refresh();
    }
  }

  /** Handles the loss of the connection: this side loses the floor of every intercom. */
  lost(): void {
    for (const {intercom} of this.#sessions.values()) intercom?.lost();
  }

  /** Ends all requests, waiting INVITEs and calls. */
  close(error: SipError, cause: CallCause): void {
    for (const creation of this.#creations) creation.fail(error);
    for (const [, {dialog}] of this.#waiting.takeAll()) void dialog.hangup().catch(() => {});
    for (const session of [...this.#sessions.values()]) session.release(cause);
    this.#unanswered.takeAll();
    this.#early.takeAll();
    this.#over.takeAll();
  }

  async #ask(creation: Creation): Promise<void> {
    const {request, asked} = creation;
    const {type, number, header} = request;
    try {
      // The server counts this side in until it has reported that this side has left.
      await this.#over.get(String(request.body['cid']))?.reported;
      if (creation.state === 'failed') return;
      const reply = await this.#request(asked);
      const cid = textOf(firstOf(reply)['cid']);
      const {code = API_CODE.none} = reply;
      // Another member has the floor, but the intercom is joined.
      const silenced = request.floor && code === API_CODE.floorNotGranted && cid !== undefined;
      const refused = code !== API_CODE.none && !silenced;
      if (refused && cid !== undefined && !request.joins) this.#giveUp(cid, 'server-error', request);
      if (refused) throw toSipError({apiCode: code}, number || header);
      if (cid === undefined) throw new SipError('bad-reply', {subject: header});
      this.#named(creation, cid, textOf(firstOf(reply)['sessnum']));
      if (request.floor && !refused && !silenced) this.#sessions.get(cid)?.intercom?.begun(request.floor);
    } catch (error) {
      const failure = toSipError(error, number);
      if (failure.apiCode === undefined && creation.state !== 'named') this.#unnamed(creation, failure);
      creation.fail(failure);
    } finally {
      this.#creations.delete(creation);
      if (this.#creations.size === 0)
        for (const [cid, {dialog, type: kind}] of this.#waiting.takeAll())
          // An INVITE that was cancelled with the refusal of the request is not a missed call.
          if (!(dialog.state.phase === 'terminated' && creation.state === 'failed' && kind === type))
            this.#ring(cid, kind, dialog);
    }
  }

  /** Handles the id of a requested session. */
  #named(creation: Creation, cid: string, allotted?: string): void {
    if (creation.state === 'named') return;
    const {request, prepared, asked} = creation;
    const {type, name, media, joins} = request;
    if (creation.state === 'failed') return this.#giveUp(cid, 'normal', request);
    // A session of others may be joined repeatedly.
    const before = joins ? this.#over.take(cid) : undefined;
    // The call rang, and the user declined it.
    if (this.#over.has(cid)) return creation.fail(new SipError('cancelled', {subject: creation.number}));
    const ringing = this.#sessions.get(cid);
    if (ringing) return creation.resolve(ringing.claim(creation));
    const remote = {number: request.number || allotted || '', name};
    const session = this.#add({
      cid,
      type,
      own: true,
      remote,
      media,
      asked,
      prepared,
      joins,
      before,
    });
    // Removed before the call is reported, since the page may hang up at once.
    const waiting = this.#waiting.take(cid);
    creation.resolve(session.begin(waiting?.dialog));
    this.#replay(session);
  }

  /** Handles a request without a reply in time: a call that rings for it is unwanted. */
  #unnamed(creation: Creation, {code}: SipError): void {
    if (code === 'no-dispatch-server' || code === 'not-connected' || code === 'aborted') return;
    this.#unanswered.set(creation.asked.msgid, creation);
    for (const [cid, {dialog, type}] of this.#waiting.entries())
      if (type === creation.type && dialog.remote.number === creation.number)
        this.#giveUp(cid, 'timeout', creation.request);
    for (const session of [...this.#sessions.values()])
      if (session.rings && session.type === creation.type && session.remote.number === creation.number)
        this.#giveUp(session.cid, 'timeout', creation.request);
  }

  /** Whether an INVITE of the type may belong to a request. */
  #expects(type: number): boolean {
    return [...this.#creations].some((creation) => creation.type === type || type === CALL_TYPE.none);
  }

  /** Whether an INVITE of the type may rejoin a session of others that this side left before. */
  #rejoins(type: number): boolean {
    return [...this.#creations].some(({request}) => request.joins && request.type === type);
  }

  /**
   * Whether an INVITE is the server's for a session. A caller of another domain has written the session's id and type
   * alone, unless this side calls that very number.
   */
  #isOfServer({remote: {number}}: SipDialog, session?: DispatchSession): boolean {
    if (!isForeign(number)) return true;
    if (isNobody(number)) return false;
    // A server may write a host that this page does not know.
    const isCallee = (dialed: string): boolean => !!dialed && userOf(dialed) === userOf(number);
    if (session) return session.call?.direction === 'outgoing' && isCallee(session.remote.number);
    const unanswered = this.#unanswered.entries().map(([, creation]) => creation);
    return [...this.#creations, ...unanswered].some((creation) => isCallee(creation.number));
  }

  #carriedBy(dialog: SipDialog): DispatchSession | undefined {
    return [...this.#sessions.values()].find((session) => session.isCarriedBy(dialog));
  }

  /** Answers a call that replaces a running one, at once (RFC 3891). */
  #replace(dialog: SipDialog, over: SipDialog): void {
    const replaced = this.#carriedBy(over);
    if (!replaced || !(dialog.comesBack || replaced.mayBeReplaced))
      return void dialog.reject().catch(() => {});
    const {remote, offered} = dialog;
    const media = offered.video ? 'video' : 'audio';
    const {type} = replaced;
    const session = this.#add({cid: randomUuid(), type, own: false, remote, media});
    session.begin(dialog);
    session.takePlaceOf(replaced);
  }

  /** @param given - The id of the server's session; undefined if there is none. */
  #ring(given: string | undefined, kind: number, dialog: SipDialog): void {
    const media = dialog.offered.video ? 'video' : 'audio';
    const {remote} = dialog;
    const isOfServer = this.#isOfServer(dialog);
    const cid = (isOfServer && given) || this.#idOf(dialog);
    const type = isOfServer ? kind : CALL_TYPE.single;
    const arrival = {id: cid, type: callTypeOf(type), typeNumber: type, remote, media} as const;
    // The caller cancelled while the INVITE waited.
    if (dialog.state.phase === 'terminated') return this.#host.missed(arrival, dialog.state.cause);
    // The intercom group is already running on this page.
    const open = isIntercomType(arrival.type) && runningIntercom(this.#host.calls, remote.number);
    const refusal = this.#host.refusalOf(arrival, !!open);
    // An INVITE that may belong to a request waits as long as the reply may take.
    if (refusal && isOfServer && this.#expects(type)) return this.#waiting.set(cid, {dialog, type});
    if (refusal) {
      this.#host.missed(arrival);
      void dialog.reject(refusal).catch(() => {});
      return;
    }
    // A member may be invited a second time.
    const before = this.#over.take(cid);
    const session = this.#add({cid, type, own: false, remote, media, before});
    session.begin(dialog);
    if (open) session.answerQuietly();
    this.#replay(session);
  }

  /**
   * The id of a call that is no session of the server. All tabs of a phone know it by the same one. The caller has written
   * the Call-ID: it must not name a session of the server, of this moment or later.
   */
  #idOf(dialog: SipDialog): string {
    const id = `sip:${dialog.id}`;
    return this.#host.options.sharedWorker && !this.#sessions.has(id) ? id : randomUuid();
  }

  #event(event: SessionEvent): void {
    const {cid, outgoing, number, type} = event;
    const asked = (creation: Creation): boolean => creation.type === type && creation.number === number;
    // The event may be of another tab's session; then the worker brings the reply for certain.
    if (outgoing && !this.#isShared()) {
      // The event identifies a requested session as the reply does, unless it is a late event of an ended one.
      const creation = [...this.#creations].find((one) => one.state !== 'named' && asked(one));
      const known = this.#sessions.get(cid);
      const open = !known || known.rings;
      const late = open && this.#unanswered.entries().find(([, creation]) => asked(creation))?.[1];
      if (creation && open && !this.#over.has(cid)) this.#named(creation, cid);
      else if (late) this.#giveUp(cid, 'timeout', late.request);
    }
    const session = this.#sessions.get(cid);
    const ends = changeOf(event.state, type)?.cause !== undefined;
    if (session) session.event(event);
    else if (ends && this.#over.get(cid)?.takeReport()) return;
    else if (ends && this.#isForeign(event)) this.#early.take(cid);
    else if (!this.#over.has(cid))
      this.#early.set(cid, [...(this.#early.get(cid) ?? []).slice(-MOST_EARLY_EVENTS), event]);
  }

  /** Whether a session that is over was never this side's: it was not invited, and has not asked. */
  #isForeign({outgoing}: SessionEvent): boolean {
    return outgoing === false || (this.#isShared() && this.#creations.size === 0);
  }

  #replay(session: DispatchSession): void {
    for (const event of this.#early.take(session.cid) ?? []) session.event(event);
  }

  /**
   * Ends an unwanted session: stops its ringing, refuses its INVITE, and ends it at the server unless it exists for
   * others.
   */
  #giveUp(cid: string, code: CallCause['code'], {joins}: ApiSessionRequest): void {
    if (this.#over.has(cid)) return;
    this.#over.set(cid, new EndedSession(true, false));
    this.#early.take(cid);
    void this.#waiting
      .take(cid)
      ?.dialog.reject()
      .catch(() => {});
    this.#sessions.get(cid)?.release({by: 'local', code});
    if (!joins) this.#forceEnd(cid);
  }

  #forceEnd(cid: string): void {
    this.#request(makeRequest(API_HEADER.forceEnd, {cid})).catch(() => {});
  }

  #add(init: SessionInit): DispatchSession {
    const session = new DispatchSession(this.#context, init);
    this.#sessions.set(session.cid, session);
    return session;
  }

  #forget(session: DispatchSession): void {
    if (this.#sessions.get(session.cid) !== session) return;
    this.#sessions.delete(session.cid);
    // A later INVITE is too late; but a removed member may be invited again (docs/protocol/clients.md#the-end).
    if (!this.#over.has(session.cid))
      this.#over.set(session.cid, new EndedSession(!session.invited, session.endReported));
  }
}

/** The part of a number before its host; it may have an `@` itself. */
const userOf = (number: string): string => number.replace(/@[^@]*$/s, '');
