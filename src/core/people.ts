/** A group of the server's directory. */
export interface Group {
  readonly number: string;
  readonly name: string;
  /** The number of the group that it belongs to; empty at the top. */
  readonly parent: string;
  /** The server's number of its kind. */
  readonly type: number | undefined;
  /** The object as the server sent it. */
  readonly raw: unknown;
}

/** Whether somebody can be reached: not registered, registered, or in a call. */
export type PersonState = 'offline' | 'online' | 'busy';

/** Somebody, or a device, of the server's directory. */
export interface Person {
  readonly number: string;
  readonly name: string;
  /** The server's user type (protocol page §6): 0 dispatcher … 7 camera. */
  readonly type: number | undefined;
  /** Undefined where the server says nothing of it. */
  readonly state: PersonState | undefined;
  /** The number of the group; empty where the server names none. */
  readonly group: string;
  /** The object as the server sent it. */
  readonly raw: unknown;
}

/** Where somebody is, or was last. */
export interface Position {
  readonly number: string;
  /** Degrees east, -180 to 180. */
  readonly lng: number;
  /** Degrees north, -90 to 90. */
  readonly lat: number;
  /** When it was measured, in milliseconds since the epoch; undefined where the server does not say. */
  readonly time: number | undefined;
  /** The object as the server sent it. */
  readonly raw: unknown;
}

/** Where a server's other services are. */
export interface LoginInfo {
  /** Address of the API's WebSocket; undefined where the server names none. */
  readonly apiUrl: string | undefined;
  /** Port of the server's HTTPS pages and uploads. */
  readonly webPort: number;
  /** Host of the recordings, where the server names it. */
  readonly recordHost: string | undefined;
  readonly recordPort: number | undefined;
  /** The object as the server sent it. */
  readonly raw: unknown;
}
