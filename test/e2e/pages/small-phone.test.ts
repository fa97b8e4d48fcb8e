import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {allow, hide} from '../../support/page/hidden.js';
import {receives} from '../../support/page/measure.js';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

const BUTTON = 'sip-call >>> [part~=small-window]';

/** Answers the ringing call of the page; both pages report it. */
async function talk(from: Page, to: Page, media: 'audio' | 'video'): Promise<void> {
  await placeCall(from, '1002', media);
  await nextEvent(to, 'sip-call-received');
  await to.evaluate((media) => (window as any).call.answer({media}), media);
  for (const page of [from, to]) await nextEvent(page, 'sip-call-answered');
}

/** Opens the small window by a press, and waits until its call is drawn. */
async function openSmall(page: Page): Promise<void> {
  await (await page.waitForSelector(BUTTON))!.click();
  await page.evaluate(async () => {
    const api = (window as any).documentPictureInPicture;
    const drawn = (): boolean =>
      api.window?.document.querySelector('sip-call')?.shadowRoot?.querySelector('sip-hangup-button')
        ?.shadowRoot;
    while (!drawn()) await new Promise((resolve) => setTimeout(resolve, 20));
  });
}

const isClosed = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    while ((window as any).documentPictureInPicture.window)
      await new Promise((resolve) => setTimeout(resolve, 20));
  });

describe('the small window of <sip-call>', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;

  before(async () => {
    site = await openSite();
    alice = await onlinePage(site, {user: '1001', inside: '<sip-call></sip-call>'});
    bob = await onlinePage(site, {user: '1002', inside: '<sip-call></sip-call>'});
    await bob.evaluate(() => {
      const client = document.querySelector('sip-client')!;
      client.lang = 'zh-CN';
      client.style.setProperty('--sip-color-stage', 'rgb(20 60 20)');
    });
  });
  after(() => site.close());

  it('has no button while there is no call', async () => {
    assert.equal(await bob.$(BUTTON), null);
  });

  it('shows the call in the look and the language of the page, with its picture and without its sound', async () => {
    await talk(alice, bob, 'video');
    await openSmall(bob);
    await receives(bob, 'sip-client', {frames: 5, energy: 0});
    const seen = await bob.evaluate(async () => {
      const own = (window as any).documentPictureInPicture.window as Window;
      const root = own.document.querySelector('sip-call')!.shadowRoot!;
      const video = (): HTMLVideoElement | null =>
        root.querySelector('.remote')!.shadowRoot!.querySelector('video');
      while (!video()?.videoWidth || !root.querySelector('.remote.playing'))
        await new Promise((resolve) => setTimeout(resolve, 20));
      const hangup = root.querySelector('sip-hangup-button')!.shadowRoot!.querySelector('button')!;
      const style = (element: Element): CSSStyleDeclaration => own.getComputedStyle(element);
      const stage = root.querySelector('.stage')!;
      return {
        lang: own.document.documentElement.lang,
        name: hangup.getAttribute('aria-label'),
        stage: style(stage).backgroundColor,
        fills: stage.clientHeight === own.innerHeight && stage.clientWidth === own.innerWidth,
        button: [style(hangup).borderRadius !== '0px', style(hangup).backgroundColor],
        sheets: (hangup.getRootNode() as ShadowRoot).adoptedStyleSheets.length > 0,
        sounds: root.querySelectorAll('sip-audio').length,
        buttons: root.querySelectorAll('[part~=small-window]').length,
        styled: root.querySelector('[style], style') === null,
      };
    });
    assert.deepEqual(seen, {
      lang: 'zh-cn',
      name: '挂断',
      stage: 'rgb(20, 60, 20)',
      fills: true,
      button: [true, 'rgb(217, 58, 53)'],
      sheets: true,
      sounds: 0,
      buttons: 0,
      styled: true,
    });
  });

  it('is changed with the language of the page', async () => {
    const name = (lang: string): Promise<string> =>
      bob.evaluate(async (lang) => {
        const own = (window as any).documentPictureInPicture.window as Window;
        const button = own.document
          .querySelector('sip-call')!
          .shadowRoot!.querySelector('sip-hangup-button')!
          .shadowRoot!.querySelector('button')!;
        const before = button.getAttribute('aria-label')!;
        document.querySelector('sip-client')!.lang = lang;
        while (button.getAttribute('aria-label') === before)
          await new Promise((resolve) => setTimeout(resolve, 20));
        return button.getAttribute('aria-label')!;
      }, lang);
    assert.equal(await name('en'), 'Hang up');
    assert.equal(await name('zh-CN'), '挂断');
  });

  it('ends the call at the other side by its button, and is closed then', async () => {
    const closed = isClosed(bob);
    await bob.evaluate(() => {
      const own = (window as any).documentPictureInPicture.window as Window;
      own.document.querySelector('sip-call')!.shadowRoot!.querySelector('sip-hangup-button')!.click();
    });
    const {cause} = await nextEvent(alice, 'sip-call-hangup');
    assert.equal(cause.by, 'remote');
    await closed;
    assert.equal(await bob.$(BUTTON), null);
  });

  it('leaves the call when it is closed, and can be opened again', async () => {
    await talk(alice, bob, 'audio');
    for (let round = 0; round < 2; round += 1) {
      await openSmall(bob);
      const pressed = (): Promise<string | null> =>
        bob.$eval(BUTTON, (button) => button.getAttribute('aria-pressed'));
      assert.equal(await pressed(), 'true');
      await bob.evaluate(() => (window as any).documentPictureInPicture.window.close());
      await isClosed(bob);
      await bob.waitForSelector('sip-call >>> [part~=small-window][aria-pressed=false]');
    }
    await receives(alice, 'sip-client', {frames: 0, energy: 0.01});
    assert.equal(await bob.evaluate(() => (document.querySelector('sip-client') as any).calls.length), 1);
  });

  // In Firefox no page is hidden whose small window is open.
  if (!IN_FIREFOX)
    it('goes on measuring while the page is behind another tab, and it alone is seen', async () => {
      await openSmall(bob);
      const show = await hide(bob);
      for (let round = 0; round < 2; round += 1)
        await bob.evaluate(async () => {
          const {call} = window as any;
          const before = call.quality?.time;
          while (call.quality?.time === before) await new Promise((resolve) => setTimeout(resolve, 20));
        });
      await show();
      await bob.evaluate(() => (window as any).documentPictureInPicture.window.close());
      await isClosed(bob);
      await bob.waitForSelector('sip-call >>> [part~=small-window][aria-pressed=false]');
    });

  it('is closed when the other side ends the call', async () => {
    await openSmall(bob);
    await alice.evaluate(() => (window as any).call.hangup());
    await isClosed(bob);
    await nextEvent(bob, 'sip-call-hangup');
  });

  it('makes the pages complain of nothing', () => {
    assert.deepEqual(site.complaints, []);
  });
});

