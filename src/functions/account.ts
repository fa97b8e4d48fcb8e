import type {SipCall} from '../core/call/call.js';
import {isLookedAt, isOfTwo} from '../core/call-kinds.js';
import type {ClientEventMap} from '../core/client/client-state.js';
import {isWaiting} from '../core/call/newest-call.js';
import {dropOldest, setNewest} from '../core/util/collections/newest.js';
import type {ApiMessage, CallElements} from '../core/types.js';
import {SipError, toSipError} from '../errors.js';
import type {BaseClient} from '../core/client/client.js';
import {
  API_EVENT,
  API_HEADER,
  CREATING_HEADERS,
  REPLY_SUFFIX,
  VIDEO_BUG_REPLY,
} from '../dispatch/protocol.js';
import {CallState, ECode} from './all-enum.js';
import {CallRecord, fieldOf, jsonWithoutCall, stateOf} from './call-record.js';
import {tell, reportFailure, type ClientDelegate} from './delegate.js';
import {firstFrame} from './picture.js';

/** How many ended calls, and sessions without a call, are remembered for later events of the server. */
const MEMORY = 100;

/** Headers of the replies to requests that create a session. */
const CREATED: ReadonlySet<string> = new Set([
  ...[...CREATING_HEADERS].map((header) => `${header}${REPLY_SUFFIX}`),
  VIDEO_BUG_REPLY,
]);

/**
 * The client behind the functions; reports its events to the page from `connect` on.
 *
 * A client that the page has given (`useClient`) keeps its connection and its calls when the functions disconnect.
 */
export class Account {
  delegate: ClientDelegate = {};
  /** The element in which the page shows the remote video of a call. */
  readonly pictures = new WeakMap<SipCall, HTMLVideoElement | null | undefined>();
  /** By session id: the calls, including those that ended recently. */
  readonly #records = new Map<string, CallRecord>();
  /** By session id: events that may precede their call; undefined once it is clear that this page has no such call. */
  readonly #early = new Map<string, unknown[] | undefined>();
  /** `msgid`s of the page's own API requests; a reply may be late. */
  readonly #sent = new Map<string, true>();
  /** By session id: the last reported event, as JSON. */
  readonly #last = new Map<string, string>();
  /** Calls whose end has yet to be reported. */
  readonly #over: SipCall[] = [];
  readonly #given: boolean;
  #client: BaseClient | undefined;
  /** Ends the reports; undefined while the page is not connected. */
  #reporting: AbortController | undefined;
  readonly #closing = new AbortController();
  #arrive!: () => void;
  /** Resolves when there is a client, or there will be none. */
  readonly #arrival = new Promise<void>((resolve) => (this.#arrive = resolve));
  /** How many requests of functions for a call are pending. */
  #placing = 0;
  #connected = false;
  #registered = false;
  /** The latest `connect`; an earlier one is void. */
  #connecting = {};

  /**
   * @param client - Undefined while the page has given a `<sip-client>` that has no client yet.
   * @param given - Whether the client is the page's own.
   */
  constructor(client: BaseClient | undefined, given = false) {
    this.#given = given;
    if (client) this.replace(client);
  }

  get client(): BaseClient | undefined {
    return this.#client;
  }

