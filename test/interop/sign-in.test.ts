import assert from 'node:assert/strict';
import {createHash, createHmac, randomBytes} from 'node:crypto';
import {after, afterEach, before, describe} from 'node:test';
import type {Page} from 'puppeteer-core';
import {connects, endCalls, hearEachOther} from '../support/interop/conversation.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../support/interop/evidence.js';
import {DOMAIN, startKamailio, type Kamailio} from '../support/interop/kamailio.js';
import {LOOPBACK_FLAGS, personPage, type Person} from '../support/interop/sip-page.js';
import {goOnline} from '../support/page/phone-page.js';
import {openSite, type Site} from '../support/page/site.js';

const SECRET = 'secret-of-the-site';

/** A user for a number of seconds, as the site's own server makes it. */
function shortLived(name: string, seconds: number): {user: string; password: string} {
  const user = `${Math.floor(Date.now() / 1000) + seconds}:${name}`;
  return {user, password: createHmac('sha1', SECRET).update(user).digest('base64')};
}

describe('signing in at Kamailio without a password', () => {
  let kamailio: Kamailio;
  let site: Site;
  const people: Person[] = [];

  before(async () => {
    kamailio = await startKamailio({secret: SECRET});
    site = await openSite({chromeFlags: LOOPBACK_FLAGS});
  });
  after(async () => {
    await site?.close();
    await kamailio?.stop();
  });
  afterEach(
    async () => {
      await endCalls(people);
      for (const {page} of people.splice(0)) await page.close();
    },
    {timeout: 20_000},
  );

  const it = testsThatTell(async () => [
    ...(await Promise.all(people.map(({user, page}) => tellsOfPage(user, page)))),
    tellsOfLog('Kamailio', kamailio.log()),
  ]);

  /** A page whose function returns these credentials in turn, the last one again and again. */
  async function signingIn(user: string, credentials: readonly unknown[], tone = 440): Promise<Person> {
    const made = await personPage(site, kamailio, user, {password: '', tone});
    await made.page.evaluate((credentials) => {
      let asked = 0;
      const element = document.querySelector('sip-client') as any;
      element.options = {
        ...element.options,
        credentials: async () => credentials[Math.min(asked++, credentials.length - 1)],
      };
    }, credentials);
    return made;
  }

  const codeOf = (page: Page): Promise<string | undefined> =>
    page.evaluate(() => (document.querySelector('sip-client') as any).client.state.error?.code);

  /** A token that Kamailio takes for the user. */
  async function tokenOf(user: string): Promise<string> {
    const token = randomBytes(18).toString('base64url');
    await kamailio.command('htable.sets', 'tokens', token, user);
    return token;
  }

  /** Calls between the two, who hear each other. */
  async function talk(one: Person, other: Person): Promise<void> {
    people.push(one, other);
    for (const {page} of people) await goOnline(page);
    for (const {user} of [one, other]) assert.equal((await kamailio.contacts(user)).length, 1, user);
    await connects(one, other);
    await hearEachOther(one, other, people);
  }

  it('short-lived users register and call', async () => {
    const alice = await signingIn('alice', [shortLived('alice', 600)]);
    const bob = await signingIn('bob', [shortLived('bob', 600)], 800);
    await talk(alice, bob);
  });

  it('tokens register and call', async () => {
    const alice = await signingIn('alice', [{token: await tokenOf('alice')}]);
    const bob = await signingIn('bob', [{token: 'ended'}, {token: await tokenOf('bob')}], 800);
    await talk(alice, bob);
  });

  it('a digest hash registers and calls', async () => {
    const hash = createHash('md5').update(`alice:${DOMAIN}:pw-alice`).digest('hex');
    const alice = await signingIn('alice', [{ha1: [{realm: DOMAIN, algorithm: 'MD5', hash}]}]);
    const bob = await signingIn('bob', [{password: 'pw-bob'}], 800);
    await talk(alice, bob);
  });

  for (const [what, user, code, wrong] of [
    ['a user whose time is over', 'alice', 'wrong-password', () => shortLived('alice', -60)],
    ['the short-lived user of somebody else', 'alice', 'wrong-password', () => shortLived('bob', 600)],
    ['a token of somebody else', 'alice', 'token-refused', async () => ({token: await tokenOf('bob')})],
  ] as const)
    it(`${what} is refused, and nothing is registered`, async () => {
      const {page} = await signingIn(user, [await wrong()]);
      await assert.rejects(goOnline(page));
      assert.equal(await codeOf(page), code);
      assert.deepEqual(await kamailio.contacts(user), []);
      await page.close();
    });
});
