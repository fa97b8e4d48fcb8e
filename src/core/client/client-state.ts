import type {SipError} from '../../errors.js';
import type {SipCall} from '../call/call.js';
import type {SipEventMap} from './events.js';
import type {SipHeaders} from './sip-headers.js';
import type {StateEventMap} from '../util/state-target.js';
import type {TypedEventTarget} from '../util/typed-event-target.js';
import type {
  ApiMessage,
  ApiState,
  CallMedia,
  ConnectionState,
  RegistrationState,
  WaitingMessages,
} from '../types.js';

/** What a client looks like at one moment. */
export interface ClientState {
  readonly connection: ConnectionState;
  readonly registration: RegistrationState;
  readonly api: ApiState;
  /** The calls that are not over, oldest first. */
  readonly calls: readonly SipCall[];
  /** The call that a person has to do with: the one chosen last, otherwise the newest; one that rings comes last. */
  readonly current?: SipCall | undefined;
  /** Those who see this side's camera at this moment: a call each, whose `remote` is who it is; oldest first. */
  readonly watchers: readonly SipCall[];
  /** Calls that come in are refused and noted as missed. */
  readonly doNotDisturb: boolean;
  /** What waits in the mailbox; undefined where the server does not tell. */
  readonly waitingMessages?: WaitingMessages | undefined;
  /** A lasting failure of connection or registration. */
  readonly error?: SipError | undefined;
}

/** The events of a client. */
export interface ClientEventMap extends StateEventMap, SipEventMap {
  /** Every message of the server's API, asked for or not, once it was dealt with. */
  apimessage: CustomEvent<ApiMessage>;
}

/** How a number is called. */
export interface CallOptions {
  /** Sound alone by default. */
  readonly media?: CallMedia;
  /**
   * Sends the screen as the picture; the browser asks which one, within the gesture that this is called in. When it ends,
   * the camera stays off until it is turned on, or with `media: 'audio'` the picture goes away.
   */
  readonly screen?: boolean;
  /** A call that rings through: louder, and also where somebody is busy or does not want to be disturbed. */
  readonly type?: 'urgent' | 'sos' | undefined;
  /** Headers of the INVITE besides the client's own; for the standard profile, where the client sends one. */
  readonly headers?: SipHeaders;
  /** Gives the call up while the server has not named it yet. */
  readonly signal?: AbortSignal;
}

/** What a part of a client follows: the client without its commands. */
export interface ClientSource extends TypedEventTarget<ClientEventMap> {
  readonly state: Readonly<ClientState>;
}
