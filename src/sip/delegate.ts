import type {ConnectionState, RegistrationState} from '../core/types.js';
import type {SipError} from '../errors.js';
import type {SipDialog} from './dialog/dialog.js';
import type {IncomingReferral} from './transfer/referral.js';

/** A MESSAGE that arrived. */
export interface IncomingMessage {
  /** The sender's number. */
  readonly from: string;
  /** As he calls himself, where that is something else. */
  readonly name?: string;
  /** Its `Date` (RFC 3428 §4), where it has one: a server that kept the message writes it. */
  readonly date?: string;
  readonly contentType: string;
  readonly body: string;
  /** The dialog within which it came: the other party of that call wrote it. */
  readonly dialog?: SipDialog;
}

/** What a user agent tells its owner. */
export interface UserAgentDelegate {
  onConnection(state: ConnectionState, error?: SipError): void;
  onRegistration(state: RegistrationState, error?: SipError): void;
  /** An INVITE arrived; its 180 follows, unless it is refused at once. */
  onInvite(dialog: SipDialog): void;
  onMessage(message: IncomingMessage): void;
  /** A NOTIFY about the mailbox came that nobody had subscribed to. */
  onMailbox?(contentType: string, body: string): void;
  /** The page has agreed to call somebody else instead; whoever asked waits to be told how that goes. */
  onReferral(dialog: SipDialog, referral: IncomingReferral): void;
}
