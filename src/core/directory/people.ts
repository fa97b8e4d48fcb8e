/** A dispatch server's user type of a camera. */
export const CAMERA = 7;

/** A group of the server's directory. */
export interface Group {
  readonly number: string;
  readonly name: string;
  /** The number of the parent group; empty at the top level. */
  readonly parent: string;
  /** The server's number of its kind. */
  readonly type: number | undefined;
  /** The object as the server sent it. */
  readonly raw: unknown;
}

/**
 * The state of a person: not registered, registered, in a call. A server that follows the RFCs also reports who is
 * being called at the moment (`ringing`), who is away from the phone (`away`), and who is in no call although their
 * availability is unknown (`idle`).
 */
export type PersonState = 'offline' | 'online' | 'busy' | 'ringing' | 'away' | 'idle';

/** A person or a device of the server's directory. */
export interface Person {
  readonly number: string;
  readonly name: string;
  /** The server's user type (docs/protocol/numbers.md#user-types): 0 dispatcher … 7 camera. */
  readonly type: number | undefined;
  /** Undefined if the server does not report it. */
  readonly state: PersonState | undefined;
  /** The number of the group; empty if the server reports none. */
  readonly group: string;
  /** The object as the server sent it. */
  readonly raw: unknown;
}

/** A server's presence commands, for a page that watches numbers of its choice. */
export interface PresenceService {
  /** Starts reports of the number by `CallServiceHost.personChanged`. Each `watch` needs one `unwatch`. */
  watch(number: string): void;
  unwatch(number: string): void;
  /** Returns the last known state of a watched number. */
  stateOf(number: string): PersonState | undefined;
  /** Returns the dialogs of a watched number, as RFC 4235 writes them, if the server tells them. */
  dialogsOf?(number: string): readonly Element[];
}

/** The current or last position of a person. */
export interface Position {
  readonly number: string;
  /** Degrees east, -180 to 180. */
  readonly lng: number;
  /** Degrees north, -90 to 90. */
  readonly lat: number;
  /** When the position was measured, in milliseconds since the epoch; undefined if the server does not report it. */
  readonly time: number | undefined;
  /** The object as the server sent it. */
  readonly raw: unknown;
}

/** The addresses of a server's other services. */
export interface LoginInfo {
  /** The URL of the API's WebSocket; undefined if the server reports none. */
  readonly apiUrl: string | undefined;
  /** The port of the server's HTTPS pages and uploads. */
  readonly webPort: number;
  /** The host of the recordings, if the server reports it. */
  readonly recordHost: string | undefined;
  readonly recordPort: number | undefined;
  /** A number that sends back what it hears and sees; undefined if the server names none. */
  readonly echo: string | undefined;
  /** The object as the server sent it. */
  readonly raw: unknown;
}
