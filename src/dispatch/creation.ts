import type {AskedWith} from '../core/call/call-init.js';
import type {SipCall} from '../core/call/call.js';
import type {PreparedMedia} from '../core/server/dialog.js';
import {randomUuid} from '../core/util/uuid.js';
import {SipError} from '../errors.js';
import type {SessionWish} from './session-request.js';

/** A session that was asked for and has no name yet. */
export class Creation {
  readonly wish: SessionWish;
  readonly asked: AskedWith;
  /** Devices for it; released where nothing comes of it. */
  readonly prepared: PreparedMedia;
  readonly #outcome: Promise<SipCall>;
  #resolve!: (call: SipCall) => void;
  #reject!: (error: SipError) => void;
  #state: 'open' | 'named' | 'failed' = 'open';

  constructor(wish: SessionWish, prepared: PreparedMedia) {
    this.wish = wish;
    this.asked = {msgid: randomUuid(), header: wish.header, body: wish.body};
    this.prepared = prepared;
    this.#outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whether somebody still waits for it does not matter here.
    this.#outcome.catch(() => {});
  }

  get type(): number {
    return this.wish.type;
  }

  /** Whom it is for: what events call it, where the server has not allotted another number. */
  get number(): string {
    return this.wish.number;
  }

  /** `failed`: nobody waits for it any more. */
  get state(): 'open' | 'named' | 'failed' {
    return this.#state;
  }

  /** Gives the call to the one who asked. */
  resolve(call: SipCall): void {
    if (this.#state !== 'open') return;
    this.#state = 'named';
    this.#resolve(call);
  }

  /** Nothing comes of it; closes its devices. The first outcome stands. */
  fail(error: SipError): void {
    if (this.#state !== 'open') return;
    this.#state = 'failed';
    this.prepared.release();
    this.#reject(error);
  }

  /** The call; an aborted signal fails it. */
  async outcome(signal?: AbortSignal): Promise<SipCall> {
    const onAbort = (): void =>
      this.fail(new SipError('aborted', {subject: this.number, cause: signal?.reason}));
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort);
    try {
      return await this.#outcome;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }
}
