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

/** How the sound or the picture of a call fares in one direction, in the last two seconds. */
export interface StreamQuality {
  /** Its name as in SDP: `opus`, `PCMU`, `VP8`; empty where the browser does not say. */
  readonly codec: string;
  /** In bit/s, without headers. */
  readonly bitrate: number;
  /** How much of it got lost or came too late: 0–1. Of what is sent, as the other side reports; undefined before it has. */
  readonly loss?: number | undefined;
  /** In milliseconds (RFC 3550 §6.4.1); undefined as above. */
  readonly jitter?: number | undefined;
  /** Size of the picture, in pixels; undefined for sound, and before the first picture. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Pictures a second. */
  readonly frameRate?: number | undefined;
}

/** Sound and picture in one direction; what does not flow is undefined. */
export interface FlowQuality {
  readonly audio?: StreamQuality | undefined;
  readonly video?: StreamQuality | undefined;
}

/** How a call fared in the last two seconds. Plain data that can be cloned. */
export interface CallQuality {
  /** When it was measured, in milliseconds since the epoch. */
  readonly time: number;
  /**
   * How good the other side's voice is, 1–4.5: a mean opinion score estimated from loss and delay by the E-model (ITU-T
   * G.107), 4.41 at best. Undefined where no voice is to be heard: on hold, or in a call of pictures alone.
   */
  readonly mos: number | undefined;
  /** How much got lost of what was sent to this side, or came too late: 0–1. Of the sound, where there is one. */
  readonly loss: number;
  /** Of what arrives, in milliseconds. */
  readonly jitter: number;
  /** To the other side and back, in milliseconds; undefined before it is known. */
  readonly rtt: number | undefined;
  /** Of all that arrives, in bit/s. */
  readonly bitrate: number;
  readonly received: FlowQuality;
  readonly sent: FlowQuality;
}

/** Why there is no relay: no TURN server was given, one refuses, or none answers; which, and with what. */
export interface RelayFailure {
  readonly code: 'no-relay' | 'relay-refused' | 'relay-unreachable';
  readonly subject?: string;
}

/**
 * Why nothing arrives, as far as it can be told from here:
 * `no-relay` no way to the other side was found, and no TURN server was there to help; `relay-refused`, `relay-unreachable`
 * none was found, and the TURN server refused or did not answer; `no-route` none was found, relays included; `disconnected` the way there was is lost; `encryption` the two sides have not agreed on keys (DTLS);
 * `lost` the other side reports that it sends, and nothing of it gets here; `not-sent` it reports that it sends nothing;
 * `unknown` the way stands, and nobody says why nothing comes by it.
 */
export type StallCause =
  RelayFailure['code'] | 'no-route' | 'disconnected' | 'encryption' | 'lost' | 'not-sent' | 'unknown';

/** Nothing has arrived for five seconds, though something should. */
export interface CallStall {
  /** What does not arrive: the sound, where there should be one. */
  readonly media: 'audio' | 'video';
  readonly cause: StallCause;
  /** Which TURN server gave no address, and with what, where that is the cause. */
  readonly subject?: string;
}
