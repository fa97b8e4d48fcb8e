import type {IncomingMessage, RequestListener} from 'node:http';
import {isIP} from 'node:net';
import {hostname, networkInterfaces} from 'node:os';

/** Names that always mean this machine (RFC 6761 §6.3). */
const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Decides which sites may use the server. A page of any site can send requests to a server on the reader's machine, and
 * can point its own name to this machine's address.
 */
export class Access {
  readonly #allowed: ReadonlySet<string>;

  /**
   * @param hosts - Additional names, such as `intranet.example`. `null` and `file://` admit pages without a site:
   *   files, and frames that any site has sandboxed.
   */
  constructor(hosts: readonly string[]) {
    const own = hostname();
    this.#allowed = new Set([own, `${own}.local`, ...hosts].map((host) => host.toLowerCase()));
  }

  /** Returns why a request is refused; undefined if it is accepted. */
  refusalOf({headers}: IncomingMessage): string | undefined {
    const host = nameOf(headers.host ?? 'localhost');
    const forwarded = nameOf(String(headers['x-forwarded-host'] ?? host).split(',', 1)[0]!);
    const site = headers.origin === undefined ? host : nameOf(siteOf(headers.origin));
    // A site cannot point its name to a host that is a numeric address.
    const isAddress = isIP(host.replace(/^\[|\]$/g, '')) > 0;
    const stranger = [host, forwarded, site].find(
      (name) => !this.#isOwn(name) && !(isAddress && name === host),
    );
    if (stranger === undefined) return undefined;
    return `This server does not serve "${stranger.slice(0, 100)}". If it is to, start it with --allowed-hosts=${stranger.slice(0, 100)}\n`;
  }

  /** Wraps a listener so that it receives only accepted requests. */
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

/** Returns the host of an origin; the origin itself if it has none, such as `null` and `file://`. */
function siteOf(origin: string): string {
  return /^[a-z][a-z\d+.-]*:\/\/([^/]+)$/i.exec(origin)?.[1] ?? origin;
}

/** Returns a host without its port. */
function nameOf(host: string): string {
  return host
    .trim()
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '');
}
