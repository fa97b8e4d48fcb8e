/** The version of these messages, and of those of the API (`dispatch/sharing`). */
export const SHARING_VERSION = 6;

/** The lock that a page holds as long as it takes part: the browser releases it when the page is gone. */
export const pageLock = (id: string): string => `sip-elements:page:${id}`;

/** The lock that a worker holds as long as it lives. */
export const workerLock = (id: string): string => `sip-elements:worker:${id}`;

/** The lock of the worker that has the instance id. */
export const phoneLock = (instance: string): string => `sip-elements:phone:${instance}`;

/** A page that wants to take part. */
export interface Joining {
  /** The page's own id, for its lock. */
  readonly id: string;
  /** The server's address; without effect if the phone has a socket to another server. */
  readonly url: string;
  /** The address of the page's first server: the phone returns to it when it can. */
  readonly home: string;
  /** The hosts of the account's domain, as `normalizedHost` writes them. */
  readonly hosts: readonly string[];
  /** The phone's instance id (RFC 5626 §4.1), if the page knows it from before. */
  readonly instance: string | undefined;
  /** The user part of the phone's Contact, if this page has been part of the phone: its calls go on with a new worker. */
  readonly user: string | undefined;
}

/** The open socket. */
export interface Opened {
  /** The server's address. */
  readonly url: string;
  /** The worker's own id, for its lock. */
  readonly worker: string;
  readonly instance: string;
  /** The user part of the phone's Contact. */
  readonly user: string;
}

/**
 * Why a page leaves: it is `done`, it does not hear the server over the socket (`unheard`), or the server does not serve
 * it (`useless`).
 */
export type Leaving = 'done' | 'unheard' | 'useless';

/** What a page sends to the worker. */
export type ToWorker =
  | {readonly join: Joining}
  | {readonly send: string}
  /** Whether the user looks at the page. */
  | {readonly front: true}
  /** The page is closing, or signs out: what it refuses from now on, its user has not refused. */
  | {readonly leaving: true}
  /** The page has not heard the server for some time. */
  | {readonly silent: true}
  /** Whether the page has no call. */
  | {readonly idle: boolean}
  /** How long the server asks not to be used, in milliseconds. */
  | {readonly leave: Leaving; readonly rest?: number};

/**
 * Why a page gets no socket: it was `lost`, it could not be opened (`unopened`), or the server did not serve another page
 * a moment ago (`spared`).
 */
export type Closed = 'lost' | 'unopened' | 'spared';

/** What the worker sends to a page. */
export type ToPage =
  /** The worker works, in this version; the socket follows. */
  | {readonly joined: number}
  | {readonly open: Opened}
  | {readonly received: string}
  | {readonly closed: Closed}
  /** Asks whether the page has no call. */
  | {readonly ask: 'idle'}
  /** The phone uses another server now, with this address: the page has to register there. */
  | {readonly moved: string}
  /** The registration may end before the page renews it. */
  | {readonly renew: true};
