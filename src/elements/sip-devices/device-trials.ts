import type {ReactiveController, ReactiveElement} from 'lit';
import type {SipDevices} from '../../core/devices/devices.js';
import type {DeviceKind} from '../../core/devices/devices-state.js';
import type {DeviceTrial} from '../../media/devices/device-trial.js';

/** What is tried out, until its signal is aborted. */
interface Trial {
  readonly ending: AbortController;
  opened?: DeviceTrial;
}

/**
 * What a person tries out of the devices: the microphone's level, the camera's picture, a tone.
 *
 * All of it ends when the host has left the document, is not displayed, or is on a page that nobody sees.
 */
export class DeviceTrials implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #running = new Map<DeviceKind, Trial>();
  readonly #sight = new ResizeObserver(([entry]) => {
    if (!entry?.contentRect.width) this.stopAll();
  });

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether the device is being tried out, or is on the way to that. */
  runs(kind: DeviceKind): boolean {
    return this.#running.has(kind);
  }

  /** The microphone or camera that is being tried out, once it is open. */
  opened(kind: 'microphone' | 'camera'): DeviceTrial | undefined {
    return this.#running.get(kind)?.opened;
  }

  /**
   * Tries a device out, an output until the tone is over. A user who ends it before that has not failed.
   *
   * @throws {SipError} What `SipDevices` rejects with.
   */
  async start(kind: DeviceKind, devices: SipDevices): Promise<void> {
    this.stop(kind);
    const trial: Trial = {ending: new AbortController()};
    const {signal} = trial.ending;
    this.#running.set(kind, trial);
    this.#host.requestUpdate();
    try {
      if (kind === 'speaker' || kind === 'ringer') {
        await devices.playTestTone(kind, signal);
        this.#end(kind, trial);
      } else {
        trial.opened = await devices.tryInput(kind);
        // It was ended while the browser asked.
        if (signal.aborted) trial.opened.close();
      }
    } catch (error) {
      // A user who ended it has not failed.
      const ended = signal.aborted;
      this.#end(kind, trial);
      if (!ended) throw error;
    }
    this.#host.requestUpdate();
  }

  /** Ends a trial; idempotent. */
  stop(kind: DeviceKind): void {
    const trial = this.#running.get(kind);
    if (trial) this.#end(kind, trial);
  }

  stopAll(): void {
    for (const kind of this.#running.keys()) this.stop(kind);
  }

  hostConnected(): void {
    this.#sight.observe(this.#host);
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  hostDisconnected(): void {
    this.#sight.disconnect();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.stopAll();
  }

  readonly #onVisibility = (): void => {
    if (document.hidden) this.stopAll();
  };

  #end(kind: DeviceKind, trial: Trial): void {
    trial.ending.abort();
    trial.opened?.close();
    if (this.#running.get(kind) === trial) this.#running.delete(kind);
    this.#host.requestUpdate();
  }
}