  /** Aborted when another account takes the place of this one. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Replaces the client: that of a `<sip-client>` may change. A page that is connected gets the reports of the new one. */
  replace(client: BaseClient | undefined): void {
    if (client === this.#client) return;
    const reports = this.#reporting !== undefined;
    this.#stop();
    this.#client = client;
    if (reports) this.#begin();
    if (client) this.#arrive();
  }

  /** Connects once the previous account has ended; reports a failure to the page. */
  async connect(vacated: Promise<void>): Promise<void> {
    const connecting = (this.#connecting = {});
    try {
      await Promise.all([vacated, this.#arrival]);
      if (this.#connecting !== connecting) throw new SipError('aborted', {subject: 'connect'});
      if (!this.#reporting) this.#begin();
      if (!this.#client) throw new SipError('not-initialized', {subject: 'connect'});
      if (this.#client.state.connection !== 'connected') await this.#client.connect();
    } catch (error) {
      if (!this.#connected) reportFailure(this.delegate, toSipError(error, 'connect'));
      throw error;
    }
  }

  /** Disconnects the client; of a client that the page has given, ends only the reports. */
  async disconnect(): Promise<void> {
    this.#connecting = {};
    if (this.#given) this.#stop();
    else await this.#client?.disconnect();
  }

  /** Disconnects, unless the client is to go on; reports nothing afterwards. */
  async close(goingOn?: BaseClient): Promise<void> {
    this.#closing.abort();
    this.#arrive();
    if (goingOn && goingOn === this.#client) this.#stop();
    else await this.disconnect();
    this.#reporting?.abort();
  }

  /** Registers; a client that the page has given keeps the registration that it has. */
  async register(expires: number): Promise<void> {
    if (this.#given && this.#client?.state.registration === 'registered') return;
    await this.#client?.register(expires);
  }

  /** Requests a call for a function, and reports it to the page with what else was created meanwhile. */
  async place(
    ask: () => Promise<SipCall | undefined>,
    elements: CallElements,
    isshowscreen = false,
  ): Promise<void> {
    this.#placing += 1;
    try {
      const call = await ask();
      if (call) this.created(call, elements, isshowscreen);
    } finally {
      this.#placing -= 1;
      if (!this.#placing)
        for (const record of this.#records.values()) if (!record.announced) this.#announce(record);
    }
  }

  /** Plays a call that a function requested, and reports the call whether or not it can be played. */
  created(call: SipCall, elements: CallElements, isshowscreen = false): void {
    const record = this.#recordOf(call);
    record.isshowscreen = isshowscreen;
    this.pictures.set(call, elements.remoteVideo);
    try {
      if (call.state.phase !== 'released') call.attach(elements);
    } catch (error) {
      reportError(error);
    }
    tell(this.delegate, 'onCallCreated', call.id, record.json);
    record.announce();
  }

  /** Notes the `msgid` of a request that the page sends to the API. */
  sends(msgid = ''): void {
    setNewest(this.#sent, msgid, true, MEMORY);
  }

  /** Notes whether a function answers a call with the screen; reverts the note if answering fails. */
  async answered(call: SipCall, isshowscreen: boolean, answer: Promise<void>): Promise<void> {
    const record = this.#recordOf(call);
    const before = record.isshowscreen;
    record.isshowscreen = isshowscreen;
    try {
      await answer;
    } catch (error) {
      record.isshowscreen = before;
      throw error;
    }
  }

  /** Reports the client from now on: what is there already, and then each change. */
  #begin(): void {
    const client = this.#client;
    const {signal} = (this.#reporting = new AbortController());
    this.#records.clear();
    if (!client) return;
    this.#listen(client, signal);
    const {connection, registration, calls} = client.state;
    this.#setConnected(connection === 'connected');
    if (!signal.aborted) this.#setRegistered(registration === 'registered');
    for (const call of calls) if (!signal.aborted) this.#announcePresent(this.#recordOf(call));
  }

  /** Ends the reports: to the page, the functions are not connected any more. */
  #stop(): void {
    if (!this.#reporting) return;
    this.#setRegistered(false);
    this.#setConnected(false);
    this.#reporting.abort();
    this.#reporting = undefined;
  }

  #listen(client: BaseClient, signal: AbortSignal): void {
    const on = <K extends keyof ClientEventMap>(
      type: K,
      listener: (event: ClientEventMap[K]) => void,
    ): void => client.addEventListener(type, listener, {signal});
    on('sip-server-connect', () => this.#setConnected(true));
    on('sip-server-disconnect', ({detail}) => this.#setConnected(false, detail.error));
    on('sip-registration', ({detail: {state, error}}) => this.#setRegistered(state === 'registered', error));
    on('sip-message-received', ({detail: {message}}) =>
      tell(this.delegate, 'onMessageReceived', message.text),
    );
    on('sip-dtmf', ({detail: {tone, duration}}) => tell(this.delegate, 'onCallDTMFReceived', tone, duration));
    on('sip-call-created', ({detail: {call}}) => {
      const record = this.#recordOf(call);
      // One that a function has requested is reported with its elements.
      if (!this.#placing) this.#announce(record);
    });
    on('sip-call-resumed', ({detail: {call}}) => this.#announce(this.#recordOf(call)));
    on('sip-call-received', ({detail: {call}}) => {
      const record = this.#recordOf(call);
      tell(this.delegate, 'onCallReceived', call.id, record.arrival);
      record.announce();
    });
    on('sip-call-answered', ({detail: {call}}) => {
      // A page may take a photo as soon as a call that it placed is answered.
      const isShown = call.media === 'video' && (isOfTwo(call.type) || isLookedAt(call.type));
      if (isShown && call.direction === 'outgoing')
        void this.#recordOf(call).pause(firstFrame(call, this.pictures.get(call)));
      this.#tellOf(call, 'onCallAnswered');
    });
    on('sip-call-hold', ({detail: {call, held}}) =>
      this.#recordOf(call).after(() => tell(this.delegate, 'onCallHold', call.id, held)),
    );
    on('sip-call-hangup', ({detail: {call}}) => {
      // The server's state event for the end is reported first.
      this.#over.push(call);
      queueMicrotask(() => this.#tellOver());
    });
    on('apimessage', ({detail}) => this.#heard(detail));
  }

  /** Reports a call that no function requested, such as one that an element placed. */
  #announce(record: CallRecord): void {
    const {call} = record;
    if (isWaiting(call)) tell(this.delegate, 'onCallReceived', call.id, record.arrival);
    else tell(this.delegate, 'onCallCreated', call.id, record.json);
    record.announce();
  }

  /** Reports a call that was there before the page connected, and how far it is. */
  #announcePresent(record: CallRecord): void {
    const {call} = record;
    this.#announce(record);
    if (call.state.phase === 'answered') this.#tellOf(call, 'onCallAnswered');
    if (call.state.held) tell(this.delegate, 'onCallHold', call.id, true);
  }

  #tellOver(): void {
    for (const call of this.#over.splice(0)) this.#tellOf(call, 'onCallHangup');
    dropOldest(this.#records, MEMORY, ({call: {state}}) => state.phase === 'released');
  }

  #tellOf(call: SipCall, name: 'onCallAnswered' | 'onCallHangup' | 'onSessionStateChange'): void {
    const record = this.#recordOf(call);
    const signal = this.#reporting?.signal;
    record.after(() => signal?.aborted || tell(this.delegate, name, call.id, record.json));
  }

  /** @param error - Why the server refused, which is reported each time. */
  #setRegistered(registered: boolean, error?: SipError): void {
    if (registered === this.#registered && !error) return;
    this.#registered = registered;
    tell(this.delegate, 'onRegisteredState', registered);
  }

  #setConnected(connected: boolean, error?: SipError): void {
    if (connected === this.#connected) return;
    this.#tellOver();
    this.#connected = connected;
    // After the next connection, every event counts as new; a session ends once.
    for (const [cid, text] of this.#last)
      if (stateOf(JSON.parse(text)) !== CallState.CallStateRelease) this.#last.delete(cid);
    this.#early.clear();
    if (connected) tell(this.delegate, 'onServerConnect');
    else tell(this.delegate, 'onServerDisconnect', error);
    tell(this.delegate, 'onServerConnectState', connected);
  }

  #heard(message: ApiMessage): void {
    if (message.header === API_EVENT.sessionState) return this.#stateTold(message);
    if (this.#isForThePage(message)) tell(this.delegate, 'onAPIReceived', message.text);
  }

  #isForThePage({header, code = ECode.ECodeNone, msgid, body}: ApiMessage): boolean {
    if (header === `${API_HEADER.loginInfo}${REPLY_SUFFIX}`) return false;
    if (header === `${API_HEADER.login}${REPLY_SUFFIX}`) return code !== ECode.ECodeRegisterCheckPwd;
    if (!CREATED.has(header) || code !== ECode.ECodeNone) return true;
    // A successful request of a function is reported as a call. A reply that grants the floor names no request.
    const inner = fieldOf(body[0], 'msgid');
    const id = inner ?? msgid;
    return inner === undefined || (id !== undefined && this.#sent.has(id));
  }

  #stateTold({body: [event]}: ApiMessage): void {
    const cid = fieldOf(event, 'cid');
    if (cid === undefined || !Number.isInteger(stateOf(event))) return;
    const text = JSON.stringify(event);
    // Servers repeat a state for clients that may have missed it.
    if (this.#last.get(cid) === text) return;
    setNewest(this.#last, cid, text, MEMORY);
    const record = this.#records.get(cid);
    if (record) return this.#changed(record, event);
    if (!this.#early.has(cid)) this.#awaitCall(cid);
    const early = this.#early.get(cid);
    if (early) early.push(event);
    else this.#tellWithoutCall(cid, event);
  }

  /** Keeps the events of a session for the call that a later INVITE may bring. */
  #awaitCall(cid: string): void {
    const events: unknown[] = [];
    this.#early.set(cid, events);
    setTimeout(() => {
      if (this.#early.get(cid) !== events) return;
      this.#early.set(cid, undefined);
      dropOldest(this.#early, MEMORY, (waiting) => !waiting);
      for (const event of events) this.#tellWithoutCall(cid, event);
    }, this.#client?.options.timeouts.invitePatience);
  }

  #tellWithoutCall(cid: string, event: unknown): void {
    tell(this.delegate, 'onSessionStateChange', cid, jsonWithoutCall(cid, event));
  }

  #changed(record: CallRecord, event: unknown): void {
    const state = stateOf(event);
    if (state === CallState.CallStateRelease) this.#tellOver();
    record.after(() => {
      tell(this.delegate, 'onSessionStateChange', record.call.id, record.told(state));
    });
  }

  #recordOf(call: SipCall): CallRecord {
    const known = this.#records.get(call.id);
    if (known?.call === call) return known;
    const record = new CallRecord(call);
    this.#records.set(call.id, record);
    const early = this.#early.get(call.id);
    this.#early.delete(call.id);
    // Events of an earlier call with the same id do not count as repeated.
    if (!early) this.#last.delete(call.id);
    for (const event of early ?? []) this.#changed(record, event);
    return record;
  }
}
