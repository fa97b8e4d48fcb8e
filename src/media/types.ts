/** The types that describe the media of a call; the core uses them as well. */

/** The kinds of media; each is true if wanted. */
export interface MediaKinds {
  readonly audio: boolean;
  readonly video: boolean;
}

/** The negotiated direction of a media line, as RTP directions of this side (RFC 8866 §6.7). */
export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** The negotiated directions of audio and video. */
export interface MediaState {
  readonly audio: MediaDirection;
  readonly video: MediaDirection;
}

/** How the sound of this side is sent. What is undefined is left to the browser. */
export interface AudioQuality {
  /** The highest bitrate that is sent, in bit/s, 6000–510,000. */
  readonly maxBitrate?: number;
  /** Whether Opus repeats some of each packet in the next one, against loss (in-band FEC). */
  readonly fec?: boolean;
  /** Whether Opus sends nearly nothing in silence (DTX). */
  readonly dtx?: boolean;
  /** Whether Opus has two channels, if the microphone does. */
  readonly stereo?: boolean;
  /** The highest sample rate that Opus is worth sending at, in hertz: 8000, 12,000, 16,000, 24,000 or 48,000. */
  readonly maxPlaybackRate?: number;
  /**
   * How much sound is in each packet that the two sides send, in milliseconds (RFC 8866 §6.4): 10, 20, 40 or 60. Short ones
   * are heard sooner, long ones take less of the network.
   */
  readonly ptime?: number;
}

/** How the picture of this side is sent. What is undefined is left to the browser. */
export interface VideoQuality {
  /** The size of the camera’s picture that is sent at most, in pixels, 16–7680. */
  readonly width?: number;
  readonly height?: number;
  /** Frames per second that are sent at most, 1–120. */
  readonly frameRate?: number;
  /** The highest bitrate that is sent, in bit/s, 30,000–100,000,000; also for a shared screen. */
  readonly maxBitrate?: number;
  /** What matters in the camera’s picture: `motion`, or the sharpness of `detail` and `text`. */
  readonly contentHint?: '' | 'motion' | 'detail' | 'text';
  /** The camera of a phone if the user has chosen none: the one that faces the user, or the one that faces away. */
  readonly facingMode?: 'user' | 'environment';
  /** Whether the picture adapts to a bad network, and to the size in which the other side shows it. */
  readonly adapt?: boolean;
}

/** How media are sent. */
export interface MediaQuality {
  readonly audio?: AudioQuality | undefined;
  readonly video?: VideoQuality | undefined;
  /** Preferred codecs of both kinds, best first. */
  readonly codecs?: readonly string[] | undefined;
}

/** The media that this side wants to send and receive. */
export interface WantedMedia extends MediaKinds {
  /** Sends the screen as the video; `video` then says whether the call includes a camera at all. */
  readonly screen?: boolean;
  /** Opens the microphone muted: silence is sent until it is unmuted. */
  readonly silent?: boolean;
  /** The devices that may be opened, if fewer than the kinds wanted; a kind without a device is only received. */
  readonly opens?: MediaKinds;
}

/**
 * The answer to the other side's request to add video: `false` refuses it, `true` accepts it with your camera off,
 * `camera` accepts it and opens your camera as well.
 */
export type MediaResponse = boolean | 'camera';

/** Whether one side records the call (RFC 7866 §6.1.2). */
export type RecordingSign = 'on' | 'paused' | 'off';

/** One of the other side's video streams. */
export interface RemotePicture {
  /** The identification tag of its media line (RFC 5888): unique within the call. */
  readonly id: string;
  /**
   * Its label from the other side (RFC 4574), else its content, such as `slides` (RFC 4796); empty if neither is given.
   */
  readonly label: string;
  /** The video without audio. */
  readonly stream: MediaStream;
}

/** The quality of a call's audio or video in one direction, over the last two seconds. */
export interface StreamQuality {
  /** The codec's name as in SDP: `opus`, `PCMU`, `VP8`; empty if the browser does not report it. */
  readonly codec: string;
  /** In bit/s, without headers. */
  readonly bitrate: number;
  /** The share of packets lost or late: 0–1. For sent media as the other side reports, undefined before it has. */
  readonly loss?: number | undefined;
  /** In milliseconds (RFC 3550 §6.4.1); undefined in the same cases as `loss`. */
  readonly jitter?: number | undefined;
  /** The size of the video, in pixels; undefined for audio, and before the first frame. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Frames per second. */
  readonly frameRate?: number | undefined;
}

