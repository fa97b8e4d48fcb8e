import type {SipCall} from './call.js';
import type {SipDevices} from './devices.js';
import type {Dialog} from './dialog.js';
import type {CallLines} from './lines.js';
import type {Recordings} from './recordings.js';
import type {SessionRequest} from './session-request.js';
import type {CallCause, CallMedia, CallType, Party} from './types.js';

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

/** What is known of a call when it begins. */
export interface CallInit {
  /** The session's id at the server, the documentation's *sid*; of the client's own making where the server has none. */
  readonly id: string;
  readonly type: CallType;
  readonly typeNumber: number;
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: Party;
  /** What was asked for, or is offered. */
  readonly media: CallMedia;
  /** What it was asked for with; undefined if there was no such request. */
  readonly asked?: AskedWith | undefined;
  /** Its dialog, where there is one already. */
  readonly dialog?: Dialog;
  /** Whether the dialog's own phases are the call's; otherwise the profile tells them by `setPhase`. */
  readonly followsDialog: boolean;
  /** Gives up a call that has no dialog, or none any more; must lead to `release`. */
  readonly abandon: () => Promise<void>;
  /** Finds the reason where the dialog ended without one before the call was answered; gives back the dialog's where there is no better. */
  readonly explain?: (cause: CallCause) => Promise<CallCause>;
  /** Makes the call where it is more than a `SipCall`. */
  readonly create?: (init: CallInit, reveal: (control: CallControl) => void) => SipCall;
  /** After how many seconds the caller asks that it be answered by itself; undefined where he does not. */
  readonly answerAfter?: number | undefined;
  /** Plays files into it, where the server does that. */
  readonly files?: CallFiles;
  /** Asks for another session; the client's own, which a profile leaves out. */
  readonly createSession?: (request: SessionRequest) => Promise<SipCall | undefined>;
  /** The calls beside it; the client's own, which a profile leaves out. */
  readonly lines?: CallLines;
  /** Where its recordings are kept; the client's own, which a profile leaves out. */
  readonly recordings?: Recordings;
  /** Whose speaker it plays on; the client's own, which a profile leaves out. */
  readonly devices?: SipDevices;
}

/** The inner side of a call, by which its profile drives it. */
export interface CallControl {
  readonly call: SipCall;
  /** The dialog that carries the call; a second one is refused. */
  attach(dialog: Dialog): void;
  /** Follows the dialog's own phases from now on, or leaves them to `setPhase`. */
  followDialog(follows: boolean): void;
  setPhase(phase: 'ringing' | 'answered'): void;
  setRemote(remote: Party): void;
  /** A call that seemed to come in turns out to be one that was asked for here: it rings no more. */
  setOutgoing(asked: AskedWith): void;
  /** Keeps the call from ringing. */
  setQuiet(): void;
  /** It is answered by itself from now on, and rings no more. */
  setAutoAnswered(): void;
  /** Ends the call; the first cause stands. Ends its dialog too. */
  release(cause: CallCause): void;
}
