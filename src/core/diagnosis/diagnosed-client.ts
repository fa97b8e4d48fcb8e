import type {SipCall} from '../call/call.js';
import type {SipDevices} from '../devices/devices.js';
import type {CallHistory} from '../history/call-history.js';
import type {CallMedia, ConnectionState, RegistrationState} from '../types.js';
import type {StateSource} from '../util/state-target.js';
import {SipError} from '../../errors.js';
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
  readonly registerHeaders?: object | null | undefined;
  readonly iceServers: readonly RTCIceServer[] | (() => Promise<readonly RTCIceServer[]>);
}

/** The client that is diagnosed. */
export interface DiagnosedClient extends StateSource<DiagnosedState> {
  readonly options: DiagnosedOptions;
  readonly devices: SipDevices;
  readonly history: CallHistory;
  readonly trace: Trace;
  /** Aborted when the user signs out. */
  readonly ending: AbortSignal;
  connect(): Promise<void>;
  register(): Promise<void>;
  disconnect(): Promise<void>;
  getLoginInfo(): Promise<{readonly echo: string | undefined}>;
  call(number: string, options: {media: CallMedia; signal: AbortSignal}): Promise<SipCall>;
}

/** A client whose service can be another one. */
interface TrialClient extends DiagnosedClient {
  createService: (host: object) => Promise<unknown>;
}

/**
 * Returns a second client of the same account, which takes no calls and keeps nothing: it signs in to find out whether the
 * server takes the account, and is signed out afterwards.
 */
export function trialOf(client: DiagnosedClient): DiagnosedClient {
  const Client = client.constructor as new (options: object) => TrialClient;
  const trial = new Client({
    ...client.options,
    server: client.options.servers,
    sharedWorker: 'none',
    resume: false,
    historyStorage: 'none',
    recordingsStorage: 'memory',
    journalStorage: 'none',
    recall: 0,
    allowMonitoring: false,
  });
  const create = trial.createService;
  trial.createService = async (host) => create.call(trial, refusing(host));
  return trial;
}

/** Refuses all calls and messages, also those that nothing else refuses: the server keeps them for others. */
function refusing(host: object): object {
  const refuse = (): never => {
    throw new SipError('number-offline', {status: 480});
  };
  const refusals = {refusalOf: () => 480, messageReceived: async () => refuse(), receiptReceived: refuse};
  return Object.assign(Object.create(host) as object, refusals);
}
