import {
  IncomingRequestMessage,
  IncomingResponseMessage,
  LoggerFactory,
  Parser,
  URI,
  UserAgentCore,
  type Contact,
  type UserAgentCoreDelegate,
} from './sip-js.js';
import type {ResolvedOptions} from '../core/client/options.js';
import {randomUuid} from '../core/util/uuid.js';
import {sipDurations} from '../durations/sip.js';
import {toSipError} from '../errors.js';
import type {Authentication} from './auth/authentication.js';
import {Challenges} from './auth/challenges.js';
import type {Connection} from './transport/connection.js';
import {acceptHeader} from './headers/accept.js';
import {ALLOW} from './headers/allow.js';
import {replaceGrammar} from './headers/grammar.js';
import {isCrowded, responseTo} from './headers/header-values.js';
import {headOf} from './headers/sip-reader.js';
import type {Log} from './log.js';
import {IncomingInvite} from './dialog/incoming-invite.js';
import type {IncomingMessage} from './delegate.js';
import type {Addresses} from './headers/addresses.js';
import {cleanResponse, isHeader, readableResponse, thinnedResponse} from './readable-response.js';
import {isCut, refusalOf, SUPPORTED} from './request-check.js';
import {within} from '../within.js';
import {isNobody} from '../core/util/number.js';
import {plainName} from '../core/util/plain-name.js';

/** Options of a SIP core. */
export interface SipCoreOptions {
  readonly options: ResolvedOptions;
  readonly addresses: Addresses;
  /** The instance id, a UUID. */
  readonly instance: string;
  readonly connection: Pick<Connection, 'url' | 'send'>;
  readonly authentication: Authentication;
  readonly log: Log;
  /** An INVITE arrived; a 180 follows unless it is refused at once. */
  onInvite(invite: IncomingInvite): void;
  /** Resolves when the message is stored. */
  onMessage(message: IncomingMessage): Promise<void>;
  onMailbox(contentType: string, body: string): void;
}

const LEVELS = {error: 'warning', warn: 'warning', log: 'debug', debug: 'debug'} as const;

/** Characters that would end the quoted name in a header, or the header. */
const UNQUOTABLE = /[\u0000-\u001f\u007f"\\]+/g;

/** Headers of every message (RFC 3261 §8.1.1). */
const MANDATORY = ['from', 'to', 'call-id', 'cseq', 'via'];

/** The core of sip.js, its transactions and dialogs, with the page's credentials on our connection. */
export class SipCore {
  readonly core: UserAgentCore;
  readonly #challenges: Challenges;
  readonly #loggers = new LoggerFactory();
  readonly #log: Log;
  readonly #accept: string;
  readonly #addresses: Addresses;
  readonly #connection: SipCoreOptions['connection'];

  constructor(options: SipCoreOptions) {
    replaceGrammar();
    const {options: account, connection, authentication, log} = options;
    const challenges = (this.#challenges = new Challenges(
      log,
      (uri) => options.addresses.isOwn(uri),
      () => authentication.hasToken,
    ));
    this.#log = log;
    this.#addresses = options.addresses;
    this.#connection = connection;
    this.#accept = acceptHeader(account);
    const loggers = this.#loggers;
    loggers.builtinEnabled = false;
    loggers.connector = (level, category, _label, content) =>
      log(LEVELS[level as keyof typeof LEVELS], `${category}: ${content}`);
    const transport = {
      /** The Via header's sent-protocol (RFC 7118 §5.2). */
      get protocol(): 'WS' | 'WSS' {
        return connection.url.startsWith('wss:') ? 'WSS' : 'WS';
      },
      send(message: string): Promise<void> {
        challenges.sent(message, connection.url);
        return connection.send(message);
      },
    };
    // A browser has no address: a server answers on the connection (RFC 7118 §5). The next page has the same host, because
    // a CANCEL needs the Via of its INVITE.
    const host = `${options.instance.slice(-12)}.invalid`;
    this.core = new UserAgentCore(
      {
        aor: options.addresses.uriOf(account.user),
        contact: contactOf(new URI('sip', token(8), host, undefined, {transport: 'ws'}), transport),
        // sip.js quotes the name without escaping; users choose it freely.
        displayName: account.displayName.replace(UNQUOTABLE, ' ').trim(),
        loggerFactory: loggers,
        hackViaTcp: false,
        routeSet: [],
        sipjsId: token(12),
        supportedOptionTags: SUPPORTED,
        supportedOptionTagsResponse: SUPPORTED,
        userAgentHeaderFieldValue: 'SIP Elements',
        viaForceRport: false,
        viaHost: host,
        authenticationFactory: () => authentication.answerer(),
        transportAccessor: () => transport,
      },
      delegateOf(options),
    );
  }

  /** Handles an arriving message. One that makes sip.js throw must not stop the others. */
  receive(text: string): void {
    try {
      this.#read(this.#challenges.received(text));
    } catch (error) {
      this.#log('error', `a message could not be handled: ${String(error)}`);
    }
  }

  #read(text: string): void {
    const {core} = this;
    const {headers} = headOf(text);
    const isThinned = isCrowded(headers);
    const isClean = headers.every(isHeader);
    if ((isThinned || !isClean) && !/^SIP\//i.test(text)) return this.#refuse(text);
    const clean = isClean ? text : cleanResponse(text);
    const message = this.#parse(
      isThinned ? thinnedResponse(clean, core.configuration.contact.uri.user!) : clean,
    );
    if (!message || MANDATORY.some((name) => !message.hasHeader(name))) return this.#refuse(text);
    const {sipjsId, viaHost} = core.configuration;
    if (!(message instanceof IncomingRequestMessage)) {
      const {host, port} = message.via;
      const client = core.userAgentClients.get(message.viaBranch + message.method);
      if (isCut(message) || host !== viaHost || port !== undefined)
        this.#drop('it is cut off, or for another');
      // After a challenge, sip.js would take it for the answer to the request with credentials.
      else if (client && client.transaction.id !== message.viaBranch) this.#drop('its request has an answer');
      else core.receiveIncomingResponseFromTransport(message);
      return;
    }
    // Its Request-URI cannot be read.
    if (!message.ruri) return this.#refuse(text);
    this.#addresses.heard(message);
    // A loop: this side sent it.
    const isLoop = !message.toTag && message.callId.startsWith(sipjsId);
    const refusal = isLoop ? {statusCode: 482} : refusalOf(message, headers);
    // No response may be sent to an ACK (RFC 3261 §17).
    if (refusal && message.method === 'ACK') this.#drop('it cannot be understood');
    else if (refusal) core.replyStateless(message, refusal);
    else if (message.method === 'OPTIONS' && !message.toTag && this.#isOwn(message.ruri))
      // sip.js would answer with its own capabilities.
      core.replyStateless(message, {statusCode: 200, extraHeaders: [ALLOW, this.#accept]});
    else core.receiveIncomingRequestFromTransport(message);
  }

  #parse(text: string): IncomingRequestMessage | IncomingResponseMessage | undefined {
    const logger = this.#loggers.getLogger('sip.parser');
    const message = Parser.parseMessage(text, logger);
    const isAnswer = message instanceof IncomingResponseMessage && isSuccess(message);
    if (message && !(isAnswer && message.method === 'INVITE' && !message.hasHeader('contact')))
      return message;
    const readable = readableResponse(text);
    return readable === undefined ? message : Parser.parseMessage(readable, logger);
  }

  /** Answers a request that cannot be read, so that its sender need not repeat it (RFC 3261 §21.4.1). */
  #refuse(text: string): void {
    this.#drop('it cannot be read, or lacks a header');
    const response = responseTo(text, '400 Bad Request');
    if (response) this.#connection.send(response).catch(() => {});
  }

  #isOwn(uri: URI | undefined): boolean {
    const {aor, contact} = this.core.configuration;
    return uri !== undefined && (uri.user === aor.user || uri.user === contact.uri.user);
  }

  #drop(reason: string): void {
    this.#log('warning', `a message is dropped: ${reason}`);
  }
}

