/** The address of the `sip-shared-worker.js` that is served beside the page's script. */
let beside = '';

/**
 * Called by a script that is served beside `sip-shared-worker.js`, with its own address. A page can start the workers of
 * its own origin only.
 */
export function lieBesideWorker(script: string): void {
  const {origin, href} = new URL('sip-shared-worker.js', script);
  if (origin !== 'null' && origin === globalThis.location?.origin) beside = href;
}

/**
 * The address of the worker that all tabs share: the given one, or the one beside the page's script; empty for `none`, and
 * if the browser cannot share a connection among tabs.
 */
export function sharedWorkerOf(given: string): string {
  const canShare = typeof SharedWorker !== 'undefined' && 'locks' in navigator;
  return canShare && given !== 'none' ? given || beside : '';
}
