import type {LitElement, ReactiveController} from 'lit';
import {LazyModule} from '../shared/lazy-module.js';
import type {SipCall} from '../../core/call/call.js';
import type {InCall, InCallOptions} from './in-call.js';

/** Loads what a stage has only while a call is on it, with the first call. */
export class InCallLoader implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: () => InCallOptions & {readonly call: SipCall | undefined};
  readonly #part: LazyModule<InCall>;

  /** @param options - Returns the options, and the call on the stage. */
  constructor(host: LitElement, options: () => InCallOptions & {readonly call: SipCall | undefined}) {
    this.#host = host;
    this.#options = options;
    this.#part = new LazyModule(host, async () => new (await import('./in-call.js')).InCall(options()));
    host.addController(this);
  }

  /** What was loaded; undefined until then. */
  get part(): InCall | undefined {
    return this.#part.value;
  }

  hostUpdated(): void {
    const {call} = this.#options();
    const shown = this.#host.isConnected ? call : undefined;
    if (shown) this.#part.load();
    this.part?.follow(shown);
  }

  hostDisconnected(): void {
    this.part?.follow(undefined);
  }
}
