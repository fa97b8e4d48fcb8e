import {randomUUID} from 'node:crypto';
import {setMaxListeners} from 'node:events';
import {
  IncomingRequestMessage,
  LoggerFactory,
  NonInviteServerTransaction,
  Parser,
  TransactionState,
  UserAgentCore,
  UserAgentServer,
  type IncomingRequest,
  type IncomingResponseMessage,
  type IncomingSubscribeRequest,
  type UserAgentCoreDelegate,
} from 'sip.js/lib/core/index.js';
import type {WebSocket} from 'ws';
import {replaceGrammar} from '../../src/sip/headers/grammar.js';
import {responseTo} from '../../src/sip/headers/header-values.js';
import {reasonOf, type Log} from '../log.js';
import type {Origin} from '../origin.js';
import {reads} from '../reads.js';
import type {Binding, Recipient} from './binding.js';
import {stopRepeating, type DialogSurroundings, type ServerDialog} from './dialog.js';
import {firstLook} from './first-look.js';
import {OutgoingInvite, type OutgoingInviteHandlers, type OutgoingInviteOptions} from './outgoing-invite.js';
import {Subscription} from './subscription.js';
import {displayName, sipUri} from './uri.js';

replaceGrammar();

/** The user part of this server's own Contact. */
const SERVER_USER = 'dispatch';

/** The name under which a received `Contact: *` is parsed. */
export const WILDCARD_HEADER = 'x-every-contact';

/** Headers without which a message cannot be answered (RFC 3261 §8.1.1). */
const MANDATORY = ['via', 'from', 'to', 'call-id', 'cseq'] as const;

/** States of a client transaction whose request may not have arrived. */
const UNHEARD: readonly TransactionState[] = [TransactionState.Calling, TransactionState.Trying];

/** The most messages that wait until their sender has registered. */
const MOST_EARLY = 50;

/** The most open transactions of a client, and of one that is not registered: each keeps its request until it is acknowledged. */
const MOST_OPEN = 1_000;
const MOST_OPEN_OF_STRANGER = 100;

/** The most MESSAGEs to a client that it has not answered: each waits for half a minute. */
const MOST_MESSAGES = 1_000;

/** What a connection needs. */
export interface ConnectionOptions {
  /** The address that the client used for this server. */
  readonly origin: Origin;
  /** The client's address. */
  readonly remote: string;
  readonly log: Log;
  /** Returns the user who is currently registered over this connection. */
  user(connection: SipConnection): string | undefined;
  /** Returns a user's newest binding on this connection. */
  bindingOn(connection: SipConnection, user: string): Binding | undefined;
  /**
   * Returns the closed connection that a message is for, if it has calls that wait for its client; `awaited` if it is not
   * known yet whether the message comes from that client.
   */
  ownerOf(message: SipMessage, from: SipConnection): SipConnection | 'awaited' | undefined;
  /** Answers who asks what a number can do (RFC 3261 §11): sip.js would answer for the server. */
  onOptions(request: IncomingRequest): void;
  /** Creates the handler of its requests outside dialogs. */
  delegate(connection: SipConnection): UserAgentCoreDelegate;
}

export type SipMessage = IncomingRequestMessage | IncomingResponseMessage;

/**
 * A WebSocket that carries SIP (RFC 7118): sip.js's transactions and dialogs on the server's side.
 *
 * Its answered calls may outlive the WebSocket: until `end()`, they wait for another connection of the same client, which
 * carries them on.
 * ```
 * open ── WebSocket closed ──► waiting ◄──► carried by another connection
 *                                 └───────── end() ─────────┘
 * ```
 */
export class SipConnection {
  readonly id = randomUUID();
  /** Aborted when the WebSocket has closed; everything pending on it settles then, except answered calls. */
  readonly closed: AbortSignal;
  /** Aborted when its answered calls are given up, or have ended. */
  readonly ended: AbortSignal;
  /** The address that the client used for this server. */
  readonly origin: Origin;
  /** The client's address. */
  readonly remote: string;
  /** @internal What dialogs on this connection need. */
  readonly surroundings: DialogSurroundings;
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;
  readonly #core: UserAgentCore;
  /** Its answered calls. */
  readonly #dialogs: ReadonlySet<ServerDialog>;
  readonly #closing = new AbortController();
  readonly #ending = new AbortController();
  /** The connection that carries its calls, now that its own WebSocket has closed. */
  #carrier: SipConnection | undefined;
  /** The closed connections whose calls this one carries. */
  readonly #carried = new Set<SipConnection>();
  readonly #subscriptions = new Set<Subscription>();
  /** How many MESSAGEs its client has not answered. */
  #messages = 0;
  /** What its calls have sent while nobody carried them. */
  readonly #waiting = new Set<string>();
  /** What arrived for calls that wait for their client, which has not registered over this connection yet. */
  #early: string[] = [];

