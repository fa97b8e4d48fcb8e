import {SipError} from '../../errors.js';

/** What the shipped service worker says of a notification that was pressed. */
export interface NotificationPress {
  /** The notification's own id. */
  readonly id: string;
  /** `answer`, `decline`, or empty for the notification itself. */
  readonly action: string;
}

/** The page's link to the shipped service worker, which alone may show notifications with buttons. */
export interface NotificationWorker {
  readonly registration: ServiceWorkerRegistration;
  /** What the worker knows this page by. */
  readonly page: string;
}

/** How long the worker may take to answer, in milliseconds. Longer than one that has to be started. */
const ANSWER = 5000;

const links = new Map<string, Promise<NotificationWorker>>();

/**
 * Registers the worker, once a page, and asks it what this page is to it.
 *
 * Its scope is a folder of its own, in which there is no page: the worker takes nothing over, and a service worker that
 * the site has already stays what it is.
 *
 * @param address - Of the script, which has to be of the page's origin.
 * @throws {SipError} `bad-parameter` where there is no such worker, or one that is not the shipped one.
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
    // A site's own worker knows nothing of calls, and a call must not wait for it.
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

/** Listens to what the worker says of this page's notifications. */
export function onPress(listener: (press: NotificationPress) => void, signal: AbortSignal): void {
  const workers = navigator.serviceWorker;
  workers.addEventListener(
    'message',
    ({data}: MessageEvent<{type?: unknown; id?: unknown; action?: unknown} | undefined>) => {
      if (data?.type === 'sip-notification') listener({id: String(data.id), action: String(data.action)});
    },
    {signal},
  );
  // Messages of a worker that does not control the page wait until they are asked for.
  workers.startMessages();
}
