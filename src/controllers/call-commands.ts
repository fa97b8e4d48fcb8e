import type {ReactiveElement} from 'lit';
import type {CallState} from '../core/call/call-state.js';
import type {StateSource} from '../core/util/state-target.js';
import {CommandController} from './command-controller.js';

/** Runs the commands of a host that shows several calls; each call has its own failures. */
export class CallCommands {
  readonly #host: ReactiveElement;
  readonly #known = new WeakMap<StateSource<CallState>, CommandController>();

  constructor(host: ReactiveElement) {
    this.#host = host;
  }

  of(call: StateSource<CallState>): CommandController {
    const known = this.#known.get(call);
    if (known) return known;
    const commands = new CommandController(this.#host);
    this.#known.set(call, commands);
    // Removes the controllers of ended calls, so that the host does not accumulate them.
    call.addEventListener('statechange', () => {
      if (call.state.phase === 'released') this.#host.removeController(commands);
    });
    return commands;
  }
}
