import type {SipErrorCode} from '../errors.js';

export type {
  AudioQuality,
  CallQuality,
  CallStall,
  EncryptedParty,
  CallEncryption,
  EncryptionOptions,
  EncryptionState,
  FlowQuality,
  MediaDirection,
  MediaKinds,
  AnnouncedSound,
  MediaLoss,
  MediaQuality,
  MediaResponse,
  MediaState,
  WantedMedia,
  RecordingSign,
  RelayFailure,
  RemotePicture,
  StallCause,
  StreamQuality,
  VideoQuality,
} from '../media/types.js';

/** The kind of a call. */
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

/** The phase of a call: the documentation's `CallStateInit`, `Ring`, `Answer` and `Release`. */
export type CallPhase = 'init' | 'ringing' | 'answered' | 'released';

/** The requested media: audio only, or audio and video. */
export type CallMedia = 'audio' | 'video';

/** The user's part in a patch: heard by all and hearing all, only hearing them, or neither. */
export type PatchPart = 'joined' | 'listening' | 'out';

/** The page's own elements that a call plays in. */
export interface CallElements {
  readonly localVideo?: HTMLVideoElement | null;
  readonly remoteVideo?: HTMLVideoElement | null;
  readonly remoteAudio?: HTMLMediaElement | null;
}

/** What a page knows about the person of a number. */
export interface PersonDetails {
  /** The name, which is shown instead of the one that the server or the other side tells. */
  readonly name?: string;
  /** The URL of a picture: `http:`, `https:`, `blob:`, an image as `data:`, or relative to the page. */
  readonly picture?: string;
  /** A short line about the person, such as a department. */
  readonly detail?: string;
  /** The URL of a page about the person: `http:`, `https:`, or relative to the page. */
  readonly href?: string;
}

/** A party of a call. `name` is empty if unknown; `picture`, `detail` and `href` are what the page's `people` tells. */
export interface Party extends Omit<PersonDetails, 'name'> {
  readonly number: string;
  readonly name: string;
}

/**
 * The health of a call's connection:
 *
 * - `suspect`: the server is not reachable; media still pass, commands wait;
 * - `recovering`: media were lost, or a page that was loaded anew continues the call;
 * - `restored`: it was one of these less than ten seconds ago;
 * - `failed`: no media pass, and repairs were in vain. If nothing changes, the call ends after a minute.
 */
export type CallHealth = 'healthy' | 'suspect' | 'recovering' | 'restored' | 'failed';

/** Why this side has ended a call that nobody had answered: the callee took too long, or the user has skipped them. */
export type UnansweredCode = 'no-answer' | 'aborted';

/** Why a call ended. */
export interface CallCause {
  readonly by: 'local' | 'remote' | 'server';
  readonly code: SipErrorCode | 'normal';
  /** Status of the SIP response or of the Reason header (RFC 3326). */
  readonly status?: number;
  /** Code of the server's API. */
  readonly apiCode?: number;
  /** What the code refers to, if that is not the other side. */
  readonly subject?: string;
  /** What to write instead, if the page gave an invalid value. */
  readonly expected?: string;
}

/** The playback of a file. */
export interface PlayedFile {
  readonly id: string;
  /** In seconds; undefined if the server does not report it, as with the other properties. */
  readonly position?: number | undefined;
  readonly duration?: number | undefined;
  /** The number of the current repetition, from 1, and the total. */
  readonly time?: number | undefined;
  readonly times?: number | undefined;
}

/** A member of a conference, as the server reports them. Plain data that can be cloned. */
export interface ConferenceMember {
  readonly number: string;
  /** Empty if unknown. */
  readonly name: string;
  /** A member who did not answer stays as `released`, and can be invited again. */
  readonly phase: CallPhase;
  /** Whether the others may hear them. */
  readonly speaking: boolean;
  /** Whether they hear the others. */
  readonly hearing: boolean;
  /** Whether their video is shown to all. */
  readonly spotlighted: boolean;
  /** Whether they are talking at the moment. */
  readonly talking: boolean;
  /** Whether the one video that the server sends to this side is theirs; undefined if it does not report that. */
  readonly pictured?: boolean | undefined;
  /** The label of their video among the `remotePictures`, if the server reports it (RFC 4574). */
  readonly label?: string | undefined;
  /** Why they did not join, or left. */
  readonly cause?: CallCause | undefined;
  /** The file, if this member is not a participant but a file that the server plays; its number is the file's id. */
  readonly file?: PlayedFile | undefined;
}

/**
 * The progress of a transfer (RFC 3515): `asking` the other side is asked, `trying` it calls the target, `ringing` the
 * target rings; `completed` and `failed` are the results.
 */
export type TransferPhase = 'asking' | 'trying' | 'ringing' | 'completed' | 'failed';

/** A transfer of a call. */
export interface CallTransfer {
  readonly phase: TransferPhase;
  /** Whom the other side is transferred to. */
  readonly target: Party;
  /** The last SIP status that was reported. */
  readonly status?: number | undefined;
}

/** A text from another user. Treat all of its content as plain text, never as markup. */
export interface ReceivedMessage {
  readonly from: string;
  /** The sender's display name, if it differs from the number. */
  readonly name?: string;
  readonly text: string;
  readonly contentType: string;
  /** When it arrived, or was sent if the server stored it; in milliseconds since the epoch. */
  readonly time: number;
}

/** What a receipt says of a message: `delivered`, `read`, or `failed` if it could not be delivered (RFC 5438). */
export type ReceiptKind = 'delivered' | 'read' | 'failed';

/** What came with a message. */
export interface MessageEnvelope {
  /** The sender's id of the message (RFC 5438 §6.3). A second message of the sender with the same id is the same. */
  readonly id: string;
  /** The receipts that the sender asks for; none if the sender is not a verified user of this domain. */
  readonly asks: readonly Exclude<ReceiptKind, 'failed'>[];
}

/** A receipt that arrived. */
export interface ReceivedReceipt {
  readonly from: string;
  /** The id of the message. */
  readonly id: string;
  readonly kind: ReceiptKind;
}

/** Another user began or stopped to write a message (RFC 3994). */
export interface ReceivedComposing {
  readonly from: string;
  readonly active: boolean;
  /** The time without another sign after which the user counts as idle, in seconds. */
  readonly refresh?: number;
}

/** The messages in the account's mailbox (RFC 3842). */
export interface WaitingMessages {
  /** Whether there are new messages. */
  readonly waiting: boolean;
  /** The number of new voice messages; undefined if the server does not count. */
  readonly fresh: number | undefined;
  /** The number of voice messages that were heard. */
  readonly old: number | undefined;
  /** The number of urgent new messages. */
  readonly urgent: number | undefined;
  /**
   * The number to call to hear them: the page's `mailbox`, or the one that the server reports; empty if there is none.
   */
  readonly account: string;
}

/** A message of the server's JSON API, unchanged: a reply or an event. */
export interface ApiMessage {
  readonly header: string;
  /** 0 is success; events have none. */
  readonly code?: number;
  readonly msgid?: string;
  readonly body: readonly unknown[];
  /** The object as the server sent it. */
  readonly raw: unknown;
  /** The JSON as received, in which numbers have all their digits. */
  readonly text: string;
}

/** The state of the SIP connection. */
export type ConnectionState = 'disconnected' | 'connecting' | 'connected' | 'reconnecting';
/** The state of the registration. */
export type RegistrationState = 'unregistered' | 'registering' | 'registered' | 'rejected';
/** The state of the API's WebSocket. */
export type ApiState = 'closed' | 'opening' | 'open';

export type {Capabilities} from './capabilities.js';
