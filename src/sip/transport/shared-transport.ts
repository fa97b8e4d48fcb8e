import {FrontTab} from '../../core/tabs/front-tab.js';
import {sharedDurations} from '../../durations/shared.js';
import {SipError} from '../../errors.js';
import {keepId, readId} from '../registration/instance.js';
import {
  SHARING_VERSION,
  type CloseReason,
  type OpenedSocket,
  type ToPage,
  type ToWorker,
} from '../sharing/port-messages.js';
import type {SipTransport, TransportState} from './transport.js';
import type {WorkerAddress} from '../../core/tabs/early-worker.js';
import {WorkerPort} from './worker-port.js';

/** Where a tab keeps the phone's instance id: after a reload of its only tab, it is the same phone. */
const KEY = 'sip-elements.phone';

/** The user part of each phone's Contact, as long as this page lives. */
const users = new Map<string, string>();

/** Options of a shared transport. */
export interface SharedTransportOptions extends WorkerAddress {
  /** The addresses of the account's servers, in their order: any other one is believed of no worker. */
  readonly servers: readonly string[];
  /** The hosts of the account's domain. */
  readonly hosts: readonly string[];
  /** How long the socket may take to open, in milliseconds. */
  readonly timeout: number;
  /** A transport of this page alone. */
  readonly alone: () => SipTransport;
  /** Called with each result: without a reason if the page shares a socket, otherwise with why it does not. */
  readonly onResult: (reason?: string) => void;
}

/**
 * SIP over the socket of a shared worker, which all tabs of the phone use (`sharing/broker.ts`).
 *
 * If the worker cannot be loaded, or the page reaches the server and the worker does not, the page uses a socket of its own.
 * If the worker ends, as with a crash of its process, the transport is closed, and the next one starts another worker.
 */
