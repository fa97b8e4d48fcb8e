import assert from 'node:assert/strict';
import {once} from 'node:events';
import {readdirSync, readlinkSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {connect, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, it} from 'node:test';
import {WebSocket} from 'ws';
import {Attempts} from '../../server/attempts.js';
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

/** Opens a WebSocket for SIP and reads nothing of it. */
async function silentSocket(server: DispatchServer): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const lines = [
    ...['GET /fswebrtc HTTP/1.1', 'Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket'],
    ...['Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`],
    'Sec-WebSocket-Protocol: sip',
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  await once(socket, 'data');
  return socket.pause();
}

/** How many descriptors of this process are open for files whose paths have this part. */
const openFiles = (part: string): number =>
  readdirSync('/proc/self/fd').filter((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`).includes(part);
    } catch {
      return false;
    }
  }).length;

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

  it('hold at most 1,000 requests of a client that has logged in', async () => {
    const [asker, other] = await start({});
    const headers = [`Contact: <${asker.contact}>`, 'Content-Type: application/sdp'];
    const invite = async (): Promise<number> =>
      (await asker.request('INVITE', {to: 'sip:none@localhost', headers, body: 'v=0\r\n'})).status;
    // None of the refusals is acknowledged.
    const statuses = await Promise.all(Array.from({length: 1_010}, invite));
    assert.equal(statuses.filter((status) => status === 503).length, 10);
    assert.equal((await other.register()).status, 200);
  });

  it('end a WebSocket whose client pings, and does not read the pongs', async () => {
    await start({});
    const socket = await silentSocket(server);
    const ping = Buffer.concat([Buffer.from([0x89, 0xfd, 0, 0, 0, 0]), Buffer.alloc(125)]);
    const pings = Buffer.concat(Array.from({length: 1_000}, () => ping));
    const ended = new Promise<boolean>((resolve) => {
      socket.on('error', () => resolve(true)).on('close', () => resolve(true));
    });
    const send = async (): Promise<boolean> => {
      for (let count = 0; count < 600 && socket.writable; count += 1)
        if (!socket.write(pings)) await Promise.race([once(socket, 'drain').catch(() => {}), ended]);
      return false;
    };
    assert.equal(await Promise.race([ended, send()]), true);
    socket.destroy();
  });

  it('end a WebSocket whose client does not read what others send, whatever pongs it sends', async () => {
    const [sender] = await start({pingInterval: 50});
    const deaf = await RawSip.registered(server.url, '1003');
    deaf.stopReading();
    const pongs = setInterval(() => deaf.pong(), 10);
    const headers = ['Content-Type: text/plain'];
    const body = 'x'.repeat(60_000);
    const isOpen = (): boolean => server.stats()['connections'] === 3;
    for (let count = 0; count < 900 && isOpen(); count += 1) {
      sender.send(sender.write('MESSAGE', {to: 'sip:1003@localhost', headers, body}));
      await new Promise(setImmediate);
    }
    await until(() => !isOpen()).finally(() => clearInterval(pongs));
  });

  it('end a WebSocket that sends one message in very many parts, each of which takes more memory than its bytes', async () => {
    await start({});
    for (const [path, protocol] of [
      ['fswebrtc', 'sip'],
      ['websocketapi', undefined],
    ] as const) {
      const socket = new WebSocket(new URL(path, server.url.replace('http', 'ws')), protocol);
      await once(socket, 'open');
      const closed = once(socket, 'close');
      for (let count = 0; count < 2_000; count += 1) socket.send('x', {fin: false});
      const [code] = (await closed) as [number];
      assert.equal(code, 1008);
    }
  });

  it('wait for the answers to 1,000 messages of a client at most', async () => {
    const [client] = await start({});
    const ask = (): Promise<number> =>
      post(client, JSON.stringify({msgid: 'm', header: API_HEADER.heartbeat, body: {}}));
    for (let count = 0; count < 1_020; count += 1) assert.equal(await ask(), 200);
    const replies = client.inbox.rest.filter(({method, status}) => method === 'MESSAGE' && status === 0);
    assert.equal(replies.length, 1_000);
    await apiMessage(client);
    assert.equal(await ask(), 200);
    assert.equal(client.inbox.rest.length, 1_000);
  });

  it('end the oldest of more than 40 API logins of a user', async () => {
    await start({});
    const other = await RawApi.loggedIn(server.url, '1002');
    const oldest = await RawApi.loggedIn(server.url, '1001');
    for (let count = 0; count < 40; count += 1) await RawApi.loggedIn(server.url, '1001');
    assert.equal(await oldest.closed, 1008);
    await until(() => server.stats()['apiSockets'] === 41);
    assert.equal((await other.ask({msgid: 'm', header: API_HEADER.heartbeat, body: {}})).code, API_CODE.none);
  });

  /** Opens a connection on which a client asks for a long file, again and again, and reads nothing. */
  async function asksAndReadsNothing(
    {silenceTimeout, times}: {readonly silenceTimeout?: number; readonly times: number},
    then: () => Promise<void>,
  ): Promise<void> {
    const pages = await mkdtemp(join(tmpdir(), 'limits-'));
    try {
      await writeFile(join(pages, 'long.webm'), Buffer.alloc(32_000_000));
      await start({pages, ...(silenceTimeout !== undefined && {silenceTimeout})});
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1').pause();
      socket.write('GET /long.webm HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(times));
      await until(() => openFiles('long.webm') > 0);
      await then();
      socket.destroy();
      await until(() => openFiles('long.webm') === 0);
    } finally {
      await rm(pages, {recursive: true});
    }
  }

  it('keep no file open for requests of a connection that is gone, however many waited for their turn', () =>
    asksAndReadsNothing({times: 100}, async () => {
      assert.ok(openFiles('long.webm') < 10);
    }));

  it('end a connection with more than 100 requests that wait for their turn', async () => {
    await start({});
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1').resume();
    const ended = once(socket, 'close');
    socket.on('error', () => undefined);
    socket.write('GET /fswebrtc HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(1_000));
    await ended;
    assert.equal((await fetch(new URL('fswebrtc', server.url))).status, 200);
  });

  it('end a connection whose client does not read what it has asked for', () =>
    asksAndReadsNothing({times: 1, silenceTimeout: 500}, () => until(() => openFiles('long.webm') === 0)));

  it('keep a client that waits for what takes the server long', async () => {
    let [asked, built] = [(): void => {}, (): void => {}];
    const asking = new Promise<void>((resolve) => (asked = resolve));
    const building = new Promise<void>((resolve) => (built = resolve));
    const dist = async (): Promise<string> => {
      asked();
      await building;
      return import.meta.filename;
    };
    await start({silenceTimeout: 100, dist});
    const answer = fetch(new URL('sip-elements.js', server.url));
    await asking;
    // Clients that send nothing are ended meanwhile, one after another.
    for (let count = 0; count < 3; count += 1)
      await once(connect(Number(new URL(server.url).port), '127.0.0.1').resume(), 'close');
    built();
    assert.equal((await answer).status, 200);
  });

  it('end a connection that was refused a WebSocket and stays open', async () => {
    await start({});
    for (const path of ['/nowhere', '/fswebrtc']) {
      const socket = connect({
        port: Number(new URL(server.url).port),
        host: '127.0.0.1',
        allowHalfOpen: true,
      });
      const lines = [`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket'];
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
      socket.resume();
      // The client leaves its side open: only a write shows that there is nobody.
      const more = setInterval(() => socket.write('x'), 50);
      const gone = once(socket, 'error', {signal: AbortSignal.timeout(10_000)});
      await gone.finally(() => (clearInterval(more), socket.destroy()));
    }
  });

  it('end a connection over which a body comes that nobody reads', async () => {
    await start({});
    for (const path of ['/', '/missing', '/uploads', '/uploads/x']) {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.write(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nx`);
      socket.resume();
      const more = setInterval(() => socket.write('x'), 100);
      const end = once(socket, 'end', {signal: AbortSignal.timeout(10_000)});
      await end.finally(() => (clearInterval(more), socket.destroy()));
    }
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

describe('the pause after wrong passwords', () => {
  it('does not depend on the clock of the machine, which may be set back', ({mock}) => {
    const attempts = new Attempts();
    const who = {user: '1001', remote: 'x', connection: 'y'};
    for (let wrong = 0; wrong < 5; wrong += 1) attempts.failed(who);
    const now = Date.now();
    mock.method(Date, 'now', () => now - 3_600_000);
    assert.ok(attempts.wait(who) > 0);
    assert.ok(attempts.wait(who) <= 2_000);
  });
});
