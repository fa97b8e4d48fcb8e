import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {ScriptedCall} from '../../support/scripted/scripted-call.js';
import {onSite, type ScriptedSite} from '../../support/scripted/scripted-site.js';

const audioOf = (name: string) => (packet: {kind: string; name: string}) =>
  packet.kind === 'audio' && packet.name === name;
const videoOf = (name: string) => (packet: {kind: string; name: string}) =>
  packet.kind === 'video' && packet.name === name;

/** Resolves when a call has had that many re-INVITEs. */
async function offered(call: ScriptedCall, count: number): Promise<string> {
  while (call.offers.length < count) await call.changed();
  return call.offers[count - 1] ?? '';
}

/** Resolves when the last re-INVITE that a call has had offers its picture so. */
async function offeredPicture(call: ScriptedCall, direction: string): Promise<void> {
  const picture = new RegExp(`^m=video[^]*^a=${direction}`, 'm');
  while (!picture.test(call.offers.at(-1) ?? '')) await call.changed();
}

async function talking(site: ScriptedSite, media = 1): Promise<{asker: ScriptedCall; callee: ScriptedCall}> {
  const [alice, bob] = [await site.client('1001'), await site.client('1002')];
  const {call: asker} = await alice.call('1002', media);
  const callee = await bob.incoming.next();
  await callee.answer();
  await Promise.all([callee.media?.hears(audioOf('1001')), asker.media?.hears(audioOf('1002'))]);
  return {asker, callee};
}

