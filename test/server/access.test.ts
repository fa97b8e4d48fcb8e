import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {startServer, type DispatchServer} from '../../server/server.js';
import {ask} from '../support/scripted/raw-http.js';

describe('the sites that may use the server', () => {
  let server: DispatchServer;
  before(async () => {
    server = await startServer({port: 0, allowedHosts: ['intranet.example', '10.99.0.1']});
  });
  after(() => server.close());

  const upgrade = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  const WAYS = [
    ['pages', '/', {}, 200],
    ['the list of uploads', '/uploads', {}, 200],
    ['the SIP socket', '/fswebrtc', {...upgrade, 'Sec-WebSocket-Protocol': 'sip'}, 101],
    ['the socket of the API', '/websocketapi', upgrade, 101],
  ] as const;

  for (const [what, path, headers, fine] of WAYS) {
    for (const [who, more] of [
      ['without an origin', {}],
      ['of this machine', {Origin: 'http://localhost:5173'}],
      ['by an address', {Host: '127.0.0.1', Origin: 'https://127.0.0.1:8443'}],
      ['of an allowed site', {Host: 'intranet.example:8080', Origin: 'https://intranet.example'}],
      [
        'by an address that is no one’s here',
        {Host: '198.51.100.7:8080', Origin: 'http://198.51.100.7:8080'},
      ],
      ['behind allowed proxies', {'X-Forwarded-Host': 'intranet.example, 10.99.0.1'}],
    ] as const)
      it(`let ${what} be used ${who}`, async () => {
        assert.equal((await ask(server, path, 'GET', {...headers, ...more})).status, fine);
      });

    for (const [who, more] of [
      ['by a page of another site', {Origin: 'https://evil.example'}],
      ['by a page without a site', {Origin: 'null'}],
      ['by a file', {Origin: 'file://'}],
      ['under another name, which a site may give this machine', {Host: 'evil.example'}],
      ['under a name that begins like its own', {Host: 'localhost.evil.example'}],
      ['by another site under an address', {Host: '198.51.100.7', Origin: 'https://198.51.100.8'}],
      ['behind another proxy', {'X-Forwarded-Host': 'evil.example'}],
    ] as const)
      it(`do not let ${what} be used ${who}`, async () => {
        const {status, body} = await ask(server, path, 'GET', {...headers, ...more});
        assert.equal(status, 403);
        assert.match(body.toString(), /--allowed-hosts=/);
      });
  }

  it('do not let another site upload, and say nothing that would let it read why', async () => {
    for (const method of ['OPTIONS', 'POST']) {
      const refused = await ask(server, '/UpFileServlet', method, {Origin: 'https://evil.example'});
      assert.equal(refused.status, 403);
      assert.equal(refused.headers['access-control-allow-origin'], undefined);
    }
  });
});
