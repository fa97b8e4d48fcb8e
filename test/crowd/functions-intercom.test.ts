import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {
  functionsPage,
  measured,
  requestsOf,
  sendsTone,
  type FunctionsPage,
} from '../support/page/functions-page.js';
import {hearsNow, listens} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {open} from '../support/page/witness.js';

/** What each page's microphone gives, in hertz; none of them is a dispatcher's. */
const TONES: Readonly<Record<string, number>> = {'1003': 440, '1004': 900, '1005': 1500};

interface Member {
  readonly phone: FunctionsPage;
  readonly tone: number;
}

describe('intercoms, by the documented functions', () => {
  let site: Site;
  before(async () => (site = await openSite()));
  after(() => site.close());

  async function members(): Promise<Member[]> {
    const list: Member[] = [];
    for (const [number, tone] of Object.entries(TONES)) {
      const phone = await functionsPage(site, number);
      await sendsTone(phone, tone);
      list.push({phone, tone});
    }
    return list;
  }

  /** The others answer what rings at them with the session's id, and all stand. */
  async function answered(all: readonly Member[]): Promise<string> {
    const [first, ...others] = all as [Member, ...Member[]];
    const sid = String((await first.phone.told('onCallCreated'))[1]);
    for (const {phone} of others) {
      assert.equal((await phone.told('onCallReceived'))[1], sid);
      await phone.run('Answer', sid, null, null, '#remoteaudio');
    }
    for (const {phone} of all) {
      assert.equal((await phone.told('onCallAnswered'))[1], sid);
      await measured(phone);
      await listens(phone.page);
    }
    return sid;
  }

  const onlyHeard = (all: readonly Member[], speaker?: Member): Promise<unknown> =>
    Promise.all(
      all.map(async (member) => {
        const heard = speaker && speaker !== member ? [speaker.tone] : [];
        const others = all.map(({tone}) => tone).filter((tone) => !heard.includes(tone));
        await hearsNow(member.phone.page, heard, others);
      }),
    );

  /** The code of the next reply to a request of the floor. */
  async function floorReply({phone}: Member): Promise<number> {
    for (;;) {
      const {header, code, body} = JSON.parse(String((await phone.told('onAPIReceived'))[1]));
      if (header !== 'session.applyspeak.CB') continue;
      assert.equal(body[0].msgid, undefined);
      return Number(code);
    }
  }

  /** Waits until a page receives such a state of the session. */
  async function stateOf({phone}: Member, state: number): Promise<any> {
    for (;;) {
      const json = JSON.parse(String((await phone.told('onSessionStateChange'))[2]));
      if (json.state === state) return json;
    }
  }

  async function over(all: readonly Member[]): Promise<void> {
    for (const {phone} of all) {
      await phone.told('onCallHangup');
      assert.deepEqual(await phone.errors(), []);
      const {peerConnections, tracks} = await open(phone.page);
      assert.deepEqual([peerConnections, tracks], [0, 0]);
      await phone.page.close();
    }
    while (site.server.stats()['sessions']) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  it('begin with the floor, pass it on, and are heard by all but the one who speaks', async () => {
    const all = await members();
    const [carol, david, eve] = all as [Member, Member, Member];
    await carol.phone.run('ApplySpeak', '9001', '#remoteaudio');
    const sid = await answered(all);
    await onlyHeard(all, carol);
    const {ctype, othernum} = await stateOf(david, 11);
    assert.deepEqual([ctype, othernum], [9, '9001']);
    // Somebody else speaks: it waits.
    await david.phone.run('ApplySpeak', '9001', '#remoteaudio');
    assert.equal(await floorReply(david), 2000);
    await stateOf(david, 13);
    await onlyHeard(all, carol);
    await carol.phone.run('ReleaseSpeak', '9001', '#remoteaudio');
    assert.equal(await floorReply(carol), 0);
    await stateOf(david, 12);
    await onlyHeard(all, david);
    await david.phone.run('ApplySpeakByType', '9001', 56, '#remoteaudio');
    assert.equal(await floorReply(david), 0);
    await onlyHeard(all);
    await eve.phone.run('ApplySpeakByType', '9001', 55);
    assert.equal(await floorReply(eve), 0);
    await onlyHeard(all, eve);
    // There is nothing to give back.
    await carol.phone.run('ReleaseSpeak', '9001');
    assert.equal(await floorReply(carol), 2000);
    const bodies = (await requestsOf(carol.phone, 'session.applyspeak')).map(({body}) => body);
    const asked = {caller: '1003', ctype: 9, members: '9001', isVideo: 1};
    assert.deepEqual(
      bodies,
      [55, 56, 56].map((optype) => ({...asked, optype})),
    );
    for (const {phone} of all) await phone.run('Hangup', sid);
    await over(all);
  });

  it('are made of numbers, silent until somebody asks for the floor', async () => {
    const all = await members();
    const [carol, david] = all as [Member, Member, Member];
    await carol.phone.run('CreateTmpIntercom', '1004,1005', '701', 'Crane', '#remoteaudio');
    const sid = await answered(all);
    await onlyHeard(all);
    await david.phone.run('ApplySpeak', '701');
    assert.equal(await floorReply(david), 0);
    await onlyHeard(all, david);
    await carol.phone.run('FoceEndConf', sid);
    await over(all);
  });
});
