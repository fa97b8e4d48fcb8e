import type {ReactiveController, ReactiveElement} from 'lit';
import type {BackgroundCalls, BackgroundView} from './background.js';

/** Shows its host's calls while the user does not see them; the code is loaded when there is something to show. */
export class BackgroundLoader implements ReactiveController {
  readonly #getView: () => BackgroundView;
  readonly #host: ReactiveElement;
  #loading: Promise<BackgroundCalls | undefined> | undefined;
  #loaded: BackgroundCalls | undefined;

  constructor(host: ReactiveElement, getView: () => BackgroundView) {
    this.#host = host;
    this.#getView = getView;
    host.addController(this);
  }

  hostUpdated(): void {
    const {calls, worker} = this.#getView();
    if (calls.length || worker) void this.#load();
    this.#loaded?.show(this.#host.isConnected ? this.#getView() : undefined);
  }

  hostDisconnected(): void {
    this.#loaded?.show(undefined);
  }

  #load(): Promise<BackgroundCalls | undefined> {
    this.#loading ??= import('./background.js').then(
      ({BackgroundCalls}) => {
        this.#loaded = new BackgroundCalls();
        this.#host.requestUpdate();
        return this.#loaded;
      },
      // The next change tries again.
      () => (this.#loading = undefined),
    );
    return this.#loading;
  }
}
