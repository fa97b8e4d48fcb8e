import type {ApiRequestObject} from './api-request.js';
import type {SipCall} from './call.js';
import type {CallControl, CallInit} from './call-init.js';
import type {ResolvedOptions} from './options.js';
import type {
  ApiMessage,
  ApiState,
  Capabilities,
  CallMedia,
  ConnectionState,
  ReceivedMessage,
  RegistrationState,
} from './types.js';
import type {SipError} from '../errors.js';

/** A call that a page asks for. */
export interface CallRequest {
  readonly number: string;
  readonly media: CallMedia;
  /** Gives the call up before it has a name; a call that has one is hung up. */
  readonly signal?: AbortSignal | undefined;
}

/** What a server does for a client: one implementation a profile. Nothing above it knows which one is at work. */
export interface CallService {
  readonly capabilities: Capabilities;
  /** Opens the connection; resolves when it stands. Rejects with `server-unreachable`, `certificate-refused`, `aborted`. */
  connect(): Promise<void>;
  /** Ends the registration and the connection and drops everything; idempotent, never rejects. */
  disconnect(): Promise<void>;
  /** Registers; resolves when the server accepted. Rejects with `wrong-password`, `unknown-user`, `registration-refused`, `timeout`. */
  register(expires: number): Promise<void>;
  unregister(): Promise<void>;
  /**
   * Opens devices, places a call and hands it to the host; resolves once the server has named it (dispatch) or answered
   * with the first 1xx or 2xx (standard). A device that cannot be had is the call's warning. Where it rejects, nothing
   * stays open and nothing rings.
   */
  call(request: CallRequest): Promise<SipCall>;
  /** Sends a text; resolves when the server took it. */
  sendMessage(number: string, text: string): Promise<void>;
  /** Opens the API's WebSocket and logs in. */
  connectApi(): Promise<void>;
  disconnectApi(): Promise<void>;
  /** Sends an API message on the carrier at hand; resolves with the reply, whatever its code. */
  sendApi(message: ApiRequestObject, signal?: AbortSignal): Promise<ApiMessage>;
}

/** What a profile tells its client: the client's inner side. */
export interface CallServiceHost {
  readonly options: ResolvedOptions;
  readonly calls: readonly SipCall[];
  setConnection(state: ConnectionState, error?: SipError): void;
  setRegistration(state: RegistrationState, error?: SipError): void;
  setApi(state: ApiState): void;
  /** Adds a call, tells the page of it, and gives back the side by which it is driven. */
  addCall(init: CallInit): CallControl;
  messageReceived(message: ReceivedMessage): void;
  apiReceived(message: ApiMessage): void;
}

/** Makes the service of a profile. */
export type CallServiceFactory = (host: CallServiceHost) => Promise<CallService>;
