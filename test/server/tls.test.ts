import assert from 'node:assert/strict';
import {X509Certificate} from 'node:crypto';
import {get} from 'node:https';
import {after, before, describe, it} from 'node:test';
import {startServer, type DispatchServer} from '../../server/server.js';
import {apiMessage, post} from '../support/scripted/raw-api.js';
import {RawSip} from '../support/scripted/raw-sip.js';

describe('a server with tls', () => {
  let server: DispatchServer;
  before(async () => {
    server = await startServer({port: 0, tls: true});
  });
  after(() => server.close());

  const page = (host: string): Promise<{status: number; body: string}> =>
    new Promise((resolve, reject) => {
      // The certificate is its own authority here, so that its names are checked as a browser checks them.
      const options = {ca: server.certificate?.cert, servername: host.replace(/^\[.*\]$/, '')};
      get(`https://${host}:${server.port}/fswebrtc`, options, (response) => {
        let body = '';
        response.on('data', (part: Buffer) => (body += part.toString()));
        response.on('end', () => resolve({status: response.statusCode ?? 0, body}));
      }).on('error', reject);
    });

  it('names localhost and both loopback addresses in its certificate', async () => {
    assert.equal(server.url, `https://localhost:${server.port}/`);
    const certificate = new X509Certificate(server.certificate?.cert ?? '');
    assert.equal(certificate.checkHost('localhost'), 'localhost');
    assert.equal(certificate.checkIP('127.0.0.1'), '127.0.0.1');
    assert.equal(certificate.checkIP('::1'), '::1');
  });

  it('serves pages over https', async () => {
    const answer = await page('localhost');
    assert.equal(answer.status, 200);
    assert.match(answer.body, /certificate is accepted/);
  });

  it('speaks SIP over wss, and names the wss address of its API', async () => {
    const client = await RawSip.registered(server.url, '1001');
    assert.equal(await post(client, JSON.stringify({header: 'system.server.logininfo'})), 200);
    const {body} = await apiMessage(client);
    assert.equal(body[0]?.['ServerWebSocketPATH'], `wss://localhost:${server.port}`);
    await client.close();
  });

  it('keeps a certificate that it was given', async () => {
    const own = server.certificate;
    assert.ok(own);
    const second = await startServer({port: 0, tls: own});
    assert.equal(second.certificate, own);
    await second.close();
  });
});
