/**
 * The service worker behind notifications with buttons: `dist/sip-notification-worker.js`, for `<sip-incoming
 * notification-worker="/sip-notification-worker.js">`.
 *
 * It sends each page its client id, and reports a click on a notification only to the page that showed it. It controls
 * no page and fetches nothing.
 */

/** A page, as the service worker sees it. */
interface PageClient {
  readonly id: string;
  postMessage(message: unknown): void;
  focus(): Promise<unknown>;
}

/** The used members of `ServiceWorkerGlobalScope`, whose types cannot be loaded together with those of a page. */
interface WorkerScope {
  readonly clients: {get(id: string): Promise<PageClient | undefined>};
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install', listener: () => void): void;
  addEventListener(
    type: 'message',
    listener: (event: MessageEvent & {readonly source: PageClient | null}) => void,
  ): void;
  addEventListener(
    type: 'notificationclick',
    listener: (event: {
      readonly notification: Notification;
      readonly action: string;
      waitUntil(task: Promise<unknown>): void;
    }) => void,
  ): void;
}

const worker = globalThis as unknown as WorkerScope;

worker.addEventListener('install', () => void worker.skipWaiting());

worker.addEventListener('message', ({data, source, ports}) => {
  if (data === 'sip-page' && source) ports[0]?.postMessage(source.id);
});

worker.addEventListener('notificationclick', (event) => {
  const {notification, action} = event;
  const {type, page, id} = (notification.data ?? {}) as {type?: unknown; page?: unknown; id?: unknown};
  if (type !== 'sip-call') return;
  notification.close();
  event.waitUntil(tell(String(page), {type: 'sip-notification', id, action}));
});

async function tell(
  page: string,
  message: {readonly type: string; readonly id: unknown; readonly action: string},
): Promise<void> {
  const client = await worker.clients.get(page);
  client?.postMessage(message);
  // A user who declines keeps working where they are. If the browser lets no page come to the front, the page has still
  // received the message.
  if (message.action !== 'decline') await client?.focus().catch(() => {});
}