describe('a call under way', () => {
  it('tells a hold to the other side, keeps its media from the holder, and takes it back', () =>
    onSite(async (site) => {
      const {asker, callee} = await talking(site);
      assert.match(await asker.reinvite('sendonly'), /^a=recvonly/m);
      assert.match(await offered(callee, 1), /^a=sendonly/m);
      assert.match(await asker.reinvite('sendrecv'), /^a=sendrecv/m);
      assert.match(await offered(callee, 2), /^a=sendrecv/m);
      await Promise.all([asker.media?.hears(audioOf('1002')), callee.media?.hears(audioOf('1001'))]);
    }));

  it('forwards nothing to the holder', () =>
    onSite(async (site) => {
      const {asker, callee} = await talking(site);
      callee.refuseOffers = 488;
      await asker.reinvite('sendonly');
      await offered(callee, 1);
      // The callee was not informed and keeps sending; what the holder sends still passes.
      await callee.media?.hears(audioOf('1001'));
      const count = asker.media?.heard.length;
      for (let packets = 0; packets < 10; packets += 1) await callee.media?.hears(audioOf('1001'));
      assert.equal(asker.media?.heard.length, count);
      assert.deepEqual([asker.over, callee.over], [undefined, undefined]);
    }));

  it('lets both hold and come back in any order', () =>
    onSite(async (site) => {
      const {asker, callee} = await talking(site, 2);
      await asker.reinvite('sendonly');
      await offered(callee, 1);
      await callee.reinvite('inactive');
      assert.match(await offered(asker, 1), /^a=sendonly/m);
      await asker.reinvite('sendrecv');
      await offered(callee, 2);
      await callee.reinvite('sendrecv');
      await offered(asker, 2);
      await Promise.all([
        asker.media?.hears(videoOf('1002')),
        asker.media?.hears(audioOf('1002')),
        callee.media?.hears(videoOf('1001')),
        callee.media?.hears(audioOf('1001')),
      ]);
    }));

  it('brings the picture of a held client back that comes back first and sends none by itself', () =>
    onSite(async (site) => {
      const {asker, callee} = await talking(site, 2);
      await asker.reinvite('sendonly');
      await offeredPicture(callee, 'sendonly');
      await callee.reinvite('sendonly');
      await offeredPicture(asker, 'sendonly');
      // An existing client that was inactive only receives after its own release (docs/protocol/clients.md#media).
      await asker.reinvite('recvonly');
      await offeredPicture(callee, 'recvonly');
      await callee.reinvite('sendrecv');
      for (const call of [asker, callee]) await offeredPicture(call, 'sendrecv');
    }));

  it('offers video that one side adds to the other', () =>
    onSite(async (site) => {
      const {asker, callee} = await talking(site);
      callee.media?.add('video');
      assert.match(await callee.reinvite(), /^m=video [1-9]/m);
      assert.match(await offered(asker, 1), /^m=video [1-9]/m);
      await Promise.all([asker.media?.hears(videoOf('1002')), callee.media?.hears(videoOf('1001'))]);
    }));

  for (const [whose, instance] of [
    ['that the server called', '0d9c9d43-4ae6-4d39-b5ee-1a1bd4bdb0a4'],
    ['that called by SIP', undefined],
  ] as const)
    it(`tells a client ${whose} that its picture is not taken, where the other side answers with sound alone`, () =>
      onSite(async (site) => {
        const bob = await site.client('1002');
        const alice = await site.client('1001', 1, instance);
        const placed = instance ? undefined : alice.invite('1002', ['audio', 'video']);
        const called = placed ? undefined : (await alice.call('1002', 2)).call;
        const callee = await bob.incoming.next();
        await callee.answer('inactive', 'video');
        const call = called ?? (await placed)?.call;
        assert.ok(call);
        await offeredPicture(call, 'inactive');
        await call.media?.hears(audioOf('1002'));
        assert.equal(callee.offers.length, 0);
        // It adds the picture again: the other side is asked.
        await call.reinvite();
        await offeredPicture(callee, 'sendrecv');
        await callee.media?.hears(videoOf('1001'));
        assert.deepEqual([call.offers.length, callee.offers.length], [1, 1]);
      }));

  it('goes on as a voice call where the other side refuses added video, and holds without offering it again', () =>
    onSite(async (site) => {
      const {asker, callee} = await talking(site);
      callee.refuseOffers = 488;
      asker.media?.add('video');
      await asker.reinvite();
      await offered(callee, 1);
      callee.refuseOffers = undefined;
      await asker.reinvite('sendonly');
      assert.doesNotMatch(await offered(callee, 2), /^m=video [1-9]/m);
      assert.deepEqual([asker.over, callee.over], [undefined, undefined]);
    }));

  it('shows a figure to a client that names no instance until there is a picture, in one stream', () =>
    onSite(async (site) => {
      const [alice, bob] = [await site.client('1001'), await site.client('1002')];
      const {call} = await alice.call('1002', 2);
      const callee = await bob.incoming.next();
      await callee.answer();
      callee.media!.sending = false;
      const figure = await call.media!.seesFigure();
      callee.media!.sending = true;
      const picture = await call.media!.hears(videoOf('1002'));
      const {figures} = call.media!;
      assert.deepEqual([picture.key, picture.ssrc], [true, figure.ssrc]);
      assert.equal(picture.sequence, (figures.at(-1)!.sequence + 1) & 0xffff);
    }));

  it('carries tones as INFO, refused by the other side without an end', () =>
    onSite(async (site) => {
      const {asker, callee} = await talking(site);
      assert.equal(await asker.info('Signal=5\r\nDuration=2000'), 200);
      while (callee.infos.length === 0) await callee.changed();
      assert.deepEqual(callee.infos, ['Signal=5\r\nDuration=2000']);
      await callee.media?.hears(audioOf('1001'));
      assert.equal(callee.over, undefined);
    }));

  it('survives re-INVITEs that cross each other', () =>
    onSite(async (site) => {
      const {asker, callee} = await talking(site);
      const results = await Promise.allSettled([asker.reinvite('sendonly'), callee.reinvite('sendonly')]);
      assert.ok(results.some(({status}) => status === 'fulfilled'));
      assert.deepEqual([asker.over, callee.over], [undefined, undefined]);
    }));
});

