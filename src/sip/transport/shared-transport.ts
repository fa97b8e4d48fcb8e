import {holdLock, whenReleased} from '../../core/util/hold-lock.js';
import {unopened} from '../../core/util/open-socket.js';
import {randomUuid} from '../../core/util/uuid.js';
import {SipError} from '../../errors.js';
import {keepId, readId} from '../registration/instance.js';
import {
  pageLock,
  SHARING_VERSION,
  workerLock,
  type Opened,
  type ToPage,
  type ToWorker,
} from '../sharing/port-messages.js';
import type {SipTransport, TransportState} from './transport.js';

/** Where a tab keeps the phone's instance id: after a reload of its only tab, it is the same phone. */
const KEY = 'sip-elements.phone';

/** Options of a shared transport. */
export interface SharedTransportOptions {
  /** The address of `sip-shared-worker.js`. */
  readonly worker: string;
  /** `user@domain`: the tabs of one account share one socket. */
  readonly account: string;
  /** How long the worker and the socket may take to open, in milliseconds. */
  readonly timeout: number;
  /** A transport of this page alone, if the browser has no shared worker for it. */
  readonly alone: () => SipTransport;
  readonly onAlone: (reason: string) => void;
}

/**
 * SIP over the socket of a shared worker, which all tabs of the account use (`sharing/broker.ts`).
 *
 * If the worker cannot be loaded, the page uses a socket of its own. If the worker ends, as with a crash of its process,
 * the transport is closed, and the next one starts another worker.
 */
export class SharedTransport implements SipTransport {
  onmessage: ((message: string) => void) | undefined;
  onstatechange: ((state: TransportState) => void) | undefined;
  readonly #url: string;
  readonly #options: SharedTransportOptions;
  readonly #ending = new AbortController();
  #port: MessagePort | undefined;
  #alone: SipTransport | undefined;
  #state: TransportState = 'idle';
  #shared: string | undefined;
  #settle: ((error?: SipError) => void) | undefined;
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
    const {timeout, worker} = this.#options;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#settle = (error) => (error ? reject(error) : resolve());
        // A worker that was not found may report nothing.
        this.#timer = setTimeout(() => this.#stayAlone(`${worker} does not answer`), timeout / 2);
        void this.#join();
      });
    } catch (error) {
      this.#drop();
      throw error;
    } finally {
      clearTimeout(this.#timer);
      this.#settle = undefined;
    }
  }

  async disconnect(error?: SipError): Promise<void> {
    if (this.#alone) return this.#alone.disconnect(error);
    this.#settle?.(new SipError('aborted', {subject: this.#url}));
    const unheard = error?.code === 'connection-lost';
    this.#post({leave: error ? (unheard ? 'unheard' : 'useless') : 'done'});
    this.#drop();
  }

  async send(message: string): Promise<void> {
    if (this.#alone) return this.#alone.send(message);
    if (this.#state !== 'open') throw new SipError('connection-lost');
    this.#post({send: message});
  }

  leaving(): void {
    this.#post({leaving: true});
  }

  async #join(): Promise<void> {
    const {signal} = this.#ending;
    const {worker: address, account} = this.#options;
    const id = randomUuid();
    const held = holdLock(pageLock(id), {signal});
    let worker: SharedWorker;
    try {
      // Chromium lets such a worker finish what the last page has told it; others do so without the option.
      const init = {name: `sip-elements ${SHARING_VERSION} ${account}`, extendedLifetime: true};
      worker = new SharedWorker(address, init);
    } catch (error) {
      return this.#stayAlone(String(error));
    }
    worker.addEventListener('error', () => this.#stayAlone(`${address} could not be loaded`), {signal});
    const port = (this.#port = worker.port);
    port.onmessage = ({data}: MessageEvent<ToPage>) => this.#take(data);
    await held;
    if (signal.aborted) return;
    this.#post({join: {id, url: this.#url, instance: readId(`${KEY}.${account}`)}});
    this.#follow(signal);
  }

  #take(message: ToPage): void {
    if ('received' in message) this.onmessage?.(message.received);
    else if ('open' in message) this.#opened(message.open);
    else if ('joined' in message) this.#joined();
    else {
      const subject = this.#url;
      this.#settle?.(
        message.closed === 'forbidden' ? new SipError('forbidden-by-page', {subject}) : unopened(subject),
      );
      this.#drop();
    }
  }

  #joined(): void {
    clearTimeout(this.#timer);
    const failure = new SipError('server-unreachable', {subject: this.#url});
    this.#timer = setTimeout(() => this.#settle?.(failure), this.#options.timeout);
  }

  #opened({worker, instance, url}: Opened): void {
    const {signal} = this.#ending;
    whenReleased(workerLock(worker), signal, () => this.#drop());
    keepId(`${KEY}.${this.#options.account}`, instance);
    this.#shared = url;
    this.#change('open');
    this.#settle?.();
  }

  /** Tells the worker when the user looks at this page, and when the page is closed. */
  #follow(signal: AbortSignal): void {
    const look = (): void => {
      if (document.visibilityState === 'visible') this.#post({front: true});
    };
    look();
    window.addEventListener('focus', look, {signal});
    document.addEventListener('visibilitychange', look, {signal});
    window.addEventListener('pagehide', () => this.#leave(), {signal});
  }

  /** Leaves the phone. If the browser shows the page again, the connection is lost. */
  #leave(): void {
    const port = this.#port;
    this.#post({leave: 'done'});
    this.#ending.abort();
    window.addEventListener(
      'pageshow',
      () => {
        if (this.#port === port) this.#drop();
      },
      {once: true},
    );
  }

  #stayAlone(reason: string): void {
    if (this.#state !== 'connecting' || this.#alone) return;
    clearTimeout(this.#timer);
    this.#ending.abort();
    this.#port?.close();
    this.#port = undefined;
    this.#options.onAlone(reason);
    const alone = (this.#alone = this.#options.alone());
    alone.onmessage = (message) => this.onmessage?.(message);
    alone.onstatechange = (state) => this.onstatechange?.(state);
    alone.connect().then(
      () => this.#settle?.(),
      (error: unknown) => this.#settle?.(error as SipError),
    );
  }

  #post(message: ToWorker): void {
    this.#port?.postMessage(message);
  }

  #drop(): void {
    this.#ending.abort();
    const port = this.#port;
    this.#port = undefined;
    if (port) {
      port.onmessage = null;
      port.close();
    }
    this.#change('closed');
  }

  #change(state: TransportState): void {
    if (this.#state === state || this.#alone) return;
    this.#state = state;
    this.onstatechange?.(state);
  }
}
