/** Where a transport stands. `closed` is final: another connection is another transport. */
export type TransportState = 'idle' | 'connecting' | 'open' | 'closed';

/**
 * Carries SIP messages, one text each (RFC 7118 §5). One object is one connection.
 *
 * ```
 * idle ── connect() ──► connecting ──► open ──► closed
 *                           └───────────────────►
 * ```
 */
export interface SipTransport {
  readonly state: TransportState;
  /** Takes every text that arrives, keep-alives too. */
  onmessage: ((message: string) => void) | undefined;
  onstatechange: ((state: TransportState) => void) | undefined;
  /** Resolves when messages can be sent. Rejects with `server-unreachable`, `certificate-refused` or `insecure-server`, and is closed then. */
  connect(): Promise<void>;
  /** Closes; idempotent, never rejects. */
  disconnect(): Promise<void>;
  /** Resolves when the message was handed on. Rejects with `connection-lost` where the transport is not open. */
  send(message: string): Promise<void>;
}

/** Makes a transport to the address. */
export type TransportFactory = (url: string) => SipTransport;
