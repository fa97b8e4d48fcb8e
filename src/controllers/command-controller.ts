import type {ReactiveController, ReactiveElement} from 'lit';
import {toSipError, type SipError} from '../errors.js';
import {tellError} from './sip-error-event.js';

/**
 * Runs the commands of its host's controls: keeps the last failure, to be shown in place, until a command succeeds or
 * it is dismissed.
 *
 * Whoever holds Enter on a button presses it once: browsers press it again and again, which would place call upon call.
 */
export class CommandController implements ReactiveController {
  readonly #host: ReactiveElement;
  #error: SipError | undefined;
  #pending = 0;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('keydown', onKeydown);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('keydown', onKeydown);
  }

  /** Why the last command failed. */
  get error(): SipError | undefined {
    return this.#error;
  }

  /** Whether a command is under way. */
  get pending(): boolean {
    return this.#pending > 0;
  }

  /** Runs a command; its failure is kept, and the promise rejects with it. */
  async attempt<T>(command: () => Promise<T>): Promise<T> {
    this.#pending += 1;
    this.#host.requestUpdate();
    try {
      const result = await command();
      this.#error = undefined;
      return result;
    } catch (cause) {
      const error = toSipError(cause);
      // What was given up is no failure.
      this.#error = error.code === 'aborted' ? undefined : error;
      throw error;
    } finally {
      this.#pending -= 1;
      this.#host.requestUpdate();
    }
  }

  /** Runs the command of a control; its failure is kept and told by `sip-error`. */
  async run(command: () => Promise<unknown>): Promise<void> {
    await this.told(this.attempt(command));
  }

  /** Tells by `sip-error` what an attempt fails with. */
  async told(attempt: Promise<unknown>): Promise<void> {
    try {
      await attempt;
    } catch {
      if (this.#error) this.tell(this.#error);
    }
  }

  /** Shows a failure and tells of it by `sip-error`. */
  tell(error: SipError): void {
    this.#error = error;
    this.#host.requestUpdate();
    tellError(this.#host, error);
  }

  /** Shows a failure that was told already, by a control inside the host. */
  show(error: SipError): void {
    this.#error = error;
    this.#host.requestUpdate();
  }

  /** Forgets the failure. */
  readonly dismiss = (): void => {
    if (!this.#error) return;
    this.#error = undefined;
    this.#host.requestUpdate();
  };
}

function onKeydown(event: KeyboardEvent): void {
  const [target] = event.composedPath();
  if (event.repeat && event.key === 'Enter' && target instanceof HTMLButtonElement) event.preventDefault();
}
