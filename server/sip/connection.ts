import {randomUUID} from 'node:crypto';
import {setMaxListeners} from 'node:events';
import {
  IncomingRequestMessage,
  LoggerFactory,
  Parser,
  UserAgentCore,
  type UserAgentCoreDelegate,
} from 'sip.js/lib/core/index.js';
import type {WebSocket} from 'ws';
import {replaceGrammar} from '../../src/sip/headers/grammar.js';
import {reasonOf, type Log} from '../log.js';
import type {Origin} from '../origin.js';
import type {Binding, Recipient} from './binding.js';
import {stopRepeating, type DialogSurroundings} from './dialog.js';
import {firstLook} from './first-look.js';
import {OutgoingInvite, type OutgoingInviteHandlers, type OutgoingInviteOptions} from './outgoing-invite.js';
import {displayName, sipUri} from './uri.js';

replaceGrammar();

/** The user part of this server's own Contact. */
const SERVER_USER = 'dispatch';

/** The name under which a received `Contact: *` is parsed. */
export const WILDCARD_HEADER = 'x-every-contact';

/** Headers without which a message cannot be answered (RFC 3261 §8.1.1). */
const MANDATORY = ['via', 'from', 'to', 'call-id', 'cseq'] as const;

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
  newest(connection: SipConnection, user: string): Binding | undefined;
  /** Creates the handler of its requests outside dialogs. */
  delegate(connection: SipConnection): UserAgentCoreDelegate;
}

/** A WebSocket that carries SIP (RFC 7118): sip.js's transactions and dialogs on the server's side. */
export class SipConnection {
  readonly id = randomUUID();
  /** Aborted when the WebSocket has closed; everything pending on it settles then. */
  readonly closed: AbortSignal;
  /** The address that the client used for this server. */
  readonly origin: Origin;
  /** The client's address. */
  readonly remote: string;
  /** @internal What dialogs on this connection need. */
  readonly surroundings: DialogSurroundings;
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;
  readonly #core: UserAgentCore;

  /** @internal Made by `SipHub.accept`. */
  constructor(socket: WebSocket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    const closing = new AbortController();
    this.closed = closing.signal;
    // Each open request and dialog listens, so no number of listeners indicates a leak.
    setMaxListeners(0, this.closed);
    this.origin = options.origin;
    this.remote = options.remote;
    const {log} = options;
    const host = options.origin.hostname;
    const uri = sipUri(SERVER_USER, host, {transport: 'ws'});
    const contact = `<${uri.toString()}>`;
    this.surroundings = {contact, closed: this.closed, log};
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
        supportedOptionTags: ['outbound', 'record-aware'],
        supportedOptionTagsResponse: ['outbound', 'record-aware'],
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
    socket.once('close', () => {
      closing.abort();
      this.#core.dialogs.forEach(stopRepeating);
      this.#core.dispose();
    });
  }

  /** The user who is registered over this connection, authenticated by digest. */
  get user(): string | undefined {
    return this.#options.user(this);
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
    const binding = to.contact ?? this.#options.newest(this, to.user);
    if (!binding) throw new TypeError(`${to.user} is not registered over this connection`);
    return new OutgoingInvite(this.#core, binding, options, handlers, this.surroundings);
  }

  /**
   * Sends MESSAGE to a binding of this connection, or to a result of {@link recipient}.
   *
   * @param from - The sender's number, or its number and name.
   * @param extraHeaders - Whole lines, without their ends.
   * @returns The status of the answer; 408 if there was none, or the socket closed.
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
      if (this.closed.aborted) return gone();
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
        this.closed.removeEventListener('abort', gone);
        resolve(response.message.statusCode ?? 408);
      };
      this.#core.message(message, {onAccept: done, onReject: done, onRedirect: done});
    });
  }

  /** Returns where a user gets replies over this connection, registered or not: their address of record (§8.15). */
  recipient(user: string): Recipient {
    const host = this.origin.hostname;
    return this.#options.newest(this, user) ?? {user, uri: sipUri(user, host), domain: host};
  }

  /** Closes the WebSocket. */
  close(code = 1001, reason = 'The server ends'): void {
    this.#socket.close(code, reason);
  }

  /** Ends the WebSocket without a closing handshake. */
  terminate(): void {
    this.#socket.terminate();
  }

  #receive(text: string): void {
    // RFC 5626 §3.5.1: a ping is answered with a pong; other keep-alives are ignored.
    if (/^[\r\n]*$/.test(text)) return text === '\r\n\r\n' ? this.#socket.send('\r\n') : undefined;
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
      return this.#options.log('sip message dropped: it does not parse');
    }
    if (!(message instanceof IncomingRequestMessage)) {
      return this.#core.receiveIncomingResponseFromTransport(message);
    }
    // sip.js answers 404 unless the request is for its own user, but a server answers for every user.
    if (!message.toTag && message.ruri) this.#core.configuration.aor = message.ruri;
    this.#core.receiveIncomingRequestFromTransport(message);
  }

  #send(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(text, (error) => (error ? reject(error) : resolve()));
    });
  }
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
