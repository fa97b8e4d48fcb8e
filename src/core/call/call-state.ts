import type {SipError, SipErrorCode} from '../../errors.js';
import type {Caption, CaptionSide} from '../captions/caption-source.js';
import type {Captions} from '../captions/captions.js';
import type {DialogEventMap} from '../server/dialog.js';
import type {RecordingMode} from '../recordings/recordings.js';
import type {CallSoundState} from '../sound/sound-state.js';
import type {TypedEventTarget} from '../util/typed-event-target.js';
import type {
  AnnouncedSound,
  CallCause,
  CallHealth,
  CallPhase,
  CallQuality,
  CallStall,
  CallTransfer,
  CallType,
  ConferenceMember,
  EncryptionState,
  MediaState,
  Party,
} from '../types.js';

/** A snapshot of a call. Plain data that can be cloned. */
export interface CallState {
  readonly phase: CallPhase;
  readonly held: boolean;
  readonly remoteHeld: boolean;
  readonly muted: boolean;
  /** Whether the other side does not hear this one because the user speaks to talk groups. `unmute()` ends that. */
  readonly unheard: boolean;
  readonly cameraOff: boolean;
  readonly sharing: boolean;
  /** Whether the other side reports that its video is a screen. */
  readonly remoteSharing: boolean;
  readonly recording: boolean;
  /** Whether the other side, or a server in between, reports that it is recording the call. Others may record silently. */
  readonly remoteRecording: boolean;
  /** Whether the recording is paused. */
  readonly recordingPaused: boolean;
  /** When the recording started, in milliseconds since the epoch, moved later by the length of past pauses. */
  readonly recordingSince?: number | undefined;
  /** Whether the recording is already in the browser's files, or in memory and lost with the page. */
  readonly recordingStorage?: RecordingMode | undefined;
  readonly media: MediaState;
  readonly health: CallHealth;
  /**
   * Why no media has arrived for five seconds, as far as known; undefined while media arrives. If the stall lasts, ICE
   * is restarted. A video that is only watched is requested again by the wall that shows it.
   */
  readonly stalled?: CallStall | undefined;
  /** How this side hears the call: the other side does not learn of it. */
  readonly sound: CallSoundState;
  /** Whether the browser blocks the sound until the user interacts with the page. */
  readonly soundBlocked: boolean;
  /** Whether the call does not ring: the page prevented it, or it is answered automatically. */
  readonly quiet: boolean;
  /** Whether the call was answered automatically, as its caller asked and the page allows. */
  readonly autoAnswered: boolean;
  /** When the call was answered, in milliseconds since the epoch. */
  readonly answeredAt?: number | undefined;
  /** The last transfer. */
  readonly transfer?: CallTransfer | undefined;
  /** The id of the call that the user wants to transfer to the other side of this one, after a consultation. */
  readonly consultationFor?: string | undefined;
  /** Whether a sound plays into the call, or is paused; `call.announcement` has it. */
  readonly announcing: boolean;
  /**
   * Whether the page's recognizer gets the sound, `off` if it did; undefined if it never did. `call.captions()` begins it.
   */
  readonly captions?: 'on' | 'off' | undefined;
  /** The ids of the calls that `client.merge` has merged with this one; undefined if there are none. */
  readonly merged?: readonly string[] | undefined;
  /** The id of the patch that the call is a member of, as in `client.patches`. */
  readonly patch?: string | undefined;
  /** Whether the media are encrypted end to end; undefined if the client does not ask for that. */
  readonly encryption?: EncryptionState | undefined;
  /** Why the call continues with less media than requested. */
  readonly warning?: SipErrorCode | undefined;
  /** Why the call ended. */
  readonly cause?: CallCause | undefined;
}

/** The events of a call. */
export interface CallEventMap extends DialogEventMap {
  /** A recording is about to begin. Cancelable: it does not begin then. */
  recordingrequest: CustomEvent<RecordingRequest>;
  /** A recording is finished, perhaps after the call's end. Cancelable: it is not downloaded then. */
  recording: CustomEvent<FinishedRecording>;
  /** The recognizer has understood something, perhaps a moment after the call's end. */
  caption: CustomEvent<Caption>;
  /** The recognizer of a side has failed, which ends the captions of the side. The call goes on. */
  captionerror: CustomEvent<{readonly side: CaptionSide; readonly error: SipError}>;
  /** A photo was taken; its name is empty if it is not downloaded. */
  photo: CustomEvent<{readonly name: string}>;
  /** The call's quality was measured, which happens every two seconds while the call is connected. */
  quality: CustomEvent<CallQuality>;
  /**
   * A conference's member changed or left. A member who left keeps the last state and is no longer in `state.members`.
   */
  memberchange: CustomEvent<{readonly member: ConferenceMember}>;
}

/** A recording that is about to begin. */
export interface RecordingRequest {
  /** Whether the recording will include the local video. */
  readonly inset: boolean;
  /** Allows or refuses the recording, perhaps later. The first response counts; returns false for any other. */
  respondWith(response: boolean | Promise<boolean>): boolean;
  /** Aborted when the request is answered, or the call has ended. */
  readonly signal: AbortSignal;
}

/** A finished recording. */
export interface FinishedRecording {
  /** Its id in `client.recordings`; undefined if the browser does not store it. */
  readonly id?: string | undefined;
  /** The file; empty if recording failed. */
  readonly blob: Blob;
  /** Its name, including the extension; undefined if none was requested. */
  readonly name?: string | undefined;
  /** Its media type: `video/mp4`, `video/webm`, `audio/mp4` or `audio/webm`. */
  readonly type: string;
  /** Its captions as WebVTT; undefined if there are none. */
  readonly captions?: Blob | undefined;
  /** In seconds, without its pauses. */
  readonly duration: number;
  /** Why it ended early; `blob` contains what was recorded until then. */
  readonly error?: SipError | undefined;
}

/** A call without its commands, for the parts that play, record and measure it. */
export interface CallSource extends TypedEventTarget<CallEventMap> {
  readonly id: string;
  readonly type: CallType;
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: Party;
  readonly remoteParty: Party;
  readonly state: Readonly<CallState>;
  readonly duration: number | undefined;
  readonly captioned: Captions | undefined;
  readonly localStream: MediaStream | undefined;
  /** What is sent mixed with the microphone. */
  readonly mixed: readonly MediaStreamTrack[];
  /** The sound that is sent beside the microphone, or instead of it. */
  readonly announced: AnnouncedSound | undefined;
  readonly remoteStream: MediaStream | undefined;
}

/** Whether commands and media pass. */
export function isSound(health: CallHealth): health is 'healthy' | 'restored' {
  return health === 'healthy' || health === 'restored';
}
