/**
 * How long the product waits, in milliseconds: one table, which tests set short.
 *
 * Read an entry at the moment of use, never when a module loads. Not part of the API: what a page may set is
 * `timeouts` in the client's options.
 */
export const durations = {
  // Media

  /** Between two looks at a call's statistics: often enough for a meter, seldom enough to cost nothing. */
  statisticsInterval: 2_000,
  /** Without a packet, until a call reports that nothing arrives. */
  mediaStall: 5_000,
  /** Stalled, until another way is sought; doubled each time. */
  stallRepair: 5_000,
  /** With something arriving, until a stall counts as the first one again. */
  steadyMedia: 30_000,
  /** Without an answer to a consent check, until the other side counts as gone: checks come every 4 to 6 s (RFC 7675 §5.1). */
  consentResponse: 7_000,
  /** For a relayed candidate if no others may be used: a browser asks a TURN server over UDP for almost 10 s. */
  relayCandidate: 10_000,
  /** For the track that a page's processor makes of a device's own. */
  trackProcessor: 3_000,
  /** For the first picture of a photo: the slowest cameras send one a second. */
  photoPicture: 2_000,
  /** For the page's own ringtone, until a call rings with the built-in one. */
  ringtone: 1_000,

  // SIP

  /** For the first media of an answered call, until the call counts as failed. */
  firstMedia: 15_000,
  /** Without the media that a call had, until the call ends. */
  mediaLoss: 60_000,
  /** The unit in which a refused offer waits for the other side's (RFC 3261 §14.1). */
  glareUnit: 10,
  /** What a comma among tones stands for. */
  tonePause: 2_000,

  // Elements

  /** Between two looks of `<sip-monitor>` at its pictures. */
  monitorInterval: 1_000,
  /** Without a frame, until a picture of `<sip-monitor>` counts as stopped. */
  monitorStall: 5_000,
  /** Out of view, until `<sip-monitor>` lets a picture go. */
  monitorHidden: 5_000,
  /** Before `<sip-monitor>` asks again the first time; doubled each time. */
  monitorRetry: 1_000,
};
