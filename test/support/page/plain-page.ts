import {once} from 'node:events';
import {createReadStream} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';

const BUNDLE = new URL('../../../dist/sip-elements.js', import.meta.url);

let served: Promise<string> | undefined;

/**
 * The address of an empty page on an ordinary web server beside the bundle, as a site without policies of its own has it; with
 * `?policy=…` its Permissions-Policy is that.
 */
export const plainPage = (): Promise<string> => (served ??= serve());

async function serve(): Promise<string> {
  const server = createServer((request, response) => {
    const {pathname, searchParams} = new URL(request.url!, 'http://localhost');
    const bundle = pathname === '/sip-elements.js';
    const policy = searchParams.get('policy');
    if (policy) response.setHeader('Permissions-Policy', policy);
    response.setHeader(
      'Content-Type',
      bundle ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8',
    );
    if (bundle) createReadStream(BUNDLE).pipe(response);
    else response.end('<!doctype html><html lang="en"><title>Phone</title>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // It ends with the tests.
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
