import type {ApiRequestObject} from './api-request.js';
import type {CallContext, SipCall} from '../call/call.js';
import type {CallControl} from '../call/call-control.js';
import type {CallInit} from '../call/call-init.js';
import type {DirectoryService} from '../directory/directory.js';
import type {ResolvedOptions} from '../client/options.js';
import type {LoginInfo, PersonState, Position, PresenceService} from '../directory/people.js';
import type {SessionRequest} from './session-request.js';
import type {
  ApiMessage,
  ApiState,
  CallCause,
  CallMedia,
  CallType,
  Capabilities,
  ConnectionState,
  Party,
  ReceivedMessage,
  RegistrationState,
  WaitingMessages,
} from '../types.js';
import type {SipError} from '../../errors.js';

/** A call that a page asks for. */
export interface CallRequest {
  readonly number: string;
  readonly media: CallMedia;
  /** Sends the screen as the picture; it is asked for before anything else, within the gesture. */
  readonly screen?: boolean | undefined;
  /** A call that rings through, where the server has those. */
  readonly type?: 'urgent' | 'sos' | undefined;
  /** Further headers of the INVITE, whole lines. */
  readonly headers?: readonly string[] | undefined;
  /** Gives the call up before it has a name; a call that has one is hung up. */
  readonly signal?: AbortSignal | undefined;
}

/** A call that comes in, before anybody is told of it. */
export interface Arrival {
  readonly id: string;
  readonly type: CallType;
  /** The server's number of the type (protocol page §6). */
  readonly typeNumber: number;
  readonly remote: Party;
  readonly media: CallMedia;
}

/** What a server does for a client: one implementation a profile. Nothing above it knows which one is at work. */
export interface CallService {
  readonly capabilities: Capabilities;
  /** Opens the connection; resolves when it stands. Rejects with `server-unreachable`, `certificate-refused`, `insecure-server`, `aborted`. */
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
  /**
   * As `call`, for any other session; undefined where the server invites others alone.
   *
   * Rejects with `unsupported` where the server has none.
   */
  createSession(request: SessionRequest): Promise<SipCall | undefined>;
  /** Sends a text; resolves when the server took it. */
  sendMessage(number: string, text: string): Promise<void>;
  /** Finds out where files are sent to; undefined where the server takes none that the client knows of. */
  uploadUrl?(): Promise<string>;
  /** Opens the API's WebSocket and logs in. */
  connectApi(): Promise<void>;
  disconnectApi(): Promise<void>;
  /** Sends an API message on the carrier at hand; resolves with the reply, whatever its code. */
  sendApi(message: ApiRequestObject, signal?: AbortSignal): Promise<ApiMessage>;
  /** The server's people, where it has a directory. */
  readonly directory?: DirectoryService;
  /** The states of numbers that the page names, where the server tells of them. */
  readonly presence?: PresenceService;
  /** Asks where the server's other services are, where it has any. */
  loginInfo?(): Promise<LoginInfo>;
}

/** Makes a call from its inner side. */
export type CreateCall = (control: CallControl, context: CallContext) => SipCall;

/** A call that a client has, and its inner side, by which its profile drives it. */
export interface AddedCall {
  readonly call: SipCall;
  readonly control: CallControl;
}

/** What a profile tells its client: the client's inner side. */
export interface CallServiceHost {
  readonly options: ResolvedOptions;
  readonly calls: readonly SipCall[];
  setConnection(state: ConnectionState, error?: SipError): void;
  setRegistration(state: RegistrationState, error?: SipError): void;
  setApi(state: ApiState): void;
  /** The server can do more, or less, than it seemed. */
  setCapabilities(capabilities: Capabilities): void;
  /**
   * With what status a call that comes in is to be refused before it rings: 486 where there are as many calls as there
   * may be, 480 where nobody wants to be disturbed (RFC 3261 §21.4.18, §21.4.19); undefined where it may ring.
   */
  refusalOf(arrival: Arrival): 480 | 486 | undefined;
  /** Notes a call that came in and never rang: refused by `refusalOf`, or given up before (its cause). */
  missed(arrival: Arrival, cause?: CallCause): void;
  /**
   * Adds a call, and tells the page of it.
   *
   * @param create - Makes the call if it is more than a `SipCall`.
   */
  addCall(init: CallInit, create?: CreateCall): AddedCall;
  messageReceived(message: ReceivedMessage): void;
  /** What waits in the mailbox; undefined where it is not known any more. */
  setWaitingMessages(messages: WaitingMessages | undefined): void;
  apiReceived(message: ApiMessage): void;
  /** Somebody can be reached, or not any more; undefined where it is not known any more. */
  personChanged(number: string, state: PersonState | undefined): void;
  /** Somebody who is followed is elsewhere. */
  positionChanged(position: Position): void;
  /** Told of every message of the API, asked for or not, once it was dealt with. */
  apiHeard(message: ApiMessage): void;
}

/** Makes the service of a profile. */
export type CallServiceFactory = (host: CallServiceHost) => Promise<CallService>;
