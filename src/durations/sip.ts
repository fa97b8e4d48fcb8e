/** Waiting times of SIP and of the server's API, in milliseconds, as `durations`. */
export const sipDurations = {
  // SIP

  /** For the final response to a request: 64·T1 (RFC 3261 §17). */
  transaction: 32_000,
  /** For the closing handshake of a WebSocket, until the socket is abandoned. */
  socketClose: 1_000,
  /** For a connection to open, until a hint of a new network begins it anew: it may wait for a network that is gone. */
  staleAttempt: 1_000,
  /** For the responses to the last BYEs and to the unregistration, until the connection is closed. */
  lastRequests: 1_000,
  /** Without an answer to a REGISTER, until it is sent again: a server that starts may take connections and answer nothing. */
  registerAgain: 2_000,
  /** Between a registration and the one with a new token, at least: a page may return the same token again. */
  tokenRenewal: 5_000,
  /** For a server to be reached, until the next one of several is tried too. */
  nextServer: 2_000,
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
  /**
   * The shortest interval of a session: one that the other side has set shorter is refreshed as often as this one. RFC 4028
   * §5 allows none below 90 s.
   */
  sessionInterval: 30_000,
  /** For the answer to the other side's offer, or for its ACK, until a new offer is tried again. */
  openOffer: 50,
  /** The unit in which a refused offer waits for the other side's (RFC 3261 §14.1). */
  glareUnit: 10,
  /** The pause for a comma among DTMF tones. */
  tonePause: 2_000,
  /**
   * For the browser to start and end a tone, besides the tone itself: no event follows if the media section changes
   * meanwhile.
   */
  toneEnd: 1_000,
  /** For the response to a tone in an INFO. */
  toneResponse: 10_000,
  /** For the other side to reach the target of a transfer: a phone rings for at most 180 s. */
  transfer: 180_000,
  /** How long a subscription must last to start again at once. */
  steadySubscription: 10_000,
  /** Between two requests for the full state of a subscription. */
  fullStateAgain: 5_000,

  // The server's API

  /** For the reply to a logout, until the socket is closed. */
  apiLogout: 1_000,
  /** For the server's report of an end after the BYE. */
  endReport: 1_000,
  /** For the event with the reason of an end: it may use the other carrier. */
  endReason: 500,

  // Messages

  /** For a number to tell which types of messages it accepts, until a text is sent to it as plain text. */
  acceptAnswer: 2_000,
  /** How long an answer to that counts. */
  acceptedTypes: 600_000,
  /** The same if the number has refused to answer. */
  acceptedTypesRetry: 30_000,
  /** For a message that has arrived to be stored, until it is accepted all the same. */
  messageStored: 3_000,
};
