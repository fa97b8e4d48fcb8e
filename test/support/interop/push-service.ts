import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {startPushReceiver, type PushReceiver} from '../servers/push-receiver.js';
import {freePort, startProgram} from './program.js';

const GATEWAY = new URL('../../../demo/infra/kamailio/push-gateway.mjs', import.meta.url).pathname;

/** The gateway of the demo, which Kamailio orders pushes from, and the push service that it sends them to. */
export interface PushService extends Omit<PushReceiver, 'stop'> {
  /** The gateway's UDP port. */
  readonly port: number;
  /** What the gateway has written. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts both. */
export async function startPushService(): Promise<PushService> {
  const folder = await mkdtemp(join(tmpdir(), 'sip-push-'));
  const receiver = await startPushReceiver();
  const port = await freePort('udp');
  const environment = {PUSH_PORT: String(port), PUSH_SERVICES: receiver.host};
  const asked = startProgram(process.execPath, [GATEWAY, 'key'], folder, environment);
  await asked.ended;
  receiver.key = asked.output().trim();
  const gateway = startProgram(process.execPath, [GATEWAY], folder, environment);
  await gateway.until(() => gateway.output().includes('listens'));
  return {
    ...receiver,
    get waiting() {
      return receiver.waiting;
    },
    port,
    log: () => gateway.output(),
    async stop() {
      await gateway.stop();
      receiver.stop();
      await rm(folder, {recursive: true, force: true});
    },
  };
}
