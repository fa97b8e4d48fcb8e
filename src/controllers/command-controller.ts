import type {ReactiveController, ReactiveElement} from 'lit';
import {toSipError, type SipError} from '../errors.js';
import {dispatchError} from './sip-error-event.js';

/**
 * Runs the commands of its host's controls. It keeps the last failure, to be shown in place, until a command succeeds
 * or the failure is dismissed.
 *
 * Holding Enter on a button presses it once: browsers repeat the press, which would place one call after another.
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

  /** Whether a command is running. */
  get pending(): boolean {
    return this.#pending > 0;
  }

  /** Runs a command; keeps its failure and rejects with it. */
  async attempt<T>(command: () => Promise<T>): Promise<T> {
    this.#pending += 1;
    this.#host.requestUpdate();
    try {
      const result = await command();
      this.#error = undefined;
      return result;
    } catch (cause) {
      const error = toSipError(cause);
      // A canceled command is not a failure.
      this.#error = error.code === 'aborted' ? undefined : error;
      throw error;
    } finally {
      this.#pending -= 1;
      this.#host.requestUpdate();
    }
  }

  /** Runs the command of a control; keeps its failure and dispatches it as `sip-error`. */
  async run(command: () => Promise<unknown>): Promise<void> {
    await this.reportFailureOf(this.attempt(command));
  }

  /** Dispatches the failure of an attempt as `sip-error`. */
  async reportFailureOf(attempt: Promise<unknown>): Promise<void> {
    try {
      await attempt;
    } catch {
      if (this.#error) this.fail(this.#error);
    }
  }

  /** Shows a failure and dispatches it as `sip-error`. */
  fail(error: SipError): void {
    this.show(error);
    this.report(error);
  }

  /** Dispatches a failure that is shown elsewhere, such as at a field. */
  report(error: SipError): void {
    dispatchError(this.#host, error);
  }

  /** Shows a failure that a control inside the host has already dispatched. */
  show(error: SipError): void {
    this.#error = error;
    this.#host.requestUpdate();
  }

  /** Clears the failure. */
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
