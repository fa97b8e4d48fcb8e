import type {ReactiveElement} from 'lit';
import {SipError} from '../errors.js';
import type {CommandController} from './command-controller.js';

/** A command that the user can cancel while it runs, and that cannot run twice at a time. */
export class CancelableCommand {
  readonly #host: ReactiveElement;
  readonly #commands: CommandController;
  #ending: AbortController | undefined;

  constructor(host: ReactiveElement, commands: CommandController) {
    this.#host = host;
    this.#commands = commands;
  }

  /** Whether the command is running. */
  get running(): boolean {
    return this.#ending !== undefined;
  }

  /**
   * Runs a command like `CommandController.attempt`, with a signal that aborts when the command is canceled.
   *
   * @throws {SipError} `invalid-state` while a command is running; the error that the command rejects with.
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

  /** Cancels the command; returns false if none is running. */
  cancel(): boolean {
    this.#ending?.abort();
    return this.running;
  }
}
