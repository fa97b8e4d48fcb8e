import {setTimeout as pause} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** How many measurements in a row must free nothing more. */
const SETTLED = 5;

/** Resolves with the memory that this process holds, in bytes, once what nobody refers to is freed. */
export async function memory(): Promise<number> {
  let least = Infinity;
  for (let same = 0; same < SETTLED; same += 1) {
    await pause(20);
    collect();
    const {heapUsed, arrayBuffers} = process.memoryUsage();
    const held = heapUsed + arrayBuffers;
    if (held < least - 100_000) same = 0;
    least = Math.min(least, held);
  }
  return least;
}
