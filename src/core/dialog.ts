import type {SipErrorCode} from '../errors.js';
import type {StateSource} from './state-target.js';
import type {CallCause, CallHealth, MediaKinds, MediaState, Party} from './types.js';

/** What a SIP dialog and its media look like at one moment. */
export interface DialogState {
  /** `initial` before any answer, `early` after a 1xx, `confirmed` after the 2xx. */
  readonly phase: 'initial' | 'early' | 'confirmed' | 'terminated';
  /** The negotiated directions; `inactive` for a kind that has no line. */
  readonly media: MediaState;
  readonly muted: boolean;
  readonly cameraOff: boolean;
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

/** Devices and a peer connection opened before they are needed; of one profile's own making. */
export interface PreparedMedia {
  /** Closes what was opened and not used; does nothing after use. Idempotent. */
  release(): void;
}

/** With what a dialog is accepted or begun. */
export interface DialogMedia extends MediaKinds {
  readonly prepared?: PreparedMedia | undefined;
}

/**
 * A SIP dialog with its media: what a call needs from the wire.
 *
 * Dispatches `statechange`, and `streamschange` when a local or remote stream was replaced or its tracks changed.
 */
export interface Dialog extends StateSource<DialogState> {
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: Party;
  /** What the other side's offer holds; both true where this side offers. */
  readonly offered: MediaKinds;
  readonly localStream: MediaStream | undefined;
  readonly remoteStream: MediaStream | undefined;
  /** Opens devices and the peer connection while it rings, so that answering is quick. */
  prepare(media: MediaKinds): void;
  /**
   * Answers an incoming dialog; resolves when the 200 is sent.
   *
   * @throws {SipError} `invalid-state` where it is not ringing any more; `not-acceptable` where the offer cannot be answered.
   */
  accept(media: DialogMedia): Promise<void>;
  /** Refuses an incoming dialog with the status (480 by default). */
  reject(status?: 480 | 486 | 603): Promise<void>;
  /** Ends it by CANCEL, a refusal or BYE, as its phase asks; idempotent. */
  hangup(): Promise<void>;
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
}
