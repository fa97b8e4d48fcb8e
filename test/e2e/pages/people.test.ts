import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {shown} from '../../support/page/parts.js';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

const AVATAR = 'sip-incoming >>> .avatar';

/** Where the parts of the box of a call are. */
const layout = (page: Page): Promise<number[][]> =>
  page.evaluate(() =>
    [...document.querySelector('sip-incoming')!.shadowRoot!.querySelectorAll('.avatar, .name, .actions')].map(
      (part) => {
        const {left, top, width, height} = part.getBoundingClientRect();
        return [left, top, width, height];
      },
    ),
  );

describe('the people of a page with a strict Content-Security-Policy', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;

  before(async () => {
    site = await openSite();
    alice = await onlinePage(site, {user: '1001'});
    bob = await onlinePage(site, {user: '1002', inside: '<sip-incoming></sip-incoming>'});
  });
  after(() => site.close());

  const ring = async (): Promise<void> => {
    await placeCall(alice, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await shown(bob, AVATAR);
  };
  const end = async (): Promise<void> => {
    await alice.evaluate(() => (window as any).call.hangup());
    await nextEvent(bob, 'sip-call-hangup');
  };

  it('are shown with the pictures that it allows', async () => {
    await bob.evaluate(() => {
      document.querySelector('sip-client')!.people = async () => ({
        name: 'Zhao Min',
        picture: 'icon.svg',
      });
    });
    await ring();
    await shown(bob, `${AVATAR} img:not([hidden])`);
    const [name, width] = await bob.evaluate(() => {
      const root = document.querySelector('sip-incoming')!.shadowRoot!;
      return [root.querySelector<HTMLElement>('.name')!.innerText, root.querySelector('img')!.naturalWidth];
    });
    assert.deepEqual([name, Number(width) > 0], ['Zhao Min', true]);
    await end();
  });

  it('are shown with initials, in the same layout, where it forbids the picture', async () => {
    await bob.evaluate(() => {
      document.querySelector('sip-client')!.people = () => ({name: 'Zhao Min'});
    });
    await ring();
    await bob.waitForFunction(() =>
      document.querySelector('sip-incoming')!.shadowRoot!.textContent!.includes('Zhao Min'),
    );
    const before = await layout(bob);
    await end();
    const forbidden = bob.evaluate(
      () =>
        new Promise<string>((resolve) =>
          document.addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI}) =>
            resolve(`${effectiveDirective} ${blockedURI}`),
          ),
        ),
    );
    await bob.evaluate(() => {
      document.querySelector('sip-client')!.people = () => ({
        name: 'Zhao Min',
        picture: 'http://127.0.0.9:4999/face.png',
      });
    });
    await ring();
    assert.equal(await forbidden, 'img-src http://127.0.0.9:4999/face.png');
    await shown(bob, `${AVATAR} img[hidden]`);
    const initials = await bob.evaluate(
      () =>
        document.querySelector('sip-incoming')!.shadowRoot!.querySelector<HTMLElement>('.avatar')!.innerText,
    );
    assert.equal(initials.trim(), 'ZM');
    assert.deepEqual(await layout(bob), before);
    await end();
  });
});
