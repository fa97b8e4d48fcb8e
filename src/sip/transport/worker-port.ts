import {holdLock, whenReleased} from '../../locks.js';
import {randomUuid} from '../../core/util/uuid.js';
import {takeWorker, type WorkerAddress} from '../../core/tabs/early-worker.js';
import {lockName} from '../sharing/port-messages.js';

/** Options of a port. */
export interface WorkerPortOptions<Sent, Received> extends WorkerAddress {
  /** The last message, when the page is closed. */
  readonly farewell: Sent;
  onMessage(message: Received): void;
  /** Called if there is no worker, with the reason. */
  onFailure(reason: string): void;
  /** Called once the worker is gone, or the browser shows the page again that has taken its leave. */
  onGone(): void;
}

/** A page's port to the shared worker. By a lock, each of them learns when the other is gone. */
export class WorkerPort<Sent, Received> {
  /** The page's id, for its lock. */
  readonly id = randomUuid();
  readonly #options: WorkerPortOptions<Sent, Received>;
  readonly #ending = new AbortController();
  #port: MessagePort | undefined;

  constructor(options: WorkerPortOptions<Sent, Received>) {
    this.#options = options;
  }

  /** Aborted when the page no longer takes part. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Starts the worker unless it runs. Resolves once the page may join; with false if it cannot. */
  async open(): Promise<boolean> {
    const {signal} = this.#ending;
    // The worker takes a page without its lock for one that is gone.
    const held = holdLock(lockName('page', this.id), {signal, ifAvailable: true, isVital: true});
    let worker: SharedWorker;
    try {
      worker = takeWorker(this.#options);
    } catch (error) {
      this.#options.onFailure(String(error));
      return false;
    }
    worker.addEventListener('error', () => this.#options.onFailure('could not be loaded'), {signal});
    this.#port = worker.port;
    this.#port.onmessage = ({data}: MessageEvent<Received>) => this.#options.onMessage(data);
    const isHeld = await held;
    if (signal.aborted) return false;
    if (!isHeld) {
      this.#options.onFailure('cannot be used: the browser refuses locks');
      return false;
    }
    window.addEventListener('pagehide', () => this.#leave(), {signal});
    return true;
  }

  post(message: Sent): void {
    this.#port?.postMessage(message);
  }

  /** Watches the worker, by its id. */
  watch(worker: string): void {
    whenReleased(lockName('worker', worker), this.ending, () => this.#options.onGone());
  }

  /** Takes no part any longer; idempotent. */
  close(): void {
    this.#ending.abort();
    const port = this.#port;
    this.#port = undefined;
    if (!port) return;
    port.onmessage = null;
    port.close();
  }

  #leave(): void {
    this.post(this.#options.farewell);
    this.#ending.abort();
    window.addEventListener(
      'pageshow',
      () => {
        if (this.#port) this.#options.onGone();
      },
      {once: true},
    );
  }
}
