import type {SipError, SipErrorCode} from '../../errors.js';
import type {ConferenceMember} from '../conference/conference-member.js';
import type {DialogEventMap} from '../server/dialog.js';
import type {RecordingMode} from '../recordings/recordings.js';
import type {TypedEventTarget} from '../util/typed-event-target.js';
import type {
  CallCause,
  CallHealth,
  CallPhase,
  CallQuality,
  CallStall,
  CallTransfer,
  CallType,
  MediaState,
  Party,
} from '../types.js';

/** What a call looks like at one moment. Plain data that can be cloned. */
export interface CallState {
  readonly phase: CallPhase;
  readonly held: boolean;
  readonly remoteHeld: boolean;
  readonly muted: boolean;
  readonly cameraOff: boolean;
  readonly sharing: boolean;
  readonly recording: boolean;
  /** Whether the recording pauses. */
  readonly recordingPaused: boolean;
  /** Since when it is recorded, in milliseconds since the epoch; later by the pauses that are over. */
  readonly recordingSince?: number | undefined;
  /** Whether the recording is in the browser's files already, or in memory and lost with the page. */
  readonly recordingStorage?: RecordingMode | undefined;
  readonly media: MediaState;
  readonly health: CallHealth;
  /**
   * Nothing has arrived for five seconds, and why, as far as it can be told. If it lasts, another way is sought (ICE restart).
   * A picture that is only looked at is asked for anew by the wall that shows it.
   */
  readonly stalled?: CallStall | undefined;
  /** The browser keeps its sound off until the user does something on the page. */
  readonly soundBlocked: boolean;
  /** Nothing rings for it: the page prevented that, or it is answered by itself. */
  readonly quiet: boolean;
  /** Nobody here answered it: it is answered by itself, as its caller asked and the page allows. */
  readonly autoAnswered: boolean;
  /** When it was answered, in milliseconds since the epoch. */
  readonly answeredAt?: number | undefined;
  /** The transfer that was asked for last. */
  readonly transfer?: CallTransfer | undefined;
  /** Why it goes on with less than was asked. */
  readonly warning?: SipErrorCode | undefined;
  /** Why it is over. */
  readonly cause?: CallCause | undefined;
}

/** The events of a call. */
export interface CallEventMap extends DialogEventMap {
  /** A recording is about to begin; cancelable: it does not. */
  recordingrequest: CustomEvent<RecordingRequest>;
  /** A recording is finished; cancelable: not downloaded. It may come after the call's end. */
  recording: CustomEvent<FinishedRecording>;
  /** The call was measured, as it is every two seconds while it is connected. */
  quality: CustomEvent<CallQuality>;
  /** A conference's member is other than before, or gone: then as the last one, and not among `state.members` any more. */
  memberchange: CustomEvent<{readonly member: ConferenceMember}>;
}

/** A recording that is about to begin. */
export interface RecordingRequest {
  /** Whether one's own picture is to be in it. */
  readonly inset: boolean;
  /** Answers later, where somebody has to be asked. The first answer counts: false for any other. */
  respondWith(response: boolean | Promise<boolean>): boolean;
  /** Aborted once it is answered, or the call is over. */
  readonly signal: AbortSignal;
}

/** What a recording came to. */
export interface FinishedRecording {
  /** By which `client.recordings` has it; undefined where the browser does not keep it. */
  readonly id?: string | undefined;
  /** The file; empty where nothing could be recorded. */
  readonly blob: Blob;
  /** Its name with the ending that fits; undefined where it was asked for without one. */
  readonly name?: string | undefined;
  /** Its media type: `video/mp4`, `video/webm`, `audio/mp4` or `audio/webm`. */
  readonly type: string;
  /** In seconds, without its pauses. */
  readonly duration: number;
  /** Why it ended before it was asked to; `blob` has what was recorded until then. */
  readonly error?: SipError | undefined;
}

/** What plays, records and measures a call follows: the call without its commands. */
export interface CallSource extends TypedEventTarget<CallEventMap> {
  readonly id: string;
  readonly type: CallType;
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: Party;
  readonly state: Readonly<CallState>;
  readonly localStream: MediaStream | undefined;
  readonly remoteStream: MediaStream | undefined;
}
