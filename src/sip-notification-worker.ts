/**
 * The service worker behind notifications with buttons: `dist/sip-notification-worker.js`, for
 * `<sip-incoming notification-worker="/sip-notification-worker.js">`.
 *
 * It tells a page what it is to the worker, and that page alone what was pressed on one of its notifications. It controls
 * no page and fetches nothing.
 */

/** A page, as its service worker sees it. */
interface PageClient {
  readonly id: string;
  postMessage(message: unknown): void;
  focus(): Promise<unknown>;
}

/** What is used here of `ServiceWorkerGlobalScope`, whose types and those of a page cannot be had at once. */
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
  // Whoever declines goes on with what they do. A browser that lets no page come to the front has told it all the same.
  if (message.action !== 'decline') await client?.focus().catch(() => {});
}
