import type {ReactiveController} from 'lit';
import {functionsSlot} from '../../core/client/functions-client.js';
import type {SipClientElement} from './sip-client.js';

/** The elements that follow the functions. */
const followers = new WeakSet<SipClientElement>();

/** Gives the client of the page's documented functions to an element, while it is in the document and wants it. */
export function followFunctions(host: SipClientElement): void {
  if (followers.has(host)) return;
  followers.add(host);
  host.addController(new FunctionsFollower(host));
}

class FunctionsFollower implements ReactiveController {
  readonly #host: SipClientElement;
  #follows = false;

  constructor(host: SipClientElement) {
    this.#host = host;
  }

  hostConnected(): void {
    functionsSlot().addEventListener('change', this.#take);
    this.#take();
  }

  hostDisconnected(): void {
    functionsSlot().removeEventListener('change', this.#take);
  }

  hostUpdated(): void {
    if (this.#host.functions !== this.#follows) this.#take();
  }

  readonly #take = (): void => {
    const {functions} = this.#host;
    if (functions || this.#follows) this.#host.client = functions ? functionsSlot().client : undefined;
    this.#follows = functions;
  };
}
