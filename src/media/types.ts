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
