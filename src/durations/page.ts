/**
 * Internal waiting times, in milliseconds, in tables that tests shorten: a table for what is loaded together.
 *
 * Read an entry at the moment of use, never when a module loads. Not part of the API: pages set `timeouts` in the
 * client's options.
 */
export const durations = {
  // Media

  /** For the storage to begin a recording, until the recording is kept in memory. */
  recordingStorage: 10_000,
  /** For playback to start, until it counts as blocked by the browser. */
  playbackStart: 400,

  // The page

  /** From the press of a talk group's tile, until it is held: a shorter press selects it. */
  holdBegins: 250,
  /** While a call rings, between two looks at whether its buttons can be pressed: nothing tells that a dialog has opened. */
  answerSight: 500,
  /** For an offer, an answer or a registration to be sent, until the elements draw all the same. */
  drawing: 100,
  /** For the journal to be loaded and read, until the client connects without it. */
  journalOpening: 3_000,
  /** For the calls of the page before to be read, until the client signs out without them. */
  callsBack: 2_000,
  /** For what the recall has kept to be erased, until the client has signed out all the same. */
  recallEnd: 5_000,
  /**
   * For the page's response to a request of the other side. That request waits meanwhile, and times out after 32 s if no
   * provisional response arrives (RFC 3261 §17.1, Timers B and F).
   */
  pageResponse: 20_000,
  /** For calls that end in the same moment to be added to the history together. */
  historyBatch: 250,

  // Elements

  /** How long `<sip-calls>` shows an ended call. */
  endedCall: 6_000,
  /** For which `<sip-messages>` does not say again to screen readers that somebody is writing. */
  composingNews: 60_000,
  /** Between two checks of `<sip-monitor>` on its videos. */
  monitorInterval: 1_000,
  /** Without a frame, until `<sip-monitor>` marks the time of a video as old. */
  monitorLate: 2_500,
  /** Without a frame, until a video of `<sip-monitor>` counts as stopped. */
  monitorStall: 5_000,
  /** Out of view, until `<sip-monitor>` ends a video. */
  monitorHidden: 5_000,
  /** Before `<sip-monitor>` retries the first time; doubled each time. */
  monitorRetry: 1_000,
  /** After a talk group has ended by itself, until it is joined again. */
  groupRejoin: 5_000,
};
