import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {describe, it} from 'node:test';
import {API_HEADER, CALL_STATE} from '../../../src/dispatch/protocol.js';
import {until} from '../../support/in-page/facts.js';
import type {ScriptedCall} from '../../support/scripted/scripted-call.js';
import type {ScriptedClient} from '../../support/scripted/scripted-client.js';
import {hearsTones, voice} from '../../support/scripted/scripted-voice.js';
import {onSite, type ScriptedSite} from '../../support/scripted/scripted-site.js';

/** Shorter than any test waits. */
const SOON = {returnTimeout: 200};

interface Talk {
  readonly instance: string;
  readonly alice: ScriptedClient;
  readonly bob: ScriptedClient;
  readonly cid: string;
  readonly asker: ScriptedCall;
  readonly callee: ScriptedCall;
}

/** Alice, whose client has an instance id, talks to Bob. */
async function talking(site: ScriptedSite, media = 1): Promise<Talk> {
  const instance = randomUUID();
  const alice = await site.client('1001', 1, instance);
  const bob = await site.client('1002', 1, randomUUID());
  const {cid, call: asker} = await alice.call('1002', media);
  const callee = await bob.incoming.next();
  await callee.answer();
  await Promise.all([callee.established, alice.sees('event 6'), bob.sees('event 6')]);
  await hear(asker, callee);
  return {instance, alice, bob, cid, asker, callee};
}

/** The call hears another client from now on. */
async function hears({media}: ScriptedCall, other: string, kind = 'audio'): Promise<void> {
  media!.heard.length = 0;
  await media!.hears((packet) => packet.kind === kind && packet.name === other);
}

const hear = (one: ScriptedCall, other: ScriptedCall): Promise<unknown> =>
  Promise.all([hears(one, other.name), hears(other, one.name)]);

/** Sounds are mixed, and have tones instead of names. */
async function hearsTone({media}: ScriptedCall, tone: number): Promise<void> {
  media!.heard.length = 0;
  await hearsTones(media!, [tone]);
}

/** A page of the same client takes the call over; resolves with its call there. */
async function reloaded(
  site: ScriptedSite,
  {user, instance, call}: {user: string; instance: string; call: ScriptedCall},
  kinds?: readonly ('audio' | 'video')[],
): Promise<{page: ScriptedClient; next: ScriptedCall}> {
  const page = await site.client(user, 1, instance);
  const {call: next, response} = await page.continues(call, kinds);
  assert.equal(response.status, 200);
  return {page, next: next!};
}

