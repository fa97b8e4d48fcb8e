import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {MediaFile} from '../../../server/files/media-file.js';
import {startsKeyFrame} from '../../../server/media/picture/vp8.js';
import {API_CODE, API_HEADER, CALL_TYPE} from '../../../src/dispatch/protocol.js';
import {
  clip,
  filmMp4,
  ofAnotherProfile,
  toneWav,
  uploaded,
  uploadsFolder,
  withHole,
} from '../../support/clips/clips.js';
import type {ScriptedCall} from '../../support/scripted/scripted-call.js';
import type {ScriptedClient} from '../../support/scripted/scripted-client.js';
import {hear, meeting, toneOf} from '../../support/scripted/scripted-meeting.js';
import {firstOfFilm, isFilm} from '../../support/scripted/scripted-media.js';
import {onSite, type ScriptedSite} from '../../support/scripted/scripted-site.js';
import {burstsOf, hearsTones, voice} from '../../support/scripted/scripted-voice.js';

const {playFile, playFileStop, allMembers, createCallPlayFile, deleteMember, memberPush, forceEnd} =
  API_HEADER;

/** What the files of these tests sound like, in hertz, and the sample film. */
const TONE = 700;
const FILM_TONE = 600;
/** Often enough for a busy machine to hear it before it ends. */
const OFTEN = 1000;

let folder: Awaited<ReturnType<typeof uploadsFolder>>;
before(async () => (folder = await uploadsFolder()));
after(() => folder.remove());

const on = (run: (site: ScriptedSite) => Promise<void>): Promise<void> => onSite(run, {uploads: folder.path});

/** Plays a file as the existing client asks for it; gives the code. */
const play = async (client: ScriptedClient, cid: string, FileID: unknown, times = 1): Promise<number> =>
  (await client.ask(playFile, {cid, FileID, RePlayNum: `"${times}"`, playnow: '1'})).code;

const stop = async (client: ScriptedClient, cid: string, FileID: unknown): Promise<number> =>
  (await client.ask(playFileStop, {cid, FileID})).code;

/** What the list of members says of files. */
const listed = async (client: ScriptedClient, cid: string): Promise<Record<string, unknown>[]> =>
  (await client.ask(allMembers, {cid})).body.filter((member) => member['FileID'] !== undefined);

/** Answers the call that rings. */
async function answer(client: ScriptedClient, tone = toneOf(client.user)): Promise<ScriptedCall> {
  const call = await client.answer();
  call.media!.voice = voice(tone, tone ? 0.2 : 0);
  return call;
}

describe('the files that can be played', () => {
  it('are listed by their names: those with sound or a picture, the newest first, and the samples', () =>
    on(async (site) => {
      const alice = await site.client('1001');
      const tone = await uploaded(site.server.url, 'Evacuation, north', toneWav(TONE, 1));
      await uploaded(site.server.url, 'notes.txt', Buffer.from('nothing to hear'));
      let {code, body} = await alice.ask(API_HEADER.allFiles, {});
      // A busy machine may take longer to read a length than a client waits for the list.
      while (code === 0 && body[0]!['duration'] === undefined)
        ({code, body} = await alice.ask(API_HEADER.allFiles, {}));
      assert.equal(code, 0);
      const [first] = body;
      assert.equal(first!['FileID'], tone);
      assert.match(String(first!['name']), /^Evacuation, north/);
      assert.ok(Number(first!['size']) > 1000 && Math.abs(Number(first!['time']) - Date.now()) < 60_000);
      assert.deepEqual([first!['duration'], first!['url']], ['1.00', `/uploads/${tone}`]);
      const samples = body.filter(({sample}) => sample === '1').map(({FileID, name}) => [FileID, name]);
      assert.deepEqual(samples.sort(), [
        ['sample-film', 'sample-film.webm'],
        ['sample-sound', 'sample-sound.ogg'],
      ]);
      assert.ok(body.every(({name}) => name !== 'notes.txt'));
    }));
});

