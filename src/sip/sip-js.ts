/**
 * What is used of sip.js: parts of its core. The built package has their code in this file, without sip.js's grammar, so that
 * no page loads more of it.
 */
export {
  ByeUserAgentClient,
  getBody,
  Grammar,
  IncomingMessage,
  IncomingRequestMessage,
  IncomingResponseMessage,
  InfoUserAgentClient,
  LoggerFactory,
  NameAddrHeader,
  Parser,
  SessionDialog,
  SessionState,
  TransactionState,
  TransportError,
  URI,
  UserAgentCore,
} from 'sip.js/lib/core/index.js';
export type {
  AckableIncomingResponseWithSession,
  Body,
  Contact,
  DigestAuthentication,
  IncomingInviteRequest,
  IncomingNotifyRequest,
  IncomingReferRequest,
  IncomingRequest,
  IncomingResponse,
  InviteServerTransaction,
  OutgoingInviteRequest,
  OutgoingRequest,
  OutgoingRequestMessage,
  OutgoingSubscribeRequest,
  Parameters,
  PrackableIncomingResponseWithSession,
  Session,
  SubscribeUserAgentClient,
  Subscription,
  UserAgentCoreDelegate,
} from 'sip.js/lib/core/index.js';
