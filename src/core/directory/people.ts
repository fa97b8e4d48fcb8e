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

/**
 * Whether somebody can be reached: not registered, registered, in a call. A server that follows the RFCs also tells of whom
 * it rings at the moment (`ringing`), who is away from the phone (`away`), and who is in no call where it does not tell
 * whether he can be reached (`idle`).
 */
export type PersonState = 'offline' | 'online' | 'busy' | 'ringing' | 'away' | 'idle';

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

/** What a profile's server does for a page that watches numbers of its own choice. */
export interface PresenceService {
  /** Has `CallServiceHost.personChanged` tell of the number, until as many `unwatch` have ended it. */
  watch(number: string): void;
  unwatch(number: string): void;
  /** What is known of a number that is watched. */
  stateOf(number: string): PersonState | undefined;
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