describe('a file that is played to a conference', () => {
  const sounds: [string, () => Buffer][] = [
    ['WAV of 8 kHz', () => toneWav(TONE, 1.5, {rate: 8000})],
    ['WAV of 44.1 kHz', () => toneWav(TONE, 1.5, {rate: 44_100})],
    ['WAV of 96 kHz', () => toneWav(TONE, 1.5, {rate: 96_000})],
    ['Opus in Ogg', () => clip('tone.ogg')],
    ['MP3', () => clip('tone.mp3')],
    ['AAC in MP4', () => clip('tone.m4a')],
  ];
  it(`is heard by all, and all hear each other: ${sounds.map(([name]) => name).join(', ')}`, () =>
    on(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003', '1004']);
      for (const [name, content] of sounds) {
        const id = await uploaded(site.server.url, 'tone', content());
        assert.equal(await play(clients[0]!, cid, id, OFTEN), 0, name);
        await Promise.all([
          hearsTones(calls[0]!.media!, [TONE, toneOf('1003'), toneOf('1004')], [toneOf('1001'), 5000]),
          hearsTones(calls[1]!.media!, [TONE, toneOf('1001'), toneOf('1004')], [toneOf('1003'), 5000]),
        ]);
        assert.equal(await stop(clients[0]!, cid, id), 0);
        await clients[1]!.seesMember({number: id, state: '10'});
        await hear(calls, {'1001': ['1003', '1004'], '1003': ['1001', '1004']});
      }
    }));

  it('is heard with its picture, from a key frame on, whoever speaks, and the speaker is seen again after it', () =>
    on(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003', '1004'], 2);
      const [alice, carol] = calls.map(({media}) => media!);
      assert.equal(await play(clients[0]!, cid, 'sample-film', OFTEN), 0);
      assert.ok(startsKeyFrame((await firstOfFilm(alice!)).payload));
      await carol!.hears(isFilm);
      await hearsTones(alice!, [FILM_TONE, toneOf('1003')]);
      assert.equal(await stop(clients[0]!, cid, 'sample-film'), 0);
      await clients[0]!.seesMember({number: 'sample-film', state: '10'});
      assert.equal(
        (await alice!.hears(({kind, name}) => kind === 'video' && name !== '1001')).name.length,
        4,
      );
    }));

  it('may be an MP4, where its picture is VP8', () =>
    on(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003'], 2);
      const id = await uploaded(site.server.url, 'film.mp4', await filmMp4());
      assert.equal(await play(clients[0]!, cid, id, OFTEN), 0);
      assert.ok(startsKeyFrame((await firstOfFilm(calls[1]!.media!)).payload));
      await hearsTones(calls[1]!.media!, [FILM_TONE]);
    }));

  it('gives way to a pushed member, and is seen again from a key frame on', () =>
    on(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003', '1004'], 2);
      const [alice] = calls.map(({media}) => media!);
      await play(clients[0]!, cid, 'sample-film', OFTEN);
      await alice!.hears(isFilm);
      await clients[0]!.ask(memberPush, {cid, number: '1004', ptype: 1});
      await alice!.hears(({kind, name}) => kind === 'video' && name === '1004');
      const again = alice!.hears(isFilm);
      await clients[0]!.ask(memberPush, {cid, number: '1004', ptype: 2});
      assert.ok(startsKeyFrame((await again).payload));
    }));

  it('is seen by one who comes in the middle of it, from a key frame on', () =>
    on(async (site) => {
      const {cid, clients} = await meeting(site, ['1003'], 2);
      const dave = await site.client('1004');
      await play(clients[0]!, cid, 'sample-film', OFTEN);
      await clients[0]!.seesMember(({number, position}) => number === 'sample-film' && Number(position) >= 2);
      await clients[0]!.ask(API_HEADER.addMember, {cid, number: '1004', astype: 2, speakertype: 2});
      const call = await answer(dave);
      assert.ok(startsKeyFrame((await firstOfFilm(call.media!)).payload));
    }));

  it('plays its sound alone in a conference without pictures', () =>
    on(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003']);
      assert.equal(await play(clients[0]!, cid, 'sample-film', OFTEN), 0);
      await hearsTones(calls[1]!.media!, [FILM_TONE, toneOf('1001')]);
    }));

  it('is played as often as was asked for', () =>
    on(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003']);
      for (const {media} of calls) media!.sending = false;
      const id = await uploaded(site.server.url, 'beep.wav', toneWav(TONE, 0.3, {silence: 0.3}));
      for (const times of [3, 1]) {
        const {media} = calls[1]!;
        await media!.hears(() => true);
        const before = media!.heard.length;
        const told = clients[1]!.memberChanges.length;
        assert.equal(await play(clients[0]!, cid, id, times), 0);
        await clients[1]!.sees(`member ${id}: 10`, times === 3 ? 1 : 2);
        for (let more = 0; more < 25; more += 1) await media!.hears(({kind}) => kind === 'audio');
        const payloads = media!.heard.slice(before).map(({payload}) => payload);
        assert.equal(burstsOf(payloads, TONE), times);
        const last = clients[1]!.memberChanges.slice(told).findLast(({number}) => number === id);
        assert.deepEqual([last?.['time'], last?.['times']], [String(times), String(times)]);
      }
    }));

  it('is a member of its own, with its progress, to all who take part', () =>
    on(async (site) => {
      const {cid, clients} = await meeting(site, ['1003']);
      const id = await uploaded(site.server.url, '铃声.wav', toneWav(TONE, 5));
      await play(clients[0]!, cid, id, 2);
      for (const client of clients) await client.seesMember({cid, number: id, state: '6', talking: '1'});
      const [member] = await listed(clients[1]!, cid);
      const {position, ...rest} = member!;
      const still = {speak: '2', hear: '1', push: '2', talking: '1', time: '1', times: '2'};
      assert.deepEqual(rest, {
        number: id,
        name: '铃声.wav',
        state: '6',
        FileID: id,
        duration: '5.0',
        ...still,
      });
      const positions = (): number[] =>
        clients[1]!.memberChanges.filter(({number}) => number === id).map(({position}) => Number(position));
      await clients[1]!.sees(`member ${id}: 6`, positions().length + 2);
      assert.ok(positions().at(-1)! > Number(position));
      assert.equal(await stop(clients[0]!, cid, id), 0);
    }));

  it('ends when it is stopped, by its own request or as a member, and can be played again', () =>
    on(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003']);
      const id = await uploaded(site.server.url, 'tone.wav', toneWav(TONE, 30));
      const end = [
        () => stop(clients[0]!, cid, id),
        async () => (await clients[0]!.ask(deleteMember, {cid, number: id})).code,
      ];
      for (const [index, ends] of end.entries()) {
        await play(clients[0]!, cid, id);
        await hearsTones(calls[1]!.media!, [TONE]);
        assert.equal(await ends(), 0);
        await clients[1]!.sees(`member ${id}: 10`, index + 1);
        await hearsTones(calls[1]!.media!, [toneOf('1001')], [TONE]);
        assert.deepEqual(await listed(clients[0]!, cid), []);
      }
    }));

  it('is played beside another one', () =>
    on(async (site) => {
      const {cid, clients, calls} = await meeting(site, ['1003']);
      const id = await uploaded(site.server.url, 'tone.wav', toneWav(TONE, 30));
      await play(clients[0]!, cid, id);
      await play(clients[0]!, cid, 'sample-film', OFTEN);
      await hearsTones(calls[1]!.media!, [TONE, FILM_TONE]);
      await stop(clients[0]!, cid, id);
      await hearsTones(calls[1]!.media!, [FILM_TONE], [TONE]);
    }));

  it('ends with the conference', () =>
    on(async (site) => {
      const {cid, clients} = await meeting(site, ['1003']);
      await play(clients[0]!, cid, 'sample-film', 100);
      assert.equal((await clients[0]!.ask(forceEnd, {cid})).code, 0);
      await clients[1]!.sees('event 10');
    }));
});

