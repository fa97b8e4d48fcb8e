import assert from 'node:assert/strict';
import {after, before, describe} from 'node:test';
import {startAsterisk, type Asterisk} from '../support/interop/asterisk.js';
import {connects, ends, hearEachOther} from '../support/interop/conversation.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../support/interop/evidence.js';
import {
  cause,
  LOOPBACK_FLAGS,
  person,
  reloads,
  showsState,
  talksTo,
  type Person,
  type PersonOptions,
} from '../support/interop/sip-page.js';
import {crashes} from '../support/page/crash.js';
import {nextEvent} from '../support/page/phone-page.js';
import {openSite, type Site} from '../support/page/site.js';

const OPTIONS = (tone: number): PersonOptions => ({tone, attributes: 'resume domain="127.0.0.1"'});

/** How soon after its return a server has its clients again, in milliseconds. */
const SOON = 5_000;

describe('two pages at Asterisk', () => {
  let asterisk: Asterisk;
  let site: Site;
  let alice: Person;
  let bob: Person;

  before(async () => {
    asterisk = await startAsterisk();
    site = await openSite({chromeFlags: LOOPBACK_FLAGS});
    alice = await person(site, asterisk, 'alice', OPTIONS(440));
    bob = await person(site, asterisk, 'bob', OPTIONS(800));
  });
  after(async () => {
    await site?.close();
    await asterisk?.stop();
  });

  const it = testsThatTell(async () => [
    ...(await Promise.all([alice, bob].map(({user, page}) => tellsOfPage(user, page)))),
    tellsOfLog('Asterisk', asterisk.log()),
  ]);

  it('call and hear each other, and either ends it', async () => {
    await connects(alice, bob);
    await hearEachOther(alice, bob);
    await ends(alice, bob);
    await connects(bob, alice);
    await ends(alice, bob);
  });

  for (const [way, load] of [
    ['is loaded anew', undefined],
    ['crashes', () => crashes(alice.page)],
  ] as const)
    it(`go on talking if one of them ${way}`, async () => {
      await connects(alice, bob);
      await hearEachOther(alice, bob);
      await reloads(alice, asterisk, OPTIONS(440), load);
      for (const type of ['sip-call-resumed', 'sip-call-answered']) await nextEvent(alice.page, type);
      await showsState(alice, 'health', 'healthy');
      await hearEachOther(alice, bob);
      await talksTo(bob, ['alice']);
      await ends(bob, alice);
    });

  it('have lost their call if Asterisk is killed, know why, and call again after its return', async () => {
    await connects(alice, bob);
    await hearEachOther(alice, bob);
    await asterisk.kill();
    await asterisk.restart();
    const since = Date.now();
    for (const {page} of [alice, bob])
      await page.waitForFunction(
        () => (document.querySelector('sip-client') as any).state.registration === 'registered',
      );
    const after = Date.now() - since;
    assert.ok(after < SOON, `registered after ${after} ms`);
    for (const each of [alice, bob]) assert.equal((await cause(each)).code, 'call-lost');
    await connects(bob, alice);
    await hearEachOther(alice, bob);
    await ends(alice, bob);
  });
});
