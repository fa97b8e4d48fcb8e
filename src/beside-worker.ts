/** For scripts that are served beside `sip-shared-worker.js`: the single file, and the loader. */
import {lieBesideWorker} from './core/client/worker-beside.js';

lieBesideWorker(import.meta.url);
