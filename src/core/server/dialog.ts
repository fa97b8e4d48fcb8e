import type {SipErrorCode} from '../../errors.js';
import type {MediaSession} from '../../media/session/media-session.js';
import type {StateEventMap, StateSource} from '../util/state-target.js';
import type {
  AnnouncedSound,
  CallCause,
  CallHealth,
  CallMedia,
  EncryptionState,
  MediaKinds,
  MediaLoss,
  MediaResponse,
  MediaState,
  WantedMedia,
  Party,
  RecordingSign,
  RelayFailure,
  RemotePicture,
} from '../types.js';

/** The other side's request to add media that the call lacks; its offer waits for the response. */
export interface MediaRequest {
  readonly media: CallMedia;
  /**
   * Accepts or refuses the request, perhaps later, after asking the user. It is refused after 20 seconds, because the
   * other side's request does not wait longer. The first response counts; returns false for any other.
   */
  respondWith(response: MediaResponse | Promise<MediaResponse>): boolean;
  /** Aborted when the request is answered, refused or withdrawn, so that the user need not be asked any longer. */
  readonly signal: AbortSignal;
}

/** The other side's request to call another number instead (REFER, RFC 3515). */
export interface TransferRequest {
  /** The number to call. */
  readonly target: string;
  /** The target's name according to the other side; empty if unknown. */
  readonly name: string;
  /** Whether the other side is already in a call with the target and hands it over. */
  readonly attended: boolean;
  /**
   * Accepts or refuses the request, perhaps later, after asking the user. It is refused after 20 seconds. The first
   * response counts; returns false for any other.
   */
  respondWith(response: boolean | Promise<boolean>): boolean;
  /** Aborted when the request is answered, refused or withdrawn, so that the user need not be asked any longer. */
  readonly signal: AbortSignal;
}

/** A transfer that the other side requested and this side accepted. */
export interface Referral {
  readonly target: Party;
  /** Reports the new call's progress to the other side, as a SIP status; a final one is the last. */
  report(status: number): void;
}

/** A snapshot of a SIP dialog and its media. */
export interface DialogState {
  /** `initial` before any answer, `early` after a 1xx, `confirmed` after the 2xx. */
  readonly phase: 'initial' | 'early' | 'confirmed' | 'terminated';
  /** The negotiated directions; `inactive` for a kind that has no m-line. */
  readonly media: MediaState;
  readonly muted: boolean;
  /** Whether silence is sent because the user speaks elsewhere, such as to talk groups; beside `muted`. */
  readonly unheard: boolean;
  readonly cameraOff: boolean;
  /** Whether the screen is sent instead of the camera. */
  readonly sharing: boolean;
  /** Whether this side holds the call and the other side has agreed. */
  readonly held: boolean;
  /** Whether the other side stopped receiving in a call that went both ways (RFC 3264 §8.4). */
  readonly remoteHeld: boolean;
  /** Whether the other side reports that its video is a screen (RFC 4796). */
  readonly remoteSharing: boolean;
  /** Whether the other side, or a server in between, reports that it is recording (RFC 7866). */
  readonly remoteRecording: boolean;
  readonly health: CallHealth;
  /** Whether the media are encrypted end to end; undefined if the page does not ask for that. */
  readonly encryption?: EncryptionState | undefined;
  /** Why the call continues with less than requested: an unavailable device, or sound that may not play. */
  readonly warning?: SipErrorCode | undefined;
  /** Why the dialog is terminated. */
  readonly cause?: CallCause | undefined;
}

/** The events of a dialog, which its call repeats. */
export interface DialogEventMap extends StateEventMap {
  /** A local or remote stream was replaced, or its tracks changed. */
  streamschange: Event;
  /** The other side sent a DTMF tone. */
  dtmf: CustomEvent<{readonly tone: string; readonly duration: number}>;
  /**
   * The other side asks to add media that the call lacks. Cancelable: the request is refused then. Dispatched before it
   * is answered.
   */
  mediarequest: CustomEvent<MediaRequest>;
  /** The other side asks this one to call another number instead; refused if there is no response. */
  transferrequest: CustomEvent<TransferRequest>;
}