function isSuccess({statusCode = 0}: IncomingResponseMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/** The answers to requests outside a dialog. */
function delegateOf(options: SipCoreOptions): UserAgentCoreDelegate {
  return {
    onInvite: (request) => {
      const invite = new IncomingInvite(request);
      options.onInvite(invite);
      invite.ring();
    },
    onNotify: (request) => {
      const {message} = request;
      // Servers send message-summary to any registered client; other events need a subscription (RFC 6665 §3.2).
      if (!/^\s*message-summary\s*(?:;|$)/i.test(message.getHeader('event') ?? ''))
        return void request.reject({statusCode: 481});
      request.accept();
      if (message.body) options.onMailbox(message.getHeader('content-type') ?? '', message.body);
    },
    // The sender keeps it until it is accepted.
    onMessage: (request) =>
      void within(
        options.onMessage(read(request.message, options.addresses)).then(() => undefined, toSipError),
        sipDurations.messageStored,
      )
        // One that could not be stored is shown all the same.
        .then((error) => (error?.status === 480 ? request.reject({statusCode: 480}) : request.accept()))
        .catch((error: unknown) => options.log('warning', `a message was not answered: ${String(error)}`)),
    onSubscribe: (request) => void request.reject({statusCode: 405}),
  };
}

function read(message: IncomingRequestMessage, addresses: Addresses): IncomingMessage {
  const {uri} = message.from;
  const from = addresses.numberOf(uri);
  const privacy = (message.getHeader('privacy') ?? 'none').trim().toLowerCase();
  const name = plainName(message.from.displayName);
  const date = message.getHeader('date');
  return {
    from,
    ...(name && name !== from && {name}),
    ...(date !== undefined && {date}),
    known: !isNobody(from) && privacy === 'none' && addresses.owns(uri.host),
    contentType: message.getHeader('content-type') ?? 'text/plain',
    body: message.body,
  };
}

/**
 * This side's address; `ob` asks for requests within the dialog on the same connection (RFC 5626 §5.4). Where NOTIFYs follow,
 * it has the transport that is used, by which FreeSWITCH finds the connection; RFC 7118 knows `ws` alone.
 */
function contactOf(uri: URI, transport: {readonly protocol: string}): Contact {
  return {
    uri,
    pubGruu: undefined,
    tempGruu: undefined,
    toString: ({outbound = false} = {}) =>
      `<${outbound ? `${uri};ob` : String(uri).replace(/ws$/, transport.protocol.toLowerCase())}>`,
  };
}

function token(length: number): string {
  return randomUuid().replaceAll('-', '').slice(0, length);
}
