import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {API_CODE, API_HEADER, CALL_TYPE} from '../../../src/dispatch/protocol.js';
import {startsKeyFrame} from '../../../server/media/picture/vp8.js';
import {toneWav, uploaded, uploadsFolder} from '../../support/clips/clips.js';
import type {ScriptedCall} from '../../support/scripted/scripted-call.js';
import type {ScriptedClient} from '../../support/scripted/scripted-client.js';
import {firstOfFilm} from '../../support/scripted/scripted-media.js';
import {onSite, type ScriptedSite} from '../../support/scripted/scripted-site.js';
import type {RawApiMessage} from '../../support/scripted/raw-api.js';
import {burstsOf, hearsTones, voice} from '../../support/scripted/scripted-voice.js';

/** The tone of every camera, in hertz. */
const CAMERA_TONE = 440;

/** The tones of the sample film and of an uploaded sound, in hertz. */
const FILM_TONE = 600;
const FILE_TONE = 3100;

/** The tone of each client, in hertz. */
const TONES: Readonly<Record<string, number>> = {'1001': 800, '1003': 1100, '1004': 1900};

/** Resolves once each client hears exactly the named others. */
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

/**
 * Whether a client learned of its session before its INVITE came, as the server is configured
 * (docs/protocol/clients.md#order).
 */
function askedInOrder({wire}: ScriptedClient, from: number): boolean {
  const heard = wire.slice(from);
  return heard.indexOf('reply 0') < heard.indexOf('INVITE');
}

let folder: Awaited<ReturnType<typeof uploadsFolder>>;
before(async () => (folder = await uploadsFolder()));
after(() => folder.remove());

type InviteOrder = 'reply-first' | 'invite-first';

/** A site whose clients use this carrier unless a test names another. */
const siteOf =
  (carrier: 1 | 2, inviteOrder: InviteOrder) =>
  (run: (site: ScriptedSite) => Promise<void>): Promise<void> =>
    onSite((site) => run({...site, client: (user, other = carrier) => site.client(user, other)}), {
      inviteOrder,
      uploads: folder.path,
    });

const clients = (site: ScriptedSite, ...numbers: string[]): Promise<ScriptedClient[]> =>
  Promise.all(numbers.map((number) => site.client(number)));

// How a session begins depends on carrier and order together; what follows, on either of them alone.
for (const inviteOrder of ['reply-first', 'invite-first'] as const)
  for (const carrier of [1, 2] as const)
    describe(`a client that nobody can change, on carrier ${carrier}, ${inviteOrder.replace('-', ' ')}`, () => {
      const onCarrier = siteOf(carrier, inviteOrder);
      const place: Readonly<Record<string, (client: ScriptedClient) => ReturnType<ScriptedClient['call']>>> =
        {
          'a call': (client) => client.call('1003'),
          'a conference': (client) => client.gather(['1003'], {number: '700'}),
          'a broadcast': (client) => client.gather(['1003'], {ctype: CALL_TYPE.broadcast}),
          'a conference with a file': (client) => client.gather(['1003'], {fileId: 'sample-sound'}),
          'a broadcast with a file': (client) =>
            client.gather(['1003'], {ctype: CALL_TYPE.broadcast, fileId: 'sample-sound'}),
        };
      it(`begins and ends ${Object.keys(place).join(', ')}, and watches a camera`, () =>
        onCarrier(async (site) => {
          const [alice, carol] = await clients(site, '1001', '1003');
          for (const [what, begins] of Object.entries(place)) {
            const from = alice!.wire.length;
            const {cid} = await begins(alice!);
            const answered = await carol!.answer();
            assert.ok(answered.ids?.startsWith(`${cid}.`), what);
            assert.equal(askedInOrder(alice!, from), inviteOrder === 'reply-first', what);
            await alice!.endForAll(cid);
            await Promise.all([alice!.forgets(cid), carol!.forgets(cid)]);
          }
          const from = alice!.wire.length;
          const {cid} = await alice!.call('1019', 2);
          await alice!.sees('event 6');
          assert.equal(askedInOrder(alice!, from), inviteOrder === 'reply-first', 'a camera');
          await alice!.endForAll(cid);
          await alice!.forgets(cid);
        }));
    });

