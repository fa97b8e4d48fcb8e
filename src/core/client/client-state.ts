import type {SipError} from '../../errors.js';
import type {SipCall} from '../call/call.js';
import type {SipEventMap} from './events.js';
import type {SipHeaders} from '../util/sip-headers.js';
import type {Alarm} from '../alarms/alarm.js';
import type {SipPatch} from '../patches/patch.js';
import type {TabCall} from '../tabs/tab-call.js';
import type {StateEventMap} from '../util/state-target.js';
import type {
  CallEncryption,
  ApiMessage,
  ApiState,
  CallMedia,
  ConnectionState,
  RegistrationState,
  WaitingMessages,
} from '../types.js';

/** A snapshot of a client. */
export interface ClientState {
  readonly connection: ConnectionState;
  readonly registration: RegistrationState;
  readonly api: ApiState;
  /** The calls that have not ended, oldest first. */
  readonly calls: readonly SipCall[];
  /**
   * The call that the controls act on: the one chosen last, otherwise the newest; incoming calls that ring come last.
   */
  readonly current?: SipCall | undefined;
  /** The calls that other tabs of this phone have, if all tabs are one phone. Calls that ring here are in `calls`. */
  readonly tabCalls: readonly TabCall[];
  /** The patches that have not ended, oldest first; merged calls are one, too. */
  readonly patches: readonly SipPatch[];
  /** The calls in which others see this side's camera at the moment, oldest first. `remote` is the watcher. */
  readonly watchers: readonly SipCall[];
  /** The SOS calls that no one has acknowledged yet, also after they have ended, oldest first. */
  readonly alarms: readonly Alarm[];
  /** Whether incoming calls are refused and noted as missed. */
  readonly doNotDisturb: boolean;
  /** The messages in the mailbox; undefined if the server does not report them. */
  readonly waitingMessages?: WaitingMessages | undefined;
  /** A lasting failure of connection or registration. */
  readonly error?: SipError | undefined;
}

/** The state of a client that has not connected. */
export const IDLE_STATE: Readonly<ClientState> = Object.freeze({
  connection: 'disconnected',
  registration: 'unregistered',
  api: 'closed',
  calls: Object.freeze([]),
  watchers: Object.freeze([]),
  tabCalls: Object.freeze([]),
  patches: Object.freeze([]),
  alarms: Object.freeze([]),
  doNotDisturb: false,
});

/** The events of a client. */
export interface ClientEventMap extends StateEventMap, SipEventMap {
  /** Every message of the server's API, responses included, after the client has processed it. */
  apimessage: CustomEvent<ApiMessage>;
}

/** Options of a call. */
export interface CallOptions {
  /** `audio` by default. */
  readonly media?: CallMedia;
  /**
   * Sends the screen as the video. The browser asks which screen, so `call()` must run within a user gesture. When
   * sharing ends, the camera stays off until it is turned on; with `media: 'audio'` the video is removed.
   */
  readonly screen?: boolean;
  /** Urgent calls ring louder, even if the callee is busy or has “do not disturb” on. */
  readonly type?: 'urgent' | 'sos' | undefined;
  /**
   * A call that may be transferred to the callee afterwards, by `call.transfer(consultation)`. The id of it is
   * `state.consultationFor` of the new call, and `<sip-call>` and `<sip-calls>` offer to complete the transfer.
   */
  readonly consultationFor?: SipCall | undefined;
  /**
   * Encrypts this call end to end, or not (`none`), instead of what the option `encryption` says; for the standard profile, where
   * the client sends the INVITE. A call that a page continues after a reload has the option of the page.
   */
  readonly encryption?: CallEncryption | undefined;
  /** Headers that are added to the INVITE; for the standard profile, where the client sends one. */
  readonly headers?: SipHeaders;
  /** Aborts the call while the server has not named it yet. */
  readonly signal?: AbortSignal;
}
