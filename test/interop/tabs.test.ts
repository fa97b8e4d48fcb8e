import assert from 'node:assert/strict';
import {after, before, describe} from 'node:test';
import {connects, ends, hearEachOther} from '../support/interop/conversation.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../support/interop/evidence.js';
import {startKamailio, type Kamailio} from '../support/interop/kamailio.js';
import {
  answer,
  LOOPBACK_FLAGS,
  person,
  type Person,
  type PersonOptions,
} from '../support/interop/sip-page.js';
import {nextEvent, placeCall} from '../support/page/phone-page.js';
import {openSite, type Site} from '../support/page/site.js';
import {size} from '../support/size.js';

const HANDOVERS = size(5, 50);

const ALICE: PersonOptions = {tone: 440};

describe('many tabs of one account at Kamailio', () => {
  let kamailio: Kamailio;
  let site: Site;
  let alice: Person;
  let bob: Person;

  before(async () => {
    kamailio = await startKamailio();
    site = await openSite({chromeFlags: LOOPBACK_FLAGS});
    alice = await person(site, kamailio, 'alice', ALICE);
    bob = await person(site, kamailio, 'bob', {tone: 800});
  });
  after(async () => {
    await site?.close();
    await kamailio?.stop();
  });

  const it = testsThatTell(async () => [
    ...(await Promise.all([alice, bob].map(({user, page}) => tellsOfPage(user, page)))),
    tellsOfLog('Kamailio', kamailio.log()),
  ]);

  it('are one contact', async () => {
    const other = await person(site, kamailio, 'alice', ALICE);
    assert.equal((await kamailio.contacts('alice')).length, 1);
    await other.page.close();
    assert.equal((await kamailio.contacts('alice')).length, 1);
  });

  it('keep a call in its tab while another one comes and goes', async () => {
    await connects(bob, alice);
    const other = await person(site, kamailio, 'alice', ALICE);
    await hearEachOther(alice, bob);
    await other.page.close();
    await alice.page.evaluate(() => (window as any).call.hold());
    await alice.page.evaluate(() => (window as any).call.unhold());
    await hearEachOther(alice, bob);
    await ends(bob, alice);
  });

  it(
    `miss no call while one takes over from another, ${HANDOVERS} times, and ring each once`,
    async () => {
      for (let count = 0; count < HANDOVERS; count += 1) {
        const next = await person(site, kamailio, 'alice', ALICE);
        await Promise.all([placeCall(bob.page, 'alice', 'audio'), alice.page.close()]);
        alice = next;
        await nextEvent(alice.page, 'sip-call-received');
        await answer(alice);
        await nextEvent(bob.page, 'sip-call-answered');
        await nextEvent(alice.page, 'sip-call-answered');
        await ends(bob, alice);
        const more = await alice.page.evaluate(
          () => (window as any).events.filter(({type}: Event) => type === 'sip-call-received').length,
        );
        assert.equal(more, 0);
        assert.equal((await kamailio.contacts('alice')).length, 1);
      }
    },
    30_000 + HANDOVERS * 20_000,
  );
});
