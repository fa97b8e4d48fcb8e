import type {LitElement, ReactiveController} from 'lit';
import type {CommandController} from '../../controllers/command-controller.js';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import {nameOf} from '../shared/people/people.js';
import type {systemControls as pageControls} from './system-controls.js';

/** The element whose call the system's controls receive. */
interface SystemHost extends LitElement {
  readonly call: SipCall | undefined;
  readonly small: boolean;
}

/** Passes its host's call to the system's controls, which are loaded once a call is connected. */
export class SystemLoader implements ReactiveController {
  readonly #host: SystemHost;
  readonly #localize: LocalizeController;
  readonly #commands: CommandController;
  #controls: typeof pageControls | undefined;
  #loading: Promise<unknown> | undefined;

  constructor(host: SystemHost, localize: LocalizeController, commands: CommandController) {
    this.#host = host;
    this.#localize = localize;
    this.#commands = commands;
    host.addController(this);
  }

  hostUpdated(): void {
    const {call, small, isConnected} = this.#host;
    const stands = isConnected && !small && call?.state.phase === 'answered';
    if (stands) void this.#load();
    this.#controls?.set(
      this,
      stands
        ? {
            call,
            name: nameOf(call.remote, this.#localize),
            run: (command) => void this.#commands.run(command),
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
