/**
 * A development server in a process of its own, with so many users from 1001 on. Says where it is; at each message, how
 * much it has worked since the one before.
 */
import {monitorEventLoopDelay} from 'node:perf_hooks';
import {startServer} from '../../server/server.js';
import {USER_TYPE} from '../../src/dispatch/protocol.js';

/** What the server has used. */
export interface Work {
  /** The share of one core. */
  readonly share: number;
  /** How much later than wanted its timers ran, in milliseconds. */
  readonly delay: {readonly median: number; readonly most: number; readonly longest: number};
}

/** How often the delay is measured, in milliseconds; each value contains it. */
const EVERY = 5;

const users = Array.from({length: Number(process.argv[2])}, (_, index) => {
  const number = String(1001 + index);
  return {number, name: number, password: '1234', type: USER_TYPE.dispatcher};
});
const server = await startServer({port: 0, users});
const delay = monitorEventLoopDelay({resolution: EVERY});
delay.enable();
let [cpu, since] = [process.cpuUsage(), performance.now()];

function work(): Work {
  const {user, system} = process.cpuUsage(cpu);
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - EVERY);
  const done = {
    share: (user + system) / 1000 / (performance.now() - since),
    delay: {
      median: late(delay.percentile(50)),
      most: late(delay.percentile(99)),
      longest: late(delay.max),
    },
  };
  [cpu, since] = [process.cpuUsage(), performance.now()];
  delay.reset();
  return done;
}

process.on('message', () => process.send?.(work()));
process.on('disconnect', () => void server.close());
process.send?.(server.url);
