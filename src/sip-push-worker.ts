/**
 * The service worker that a push wakes: `dist/sip-push-worker.js`, for the option `push` of a client. A site's own service
 * worker may import it: `importScripts('/sip-push-worker.js')`.
 *
 * A push shows a notification of the call unless each account has a page that is registered, which rings itself. A press opens the page. That the
 * user wants to answer is in the browser's database, once, and not in the page's address, which strangers can write.
 */
import {PUSH_TAG, pushAccounts, wishToAnswer, type PushAccount} from './core/push/push-store.js';
import {plainName} from './core/util/plain-name.js';
import {pushTexts} from './locales/push-texts.js';

/** A page, as the service worker sees it. */
interface PageClient {
  postMessage(message: unknown, ports?: readonly MessagePort[]): void;
  focus(): Promise<unknown>;
}

interface PushEvent {
  readonly data: {text(): string} | null;
  waitUntil(task: Promise<unknown>): void;
}

/** The used members of `ServiceWorkerGlobalScope`, whose types cannot be loaded together with those of a page. */
interface WorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: {type: 'window'; includeUncontrolled: true}): Promise<readonly PageClient[]>;
    openWindow(url: string): Promise<unknown>;
  };
  addEventListener(type: 'push', listener: (event: PushEvent) => void): void;
  addEventListener(
    type: 'pushsubscriptionchange' | 'message',
    listener: (event: {readonly data?: unknown; waitUntil(task: Promise<unknown>): void}) => void,
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

/** How long a page may take to tell that it is registered, in milliseconds: a frozen one never does. */
const PAGE_REPLY_MS = 1_000;

/** The longest name of a caller. */
const NAME_LENGTH = 80;

worker.addEventListener('push', (event) => {
  let text = '';
  try {
    text = event.data?.text() ?? '';
  } catch {
    // What cannot be read is a push without content.
  }
  event.waitUntil(pushed(text));
});

worker.addEventListener('notificationclick', (event) => {
  const {notification, action} = event;
  if (notification.tag !== PUSH_TAG) return;
  notification.close();
  if (action !== 'ignore') event.waitUntil(opened(notification.data as Parameters<typeof opened>[0]));
});

worker.addEventListener('message', (event) => {
  if (event.data === 'sip-push-missed')
    event.waitUntil(knownAccount().then((account) => account && show(account, 'missed')));
  if (event.data === 'sip-push-here') event.waitUntil(closeAll());
});

worker.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(changed()));

/** An open page with a client that is woken. */
interface Phone {
  readonly page: PageClient;
  /** `user@domain`. */
  readonly account: string;
  /** Whether it is registered: it rings itself. */
  readonly isRegistered: boolean;
}

/** The open pages that reply in time. */
async function phones(): Promise<readonly Phone[]> {
  const pages = await worker.clients.matchAll({type: 'window', includeUncontrolled: true});
  const replies = await Promise.all(pages.map(phoneIn));
  return replies.filter((phone) => phone !== undefined);
}

function phoneIn(page: PageClient): Promise<Phone | undefined> {
  return new Promise((resolve) => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = ({data}: MessageEvent<{account?: unknown; isRegistered?: unknown} | undefined>) =>
      resolve({page, account: String(data?.account), isRegistered: data?.isRegistered === true});
    setTimeout(() => resolve(undefined), PAGE_REPLY_MS);
    page.postMessage('sip-push', [port2]);
  });
}

/** One of the accounts that are woken; undefined once all users have signed out. */
async function knownAccount(): Promise<PushAccount | undefined> {
  return (await pushAccounts().catch(() => [])).at(-1);
}

/** A push names no account: it is for one without a page that rings itself. */
async function pushed(text: string): Promise<void> {
  const ringing = (await phones()).filter(({isRegistered}) => isRegistered).map(({account}) => account);
  const woken = (await pushAccounts().catch(() => [])).filter(({account}) => !ringing.includes(account));
  const account = woken.at(-1);
  if (account) await show(account, 'incoming', callerOf(text), woken.length === 1);
}

/** The caller that a push names, as `{"from": "…"}`; empty for none. Only a text, whatever the sender has written. */
function callerOf(text: string): string {
  try {
    return plainName((JSON.parse(text) as {from?: unknown}).from, NAME_LENGTH);
  } catch {
    return '';
  }
}

/** @param isOne - Whether no other account may be meant: only then can the call be answered by a press. */
async function show(
  {account, lang}: PushAccount,
  what: 'incoming' | 'missed' | 'ended',
  caller = '',
  isOne = false,
): Promise<void> {
  const texts = pushTexts(lang);
  const isCall = what === 'incoming';
  // The DOM types have no notification buttons: only a worker can show them.
  const options: NotificationOptions & {actions?: object[]; renotify?: boolean} = {
    tag: PUSH_TAG,
    lang,
    dir: 'auto',
    requireInteraction: isCall,
    data: {account, call: isOne},
    ...(caller && {body: texts[what]}),
    ...(isCall && {
      renotify: true,
      actions: [
        ...(isOne ? [{action: 'answer', title: texts.answer}] : []),
        {action: 'ignore', title: texts.ignore},
      ],
    }),
  };
  await worker.registration.showNotification(caller || texts[what], options);
}

async function closeAll(): Promise<void> {
  for (const notification of await worker.registration.getNotifications({tag: PUSH_TAG}))
    notification.close();
}

/** Opens the page of the account, or brings it to the front; it answers the call that is to come. */
async function opened(data: {readonly account?: unknown; readonly call?: unknown} | null): Promise<void> {
  const accounts = await pushAccounts().catch(() => []);
  const account = accounts.find((one) => one.account === data?.account) ?? accounts.at(-1);
  if (!account) return;
  if (data?.call === true) await wishToAnswer(account.account);
  const phone = (await phones()).find((one) => one.account === account.account);
  if (!phone) return worker.clients.openWindow(account.page).then(() => undefined);
  phone.page.postMessage('sip-push-answer');
  // The page has the message, even if the browser lets none come to the front.
  await phone.page.focus().catch(() => {});
}

/** The browser has ended the subscription: an open page subscribes anew, and otherwise the user opens one. */
async function changed(): Promise<void> {
  const account = await knownAccount();
  if (!account) return;
  const open = await phones();
  for (const {page} of open) page.postMessage('sip-push-changed');
  if (!open.some(({isRegistered}) => isRegistered)) await show(account, 'ended');
}
