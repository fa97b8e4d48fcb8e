import assert from 'node:assert/strict';
import {createPublicKey, verify} from 'node:crypto';
import {once} from 'node:events';
import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';

/** A push service, which checks pushes as one does, and delivers none. */
export interface PushReceiver {
  /** Its host and port. */
  readonly host: string;
  /** The public key of the sender, in base64url. */
  key: string;
  /** The address of a subscription. */
  endpoint(name: string): string;
  /** Resolves with the name of the subscription of the next push. */
  next(): Promise<string>;
  /** How many pushes have come, and were not taken by `next`. */
  readonly waiting: number;
  /** Ends a subscription: pushes for it are answered with 410 (RFC 8030 §6.2). */
  end(name: string): void;
  stop(): void;
}

/** Starts one on a free port of loopback. */
export async function startPushReceiver(): Promise<PushReceiver> {
  const arrived: string[] = [];
  const ended = new Set<string>();
  const waiting: ((name: string) => void)[] = [];
  const server = createServer((request, response) => {
    try {
      checkPush(request, receiver.key, origin);
    } catch (error) {
      response.writeHead(403).end(String(error));
      return;
    }
    const name = new URL(request.url!, origin).pathname.slice(1);
    response.writeHead(ended.has(name) ? 410 : 201).end();
    const next = waiting.shift();
    if (next) next(name);
    else arrived.push(name);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${host}`;
  const receiver: PushReceiver = {
    host,
    key: '',
    endpoint: (name) => `${origin}/${name}?v=1&t=a=b;c,d@e%2F`,
    next: () =>
      new Promise((resolve) => {
        const name = arrived.shift();
        if (name === undefined) waiting.push(resolve);
        else resolve(name);
      }),
    get waiting() {
      return arrived.length;
    },
    end: (name) => void ended.add(name),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
  return receiver;
}

/** Checks a push as a push service does (RFC 8030 §5, RFC 8292 §2). */
function checkPush({method, headers}: IncomingMessage, key: string, origin: string): void {
  assert.equal(method, 'POST');
  assert.equal(headers['content-length'] ?? '0', '0');
  assert.ok(Number(headers['ttl']) > 0);
  const [, head = '', claims = '', signature = '', k = ''] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
  assert.equal(k, key);
  const bytes = Buffer.from(key, 'base64url');
  const x = bytes.subarray(1, 33).toString('base64url');
  const y = bytes.subarray(33).toString('base64url');
  const publicKey = createPublicKey({key: {kty: 'EC', crv: 'P-256', x, y}, format: 'jwk'});
  const signed = Buffer.from(`${head}.${claims}`);
  const given = Buffer.from(signature, 'base64url');
  assert.ok(verify('sha256', signed, {key: publicKey, dsaEncoding: 'ieee-p1363'}, given));
  const {aud, exp} = JSON.parse(String(Buffer.from(claims, 'base64url'))) as {aud: string; exp: number};
  assert.equal(aud, origin);
  assert.ok(exp > Date.now() / 1000 && exp < Date.now() / 1000 + 24 * 3600);
}