/** The quality of audio and video in one direction; undefined for a kind that does not flow. */
export interface FlowQuality {
  readonly audio?: StreamQuality | undefined;
  readonly video?: StreamQuality | undefined;
}

/** The quality of a call over the last two seconds. Plain data that can be cloned. */
export interface CallQuality {
  /** When it was measured, in milliseconds since the epoch. */
  readonly time: number;
  /**
   * The quality of the other side's voice, 1–4.5: a mean opinion score that the E-model (ITU-T G.107) estimates from
   * loss and delay, 4.41 at best. Undefined when there is no voice to hear: on hold, or in a video-only call.
   */
  readonly mos: number | undefined;
  /** The share of packets sent to this side that were lost or came too late: 0–1. For the audio, if there is any. */
  readonly loss: number;
  /** The jitter of the received media, in milliseconds. */
  readonly jitter: number;
  /** The round-trip time, in milliseconds; undefined before it is known. */
  readonly rtt: number | undefined;
  /** The bitrate of all received media, in bit/s. */
  readonly bitrate: number;
  readonly received: FlowQuality;
  readonly sent: FlowQuality;
}

/** Who a call is with, for a page's function that returns a key. */
export interface EncryptedParty {
  readonly number: string;
  readonly direction: 'incoming' | 'outgoing';
}

/** How media are encrypted end to end. */
export interface EncryptionOptions {
  /** Whether a call without encryption is a plain one (`prefer`), or is refused and ended (`require`). */
  readonly mode: 'prefer' | 'require';
  /**
   * Returns the key that both pages know for a call, 16 random bytes or more: it proves who the other side is, so that no
   * one compares a code. Each call has keys of its own, derived from this one and from a new exchange.
   */
  readonly key?: (call: EncryptedParty) => BufferSource | string | Promise<BufferSource | string>;
  /**
   * The address of `sip-encryption-worker.js`, on the page's origin.
   *
   * @defaultValue the worker beside the script
   */
  readonly worker?: string;
}

/** How one call is encrypted: as `EncryptionOptions`, by the mode alone, or not at all (`none`). */
export type CallEncryption = EncryptionOptions['mode'] | 'none' | EncryptionOptions;

/**
 * Whether a call is encrypted end to end.
 *
 * `none` it is not: the other side cannot, or a server is in between; `exchanging` keys are exchanged, and no media pass
 * yet; `unverified` sent media are encrypted and arriving ones were decrypted, but someone in between may have exchanged
 * the keys: compare `code`; `verified` the users have compared the code, or both pages have the same key; `failed` what
 * arrives cannot be decrypted, and is not played.
 */
export interface EncryptionState {
  readonly phase: 'none' | 'exchanging' | 'unverified' | 'verified' | 'failed';
  /** Six digits, which both users see if no one is in between. */
  readonly code?: string;
}

/**
 * Why there is no relay: no TURN server is configured, one refused, or none answered. `subject` is the server and its
 * answer.
 */
export interface RelayFailure {
  readonly code: 'no-relay' | 'relay-refused' | 'relay-unreachable';
  readonly subject?: string;
}

/**
 * Why nothing arrives, as far as this side can determine:
 * `no-relay` no route to the other side was found, and no TURN server was configured; `relay-refused`,
 * `relay-unreachable`
 * no route was found, and the TURN server refused or did not answer; `no-route` no route was found, relays included;
 * `disconnected` the connection was lost; `encryption` the two sides have not agreed on keys (DTLS);
 * `lost` the other side reports that it sends, but nothing arrives; `not-sent` it reports that it sends nothing;
 * `unknown` the connection is open, and neither side reports why nothing arrives.
 */
export type StallCause =
  RelayFailure['code'] | 'no-route' | 'disconnected' | 'encryption' | 'lost' | 'not-sent' | 'unknown';

/** How lost media fare: another path for them is sought, or that was in vain. */
export type MediaLoss = 'recovering' | 'failed';

/** Reports that expected media has not arrived for five seconds. */
export interface CallStall {
  /** The missing kind: audio, if audio is expected. */
  readonly media: 'audio' | 'video';
  readonly cause: StallCause;
  /** The TURN server that gave no address, and its answer, if that is the cause. */
  readonly subject?: string;
}

/** A sound that is sent into a call. */
export interface AnnouncedSound {
  readonly track: MediaStreamTrack;
  /** Whether the microphone is sent too. */
  readonly mix: boolean;
}
