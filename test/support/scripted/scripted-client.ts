import {randomBytes, randomUUID} from 'node:crypto';
import {
  API_EVENT,
  API_HEADER,
  API_REPLY_TYPE,
  API_REQUEST_TYPE,
  API_USER,
  CALL_STATE,
  CALL_TYPE,
  CREATING_HEADERS,
  REPLY_SUFFIX,
  VIDEO_BUG_CODEC,
  VIDEO_BUG_REPLY,
} from '../../../src/dispatch/protocol.js';
import {RawApi, type RawApiMessage} from './raw-api.js';
import {digest, Inbox, RawSip, type RawMessage} from './raw-sip.js';
import {ScriptedCall} from './scripted-call.js';
import {placeCall, type Placed} from './scripted-invite.js';

/** An INVITE without `ids` is refused after this long (docs/protocol/clients.md#invites), in milliseconds. */
const IGNORED_FOR = 60_000;

/** What a scripted client knows of a session. */
export interface ScriptedSession {
  call: ScriptedCall | undefined;
  /** Asked for by this client: its INVITE is answered at once. */
  own: boolean;
  /** The states of the events, as the client reads them. */
  readonly states: number[];
}

/** A session that a scripted client requested, with its own dialog. */
export interface PlacedSession {
  readonly cid: string;
  readonly call: ScriptedCall;
}

/** The request for a conference or a broadcast. */
export interface GroupOptions {
  /** Call type, docs/protocol/numbers.md#call-types. */
  readonly ctype?: number;
  readonly media?: number;
  readonly number?: string;
  readonly name?: string;
  /** The file that is played to it. */
  readonly fileId?: string;
}

/**
 * A client that obeys docs/protocol/clients.md line by line and nothing more: the stand-in for clients that nobody can
 * change.
 *
 * Everything that comes is in `wire`, in order; what would make an existing client throw is in `broken`.
 */
export class ScriptedClient {
  readonly user: string;
  /** What came: `INVITE`, `CANCEL`, `BYE`, `ACK`, `INFO`, `reply 0`, `event 6` …, in the order in which it came. */
  readonly wire: string[] = [];
  readonly broken: string[] = [];
  readonly texts: string[] = [];
  readonly sessions = new Map<string, ScriptedSession>();
  /** Calls that ring here. */
  readonly incoming = new Inbox<ScriptedCall>();
  /** Bodies of the session events as they came. */
  readonly events: Record<string, unknown>[] = [];
  /** Every message of the JSON API, in order. */
  readonly heard: RawApiMessage[] = [];
  /** The bodies of the member events, in order. */
  readonly memberChanges: Record<string, unknown>[] = [];
  /** Refuses the INVITEs of its own calls with this status, where it is set: the microphone was denied. */
  refuseOwn: number | undefined;
  /** Delays the answer to the INVITEs of its own calls: the user is asked for the microphone. */
  beforeOwnAnswer: Promise<void> = Promise.resolve();
  readonly #url: string;
  readonly #calls = new Map<string, ScriptedCall>();
  readonly #replies = new Inbox<RawApiMessage>();
  readonly #noticed = new Set<() => void>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #contact = `sip:${randomBytes(4).toString('hex')}@client.invalid;transport=ws`;
  readonly #callId = randomBytes(8).toString('hex');
  readonly #instance: string | undefined;
  #authorization = '';
  #cseq = 0;
  #sip!: RawSip;
  #api: RawApi | undefined;

  private constructor(url: string, user: string, instance?: string) {
    this.#url = url;
    this.user = user;
    this.#instance = instance;
  }

  /**
   * Connects and registers; logs in on carrier 2 if requested.
   *
   * @param instance - Its instance id (RFC 5626 §4.1); existing clients have none.
   */
  static async start(
    url: string,
    user: string,
    carrier: 1 | 2 = 1,
    instance?: string,
  ): Promise<ScriptedClient> {
    const client = new ScriptedClient(url, user, instance);
    await client.connect();
    if (carrier === 2) await client.#login();
    return client;
  }

  /** Opens the SIP socket and registers. */
  async connect(): Promise<void> {
    await this.#open();
    await this.register();
  }

