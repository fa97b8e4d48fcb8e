import {SessionState, UserAgent, type Invitation, type Message, type Session} from 'sip.js';
import type {ResolvedOptions} from '../core/client/options.js';
import type {Authentication} from './auth/authentication.js';
import {Challenges} from './auth/challenges.js';
import type {Connection} from './transport/connection.js';
import {replaceGrammar} from './headers/grammar.js';
import type {Log} from './log.js';
import type {NegotiatingHandler} from './dialog/session-description-handler.js';
import {sipJsTransport} from './transport/sip-js-transport.js';
import type {IncomingMessage} from './delegate.js';
import {uriOf} from './headers/uri.js';

/** Options to set up sip.js. */
export interface SipJsOptions {
  readonly options: ResolvedOptions;
  readonly instance: string;
  readonly connection: Connection;
  readonly authentication: Authentication;
  readonly handlers: WeakMap<Session, NegotiatingHandler>;
  readonly log: Log;
  /** Receives the function that handles arriving messages. */
  reveal(receive: (message: string) => void): void;
  onInvite(invitation: Invitation): void;
  onMessage(message: IncomingMessage): void;
  onMailbox(contentType: string, body: string): void;
}

/** The server should end an unanswered INVITE; this limit is for servers that never do, in seconds. */
const NO_ANSWER = 180;

const LEVELS = {error: 'warning', warn: 'warning', log: 'debug', debug: 'debug'} as const;

/** Characters that would end the quoted name in a header, or the header. */
const UNQUOTABLE = /[\u0000-\u001f\u007f"\\]+/g;

/**
 * Sets up sip.js: turns off its own logging, reconnecting and media, and answers challenges with the page's
 * credentials.
 */
export function createSipJs(options: SipJsOptions): UserAgent {
  replaceGrammar();
  const {options: account, connection, authentication, handlers, log} = options;
  const challenges = new Challenges(log);
  const userAgent: UserAgent = new UserAgent({
    uri: uriOf(account.user, account.domain),
    // sip.js quotes the name without escaping; users choose it freely.
    displayName: account.displayName.replace(UNQUOTABLE, ' ').trim(),
    instanceId: options.instance,
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
        options.reveal((message) => {
          try {
            receive(challenges.received(message));
          } catch (error) {
            // One message that makes sip.js throw must not stop the others.
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
        options.onInvite(invitation);
        // The INVITE was not refused at once, so it rings. An INVITE that requires reliable responses gets no 180.
        const rings = invitation.state === SessionState.Initial && !/\b100rel\b/i.test(requires(invitation));
        if (rings) void invitation.progress().catch(() => {});
      },
      onNotify: (notification) => {
        const {request} = notification;
        // Servers send message-summary to any registered client; other events need a subscription (RFC 6665 §3.2).
        if (!/^\s*message-summary\s*(?:;|$)/i.test(request.getHeader('event') ?? ''))
          return void notification.reject({statusCode: 481});
        void notification.accept();
        if (request.body) options.onMailbox(request.getHeader('content-type') ?? '', request.body);
      },
      onMessage: (message) => {
        void message.accept();
        options.onMessage(read(message));
      },
    },
  });
  const {configuration} = userAgent.userAgentCore;
  // With its own options, sip.js would compute digests with its own password, and end replaced dialogs silently.
  Object.assign(configuration, {
    supportedOptionTags: [...configuration.supportedOptionTags, ...OPTIONS],
    supportedOptionTagsResponse: [...configuration.supportedOptionTagsResponse, ...OPTIONS],
    authenticationFactory: () => authentication.answerer(userAgent.getLoggerFactory()),
  });
  void userAgent.start();
  return userAgent;
}

/** The options that the client supports, in addition to those of sip.js (RFC 3891, RFC 4028, RFC 7866). */
const OPTIONS = ['replaces', 'timer', 'record-aware'];

function requires({request}: Invitation): string {
  return request.getHeaders('require').join();
}

function read({request}: Message): IncomingMessage {
  const from = request.from.uri.user ?? '';
  // sip.js gives no display name if the header has none.
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
