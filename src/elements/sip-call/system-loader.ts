import type {ReactiveController, ReactiveElement} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {nameOf} from '../shared/people/people.js';
import type {systemControls as pageControls} from './system-controls.js';

/** The options of a loader. */
export interface SystemLoaderOptions {
  readonly localize: LocalizeController;
  readonly commands: CommandController;
  /** Returns the call that the system's controls receive. */
  readonly call: () => SipCall | undefined;
}

/** Passes its host's call to the system's controls, which are loaded once a call is connected. */
export class SystemLoader implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #options: SystemLoaderOptions;
  #controls: typeof pageControls | undefined;
  #loading: Promise<unknown> | undefined;

  constructor(host: ReactiveElement, options: SystemLoaderOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostUpdated(): void {
    const {localize, commands} = this.#options;
    const call = this.#options.call();
    const connected = this.#host.isConnected && call?.state.phase === 'answered';
    if (connected) void this.#load();
    this.#controls?.set(
      this,
      connected
        ? {
            call,
            name: nameOf(call.remote, localize),
            run: (command) => void commands.run(command),
          }
        : undefined,
    );
  }

  hostDisconnected(): void {
    this.#controls?.set(this, undefined);
  }

  #load(): Promise<unknown> {
    this.#loading ??= import('./system-controls.js').then(
      ({systemControls}) => {
        this.#controls = systemControls;
        this.#host.requestUpdate();
      },
      // The next change tries again.
      () => (this.#loading = undefined),
    );
    return this.#loading;
  }
}
