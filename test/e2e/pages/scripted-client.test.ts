import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {CALL_TYPE} from '../../../src/dispatch/protocol.js';
import {until} from '../../support/in-page/facts.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../../support/page/phone-page.js';
import {ScriptedClient} from '../../support/scripted/scripted-client.js';
import {hearsTones as clientHears, voice} from '../../support/scripted/scripted-voice.js';
import {firstOfFilm} from '../../support/scripted/scripted-media.js';
import {hearsTones, sendsSignals, showsHalves, type Halves} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';
import {released} from '../../support/page/witness.js';

/** The sample film, what it sounds like in hertz, and what its halves look like. */
const FILM = 'sample-film';
const FILM_TONE = 600;
const FILM_HALVES: Halves = [
  [209, 106, 30],
  [29, 111, 167],
];

/** What the page and the two clients say, in hertz. */
const TONES = {page: 500, first: 1200, second: 2100} as const;

const command = (page: Page, name: 'answer' | 'hangup', ...values: unknown[]): Promise<void> =>
  page.evaluate((name, values) => (window as any).call[name](...values), name, values);

/** Has the page ask for a conference or a broadcast, with a file where one is given; gives the session's id. */
const gather = (
  page: Page,
  kind: 'conference' | 'broadcast',
  members: readonly string[],
  fileId?: string,
): Promise<string> =>
  page.evaluate(
    async (kind, members, fileId) => {
      const {client} = document.querySelector('sip-client') as any;
      const request = {kind, members, number: '', name: '', media: fileId ? 'video' : 'audio', fileId};
      return ((window as any).call = await client.createSession(request)).id;
    },
    kind,
    members,
    fileId,
  );

