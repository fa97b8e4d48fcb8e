import type {SipError} from '../errors.js';
import type {SipCall} from './call.js';
import type {
  ApiMessage,
  ApiState,
  CallCause,
  CallHealth,
  CallPhase,
  ConnectionState,
  ReceivedMessage,
  RegistrationState,
} from './types.js';

/** The details of the events that a `SipClient` dispatches and a `<sip-client>` repeats. */
export interface SipEventDetails {
  'sip-call-created': {readonly call: SipCall};
  /** Cancelable: then nothing rings. */
  'sip-call-received': {readonly call: SipCall};
  'sip-call-answered': {readonly call: SipCall};
  'sip-call-hangup': {readonly call: SipCall; readonly cause: CallCause};
  'sip-call-state': {readonly call: SipCall; readonly phase: CallPhase};
  'sip-call-hold': {readonly call: SipCall; readonly held: boolean};
  'sip-call-health': {readonly call: SipCall; readonly health: CallHealth};
  'sip-server-connect': null;
  'sip-server-disconnect': {readonly error?: SipError};
  'sip-connection': {readonly state: ConnectionState};
  'sip-registration': {readonly state: RegistrationState; readonly error?: SipError};
  'sip-api-connection': {readonly state: ApiState};
  'sip-api-received': {readonly message: ApiMessage};
  'sip-message-received': {readonly message: ReceivedMessage};
}

/** The events of a `SipClient`, by name. */
export type SipEventMap = {[K in keyof SipEventDetails]: CustomEvent<SipEventDetails[K]>};

/** Every event of a client, for those that repeat them. */
export const SIP_EVENTS = [
  'sip-call-created',
  'sip-call-received',
  'sip-call-answered',
  'sip-call-hangup',
  'sip-call-state',
  'sip-call-hold',
  'sip-call-health',
  'sip-server-connect',
  'sip-server-disconnect',
  'sip-connection',
  'sip-registration',
  'sip-api-connection',
  'sip-api-received',
  'sip-message-received',
] as const satisfies readonly (keyof SipEventDetails)[];

/** Events whose default a page can prevent. */
const CANCELABLE: ReadonlySet<keyof SipEventDetails> = new Set(['sip-call-received']);

/** Makes the event of the name, cancelable where it may be. */
export function sipEvent<K extends keyof SipEventDetails>(
  type: K,
  detail: SipEventDetails[K],
): SipEventMap[K] {
  return new CustomEvent(type, {detail, cancelable: CANCELABLE.has(type)}) as SipEventMap[K];
}
