import {expect} from '@open-wc/testing';
import {startWorker, takeWorker} from '../../../src/core/tabs/early-worker.js';
import {until} from '../../support/in-page/facts.js';

/** A worker that reports how many pages have connected, and its address for a phone of this test alone. */
const address = (code: string): {worker: string; phone: string} => ({
  worker: URL.createObjectURL(new Blob([code], {type: 'text/javascript'})),
  phone: crypto.randomUUID(),
});

const COUNTS = `let count = 0; onconnect = ({ports: [port]}) => { count += 1; port.postMessage(count); };`;

describe('the worker that is started early', () => {
  it('is handed over once, and is the one of the phone', async () => {
    const counted = address(COUNTS);
    startWorker(counted);
    startWorker(counted);
    const counts: number[] = [];
    for (let taken = 0; taken < 2; taken += 1) {
      takeWorker(counted).port.onmessage = ({data}: MessageEvent<number>) => void counts.push(data);
      // It is in use: another one would be stale when it is taken.
      startWorker(counted);
    }
    await until(() => counts.length === 2);
    expect(counts.sort()).to.deep.equal([1, 2]);
  });

  it('is not handed over if it could not be loaded: the next one reports it', async () => {
    const missing = {worker: new URL('/none.js', location.href).href, phone: crypto.randomUUID()};
    startWorker(missing);
    let failed = false;
    await until(() => {
      const worker = takeWorker(missing);
      worker.addEventListener('error', () => (failed = true));
      return failed;
    });
    startWorker({worker: 'https://other.test/worker.js', phone: ''});
  });
});