export class SharedTransport implements SipTransport {
  onmessage: ((message: string) => void) | undefined;
  onstatechange: ((state: TransportState) => void) | undefined;
  onrenew: (() => void) | undefined;
  onmoved: ((url: string) => void) | undefined;
  onask: (() => boolean) | undefined;
  readonly #url: string;
  readonly #options: SharedTransportOptions;
  #port: WorkerPort<ToWorker, ToPage> | undefined;
  #alone: SipTransport | undefined;
  /** This page's own attempt to reach the server, after the worker's has failed. */
  #ownAttempt: SipTransport | undefined;
  #state: TransportState = 'idle';
  #shared: string | undefined;
  /** Settles the pending attempt: whether the worker has a socket. */
  #finish: ((opened: boolean | SipError) => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string, options: SharedTransportOptions) {
    this.#url = url;
    this.#options = options;
  }

  get state(): TransportState {
    return this.#alone?.state ?? this.#state;
  }

  get shared(): string | undefined {
    return this.#shared;
  }

  async connect(): Promise<void> {
    if (this.#state !== 'idle') throw new SipError('internal', {subject: 'a transport connects once'});
    this.#change('connecting');
    try {
      if (await this.#join()) return;
      // The page finds out why. Only a page can ask its user, as browsers do before a connection to a local network.
      this.#ownAttempt = this.#options.alone();
      await this.#ownAttempt.connect();
      if (await this.#join().catch(() => false)) return;
      if (this.state !== 'connecting' || this.#ownAttempt.state !== 'open')
        throw new SipError('connection-lost', {subject: this.#url});
      this.#options.onResult(`only the page itself reaches ${this.#url}`);
      this.#stayAlone(this.#ownAttempt);
      this.#ownAttempt = undefined;
    } catch (error) {
      this.#drop();
      throw error;
    } finally {
      void this.#ownAttempt?.disconnect();
    }
  }

  async disconnect(error?: SipError, retryAfter = 0): Promise<void> {
    if (this.#alone) return this.#alone.disconnect(error);
    this.#finish?.(new SipError('aborted', {subject: this.#url}));
    const unheard = error?.code === 'connection-lost';
    this.#post({leave: error ? (unheard ? 'unheard' : 'unserved') : 'done', retryAfter});
    this.#drop();
    await this.#ownAttempt?.disconnect();
  }

  async send(message: string): Promise<void> {
    if (this.#alone) return this.#alone.send(message);
    if (this.#state !== 'open') throw new SipError('connection-lost');
    this.#post({send: message});
  }

  leaving(): void {
    this.#post({leaving: true});
  }

  /** Silence on the shared connection: the worker opens another one beside it. */
  challenge(): void {
    this.#post({silent: true});
  }

  /** Asks the worker for its socket. Resolves with true once a socket is open, with false if the worker cannot open one. */
  async #join(): Promise<boolean> {
    if (this.#state !== 'connecting') throw new SipError('aborted', {subject: this.#url});
    try {
      return await new Promise<boolean>((resolve, reject) => {
        this.#finish = (opened) => (typeof opened === 'boolean' ? resolve(opened) : reject(opened));
        this.#timer = setTimeout(() => this.#failed('does not answer'), sharedDurations.workerAnswer);
        void this.#requestSocket();
      });
    } finally {
      clearTimeout(this.#timer);
      this.#finish = undefined;
    }
  }

  async #requestSocket(): Promise<void> {
    const {worker, phone, servers, hosts} = this.#options;
    const [home = ''] = servers;
    const port = (this.#port = new WorkerPort<ToWorker, ToPage>({
      worker,
      phone,
      farewell: {leave: 'done'},
      onMessage: (message) => this.#handle(message),
      onFailure: (reason) => this.#failed(reason),
      onGone: () => this.#drop(),
    }));
    if (!(await port.open())) return;
    port.post({
      join: {
        ...{id: port.id, url: this.#url, home, hosts},
        ...{instance: readId(`${KEY}.${phone}`), user: users.get(phone)},
      },
    });
    this.#reportFront(port.ending);
  }

  #handle(message: ToPage): void {
    if ('received' in message) this.onmessage?.(message.received);
    else if ('renew' in message) this.onrenew?.();
    else if ('ask' in message) this.#post({idle: this.onask?.() ?? false});
    else if ('moved' in message) this.#moved(message.moved);
    else if ('open' in message) this.#opened(message.open);
    else if ('closed' in message) this.#closed(message.closed);
    // An old file may come from a cache.
    else if (message.joined === SHARING_VERSION) this.#joined();
    else this.#failed('is of another version');
  }

  /** Handles a worker that is of no use: the page opens a socket of its own. */
  #failed(reason: string): void {
    if (this.#state !== 'connecting' || this.#alone) return;
    clearTimeout(this.#timer);
    this.#options.onResult(`${this.#options.worker} ${reason}`);
    const own = this.#options.alone();
    this.#stayAlone(own);
    own.connect().then(
      () => this.#finish?.(true),
      (error: unknown) => this.#finish?.(error as SipError),
    );
  }

  #joined(): void {
    clearTimeout(this.#timer);
    const failure = new SipError('server-unreachable', {subject: this.#url});
    this.#timer = setTimeout(() => this.#finish?.(failure), this.#options.timeout);
  }

  #opened({worker, instance, user, url}: OpenedSocket): void {
    if (!this.#options.servers.includes(url)) return this.#failed('uses another server');
    users.set(this.#options.phone, user);
    this.#port!.watch(worker);
    keepId(`${KEY}.${this.#options.phone}`, instance);
    this.#shared = url;
    this.#options.onResult();
    this.#change('open');
    this.#finish?.(true);
  }

  #moved(url: string): void {
    if (!this.#options.servers.includes(url)) return this.#drop();
    this.#shared = url;
    this.onmoved?.(url);
  }

  #closed(reason: CloseReason): void {
    if (this.#state !== 'connecting') return this.#drop();
    this.#release();
    this.#finish?.(reason === 'unserved' ? new SipError('server-unreachable', {subject: this.#url}) : false);
  }

  /** Reports to the worker when this page becomes the front tab. */
  #reportFront(signal: AbortSignal): void {
    const tab = FrontTab.of(this.#options.phone);
    const report = (): void => {
      if (tab.state.isFront) this.#post({front: true});
    };
    report();
    tab.addEventListener('statechange', report, {signal});
  }

  #stayAlone(alone: SipTransport): void {
    this.#release();
    this.#alone = alone;
    alone.onmessage = (message) => this.onmessage?.(message);
    alone.onstatechange = (state) => this.onstatechange?.(state);
  }

  #post(message: ToWorker): void {
    this.#port?.post(message);
  }

  #drop(): void {
    this.#release();
    this.#change('closed');
  }

  /** Takes no part any longer. */
  #release(): void {
    this.#port?.close();
    this.#port = undefined;
  }

  #change(state: TransportState): void {
    if (this.#state === state || this.#alone) return;
    this.#state = state;
    this.onstatechange?.(state);
  }
}
