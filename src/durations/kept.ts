/** Waiting times of what a browser keeps, in milliseconds, as `durations`. */
export const keptDurations = {
  /** For the browser to open a database: some never do, as Safari after a start. */
  database: 5_000,
  /** For a transaction to end: another page may stand still amid one of its own. */
  databaseTask: 15_000,
  /** The same after one that did not end. */
  busyDatabase: 1_000,
  /** For the browser to answer about other tabs, and to end a subscription for pushes, when the user signs out. */
  pushAnswer: 3_000,
  /** For a push service to subscribe the browser: without a network, some never say that they cannot. */
  pushSubscription: 30_000,

  // Messages

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
  /** For the page's sink to take rows, until they count as not taken. */
  journalSinkAnswer: 120_000,
  /** In which strangers may write one more row. */
  strangerRow: 60_000,
  /** In which a user of the own domain may cause one more row. */
  userRow: 2_000,
  /** For a row to say how many rows were left out. */
  rowsOmitted: 60_000,
  /** At the end of a shift, for its journal to be written, and to be taken by the page's sink. */
  shiftEnd: 5_000,
  /** For the browser's storage to give, and to erase, what a shift has kept. */
  shiftStorage: 5_000,

  // Recordings

  /** The longest time between two attempts to upload a recording. */
  uploadRetry: 300_000,
  /** For a tus server to take a part of a recording, or to answer, until the upload counts as failed. */
  uploadSilence: 120_000,
  /** Between two looks for recordings of other tabs that are to be uploaded. */
  uploadLook: 60_000,

  // Recall

  /** One of the minutes for which what was heard is kept. */
  recallMinute: 60_000,
  /** Between two notes on the disk of what someone says: a crash loses no more. */
  recallNotes: 2_000,
  /** Between two looks at most for what gone pages have left, whose time may have passed. */
  recallSweep: 300_000,
};
