import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {mkdtemp, rm} from 'node:fs/promises';
import {validateHeaderValue} from 'node:http';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {after, before, describe, it} from 'node:test';
import fc from 'fast-check';
import {Digest, parseDigest, type DigestParameters} from '../../server/sip/digest.js';
import {startServer, type DispatchServer} from '../../server/server.js';
import {disposition, safeName} from '../../server/uploads/safe-name.js';

const md5 = (...parts: string[]): string => createHash('md5').update(parts.join(':')).digest('hex');

/** What strangers put into names, addresses and headers. */
const BITS = [
  ...['%25', '%', '%2e%2e%2f', '%00', '%0d%0a', '\r\n', '\n', '\0', '..', '/', '\\', '?', '#', '"', "'", ';'],
  ...['__proto__', 'constructor', 'CON', '.htaccess', '\u202e', '\u2066', '\ufeff', '\ud83d', '\ude00', '😀'],
  ...[' ', '\t', 'x'.repeat(2_000), 'name="', '=?utf-8?', "utf-8''", '*', '<script>', 'a', '.png', '：', 'é'],
];
const strange = fc.array(fc.oneof(fc.constantFrom(...BITS), fc.string({unit: 'binary'})), {maxLength: 8});

describe('credentials', () => {
  const client = {id: 'one'};
  const request = {method: 'REGISTER', password: '1234'};

  /** What a client answers to a challenge. */
  function answerTo(challenge: string, more: DigestParameters = {}): Record<string, string> {
    const {realm = '', nonce = ''} = parseDigest(challenge)!;
    const given = {
      username: '1001',
      realm,
      nonce,
      uri: 'sip:x',
      qop: 'auth',
      nc: '00000001',
      cnonce: 'c',
      ...more,
    };
    const {username, uri, qop, nc, cnonce} = given;
    const secret = md5(username, realm, '1234');
    return {...given, response: md5(secret, given.nonce, nc, cnonce, qop, md5('REGISTER', uri))};
  }

  it('of which anything was changed that counts are not taken', () => {
    const digest = new Digest('dispatch');
    const counting = fc.constantFrom('username', 'nonce', 'uri', 'response', 'nc', 'cnonce', 'qop');
    fc.assert(
      fc.property(counting, strange, ([...name]: string, bits) => {
        const good = answerTo(digest.challenge(client));
        const forged = {...good, [name.join('')]: bits.join('')};
        if (forged[name.join('')] === good[name.join('')]) return;
        assert.notEqual(digest.check(client, forged, request), 'right');
        assert.notEqual(digest.check({id: 'two'}, good, request), 'right');
        assert.notEqual(digest.check(client, good, {...request, method: 'INVITE'}), 'right');
        assert.equal(digest.check(client, good, request), 'right');
      }),
      {seed: 1, numRuns: 300},
    );
  });

  it('are no others if their header is written in another way', () => {
    const words = fc.constantFrom(
      ...BITS,
      'Digest ',
      'nonce=',
      'realm="dispatch"',
      ',',
      '=',
      '"1001"',
      'username',
    );
    fc.assert(
      fc.property(fc.array(words, {maxLength: 30}), (bits) => {
        const parameters = parseDigest(`Digest ${bits.join('')}`)!;
        assert.notEqual(new Digest('dispatch').check(client, parameters, request), 'right');
        assert.equal(Object.getPrototypeOf(parameters), Object.prototype);
      }),
      {seed: 2, numRuns: 300},
    );
  });

  it('with a nonce count that was used are stale, in whatever order the counts come', () => {
    const digest = new Digest('dispatch');
    const challenge = digest.challenge(client);
    const verdicts = ['00000005', '00000003', '00000005', '0', '', 'ffffffffffffffffff', '00000006', 'x'].map(
      (nc) => digest.check(client, answerTo(challenge, {nc, cnonce: `c${nc}`}), request),
    );
    assert.deepEqual(verdicts, ['right', 'stale', 'right', 'stale', 'stale', 'right', 'stale', 'stale']);
  });
});

describe('the names of uploaded files', () => {
  it('are names that every system has, and headers that are one', () => {
    fc.assert(
      fc.property(strange, (bits) => {
        const name = safeName(bits.join(''));
        assert.match(name, /^[^./\\\s][^/\\]*$/su);
        assert.doesNotMatch(name, /[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069<>:"|?*]/u);
        assert.ok(Array.from(name).length <= 60 && Buffer.byteLength(name) <= 255);
        const header = disposition('attachment', name);
        validateHeaderValue('Content-Disposition', header);
        assert.equal(decodeURIComponent(/filename\*=UTF-8''(\S*)$/.exec(header)![1]!), name);
        assert.match(header, /^attachment; filename="[^"\\%]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]*$/);
      }),
      {seed: 3, numRuns: 500},
    );
  });
});

describe('any request of HTTP', () => {
  let server: DispatchServer;
  let uploads: string;
  const lines: string[] = [];
  before(async () => {
    uploads = await mkdtemp(join(tmpdir(), 'hostile-'));
    server = await startServer({port: 0, uploads, log: (line) => lines.push(line)});
  });
  after(async () => {
    await server.close();
    await rm(uploads, {recursive: true});
  });

  /** The whole answer to what is written to a new connection. */
  async function answerTo(bytes: string): Promise<string> {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.end(Buffer.from(bytes, 'utf8'));
    return text(socket).catch(() => '');
  }

  it('is answered, or ended, and fails nothing', async () => {
    const method = fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'TRACE');
    const start = fc.constantFrom(
      '/',
      '/uploads/',
      '/src/',
      '/docs/',
      '/loader/',
      '/fswebrtc',
      '/UpFileServlet',
      '//',
      '',
    );
    const names = [
      'Range',
      'Origin',
      'If-None-Match',
      'Accept-Encoding',
      'Cookie',
      'Content-Type',
      'Upgrade',
      'Expect',
    ];
    const header = fc.tuple(
      fc.constantFrom(
        ...names,
        'X-Forwarded-Host',
        'X-Forwarded-Proto',
        'Transfer-Encoding',
        'Content-Length',
      ),
      strange,
    );
    await fc.assert(
      fc.asyncProperty(
        method,
        start,
        strange,
        fc.array(header, {maxLength: 3}),
        async (verb, path, bits, headers) => {
          const fields = headers.map(([name, value]) => `${name}: ${value.join('')}\r\n`);
          const answer = await answerTo(
            `${verb} ${path}${bits.join('')} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${fields.join('')}\r\n`,
          );
          for (const status of answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm))
            assert.notEqual(status[1], '500', JSON.stringify([verb, path, bits, headers]));
          assert.doesNotMatch(answer.split('\r\n\r\n', 1)[0]!, /<script>|__proto__/);
        },
      ),
      {seed: 4, numRuns: 400},
    );
    assert.deepEqual(
      lines.filter((line) => line.includes('failed')),
      [],
    );
    assert.match(await answerTo('GET /fswebrtc HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200/);
  });
});
