/**
 * Internal waiting times, in milliseconds, in one table that tests shorten.
 *
 * Read an entry at the moment of use, never when a module loads. Not part of the API: pages set `timeouts` in the
 * client's options.
 */
export const durations = {
  // Media

  /** Between two measurements of a call: frequent enough for a meter, rare enough to cost nothing. */
  statisticsInterval: 2_000,
  /** Without a packet, until a call reports a stall. */
  mediaStall: 5_000,
  /** Stalled, until ICE is restarted; doubled each time. */
  stallRepair: 5_000,
  /** With media arriving, until the next stall counts as the first one again. */
  steadyMedia: 30_000,
  /**
   * Without a response to a consent check, until the other side counts as gone: checks are sent every 4 to 6 s (RFC
   * 7675 §5.1).
   */
  consentResponse: 7_000,
  /** For a relayed candidate if no others may be used: a browser asks a TURN server over UDP for almost 10 s. */
  relayCandidate: 10_000,
  /** For the track that a page's processor makes of a device's track. */
  trackProcessor: 3_000,
  /** For the first frame of a photo: the slowest cameras send one per second. */
  photoPicture: 2_000,
  /** For the page's ringtone to load, until a call rings with the built-in one. */
  ringtone: 1_000,

  /** How long the health of a call is `restored`, until it is `healthy` again. */
  restored: 10_000,

  // SIP

  /** Without an answer to a REGISTER, until it is sent again: a server that starts may take connections and answer nothing. */
  registerAgain: 2_000,
  /** For a server to be reached, until the next one of several is tried too. */
  nextServer: 2_000,
  /** At another server than the first, until the first one is tried again; doubled each time, up to 16 times as long. */
  serverReturn: 60_000,
  /** For the other side of a call that an earlier page left, until the call counts as lost. */
  takeOver: 15_000,
  /** For the first media of an answered call, until the call counts as failed. */
  firstMedia: 15_000,
  /** Without the media that a call had, until the call ends. */
  mediaLoss: 60_000,
  /**
   * The same if the server cannot reach the other side either. It is asked 10 to 15 s after the last packet: a page has 23 s
   * to come back, and one that was closed for good leaves the other side within 30 s.
   */
  absence: 13_000,
  /** For a packet to arrive after a new connection to the server, until ICE is restarted: the network may have changed. */
  arrival: 1_500,
  /** For the final response to a cancelled INVITE, until it is cancelled again. */
  cancelAgain: 4_000,
  /** The unit in which a refused offer waits for the other side's (RFC 3261 §14.1). */
  glareUnit: 10,
  /** The pause for a comma among DTMF tones. */
  tonePause: 2_000,

  /** For calls that end in the same moment to be added to the history together. */
  historyBatch: 250,

  // Messages

  /** For a number to tell which types of messages it accepts, until a text is sent to it as plain text. */
  acceptAnswer: 2_000,
  /** For a message that has arrived to be stored, until it is accepted all the same. */
  messageStored: 3_000,
  /** For a page that is closing to leave its messages to the next one, which may write others meanwhile. */
  pageEnd: 3_000,
  /** How long a message waits for the connection. */
  outbox: 86_400_000,
  /** Without a key, until the user no longer counts as writing (RFC 3994 §3.2). */
  composingIdle: 15_000,
  /** How long others may count on it that the user is writing; said again a fifth earlier, 60 s at least. */
  composingRefresh: 90_000,
  /** How long others count as writing if they do not say (RFC 3994 §3.3). */
  composingExpiry: 120_000,

  // People

  /** How long an answer of the page's `people` counts, until the number is asked for again. */
  personDetails: 300_000,
  /** The same if `people` has thrown or rejected. */
  personRetry: 30_000,
  /** How long a number that was shown is not forgotten for another one. */
  personShown: 60_000,

  // Calls that the next page continues

  /** Between two notes of a page with calls that it is still there. */
  callNotes: 5_000,
  /** For the next page to continue the calls of one that is gone. */
  nextPage: 30_000,
  /** For the browser's database to name the calls of the page before. */
  callsRead: 1_000,
  /** How long the database has the calls of a page that has no next one. */
  leftCalls: 600_000,

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
};
