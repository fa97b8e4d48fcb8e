import assert from 'node:assert/strict';
import {createHash, randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {request, type ClientRequest} from 'node:http';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {FILE_TYPE} from '../../../src/dispatch/protocol.js';
import {startServer, type DispatchServer} from '../../../server/server.js';
import {until} from '../../support/in-page/facts.js';
import {FORM_END, formHead, headOf, openUpload, stream, upload} from '../../support/scripted/raw-upload.js';
import {ask, type Answer} from '../../support/scripted/raw-http.js';

const MB = 1024 * 1024;

/** The smallest files with a recognizable type. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const WAV = Buffer.concat([
  Buffer.from('RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00', 'latin1'),
  Buffer.from('\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x00\x00\x00\x00', 'latin1'),
]);
const MP4 = Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isomiso2', 'latin1'), Buffer.alloc(64)]);
const WEBM = Buffer.concat([
  Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104', 'hex'),
  Buffer.alloc(64),
]);
const PDF = Buffer.from('%PDF-1.4\n%âãÏÓ\n');

describe('uploads', () => {
  let server: DispatchServer;
  let folder: string;
  const lines: string[] = [];

  const json = ({body}: Answer): any => JSON.parse(body.toString());
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(new URL(path, server.url), {headers});
  const listed = async (): Promise<any[]> => ((await (await get('/uploads')).json()) as any).body;
  const sha = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
  const onDisk = async (): Promise<string[]> => readdir(folder).catch(() => []);
  const sizeIn = async (place: string): Promise<number> => {
    const names = await readdir(place).catch(() => []);
    const sizes = await Promise.all(names.map((name) => stat(join(place, name))));
    return sizes.reduce((sum, {size}) => sum + size, 0);
  };
  const start = (): Promise<DispatchServer> =>
    startServer({port: 0, uploads: folder, uploadLimit: 2 * MB, log: (line) => lines.push(line)});

  before(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'sip-elements-uploads-')), 'files');
    server = await start();
  });
  after(async () => {
    await server.close();
    await rm(join(folder, '..'), {recursive: true});
  });

  it('need no folder before the first one', async () => assert.deepEqual(await onDisk(), []));

  it('are on the disk byte by byte, and named in the reply', async () => {
    const content = randomBytes(MB);
    const answer = await upload(server.url, content, {name: '文件 1.bin'});
    assert.equal(answer.status, 200);
    const {code, fileid, url} = json(answer);
    assert.equal(code, 0);
    assert.equal(url, `${server.url}uploads/${fileid}`);
    assert.equal(sha(await readFile(join(folder, fileid))), sha(content));
    assert.equal(sha(Buffer.from(await (await get(`/uploads/${fileid}`)).arrayBuffer())), sha(content));
    const found = (await listed()).find((file) => file.fileid === fileid);
    assert.deepEqual(
      [found.name, found.size, found.type, found.url],
      ['文件 1.bin', MB, FILE_TYPE.other, url],
    );
    assert.ok(!(await onDisk()).some((name) => name.endsWith('.part')));
  });

  for (const [what, content, claimed, contentType, type] of [
    ['a picture that is said to be text', PNG, '1', 'image/png', FILE_TYPE.picture],
    ['a sound that is said to be text', WAV, '1', 'audio/wav', FILE_TYPE.voice],
    ['a sound to play', WAV, '6', 'audio/wav', FILE_TYPE.playAudio],
    ['a video that is said to be text', MP4, '1', 'video/mp4', FILE_TYPE.video],
    ['a video to play', MP4, '9', 'video/mp4', FILE_TYPE.playVideo],
    ['an uploaded video', MP4, '10', 'video/mp4', FILE_TYPE.uploadedVideo],
    ['a recording of sound alone', WEBM, '3', 'audio/webm', FILE_TYPE.voice],
    ['a recording with a picture', WEBM, '3', 'video/webm', FILE_TYPE.video],
    ['text', '你好', '1', 'text/plain', FILE_TYPE.text],
    ['text that is said to be a picture', 'no picture', '2', 'image/png', FILE_TYPE.text],
    ['a page that is said to be a picture', '<script>1</script>', '2', 'text/html', FILE_TYPE.text],
    ['a notice', 'Fire drill', '11', 'text/plain', FILE_TYPE.notice],
    ['a fax', PDF, '7', 'application/pdf', FILE_TYPE.fax],
    ['a document', PDF, '1', 'application/pdf', FILE_TYPE.other],
    ['nothing that is known', Buffer.from([0, 1, 2, 0xff]), '1', '', FILE_TYPE.other],
    ['a number that is none', PNG, 'x', 'image/png', FILE_TYPE.picture],
    ['no number at all', PNG, '', 'image/png', FILE_TYPE.picture],
  ] as const) {
    it(`are taken as what they are: ${what}`, async () => {
      const {fileid} = json(await upload(server.url, content, {type: claimed, contentType}));
      const found = (await listed()).find((file) => file.fileid === fileid);
      assert.equal(found.type, type);
    });
  }

  for (const [written, name] of [
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\a\\photo.png', 'photo.png'],
    ['..', 'file'],
    ['.htaccess', 'htaccess'],
    ['a\u202egnp.exe', 'agnp.exe'],
    ['a\u061cgnp.exe', 'agnp.exe'],
    ['<b>.html', 'b.html'],
    [`${'长'.repeat(300)}.png`, `${'长'.repeat(56)}.png`],
    // The middle of a long name is left out, perhaps in the middle of a character.
    [`${':'.repeat(499)}😀${':'.repeat(600)}a.png`, 'a.png'],
  ] as const) {
    it(`get a safe name: ${written.slice(0, 20)}`, async () => {
      const {fileid} = json(await upload(server.url, PNG, {name: written}));
      const found = (await listed()).find((file) => file.fileid === fileid);
      assert.equal(found.name, name);
      assert.match(fileid, /^[\da-f-]{36}$/);
      assert.equal((await get(`/uploads/${fileid}`)).status, 200);
    });
  }

  it('are handed out in ranges, and unchanged ones not again', async () => {
    const content = randomBytes(1000);
    const {fileid} = json(await upload(server.url, content));
    const part = await get(`/uploads/${fileid}`, {Range: 'bytes=10-19'});
    assert.equal(part.status, 206);
    assert.equal(part.headers.get('content-range'), 'bytes 10-19/1000');
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), content.subarray(10, 20));
    assert.equal((await get(`/uploads/${fileid}`, {Range: 'bytes=5000-'})).status, 416);
    const whole = await get(`/uploads/${fileid}`);
    const headers = {'If-None-Match': whole.headers.get('etag')!};
    const again = await new Promise<number>((resolve) =>
      // `fetch` would ask not to be answered from a cache.
      request(whole.url, {headers}, (response) => resolve(response.resume().statusCode ?? 0)).end(),
    );
    assert.equal(again, 304);
  });

  it('are never run: what is no picture, sound, video or text is saved', async () => {
    for (const [content, name, type, how] of [
      [PNG, '图 1.png', 'image/png', 'inline'],
      ['<script>alert(1)</script>', 'a.html', 'text/plain; charset=utf-8', 'inline'],
      ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'a.svg', 'text/plain; charset=utf-8', 'inline'],
      [
        '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        'a.svg',
        'application/octet-stream',
        'attachment',
      ],
      [PDF, 'a.pdf', 'application/octet-stream', 'attachment'],
    ] as const) {
      const {fileid} = json(await upload(server.url, content, {name}));
      const {headers} = await get(`/uploads/${fileid}`);
      assert.equal(headers.get('content-type'), type, name);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.match(headers.get('content-security-policy')!, /default-src 'none'.*sandbox/);
      const disposition = headers.get('content-disposition')!;
      assert.ok(disposition.startsWith(`${how}; filename="`), disposition);
      assert.ok(disposition.endsWith(`filename*=UTF-8''${encodeURIComponent(name)}`), disposition);
    }
  });

  for (const path of ['/uploads/no-such', '/uploads/..%2f..%2fpackage.json', '/uploads/../x', '/uploads//'])
    it(`answer ${path} with 404`, async () => {
      const {status} = await get(path);
      assert.equal(status, 404);
    });

  it('do not hand out their index, or what is on its way', async () => {
    const {asked} = openUpload(server.url);
    asked.on('error', () => {});
    asked.write(formHead('1', 'a.bin'));
    asked.write(randomBytes(1000));
    await until(async () => (await onDisk()).some((name) => name.endsWith('.part')));
    for (const name of await onDisk())
      if (name.includes('.')) assert.equal((await get(`/uploads/${name}`)).status, 404, name);
    asked.destroy();
    await until(() => server.stats()['uploads'] === 0);
  });

  it('answer the preflight of another site’s page', async () => {
    const origin = 'http://localhost:5173';
    const answer = await fetch(new URL('/UpFileServlet', server.url), {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Private-Network': 'true',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'x-requested-with',
      },
    });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get('access-control-allow-origin'), origin);
    assert.equal(answer.headers.get('vary'), 'Origin');
    assert.equal(answer.headers.get('access-control-allow-private-network'), null);
    assert.match(answer.headers.get('access-control-allow-methods')!, /POST/);
    assert.equal(answer.headers.get('access-control-allow-headers'), 'x-requested-with');
  });

  for (const method of ['GET', 'PUT', 'DELETE'])
    it(`refuse ${method}`, async () => {
      const answer = await fetch(new URL('/UpFileServlet', server.url), {method});
      assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'POST, OPTIONS']);
    });

  describe('that only begin', () => {
    /** Starts a server, and opens so many requests to it that send the head of a form. */
    async function withBegun(
      headers: readonly Record<string, string>[],
      run: (site: DispatchServer, begun: readonly ClientRequest[]) => Promise<void>,
    ): Promise<void> {
      const site = await startServer({port: 0, uploads: join(folder, '..', 'begun'), uploadsLimit: 3 * MB});
      const begun = headers.map((each) => openUpload(site.url, each).asked);
      for (const asked of begun) {
        asked.on('error', () => {});
        asked.write(formHead('1', 'a.bin'));
      }
      try {
        await until(() => site.stats()['uploads'] === begun.length);
        await run(site, begun);
      } finally {
        for (const asked of begun) asked.destroy();
        await site.close();
      }
    }

    it('take no space from others', async () => {
      const lengths = Array.from({length: 9}, () => ({'Content-Length': String(2 * MB)}));
      await withBegun([{'Transfer-Encoding': 'chunked'}, ...lengths], async (site) =>
        assert.equal((await upload(site.url, PNG)).status, 200),
      );
    });

    it('are 20 of an address at most', () =>
      withBegun(
        Array.from({length: 20}, () => ({})),
        async (site, [first]) => {
          const refused = await upload(site.url, PNG);
          assert.equal(refused.status, 429);
          assert.notEqual(json(refused).code, 0);
          first!.destroy();
          await until(() => site.stats()['uploads'] === 19);
          assert.equal((await upload(site.url, PNG)).status, 200);
        },
      ));
  });

  describe('leave nothing on the disk', () => {
    let before: string[];
    const unchanged = async (): Promise<void> => {
      await until(() => server.stats()['uploads'] === 0);
      assert.deepEqual(await onDisk(), before);
    };
    it('(what is there before)', async () => {
      before = await onDisk();
      assert.ok(before.length > 0);
    });

    it('where they are larger than the limit, which is said before anything is read', async () => {
      const {asked, answer} = openUpload(server.url, {'Content-Length': String(3 * MB)});
      asked.write(formHead('1', 'a.bin'));
      const refused = await answer;
      assert.equal(refused.status, 413);
      assert.notEqual(json(refused).code, 0);
      asked.destroy();
      await unchanged();
    });

    it('where the limit is passed on the way, and the sender that goes on hears why', async () => {
      // Node's own client stops when it has an answer.
      const socket = connect(server.port, '127.0.0.1');
      let heard = '';
      socket.on('data', (data: Buffer) => (heard += data.toString()));
      socket.write(headOf({'Transfer-Encoding': 'chunked'}));
      const send = async (data: Buffer | string): Promise<void> => {
        socket.write(`${Buffer.from(data).length.toString(16)}\r\n`);
        socket.write(data);
        if (!socket.write('\r\n')) await once(socket, 'drain');
      };
      await send(formHead('1', 'a.bin'));
      for (let sent = 0; sent < 8; sent += 1) await send(randomBytes(MB));
      socket.write('0\r\n\r\n');
      await until(() => heard.startsWith('HTTP/1.1 413'));
      // It is still a connection that can be used.
      socket.write('OPTIONS /UpFileServlet HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await until(() => heard.includes('HTTP/1.1 204'));
      socket.destroy();
      await unchanged();
    });

    for (const [what, head] of [
      ['what is before its first part', ''],
      ['a field', '------raw-upload\r\nContent-Disposition: form-data; name="fileType"\r\n\r\n'],
      ['the name of a field', '------raw-upload\r\nContent-Disposition: form-data; name="'],
      ['a second file', `${formHead('1', 'a.bin')}x\r\n${formHead('1', 'b.bin')}`],
      ['what is behind its end', `${formHead('1', 'a.bin')}x${FORM_END}`],
    ] as const)
      it(`where the rest of a form has no end: ${what}`, async () => {
        const {asked, answer} = openUpload(server.url);
        let isAnswered = false;
        void answer.then(
          () => (isAnswered = true),
          () => {},
        );
        asked.on('error', () => {});
        asked.write(head);
        for (let sent = 0; sent < 64 && !isAnswered; sent += 1)
          if (!asked.write(Buffer.alloc(MB, 'a'))) await Promise.race([once(asked, 'drain'), answer]);
        assert.equal(isAnswered, true);
        assert.equal((await answer).status, 413);
        asked.destroy();
        await unchanged();
      });

    it('where all files together would be too much, those on their way as well', async () => {
      const small = await startServer({port: 0, uploads: join(folder, '..', 'small'), uploadsLimit: 3 * MB});
      const form = (size: number) => ({'Content-Length': String(size)});
      const first = openUpload(small.url, form(2 * MB));
      first.asked.on('error', () => {});
      first.asked.write(formHead('1', 'a.bin'));
      first.asked.write(randomBytes(MB + MB / 2));
      await until(async () => (await sizeIn(join(folder, '..', 'small'))) > MB);
      const second = openUpload(small.url, form(2 * MB));
      second.asked.on('error', () => {});
      second.asked.write(formHead('1', 'b.bin'));
      const refused = await second.answer;
      assert.equal(refused.status, 507);
      assert.match(json(refused).message, /All uploaded files together/);
      second.asked.destroy();
      first.asked.destroy();
      await until(() => small.stats()['uploads'] === 0);
      assert.deepEqual(await readdir(join(folder, '..', 'small')), []);
      await small.close();
    });

    it('where the space is used up on the way', async () => {
      const narrow = join(folder, '..', 'narrow');
      const small = await startServer({port: 0, uploads: narrow, uploadsLimit: MB});
      const {asked, answer} = openUpload(small.url, {'Transfer-Encoding': 'chunked'});
      asked.on('error', () => {});
      asked.write(formHead('1', 'a.bin'));
      asked.write(randomBytes(2 * MB));
      assert.equal((await answer).status, 507);
      asked.destroy();
      await until(() => small.stats()['uploads'] === 0);
      assert.deepEqual(await readdir(narrow), []);
      await small.close();
    });

    it('where many small files would take too much of the disk', async () => {
      const tiny = join(folder, '..', 'tiny');
      const small = await startServer({port: 0, uploads: tiny, uploadLimit: 100, uploadsLimit: 40_000});
      const statuses: number[] = [];
      for (let count = 0; count < 6; count += 1) statuses.push((await upload(small.url, 'x')).status);
      assert.deepEqual(statuses, [200, 200, 200, 200, 200, 507]);
      assert.equal((await readdir(tiny)).length, 10);
      await small.close();
    });

    it('where the sender gives up', async () => {
      const {asked} = openUpload(server.url);
      asked.on('error', () => {});
      asked.write(formHead('1', 'a.bin'));
      asked.write(randomBytes(MB));
      await until(async () => (await onDisk()).some((name) => name.endsWith('.part')));
      assert.equal(server.stats()['uploads'], 1);
      asked.destroy();
      await unchanged();
    });

    for (const [what, body, headers, status] of [
      ['is cut off', `${formHead('1', 'a.bin')}abc`, {}, 400],
      ['has no file', FORM_END.trimStart(), {}, 400],
      ['has an empty file', `${formHead('1', 'a.bin')}${FORM_END}`, {}, 400],
      ['is no form', '{}', {'Content-Type': 'application/json'}, 415],
      ['has no boundary', 'x', {'Content-Type': 'multipart/form-data'}, 415],
    ] as const)
      it(`where the form ${what}: ${String(status)}`, async () => {
        const {asked, answer} = openUpload(server.url, headers);
        asked.end(body);
        const refused = await answer;
        assert.equal(refused.status, status);
        assert.notEqual(json(refused).code, 0);
        await unchanged();
      });

    it('where the server ends, or was killed in the middle', async () => {
      const {asked} = openUpload(server.url);
      asked.on('error', () => {});
      asked.write(formHead('1', 'a.bin'));
      asked.write(randomBytes(1000));
      await until(async () => (await onDisk()).some((name) => name.endsWith('.part')));
      await server.close();
      assert.deepEqual(await onDisk(), before);
      // A process that cannot exist: no system uses that number.
      await writeFile(join(folder, '01234567-89ab-cdef-0123-456789abcdef.99999999.part'), 'half');
      server = await start();
      assert.ok((await listed()).length > 0);
      assert.deepEqual(await onDisk(), before);
    });
  });

  it('are all there again after a restart', async () => {
    // Not by `fetch`, which may still take its connection to the old server.
    const files = json(await ask(server, '/uploads')).body;
    const {port} = server;
    await server.close();
    server = await startServer({port, uploads: folder, uploadLimit: 2 * MB});
    assert.deepEqual(json(await ask(server, '/uploads')).body, files);
    assert.equal((await ask(server, new URL(files[0].url).pathname)).status, 200);
  });

  it('say that the server failed where the folder cannot be written, and go on', async () => {
    const blocked = await startServer({port: 0, uploads: join(folder, (await onDisk())[0]!, 'none')});
    const answer = await upload(blocked.url, PNG);
    assert.equal(answer.status, 500);
    assert.doesNotMatch(answer.body.toString(), /ENOTDIR|files/);
    assert.equal((await fetch(`${blocked.url}fswebrtc`)).status, 200);
    await blocked.close();
  });

  it('do not grow the memory: 100 MB pass through', async () => {
    const wide = await startServer({port: 0, uploads: folder});
    const chunk = randomBytes(MB);
    const send = async (size: number): Promise<void> => {
      const {asked, answer} = openUpload(wide.url);
      asked.write(formHead('1', 'large.bin'));
      await stream(asked, chunk, size);
      asked.end(FORM_END);
      assert.equal((await answer).status, 200);
    };
    // What the first upload loads is there for the next ones.
    await send(10);
    const before = process.memoryUsage.rss();
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10);
    await send(100).finally(() => clearInterval(watch));
    await wide.close();
    const grown = Math.round((peak - before) / MB);
    assert.ok(grown < 50, `grown by ${String(grown)} MB`);
  });
});
