/**
 * The shared worker with which all tabs of a page are one phone: `dist/sip-shared-worker.js`.
 *
 * It has the socket to the server and passes the messages on; calls and their media are in the tabs. It knows no
 * password.
 */
import {Broker} from './sip/sharing/broker.js';

/** The used members of `SharedWorkerGlobalScope`, whose types cannot be loaded together with those of a page. */
interface WorkerScope {
  addEventListener(type: 'connect', listener: (event: MessageEvent) => void): void;
}

const broker = new Broker((url) => new WebSocket(url, 'sip'));

(globalThis as unknown as WorkerScope).addEventListener('connect', ({ports: [port]}) => broker.add(port!));