describe('a session that is made with a file', () => {
  const types: [string, number, string[]][] = [
    ['a conference', CALL_TYPE.temporaryConference, ['1001', '1004']],
    ['a broadcast', CALL_TYPE.broadcast, ['1001']],
    ['a file play', CALL_TYPE.filePlay, ['1001', '1004']],
    ['a single call', CALL_TYPE.singleEnhanced, ['1001', '1004']],
  ];
  for (const [name, ctype, heard] of types) {
    it(`plays it from the first one on who answers: ${name}`, () =>
      on(async (site) => {
        const [alice, carol, dave] = await Promise.all(['1001', '1003', '1004'].map((n) => site.client(n)));
        const options = {ctype, media: 2, fileId: 'sample-film'};
        const {cid, call} = await alice!.gather(['1003', '1004'], options);
        call.media!.voice = voice(toneOf('1001'));
        assert.deepEqual(await listed(alice!, cid), []);
        const calls = await Promise.all([answer(carol!), answer(dave!)]);
        assert.equal(calls[0]!.ids, `${cid}.${ctype}`);
        const others = ['1001', '1003', '1004'].filter((number) => !heard.includes(number));
        // All at once: the film takes 4 s.
        await Promise.all([
          ...calls.map(({media}) => media!.hears(isFilm)),
          hearsTones(calls[0]!.media!, [FILM_TONE, ...heard.map(toneOf)], others.map(toneOf)),
          hearsTones(
            call.media!,
            ctype === CALL_TYPE.broadcast ? [FILM_TONE] : [FILM_TONE, toneOf('1003'), toneOf('1004')],
            ctype === CALL_TYPE.broadcast ? [toneOf('1003'), toneOf('1004')] : [],
          ),
        ]);
        // It goes on when the file has come to its end.
        await carol!.seesMember({number: 'sample-film', state: '10'});
        await hearsTones(calls[0]!.media!, heard.map(toneOf), [FILM_TONE]);
      }));
  }

  it('has its file from the beginning: it is not played twice, and can be stopped before', () =>
    on(async (site) => {
      const [alice, carol] = [await site.client('1001'), await site.client('1003')];
      const {cid, call} = await alice.gather(['1003'], {fileId: 'sample-film'});
      call.media!.voice = voice(toneOf('1001'));
      assert.equal(await play(alice, cid, 'sample-film'), API_CODE.fileAlreadyPlaying);
      assert.equal(await stop(alice, cid, 'sample-film'), 0);
      const {media} = await answer(carol);
      await hearsTones(media!, [toneOf('1001')], [FILM_TONE]);
      assert.equal(await play(alice, cid, 'sample-film'), 0);
      await hearsTones(media!, [FILM_TONE]);
    }));

  it('ends before anybody answers', () =>
    on(async (site) => {
      const [alice] = [await site.client('1001'), await site.client('1003')];
      const {call} = await alice.gather(['1003'], {fileId: 'sample-film'});
      await call.hangup();
      await alice.sees('event 10');
    }));
});

