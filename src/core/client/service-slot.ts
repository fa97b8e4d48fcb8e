import {SipError} from '../../errors.js';
import type {CallService} from './call-service.js';

/** Holds a client's service from `open` to `close`; the next one is created only after the previous one has ended. */
export class ServiceSlot {
  readonly #create: () => Promise<CallService>;
  readonly #beforeEnd: (service: CallService | undefined) => Promise<unknown>;
  readonly #onEnded: () => void;
  #service: CallService | undefined;
  #opening: Promise<CallService> | undefined;
  #closing: Promise<void> | undefined;

  /**
   * @param create - Creates a service; called after the previous one has ended.
   * @param beforeEnd - Called before a service ends, which waits for it.
   * @param onEnded - Called when a service has ended, before the next one is created.
   */
  constructor(
    create: () => Promise<CallService>,
    beforeEnd: (service: CallService | undefined) => Promise<unknown>,
    onEnded: () => void,
  ) {
    this.#create = create;
    this.#beforeEnd = beforeEnd;
    this.#onEnded = onEnded;
  }

  /** The service; undefined until it is created, and from `close` on. */
  get service(): CallService | undefined {
    return this.#service;
  }

  /**
   * Resolves with the service, and creates one if there is none.
   *
   * @throws {SipError} `aborted` if the slot was closed meanwhile; any error of `create`
   */
  async open(): Promise<CallService> {
    const opening = this.#opening ?? this.#begin();
    try {
      const service = await opening;
      if (this.#opening !== opening) throw new SipError('aborted', {subject: 'connect'});
      return (this.#service = service);
    } catch (error) {
      if (this.#opening === opening) this.#opening = undefined;
      throw error;
    }
  }

  /** Ends the service, even one that is still being created; idempotent, never rejects. */
  async close(): Promise<void> {
    const opening = this.#opening;
    this.#service = this.#opening = undefined;
    if (opening) {
      const closing = (this.#closing = this.#end(opening));
      await closing;
      if (this.#closing === closing) this.#closing = undefined;
    }
    await this.#closing;
  }

  /**
   * Creates a service. `#opening` is set first, because the listeners that `create` calls may already close the slot.
   */
  #begin(): Promise<CallService> {
    let settle!: (making: Promise<CallService>) => void;
    const opening = (this.#opening = new Promise<CallService>((resolve) => (settle = resolve)));
    settle(this.#make());
    return opening;
  }

  async #make(): Promise<CallService> {
    if (this.#closing) await this.#closing;
    return this.#create();
  }

  async #end(opening: Promise<CallService>): Promise<void> {
    const service = await opening.catch(() => undefined);
    await this.#beforeEnd(service);
    await service?.disconnect();
    this.#onEnded();
  }
}