for (const [carrier, inviteOrder] of [
  [1, 'reply-first'],
  [2, 'invite-first'],
] as const)
  describe(`a client that nobody can change, on carrier ${carrier}, ${inviteOrder.replace('-', ' ')}, from beginning to end`, () => {
    const onCarrier = siteOf(carrier, inviteOrder);

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

    for (const [kind, ctype] of [
      ['conferences', CALL_TYPE.temporaryConference],
      ['broadcasts', CALL_TYPE.broadcast],
    ] as const)
      it(`places, receives and ends ${kind} that begin with a file, which is seen and heard`, () =>
        onCarrier(async (site) => {
          const [alice, carol, dave] = await clients(site, '1001', '1003', '1004');
          const from = alice!.wire.length;
          const options = {ctype, media: 2, number: '702', fileId: 'sample-film'};
          const {cid, call} = await alice!.gather(['1003', '1004'], options);
          assert.equal(askedInOrder(alice!, from), inviteOrder === 'reply-first');
          const answered = [await carol!.answer(), await dave!.answer()];
          const calls = [call, ...answered];
          assert.deepEqual(
            calls.map(({ids}) => ids),
            calls.map(() => `${cid}.${ctype}`),
          );
          for (const {name, media} of calls) media!.voice = voice(TONES[name]!);
          const speaking = (number: string): number[] =>
            ['1001', '1003', '1004']
              .filter((other) => other !== number && (ctype !== CALL_TYPE.broadcast || other === '1001'))
              .map((other) => TONES[other]!);
          await Promise.all(
            calls.map(async ({name, media}) => {
              const silent = Object.values(TONES).filter((tone) => !speaking(name).includes(tone));
              await hearsTones(media!, [FILM_TONE, ...speaking(name)], silent);
              await firstOfFilm(media!);
            }),
          );
          const stopped = await alice!.ask(API_HEADER.playFileStop, {cid, FileID: 'sample-film'});
          assert.equal(stopped.code, API_CODE.none);
          await hearsTones(answered[0]!.media!, speaking('1003'), [FILM_TONE]);
          await answered[1]!.hangup();
          await dave!.forgets(cid);
          await alice!.endForAll(cid);
          await Promise.all([alice, carol].map((client) => client!.forgets(cid)));
          assert.deepEqual(
            calls.map(({over}) => over),
            ['bye', 'bye', 'hung up'],
          );
        }));

    it('plays a file in a conference that runs, as often as it says, and stops it', () =>
      onCarrier(async (site) => {
        const [alice, carol, dave] = await clients(site, '1001', '1003', '1004');
        const id = await uploaded(site.server.url, 'beep.wav', toneWav(FILE_TONE, 0.3, {silence: 0.3}));
        const {cid, call} = await alice!.gather(['1003', '1004']);
        const answered = [await carol!.answer(), await dave!.answer()];
        for (const {media} of answered) media!.sending = false;
        const media = answered[0]!.media!;
        const beeps = (from: number): number =>
          burstsOf(
            media.heard.slice(from).map(({payload}) => payload),
            FILE_TONE,
          );
        await media.hears(() => true);
        // The count has quotation marks of its own (docs/protocol/files.md#playing).
        const play = (times: number): Promise<RawApiMessage> =>
          alice!.ask(API_HEADER.playFile, {cid, FileID: id, RePlayNum: `"${times}"`, playnow: '1'});
        assert.equal((await play(3)).code, API_CODE.none);
        await carol!.seesMember({number: id, state: '10'});
        assert.equal(beeps(0), 3);
        assert.equal((await play(1000)).code, API_CODE.none);
        assert.equal((await play(1)).code, API_CODE.fileAlreadyPlaying);
        await Promise.all([call, ...answered].map((each) => hearsTones(each.media!, [FILE_TONE])));
        const stop = (): Promise<RawApiMessage> => alice!.ask(API_HEADER.playFileStop, {cid, FileID: id});
        assert.equal((await stop()).code, API_CODE.none);
        assert.equal((await stop()).code, API_CODE.fileNotFound);
        const stopped = media.heard.length + 10;
        while (media.heard.length < stopped + 40) await media.hears(() => true);
        assert.equal(beeps(stopped), 0);
        await alice!.endForAll(cid);
        await Promise.all([alice, carol, dave].map((client) => client!.forgets(cid)));
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