/** Keeps what a page tells the system, and the locks that it has of the screen. */
const keepSystem = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const scope = window as any;
    const handlers = (scope.handlers = {} as Record<string, unknown>);
    const {mediaSession, wakeLock} = navigator as any;
    const {setActionHandler, setMicrophoneActive, setCameraActive} = mediaSession;
    mediaSession.setActionHandler = (action: string, handler: unknown) => {
      setActionHandler.call(mediaSession, action, handler);
      handlers[action] = handler;
    };
    scope.locks = [] as {released: boolean}[];
    const request = wakeLock.request.bind(wakeLock);
    wakeLock.request = async (type: string) => {
      const lock = await request(type);
      scope.locks.push(lock);
      return lock;
    };
    // Firefox knows no such controls.
    if (!setMicrophoneActive) return;
    mediaSession.setMicrophoneActive = (on: boolean) => {
      scope.microphone = on;
      return setMicrophoneActive.call(mediaSession, on);
    };
    mediaSession.setCameraActive = (on: boolean) => {
      scope.camera = on;
      return setCameraActive.call(mediaSession, on);
    };
  });

/** Waits until an expression about the page is true. */
const becomes = (page: Page, expression: string): Promise<void> =>
  page.evaluate(`(async () => {
    while (!(${expression})) await new Promise((resolve) => setTimeout(resolve, 20));
  })()`) as Promise<void>;

describe('a call and the system', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;

  before(async () => {
    site = await openSite();
    await allow(site, 'screen-wake-lock');
    alice = await onlinePage(site, {user: '1001', inside: '<sip-call></sip-call>'});
    bob = await onlinePage(site, {user: '1002', inside: '<sip-call></sip-call>'});
    await keepSystem(bob);
  });
  after(() => site.close());

  it('keeps the screen awake while there is a picture and the page is seen, again when it comes back, and not after the call', async () => {
    await talk(alice, bob, 'video');
    await becomes(bob, 'locks.length === 1 && !locks[0].released');
    const show = await hide(bob);
    await becomes(bob, 'locks[0].released');
    await show();
    await becomes(bob, 'locks.length === 2 && !locks[1].released');
    await alice.evaluate(() => (window as any).call.hangup());
    for (const page of [alice, bob]) await nextEvent(page, 'sip-call-hangup');
    await becomes(bob, 'locks[1].released');
    assert.equal(await bob.evaluate(() => (window as any).locks.length), 2);
  });

  it('lets the screen sleep in a call of sound', async () => {
    await talk(alice, bob, 'audio');
    await becomes(bob, 'navigator.mediaSession.metadata?.title === "王芳"');
    assert.equal(await bob.evaluate(() => (window as any).locks.length), 2);
  });

  // Firefox shows a call, and has no such controls.
  if (IN_FIREFOX)
    it('is shown by the system no more when it is over', async () => {
      await bob.evaluate(() => (window as any).call.hangup());
      await becomes(bob, 'navigator.mediaSession.metadata === null');
    });
  else {
    it('is muted, unmuted and ended by the system’s controls, which show how it is', async () => {
      assert.equal(await bob.evaluate(() => (window as any).handlers.togglecamera), null);
      await becomes(bob, 'microphone === true && window.camera === false');
      await bob.evaluate(() => (window as any).handlers.togglemicrophone());
      await becomes(bob, 'microphone === false');
      assert.equal(await bob.evaluate(() => (window as any).call.state.muted), true);
      await bob.evaluate(() => (window as any).handlers.togglemicrophone());
      await becomes(bob, 'microphone === true');
      await receives(alice, 'sip-client', {frames: 0, energy: 0.01});
      await bob.evaluate(() => (window as any).handlers.hangup());
      assert.equal((await nextEvent(alice, 'sip-call-hangup')).cause.by, 'remote');
      await becomes(bob, 'handlers.hangup === null && navigator.mediaSession.metadata === null');
    });

    it('turns the camera off and on by them', async () => {
      await talk(alice, bob, 'video');
      await becomes(bob, 'window.camera === true');
      await bob.evaluate(() => (window as any).handlers.togglecamera());
      await becomes(bob, 'window.camera === false && call.state.cameraOff');
      await bob.evaluate(() => (window as any).handlers.togglecamera());
      await becomes(bob, 'window.camera === true && !call.state.cameraOff');
      await alice.evaluate(() => (window as any).call.hangup());
      await becomes(bob, 'handlers.togglecamera === null');
    });
  }

  it('makes the pages complain of nothing', () => {
    assert.deepEqual(site.complaints, []);
  });
});
