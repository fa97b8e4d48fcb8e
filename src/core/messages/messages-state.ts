import type {Dial} from '../people/dial-rules.js';
import type {SipMessage} from './message.js';
import type {ConnectionState, ReceiptKind} from '../types.js';
import type {UploadResult} from '../uploads/upload-request.js';
import type {UploadOptions} from '../uploads/uploads.js';

/** A conversation in the list of all. */
export interface ConversationSummary {
  readonly number: string;
  /** The other side's display name; empty if there is none. */
  readonly name: string;
  /** The number of messages that the user has not read. */
  readonly unread: number;
  /** The newest message; of a long text only the first 1,000 characters. */
  readonly last?: SipMessage;
  /** Whether the user has written to the number. */
  readonly answered?: true;
}

/** A snapshot of an account's messages. */
export interface MessagesState {
  /** The conversations, the one with the newest message first. */
  readonly conversations: readonly ConversationSummary[];
  /** The number of unread messages in all conversations. */
  readonly unread: number;
  /** Whether messages are stored and survive the page. */
  readonly kept: boolean;
}

/** A text to send. */
export interface MessageRequest {
  readonly number: string;
  readonly text: string;
  /** Identifies the message for the other side, which drops a second one with the same id. */
  readonly id: string;
  /** When it was written, in milliseconds since the epoch. */
  readonly time: number;
  /** Whether it may have arrived already: it follows with its id alone, so that what the other side accepts is waited for. */
  readonly lost?: true | undefined;
  /**
   * Called before the text is sent, with its id or plain: the other side would take a second copy without an id for another
   * message. Rejects if the text must not be sent.
   */
  readonly beforeSend: (plain: boolean) => Promise<void>;
}

/** A receipt to send. */
export interface ReceiptRequest {
  readonly number: string;
  /** The sender's id of the message. */
  readonly id: string;
  readonly kind: Exclude<ReceiptKind, 'failed'>;
}

/** The events of the client that the messages dispatch, with their details. */
type MessagesEvent =
  | [type: 'sip-message-state', detail: {readonly message: SipMessage}]
  | [
      type: 'sip-message-unread',
      detail: {readonly number: string; readonly count: number; readonly unread: number},
    ];

/** What the messages need from their client. */
export interface MessagesHost {
  /** `user@domain`. */
  readonly account: string;
  /** Whether messages are stored in the browser. */
  readonly local: boolean;
  /** How many messages a conversation keeps. */
  readonly limit: number;
  /** How many days messages are kept. */
  readonly days: number;
  /** The maximum length of a text, in bytes of UTF-8. */
  readonly bytes: number;
  /** Which receipts are sent. */
  readonly receipts: 'all' | 'delivery' | 'none';
  /** Whether others are told that the user is writing. */
  readonly composes: boolean;
  readonly tell: (...event: MessagesEvent) => void;
  connection(): ConnectionState;
  /** See `CallService.sendMessage`. */
  deliver(request: MessageRequest): Promise<boolean>;
  /** See `CallService.sendReceipt`. */
  sendReceipt(request: ReceiptRequest): Promise<void>;
  /** See `CallService.sendComposing`. */
  sendComposing(number: string, active: boolean): Promise<void>;
  readonly dial: Dial;
  /** Whether the user has called the number, or answered its call. */
  spokenTo(number: string): boolean;
  upload(file: Blob, options: UploadOptions): Promise<UploadResult>;
  findUploadUrl(): Promise<string>;
}
