import assert from 'node:assert/strict';
import {after, before, describe} from 'node:test';
import {startAsterisk, type Asterisk} from '../support/interop/asterisk.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../support/interop/evidence.js';
import {
  LOOPBACK_FLAGS,
  person,
  reloads,
  showsState,
  type Person,
  type PersonOptions,
} from '../support/interop/sip-page.js';
import {crashes} from '../support/page/crash.js';
import {nextEvent} from '../support/page/phone-page.js';
import {hearsTones} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';

const ROOM = '701';
const DOMAIN = '127.0.0.1';

const OPTIONS = (tone: number): PersonOptions => ({
  tone,
  attributes: `resume domain="${DOMAIN}"`,
});

describe('the reload of a page in a room of Asterisk', () => {
  let asterisk: Asterisk;
  let site: Site;
  let alice: Person;
  let bob: Person;
  let carol: Person;

  before(async () => {
    asterisk = await startAsterisk();
    site = await openSite({chromeFlags: LOOPBACK_FLAGS});
    alice = await person(site, asterisk, 'alice', OPTIONS(440));
    bob = await person(site, asterisk, 'bob', OPTIONS(800));
    carol = await person(site, asterisk, 'carol', OPTIONS(1300));
  });
  after(async () => {
    await site?.close();
    await asterisk?.stop();
  });

  const it = testsThatTell(async () => [
    ...(await Promise.all([alice, bob, carol].map(({user, page}) => tellsOfPage(user, page)))),
    tellsOfLog('Asterisk', asterisk.log()),
  ]);

  /** Waits until each hears both others, and is in the list of each once. */
  async function allHearEachOther(): Promise<void> {
    const all = [alice, bob, carol];
    for (const {page, tone: own} of all) {
      await hasMembers(page, ['alice', 'bob', 'carol']);
      const others = all.map(({tone}) => tone).filter((tone) => tone !== own);
      await hearsTones(page, others, [own]);
    }
    assert.deepEqual((await asterisk.channels(ROOM)).sort(), ['PJSIP/alice', 'PJSIP/bob', 'PJSIP/carol']);
  }

  const hasMembers = (page: Person['page'], wanted: readonly string[]): Promise<void> =>
    page.evaluate(async (wanted) => {
      const seen = (): string =>
        ((window as any).call.state.members ?? [])
          .map(({number, phase}: any) => `${number} ${phase}`)
          .sort()
          .join();
      const all = wanted.map((number) => `${number} answered`).join();
      while (seen() !== all) await new Promise((resolve) => setTimeout(resolve, 20));
    }, wanted);

  const talking = ({page}: Person): Promise<Record<string, unknown>> =>
    page.evaluate(() => {
      const {id, type, remote, duration, state} = (window as any).call;
      return {id, type, number: remote.number, duration, answeredAt: state.answeredAt};
    });

  async function comesBack(load?: (address: string) => Promise<unknown>): Promise<void> {
    await reloads(alice, asterisk, OPTIONS(440), load);
    await nextEvent(alice.page, 'sip-call-resumed');
    await showsState(alice, 'health', 'healthy');
  }

  it('is entered by three pages, which hear each other', async () => {
    for (const {page} of [alice, bob, carol]) {
      await page.evaluate(async (number) => {
        const {client} = document.querySelector('sip-client') as any;
        (window as any).call = await client.createConference({number, members: []});
      }, ROOM);
      await nextEvent(page, 'sip-call-answered');
    }
    await allHearEachOther();
  });

  for (const [way, load] of [
    ['a reload', undefined],
    ['a crash', () => crashes(alice.page)],
  ] as const)
    it(`joins it again after ${way}: all hear each other, and each is in it once`, async () => {
      const before = await talking(alice);
      await comesBack(load);
      await allHearEachOther();
      const {duration, ...now} = await talking(alice);
      assert.deepEqual({...now, duration: before['duration']}, before);
      assert.ok((duration as number) > (before['duration'] as number));
      for (const {page} of [bob, carol])
        assert.equal(await page.evaluate(() => (window as any).events.length), 0);
    });

  it('keeps it muted and held', async () => {
    await alice.page.evaluate(() => (window as any).call.mute());
    await comesBack();
    await showsState(alice, 'muted', true);
    for (const {page, tone} of [bob, carol])
      await hearsTones(
        page,
        [bob, carol].map((each) => each.tone).filter((each) => each !== tone),
        [alice.tone],
      );
    await alice.page.evaluate(() => (window as any).call.unmute());
    await alice.page.evaluate(() => (window as any).call.hold());
    await comesBack();
    await showsState(alice, 'held', true);
    await alice.page.evaluate(() => (window as any).call.unhold());
    await allHearEachOther();
  });
});
