import type {Page} from 'puppeteer-core';
import {IN_FIREFOX, type BrowserOptions} from './browser.js';
import type {Site} from './site.js';

/** What a browser needs so that {@link pressAction} brings pages to the front. */
export const FRONT: BrowserOptions = {firefoxPreferences: {'focusmanager.testmode': false}};

/** The button to press, and its notification. */
export interface ActionPress {
  /** The page that comes to the front if the worker requests it. */
  readonly page: Page;
  readonly title: string;
  readonly action: string;
  /** Runs before the page is notified. */
  readonly meanwhile?: () => Promise<void>;
}

/** Presses a button of a notification of the shipped service worker. */
export const pressAction: (site: Site, press: ActionPress) => Promise<void> = IN_FIREFOX
  ? pressInFirefox
  : pressInChromium;

/**
 * As Chromium notifies the worker. It brings a page to the front only after a user's press: this test does so itself.
 */
async function pressInChromium(site: Site, {page, title, action, meanwhile}: ActionPress): Promise<void> {
  const target = await site.browser.waitForTarget(
    (target) =>
      String(target.type()) === 'service_worker' && target.url().endsWith('/sip-notification-worker.js'),
  );
  const worker = (await target.worker())!;
  const notification = await worker.evaluateHandle(
    async (title) =>
      (await (globalThis as any).registration.getNotifications()).find(
        (shown: Notification) => shown.title === title,
      ),
    title,
  );
  await meanwhile?.();
  const focused = await worker.evaluate(
    async (notification, action) => {
      const scope = globalThis as any;
      let focused = 0;
      const told = new Promise<void>((resolve) => {
        const {postMessage} = scope.Client.prototype;
        scope.Client.prototype.postMessage = function (message: unknown) {
          postMessage.call(this, message);
          // The following steps have begun by then.
          setTimeout(resolve);
        };
      });
      scope.WindowClient.prototype.focus = () => Promise.resolve((focused += 1));
      scope.dispatchEvent(new scope.NotificationEvent('notificationclick', {notification, action}));
      await told;
      return focused;
    },
    notification,
    action,
  );
  if (focused) await page.bringToFront();
}

/** As a system tells Firefox of it; the rest is Firefox's own, down to the page that comes to the front. */
async function pressInFirefox(site: Site, {title, action, meanwhile}: ActionPress): Promise<void> {
  const {connection} = site.browser as any;
  const send = async (method: string, parameters: object): Promise<any> =>
    (await connection.send(method, parameters)).result;
  const {contexts} = await send('browsingContext.getTree', {'moz:scope': 'chrome'});
  const run = async (functionDeclaration: string, ...values: string[]): Promise<void> => {
    const {type, exceptionDetails} = await send('script.callFunction', {
      functionDeclaration,
      arguments: values.map((value) => ({type: 'string', value})),
      target: {context: contexts[0].context},
      awaitPromise: true,
    });
    if (type === 'exception') throw new Error(exceptionDetails.text);
  };
  await run(
    `async (title) => {
      for (;;) {
        for (const {document, gAlertListener, gAlertCookie, gIsActive} of Services.wm.getEnumerator('alert:alert'))
          if (gIsActive && document.getElementById('alertTitleLabel').value === title)
            return void (window.alert = {gAlertListener, gAlertCookie});
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }`,
    title,
  );
  await meanwhile?.();
  await run(
    `(action) => {
      const {gAlertListener, gAlertCookie} = window.alert;
      const QueryInterface = ChromeUtils.generateQI(['nsIAlertAction']);
      gAlertListener.observe({QueryInterface, action}, 'alertclickcallback', gAlertCookie);
    }`,
    action,
  );
}
