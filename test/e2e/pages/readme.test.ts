import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {after, before, describe, it} from 'node:test';
import {nextEvent, onlinePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

describe('the page in the README', () => {
  let site: Site;
  before(async () => (site = await openSite()));
  after(() => site.close());

  it('registers by itself and calls at the press of its button', async () => {
    const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
    const html = /```html\n([\s\S]*?)```/.exec(readme)?.[1];
    assert.ok(html, 'The README has a page to copy.');
    const callee = await onlinePage(site, {user: '1001'});
    const page = await site.open('/fswebrtc');
    // As printed: the port of the server is another one.
    await page.setContent(html);
    await page.evaluate(async () => {
      const button = (): HTMLElement | null | undefined =>
        document.querySelector('sip-dialer')?.shadowRoot?.querySelector('[part~=call]');
      while (button()?.ariaDisabled !== null) await new Promise((resolve) => setTimeout(resolve, 20));
      button()!.click();
    });
    const {remote} = await nextEvent(callee, 'sip-call-received');
    assert.equal(remote.number, '1003');
    assert.deepEqual(site.complaints, []);
  });
});
