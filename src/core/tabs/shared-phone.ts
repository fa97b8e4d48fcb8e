import {publicAddress} from '../util/url.js';

/** Where the page has the address of the `sip-shared-worker.js` beside its script: the loader is apart from its parts. */
const BESIDE = Symbol.for('sip-elements/worker');
const page = globalThis as {[BESIDE]?: string};

/** The number of different sums of an address: enough to tell tenants apart, too few to find a secret by. */
const SUMS = 65_521;

/**
 * Called by a script beside which `sip-shared-worker.js` is served, with its own address. A page can start workers of its
 * own origin only.
 */
export function servedBesideWorker(script: string): void {
  if (!/^https?:/.test(script)) return;
  const {origin, search} = new URL(script);
  if (origin === globalThis.location?.origin)
    page[BESIDE] = new URL(`sip-shared-worker.js${search}`, script).href;
}

/**
 * The address of the worker that all tabs share; empty for `none`, and if the browser cannot share a connection among tabs.
 * By default it is the one beside the page's script.
 */
export function sharedWorkerOf(given: string): string {
  const canShare = typeof SharedWorker !== 'undefined' && 'locks' in navigator;
  return !canShare || given === 'none' ? '' : given || (page[BESIDE] ?? '');
}

/**
 * What the tabs of one phone have in common: the account, and its servers. It names what the tabs store and lock: the
 * user, query and fragment of an address, which may have a password or token, do not appear in it.
 */
export function phoneOf({
  user,
  domain,
  servers,
}: {
  readonly user: string;
  readonly domain: string;
  readonly servers: readonly string[];
}): string {
  return `${user}@${domain} ${[...servers].sort().map(distinctAddress).join(' ')}`;
}

/** An address without what may be secret in it, of which a short sum remains: other tenants have other phones. */
function distinctAddress(server: string): string {
  const address = publicAddress(server);
  if (address === server) return server;
  let sum = 0;
  for (let index = 0; index < server.length; index += 1) sum = (sum * 31 + server.charCodeAt(index)) % SUMS;
  return `${address}#${sum}`;
}
