import type {ReactiveElement} from 'lit';
import type {SipCall} from '../core/call/call.js';
import {CommandController} from './command-controller.js';

/** Runs the commands of a host that shows several calls: each call has failures of its own. */
export class CallCommands {
  readonly #host: ReactiveElement;
  readonly #known = new WeakMap<SipCall, CommandController>();

  constructor(host: ReactiveElement) {
    this.#host = host;
  }

  of(call: SipCall): CommandController {
    const known = this.#known.get(call);
    if (known) return known;
    const commands = new CommandController(this.#host);
    this.#known.set(call, commands);
    // A host that sees many calls keeps nothing of those that are over.
    call.addEventListener('statechange', () => {
      if (call.state.phase === 'released') this.#host.removeController(commands);
    });
    return commands;
  }
}
