import type {AskedWith} from '../core/call/call-init.js';
import type {SipCall} from '../core/call/call.js';
import type {PreparedMedia} from '../core/server/dialog.js';
import {randomUuid} from '../core/util/uuid.js';
import {SipError} from '../errors.js';
import type {ApiSessionRequest} from './session-request.js';

/** A requested session that has no id yet. */
export class Creation {
  readonly request: ApiSessionRequest;
  readonly asked: AskedWith;
  /** Devices for the session; released if it fails. */
  readonly prepared: PreparedMedia;
  readonly #outcome: Promise<SipCall>;
  #resolve!: (call: SipCall) => void;
  #reject!: (error: SipError) => void;
  #state: 'open' | 'named' | 'failed' = 'open';

  constructor(request: ApiSessionRequest, prepared: PreparedMedia) {
    this.request = request;
    this.asked = {msgid: randomUuid(), header: request.header, body: request.body};
    this.prepared = prepared;
    this.#outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Avoids an unhandled rejection if `outcome` is no longer awaited.
    this.#outcome.catch(() => {});
  }

  get type(): number {
    return this.request.type;
  }

  /** The called number, which events use unless the server has allotted another. */
  get number(): string {
    return this.request.number;
  }

  /** `failed`: the caller no longer waits for it. */
  get state(): 'open' | 'named' | 'failed' {
    return this.#state;
  }

  /** Resolves `outcome` with the call. */
  resolve(call: SipCall): void {
    if (this.#state !== 'open') return;
    this.#state = 'named';
    this.#resolve(call);
  }

  /** Rejects `outcome` and releases the devices; the first result counts. */
  fail(error: SipError): void {
    if (this.#state !== 'open') return;
    this.#state = 'failed';
    this.prepared.release();
    this.#reject(error);
  }

  /** Resolves with the call; an aborted signal fails the creation. */
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
