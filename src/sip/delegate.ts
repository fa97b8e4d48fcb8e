import type {ConnectionState, RegistrationState} from '../core/types.js';
import type {SipError} from '../errors.js';
import type {SipDialog} from './dialog/dialog.js';
import type {IncomingReferral} from './transfer/referral.js';

/** A MESSAGE that arrived. */
export interface IncomingMessage {
  /** The sender's number. */
  readonly from: string;
  /** The sender's display name, if it differs from the number. */
  readonly name?: string;
  /** The `Date` header (RFC 3428 §4), if present: a server that stored the message writes it. */
  readonly date?: string;
  readonly contentType: string;
  readonly body: string;
  /** Whether the sender is a user of this domain who does not hide: others get no receipts. */
  readonly known?: boolean;
  /** The dialog that contained the message: its sender is the other side of that call. */
  readonly dialog?: SipDialog;
}

/** Callbacks of a user agent's owner. */
export interface UserAgentDelegate {
  onConnection(state: ConnectionState, error?: SipError): void;
  onRegistration(state: RegistrationState, error?: SipError): void;
  /** An INVITE arrived; a 180 follows unless the INVITE is refused at once. */
  onInvite(dialog: SipDialog): void;
  /** The page goes away. Returns whether the dialog is left to the next page; otherwise it is ended. */
  onLeave?(dialog: SipDialog): boolean;
  /** Resolves when the message is stored: only then its sender may forget it. */
  onMessage(message: IncomingMessage): Promise<void>;
  /** An unsolicited NOTIFY about the mailbox arrived. */
  onMailbox?(contentType: string, body: string): void;
  /** The page accepted a transfer to another callee; the referring side waits for reports of its progress. */
  onReferral(dialog: SipDialog, referral: IncomingReferral): void;
}