  /** @internal Made by `SipHub.accept`. */
  constructor(socket: WebSocket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.closed = this.#closing.signal;
    this.ended = this.#ending.signal;
    // Each open request and dialog listens, so no number of listeners indicates a leak.
    for (const signal of [this.closed, this.ended]) setMaxListeners(0, signal);
    this.origin = options.origin;
    this.remote = options.remote;
    const {log} = options;
    const host = options.origin.hostname;
    const uri = sipUri(SERVER_USER, host, {transport: 'ws'});
    const contact = `<${uri.toString()}>`;
    const dialogs = new Set<ServerDialog>();
    this.surroundings = {
      contact,
      closed: this.closed,
      ended: this.ended,
      began: (dialog) => dialogs.add(dialog),
      over: (dialog) => {
        dialogs.delete(dialog);
        // The stack has yet to finish with the request that ended the dialog.
        setImmediate(() => {
          if (this.closed.aborted && !this.hasCalls) this.end();
        });
      },
      log,
    };
    this.#dialogs = dialogs;
    const transport = {protocol: 'WS', send: (text: string) => this.#send(text)};
    this.#core = new UserAgentCore(
      {
        aor: uri,
        contact: {uri, pubGruu: undefined, tempGruu: undefined, toString: () => contact},
        displayName: '',
        loggerFactory: quietLoggers(log),
        hackViaTcp: false,
        routeSet: [],
        sipjsId: this.id.slice(0, 5),
        supportedOptionTags: ['outbound', 'replaces', 'record-aware'],
        supportedOptionTagsResponse: ['outbound', 'replaces', 'record-aware'],
        userAgentHeaderFieldValue: 'SIP Elements development server',
        viaForceRport: false,
        viaHost: host,
        authenticationFactory: () => undefined,
        transportAccessor: () => transport,
      },
      options.delegate(this),
    );
    socket.on('message', (data: Buffer) => this.#receive(data.toString('utf8')));
    socket.on('error', (error) => log(`sip socket: ${error.message}`));
    socket.once('close', () => this.lose());
  }

  /** The user who is registered over this connection, authenticated by digest. */
  get user(): string | undefined {
    return this.#options.user(this);
  }

  /** Whether it has answered calls. */
  get hasCalls(): boolean {
    return this.#dialogs.size > 0;
  }

  /** The numbers of open dialogs and transactions. */
  get pending(): {dialogs: number; transactions: number} {
    const {dialogs, userAgentClients, userAgentServers} = this.#core;
    return {dialogs: dialogs.size, transactions: userAgentClients.size + userAgentServers.size};
  }

  /**
   * Invites a user over this connection.
   *
   * @param to - The user, and the binding to use; by default the user's newest one on this connection.
   * @throws TypeError if the user has no binding here.
   */
  invite(
    to: {readonly user: string; readonly contact?: Binding},
    options: OutgoingInviteOptions,
    handlers: OutgoingInviteHandlers,
  ): OutgoingInvite {
    const binding = to.contact ?? this.#options.bindingOn(this, to.user);
    if (!binding) throw new TypeError(`${to.user} is not registered over this connection`);
    return new OutgoingInvite(this.#core, binding, options, handlers, this.surroundings);
  }

  /** Accepts a SUBSCRIBE outside dialogs. */
  subscribed(request: IncomingSubscribeRequest): Subscription {
    const subscription = new Subscription(request, {
      core: this.#core,
      contact: this.surroundings.contact,
      closed: this.closed,
      over: (ended) => this.#subscriptions.delete(ended),
    });
    this.#subscriptions.add(subscription);
    return subscription;
  }

  /** Ends its subscriptions: the WebSocket is another user's. */
  endSubscriptions(): void {
    for (const subscription of this.#subscriptions) subscription.end('deactivated');
  }

  /**
   * Sends MESSAGE to a binding of this connection, or to a result of {@link recipient}.
   *
   * @param from - The sender's number, or its number and name.
   * @param extraHeaders - Whole lines, without their ends.
   * @returns The status of the answer; 408 if there was none, the socket closed, or too many have no answer yet.
   */
  message(
    to: Recipient,
    from: string | {readonly number: string; readonly name: string},
    content: string,
    contentType: string,
    extraHeaders: readonly string[] = [],
  ): Promise<number> {
    const sender = typeof from === 'string' ? {number: from, name: ''} : from;
    return new Promise((resolve) => {
      const gone = (): void => resolve(408);
      if (this.closed.aborted || this.#messages >= MOST_MESSAGES) return gone();
      this.#messages += 1;
      this.closed.addEventListener('abort', gone, {once: true});
      const message = this.#core.makeOutgoingRequestMessage(
        'MESSAGE',
        to.uri,
        sipUri(sender.number, to.domain),
        sipUri(to.user, to.domain),
        {fromDisplayName: displayName(sender.name)},
        [...extraHeaders],
        {contentDisposition: 'render', contentType, content},
      );
      const done = (response: {message: {statusCode?: number | undefined}}): void => {
        this.#messages -= 1;
        this.closed.removeEventListener('abort', gone);
        resolve(response.message.statusCode ?? 408);
      };
      this.#core.message(message, {onAccept: done, onReject: done, onRedirect: done});
    });
  }

  /**
   * Returns where a user gets replies over this connection, registered or not: their address of record
   * (docs/protocol/clients.md#invites).
   */
  recipient(user: string): Recipient {
    const host = this.origin.hostname;
    return this.#options.bindingOn(this, user) ?? {user, uri: sipUri(user, host), domain: host};
  }

  /** Closes the WebSocket. */
  close(code = 1001, reason = 'The server ends'): void {
    this.#socket.close(code, reason);
  }

  /** Drops the WebSocket without a closing handshake, as if it had closed. Idempotent. */
  lose(): void {
    if (this.closed.aborted) return;
    this.#socket.terminate();
    for (const other of this.#carried) other.#carrier = undefined;
    this.#early = [];
    this.#closing.abort();
  }

  /** Aborted when the WebSocket that carries its calls at this moment has closed. */
  get line(): AbortSignal {
    return (this.#carrier ?? this).closed;
  }

  /** Whether a message belongs to one of its dialogs or transactions. */
  owns(message: SipMessage): boolean {
    const {dialogs, userAgentClients, userAgentServers} = this.#core;
    if (!(message instanceof IncomingRequestMessage))
      return userAgentClients.has(`${message.viaBranch}${message.method}`);
    const {callId, toTag, fromTag, viaBranch} = message;
    return dialogs.has(`${callId}${toTag}${fromTag}`) || userAgentServers.has(viaBranch);
  }

  /** Returns the connections whose calls it carried; nobody carries them any more. */
  release(): readonly SipConnection[] {
    const released = [...this.#carried];
    this.#carried.clear();
    return released;
  }

  /** Carries on the calls of a closed connection of the same client, and sends what waits. */
  carry(other: SipConnection): void {
    this.#carried.add(other);
    other.#carrier = this;
    other.#sendWaiting();
  }

  /** Handles what arrived before its client had registered. */
  admit(): void {
    for (const text of this.#early.splice(0)) this.#receive(text);
  }

  /** Gives up its calls, after its WebSocket has closed. Idempotent. */
  end(): void {
    if (this.ended.aborted) return;
    const carrier = this.#carrier;
    if (carrier) carrier.#carried.delete(this);
    this.#ending.abort();
    this.#core.dialogs.forEach(stopRepeating);
    this.#core.dispose();
  }

  #receive(text: string): void {
    if (!reads(this.#socket)) return;
    // RFC 5626 §3.5.1: a ping is answered with a pong; other keep-alives are ignored.
    if (/^[\r\n]*$/.test(text)) return text === '\r\n\r\n' ? this.#socket.send('\r\n') : undefined;
    if (this.closed.aborted) return;
    try {
      this.#handle(text);
    } catch (thrown) {
      this.#options.log(`sip message dropped: ${reasonOf(thrown)}`);
    }
  }

  #handle(text: string): void {
    const refusal = firstLook(text);
    if (refusal !== undefined) {
      this.#options.log('sip message refused: its form is wrong');
      return refusal ? this.#socket.send(refusal) : undefined;
    }
    const message = Parser.parseMessage(markWildcard(text), this.#core.loggerFactory.getLogger('parser'));
    if (!message || MANDATORY.some((name) => !message.hasHeader(name))) {
      this.#options.log('sip message refused: it does not parse');
      const response = responseTo(text, '400 Bad Request');
      return response === undefined ? undefined : this.#socket.send(response);
    }
    if (this.owns(message)) return this.#deliver(message);
    const owner =
      [...this.#carried].find((other) => other.owns(message)) ?? this.#options.ownerOf(message, this) ?? this;
    if (owner !== 'awaited') owner.#deliver(message);
    else if (this.#early.length < MOST_EARLY) this.#early.push(text);
  }

  #deliver(message: SipMessage): void {
    if (!(message instanceof IncomingRequestMessage))
      this.#core.receiveIncomingResponseFromTransport(message);
    else if (this.#core.userAgentServers.size >= this.#mostOpen && isNew(message))
      this.#core.replyStateless(message, {statusCode: 503});
    else if (message.method === 'OPTIONS' && !message.toTag && message.ruri?.user)
      this.#options.onOptions(
        new UserAgentServer(NonInviteServerTransaction, this.#core, message) as IncomingRequest,
      );
    else {
      // sip.js answers 404 unless the request is for its own user, but a server answers for every user.
      if (!message.toTag && message.ruri) this.#core.configuration.aor = message.ruri;
      this.#core.receiveIncomingRequestFromTransport(message);
    }
  }

  get #mostOpen(): number {
    return this.user === undefined ? MOST_OPEN_OF_STRANGER : MOST_OPEN;
  }

  /** Sends what its calls wait with, after the requests that may have been lost with the WebSocket. */
  #sendWaiting(): void {
    const lost = [...this.#core.userAgentClients.values()]
      .filter(({transaction}) => UNHEARD.includes(transaction.state))
      .map(({transaction}) => transaction.request.toString())
      .filter(isInDialog);
    const texts = new Set([...lost, ...this.#waiting]);
    this.#waiting.clear();
    for (const text of texts) void this.#send(text).catch(() => undefined);
  }

  #send(text: string): Promise<void> {
    const carrier = this.closed.aborted ? this.#carrier : this;
    if (!carrier) return this.#keep(text);
    return new Promise((resolve, reject) => {
      carrier.#socket.send(text, (error) => {
        if (!error) resolve();
        // The WebSocket is closing: it has yet to report that.
        else if (this.hasCalls) this.#keep(text).then(resolve, reject);
        else reject(error);
      });
    });
  }

  /** Keeps a message of its calls until somebody carries them. */
  async #keep(text: string): Promise<void> {
    if (isInDialog(text)) this.#waiting.add(text);
  }
}

/** Whether a message is a request within a dialog, or a response. */
function isInDialog(text: string): boolean {
  return /^To:[^\r\n]*;tag=/im.test(text.slice(0, text.indexOf('\r\n\r\n')));
}

/** Renames `Contact: *` (RFC 3261 §10.2.2), since sip.js's grammar would reject the message. */
function markWildcard(text: string): string {
  const end = text.indexOf('\r\n\r\n');
  const head = text
    .slice(0, end)
    .replace(/\r\n(?:contact|m)[ \t]*:[ \t]*\*[ \t]*(?=\r\n|$)/gi, `\r\n${WILDCARD_HEADER}: *`);
  return end < 0 ? text : head + text.slice(end);
}

/** Creates sip.js's loggers, which log only warnings and errors, and not to the console. */
function quietLoggers(log: Log): LoggerFactory {
  const factory = new LoggerFactory();
  factory.builtinEnabled = false;
  factory.connector = (level, category, _label, content) => {
    if (level === 'error' || level === 'warn') log(`${category}: ${String(content)}`);
  };
  return factory;
}

/** Whether a request begins something: it belongs to no dialog and no other request. */
function isNew({method, toTag}: IncomingRequestMessage): boolean {
  return !toTag && method !== 'ACK' && method !== 'CANCEL';
}
