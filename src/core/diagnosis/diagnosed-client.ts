import type {SipCall} from '../call/call.js';
import type {SipDevices} from '../devices/devices.js';
import type {CallHistory} from '../history/call-history.js';
import type {CallMedia, ConnectionState, RegistrationState} from '../types.js';
import type {StateSource} from '../util/state-target.js';
import type {SipError} from '../../errors.js';
import type {Trace} from './trace.js';

/** The state of a client that a diagnosis reads. */
interface DiagnosedState {
  readonly connection: ConnectionState;
  readonly registration: RegistrationState;
  readonly calls: readonly SipCall[];
  readonly tabCalls: readonly unknown[];
  readonly error?: SipError | undefined;
}

/** The options of a client that a diagnosis reads. */
export interface DiagnosedOptions {
  readonly servers: readonly string[];
  readonly user: string;
  readonly domain: string;
  readonly profile: string;
  /** Applies the page's dial rules, which a second client does not have. */
  readonly dial: (number: string) => string;
  readonly iceServers: readonly RTCIceServer[] | (() => Promise<readonly RTCIceServer[]>);
}

/** The client that is diagnosed. */
export interface DiagnosedClient extends StateSource<DiagnosedState> {
  readonly options: DiagnosedOptions;
  readonly devices: SipDevices;
  readonly history: CallHistory;
  readonly trace: Trace;
  connect(): Promise<void>;
  register(): Promise<void>;
  disconnect(): Promise<void>;
  call(number: string, options: {media: CallMedia; signal: AbortSignal}): Promise<SipCall>;
}

/**
 * Returns a second client of the same account, which takes no calls and keeps nothing: it signs in to find out whether the
 * server takes the account, and is signed out afterwards.
 */
export function trialOf(client: DiagnosedClient): DiagnosedClient {
  const Client = client.constructor as new (options: object) => DiagnosedClient;
  return new Client({
    ...client.options,
    server: client.options.servers,
    sharedWorker: 'none',
    resume: false,
    historyStorage: 'none',
    recordingsStorage: 'memory',
    journalStorage: 'none',
    recall: 0,
    doNotDisturb: true,
    allowMonitoring: false,
  });
}
