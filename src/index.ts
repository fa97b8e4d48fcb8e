/** Public classes and types; defines no element. */
export {SipClient} from './client.js';
export {callContext} from './context/call-context.js';
export {clientContext} from './context/client-context.js';
export {ClientController} from './controllers/client-controller.js';
export {LocalizeController} from './controllers/localize-controller.js';
export {StateController} from './controllers/state-controller.js';
export {SipCallElement} from './elements/sip-call.js';
export {SipClientElement} from './elements/sip-client.js';
export {SipDialerElement} from './elements/sip-dialer.js';
export {SipIncomingElement} from './elements/sip-incoming.js';
export type {ApiRequest, ApiRequestObject} from './core/api-request.js';
export {SipCall} from './core/call.js';
export type {CallEventMap, CallState} from './core/call.js';
export {BaseClient} from './core/client.js';
export type {CallOptions, ClientState} from './core/client.js';
export {SIP_EVENTS} from './core/events.js';
export type {SipEventDetails, SipEventMap} from './core/events.js';
export {cleanNumber} from './core/number.js';
export {DEFAULT_TIMEOUTS} from './core/options.js';
export type {Credentials, LogEntry, ResolvedOptions, SipClientOptions, Timeouts} from './core/options.js';
export type {StateEventMap, StateSource} from './core/state-target.js';
export type {
  ApiMessage,
  ApiState,
  CallCause,
  CallHealth,
  CallMedia,
  CallPhase,
  CallType,
  Capabilities,
  ConnectionState,
  MediaDirection,
  MediaState,
  Party,
  ReceivedMessage,
  RegistrationState,
} from './core/types.js';
export {describeError, SipError, toSipError} from './errors.js';
export type {SipErrorCode, SipErrorOptions} from './errors.js';
