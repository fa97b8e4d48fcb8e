import assert from 'node:assert/strict';
import {readdir} from 'node:fs/promises';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {within} from '../../../scripts/project.mjs';
import {press, shown} from '../../support/page/parts.js';
import {onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

const LANGUAGES = ['en', 'zh-CN', 'ar'] as const;

/** What is written in Latin letters in every language. */
const LATIN = /SIP Elements|WebSocket|API|CRM|DTMF|iframe|F8|ID|sip-phone|[a-z]+\.mp4/gi;

/** The texts of a page outside its elements that a person sees, except code, what is written into fields, and names of languages. */
const texts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const around = node.parentElement!;
      if (around.closest('code, script, style, #log, option, [data-language]')) continue;
      if (node.textContent!.trim() && around.checkVisibility({visibilityProperty: true}))
        found.push(node.textContent!.replace(/\s+/g, ' ').trim());
    }
    return [document.title, ...found];
  });

/** Those of another language. */
async function foreignTexts(page: Page, language: (typeof LANGUAGES)[number]): Promise<string[]> {
  const wrong = language === 'en' ? /[\u4e00-\u9fff\u0600-\u06ff]/ : /[a-z]{2}/i;
  const others = language === 'ar' ? /[\u4e00-\u9fff]/ : /[\u0600-\u06ff]/;
  return (await texts(page)).filter((text) => {
    const rest = text.replace(LATIN, '');
    return wrong.test(rest) || others.test(rest);
  });
}

/** The windows of a telephone, a small laptop and a desk. */
const WINDOWS = [
  {width: 390, height: 844},
  {width: 1280, height: 720},
  {width: 1440, height: 900},
] as const;

/** The buttons of an element that something covers, also after scrolling to them. */
const unreachable = (page: Page, selector: string): Promise<string[]> =>
  page.evaluate((selector) => {
    function* each(root: ShadowRoot): Generator<HTMLElement> {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        yield element;
        if (element.shadowRoot) yield* each(element.shadowRoot);
      }
    }
    const around = (element: Element): Element[] => {
      const next =
        element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host;
      return next ? [element, ...around(next)] : [element];
    };
    const hitAt = (x: number, y: number): Element | null => {
      let hit = document.elementFromPoint(x, y);
      for (;;) {
        const inner: Element | null | undefined = hit?.shadowRoot?.elementFromPoint(x, y);
        if (!inner || inner === hit) return hit;
        hit = inner;
      }
    };
    const reaches = (button: Element): boolean => {
      const {left, top, width, height} = button.getBoundingClientRect();
      const hit = hitAt(left + width / 2, top + height / 2);
      return !!hit && around(hit).includes(button);
    };
    return [...each(document.querySelector(selector)!.shadowRoot!)]
      .filter(
        (element) => element.localName === 'button' && element.checkVisibility({visibilityProperty: true}),
      )
      .filter((button) => button.getBoundingClientRect().width > 1)
      .flatMap((button) => {
        const found = (['start', 'center', 'end'] as const).some((block) => {
          button.scrollIntoView({block});
          return reaches(button);
        });
        return found ? [] : [button.getAttribute('aria-label') ?? button.innerText];
      });
  }, selector);

/** Where the boxes of two elements are over each other, in square pixels. */
const overlap = (page: Page, one: string, other: string): Promise<number> =>
  page.evaluate(
    (one, other) => {
      const [a, b] = [one, other].map((each) => document.querySelector(each)!.getBoundingClientRect());
      const wide = Math.min(a!.right, b!.right) - Math.max(a!.left, b!.left);
      const high = Math.min(a!.bottom, b!.bottom) - Math.max(a!.top, b!.top);
      return Math.max(0, wide) * Math.max(0, high);
    },
    one,
    other,
  );

