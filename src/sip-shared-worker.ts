/**
 * The shared worker with which all tabs of a page are one phone: `dist/sip-shared-worker.js`.
 *
 * It has the connections to the server and passes the messages on; calls and their media are in the tabs. It knows no
 * password.
 */
import {ApiBroker} from './dispatch/sharing/api-broker.js';
import {ApiRoutes} from './dispatch/sharing/api-routes.js';
import {Broker} from './sip/sharing/broker.js';
import type {ToApiWorker, ToWorker} from './sip/sharing/port-messages.js';

/** The used members of `SharedWorkerGlobalScope`, whose types cannot be loaded together with those of a page. */
interface WorkerScope {
  addEventListener(type: 'connect', listener: (event: MessageEvent) => void): void;
}

const routes = new ApiRoutes();
const broker = new Broker((url) => new WebSocket(url, 'sip'), routes);
const api = new ApiBroker((url) => new WebSocket(url), broker, routes);

(globalThis as unknown as WorkerScope).addEventListener('connect', ({ports}) => {
  const port = ports[0]!;
  port.onmessage = (event: MessageEvent<ToWorker | ToApiWorker>) => {
    const {data} = event;
    if ('api' in data) return api.add(port, data.api);
    broker.add(port);
    port.onmessage!(event);
  };
});