describe('an answered call whose client has lost its socket', () => {
  it('goes on at both sides, and over the new socket, with what was sent meanwhile', () =>
    onSite(async (site) => {
      const {alice, bob, asker, callee} = await talking(site);
      await alice.isCutOff();
      await hear(asker, callee);
      assert.equal(await callee.info('Signal=5\r\nDuration=160\r\n'), 200);
      const held = callee.reinvite('sendonly');
      await alice.returns();
      await until(() => asker.infos.length === 1);
      await held;
      await until(() => asker.offers.length === 1);
      assert.match(asker.offers[0]!, /^a=(sendonly|inactive)/m);
      await callee.reinvite();
      await until(() => asker.offers.length === 2);
      await hear(asker, callee);
      assert.deepEqual([asker.over, callee.over], [undefined, undefined]);
      assert.equal(await asker.hangup(), 200);
      assert.equal(await callee.ended, 'bye');
      assert.equal(callee.reason, undefined);
      await Promise.all([alice.sees('event 10'), bob.sees('event 10')]);
      await until(() => site.server.stats()['dialogs'] === 0);
    }));

  it('takes what arrives before the client has registered again', () =>
    onSite(async (site) => {
      const {alice, asker, callee} = await talking(site);
      await alice.isCutOff();
      await alice.returns({registers: false});
      const answered = asker.hangup();
      await alice.register();
      assert.equal(await answered, 200);
      assert.equal(await callee.ended, 'bye');
    }));

  it('goes on if the client knows before the server that its socket is dead', () =>
    onSite(async (site) => {
      const {alice, asker, callee} = await talking(site);
      const before = site.server.stats()['connections'];
      await alice.returns();
      await until(() => site.server.stats()['connections'] === before);
      await asker.reinvite();
      await hear(asker, callee);
      assert.equal(await callee.hangup(), 200);
      assert.equal(await asker.ended, 'bye');
    }));

  it('survives one cut after another', () =>
    onSite(async (site) => {
      const {alice, bob, asker, callee} = await talking(site);
      for (let count = 0; count < 3; count += 1) {
        await alice.isCutOff();
        await alice.returns();
        await asker.reinvite();
      }
      await Promise.all([alice.isCutOff(), bob.isCutOff()]);
      await Promise.all([alice.returns(), bob.returns()]);
      await hear(asker, callee);
      assert.equal(await asker.hangup(), 200);
      assert.equal(await callee.ended, 'bye');
    }));

  it('ends at the client’s return if the other side has hung up', () =>
    onSite(async (site) => {
      const {alice, bob, cid, asker, callee} = await talking(site);
      await alice.isCutOff();
      assert.equal(await callee.hangup(), 200);
      await alice.returns();
      assert.equal(await asker.ended, 'bye');
      await alice.forgets(cid);
      await bob.forgets(cid);
    }));

  it('ends for both, and says why, if the client does not return in time', () =>
    onSite(async (site) => {
      const {alice, bob, cid, asker, callee} = await talking(site);
      await alice.isCutOff();
      assert.equal(await callee.ended, 'bye');
      assert.match(callee.reason!, /^Q\.850;cause=102;/);
      await bob.forgets(cid);
      await until(() => site.server.stats()['dialogs'] === 0);
      await alice.returns();
      await alice.forgets(cid);
      await assert.rejects(asker.reinvite(), /481/);
    }, SOON));

  it('is not another user’s, who knows its tags', () =>
    onSite(async (site) => {
      const {alice, asker, callee} = await talking(site);
      const mallory = await site.client('1003', 1, randomUUID());
      await alice.isCutOff();
      await assert.rejects(
        mallory.adopts(asker, () => asker.reinvite()),
        /481/,
      );
      await alice.returns();
      await hear(asker, callee);
      assert.equal(callee.over, undefined);
    }));

  it('ends at once if the client has no instance id, and so does one that rings there', () =>
    onSite(async (site) => {
      const [alice, bob] = [await site.client('1001'), await site.client('1002', 1, randomUUID())];
      const {call: first} = await alice.call('1002');
      await bob.incoming.next();
      await bob.isCutOff();
      assert.equal(await first.ended, 'bye');
      await bob.returns();
      await alice.call('1002');
      const callee = await bob.answer();
      await alice.isCutOff();
      assert.equal(await callee.ended, 'bye');
    }));
});

describe('an INVITE of another page of the client that replaces an answered call', () => {
  it('continues it: the other side hears on, and events come to the new page', () =>
    onSite(async (site) => {
      const {alice, bob, cid, asker, callee, instance} = await talking(site);
      await alice.isCutOff();
      const {page, next} = await reloaded(site, {user: '1001', instance, call: asker});
      await hear(next, callee);
      assert.equal(callee.over, undefined);
      assert.equal(await callee.refer('<sip:1003@localhost>'), 202);
      await callee.notified('SIP/2.0 480 Temporarily Unavailable');
      await next.reinvite('sendonly');
      await until(() => /^a=(sendonly|inactive)/m.test(callee.offers.at(-1) ?? ''));
      await next.reinvite();
      await hear(next, callee);
      const again = await reloaded(site, {user: '1001', instance, call: next});
      assert.equal(await next.ended, 'bye');
      await hear(again.next, callee);
      assert.equal(await callee.hangup(), 200);
      assert.equal(await again.next.ended, 'bye');
      await Promise.all([bob.forgets(cid), again.page.sees('event 10')]);
      assert.ok(!page.wire.includes('event 10'));
    }));

  it('continues the pictures, too', () =>
    onSite(async (site) => {
      const {alice, asker, callee, instance} = await talking(site, 2);
      await Promise.all([hears(asker, '1002', 'video'), hears(callee, '1001', 'video')]);
      await alice.isCutOff();
      const {next} = await reloaded(site, {user: '1001', instance, call: asker}, ['audio', 'video']);
      await Promise.all([hears(next, '1002', 'video'), hears(callee, '1001', 'video')]);
      await hear(next, callee);
    }));

  it('is refused to another user with 403, and with 481 if there is no such call', () =>
    onSite(async (site) => {
      const {asker, callee} = await talking(site);
      const mallory = await site.client('1003', 1, randomUUID());
      assert.equal((await mallory.continues(asker)).response.status, 403);
      await asker.hangup();
      await callee.ended;
      assert.equal((await mallory.continues(asker)).response.status, 481);
    }));
});

