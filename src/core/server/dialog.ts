import type {SipErrorCode} from '../../errors.js';
import type {StateEventMap, StateSource} from '../util/state-target.js';
import type {
  CallCause,
  CallHealth,
  CallMedia,
  MediaKinds,
  MediaResponse,
  MediaState,
  MediaWishes,
  Party,
  RelayFailure,
  RemotePicture,
} from '../types.js';

/** The other side's wish to add what the call has not got; its offer waits for the answer. */
export interface MediaRequest {
  readonly media: CallMedia;
  /**
   * Answers later, where a person has to be asked: within 20 seconds, after which it is refused, because the other side's
   * request does not wait for longer. The first answer counts: false for any other.
   */
  respondWith(response: MediaResponse | Promise<MediaResponse>): boolean;
  /** Aborted once it is answered, refused or given up, so that nobody needs to be asked any more. */
  readonly signal: AbortSignal;
}

/** The other side's wish that this side calls somebody else instead (REFER, RFC 3515). */
export interface TransferRequest {
  /** The number to call. */
  readonly target: string;
  /** Who that is, as the other side says; empty where it does not. */
  readonly name: string;
  /** Whether the other side talks to them already, and hands over that call. */
  readonly attended: boolean;
  /**
   * Answers later, where a person has to be asked: within 20 seconds, after which it is refused. The first answer counts:
   * false for any other.
   */
  respondWith(response: boolean | Promise<boolean>): boolean;
  /** Aborted once it is answered, refused or given up, so that nobody needs to be asked any more. */
  readonly signal: AbortSignal;
}

/** A transfer that was asked for by the other side and agreed to here. */
export interface Referral {
  readonly target: Party;
  /** Tells the other side how the new call goes, as a SIP status; a final one is the last. */
  tell(status: number): void;
}

/** What a SIP dialog and its media look like at one moment. */
export interface DialogState {
  /** `initial` before any answer, `early` after a 1xx, `confirmed` after the 2xx. */
  readonly phase: 'initial' | 'early' | 'confirmed' | 'terminated';
  /** The negotiated directions; `inactive` for a kind that has no line. */
  readonly media: MediaState;
  readonly muted: boolean;
  readonly cameraOff: boolean;
  /** The screen is sent instead of the camera. */
  readonly sharing: boolean;
  /** This side holds, and the other side has agreed to it. */
  readonly held: boolean;
  /** The other side stopped receiving in a call that went both ways (RFC 3264 §8.4). */
  readonly remoteHeld: boolean;
  readonly health: CallHealth;
  /** Why the call goes on with less than was asked: a device that could not be had, sound that may not play. */
  readonly warning?: SipErrorCode | undefined;
  /** Why it is terminated. */
  readonly cause?: CallCause | undefined;
}

/** The events of a dialog, which its call passes on. */
export interface DialogEventMap extends StateEventMap {
  /** A local or remote stream was replaced, or its tracks changed. */
  streamschange: Event;
  /** The other side sent a tone. */
  dtmf: CustomEvent<{readonly tone: string; readonly duration: number}>;
  /** The other side wants to add what the call has not had; cancelable: refused. Told before it is answered. */
  mediarequest: CustomEvent<MediaRequest>;
  /** The other side asks this one to call somebody instead; refused if nobody answers. */
  transferrequest: CustomEvent<TransferRequest>;
}

/** Devices and a peer connection opened before they are needed; of one profile's own making. */
export interface PreparedMedia {
  /** Closes what was opened and not used; does nothing after use. Idempotent. */
  release(): void;
}

/** With what a dialog is accepted or begun. */
export interface DialogMedia extends MediaWishes {
  readonly prepared?: PreparedMedia | undefined;
}

/**
 * A SIP dialog with its media: what a call needs from the wire.
 *
 * Dispatches the events of `DialogEventMap`.
 */
