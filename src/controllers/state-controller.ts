import type {ReactiveController, ReactiveElement} from 'lit';
import {onceSent} from '../core/util/sending-first.js';
import type {StateSource} from '../core/util/state-target.js';

/** The events of a source: for its state, and for a call's streams. */
const EVENTS = ['statechange', 'streamschange'] as const;

/**
 * Updates its host when one of its sources changes; reads the sources again at each update.
 *
 * It listens only while the host is connected, so it keeps nothing alive afterwards.
 */
export class StateController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #getSources: () => readonly (StateSource<object> | undefined)[];
  #followed = new Set<StateSource<object>>();

  constructor(host: ReactiveElement, getSources: () => readonly (StateSource<object> | undefined)[]) {
    this.#host = host;
    this.#getSources = getSources;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#follow([]);
  }

  hostUpdate(): void {
    this.#follow(this.#host.isConnected ? this.#getSources() : []);
  }

  #follow(sources: readonly (StateSource<object> | undefined)[]): void {
    const next = new Set(sources.filter((source) => source !== undefined));
    for (const source of this.#followed)
      if (!next.has(source)) for (const type of EVENTS) source.removeEventListener(type, this.#onChange);
    for (const source of next) for (const type of EVENTS) source.addEventListener(type, this.#onChange);
    this.#followed = next;
  }

  readonly #onChange = (): void => onceSent(() => this.#host.requestUpdate());
}
