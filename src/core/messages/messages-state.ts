import type {Tell} from '../client/events.js';
import type {SipMessage} from './message.js';
import type {ConnectionState} from '../types.js';
import type {UploadResult} from '../uploads/upload-request.js';
import type {UploadOptions} from '../uploads/uploads.js';

/** A conversation in the list of all. */
export interface ConversationSummary {
  readonly number: string;
  /** As the other side calls itself; empty where it does not. */
  readonly name: string;
  /** How many messages nobody has read here. */
  readonly unread: number;
  /** The newest message. */
  readonly last?: SipMessage;
}

/** What the messages of an account look like at one moment. */
export interface MessagesState {
  /** The one with the newest message first. */
  readonly conversations: readonly ConversationSummary[];
  /** How many messages nobody has read here, of all conversations. */
  readonly unread: number;
  /** Whether they are still there after the page is closed. */
  readonly kept: boolean;
}

/** What the messages need from their client. */
export interface MessagesHost {
  /** `user@domain`. */
  readonly account: string;
  /** Whether they are kept in the browser. */
  readonly local: boolean;
  /** How many messages a conversation keeps. */
  readonly limit: number;
  /** For how many days they are kept. */
  readonly days: number;
  /** How long a text may be, in bytes of UTF-8. */
  readonly bytes: number;
  readonly tell: Tell;
  connection(): ConnectionState;
  /** Sends a text; resolves when the server took it. */
  deliver(number: string, text: string): Promise<void>;
  upload(file: Blob, options: UploadOptions): Promise<UploadResult>;
  findUploadUrl(): Promise<string>;
}