  /** Registers: asks, is challenged, answers. */
  async register(): Promise<void> {
    const challenged = await this.#register();
    this.#authorization = digest(challenged.header('www-authenticate') ?? '', {
      method: 'REGISTER',
      uri: 'sip:localhost',
      username: this.user,
      password: '1234',
    });
    const {status} = await this.refresh();
    if (status !== 200) throw new Error(`REGISTER: ${status}`);
  }

  /** Registers again with the same credentials, byte for byte (docs/protocol/clients.md#registration). */
  refresh(): Promise<RawMessage> {
    return this.#register([`Authorization: ${this.#authorization}`]);
  }

  /** Sends an API request; resolves with the next reply to its header. */
  async ask(
    header: string,
    body: Record<string, unknown>,
    msgid: string = randomUUID(),
  ): Promise<RawApiMessage> {
    return this.send({msgid, header, body});
  }

  /** Sends an API request as it is; resolves with the next reply to its header. */
  async send(request: {
    readonly header: string;
    readonly msgid?: string;
    readonly body?: Readonly<Record<string, unknown>>;
  }): Promise<RawApiMessage> {
    const {header} = request;
    const text = JSON.stringify(request);
    if (this.#api) this.#api.send(text);
    else await this.#post(text);
    const answer = header === API_HEADER.createVideoBug ? VIDEO_BUG_REPLY : `${header}${REPLY_SUFFIX}`;
    return this.#replies.next((reply) => reply.header === answer);
  }

  /** Requests a call. */
  createCall(called: string, media = 1): Promise<RawApiMessage> {
    const body = {caller: this.user, ctype: CALL_TYPE.singleEnhanced, members: called, isVideo: media};
    return this.ask(API_HEADER.createCall, body);
  }

  /** Requests a call and waits until its own dialog is connected. */
  call(called: string, media = 1): Promise<PlacedSession> {
    return this.place(this.createCall(called, media));
  }

  /** Requests a conference or a broadcast of these numbers. */
  createGroup(
    members: readonly string[],
    {ctype = CALL_TYPE.temporaryConference, media = 1, number = '', name = '', fileId}: GroupOptions = {},
  ): Promise<RawApiMessage> {
    const group = {sessnum: number, sessname: name};
    const body = {caller: this.user, ctype, members: members.join(), isVideo: media, ...group};
    if (fileId === undefined) return this.ask(API_HEADER.createCall, body);
    return this.ask(API_HEADER.createCallPlayFile, {...body, FileID: fileId});
  }

  /** Requests a conference or a broadcast and waits until its own dialog is connected. */
  gather(members: readonly string[], options?: GroupOptions): Promise<PlacedSession> {
    return this.place(this.createGroup(members, options));
  }

  /** Requests somebody's camera. */
  askToSee(called: string): Promise<RawApiMessage> {
    return this.ask(API_HEADER.createVideoBug, {caller: this.user, called, codec: VIDEO_BUG_CODEC});
  }

  /** Requests somebody's camera and waits until its own dialog is connected. */
  watch(called: string): Promise<PlacedSession> {
    return this.place(this.askToSee(called));
  }

  /** Requests a member's picture for these numbers. */
  showMember(cid: string, member: string, calleds: string): Promise<RawApiMessage> {
    const body = {srccid: cid, srcnumber: member, sessnum: '', sessname: '', calleds};
    return this.ask(API_HEADER.transferVideo, body);
  }

  /** Acts on a call of others: `CALL_OPERATION`. If it is let in, its INVITE rings like any other. */
  operate(operation: number, called: string, cid = ''): Promise<RawApiMessage> {
    const body = {CallOpType: operation, caller: this.user, called, cid, receiver: this.user};
    return this.ask(API_HEADER.callOperation, body);
  }

  /** Waits until its own dialog of a requested session is connected. */
  async place(asked: Promise<RawApiMessage>): Promise<PlacedSession> {
    const {header, code, body} = await asked;
    if (code !== 0) throw new Error(`${header}: ${code}`);
    const cid = String(body[0]?.['cid']);
    const call = await this.#until(() => this.sessions.get(cid)?.call);
    await call.established;
    return {cid, call};
  }

  /** Answers the next ringing call, and waits until its dialog is connected. */
  async answer(): Promise<ScriptedCall> {
    const call = await this.incoming.next();
    await call.answer();
    await call.established;
    return call;
  }

  /**
   * Resolves when the end of the session was reported: the client has forgotten it (docs/protocol/clients.md#the-end).
   */
  async forgets(cid: string): Promise<void> {
    await this.#until(() => (this.sessions.has(cid) ? undefined : true));
  }

  /** Ends a session for all. */
  async endForAll(cid: string): Promise<void> {
    const {code} = await this.ask(API_HEADER.forceEnd, {cid});
    if (code !== 0) throw new Error(`forceend: ${code}`);
  }

  /** Calls by SIP itself, and gives up when `giveUp` resolves. */
  async invite(
    to: string,
    kinds?: readonly ('audio' | 'video')[],
    giveUp?: Promise<void>,
    headers: readonly string[] = [],
  ): Promise<Placed> {
    const placed = await placeCall(this.#sip, {to, kinds: kinds ?? ['audio'], giveUp, headers});
    if (placed.call) this.#calls.set(placed.call.callId, placed.call);
    return placed;
  }

  /** Resolves when something has arrived, now or before; each call waits for one more of its kind. */
  async sees(what: string, times = 1): Promise<void> {
    await this.#until(() => this.wire.filter((entry) => entry === what).length >= times || undefined);
  }

  /** Resolves when such a message of the JSON API has arrived, now or before. */
  async hears(fits: (message: RawApiMessage) => boolean): Promise<void> {
    await this.#until(() => this.heard.find(fits));
  }

  /** Resolves when an event reports this about a member, now or before. */
  async seesMember(
    change: Readonly<Record<string, string>> | ((body: Record<string, unknown>) => boolean),
  ): Promise<void> {
    const isSame = (body: Record<string, unknown>): boolean =>
      Object.entries(change).every(([name, value]) => body[name] === value);
    await this.#until(() => this.memberChanges.find(typeof change === 'function' ? change : isSame));
  }

  /** Loses its socket: all calls are dropped without a BYE (docs/protocol/clients.md#registration). */
  async crash(): Promise<void> {
    await this.#sip.crash();
    await this.#dropCalls();
  }

  /** Sends what another client would send in its call, over its own socket. */
  async adopts<T>(call: ScriptedCall, send: () => Promise<T>): Promise<T> {
    const before = call.moveTo(this.#sip);
    try {
      return await send();
    } finally {
      call.moveTo(before);
    }
  }

  /** Continues a call of an earlier page of its user by an INVITE that replaces it (RFC 3891). */
  continues({replaces, caller}: ScriptedCall, kinds?: readonly ('audio' | 'video')[]): Promise<Placed> {
    return this.invite(caller.number, kinds, undefined, [`Replaces: ${replaces}`, 'Require: replaces']);
  }

  /** Loses its socket, and keeps its calls. */
  async isCutOff(): Promise<void> {
    await this.#sip.crash();
  }

  /** Connects again with its calls, and registers if that is wanted. */
  async returns({registers = true} = {}): Promise<void> {
    await this.#open();
    for (const call of this.#calls.values()) call.moveTo(this.#sip);
    if (registers) await this.register();
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#api?.close();
    await this.#sip.close();
    await this.#dropCalls();
  }

  async #dropCalls(): Promise<void> {
    await Promise.all([...this.#calls.values()].map((call) => call.finish('socket')));
    this.#calls.clear();
  }

  async #open(): Promise<void> {
    const sip = await RawSip.open(this.#url, this.user, this.#contact);
    this.#sip = sip;
    void this.#pump(sip);
  }

  #register(headers: readonly string[] = []): Promise<RawMessage> {
    this.#cseq += 1;
    const instance = this.#instance && `;reg-id=1;+sip.instance="<urn:uuid:${this.#instance}>"`;
    return this.#sip.request('REGISTER', {
      uri: 'sip:localhost',
      callId: this.#callId,
      cseq: this.#cseq,
      // The lifetime is the Contact's, and there is no Expires header (docs/protocol/sign-in.md#registration).
      headers: [`Contact: <${this.#contact}>${instance ?? ''};expires=120`, ...headers],
    });
  }

  /** Login of carrier 2 (docs/protocol/sign-in.md#login). */
  async #login(): Promise<void> {
    const info = await this.ask(API_HEADER.loginInfo, {});
    const path = String(info.body[0]?.['ServerWebSocketPATH']);
    // It appends the path by itself, so a final slash would be one too many (docs/protocol/clients.md#carrier-2).
    if (path.endsWith('/')) this.broken.push(`ServerWebSocketPATH ${path}`);
    const api = await RawApi.loggedIn(`${path}/`, this.user);
    this.#api = api;
    void (async () => {
      for (;;) this.#heard(await api.inbox.next());
    })();
  }

  async #post(text: string): Promise<void> {
    const headers = [`Content-Type: ${API_REQUEST_TYPE}`];
    await this.#sip.request('MESSAGE', {to: `sip:${API_USER}@localhost`, headers, body: text});
  }

  async #pump(sip: RawSip): Promise<void> {
    for (;;) {
      const request = await sip.inbox.next(({status}) => status === 0);
      if (request.method === 'MESSAGE') this.#message(sip, request);
      else this.#request(sip, request);
    }
  }

  #message(sip: RawSip, request: RawMessage): void {
    sip.answer(request, 200, 'OK');
    // Exactly this type, without parameters, or it is text for the page (docs/protocol/clients.md#messages).
    if (request.header('content-type') !== API_REPLY_TYPE) this.texts.push(request.body);
    else this.#heard(JSON.parse(request.body) as RawApiMessage);
  }

  #request(sip: RawSip, request: RawMessage): void {
    const callId = request.header('call-id') ?? '';
    const known = this.#calls.get(callId);
    this.#note(known && request.method === 'INVITE' ? 're-INVITE' : request.method);
    if (known) return void known.take(request);
    if (request.method !== 'INVITE') return sip.answer(request, 481, 'No such call');
    const call = ScriptedCall.incoming(sip, this.user, request);
    this.#calls.set(callId, call);
    this.#invited(call);
  }

  #invited(call: ScriptedCall): void {
    call.ring();
    if (call.ids === undefined) return this.#ignore(call);
    const [cid = '', type, ...rest] = call.ids.split('.');
    // No dot in the cid (docs/protocol/clients.md#invites).
    if (type === undefined || rest.length > 0) this.broken.push(`ids ${call.ids}`);
    const session = this.#session(cid);
    // A session whose end was not reported still exists: a callee stays silent, a requester answers by itself
    // (docs/protocol/clients.md#the-end).
    const stale = session.call !== undefined;
    session.call = call;
    if (session.own) this.#answerOwn(call);
    else if (!stale) this.incoming.push(call);
  }

  #ignore(call: ScriptedCall): void {
    this.#timers.add(setTimeout(() => void call.decline(), IGNORED_FOR));
  }

  #session(cid: string): ScriptedSession {
    const session = this.sessions.get(cid) ?? {call: undefined, own: false, states: []};
    this.sessions.set(cid, session);
    return session;
  }

  #heard(message: RawApiMessage): void {
    this.heard.push(message);
    const name = message.header.replace(/\.CB$/, '');
    const first = Array.isArray(message.body) ? message.body[0] : undefined;
    const needsBody =
      CREATING_HEADERS.has(name) || name === API_HEADER.loginInfo || name === API_EVENT.sessionState;
    // It reads body[0] of these without looking (docs/protocol/clients.md#replies).
    if (needsBody && first === undefined) this.broken.push(`${message.header} without body[0]`);
    if (message.header === API_EVENT.sessionState) return this.#stateChanged(first ?? {});
    if (message.header === API_EVENT.memberChange) return this.#memberChanged(first ?? {});
    if (message.code === 0 && first?.['msgid'] !== undefined) this.#created(String(first['cid']));
    this.#replies.push(message);
    this.#note(`reply ${message.code}`);
  }

  #created(cid: string): void {
    const session = this.#session(cid);
    // The answer to a running dialog is given again, and an alert is shown (docs/protocol/clients.md#the-floor).
    if (session.own) this.broken.push(`a second creating reply for ${cid}`);
    session.own = true;
    const {call} = session;
    // With the INVITE first it rings for its own call until the reply names it (docs/protocol/clients.md#order).
    if (call) this.#answerOwn(call);
  }

  #answerOwn(call: ScriptedCall): void {
    call.beforeAnswer = this.beforeOwnAnswer;
    void (this.refuseOwn === undefined ? call.answer() : call.decline(this.refuseOwn));
  }

  #stateChanged(body: Record<string, unknown>): void {
    this.events.push(body);
    const {state, cid} = body;
    // Anything but a string is read as 0 (docs/protocol/clients.md#events).
    const read = typeof state === 'string' ? Number(state) : CALL_STATE.none;
    // It ignores events of unknown sessions (docs/protocol/clients.md#events); release makes it forget the session
    // (docs/protocol/clients.md#the-end).
    this.sessions.get(String(cid))?.states.push(read);
    if (read === CALL_STATE.release) this.sessions.delete(String(cid));
    this.#note(`event ${read}`);
  }

  #memberChanged(body: Record<string, unknown>): void {
    this.memberChanges.push(body);
    this.#note(`member ${String(body['number'])}: ${String(body['state'])}`);
  }

  #note(what: string): void {
    this.wire.push(what);
    for (const wake of this.#noticed) wake();
    this.#noticed.clear();
  }

  async #until<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#noticed.add(resolve));
    }
  }
}