describe('a conference, intercom or watched camera', () => {
  it('keeps a member whose socket is lost, and takes in the member’s next page', () =>
    onSite(async (site) => {
      const instance = randomUUID();
      const [alice, bob] = [await site.client('1001'), await site.client('1002', 1, instance)];
      const {cid, call: asker} = await alice.gather(['1002']);
      const member = await bob.answer();
      asker.media!.voice = voice(500);
      member.media!.voice = voice(800);
      const speak = (other: ScriptedCall) => Promise.all([hearsTone(asker, 800), hearsTone(other, 500)]);
      await speak(member);
      await bob.isCutOff();
      await speak(member);
      await bob.returns();
      await member.reinvite();
      await bob.isCutOff();
      const {page, next} = await reloaded(site, {user: '1002', instance, call: member});
      next.media!.voice = voice(800);
      await speak(next);
      await alice.ask('operate.delmember', {cid, number: '1002'});
      assert.equal(await next.ended, 'bye');
      await page.sees('event 19');
    }));

  it('lists a member who did not return as ended abnormally', () =>
    onSite(async (site) => {
      const [alice, bob] = [await site.client('1001'), await site.client('1002', 1, randomUUID())];
      await alice.gather(['1002']);
      await bob.answer();
      await alice.sees(`member 1002: ${CALL_STATE.connected}`);
      await bob.isCutOff();
      await alice.sees(`member 1002: ${CALL_STATE.dead}`);
    }, SOON));

  it('keeps the participant and frees the floor', () =>
    onSite(async (site) => {
      const instance = randomUUID();
      const [alice, bob] = [await site.client('1001', 1, instance), await site.client('1002')];
      const floor = (client: ScriptedClient, optype: number) =>
        client.ask(API_HEADER.applySpeak, {
          caller: client.user,
          ctype: 9,
          members: '9001',
          isVideo: 1,
          optype,
        });
      const {call: speaker} = await alice.place(floor(alice, 55));
      const listener = await bob.answer();
      speaker.media!.voice = voice(500);
      await hearsTone(listener, 500);
      const bobSpeaks = async () => {
        await until(() => bob.events.at(-1)?.speaker === '');
        assert.equal((await floor(bob, 55)).code, 0);
        assert.equal((await floor(bob, 56)).code, 0);
      };
      await alice.isCutOff();
      await bobSpeaks();
      await alice.returns();
      assert.equal((await floor(alice, 55)).code, 0);
      await hearsTone(listener, 500);
      await alice.isCutOff();
      await bobSpeaks();
      const {page, next} = await reloaded(site, {user: '1001', instance, call: speaker});
      next.media!.voice = voice(500);
      assert.equal((await floor(page, 55)).code, 0);
      await hearsTone(listener, 500);
      assert.equal((await floor(page, 56)).code, 0);
      await next.hangup();
    }));

  it('is watched on by the next page', () =>
    onSite(async (site) => {
      const instance = randomUUID();
      const alice = await site.client('1001', 1, instance);
      const {call} = await alice.watch('1019');
      await call.media!.hears(({kind}) => kind === 'video');
      await alice.isCutOff();
      const {next} = await reloaded(site, {user: '1001', instance, call}, ['audio', 'video']);
      await next.media!.hears(({kind}) => kind === 'video');
      await next.media!.hears(({kind}) => kind === 'audio');
    }));
});
