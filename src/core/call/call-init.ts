import type {Dialog} from '../server/dialog.js';
import type {CallCause, CallMedia, CallType, Party} from '../types.js';

/** How a server plays its files into a call. Rejects with `SipError`. */
export interface CallFiles {
  /** Plays a file so many times. */
  play(id: string, times: number): Promise<void>;
  stop(id: string): Promise<void>;
}

/** The request to the server's API that a call was asked for with. */
export interface AskedWith {
  readonly msgid: string;
  readonly header: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a profile knows of a call when the call begins. */
export interface CallInit {
  /** The session's id at the server, the documentation's *sid*; made by the client if the server has none. */
  readonly id: string;
  readonly type: CallType;
  readonly typeNumber: number;
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: Party;
  /** What was asked for, or is offered. */
  readonly media: CallMedia;
  /** The API request that the call was asked for with, if there was one. */
  readonly asked?: AskedWith | undefined;
  /** The dialog, if it exists already. */
  readonly dialog?: Dialog;
  /** Whether the call takes its phases from its dialog; otherwise the profile sets them with `setPhase`. */
  readonly followsDialog: boolean;
  /** Gives up a call that has no dialog, or no longer one; must lead to `release`. */
  readonly abandon: () => Promise<void>;
  /** Finds the cause if the dialog of an unanswered call ended without one; resolves with the dialog's if there is no better one. */
  readonly explain?: (cause: CallCause) => Promise<CallCause>;
  /** After how many seconds the caller asks for an automatic answer; undefined if the caller does not ask. */
  readonly answerAfter?: number | undefined;
  /** Plays files into the call, if the server supports that. */
  readonly files?: CallFiles;
}
