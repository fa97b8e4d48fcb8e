import type {ReactiveController, ReactiveElement} from 'lit';
import type {BaseClient} from '../../core/client/client.js';
import {functionsSlot} from '../../core/client/functions-client.js';

/** An element that takes the client of the functions, such as a `<sip-client>`. */
interface FunctionsHost extends ReactiveElement {
  readonly functions: boolean;
  client: BaseClient | undefined;
}

/** The elements that follow the functions. */
const followers = new WeakSet<FunctionsHost>();

/** Gives the client of the page's documented functions to an element, while it is in the document and wants it. */
export function followFunctions(host: FunctionsHost): void {
  if (followers.has(host)) return;
  followers.add(host);
  host.addController(new FunctionsFollower(host));
}

class FunctionsFollower implements ReactiveController {
  readonly #host: FunctionsHost;
  #follows = false;

  constructor(host: FunctionsHost) {
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
