import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, it} from 'node:test';
import {startServer, type DispatchServer, type ServerOptions} from '../../server/server.js';
import {API_CODE, API_HEADER, CALL_TYPE, UPLOAD_PATH} from '../../src/dispatch/protocol.js';
import {until} from '../support/in-page/facts.js';
import {apiMessage, post, RawApi} from '../support/scripted/raw-api.js';
import {RawSip} from '../support/scripted/raw-sip.js';

/** Sends a request of the JSON API; resolves with the code of its reply. */
async function ask(client: RawSip, header: string, body: Readonly<Record<string, unknown>>): Promise<number> {
  await post(client, JSON.stringify({msgid: 'm', header, body: {caller: client.user, ...body}}));
  for (;;) {
    const message = await apiMessage(client);
    if (message.msgid !== undefined) return message.code;
  }
}

const call = (client: RawSip, ctype: number = CALL_TYPE.single): Promise<number> =>
  ask(client, API_HEADER.createCall, {ctype, members: '1002', isVideo: 1});

describe('the limits of the server', () => {
  let server: DispatchServer;
  const start = async (options: ServerOptions): Promise<readonly [asker: RawSip, callee: RawSip]> => {
    server = await startServer({port: 0, ...options});
    return [await RawSip.registered(server.url, '1001'), await RawSip.registered(server.url, '1002')];
  };
  afterEach(() => server.close());

  it('refuse a user more open sessions with 1112, and an ordinary call with 503, until one is over', async () => {
    const [asker, callee] = await start({sessionsLimit: 3});
    const types = [CALL_TYPE.single, CALL_TYPE.temporaryConference, CALL_TYPE.temporaryIntercom];
    for (const type of types) assert.equal(await call(asker, type), API_CODE.none);
    for (const type of types) assert.equal(await call(asker, type), API_CODE.sessionNotCreated);
    const monitoring = await ask(asker, API_HEADER.createVideoBug, {called: '1019'});
    assert.equal(monitoring, API_CODE.sessionNotCreated);
    const headers = [`Contact: <${asker.contact}>`, 'Content-Type: application/sdp'];
    const invite = await asker.request('INVITE', {to: 'sip:1002@localhost', headers, body: 'v=0\r\n'});
    assert.equal(invite.status, 503);
    assert.equal(server.stats()['sessions'], 3);
    // Others are not concerned.
    const watching = await ask(callee, API_HEADER.createVideoBug, {caller: '1002', called: '1019'});
    assert.equal(watching, API_CODE.none);
    asker.answer(await asker.received('INVITE'), 486, 'Busy Here');
    await until(() => server.stats()['sessions'] === 3);
    assert.equal(await call(asker), API_CODE.none);
  });

  it('end a session whose asker rings for too long', async () => {
    const [asker] = await start({askerTimeout: 200});
    assert.equal(await call(asker), API_CODE.none);
    const invite = await asker.received('INVITE');
    asker.answer(invite, 180, 'Ringing');
    asker.answer(await asker.received('CANCEL'), 200, 'OK');
    asker.answer(invite, 487, 'Request Terminated');
    await until(() => server.stats()['sessions'] === 0 && server.stats()['legs'] === 0);
  });

  it('refuse an address more WebSockets that have not logged in with 429', async () => {
    const [asker] = await start({strangersLimit: 2});
    const api = await RawApi.open(server.url);
    const sip = await RawSip.open(server.url, '1003');
    await assert.rejects(RawSip.open(server.url, '1004'), /429/);
    await assert.rejects(RawApi.open(server.url), /429/);
    assert.equal(await call(asker), API_CODE.none);
    await sip.register();
    const next = await RawSip.open(server.url, '1004');
    await assert.rejects(RawSip.open(server.url, '1004'), /429/);
    await next.close();
    await api.login('1001', '1234');
    await Promise.all([RawSip.open(server.url, '1004'), RawApi.open(server.url)]);
  });

  it('give the place of a WebSocket that never logs in to another one of its address after a while', async () => {
    await start({strangersLimit: 4, loginTimeout: 300});
    const silent = await Promise.all(
      ['1003', '1004', '1005', '1006'].map((user) => RawSip.open(server.url, user)),
    );
    let next: RawSip | undefined;
    while (!next) next = await RawSip.open(server.url, '1007').catch(() => undefined);
    await Promise.race(silent.map(({closed}) => closed));
    assert.equal((await next.register()).status, 200);
  });

  it('hold at most 100 requests of a client that has not logged in', async () => {
    await start({});
    const stranger = await RawSip.open(server.url, '1003');
    const headers = [`Contact: <${stranger.contact}>`, 'Content-Type: application/sdp'];
    const invite = (): Promise<{status: number}> =>
      stranger.request('INVITE', {to: 'sip:1002@localhost', headers, body: 'v=0\r\n'});
    for (let count = 0; count < 100; count += 1) assert.equal((await invite()).status, 401);
    assert.equal((await invite()).status, 503);
    // Others are not concerned.
    const other = await RawSip.open(server.url, '1004');
    assert.equal((await other.register()).status, 200);
  });

  it('refuse more uploaded files than it may have with 507', async () => {
    const uploads = await mkdtemp(join(tmpdir(), 'limits-'));
    try {
      await start({uploads, filesLimit: 2});
      const upload = async (): Promise<number> => {
        const form = new FormData();
        form.append('file', new Blob(['x']), 'x.txt');
        return (await fetch(new URL(UPLOAD_PATH, server.url), {method: 'POST', body: form})).status;
      };
      assert.deepEqual([await upload(), await upload(), await upload()], [200, 200, 507]);
    } finally {
      await rm(uploads, {recursive: true});
    }
  });
});
