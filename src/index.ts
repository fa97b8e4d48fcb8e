/** Public classes and types; defines no element. */
export {SipClient} from './client.js';
export type {ApiRequest, ApiRequestObject} from './core/api-request.js';
export {SipCall} from './core/call.js';
export type {CallEventMap, CallState} from './core/call.js';
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
