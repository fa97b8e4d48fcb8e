import type {SipErrorCode} from '../errors.js';

export type {
  CallQuality,
  CallStall,
  FlowQuality,
  MediaDirection,
  MediaKinds,
  MediaResponse,
  MediaState,
  MediaWishes,
  RelayFailure,
  RemotePicture,
  StallCause,
  StreamQuality,
} from '../media/types.js';

/** What a call is for. */
export type CallType =
  | 'single'
  | 'conference'
  | 'broadcast'
  | 'intercom'
  | 'temporary-intercom'
  | 'monitor'
  | 'member-video'
  | 'barge-in'
  | 'listen-in'
  | 'urgent'
  | 'sos'
  | 'other';

/** Where a call stands: the documentation's `CallStateInit`, `Ring`, `Answer` and `Release`. */
export type CallPhase = 'init' | 'ringing' | 'answered' | 'released';

/** Whether sound alone or sound with a picture is asked for. */
export type CallMedia = 'audio' | 'video';

/** A page's own elements for a call to play in. */
export interface CallElements {
  readonly localVideo?: HTMLVideoElement | null;
  readonly remoteVideo?: HTMLVideoElement | null;
  readonly remoteAudio?: HTMLMediaElement | null;
}

/** Somebody at the other end. `name` is empty where none is known. */
export interface Party {
  readonly number: string;
  readonly name: string;
}

/** How a call's connection fares. */
export type CallHealth = 'healthy' | 'suspect' | 'recovering' | 'restored' | 'failed';

/** Why a call is over. */
export interface CallCause {
  readonly by: 'local' | 'remote' | 'server';
  readonly code: SipErrorCode | 'normal';
  /** Status of the SIP response or of the Reason header (RFC 3326). */
  readonly status?: number;
  /** Code of the server's API. */
  readonly apiCode?: number;
  /** What the code is about, where that is not the other side. */
  readonly subject?: string;
  /** What to write instead, where the page gave what cannot be used. */
  readonly expected?: string;
}

/**
 * How far a transfer has come (RFC 3515): the other side is asked, calls somebody, it rings there; `completed` and `failed`
 * are how it came out.
 */
export type TransferPhase = 'asking' | 'trying' | 'ringing' | 'completed' | 'failed';

/** A transfer of a call. */
export interface CallTransfer {
  readonly phase: TransferPhase;
  /** Whom the other side is to talk to instead. */
  readonly target: Party;
  /** SIP status that was told last. */
  readonly status?: number | undefined;
}

/** A text from another user. Everything in it is text, never markup. */
export interface ReceivedMessage {
  readonly from: string;
  /** As the sender calls himself, where that is something else than the number. */
  readonly name?: string;
  readonly text: string;
  readonly contentType: string;
  /** When it arrived, or was sent where the server has kept it; in milliseconds since the epoch. */
  readonly time: number;
}

/** What waits in the account's mailbox (RFC 3842). */
export interface WaitingMessages {
  /** Whether something new waits. */
  readonly waiting: boolean;
  /** How many voice messages were not heard yet; undefined where the server does not count. */
  readonly fresh: number | undefined;
  /** How many were heard. */
  readonly old: number | undefined;
  /** How many of the new ones are urgent. */
  readonly urgent: number | undefined;
  /** What is called to hear them: the page's choice, or what the server names of its own; empty where there is none. */
  readonly account: string;
}

/** A message of the server's JSON API: a reply or an event, as it came. */
export interface ApiMessage {
  readonly header: string;
  /** 0 is success; events have none. */
  readonly code?: number;
  readonly msgid?: string;
  readonly body: readonly unknown[];
  /** The object as the server sent it. */
  readonly raw: unknown;
  /** The JSON as it came: its numbers have all their digits. */
  readonly text: string;
}

/** The state of the SIP connection. */
export type ConnectionState = 'disconnected' | 'connecting' | 'connected' | 'reconnecting';
/** The state of the registration. */
export type RegistrationState = 'unregistered' | 'registering' | 'registered' | 'rejected';
/** The state of the API's WebSocket. */
export type ApiState = 'closed' | 'opening' | 'open';

/** What the server at hand can do. What is false has no control and rejects with `unsupported`. */
export interface Capabilities {
  readonly call: boolean;
  readonly message: boolean;
  readonly api: boolean;
  /** Groups, people and their positions. */
  readonly directory: boolean;
  /** Whether given numbers are in a call and can be reached is told (`client.watchPeople`). */
  readonly presence: boolean;
  /** Calls can be put through to somebody else. */
  readonly transfer: boolean;
  /** Files can be sent to the server. */
  readonly upload: boolean;
  /** Conferences can be made. */
  readonly conference: boolean;
  /** Conferences are rooms that are joined by their number, also where nobody is called into them. */
  readonly rooms: boolean;
  /** Many can be called who only listen. */
  readonly broadcast: boolean;
  /**
   * Members of a conference can be invited and put out, and whether each is heard and hears can be changed; what can be asked
   * of one conference its `state.abilities` say, if its server has several kinds.
   */
  readonly members: boolean;
  /** A member's picture can be shown to all. */
  readonly push: boolean;
  /** The server plays files into calls. */
  readonly playFile: boolean;
  /** Groups in which one speaks at a time. */
  readonly intercom: boolean;
  /** Cameras can be watched. */
  readonly monitor: boolean;
  /** A member's picture can be had as a call of its own. */
  readonly memberVideo: boolean;
  /** Calls of others can be gone into. */
  readonly bargeIn: boolean;
  /** Calls of others can be listened to. */
  readonly listenIn: boolean;
  /** Calls of others can be gone into, listened to and ended. */
  readonly supervise: boolean;
  /** There are calls that ring through: urgent ones and SOS. */
  readonly urgent: boolean;
}