describe('a file that is played to two who talk', () => {
  const talk = async (site: ScriptedSite): Promise<[string, ScriptedClient[], ScriptedCall[]]> => {
    const clients = [await site.client('1001'), await site.client('1003')];
    const {cid, call} = await clients[0]!.call('1003');
    call.media!.voice = voice(toneOf('1001'), 0.2);
    return [cid, clients, [call, await answer(clients[1]!)]];
  };

  it('is heard by both, who hear each other all the while and directly after it', () =>
    on(async (site) => {
      const [cid, clients, calls] = await talk(site);
      const [alice, carol] = calls.map(({media}) => media!);
      const id = await uploaded(site.server.url, 'tone', toneWav(TONE, 4));
      assert.equal(await play(clients[1]!, cid, id, 2), 0);
      assert.equal(await play(clients[0]!, cid, id), API_CODE.fileAlreadyPlaying);
      await Promise.all([
        hearsTones(alice!, [TONE, toneOf('1003')], [toneOf('1001')]),
        hearsTones(carol!, [TONE, toneOf('1001')], [toneOf('1003')]),
      ]);
      for (const client of clients) {
        await client.seesMember({cid, number: id, state: '6', times: '2'});
        await client.seesMember({cid, number: id, state: '10'});
      }
      await Promise.all([
        hearsTones(alice!, [toneOf('1003')], [TONE, toneOf('1001')]),
        hearsTones(carol!, [toneOf('1001')], [TONE, toneOf('1003')]),
      ]);
    }));

  it('is stopped by either, as what is missing is refused, and nothing is left of it when they hang up', () =>
    on(async (site) => {
      const [cid, clients, calls] = await talk(site);
      const [alice, carol] = calls.map(({media}) => media!);
      assert.equal(await play(clients[0]!, cid, 'none'), API_CODE.fileNotFound);
      assert.equal(await stop(clients[0]!, cid, 'sample-sound'), API_CODE.fileNotFound);
      assert.equal(await play(clients[0]!, cid, 'sample-sound', 99), 0);
      await clients[1]!.seesMember({cid, number: 'sample-sound', state: '6'});
      assert.equal(await stop(clients[1]!, cid, 'sample-sound'), 0);
      await hearsTones(alice!, [toneOf('1003')], [toneOf('1001')]);
      await hearsTones(carol!, [toneOf('1001')], [toneOf('1003')]);
      assert.equal(await play(clients[0]!, cid, 'sample-sound', 99), 0);
      await calls[0]!.hangup();
      await clients[1]!.sees('event 10');
      assert.equal(await play(clients[0]!, cid, 'sample-sound'), API_CODE.sessionNotFound);
    }));
});