/**
 * What identifies a confirmed dialog at the other side (RFC 3261 §12), or an INVITE of this side that rings there. Plain
 * data without secrets, with which the next page of the user takes the dialog over, or ends it.
 */
export interface DialogIdentity {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly localUri: string;
  readonly remoteUri: string;
  readonly remoteTarget: string;
  readonly routeSet: readonly string[];
  /** The number of this side's last request. */
  readonly sequence: number;
  /** How a call that this side has joined is joined again; undefined for a call of two. */
  readonly rejoin?: Rejoin | undefined;
  /** For an INVITE that rings: the branch of its transaction, by which a CANCEL finds it (RFC 3261 §9.2). */
  readonly branch?: string | undefined;
}

/** How the next page joins a conference again, or the call that a supervisor is in. */
export interface Rejoin {
  /** The address to call; that of the dialog's other side if undefined. */
  readonly address: string | undefined;
  /** Whether the new dialog replaces the old one, if the server supports that (RFC 3891); otherwise the old one ends. */
  readonly replaces: boolean;
}

/** Devices and a peer connection that are opened before they are needed; specific to a profile. */
export interface PreparedMedia {
  /** Closes what was opened and not used; does nothing after use. Idempotent. */
  release(): void;
}

/** The media with which a dialog is accepted or started. */
export interface DialogMedia extends WantedMedia {
  readonly prepared?: PreparedMedia | undefined;
}

/**
 * A SIP dialog with its media: what a call needs from the signalling.
 *
 * Dispatches the events of `DialogEventMap`.
 */
