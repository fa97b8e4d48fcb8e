import type {ApiRequestObject} from '../server/api-request.js';
import type {SipCall} from '../call/call.js';
import type {CallInit, KeptCall} from '../call/call-init.js';
import type {AddedCall, CreateCall} from '../call/create-call.js';
import type {DirectoryService} from '../directory/directory.js';
import type {ResolvedOptions} from './options.js';
import type {MessageRequest, ReceiptRequest} from '../messages/messages-state.js';
import type {LoginInfo, PersonState, Position, PresenceService} from '../directory/people.js';
import type {ServerFile} from '../uploads/server-file.js';
import type {SessionRequest} from '../server/session-request.js';
import type {
  ApiMessage,
  ApiState,
  CallCause,
  CallMedia,
  CallType,
  Capabilities,
  ConnectionState,
  EncryptionOptions,
  MessageEnvelope,
  Party,
  ReceivedComposing,
  ReceivedMessage,
  ReceivedReceipt,
  RegistrationState,
  WaitingMessages,
} from '../types.js';
import type {SipError} from '../../errors.js';

/** A call that a page requests. */
export interface CallRequest {
  readonly number: string;
  readonly media: CallMedia;
  /** Sends the screen as the video; it is requested first, within the user gesture. */
  readonly screen?: boolean | undefined;
  /** An urgent call, if the server supports it. */
  readonly type?: 'urgent' | 'sos' | undefined;
  /** How this call is encrypted, instead of what the client's options say. */
  readonly encrypted?: {readonly with: EncryptionOptions | undefined} | undefined;
  /** Additional headers of the INVITE, whole lines. */
  readonly headers?: readonly string[] | undefined;
  /** Aborts the call before it has a name; a call that has one is hung up. */
  readonly signal?: AbortSignal | undefined;
}

/** An incoming call, before it is reported. */
export interface Arrival {
  readonly id: string;
  readonly type: CallType;
  /** The server's number of the type (docs/protocol/numbers.md#call-types). */
  readonly typeNumber: number;
  readonly remote: Party;
  readonly media: CallMedia;
}

/** The services of a server for a client. Each profile has one implementation, and no layer above depends on which. */
export interface CallService {
  readonly capabilities: Capabilities;
  /**
   * Opens the connection; resolves when connected. Rejects with `server-unreachable`, `certificate-refused`,
   * `insecure-server`, `aborted`.
   */
  connect(): Promise<void>;
  /** Ends the registration and the connection and drops all state; idempotent, never rejects. */
  disconnect(): Promise<void>;
  /**
   * Registers; resolves when the server has accepted. Rejects with `wrong-password`, `unknown-user`,
   * `registration-refused`, `timeout`.
   */
  register(expires: number): Promise<void>;
  unregister(): Promise<void>;
  /**
   * Opens devices, places a call and hands it to the host; resolves once the server has named it (dispatch) or answered
   * with the first 1xx or 2xx (standard). An unavailable device becomes the call's warning. If it rejects, no device
   * stays open and no phone rings.
   */
  call(request: CallRequest): Promise<SipCall>;
  /**
   * Like `call`, for any other session; undefined if the server invites only others.
   *
   * Rejects with `unsupported` if the server does not support it.
   */
  createSession(request: SessionRequest): Promise<SipCall | undefined>;
  /** What identifies this client at its server, over a reload too; known once connected. */
  readonly instance?: string;
  /** Whether the next page can continue such a call. */
  resumes?(call: Pick<CallInit, 'type' | 'direction'>): boolean;
  /** Continues a call of an earlier page; returns false if it cannot. */
  resume?(kept: KeptCall): boolean;
  /** Ends a call of an earlier page. */
  end?(kept: KeptCall): void;
  /** Sends a text; resolves when the server has accepted it, with whether the other side has received it. */
  sendMessage(request: MessageRequest): Promise<boolean>;
  /** Sends a receipt for a message whose sender asked for it; resolves when the server has accepted it. */
  sendReceipt(request: ReceiptRequest): Promise<void>;
  /** Tells a number, if it accepts that, whether the user is writing to it. */
  sendComposing(number: string, active: boolean): Promise<void>;
  /** Resolves with the URL that files are uploaded to; undefined if the server has none that the client knows. */
  uploadUrl?(): Promise<string>;
  /** Resolves with the files that the server can play, if it lists them. */
  listFiles?(): Promise<readonly ServerFile[]>;
  /** Opens the API's WebSocket and logs in. */
  connectApi(): Promise<void>;
  disconnectApi(): Promise<void>;
  /** Sends an API message on the available transport; resolves with the reply, whatever its code. */
  sendApi(message: ApiRequestObject, signal?: AbortSignal): Promise<ApiMessage>;
  /** The server's people, if it has a directory. */
  readonly directory?: DirectoryService;
  /** The states of numbers that the page names, if the server reports them. */
  readonly presence?: PresenceService;
  /** Resolves with the addresses of the server's other services, if it has any. */
  loginInfo?(): Promise<LoginInfo>;
}

/** The client's interface for its profile, which reports to it. */
export interface CallServiceHost {
  readonly options: ResolvedOptions;
  readonly calls: readonly SipCall[];
  setConnection(state: ConnectionState, error?: SipError): void;
  setRegistration(state: RegistrationState, error?: SipError): void;
  setApi(state: ApiState): void;
  /** Reports that the server supports more, or less, than before. */
  setCapabilities(capabilities: Capabilities): void;
  /**
   * Returns the status to refuse an incoming call with before it rings: 486 if the maximum number of calls is reached,
   * 480 for “do not disturb” (RFC 3261 §21.4.18, §21.4.19); undefined if it may ring.
   *
   * @param joined - Whether it belongs to a group that the user has joined, so that it does not ring.
   */
  refusalOf(arrival: Arrival, joined?: boolean): 480 | 486 | undefined;
  /** Notes an incoming call that never rang: refused by `refusalOf`, or ended before (its cause). */
  missed(arrival: Arrival, cause?: CallCause): void;
  /** Whether the next page can continue the call, now that this one goes. */
  keeps(call: SipCall): boolean;
  /**
   * Adds a call and reports it to the page.
   *
   * @param create - Creates the call.
   */
  addCall(init: CallInit, create: CreateCall): AddedCall;
  /**
   * Resolves when the message is stored.
   *
   * @param envelope - What came with the message, if its sender wrote it.
   */
  messageReceived(message: ReceivedMessage, envelope?: MessageEnvelope): Promise<void>;
  receiptReceived(receipt: ReceivedReceipt): void;
  composingReceived(composing: ReceivedComposing): void;
  /** Reports the messages in the mailbox; undefined if they are no longer known. */
  setWaitingMessages(messages: WaitingMessages | undefined): void;
  apiReceived(message: ApiMessage): void;
  /** Reports the state of a number; undefined if it is no longer known. */
  personChanged(number: string, state: PersonState | undefined): void;
  /** Reports the new position of a person who is followed. */
  positionChanged(position: Position): void;
  /** Receives every message of the API, responses included, after it has been processed. */
  apiHeard(message: ApiMessage): void;
}

/** Creates the service of a profile. */
export type CallServiceFactory = (host: CallServiceHost) => Promise<CallService>;
