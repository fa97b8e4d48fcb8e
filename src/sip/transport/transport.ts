import type {SipError} from '../../errors.js';

/** The state of a transport. `closed` is final: each connection needs a new transport. */
export type TransportState = 'idle' | 'connecting' | 'open' | 'closed';

/**
 * Carries SIP messages, each as one text (RFC 7118 §5). One object is one connection.
 *
 * ```
 * idle ── connect() ──► connecting ──► open ──► closed
 *                           └───────────────────►
 * ```
 */
export interface SipTransport {
  readonly state: TransportState;
  /**
   * The address of the server that is reached, if other tabs use the same connection; undefined for a connection of this
   * page alone. A second transport would be on the same connection.
   */
  readonly shared?: string | undefined;
  /** Receives every arriving text, including keep-alives. */
  onmessage: ((message: string) => void) | undefined;
  onstatechange: ((state: TransportState) => void) | undefined;
  /**
   * Resolves when messages can be sent. Rejects with `server-unreachable`, `certificate-refused` or `insecure-server`,
   * which closes the transport.
   */
  connect(): Promise<void>;
  /**
   * Closes the transport; idempotent, never rejects.
   *
   * @param error - Why the connection is of no use any more: `connection-lost` if the server is not heard.
   * @param retryAfter - How long the server asks not to be used, in milliseconds.
   */
  disconnect(error?: SipError, retryAfter?: number): Promise<void>;
  /** Called if the registration may end before this page renews it, because another page has left. */
  onrenew?: (() => void) | undefined;
  /** Returns whether the page has no call: if no tab has one, the connection may go over to another server. */
  onask?: (() => boolean) | undefined;
  /** Called when a connection that tabs share leads to another server, which knows no registration yet. */
  onmoved?: ((url: string) => void) | undefined;
  /** The server is silent: opens another connection beside a shared one, and keeps the one that is heard first. */
  challenge?(): void;
  /** Announces that the page is closing, or signs out: the user has not refused the calls that the page refuses from now on. */
  leaving?(): void;
  /** Resolves when the message was passed on. Rejects with `connection-lost` if the transport is not open. */
  send(message: string): Promise<void>;
}

/** Creates a transport to the address. */
export type TransportFactory = (url: string) => SipTransport;