export interface Dialog extends StateSource<DialogState> {
  /** The SIP Call-ID. */
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  /** Who is at the other end; `statechange` tells when it is somebody else, or more becomes known. */
  readonly remote: Party;
  /** What the other side's offer holds; both true where this side offers. */
  readonly offered: MediaKinds;
  /** What the other side's offer wants to receive; both true where this side offers. */
  readonly asked: MediaKinds;
  readonly localStream: MediaStream | undefined;
  readonly remoteStream: MediaStream | undefined;
  /** The other side's pictures, each alone, in the order of their lines. */
  readonly remotePictures: readonly RemotePicture[];
  /** A header of what the other side sent for the dialog: of the newest message that has it. */
  header(name: string): string | undefined;
  /** The statistics of the peer connection (W3C webrtc-stats); undefined where there is none. */
  statistics(): Promise<RTCStatsReport | undefined>;
  /** Why there is no relay, where there is none; undefined where there is no peer connection. */
  readonly relayFailure: RelayFailure | undefined;
  /** Seeks another way for the media, by an ICE restart (RFC 8445 §2.4); does nothing before it is confirmed. */
  seekWay(): void;
  /** Opens devices and the peer connection while it rings, so that answering is quick. */
  prepare(media: MediaKinds): void;
  /**
   * Answers an incoming dialog; resolves when the 200 is sent.
   *
   * @param headers - Further headers of the 200, whole lines.
   * @throws {SipError} `invalid-state` where it is not ringing any more; `not-acceptable` where the offer cannot be answered.
   */
  accept(media: DialogMedia, headers?: readonly string[]): Promise<void>;
  /** Refuses an incoming dialog with the status (480 by default). */
  reject(status?: 480 | 486 | 603): Promise<void>;
  /** Ends it by CANCEL, a refusal or BYE with further headers, whole lines, as its phase asks; idempotent. */
  hangup(headers?: readonly string[]): Promise<void>;
  /**
   * Holds by a new offer, or goes on; resolves when the other side has taken it. Silent and dark both ways at once.
   *
   * @throws {SipError} `invalid-state` where it is not confirmed; where the offer was refused or got lost, why: all is as it was then.
   */
  setHeld(held: boolean): Promise<void>;
  /** Sends silence instead of the microphone, without signalling. */
  setMuted(muted: boolean): Promise<void>;
  /** Stops the camera and sends black, or opens it again, without signalling. */
  setCameraOff(off: boolean): Promise<void>;
  /**
   * Sends tones one after another; resolves when the last one has gone.
   *
   * @param tones - Of `0`–`9`, `A`–`D`, `*`, `#`, `,`, nothing else.
   * @throws {SipError} `invalid-state`, `tones-refused`, `timeout`, `connection-lost`; `aborted` where it ended meanwhile.
   */
  sendDtmf(tones: string): Promise<void>;
  /**
   * Adds this side's picture or sound by a new offer, or takes it out of the call both ways.
   *
   * @throws {SipError} `media-refused` where the other side does not take it, `camera-…` where there is none to send;
   * `invalid-state` where nothing would be left. All is as it was then.
   */
  setMedia(media: Partial<MediaKinds>): Promise<void>;
  /**
   * Asks for the screen and sends it instead of the camera, which stops; to be called within a gesture.
   *
   * @throws {SipError} `screen-…`, `media-refused`; all is as it was then.
   */
  shareScreen(): Promise<void>;
  /** Sends no screen any more: what was there before comes back. */
  stopScreen(): Promise<void>;
  /**
   * Asks the other side to call a number instead, or to take over another dialog of this side's (REFER, Replaces);
   * resolves when it has done so. Neither dialog is ended.
   *
   * @param onProgress - Told the SIP statuses of the new call: 100, 180, and 200 before it resolves.
   * @throws {SipError} `transfer-refused` where it does not do that; what the status of the new call means where that came
   * to nothing; `timeout`, `connection-lost`, `invalid-state`; `aborted` where this dialog ended meanwhile.
   */
  transfer(target: string | Dialog, onProgress: (status: number) => void): Promise<void>;
}
