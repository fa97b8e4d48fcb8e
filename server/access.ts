import type {IncomingMessage, RequestListener} from 'node:http';
import {isIP} from 'node:net';
import {hostname, networkInterfaces} from 'node:os';

/** Names of this machine that no other one can have (RFC 6761 §6.3). */
const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Decides which sites may use the server. A page of any site can send requests to a server on the reader's machine, and can
 * give its own name this machine's address.
 */
export class Access {
  readonly #allowed: ReadonlySet<string>;

  /**
   * @param hosts - Further names, as `intranet.example`. `null` and `file://` let in pages without a site: files, and frames
   *   that any site has put in a sandbox.
   */
  constructor(hosts: readonly string[]) {
    const own = hostname();
    this.#allowed = new Set([own, `${own}.local`, ...hosts].map((host) => host.toLowerCase()));
  }

  /** Why a request is refused; undefined if it is let in. */
  refusalOf({headers}: IncomingMessage): string | undefined {
    const host = nameOf(headers.host ?? 'localhost');
    const forwarded = nameOf(String(headers['x-forwarded-host'] ?? host).split(',', 1)[0]!);
    const site = headers.origin === undefined ? host : nameOf(siteOf(headers.origin));
    // No site can give its name to an address that is written as a number.
    const isAddress = isIP(host.replace(/^\[|\]$/g, '')) > 0;
    const stranger = [host, forwarded, site].find(
      (name) => !this.#isOwn(name) && !(isAddress && name === host),
    );
    if (stranger === undefined) return undefined;
    return `This server does not serve "${stranger.slice(0, 100)}". If it is to, start it with --allowed-hosts=${stranger.slice(0, 100)}\n`;
  }

  /** Lets a listener have the requests that are let in. */
  guard(listener: RequestListener): RequestListener {
    return (request, response) => {
      const refusal = this.refusalOf(request);
      if (refusal === undefined) return listener(request, response);
      response
        .writeHead(403, {'Content-Type': 'text/plain; charset=utf-8', Connection: 'close'})
        .end(refusal);
    };
  }

  #isOwn(name: string): boolean {
    if (LOOPBACK.test(name) || this.#allowed.has(name)) return true;
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    return addresses.some(({address}) => name === address || name === `[${address}]`);
  }
}

/** The host of an origin; the origin itself if it has none, as `null` and `file://`. */
function siteOf(origin: string): string {
  return /^[a-z][a-z\d+.-]*:\/\/([^/]+)$/i.exec(origin)?.[1] ?? origin;
}

/** A host without its port. */
function nameOf(host: string): string {
  return host
    .trim()
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '');
}