describe('an INVITE that a client sends itself', () => {
  it('is put through with ids of type 1, 180 and 200, and media both ways', () =>
    onSite(async (site) => {
      const [alice, bob] = [await site.client('1001'), await site.client('1002')];
      const calling = alice.invite('1002', ['audio', 'video']);
      const ringing = await bob.incoming.next();
      assert.match(ringing.ids ?? '', /^[^.]+\.1$/);
      assert.deepEqual(ringing.caller, {number: '1001', name: '王芳'});
      await ringing.answer();
      const {call, rang} = await calling;
      assert.ok(call);
      assert.equal(rang, true);
      await Promise.all([
        call.media?.hears(videoOf('1002')),
        ringing.media?.hears(videoOf('1001')),
        call.media?.hears(audioOf('1002')),
        ringing.media?.hears(audioOf('1001')),
      ]);
      await call.hangup();
      assert.equal(await ringing.ended, 'bye');
      await bob.sees('event 10');
      assert.ok(!alice.wire.some((entry) => entry.startsWith('event')));
    }));

  it('holds, adds video and carries tones as other calls do', () =>
    onSite(async (site) => {
      const [alice, bob] = [await site.client('1001'), await site.client('1002')];
      const calling = alice.invite('1002');
      const callee = await bob.incoming.next();
      await callee.answer();
      const {call} = await calling;
      assert.ok(call);
      await callee.media?.hears(audioOf('1001'));
      await call.reinvite('sendonly');
      assert.match(await offered(callee, 1), /^a=sendonly/m);
      await call.reinvite('sendrecv');
      await offered(callee, 2);
      callee.media?.add('video');
      await callee.reinvite();
      assert.match(await offered(call, 1), /^m=video [1-9]/m);
      await call.media?.hears(videoOf('1002'));
      await callee.info('Signal=1\r\nDuration=160');
      while (call.infos.length === 0) await call.changed();
      await callee.hangup();
      assert.equal(await call.ended, 'bye');
    }));

  const refusals: [string, string, number][] = [
    ['a number that does not exist', '7777', 404],
    ['a number that nobody registered', '1003', 480],
    ['oneself alone', '1001', 480],
  ];
  for (const [what, number, status] of refusals) {
    it(`is refused with ${status} to ${what}`, () =>
      onSite(async (site) => {
        const alice = await site.client('1001');
        assert.equal((await alice.invite(number)).response.status, status);
      }));
  }

  for (const status of [480, 486, 603]) {
    it(`relays ${status}`, () =>
      onSite(async (site) => {
        const [alice, bob] = [await site.client('1001'), await site.client('1002')];
        const calling = alice.invite('1002');
        await (await bob.incoming.next()).decline(status);
        assert.equal((await calling).response.status, status);
        await bob.sees('event 10');
      }));
  }

  it('is answered with 408 where nobody answers', () =>
    onSite(
      async (site) => {
        const [alice, bob] = [await site.client('1001'), await site.client('1002')];
        const calling = alice.invite('1002');
        assert.equal(await (await bob.incoming.next()).ended, 'cancelled');
        assert.equal((await calling).response.status, 408);
      },
      {noAnswerTimeout: 300},
    ));

  it('stops ringing when its caller gives up', () =>
    onSite(async (site) => {
      const [alice, bob] = [await site.client('1001'), await site.client('1002')];
      let cancel = (): void => undefined;
      const calling = alice.invite('1002', ['audio'], new Promise((resolve) => (cancel = resolve)));
      const ringing = await bob.incoming.next();
      cancel();
      assert.equal((await calling).response.status, 487);
      assert.equal(await ringing.ended, 'cancelled');
      await bob.sees('event 10');
    }));

  it('ends when either socket dies', () =>
    onSite(async (site) => {
      const [alice, bob] = [await site.client('1001'), await site.client('1002')];
      const calling = alice.invite('1002');
      const callee = await bob.incoming.next();
      await callee.answer();
      const {call} = await calling;
      await bob.crash();
      assert.equal(await call?.ended, 'bye');
    }));
});
