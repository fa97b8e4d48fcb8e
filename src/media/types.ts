/** The words for what a call carries; the core speaks them as well. */

/** The kinds of media, each wanted or not. */
export interface MediaKinds {
  readonly audio: boolean;
  readonly video: boolean;
}

/** The negotiated direction of a media line, as RTP directions of this side (RFC 8866 §6.7). */
export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** The negotiated directions of sound and picture. */
export interface MediaState {
  readonly audio: MediaDirection;
  readonly video: MediaDirection;
}

/** What a side means to send and to receive. */
export interface MediaWishes extends MediaKinds {
  /** Sends the screen as the picture; `video` then says whether a camera belongs to the call at all. */
  readonly screen?: boolean;
  /** Opens the microphone muted: silence is sent until that is changed. */
  readonly silent?: boolean;
  /** The devices that may be opened, where those are fewer than what is wanted; what has none is only received. */
  readonly opens?: MediaKinds;
}

/**
 * The answer to the other side's wish to add a picture: `false` refuses it, `true` takes it and leaves the own camera off,
 * `camera` takes it and opens the own camera as well.
 */
export type MediaResponse = boolean | 'camera';

/** One of the other side's pictures. */
export interface RemotePicture {
  /** The identification tag of its media line (RFC 5888): unique within the call. */
  readonly id: string;
  /** What the other side calls it: its label (RFC 4574), else what it is for, as `slides` (RFC 4796); empty where it says neither. */
  readonly label: string;
  /** The picture without a sound. */
  readonly stream: MediaStream;
}