describe('a file with a hole', () => {
  it('is silent for a minute at most', async () => {
    const path = join(folder.path, 'hole.webm');
    await writeFile(path, await withHole(clip('tone.ogg'), 600));
    const file = await MediaFile.open(path, ['audio']);
    let frames = 0;
    for await (const _ of file.sound()!) frames += 1;
    file.close();
    assert.ok(frames > 60 * 50 && frames < 63 * 50, `${frames} frames`);
  });
});

describe('what playing is refused with', () => {
  it('a file that is missing, or that cannot be played, with the reason: 1114', () =>
    on(async (site) => {
      const {cid, clients} = await meeting(site, ['1003'], 2);
      const reasons: [string, string | Buffer, RegExp][] = [
        ['no-such-file', 'no-such-file', /no such file/],
        ['../../package.json', '../../package.json', /no such file/],
        ['text', Buffer.from('Not a sound at all.\n'.repeat(50)), /cannot be read/],
        ['cut off', toneWav(TONE, 1).subarray(0, 20), /cannot be read/],
        ['H.264', clip('h264.mp4'), /avc.*only VP8/],
        ['VP9', clip('vp9.webm'), /vp9.*only VP8/],
        ['Vorbis', clip('vorbis.ogg'), /vorbis.*decoded/],
        ['HE-AAC', ofAnotherProfile(clip('tone.m4a')), /aac.*decoded/],
      ];
      for (const [name, file, reason] of reasons) {
        const FileID = typeof file === 'string' ? file : await uploaded(site.server.url, name, file);
        for (const [header, body] of [
          [playFile, {cid, FileID, RePlayNum: '"1"', playnow: '1'}],
          [createCallPlayFile, {caller: '1001', ctype: 5, members: '1003', isVideo: 2, FileID}],
        ] as const) {
          const reply = await clients[0]!.ask(header, body);
          assert.equal(reply.code, API_CODE.fileNotFound, name);
          assert.match(String(reply.body[0]?.['message']), reason);
        }
      }
      assert.equal(site.server.stats()['sessions'], 1);
    }));

  it('a sound without a picture in a call without one: 1114', () =>
    on(async (site) => {
      const {cid, clients} = await meeting(site, ['1003']);
      const id = await uploaded(site.server.url, 'silent', clip('vp9.webm'));
      assert.equal(await play(clients[0]!, cid, id), API_CODE.fileNotFound);
    }));

  it('a file that is being played, or is about to be: 1700', () =>
    on(async (site) => {
      const {cid, clients} = await meeting(site, ['1003']);
      const bob = await site.client('1002');
      // A dispatcher who takes no part, at the same moment.
      const codes = await Promise.all([
        play(clients[0]!, cid, 'sample-sound', 9),
        play(bob, cid, 'sample-sound', 9),
      ]);
      assert.deepEqual(codes.sort(), [0, API_CODE.fileAlreadyPlaying]);
      assert.equal(await play(clients[0]!, cid, 'sample-sound'), API_CODE.fileAlreadyPlaying);
      assert.equal((await listed(bob, cid)).length, 1);
    }));

  it('no session, another one, none of a fitting kind, a wrong parameter, one who may not, one that is stopped', () =>
    on(async (site) => {
      const {cid, clients} = await meeting(site, ['1003']);
      const [alice, carol] = clients;
      const [bob] = [await site.client('1002'), await site.client('1005')];
      const {cid: single} = await bob.call('1005');
      for (const header of [playFile, playFileStop]) {
        const codeFor = async (client: ScriptedClient, body: object): Promise<number> =>
          (await client.ask(header, {cid, FileID: 'sample-sound', ...body})).code;
        assert.equal(await codeFor(alice!, {cid: ''}), API_CODE.noCid);
        assert.equal(await codeFor(alice!, {cid: undefined}), API_CODE.noCid);
        assert.equal(await codeFor(alice!, {cid: 7}), API_CODE.badParameter);
        assert.equal(await codeFor(alice!, {cid: 'none'}), API_CODE.sessionNotFound);
        assert.equal(await codeFor(bob, {cid: single}), API_CODE.notConnected, 'it rings');
        assert.equal(await codeFor(alice!, {cid: single}), API_CODE.notAllowed, 'another one’s');
        assert.equal(await codeFor(alice!, {FileID: ''}), API_CODE.badParameter);
        assert.equal(await codeFor(alice!, {FileID: {}}), API_CODE.badParameter);
        assert.equal(await codeFor(carol!, {}), API_CODE.notAllowed);
      }
      for (const RePlayNum of ['"0"', '"-1"', '"often"', '1.5', 10_001, {}])
        assert.equal(
          (await alice!.ask(playFile, {cid, FileID: 'sample-sound', RePlayNum})).code,
          API_CODE.badParameter,
        );
      assert.equal(await stop(alice!, cid, 'sample-sound'), API_CODE.fileNotFound);
      assert.equal(
        (await alice!.ask(deleteMember, {cid, number: 'sample-sound'})).code,
        API_CODE.memberNotFound,
      );
      // A count without its quotation marks, as a number, or none.
      for (const RePlayNum of ['2', 2, undefined, '']) {
        assert.equal((await alice!.ask(playFile, {cid, FileID: 'sample-sound', RePlayNum})).code, 0);
        assert.equal((await listed(alice!, cid))[0]?.['times'], RePlayNum ? '2' : '1');
        assert.equal(await stop(alice!, cid, 'sample-sound'), 0);
      }
    }));

  it('a session with a file as one without', () =>
    on(async (site) => {
      const [alice] = [await site.client('1001'), await site.client('1003')];
      const refusals: [Record<string, unknown>, number][] = [
        [{members: '1003'}, API_CODE.badParameter],
        [{members: '1003,7777', FileID: 'sample-sound'}, API_CODE.userDoesNotExist],
        [{members: '1005', FileID: 'sample-sound'}, API_CODE.numberNotRegistered],
        [{members: '1001', FileID: 'sample-sound'}, API_CODE.callee],
        [{members: '1003', FileID: 'sample-sound', caller: '1003'}, API_CODE.notAllowed],
        [{members: '1003', FileID: 'sample-sound', ctype: CALL_TYPE.intercom}, API_CODE.operationFailed],
        [{members: '1003', FileID: 'sample-sound', ctype: 99}, API_CODE.type],
      ];
      for (const [body, code] of refusals) {
        const reply = await alice.ask(createCallPlayFile, {caller: '1001', ctype: 5, ...body});
        assert.equal(reply.code, code);
        // The reply names the request that it belongs to.
        assert.ok(reply.body[0]?.['msgid']);
      }
      const {code} = await alice.createGroup(['1003'], {ctype: CALL_TYPE.filePlay});
      assert.equal(code, API_CODE.operationFailed);
      assert.equal(site.server.stats()['sessions'], 0);
    }));
});
