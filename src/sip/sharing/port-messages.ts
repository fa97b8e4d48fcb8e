export {SHARING_VERSION} from '../../core/tabs/sharing-version.js';

/**
 * The name of a lock: of a `page` as long as it takes part, of a `worker` as long as it lives, or of the worker that has the
 * instance id of a `phone`. The browser releases it when the page or the worker is gone.
 */
export const lockName = (holder: 'page' | 'worker' | 'phone', id: string): string =>
  `sip-elements:${holder}:${id}`;

/** A page's request to take part in the phone. */
export interface JoinRequest {
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

/** The open socket of the phone. */
export interface OpenedSocket {
  /** The server's address. */
  readonly url: string;
  /** The worker's own id, for its lock. */
  readonly worker: string;
  readonly instance: string;
  /** The user part of the phone's Contact. */
  readonly user: string;
}

/**
 * Why a page leaves: it is `done`, it does not hear the server over the socket (`unheard`), or the server accepts its
 * connection but serves nothing (`unserved`).
 */
export type LeaveReason = 'done' | 'unheard' | 'unserved';

/** What a page sends to the worker about SIP. */
export type ToWorker =
  | {readonly join: JoinRequest}
  | {readonly send: string}
  /** The page has become the front tab. */
  | {readonly front: true}
  /** The page is closing, or signs out: what it refuses from now on, its user has not refused. */
  | {readonly leaving: true}
  /** The page has not heard the server for some time. */
  | {readonly silent: true}
  /** Whether the page has no call. */
  | {readonly idle: boolean}
  /** How long the server asks not to be used, in milliseconds. */
  | {readonly leave: LeaveReason; readonly retryAfter?: number};

/**
 * Why a page gets no socket: it was `lost`, it could not be opened (`unopened`), or the server did not serve another page
 * a moment ago (`unserved`).
 */
export type CloseReason = 'lost' | 'unopened' | 'unserved';

/** What the worker sends to a page about SIP. */
export type ToPage =
  /** The worker works, in this version; the socket follows. */
  | {readonly joined: number}
  | {readonly open: OpenedSocket}
  | {readonly received: string}
  | {readonly closed: CloseReason}
  /** Asks whether the page has no call. */
  | {readonly ask: 'idle'}
  /** The phone uses another server now, with this address: the page has to register there. */
  | {readonly moved: string}
  /** The registration may end before the page renews it. */
  | {readonly renew: true};

/** A page's request to use the API's connection of the worker. */
export interface ApiJoinRequest {
  /** The connection's own id, for its lock. */
  readonly id: string;
  /** The address of the API. */
  readonly url: string;
  /** The instance id that the page itself has. */
  readonly instance: string;
}

/** What a page sends to the worker over its connection of the API. */
export type ToApiWorker =
  | {readonly api: ApiJoinRequest}
  | {readonly send: string}
  | {readonly leave: Exclude<LeaveReason, 'unserved'>};

/** What the worker sends to a page over its connection of the API. */
export type ToApiPage =
  /** The connection is open; the worker's own id, for its lock. */
  {readonly open: string} | {readonly received: string} | {readonly closed: true};
