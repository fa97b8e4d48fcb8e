import type {ReactiveElement} from 'lit';
import {SipError} from '../errors.js';
import type {CommandController} from './command-controller.js';

/** A command that its user can give up while it is under way, and that is not given twice at a time. */
export class CancelableCommand {
  readonly #host: ReactiveElement;
  readonly #commands: CommandController;
  #ending: AbortController | undefined;

  constructor(host: ReactiveElement, commands: CommandController) {
    this.#host = host;
    this.#commands = commands;
  }

  /** Whether it is under way. */
  get running(): boolean {
    return this.#ending !== undefined;
  }

  /**
   * As `CommandController.attempt`, with a signal that is aborted where it is given up.
   *
   * @throws {SipError} `invalid-state` while it is under way; what the command rejects with.
   */
  async attempt<T>(command: (signal: AbortSignal) => Promise<T>, subject = 'start'): Promise<T> {
    if (this.#ending) throw new SipError('invalid-state', {subject});
    const {signal} = (this.#ending = new AbortController());
    try {
      return await this.#commands.attempt(() => command(signal));
    } finally {
      this.#ending = undefined;
      this.#host.requestUpdate();
    }
  }

  /** Gives it up; false where there is nothing to give up. */
  cancel(): boolean {
    this.#ending?.abort();
    return this.running;
  }
}
