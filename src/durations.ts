/**
 * Internal waiting times, in milliseconds, in one table that tests shorten.
 *
 * Read an entry at the moment of use, never when a module loads. Not part of the API: pages set `timeouts` in the
 * client's options.
 */
export const durations = {
  // Media

  /** After the last question for the level of what arrives, until its meter is closed. */
  levelUnasked: 2_000,
  /** After the last packet of a sound, while its level counts. */
  freshLevel: 500,
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
  /**
   * After a UDP host candidate, for the next one: browsers give them all at once. The other side learns a later one from
   * this side's checks (RFC 8445 §7.3.1.3).
   */
  nextHostCandidate: 5,
  /** For the first candidate: busy machines are slow, and there is no media without one. */
  firstCandidate: 5_000,
  /** For a relayed candidate if no others may be used: a browser asks a TURN server over UDP for almost 10 s. */
  relayCandidate: 10_000,
  /** For a connection that is about to connect, until it is closed. */
  connectionSettled: 1_000,
  /** For the camera of an answer: one that opens later is offered. */
  answerCamera: 2_000,
  /** For the mixer of a call to start: the browser suspends it until a user gesture. */
  mixerStart: 1_000,
  /** For the track that a page's processor makes of a device's track. */
  trackProcessor: 3_000,
  /** For the first frame of a photo, or of a call that a page places: the slowest cameras send one per second. */
  photoPicture: 2_000,
  /** For the mixer of a recording to start: some browsers open the device first. They report no refusal. */
  recordingSound: 4_000,
  /** For the first frame of each video of a recording, which then has its size and begins with both. */
  recordingFrame: 1_000,
  /** For the browser's recorder to start: Chromium's does with the first audio and video, and never without one of them. */
  recordingStart: 10_000,
  /** For the browser's recorder to report that it stopped. */
  recordingStop: 5_000,
  /** For the storage to begin a recording, until the recording is kept in memory. */
  recordingStorage: 10_000,
  /** For the storage to write a part of a recording, until the recording ends with the parts before it. */
  recordingWrite: 30_000,
  /** For the storage to make the file of a recording that has ended, besides the length of the recording. */
  recordingFile: 60_000,
  /** For the last part of a recording after the browser has reported that the recorder stopped. */
  recordingLastPart: 2_000,
  /** For the browser to read a downloaded file: Safari asks the user first. */
  downloadStart: 10_000,
  /** For the page's ringtone to load, until a call rings with the built-in one. */
  ringtone: 1_000,
  /** For the browser to open a sound to play into a call, until it counts as unsupported. */
  soundLength: 3_000,
  /** For playback to start, until it counts as blocked by the browser. */
  playbackStart: 400,
  /** How long the health of a call is `restored`, until it is `healthy` again. */
  restored: 10_000,

  // The page

  /** From the press of a talk group's tile, until it is held: a shorter press selects it. */
  holdBegins: 250,
  /** While a call rings, between two looks at whether its buttons can be pressed: nothing tells that a dialog has opened. */
  answerSight: 500,
  /** For an offer, an answer or a registration to be sent, until the elements draw all the same. */
  drawing: 100,
  /**
   * For the page's response to a request of the other side. That request waits meanwhile, and times out after 32 s if no
   * provisional response arrives (RFC 3261 §17.1, Timers B and F).
   */
  pageResponse: 20_000,
  /** For calls that end in the same moment to be added to the history together. */
  historyBatch: 250,

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
  /** For a page that is closing to leave its messages to the next one, which may write others meanwhile. */
  pageEnd: 3_000,
  /** Without locks, until an unsent message counts as left by its page. */
  abandonedMessage: 120_000,
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

  // Journal

  /** For rows that could not be written to be tried again. */
  journalRetry: 10_000,
  /** For rows that the page's sink has not taken to be given again; doubled each time. */
  journalSink: 1_000,
  /** The longest time for that. */
  journalSinkLongest: 60_000,
  /** In which strangers may write one more row. */
  strangerRow: 60_000,
  /** In which a user of the own domain may cause one more row. */
  userRow: 2_000,
  /** For a row to say how many rows were left out. */
  rowsOmitted: 60_000,

  /** At the end of a shift, for its journal to be written, and to be taken by the page's sink. */
  shiftEnd: 5_000,

  // Recall

  /** One of the minutes for which what was heard is kept. */
  recallMinute: 60_000,
  /** Between two notes on the disk of what someone says: a crash loses no more. */
  recallNotes: 2_000,
  /** Between two looks at most for what gone pages have left, whose time may have passed. */
  recallSweep: 300_000,

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

/**
 * The same for the tabs that are one phone, and for the servers that their worker or a page of its own turns to. A table of its own: the shared worker loads nothing else of this file.
 */
export const sharedDurations = {
  /** At another server than the first, until the first one is tried again; doubled each time, up to 16 times as long. */
  serverReturn: 60_000,

  // A page

  /** For the worker to answer a page, until the page opens a socket of its own: one that was not found may report nothing. */
  workerAnswer: 3_000,

  // The worker

  /** For a socket to open. */
  socketOpening: 10_000,
  /** For the next page after the last one has left, until the sockets are closed. */
  lastPage: 1_000,
  /** How long a server counts as alive after it was heard, although a page takes it for dead. */
  serverHeard: 5_000,
  /** How long all pages pass over a server that did not serve one of them. */
  serverUnserved: 5_000,
  /** How long a request is remembered, and a call after its response: 64·T1 (RFC 3261 §17). */
  transaction: 32_000,
  /** For a page to answer a request that one page handles for all, until the next one gets it, too: it may hang. */
  pageAnswer: 4_000,
  /** For the next page to take a request of one that has crashed, until the request is refused. */
  crashedPageRequest: 2_000,
  /** The same for a MESSAGE, also if no page was there. */
  undeliveredMessage: 20_000,
  /** For the next page of one that is gone to come back to its calls, until they end. */
  pageReturn: 31_000,
  /** For that page to continue the calls. */
  callTakeover: 20_000,
  /** Between two tries to end calls without a connection. */
  byeRetry: 5_000,
  /** For the pages to say that they have no call: one that is frozen says nothing. */
  idleAnswer: 500,

  // The worker, at a dispatch server

  /** For a page to log in to the API, until the next one may. */
  apiLogin: 10_000,
  /** For the API to show that it is there, which a page does not hear. */
  apiProbe: 5_000,
  /** For a page's request to be answered (docs/protocol/envelope.md). */
  apiReply: 10_000,
  /** The same for a late reply, which still goes to that page. */
  apiLateReply: 30_000,
  /** For the reply that says who has asked for a call, until its INVITE goes to all pages (docs/protocol/calls.md). */
  apiInvite: 2_000,
};
