import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {API_HEADER, CALL_TYPE} from '../../src/dispatch/protocol.js';
import {startsKeyFrame} from '../../demo/server/media/vp8.js';
import type {ScriptedCall} from '../support/scripted-call.js';
import type {ScriptedClient} from '../support/scripted-client.js';
import {onSite, type ScriptedSite} from '../support/scripted-site.js';
import {hearsTones, voice} from '../support/scripted-voice.js';

/** What every camera lets be heard, in hertz. */
const CAMERA_TONE = 440;

/** What each client says, in hertz. */
const TONES: Readonly<Record<string, number>> = {'1001': 600, '1003': 1100, '1004': 1900};

/** Resolves once each hears those whom it is said to hear, and nobody else. */
async function hear(calls: readonly ScriptedCall[], expected: Readonly<Record<string, string[]>>) {
  for (const {name, media} of calls) media!.voice ??= voice(TONES[name]!);
  await Promise.all(
    calls.map(({name, media}) => {
      const heard = (expected[name] ?? []).map((number) => TONES[number]!);
      return hearsTones(
        media!,
        heard,
        Object.values(TONES).filter((tone) => !heard.includes(tone)),
      );
    }),
  );
}

/** Whether a client heard of the session it asked for before its INVITE came, as the server is set to (§8.2). */
function askedInOrder({wire}: ScriptedClient, from: number): boolean {
  const heard = wire.slice(from);
  return heard.indexOf('reply 0') < heard.indexOf('INVITE');
}

for (const inviteOrder of ['reply-first', 'invite-first'] as const)
  for (const carrier of [1, 2] as const)
    describe(`a client that nobody can change, on carrier ${carrier}, ${inviteOrder.replace('-', ' ')}`, () => {
      const onCarrier = (run: (site: ScriptedSite) => Promise<void>): Promise<void> =>
        onSite((site) => run({...site, client: (user, other = carrier) => site.client(user, other)}), {
          inviteOrder,
        });
      const clients = (site: ScriptedSite, ...numbers: string[]): Promise<ScriptedClient[]> =>
        Promise.all(numbers.map((number) => site.client(number)));

      it('places, receives and ends calls of two, with sound and with picture', () =>
        onCarrier(async (site) => {
          const [alice, carol] = await clients(site, '1001', '1003');
          for (const media of [1, 2])
            for (const end of ['asker', 'called', 'for all'] as const) {
              const from = alice!.wire.length;
              const {cid, call} = await alice!.call('1003', media);
              const answered = await carol!.answer();
              assert.equal(answered.ids, `${cid}.12`);
              assert.equal(askedInOrder(alice!, from), inviteOrder === 'reply-first');
              await hear([call, answered], {'1001': ['1003'], '1003': ['1001']});
              if (media === 2) await call.media!.hears(({kind, name}) => kind === 'video' && name === '1003');
              if (end === 'asker') await call.hangup();
              else if (end === 'called') await answered.hangup();
              else await alice!.endForAll(cid);
              await Promise.all([call.ended, answered.ended]);
              await Promise.all([alice!.forgets(cid), carol!.forgets(cid)]);
            }
        }));

      it('receives calls that it declines, and gives up those that it placed', () =>
        onCarrier(async (site) => {
          const [alice, carol] = await clients(site, '1001', '1003');
          const {cid} = await alice!.call('1003');
          await (await carol!.incoming.next()).decline();
          await Promise.all([alice!.forgets(cid), carol!.forgets(cid)]);
          assert.ok(alice!.wire.includes('event 18'));
          const again = await alice!.call('1003');
          const ringing = await carol!.incoming.next();
          await again.call.hangup();
          assert.equal(await ringing.ended, 'cancelled');
          await Promise.all([alice!.forgets(again.cid), carol!.forgets(again.cid)]);
        }));

      it('places, receives and ends conferences, whose members leave and come back', () =>
        onCarrier(async (site) => {
          const [alice, carol, dave] = await clients(site, '1001', '1003', '1004');
          const from = alice!.wire.length;
          const {cid, call} = await alice!.gather(['1003', '1004'], {media: 2, number: '700', name: '早会'});
          const answered = [await carol!.answer(), await dave!.answer()];
          assert.deepEqual(
            [call, ...answered].map(({ids}) => ids),
            [`${cid}.5`, `${cid}.5`, `${cid}.5`],
          );
          assert.equal(askedInOrder(alice!, from), inviteOrder === 'reply-first');
          await hear([call, ...answered], {
            '1001': ['1003', '1004'],
            '1003': ['1001', '1004'],
            '1004': ['1001', '1003'],
          });
          await answered[0]!.hangup();
          await carol!.forgets(cid);
          await hear([call, answered[1]!], {'1001': ['1004'], '1004': ['1001']});
          const {code} = await alice!.ask(API_HEADER.addMember, {cid, number: '1003'});
          assert.equal(code, 0);
          const back = await carol!.answer();
          await hear([call, back], {'1001': ['1003', '1004'], '1003': ['1001', '1004']});
          await alice!.endForAll(cid);
          await Promise.all([alice, carol, dave].map((client) => client!.forgets(cid)));
          assert.deepEqual(
            [call, back, answered[1]!].map(({over}) => over),
            ['bye', 'bye', 'bye'],
          );
        }));

      it('places, receives and ends broadcasts', () =>
        onCarrier(async (site) => {
          const [alice, carol, dave] = await clients(site, '1001', '1003', '1004');
          const {cid, call} = await alice!.gather(['1003', '1004'], {ctype: CALL_TYPE.broadcast, media: 2});
          const answered = [await carol!.answer(), await dave!.answer()];
          assert.deepEqual(
            [call, ...answered].map(({ids}) => ids),
            [`${cid}.4`, `${cid}.4`, `${cid}.4`],
          );
          await hear([call, ...answered], {'1001': [], '1003': ['1001'], '1004': ['1001']});
          await answered[0]!.media!.hears(({kind, name}) => kind === 'video' && name === '1001');
          await answered[1]!.hangup();
          await dave!.forgets(cid);
          await alice!.endForAll(cid);
          await Promise.all([alice, carol].map((client) => client!.forgets(cid)));
        }));

      it('watches a camera, holds it and goes on with a key frame, and ends that', () =>
        onCarrier(async (site) => {
          const [alice] = await clients(site, '1001');
          const {cid, call} = await alice!.call('1019', 2);
          const {media} = call;
          await alice!.sees('event 6');
          await hearsTones(media!, [CAMERA_TONE]);
          await media!.hears(({kind}) => kind === 'video');
          await call.reinvite('sendonly');
          await media!.fallsSilent();
          const {length} = media!.heard;
          await call.reinvite('sendrecv');
          await media!.hears(({kind}) => kind === 'video');
          await hearsTones(media!, [CAMERA_TONE]);
          const first = media!.heard.slice(length).find(({kind}) => kind === 'video');
          assert.equal(startsKeyFrame(first!.payload), true);
          await call.hangup();
          await alice!.forgets(cid);
          const sound = await alice!.call('1019');
          await hearsTones(sound.call.media!, [CAMERA_TONE]);
          await alice!.endForAll(sound.cid);
          assert.equal(await sound.call.ended, 'bye');
          await alice!.forgets(sound.cid);
        }));
    });
