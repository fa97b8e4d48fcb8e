import {once} from 'node:events';
import {createReadStream} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Page} from 'puppeteer-core';

/** The built scripts beside the page. */
const SCRIPTS: Readonly<Record<string, URL>> = {
  '/sip-elements.js': new URL('../../../dist/sip-elements.js', import.meta.url),
  '/sip-elements-check.js': new URL('../../../dist/sip-elements-check.js', import.meta.url),
  '/sip-elements-more.js': new URL('../../../dist/sip-elements-more.js', import.meta.url),
  '/sip-elements-pbx.js': new URL('../../../dist/sip-elements-pbx.js', import.meta.url),
  '/sip-elements-telemetry.js': new URL('../../../dist/sip-elements-telemetry.js', import.meta.url),
  '/sip-elements-quality.js': new URL('../../../dist/sip-elements-quality.js', import.meta.url),
  '/sip-elements-encryption.js': new URL('../../../dist/sip-elements-encryption.js', import.meta.url),
  '/sip-encryption-worker.js': new URL('../../../dist/sip-encryption-worker.js', import.meta.url),
  '/sip-elements-push.js': new URL('../../../dist/sip-elements-push.js', import.meta.url),
  '/sip-push-worker.js': new URL('../../../dist/sip-push-worker.js', import.meta.url),
  '/frame-host.js': new URL('../../../dist/frame-host.js', import.meta.url),
  '/frame-phone.js': new URL('../../../dist/frame-phone.js', import.meta.url),
  '/sip-shared-worker.js': new URL('../../../dist/sip-shared-worker.js', import.meta.url),
  '/shut/sip-shared-worker.js': new URL('../../../dist/sip-shared-worker.js', import.meta.url),
};

const EMPTY = '<!doctype html><html lang="en"><title>Phone</title>';

let served: Promise<string> | undefined;

/**
 * The address of an empty page on an ordinary web server beside the bundle, as a site without policies of its own has it; with
 * `?policy=…` its Permissions-Policy is that. The worker in `/shut` may not connect to any server.
 */
export const plainPage = (): Promise<string> => (served ??= serve());

/** The same page for a browser in another network: the browser gets it without any server. */
export const plainPageFor = (address: string): {address: string; prepare(page: Page): Promise<void>} => ({
  address,
  async prepare(page) {
    const bundle = await readFile(SCRIPTS['/sip-elements.js']!);
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const script = request.url() === new URL('/sip-elements.js', address).href;
      void request.respond(
        script
          ? {contentType: 'text/javascript; charset=utf-8', body: bundle}
          : {contentType: 'text/html; charset=utf-8', body: EMPTY},
      );
    });
  },
});

async function serve(): Promise<string> {
  const server = createServer((request, response) => {
    const {pathname, searchParams} = new URL(request.url!, 'http://localhost');
    const script = SCRIPTS[pathname];
    const policy = searchParams.get('policy');
    if (policy) response.setHeader('Permissions-Policy', policy);
    if (pathname.startsWith('/shut/')) response.setHeader('Content-Security-Policy', "connect-src 'none'");
    response.setHeader(
      'Content-Type',
      script ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8',
    );
    if (script) createReadStream(script).pipe(response);
    else response.end(EMPTY);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // It ends with the tests.
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
