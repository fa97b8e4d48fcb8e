import type {CDPSession, Page, WebWorker} from 'puppeteer-core';
import type {Site} from '../page/site.js';

/** A notification of the service worker, as the browser lists it. */
export interface ShownNotification {
  readonly title: string;
  readonly body: string;
  readonly lang: string;
  readonly actions: readonly string[];
}

/** The service worker that a push wakes, of one origin, by Chromium's own protocol. */
export class PushWorker {
  readonly #site: Site;
  readonly #page: Page;
  readonly #session: CDPSession;
  /** The address of its script, on the page's origin. */
  readonly #script: string;
  readonly #registrations = new Map<string, string>();

  private constructor(site: Site, page: Page, session: CDPSession, script: string) {
    this.#site = site;
    this.#script = script;
    this.#page = page;
    this.#session = session;
    session.on('ServiceWorker.workerRegistrationUpdated', ({registrations}) => {
      for (const {registrationId, scopeURL, isDeleted} of registrations)
        if (isDeleted) this.#registrations.delete(scopeURL);
        else this.#registrations.set(scopeURL, registrationId);
    });
  }

  /**
   * @param page - A page of the same origin that stays open.
   * @param script - The address of the worker on that origin.
   */
  static async of(site: Site, page: Page, script = '/sip-push-worker.js'): Promise<PushWorker> {
    const session = await page.createCDPSession();
    const made = new PushWorker(site, page, session, script);
    await session.send('ServiceWorker.enable');
    return made;
  }

  /** Delivers a push as the browser does when the push service sends it one. */
  async deliver(origin: string, data = ''): Promise<void> {
    const scope = `${origin}${this.#scope}`;
    while (!this.#registrations.has(scope)) await new Promise((resolve) => setTimeout(resolve, 20));
    await this.watch();
    await this.#session.send('ServiceWorker.deliverPushMessage', {
      origin,
      registrationId: this.#registrations.get(scope)!,
      data,
    });
  }

  /** Begins to note which notifications the worker shows; needed before pushes that `deliver` does not deliver. */
  async watch(): Promise<void> {
    const worker = await this.worker();
    await worker.evaluate(() => {
      const scope = globalThis as any;
      const isWatched = scope.shown !== undefined;
      scope.shown = [];
      if (isWatched) return;
      const {registration} = scope;
      const show = registration.showNotification.bind(registration);
      registration.showNotification = async (title: string, options: object) => {
        await show(title, options);
        scope.shown.push(title);
        scope.dispatchEvent(new Event('shown'));
      };
    });
  }

  /**
   * Waits until the worker has shown a notification since `watch`, the last one with the title, and returns those that are there.
   *
   * They are listed once: Chromium forgets a notification that is listed while it is being shown.
   */
  async shows(title?: string): Promise<readonly ShownNotification[]> {
    const worker = await this.worker();
    return worker.evaluate(async (title) => {
      const scope = globalThis as any;
      while (!scope.shown.length || (title !== undefined && scope.shown.at(-1) !== title))
        await new Promise((resolve) => scope.addEventListener('shown', resolve, {once: true}));
      return (await scope.registration.getNotifications()).map(({title, body, lang, actions}: any) => ({
        ...{title, body, lang},
        actions: actions.map((action: {title: string}) => action.title),
      }));
    }, title);
  }

  /** Waits until no notification is there. */
  async showsNone(): Promise<void> {
    await this.#page.evaluate(async (scope) => {
      for (;;) {
        const registration = await navigator.serviceWorker.getRegistration(scope);
        if (!(await registration?.getNotifications())?.length) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }, this.#scope);
  }

  /**
   * Presses the notification, or one of its buttons. Resolves with the address that the worker opens; empty if it opens none.
   * Chromium opens and shows pages only after a user's press.
   */
  async press(action: '' | 'answer' | 'ignore'): Promise<string> {
    const worker = await this.worker();
    return worker.evaluate(async (action) => {
      const scope = globalThis as any;
      const [notification] = await scope.registration.getNotifications();
      let opened = '';
      scope.Clients.prototype.openWindow = async (url: string) => void (opened = url);
      scope.WindowClient.prototype.focus = async () => {};
      const event = new scope.NotificationEvent('notificationclick', {notification, action});
      const tasks: Promise<unknown>[] = [];
      Object.defineProperty(event, 'waitUntil', {value: (task: Promise<unknown>) => tasks.push(task)});
      scope.dispatchEvent(event);
      await Promise.all(tasks);
      return opened;
    }, action);
  }

  /** Lets the worker handle a push, and resolves when it has: a browser does not tell when it delivered one. */
  async handles(): Promise<void> {
    const worker = await this.worker();
    await worker.evaluate(async () => {
      const scope = globalThis as any;
      const event = new scope.PushEvent('push');
      const tasks: Promise<unknown>[] = [];
      Object.defineProperty(event, 'waitUntil', {value: (task: Promise<unknown>) => tasks.push(task)});
      scope.dispatchEvent(event);
      await Promise.all(tasks);
    });
  }

  /** The folder beside its script. */
  get #scope(): string {
    return this.#script.replace(/\.js$/, '/');
  }

  private async worker(): Promise<WebWorker> {
    for (const scopeURL of this.#registrations.keys())
      await this.#session.send('ServiceWorker.startWorker', {scopeURL});
    const address = new URL(this.#script, this.#page.url()).href;
    const target = await this.#site.browser.waitForTarget(
      (target) => String(target.type()) === 'service_worker' && target.url() === address,
    );
    return (await target.worker())!;
  }
}
