import {randomUuid} from '../../core/util/uuid.js';
import {onPress, type NotificationWorker} from './notification-worker.js';

/** The content of a notification, and the actions of its buttons. */
export interface NotificationContent {
  readonly title: string;
  readonly body: string;
  readonly lang: string;
  /** The caller's picture. */
  readonly icon: string | undefined;
  /** At most two; shown only with a worker. */
  readonly actions: readonly {readonly action: string; readonly title: string}[];
  /** Called when a button is pressed. */
  readonly onAction: (action: string) => void;
}

/**
 * Shows a call as a system notification until the signal aborts or the user presses it, which brings the page to the
 * front. The notification is silent, since the page itself rings.
 *
 * @param worker - The worker that shows the notification with buttons; without it there are no buttons.
 * @param ended - Aborts when the buttons no longer have an effect. A press may bring the page to the front and close
 *   the notification before the page receives the press.
 */
export async function showNotification(
  {title, body, lang, icon, actions, onAction}: NotificationContent,
  worker: NotificationWorker | undefined,
  signal: AbortSignal,
  ended: AbortSignal,
): Promise<void> {
  const id = randomUuid();
  const look = {body, lang, dir: 'auto', ...(icon !== undefined && {icon})} as const;
  const options = {...look, tag: id, requireInteraction: true, silent: true};
  if (!worker) return showPlain(title, options, signal);
  const {registration, page} = worker;
  const data = {type: 'sip-call', page, id};
  onPress((press) => press.id === id && press.action && onAction(press.action), ended);
  // The DOM types have no notification buttons: only a worker can show them.
  const wanted: NotificationOptions & {tag: string; actions: typeof actions} = {...options, actions, data};
  const shown = await showListed(registration, title, wanted);
  const close = (): void => shown?.close();
  if (signal.aborted) return close();
  signal.addEventListener('abort', close);
  // The notification would outlive the page.
  window.addEventListener('pagehide', close, {signal});
}

/**
 * Shows a notification and finds it in the browser's list. Chromium omits a notification that arrives while the list is
 * being read, as happens with another call: it would be visible, but could be neither pressed nor closed. Showing it
 * once more lists it, because a visible notification is not lost.
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