describe('a page and a client that nobody can change', () => {
  // The page cannot know the client's carrier: each order and each carrier once.
  for (const [inviteOrder, carrier] of [
    ['reply-first', 1],
    ['invite-first', 2],
  ] as const) {
    describe(`on a server that sends the ${inviteOrder.replace('-', ' ')}`, () => {
      let site: Site;
      let page: Page;
      const clients: ScriptedClient[] = [];
      before(async () => {
        site = await openSite({inviteOrder});
        page = await phonePage(site, {user: '1001'});
        const halves = [
          [200, 40, 40],
          [40, 40, 200],
        ] as const;
        await sendsSignals(page, {tone: TONES.page, halves});
        await goOnline(page);
      });
      afterEach(async () => {
        await Promise.all(clients.splice(0).map((client) => client.close()));
        await page.evaluate(() =>
          (document.querySelector('sip-client') as any).calls.map((call: any) => call.hangup()),
        );
        await page.evaluate(() => ((window as any).events.length = 0));
      });
      after(() => site.close());

      const client = async (user: string, carrier: 1 | 2): Promise<ScriptedClient> => {
        const started = await ScriptedClient.start(site.server.url, user, carrier);
        clients.push(started);
        return started;
      };
      const pageAnswers = async (cid: string, number: string, options = {}): Promise<void> => {
        const received = await nextEvent(page, 'sip-call-received');
        assert.deepEqual([received.id, received.remote.number], [cid, number]);
        await command(page, 'answer', options);
        await nextEvent(page, 'sip-call-answered');
      };
      /** Asserts that nothing is left at the server and in the page, and that no client failed. */
      const allOver = async (): Promise<void> => {
        await until(() => site.server.stats()['sessions'] === 0);
        await released(page);
        assert.deepEqual(
          clients.flatMap(({broken}) => broken),
          [],
        );
        assert.deepEqual(site.complaints, []);
      };
      const pageIsOver = async (): Promise<void> => {
        const {cause} = await nextEvent(page, 'sip-call-hangup');
        assert.equal(cause.code, 'normal');
      };

      describe(`to one on carrier ${carrier}`, () => {
        it('connects the page’s call to it, with sound and picture both ways', async () => {
          const first = await client('1002', carrier);
          const sid = await placeCall(page, '1002', 'video');
          const call = await first.answer();
          assert.equal(call.ids, `${sid}.12`);
          await nextEvent(page, 'sip-call-answered');
          call.media!.voice = voice(TONES.first);
          await clientHears(call.media!, [TONES.page]);
          await call.media!.hears(({kind}) => kind === 'video');
          await hearsTones(page, [TONES.first]);
          await command(page, 'hangup');
          assert.equal(await call.ended, 'bye');
          await first.forgets(sid);
          await nextEvent(page, 'sip-call-hangup');
          await allOver();
        });

        it('connects its call to the page', async () => {
          const first = await client('1002', carrier);
          const {cid, call} = await first.call('1001');
          await pageAnswers(cid, '1002');
          call.media!.voice = voice(TONES.first);
          await clientHears(call.media!, [TONES.page]);
          await hearsTones(page, [TONES.first]);
          await call.hangup();
          await pageIsOver();
          await allOver();
        });

        it('brings the page into its conference, and ends it for both', async () => {
          const [first, second] = [await client('1002', carrier), await client('1003', carrier)];
          const {cid, call} = await first.gather(['1001', '1003'], {number: '700', name: '早会'});
          await pageAnswers(cid, '700');
          const other = await second.answer();
          call.media!.voice = voice(TONES.first);
          other.media!.voice = voice(TONES.second);
          await hearsTones(page, [TONES.first, TONES.second]);
          await clientHears(call.media!, [TONES.page, TONES.second], [TONES.first]);
          await clientHears(other.media!, [TONES.page, TONES.first], [TONES.second]);
          await other.hangup();
          await hearsTones(page, [TONES.first], [TONES.second]);
          await first.endForAll(cid);
          assert.equal(await call.ended, 'bye');
          await pageIsOver();
          await allOver();
        });

        it('is brought into the page’s conference, which the page leaves, and goes on with another', async () => {
          const [first, second] = [await client('1002', carrier), await client('1003', carrier)];
          const sid = await gather(page, 'conference', ['1002', '1003']);
          const [call, other] = [await first.answer(), await second.answer()];
          assert.deepEqual([call.ids, other.ids], [`${sid}.5`, `${sid}.5`]);
          call.media!.voice = voice(TONES.first);
          other.media!.voice = voice(TONES.second);
          await nextEvent(page, 'sip-call-answered');
          await hearsTones(page, [TONES.first, TONES.second]);
          await clientHears(call.media!, [TONES.page, TONES.second], [TONES.first]);
          await command(page, 'hangup');
          await nextEvent(page, 'sip-call-hangup');
          await clientHears(call.media!, [TONES.second], [TONES.page]);
          await Promise.all([call.hangup(), other.hangup()]);
          await Promise.all([first.forgets(sid), second.forgets(sid)]);
          await allOver();
        });

        it('is heard by the page in its broadcast, and hears nothing of it', async () => {
          const first = await client('1002', carrier);
          const {cid, call} = await first.gather(['1001'], {ctype: CALL_TYPE.broadcast, number: '701'});
          await pageAnswers(cid, '701');
          call.media!.voice = voice(TONES.first);
          await hearsTones(page, [TONES.first]);
          await clientHears(call.media!, [], [TONES.page]);
          await first.endForAll(cid);
          await pageIsOver();
          await allOver();
        });

        for (const [kind, ctype] of [
          ['conference', CALL_TYPE.temporaryConference],
          ['broadcast', CALL_TYPE.broadcast],
        ] as const) {
          it(`brings the page into its ${kind} with a film, which both see and hear`, async () => {
            const first = await client('1002', carrier);
            const options = {ctype, media: 2, number: '702', fileId: FILM};
            const {cid, call} = await first.gather(['1001'], options);
            await pageAnswers(cid, '702', {media: 'video'});
            await Promise.all([clientHears(call.media!, [FILM_TONE]), firstOfFilm(call.media!)]);
            await Promise.all([hearsTones(page, [FILM_TONE]), showsHalves(page, FILM_HALVES)]);
            await first.endForAll(cid);
            assert.equal(await call.ended, 'bye');
            await pageIsOver();
            await allOver();
          });

          it(`is brought into the page’s ${kind} with a film, which both see and hear until it is stopped`, async () => {
            const first = await client('1002', carrier);
            const sid = await gather(page, kind, ['1002'], FILM);
            const call = await first.answer();
            assert.equal(call.ids, `${sid}.${ctype}`);
            await nextEvent(page, 'sip-call-answered');
            await Promise.all([clientHears(call.media!, [FILM_TONE]), firstOfFilm(call.media!)]);
            await Promise.all([hearsTones(page, [FILM_TONE]), showsHalves(page, FILM_HALVES)]);
            await page.evaluate((id) => (window as any).call.stopFile(id), FILM);
            await clientHears(call.media!, [TONES.page], [FILM_TONE]);
            await hearsTones(page, [], [FILM_TONE]);
            await page.evaluate(() => (window as any).call.end());
            assert.equal(await call.ended, 'bye');
            await first.forgets(sid);
            await nextEvent(page, 'sip-call-hangup');
            await allOver();
          });
        }

        it('hears the page’s broadcast, and is not heard in it', async () => {
          const first = await client('1002', carrier);
          const sid = await gather(page, 'broadcast', ['1002']);
          const call = await first.answer();
          assert.equal(call.ids, `${sid}.4`);
          call.media!.voice = voice(TONES.first);
          await nextEvent(page, 'sip-call-answered');
          await clientHears(call.media!, [TONES.page]);
          await hearsTones(page, [], [TONES.first]);
          await call.hangup();
          await first.forgets(sid);
          await command(page, 'hangup');
          await nextEvent(page, 'sip-call-hangup');
          await allOver();
        });
      });
    });
  }
});
