import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {freePort, startProgram} from '../support/interop/program.js';

const GATEWAY = new URL('../../demo/infra/kamailio/push-gateway.mjs', import.meta.url).pathname;

describe('the push gateway of demo/infra', () => {
  it('ends the connection to a push service that sends more than a status', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sip-push-'));
    const service = createServer().listen(0, '127.0.0.1');
    await once(service, 'listening');
    const {port} = service.address() as AddressInfo;
    const gatewayPort = await freePort('udp');
    const environment = {PUSH_PORT: String(gatewayPort), PUSH_SERVICES: `127.0.0.1:${port}`};
    const gateway = startProgram(process.execPath, [GATEWAY], folder, environment);
    const orders = createSocket('udp4');
    try {
      await gateway.until(() => gateway.output().includes('listens'));
      const pushed = once(service, 'request') as Promise<[IncomingMessage, ServerResponse]>;
      orders.send(`1 ${encodeURIComponent(`http://127.0.0.1:${port}/alice`)}`, gatewayPort, '127.0.0.1');
      const [, response] = await pushed;
      const ended = once(response, 'close', {signal: AbortSignal.timeout(5_000)});
      response.writeHead(201).write('x'.repeat(1_000_000));
      await ended;
      await gateway.until(() => gateway.output().includes(': 201'));
    } finally {
      orders.close();
      await gateway.stop();
      service.close();
      service.closeAllConnections();
      await rm(folder, {recursive: true, force: true});
    }
  });
});