export interface Dialog extends StateSource<DialogState> {
  /** The SIP Call-ID. */
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  /** What identifies it; undefined before it is confirmed, unless it is this side's INVITE and rings. */
  readonly identity: DialogIdentity | undefined;
  /** The other side; `statechange` reports when it changes, or more becomes known. */
  readonly remote: Party;
  /** The media that the other side's offer contains; both true if this side offers. */
  readonly offered: MediaKinds;
  /** The media that the other side's offer asks to receive; both true if this side offers. */
  readonly asked: MediaKinds;
  /** Its media. @throws {SipError} `invalid-state` once the dialog is over */
  readonly media: MediaSession;
  readonly localStream: MediaStream | undefined;
  readonly remoteStream: MediaStream | undefined;
  /** What is sent mixed with the microphone. */
  readonly mixed: readonly MediaStreamTrack[];
  /** The sound that `announce` sends. */
  readonly announced: AnnouncedSound | undefined;
  /** The other side's videos, one by one, in the order of their m-lines. */
  readonly remotePictures: readonly RemotePicture[];
  /** Returns a header that the other side sent in this dialog, from the newest message that has it. */
  header(name: string): string | undefined;
  /** Returns the statistics of the peer connection (W3C webrtc-stats); undefined if there is none. */
  statistics(): Promise<RTCStatsReport | undefined>;
  /** The level of the sound that arrives now, 0–1. */
  readonly level: number;
  /** Why there is no relay, if there is none; undefined if there is no peer connection. */
  readonly relayFailure: RelayFailure | undefined;
  /** Restarts ICE to find another path for the media (RFC 8445 §2.4); does nothing before the dialog is confirmed. */
  restartIce(): void;
  /** Handles that no media arrive although the other side must be sending; undefined if they arrive. */
  setLoss(loss: MediaLoss | undefined): void;
  /** Opens the devices and the peer connection while it rings, so that answering is fast. */
  prepare(media: MediaKinds): void;
  /**
   * Answers an incoming dialog; resolves when the 200 is sent.
   *
   * @param headers - Additional headers of the 200, whole lines.
   * @throws {SipError} `invalid-state` if it no longer rings; `not-acceptable` if the offer cannot be answered.
   */
  accept(media: DialogMedia, headers?: readonly string[]): Promise<void>;
  /** Refuses an incoming dialog with the status (480 by default). */
  reject(status?: 480 | 486 | 603): Promise<void>;
  /**
   * Ends the dialog by CANCEL, a refusal or BYE, depending on its phase, with additional headers (whole lines);
   * idempotent.
   */
  hangup(headers?: readonly string[]): Promise<void>;
  /**
   * Holds or resumes the call by a new offer; resolves when the other side has accepted. Audio and video stop both ways
   * immediately.
   *
   * @throws {SipError} `invalid-state` if it is not confirmed; the reason if the offer was refused or lost: nothing
   * changes then.
   */
  setHeld(held: boolean): Promise<void>;
  /** Sends silence instead of the microphone, without signalling. */
  setMuted(muted: boolean): Promise<void>;
  /** Sends silence while the user speaks elsewhere, which leaves `muted` alone; does nothing without media. */
  setUnheard(unheard: boolean): void;
  /**
   * Opens a microphone that could not be opened before, and offers it; does nothing if one is open, or before the answer.
   *
   * @throws {SipError} `microphone-…` if it cannot be opened now either; the reason if the offer was refused or lost.
   */
  openMicrophone(): Promise<void>;
  /**
   * Sends these tracks mixed with the microphone, without signalling; none sends the microphone itself.
   *
   * @throws {SipError} `playback-blocked` if the browser does not start the mixer.
   */
  mixIn(tracks: readonly MediaStreamTrack[]): Promise<void>;
  /**
   * Sends a sound beside the microphone or instead of it, until another one or none is announced. A muted microphone
   * does not mute it. Signals nothing, unless there is no microphone.
   *
   * @throws {SipError} `playback-blocked` if the browser does not start the mixer.
   */
  announce(sound: AnnouncedSound | undefined): Promise<void>;
  /** Stops the camera and sends black, or opens it again, without signalling. */
  setCameraOff(off: boolean): Promise<void>;
  /**
   * Sends DTMF tones one after another; resolves when the last one was sent.
   *
   * @param tones - Only `0`–`9`, `A`–`D`, `*`, `#`, `,`.
   * @throws {SipError} `invalid-state`, `tones-refused`, `timeout`, `connection-lost`; `aborted` if the dialog ended
   * meanwhile.
   */
  sendDtmf(tones: string): Promise<void>;
  /**
   * Adds this side's video or audio by a new offer, or removes it both ways.
   *
   * @throws {SipError} `media-refused` if the other side refuses, `camera-…` if there is none to send; `invalid-state`
   * if no media would be left. Nothing changes then.
   */
  setMedia(media: Partial<MediaKinds>): Promise<void>;
  /**
   * Requests the screen and sends it instead of the camera, which stops; must be called within a user gesture.
   *
   * @throws {SipError} `screen-…`, `media-refused`; nothing changes then.
   */
  shareScreen(): Promise<void>;
  /** Stops sharing the screen and restores the previous video. */
  stopScreen(): Promise<void>;
  /** Reports to the other side whether this side records, at once if the other side understands that. Never rejects. */
  tellRecording(recording: RecordingSign): Promise<void>;
  /**
   * Asks the other side to call a number instead, or to take over another dialog of this side (REFER, Replaces);
   * resolves when it has done so. Ends neither dialog.
   *
   * @param onProgress - Called with the SIP statuses of the new call: 100, 180, and 200 before the promise resolves.
   * @throws {SipError} `transfer-refused` if the other side does not support it; the meaning of the new call's status
   * if that failed; `timeout`, `connection-lost`, `invalid-state`; `aborted` if this dialog ended meanwhile.
   */
  transfer(target: string | Dialog, onProgress: (status: number) => void): Promise<void>;
}
