import {SHARING_VERSION} from './sharing-version.js';

/** The worker that the tabs of a phone share. */
export interface WorkerAddress {
  /** The address of `sip-shared-worker.js`. */
  readonly worker: string;
  /** What the tabs have in common that are one phone. */
  readonly phone: string;
}

/** The workers that no port has taken yet. */
const early = new Map<string, SharedWorker>();

/** Those that were started or taken: none of them is started a second time, but by who takes one that is taken already. */
const known = new Set<string>();

const keyOf = ({worker, phone}: WorkerAddress): string => `${worker} ${phone}`;

function create({worker, phone}: WorkerAddress): SharedWorker {
  // Chromium lets such a worker finish what the last page has told it; others do so without the option.
  const init = {name: `sip-elements ${SHARING_VERSION} ${phone}`, extendedLifetime: true};
  return new SharedWorker(worker, init);
}

/** Starts a worker, once, while the code that uses it is still being loaded. */
export function startWorker(address: WorkerAddress): void {
  const key = keyOf(address);
  if (known.has(key)) return;
  known.add(key);
  try {
    const worker = create(address);
    early.set(key, worker);
    // The next attempt finds out why.
    worker.onerror = () => early.delete(key);
  } catch {
    // The browser refuses the address, which the next attempt reports.
  }
}

/** Returns a worker: the one that was started, once; starts it otherwise. @throws {DOMException} why the browser refuses */
export function takeWorker(address: WorkerAddress): SharedWorker {
  const key = keyOf(address);
  const worker = early.get(key);
  known.add(key);
  early.delete(key);
  if (worker) worker.onerror = null;
  return worker ?? create(address);
}
