import type {ReactiveController, ReactiveElement} from 'lit';

/** The running clocks; they share one timer. */
const running = new Set<ClockController>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Sets the timer for the next full second of any clock. */
function wind(): void {
  clearTimeout(timer);
  if (running.size) timer = setTimeout(tick, Math.min(...[...running].map((clock) => clock.untilTick)));
}

function tick(): void {
  for (const clock of running) clock.tick();
  wind();
}

/** Counts seconds and updates its host at each full second, while the host is connected. */
export class ClockController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #getPassed: () => number | undefined;
  #shown = -1;

  /** @param getPassed - Returns how many milliseconds have passed; undefined while nothing is counted. */
  constructor(host: ReactiveElement, getPassed: () => number | undefined) {
    this.#host = host;
    this.#getPassed = getPassed;
    host.addController(this);
  }

  /** Full seconds; undefined while nothing is counted. */
  get seconds(): number | undefined {
    const passed = this.#getPassed();
    return passed === undefined ? undefined : Math.floor(passed / 1000);
  }

  /** @internal Milliseconds until the next full second; at least 100, because the counted duration may pause. */
  get untilTick(): number {
    return Math.max(100, 1000 - ((this.#getPassed() ?? 0) % 1000));
  }

  /** @internal */
  tick(): void {
    if (this.seconds !== this.#shown) this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#run(false);
  }

  hostUpdated(): void {
    this.#shown = this.seconds ?? -1;
    this.#run(this.#host.isConnected && this.#getPassed() !== undefined);
  }

  #run(runs: boolean): void {
    if (runs === running.has(this)) return;
    if (runs) running.add(this);
    else running.delete(this);
    wind();
  }
}

/** Formats a duration as `0:05`, `12:07` or `1:02:03`; as `0:00` if the device's clock was set back meanwhile. */
export function formatDuration(given: number): string {
  const seconds = Math.max(0, given);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, index) => (index ? String(part).padStart(2, '0') : part)).join(':');
}
