import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {toneWav, uploaded, uploadsFolder} from '../support/clips/clips.js';
import {functionsPage, measured, plays, type FunctionsPage} from '../support/page/functions-page.js';
import {hearsTones, showsHalves, type Halves} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {open} from '../support/page/witness.js';

const ELEMENTS = ['#localvideo', '#remotevideo', '#remoteaudio'] as const;
const [AUDIO, VIDEO] = [1, 2];
const [BROADCAST, FILE_PLAY] = [4, 20];

/** The sample film: its sound in hertz, and what its halves look like. */
const FILM = 'sample-film';
const FILM_TONE = 600;
const FILM_HALVES: Halves = [
  [210, 105, 30],
  [30, 111, 168],
];

const idOf = async (phone: FunctionsPage, name: string): Promise<string> =>
  String((await phone.told(name))[1]);

/** Takes the next message of the server's API with that header that fits. */
async function api(
  phone: FunctionsPage,
  header: string,
  fits: (body: any) => boolean = () => true,
): Promise<{code: number; body: any[]}> {
  for (;;) {
    const message = JSON.parse(String((await phone.told('onAPIReceived'))[1]));
    if (message.header === header && fits(message.body[0])) return message;
  }
}

/** Answers, and waits until the call stands on both. */
async function answered(caller: FunctionsPage, callee: FunctionsPage): Promise<string> {
  const sid = await idOf(callee, 'onCallReceived');
  await callee.run('Answer', sid, ...ELEMENTS);
  for (const phone of [caller, callee]) {
    assert.equal(await idOf(phone, 'onCallAnswered'), sid);
    await measured(phone);
  }
  return sid;
}

