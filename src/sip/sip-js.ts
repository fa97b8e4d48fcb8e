import {SessionState, UserAgent, type Invitation, type Message, type Session} from 'sip.js';
import type {ResolvedOptions} from '../core/client/options.js';
import type {Authentication} from './auth/authentication.js';
import {Challenges} from './auth/challenges.js';
import type {Connection} from './transport/connection.js';
import {isOverlong} from './headers/header-values.js';
import type {Log} from './log.js';
import type {NegotiatingHandler} from './dialog/session-description-handler.js';
import {sipJsTransport} from './transport/sip-js-transport.js';
import type {IncomingMessage} from './delegate.js';
import {uriOf} from './headers/uri.js';

/** What sip.js is set up with. */
export interface SipJsOptions {
  readonly options: ResolvedOptions;
  readonly instance: string;
  readonly connection: Connection;
  readonly authentication: Authentication;
  readonly handlers: WeakMap<Session, NegotiatingHandler>;
  readonly log: Log;
  /** Gets the function that takes what arrives. */
  reveal(receive: (message: string) => void): void;
  onInvite(invitation: Invitation): void;
  onMessage(message: IncomingMessage): void;
  onMailbox(contentType: string, body: string): void;
}

/** An INVITE that nobody answers is the server's to end; this is for servers that never do, in seconds. */
const NO_ANSWER = 180;

const LEVELS = {error: 'warning', warn: 'warning', log: 'debug', debug: 'debug'} as const;

/** What would end the quoted name in a header, or the header. */
const UNQUOTABLE = /[\u0000-\u001f\u007f"\\]+/g;

/** Sets up sip.js: its own logging, reconnecting and media are off, challenges are answered with the page's credentials. */
export function createSipJs(using: SipJsOptions): UserAgent {
  const {options, connection, authentication, handlers, log} = using;
  const challenges = new Challenges(log);
  const userAgent: UserAgent = new UserAgent({
    uri: uriOf(options.user, options.domain),
    // sip.js writes it between quotation marks as it is; people choose it themselves.
    displayName: options.displayName.replace(UNQUOTABLE, ' ').trim(),
    instanceId: using.instance,
    userAgentString: 'SIP Elements',
    logBuiltinEnabled: false,
    logConfiguration: false,
    logConnector: (level, category, _label, content) => log(LEVELS[level], `${category}: ${content}`),
    noAnswerTimeout: NO_ANSWER,
    sendInitialProvisionalResponse: false,
    gracefulShutdown: false,
    transportConstructor: sipJsTransport(
      connection,
      (receive) =>
        using.reveal((message) => {
          if (isOverlong(message))
            return log('warning', 'a message is dropped: one of its headers is too long');
          try {
            receive(challenges.received(message));
          } catch (error) {
            // One message that sip.js stumbles over must not stop the others.
            log('error', `a message could not be handled: ${String(error)}`);
          }
        }),
      (message) => challenges.sent(message),
    ),
    sessionDescriptionHandlerFactory: (session) => {
      const handler = handlers.get(session);
      if (!handler) throw new Error('A session without a dialog.');
      return handler;
    },
    delegate: {
      onInvite: (invitation) => {
        using.onInvite(invitation);
        // Now that it is not refused at once, it rings. What needs a reliable answer is rung by none.
        const rings = invitation.state === SessionState.Initial && !/\b100rel\b/i.test(requires(invitation));
        if (rings) void invitation.progress().catch(() => {});
      },
      onNotify: (notification) => {
        const {request} = notification;
        // Servers send it to whoever is registered; any other one needs a subscription (RFC 6665 §3.2).
        if (!/^\s*message-summary\s*(?:;|$)/i.test(request.getHeader('event') ?? ''))
          return void notification.reject({statusCode: 481});
        void notification.accept();
        if (request.body) using.onMailbox(request.getHeader('content-type') ?? '', request.body);
      },
      onMessage: (message) => {
        void message.accept();
        using.onMessage(read(message));
      },
    },
  });
  const {configuration} = userAgent.userAgentCore;
  // sip.js itself would compute with a password of its own, and end what is replaced without a word.
  Object.assign(configuration, {
    supportedOptionTags: [...configuration.supportedOptionTags, 'replaces', 'timer'],
    supportedOptionTagsResponse: [...configuration.supportedOptionTagsResponse, 'replaces', 'timer'],
    authenticationFactory: () => authentication.answerer(userAgent.getLoggerFactory()),
  });
  void userAgent.start();
  return userAgent;
}

function requires({request}: Invitation): string {
  return request.getHeaders('require').join();
}

function read({request}: Message): IncomingMessage {
  const from = request.from.uri.user ?? '';
  // sip.js has none where the header has none.
  const name = (request.from.displayName ?? '').trim();
  const date = request.getHeader('date');
  return {
    from,
    ...(name && name !== from && {name}),
    ...(date !== undefined && {date}),
    contentType: request.getHeader('content-type') ?? 'text/plain',
    body: request.body,
  };
}
