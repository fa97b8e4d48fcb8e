import {randomUuid} from '../../core/util/uuid.js';
import {onPress, type NotificationWorker} from './notification-worker.js';

/** What a notification says, and what its buttons do. */
export interface NotificationContent {
  readonly title: string;
  readonly body: string;
  readonly lang: string;
  /** Two at most; shown where there is a worker. */
  readonly actions: readonly {readonly action: string; readonly title: string}[];
  /** A button was pressed. */
  readonly onAction: (action: string) => void;
}

/**
 * Shows a call as a notification of the system until the signal is aborted or it is pressed: that brings the page to the
 * front. It makes no sound, since the page itself rings.
 *
 * @param worker - What shows it with buttons; without one it has none.
 * @param ended - Aborted when its buttons have nothing to do any more. A page that a press brings to the front may be seen,
 * and its notification gone, before it hears of the press.
 */
export async function showNotification(
  {title, body, lang, actions, onAction}: NotificationContent,
  worker: NotificationWorker | undefined,
  signal: AbortSignal,
  ended: AbortSignal,
): Promise<void> {
  const id = randomUuid();
  const options = {body, lang, dir: 'auto', tag: id, requireInteraction: true, silent: true} as const;
  if (!worker) return showPlain(title, options, signal);
  const {registration, page} = worker;
  const data = {type: 'sip-call', page, id};
  onPress((press) => press.id === id && press.action && onAction(press.action), ended);
  // The types of a page know no buttons: they are a worker's alone.
  const wanted: NotificationOptions & {tag: string; actions: typeof actions} = {...options, actions, data};
  const shown = await showListed(registration, title, wanted);
  const close = (): void => shown?.close();
  if (signal.aborted) return close();
  signal.addEventListener('abort', close);
  // It would outlive the page.
  window.addEventListener('pagehide', close, {signal});
}

/**
 * Shows a notification and finds it in the browser's list. Chromium loses from that list what comes while somebody reads
 * it, as another call does: it would be seen, and could be neither pressed nor closed. What is seen already is not lost.
 */
async function showListed(
  registration: ServiceWorkerRegistration,
  title: string,
  options: NotificationOptions & {readonly tag: string},
): Promise<Notification | undefined> {
  const show = async (): Promise<Notification | undefined> => {
    await registration.showNotification(title, options);
    return (await registration.getNotifications({tag: options.tag}))[0];
  };
  return (await show()) ?? (await show());
}

function showPlain(title: string, options: NotificationOptions, signal: AbortSignal): void {
  const notification = new Notification(title, options);
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
  signal.addEventListener('abort', () => notification.close());
}
