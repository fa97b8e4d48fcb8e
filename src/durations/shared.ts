/** Waiting times of the tabs that are one phone, and of the servers that their worker or a page of its own turns to, as `durations`. */
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
