/** Part of the scripts beside which `sip-shared-worker.js` is served: the single file. */
import {servedBesideWorker} from './core/tabs/shared-phone.js';

servedBesideWorker(import.meta.url);