describe('files, by the documented functions', () => {
  let site: Site;
  let folder: Awaited<ReturnType<typeof uploadsFolder>>;
  before(async () => {
    folder = await uploadsFolder();
    site = await openSite({uploads: folder.path});
  });
  after(async () => {
    await site.close();
    await folder.remove();
  });

  /** Two pages in a session that the first one makes; ended for all and closed afterwards. */
  async function inSession(
    make: (alice: FunctionsPage) => Promise<unknown>,
    run: (alice: FunctionsPage, bob: FunctionsPage, sid: string) => Promise<void>,
  ): Promise<void> {
    const [alice, bob] = [await functionsPage(site, '1001'), await functionsPage(site, '1003')];
    await make(alice);
    const sid = await answered(alice, bob);
    await run(alice, bob, sid);
    await alice.run('FoceEndConf', sid);
    for (const phone of [alice, bob]) {
      assert.equal(await idOf(phone, 'onCallHangup'), sid);
      const {peerConnections, tracks} = await open(phone.page);
      assert.deepEqual([peerConnections, tracks], [0, 0]);
      assert.deepEqual(await phone.errors(), []);
      await phone.page.close();
    }
  }

  const seesFilm = ({page}: FunctionsPage): Promise<unknown> =>
    Promise.all([hearsTones(page, [FILM_TONE]), showsHalves(page, FILM_HALVES)]);

  it('begins a conference with one that all see and hear (CreatePlayFileConf)', () =>
    inSession(
      (alice) => alice.run('CreatePlayFileConf', '1003', '700', '早会', VIDEO, FILM, ...ELEMENTS, false),
      async (alice, bob, sid) => {
        await Promise.all([alice, bob].map(seesFilm));
        await api(bob, 'Session.Member.Change', ({number, state}) => number === FILM && state === '10');
        await hearsTones(bob.page, [], [FILM_TONE]);
        // It goes on without it, and it can be played again.
        await alice.run('PlayFile', sid, FILM, 1);
        assert.equal((await api(alice, 'session.playfile.CB')).code, 0);
        await seesFilm(bob);
      },
    ));

  it('begins a broadcast, whose listeners may not speak (CreatePlayFileBroadcast)', () =>
    inSession(
      (alice) => alice.run('CreatePlayFileBroadcast', '1003', '', '', VIDEO, FILM, ...ELEMENTS, false),
      async (alice, bob, sid) => {
        await Promise.all([alice, bob].map(seesFilm));
        await alice.run('GetCallAllMembers', sid);
        const {body} = await api(alice, 'session.members.getall.CB');
        assert.deepEqual(
          body.map(({number, speak}) => [number, speak]),
          [
            ['1001', '2'],
            ['1003', '1'],
            [FILM, '2'],
          ],
        );
        assert.equal(JSON.parse(String((await alice.told('onCallCreated'))[2])).ctype, BROADCAST);
      },
    ));

  it('begins a session of the page’s own kind (CreatePlayFileCall)', () =>
    inSession(
      (alice) =>
        alice.run(
          'CreatePlayFileCall',
          '1003',
          '',
          '',
          AUDIO,
          FILM,
          FILE_PLAY,
          null,
          null,
          '#remoteaudio',
          false,
        ),
      async (alice, bob) => {
        await Promise.all([alice, bob].map(({page}) => hearsTones(page, [FILM_TONE])));
        assert.equal(JSON.parse(String((await bob.told('onSessionStateChange'))[2])).ctype, FILE_PLAY);
      },
    ));

  it('plays one as often as it is told, and stops it (PlayFile, PlayFileStop)', () =>
    inSession(
      (alice) => alice.run('CreateConf', '1003', '', '', AUDIO, null, null, '#remoteaudio', false),
      async (alice, bob, sid) => {
        const id = await uploaded(site.server.url, 'beep.wav', toneWav(2500, 0.6, {silence: 0.6}));
        await countBursts(bob, 2500);
        await alice.run('PlayFile', sid, id, 3);
        assert.equal((await api(alice, 'session.playfile.CB')).code, 0);
        await alice.run('PlayFile', sid, id, 3);
        assert.equal((await api(alice, 'session.playfile.CB')).code, 1700);
        await api(bob, 'Session.Member.Change', ({number, state}) => number === id && state === '10');
        assert.equal(await bob.page.evaluate(() => (window as any).bursts), 3);

        const long = await uploaded(site.server.url, 'long.wav', toneWav(2500, 60));
        await alice.run('PlayFile', sid, long, 1);
        await hearsTones(bob.page, [2500]);
        await alice.run('PlayFileStop', sid, long);
        assert.equal((await api(alice, 'session.playfile.stop.CB')).code, 0);
        await hearsTones(bob.page, [], [2500]);
        await alice.run('PlayFileStop', sid, long);
        assert.equal((await api(alice, 'session.playfile.stop.CB')).code, 1114);
        await alice.run('PlayFile', sid, 'no-such-file', 1);
        const missing = await api(alice, 'session.playfile.CB', (body) => body.message);
        assert.equal(missing.code, 1114);
        await bob.run('PlayFile', sid, id, 1);
        assert.equal((await api(bob, 'session.playfile.CB')).code, 1107);
      },
    ));

  it('plays one into a call of two, with its picture, and either stops it (MakeCall, PlayFile, PlayFileStop)', () =>
    inSession(
      (alice) => alice.run('MakeCall', '1003', VIDEO, ...ELEMENTS, false),
      async (alice, bob, sid) => {
        await alice.run('PlayFile', sid, FILM, 99);
        assert.equal((await api(alice, 'session.playfile.CB')).code, 0);
        await Promise.all([seesFilm(alice), seesFilm(bob)]);
        await bob.run('PlayFileStop', sid, FILM);
        assert.equal((await api(bob, 'session.playfile.stop.CB')).code, 0);
        for (const {page} of [alice, bob]) await hearsTones(page, [], [FILM_TONE]);
        // They see and hear each other as before.
        for (const {page} of [alice, bob]) await plays(page, '#remotevideo', '#remoteaudio');
      },
    ));
});

/** Counts on a page how often a frequency begins to be heard from now on, after a pause. */
const countBursts = ({page}: FunctionsPage, frequency: number): Promise<void> =>
  page.evaluate(async (frequency) => {
    const scope = window as unknown as {bursts: number; call: {remoteStream: MediaStream}};
    scope.bursts = 0;
    const audio = new Audio();
    audio.muted = true;
    audio.srcObject = scope.call.remoteStream;
    await audio.play();
    const context = new AudioContext();
    await context.resume();
    const analyser = new AnalyserNode(context, {fftSize: 4096, smoothingTimeConstant: 0});
    context.createMediaStreamSource(scope.call.remoteStream).connect(analyser);
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    const bin = Math.round((frequency * analyser.fftSize) / context.sampleRate);
    // A gap in the sound of a busy machine is shorter than the file's own silence.
    const pause = 300;
    let heard = -Infinity;
    setInterval(() => {
      analyser.getFloatFrequencyData(spectrum);
      if (Math.max(...spectrum.subarray(bin - 2, bin + 3)) <= -40) return;
      const now = performance.now();
      if (now - heard > pause) scope.bursts += 1;
      heard = now;
    }, 20);
  }, frequency);
