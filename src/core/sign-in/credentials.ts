/** What a client asks a page's function for credentials for. */
export interface CredentialsRequest {
  /** `sip` for a registration, a call or a message; `api` for the login at the API of a dispatch server. */
  readonly purpose: 'sip' | 'api';
  /** The account's user. */
  readonly user: string;
  /** The WebSocket address of the account's first server. */
  readonly server: string;
  /** Whether the server has refused the last credentials. */
  readonly refused: boolean;
  /** The realm of the server's last digest challenge, if there was one. */
  readonly realm: string | undefined;
}

/** A digest hash, which stands for a password (RFC 7616 §3.4.2): the hash of `user:realm:password`. */
export interface DigestHash {
  /** The realm that it is for; every one if undefined. */
  readonly realm?: string;
  /**
   * The algorithm that it was made by.
   *
   * @defaultValue by its length
   */
  readonly algorithm?: 'MD5' | 'SHA-256';
  /** The hash, as hexadecimal digits. */
  readonly hash: string;
}

/** What a page or its server signs in with: a password, a digest hash or a token; of several, what the server asks for. */
export interface Credentials {
  /**
   * The user name that goes with the password or the hash, such as `1767225600:1001` for an hour.
   *
   * @defaultValue the account's user
   */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** A digest hash (HA1) instead of a password, or several for different realms and algorithms. */
  readonly ha1?: string | readonly DigestHash[] | undefined;
  /** A Bearer token (RFC 8898), sent with each REGISTER and each login at the API, by `wss:` alone. */
  readonly token?: string | undefined;
}

/** Credentials as the client uses them. */
export interface CheckedCredentials {
  readonly user?: string;
  readonly password?: string;
  readonly ha1?: readonly DigestHash[];
  readonly token?: string;
  /** When the token ends, in seconds since 1970, if it tells. */
  readonly tokenEnd?: number;
}
