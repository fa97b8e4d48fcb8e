/** A page that wants to use the API's connection of the shared worker. */
export interface ApiJoining {
  /** The connection's own id, for its lock. */
  readonly id: string;
  /** The address of the API. */
  readonly url: string;
  /** The instance id that the page itself has. */
  readonly instance: string;
}

/** What a page sends to the worker. */
export type FromApiPage =
  | {readonly api: ApiJoining}
  | {readonly send: string}
  /** The page leaves; it may not hear the server over the connection. */
  | {readonly leave: 'done' | 'unheard'};

/** What the worker sends to a page. */
export type ToApiPage =
  /** The connection is open; the worker's own id, for its lock. */
  {readonly open: string} | {readonly received: string} | {readonly closed: true};
