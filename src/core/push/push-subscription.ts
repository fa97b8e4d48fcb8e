import {SipError, textOf} from '../../errors.js';
import type {PushOptions} from './push-options.js';
import {PUSH_TAG} from './push-store.js';

/** The bytes of a text in base64url, also with padding. */
export function base64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', ''));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** @throws {SipError} `insecure-page`, `unsupported-browser` */
function workers(): ServiceWorkerContainer {
  const {serviceWorker} = navigator as {serviceWorker?: ServiceWorkerContainer};
  if (serviceWorker) return serviceWorker;
  throw isSecureContext
    ? new SipError('unsupported-browser', {subject: 'Service Worker'})
    : new SipError('insecure-page');
}

/** Where the worker is, and its scope: a folder beside it, which contains no page. */
function placeOf({worker = '', scope}: PushOptions): {href: string; scope: string} {
  const {href} = new URL(String(worker), document.baseURI);
  return {
    href,
    scope: new URL(scope ?? href.split(/[?#]/, 1)[0]!.replace(/(?:\.\w+)?$/, '/'), document.baseURI).href,
  };
}

/**
 * Registers the service worker.
 *
 * @throws {SipError} `bad-parameter` if there is none at the address, `insecure-page`, `unsupported-browser`
 */
export async function registerWorker(options: PushOptions): Promise<ServiceWorkerRegistration> {
  const container = workers();
  try {
    const {href, scope} = placeOf(options);
    const registration = await container.register(href, {scope});
    await active(registration);
    return registration;
  } catch (cause) {
    throw new SipError('bad-parameter', {subject: `push “${String(options.worker)}”`, cause});
  }
}

/** Resolves once the worker runs: a push service knows no other. */
async function active({active, waiting, installing}: ServiceWorkerRegistration): Promise<void> {
  const coming = waiting ?? installing;
  if (active || !coming) return;
  await new Promise<void>((resolve, reject) => {
    const follow = (): void => {
      if (coming.state === 'activated') resolve();
      else if (coming.state === 'redundant') reject(new Error('The worker could not be installed.'));
    };
    coming.addEventListener('statechange', follow);
    follow();
  });
}

/** The registration of the service worker, if there is one. */
async function registered(options: PushOptions): Promise<ServiceWorkerRegistration | undefined> {
  if (!options.worker) return undefined;
  const {scope} = placeOf(options);
  const registration = await workers().getRegistration(scope);
  return registration?.scope === scope ? registration : undefined;
}

/** Ends the subscription, if the browser has one. */
export async function unsubscribe(options: PushOptions): Promise<void> {
  const {pushManager} = ((await registered(options)) ?? {}) as {pushManager?: PushManager};
  await (await pushManager?.getSubscription())?.unsubscribe();
}

/** Closes the notification of a call, which may name its caller. */
export async function closeNotifications(options: PushOptions): Promise<void> {
  const shown = (await (await registered(options))?.getNotifications({tag: PUSH_TAG})) ?? [];
  for (const notification of shown) notification.close();
}

/**
 * Subscribes at the browser's push service, with the server's key.
 *
 * @throws {SipError} `insecure-page`, `unsupported-browser`, `bad-parameter`, `push-failed`
 */
export async function subscribe(options: PushOptions, key: string): Promise<PushSubscription> {
  const registration = await registerWorker(options);
  const {pushManager} = registration as {pushManager?: PushManager};
  if (!pushManager) throw new SipError('unsupported-browser', {subject: 'Push API'});
  if (Notification.permission !== 'granted') throw new SipError('push-failed', {subject: 'notifications'});
  try {
    const bytes = key ? base64url(key) : undefined;
    const known = await pushManager.getSubscription();
    if (known && sameKey(known, bytes)) return known;
    // A browser keeps one subscription, with one key.
    await known?.unsubscribe();
    return await pushManager.subscribe({
      userVisibleOnly: true,
      ...(bytes && {applicationServerKey: bytes}),
    });
  } catch (cause) {
    throw new SipError('push-failed', {subject: textOf(cause), cause});
  }
}

function sameKey({options: {applicationServerKey}}: PushSubscription, key: Uint8Array | undefined): boolean {
  const known = applicationServerKey ? new Uint8Array(applicationServerKey) : undefined;
  return String(known) === String(key);
}
