import {isServer, type ReactiveController, type ReactiveElement} from 'lit';
import type {SipDevices} from '../../core/devices/devices.js';
import type {DeviceKind} from '../../core/devices/devices-state.js';
import type {DeviceTrial} from '../../media/devices/device-trial.js';

/** A running test, until its signal aborts. */
interface Trial {
  readonly ending: AbortController;
  opened?: DeviceTrial;
}

/**
 * The device tests of the user: the microphone's level, the camera preview, a tone.
 *
 * All tests end when the host has left the document, is not displayed, or is on a hidden page.
 */
export class DeviceTrials implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #running = new Map<DeviceKind, Trial>();
  readonly #sight = isServer
    ? undefined
    : new ResizeObserver(([entry]) => {
        if (!entry?.contentRect.width) this.stopAll();
      });

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether the device is being tested, or its test is starting. */
  runs(kind: DeviceKind): boolean {
    return this.#running.has(kind);
  }

  /** The microphone or camera being tested, once it is open. */
  opened(kind: 'microphone' | 'camera'): DeviceTrial | undefined {
    return this.#running.get(kind)?.opened;
  }

  /**
   * Tests a device; for an output, until the tone ends. Resolves if the user stops the test early.
   *
   * @throws {SipError} The error that `SipDevices` rejects with.
   */
  async start(kind: DeviceKind, devices: SipDevices): Promise<void> {
    this.stop(kind);
    const trial: Trial = {ending: new AbortController()};
    const {signal} = trial.ending;
    this.#running.set(kind, trial);
    this.#host.requestUpdate();
    try {
      if (kind === 'microphone' || kind === 'camera') {
        trial.opened = await devices.tryInput(kind);
        // The test was stopped while the browser asked for permission.
        if (signal.aborted) trial.opened.close();
      } else {
        await devices.playTestTone(kind, signal);
        this.#end(kind, trial);
      }
    } catch (error) {
      // Stopping the test is not a failure.
      const ended = signal.aborted;
      this.#end(kind, trial);
      if (!ended) throw error;
    }
    this.#host.requestUpdate();
  }

  /** Stops a test; idempotent. */
  stop(kind: DeviceKind): void {
    const trial = this.#running.get(kind);
    if (trial) this.#end(kind, trial);
  }

  stopAll(): void {
    for (const kind of this.#running.keys()) this.stop(kind);
  }

  hostConnected(): void {
    this.#sight?.observe(this.#host);
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  hostDisconnected(): void {
    this.#sight?.disconnect();
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
