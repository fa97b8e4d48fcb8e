import {SipError} from '../errors.js';
import type {ToApiPage, ToApiWorker} from '../sip/sharing/port-messages.js';
import type {WorkerAddress} from '../core/tabs/early-worker.js';
import {WorkerPort} from '../sip/transport/worker-port.js';

/** The used members of a `WebSocket`: an open connection of the API. */
export interface ApiLink {
  readonly readyState: number;
  onclose: ((event: CloseEvent) => void) | null;
  onmessage: ((event: MessageEvent<string | ArrayBuffer>) => void) | null;
  send(text: string): void;
  /** @param code - {@link UNHEARD}, if the server is not heard over the connection. */
  close(code?: number): void;
}

/** The code with which a connection is closed over which the server is not heard. */
export const UNHEARD = 4000;

/** The API's connection that all tabs of a phone share. */
export interface SharedLinkOptions extends WorkerAddress {
  /** The instance id that the page itself has. */
  readonly instance: string;
}

/** A page's part in the API's connection of the shared worker (`sharing/api-broker.ts`). */
class SharedLink implements ApiLink {
  onmessage: ApiLink['onmessage'] = null;
  onclose: ApiLink['onclose'] = null;
  readyState: number = WebSocket.CONNECTING;
  readonly #port: WorkerPort<ToApiWorker, ToApiPage>;
  readonly #onOpen: () => void;

  constructor(options: WorkerAddress, onOpen: () => void) {
    this.#onOpen = onOpen;
    this.#port = new WorkerPort<ToApiWorker, ToApiPage>({
      ...options,
      farewell: {leave: 'done'},
      onMessage: (message) => this.#handle(message),
      onFailure: () => this.#end(),
      onGone: () => this.#end(),
    });
  }

  async join(url: string, instance: string): Promise<void> {
    if (await this.#port.open()) this.#port.post({api: {id: this.#port.id, url, instance}});
  }

  send(text: string): void {
    this.#port.post({send: text});
  }

  close(code?: number): void {
    this.#port.post({leave: code === UNHEARD ? 'unheard' : 'done'});
    this.#end();
  }

  #handle(message: ToApiPage): void {
    if ('received' in message) this.onmessage?.(new MessageEvent('message', {data: message.received}));
    else if ('closed' in message) this.#end();
    else {
      this.#port.watch(message.open);
      this.readyState = WebSocket.OPEN;
      this.#onOpen();
    }
  }

  #end(): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    this.#port.close();
    this.onclose?.(new CloseEvent('close'));
  }
}

/**
 * Resolves with this page's part in the shared connection, without handlers; with undefined if the worker cannot open it.
 *
 * @param timeout - How long that may take, in milliseconds.
 * @throws {SipError} `aborted` by the signal; `server-unreachable` if the time is over.
 */
export async function openSharedLink(
  url: string,
  {instance, ...worker}: SharedLinkOptions,
  timeout: number,
  signal: AbortSignal,
): Promise<ApiLink | undefined> {
  const done = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let link: SharedLink | undefined;
  try {
    return await new Promise<ApiLink | undefined>((resolve, reject) => {
      const made = (link = new SharedLink(worker, () => resolve(made)));
      made.onclose = () => resolve(undefined);
      signal.addEventListener('abort', () => reject(new SipError('aborted', {subject: url})), {
        signal: done.signal,
      });
      timer = setTimeout(() => reject(new SipError('server-unreachable', {subject: url})), timeout);
      void made.join(url, instance);
    });
  } catch (error) {
    link?.close(UNHEARD);
    throw error;
  } finally {
    clearTimeout(timer);
    done.abort();
    if (link) link.onclose = null;
  }
}
