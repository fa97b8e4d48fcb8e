import type {ReactiveController, ReactiveElement} from 'lit';

/** Updates its host when a new day begins, while the host is connected, because “today” then means another day. */
export class DayController implements ReactiveController {
  readonly #host: ReactiveElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const tomorrow = new Date();
    tomorrow.setHours(24, 0, 0, 50);
    this.#timer = setTimeout(() => {
      this.#host.requestUpdate();
      this.hostConnected();
    }, tomorrow.getTime() - Date.now());
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