describe('the demo pages', () => {
  let site: Site;
  let paths: readonly string[];

  before(async () => {
    const folders = ['', 'functions/', 'recipes/'];
    const files = await Promise.all(folders.map((folder) => readdir(within(`demo/${folder}`))));
    paths = files.flatMap((names, index) =>
      names.filter((name) => name.endsWith('.html')).map((name) => `/${folders[index]}${name}`),
    );
    site = await openSite();
  });
  after(() => site.close());

  async function choose(page: Page, language: string): Promise<void> {
    await press(page, `[data-language="${language}"]`);
    await shown(page, `html[lang="${language}"]`);
  }

  it('have one heading each, of their own, in every language, and no text in another one', async () => {
    const headings = new Map<string, string>();
    const faults: string[] = [];
    for (const path of paths) {
      const page = await site.open(path);
      for (const language of LANGUAGES) {
        await choose(page, language);
        const found = await page.$$eval('h1', (all) =>
          all.filter((each) => each.checkVisibility()).map((each) => (each as HTMLElement).innerText.trim()),
        );
        if (found.length !== 1 || !found[0])
          faults.push(`${path} ${language}: the headings ${found.join(' | ')}`);
        const other = headings.get(`${language} ${found[0]}`);
        if (other) faults.push(`${path} ${language}: the heading of ${other}`);
        headings.set(`${language} ${found[0]}`, path);
        let foreign = await foreignTexts(page, language);
        // What a page reads from its storage first, such as the recordings, is drawn a moment later.
        for (const since = Date.now(); foreign.length && Date.now() - since < 10_000;)
          foreign = await foreignTexts(page, language);
        faults.push(...foreign.map((text) => `${path} ${language}: ${text}`));
      }
      await page.close();
    }
    assert.deepEqual(faults, []);
  });

  it('show a second call beside the first one, over neither its name nor its controls', async () => {
    const page = await site.open('/');
    const registered = (): Promise<unknown> =>
      page.waitForFunction(() =>
        [...document.querySelectorAll('sip-client')].every(({state}) => state?.registration === 'registered'),
      );
    await registered();
    await page.evaluate(async () => {
      const [one, other] = document.querySelectorAll('sip-client');
      const received = new Promise<{answer(): Promise<void>}>((resolve) =>
        other!.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
      );
      await one!.call('1002');
      await (await received).answer();
    });
    const caller = await onlinePage(site, {user: '1003'});
    await placeCall(caller, '1001', 'audio');
    await shown(page, '#phone-1001 sip-incoming >>> [part~=answer-hangup]');
    for (const size of WINDOWS) {
      await page.setViewport(size);
      assert.equal(
        await overlap(page, '#phone-1001 sip-incoming', '#phone-1001 sip-call'),
        0,
        String(size.width),
      );
      assert.deepEqual(await unreachable(page, '#phone-1001 sip-call'), [], String(size.width));
      assert.deepEqual(await unreachable(page, '#phone-1001 sip-incoming'), [], String(size.width));
    }
    await press(page, '#phone-1001 sip-incoming >>> [part~=answer-hangup]');
    await page.waitForFunction(() => {
      const {calls} = document.querySelector<HTMLElementTagNameMap['sip-client']>('#phone-1001')!;
      return calls.length === 1 && calls[0]!.remote.number === '1003' && calls[0]!.state.phase === 'answered';
    });
    await Promise.all([page.close(), caller.close()]);
  });

  it('leave the controls of a phone in reach while the phone in the corner rings and speaks', async () => {
    const page = await site.open('/phone.html');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('sip-phone')].every(
        ({client}) => client?.state.registration === 'registered',
      ),
    );
    await page.evaluate(() => document.querySelector('sip-phone')!.client!.call('1002'));
    await shown(page, '#phone-1002 >>> [part~=answer-audio]');
    const check = async (what: string): Promise<void> => {
      for (const language of ['en', 'ar'])
        for (const size of WINDOWS) {
          await page.setViewport(size);
          await page.evaluate(() => scrollTo(0, 0));
          await page.evaluate((language) => {
            document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
          }, language);
          for (const phone of ['#phone-1001', '#phone-1002'])
            assert.deepEqual(
              await unreachable(page, phone),
              [],
              `${what}, ${language}, ${size.width}, ${phone}`,
            );
        }
    };
    await check('rings');
    await press(page, '#phone-1002 >>> [part~=answer-audio]');
    await page.waitForFunction(
      () => document.querySelector('sip-phone')!.client!.calls[0]?.state.phase === 'answered',
    );
    await check('speaks');
    await page.close();
  });
});
