import {SipError} from '../../errors.js';

/** The message that the shipped service worker sends when a notification is pressed. */
export interface NotificationPress {
  /** The id of the notification. */
  readonly id: string;
  /** `answer`, `decline`, or empty for the notification itself. */
  readonly action: string;
}

/** The page's link to the shipped service worker; only a service worker can show notifications with buttons. */
export interface NotificationWorker {
  readonly registration: ServiceWorkerRegistration;
  /** The id by which the worker knows this page. */
  readonly page: string;
}

/** How long the worker may take to reply, in milliseconds; long enough to start it. */
const ANSWER = 5000;

const links = new Map<string, Promise<NotificationWorker>>();

/**
 * Registers the worker, once per page, and requests the page's id from it.
 *
 * Its scope is a separate folder that contains no page: the worker controls nothing, and a service worker that the site
 * already has is unaffected.
 *
 * @param address - The address of the script, which must be on the page's origin.
 * @throws {SipError} `bad-parameter` if there is no worker at the address, or it is not the shipped one.
 */
export function linkWorker(address: string): Promise<NotificationWorker> {
  const known = links.get(address);
  if (known) return known;
  const link = open(address).catch((cause: unknown) => {
    links.delete(address);
    throw new SipError('bad-parameter', {subject: `notification-worker “${address}”`, cause});
  });
  links.set(address, link);
  return link;
}

async function open(address: string): Promise<NotificationWorker> {
  const {href} = new URL(address, document.baseURI);
  const scope = href.split(/[?#]/, 1)[0]!.replace(/(?:\.\w+)?$/, '/');
  const registration = await navigator.serviceWorker.register(href, {scope});
  const {port1, port2} = new MessageChannel();
  const page = new Promise<string>((resolve, reject) => {
    port1.onmessage = ({data}) => resolve(String(data));
    // A site's own worker does not handle this message, and a call must not wait for it.
    setTimeout(() => reject(new Error('The worker does not answer: it is not the shipped one.')), ANSWER);
  });
  (await activeWorker(registration)).postMessage('sip-page', [port2]);
  return {registration, page: await page};
}

function activeWorker(registration: ServiceWorkerRegistration): Promise<ServiceWorker> {
  const {active, waiting, installing} = registration;
  if (active) return Promise.resolve(active);
  const coming = waiting ?? installing!;
  return new Promise((resolve, reject) => {
    coming.addEventListener('statechange', () => {
      if (coming.state === 'activated') resolve(coming);
      else if (coming.state === 'redundant') reject(new Error('The worker could not be installed.'));
    });
  });
}

/** Listens to the worker's messages about this page's notifications. */
export function onPress(listener: (press: NotificationPress) => void, signal: AbortSignal): void {
  const workers = navigator.serviceWorker;
  workers.addEventListener(
    'message',
    ({data}: MessageEvent<{type?: unknown; id?: unknown; action?: unknown} | undefined>) => {
      if (data?.type === 'sip-notification') listener({id: String(data.id), action: String(data.action)});
    },
    {signal},
  );
  // Messages from a worker that does not control the page are queued until this call.
  workers.startMessages();
}
