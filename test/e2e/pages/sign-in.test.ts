import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../../support/page/audit.js';
import {press, shown} from '../../support/page/parts.js';
import {openSite, type Site} from '../../support/page/site.js';

const FORM = '#phone >>> sip-phone-login >>> ';
const SECRET = 'hush-1234';

describe('the form that signs in', () => {
  let site: Site;
  let page: Page;
  before(async () => {
    site = await openSite();
    page = await site.open('/sign-in.html');
    // All events of the phone, with what they carry.
    await page.$eval('#phone', () => {
      const told: string[] = ((window as any).told = []);
      for (const type of ['sip-error', 'sip-connection', 'sip-registration', 'submit', 'input'])
        document.addEventListener(type, (event) =>
          told.push(JSON.stringify([type, (event as CustomEvent).detail])),
        );
    });
  });
  after(() => site.close());

  const write = async (field: string, value: string): Promise<void> => {
    const input = await shown(page, FORM + `[part=${field}]`);
    await input.evaluate((element) => (element as HTMLInputElement).select());
    await input.type(value);
  };
  const signIn = (): Promise<void> => press(page, FORM + '[part~=sign-in]');
  /** What is said to be wrong at a field, which has the focus. */
  const wrongAt = async (field: string): Promise<string> => {
    const wrong = await shown(page, FORM + `#${field}-wrong`);
    const described = await page.$eval(FORM + `[part=${field}]`, (input) => {
      const root = input.getRootNode() as ShadowRoot;
      return [input.getAttribute('aria-describedby'), input.ariaInvalid, root.activeElement === input];
    });
    assert.deepEqual(described, [`${field}-wrong`, 'true', true]);
    return wrong.evaluate((element) => element.textContent!.replace(/\s+/g, ' ').trim());
  };

  it('has a label for each field, and fields that password managers fill', async () => {
    await shown(page, FORM + '[part=server]');
    const fields = await page.$$eval(FORM + 'input', (inputs) =>
      (inputs as HTMLInputElement[]).map(({labels, type, autocomplete}) => [
        labels![0]!.innerText,
        type,
        autocomplete,
      ]),
    );
    assert.deepEqual(fields, [
      ['Server', 'text', 'url'],
      ['User name', 'text', 'username'],
      ['Password', 'password', 'current-password'],
    ]);
    assert.deepEqual(await audit(page), []);
  });

  it('says at each field what is missing', async () => {
    await write('server', ' ');
    await signIn();
    assert.equal(await wrongAt('server'), 'Enter the server address.');
    await shown(page, FORM + '#user-wrong');
    await shown(page, FORM + '#password-wrong');
    assert.deepEqual(await audit(page), []);
  });

  it('says at the server that it cannot be reached', async () => {
    await write('server', `${new URL(site.server.url).host}/nothing`);
    await write('user', '1001');
    await write('password', SECRET);
    await signIn();
    assert.match(await wrongAt('server'), /\/nothing cannot be reached/);
  });

  it('says at the password that it is wrong', async () => {
    await write('server', `${new URL(site.server.url).host}/fswebrtc`);
    await signIn();
    assert.match(await wrongAt('password'), /rejected the user name or password/);
    assert.deepEqual(await audit(page), []);
  });

  it('says at the user that the server of the page does not know it', async () => {
    await write('server', '/fswebrtc');
    await write('user', '4711');
    await write('password', SECRET);
    await signIn();
    assert.match(await wrongAt('user'), /does not know the user 4711/);
  });

  it('signs in, and the phone has the focus', async () => {
    await write('server', `${new URL(site.server.url).host}/fswebrtc`);
    await write('user', '1001');
    await write('password', '1234');
    await signIn();
    await shown(page, '#phone >>> .dot.registered');
    await page.waitForFunction(() => {
      const active = document.querySelector('#phone')!.shadowRoot!.activeElement;
      return active?.getAttribute('role') === 'tab';
    });
    assert.deepEqual(await audit(page), []);
  });

  it('remembers the server and the user, but has the password in no attribute, event or storage', async () => {
    const kept = await page.evaluate(() =>
      JSON.stringify([
        document.documentElement.getHTML({serializableShadowRoots: true}),
        Object.entries(localStorage),
        (window as any).told,
      ]),
    );
    assert.ok(kept.includes('1001'));
    assert.doesNotMatch(kept, new RegExp(`${SECRET}|"password"`));
    assert.deepEqual(JSON.parse((await page.evaluate(() => localStorage.getItem('sip-elements/account')))!), {
      server: `${new URL(site.server.url).host}/fswebrtc`,
      user: '1001',
    });
  });

  it('signs out, and asks for the password alone', async () => {
    await press(page, '#phone >>> [part~=sign-out]');
    await shown(page, FORM + '[part=password]');
    const [values, focused] = await page.$$eval(FORM + 'input', (inputs) => [
      (inputs as HTMLInputElement[]).map(({value}) => value),
      (inputs[0]!.getRootNode() as ShadowRoot).activeElement?.id,
    ]);
    assert.deepEqual(values, [new URL('/fswebrtc', site.server.url).href.replace('http', 'ws'), '1001', '']);
    assert.equal(focused, 'password');
  });
});
