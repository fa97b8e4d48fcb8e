import assert from 'node:assert/strict';
import {after, afterEach, before, describe} from 'node:test';
import {
  connects,
  ends,
  hearEachOther,
  holdEachOther,
  off,
  seeEachOther,
} from '../support/interop/conversation.js';
import {startDeskPhone, type DeskPhone} from '../support/interop/desk-phone.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../support/interop/evidence.js';
import {hurriesTimers} from '../support/interop/hurried-timers.js';
import {startNodes, type Kamailio} from '../support/interop/kamailio.js';
import {nextEvent, placeCall} from '../support/page/phone-page.js';
import {hearsTones} from '../support/page/signals.js';
import {answer, cause, hangsUp, LOOPBACK_FLAGS, person, type Person} from '../support/interop/sip-page.js';
import {openSite, type Site} from '../support/page/site.js';

describe('two Kamailio nodes that share their locations', () => {
  let one: Kamailio;
  let other: Kamailio;
  let site: Site;
  let alice: Person;
  let bob: Person;
  let desk: DeskPhone;

  before(async () => {
    [one, other] = await startNodes();
    site = await openSite({chromeFlags: LOOPBACK_FLAGS});
    alice = await person(site, one, 'alice', {tone: 800});
    bob = await person(site, other, 'bob', {
      tone: 1300,
      server: `${other.wss} ${one.wss}`,
      halves: [
        [40, 180, 40],
        [180, 180, 40],
      ],
    });
    desk = await startDeskPhone(one, {answers: true});
  });
  after(async () => {
    await desk?.stop();
    await site?.close();
    await other?.stop();
    await one?.stop();
  });
  afterEach(
    async () => {
      for (const each of [alice, bob]) await hangsUp(each);
      for (const each of [alice, bob]) await off(each);
    },
    {timeout: 20_000},
  );

  const it = testsThatTell(async () => [
    ...(await Promise.all([alice, bob].map(({user, page}) => tellsOfPage(user, page)))),
    `desk: events not taken: ${desk.events().join(', ') || 'none'}`,
    tellsOfLog('the first node', one.log()),
    tellsOfLog('the second node', other.log()),
  ]);

  /** Waits until a node knows as many contacts of a user. */
  async function knows(node: Kamailio, user: string, count: number): Promise<void> {
    while ((await node.contacts(user)).length !== count)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }

  it('both know the users of each', async () => {
    for (const node of [one, other]) for (const user of ['alice', 'bob', 'desk']) await knows(node, user, 1);
  });

  it('let a user of one call a user of the other, with picture and hold, and either ends it', async () => {
    for (const [from, to] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      await connects(from, to, 'video');
      await seeEachOther(from, to);
      await holdEachOther(from, to);
      await ends(to, from);
    }
  });

  it('carry messages from one to the other', async () => {
    for (const [from, to] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      await from.page.evaluate(
        (number) => (document.querySelector('sip-client') as any).client.sendMessage(number, `To ${number}`),
        to.user,
      );
      const {message} = await nextEvent(to.page, 'sip-message-received');
      assert.equal(message.text, `To ${to.user}`);
    }
  });

  it('let a browser at one call a phone at the other, and the other way round', async () => {
    await placeCall(bob.page, 'desk', 'audio');
    await nextEvent(bob.page, 'sip-call-answered');
    await hearsTones(bob.page, [desk.tone], [bob.tone]);
    await desk.hears(bob.tone);
    await holdsAndGoesOn();
    await bob.page.evaluate(() => (window as any).call.hangup());
    await desk.event('CALL_CLOSED');

    await desk.command('dial', 'sip:bob@sip.test');
    await nextEvent(bob.page, 'sip-call-received');
    await answer(bob);
    await nextEvent(bob.page, 'sip-call-answered');
    await hearsTones(bob.page, [desk.tone], [bob.tone]);
    await desk.hears(bob.tone);
    await holdsAndGoesOn();
    await desk.command('hangup');
    assert.equal((await cause(bob)).code, 'normal');
  });

  async function holdsAndGoesOn(): Promise<void> {
    for (const command of ['hold', 'unhold'])
      await bob.page.evaluate((command) => (window as any).call[command](), command);
    await hearsTones(bob.page, [desk.tone], [bob.tone]);
  }

  it('lose no user whose node is killed: his call is heard on and ends at both, he is back with one contact and calls again', async () => {
    // The minute without media after which a call is lost passes in four parts.
    await hurriesTimers(bob.page, {15_000: 2_000});
    await connects(alice, bob);
    await hearEachOther(alice, bob);
    await bob.page.evaluate(() => {
      const {client} = document.querySelector('sip-client') as any;
      let lost = false;
      (window as any).back = new Promise<void>((resolve) =>
        client.addEventListener('statechange', () => {
          if (client.state.connection !== 'connected') lost = true;
          else if (lost && client.state.registration === 'registered') resolve();
        }),
      );
    });
    await other.kill();
    await bob.page.evaluate(() => (window as any).back as Promise<void>);
    await knows(one, 'bob', 1);
    await hearEachOther(alice, bob);
    // Her BYE passes the node that is gone.
    await alice.page.evaluate(() => (window as any).call.hangup());
    assert.equal((await cause(alice)).code, 'normal');
    assert.deepEqual(await cause(bob), {by: 'server', code: 'call-lost'});
    for (const each of [alice, bob]) await off(each);
    for (const [from, to] of [
      [bob, alice],
      [alice, bob],
    ] as const) {
      await connects(from, to);
      await hearEachOther(from, to);
      await ends(to, from);
    }
  }, 180_000);
});
