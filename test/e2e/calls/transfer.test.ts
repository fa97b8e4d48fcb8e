import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../../support/page/audit.js';
import {fill, press, shown} from '../../support/page/parts.js';
import {agreesToTransfers, goOnline, nextEvent, phonePage, placeCall} from '../../support/page/phone-page.js';
import {ScriptedClient} from '../../support/scripted/scripted-client.js';
import {hearsTones, sendsSignals} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';
import {open, released} from '../../support/page/witness.js';

const DESK = '<main><h1>Desk</h1><sip-transfer-button></sip-transfer-button><sip-call></sip-call></main>';
const HALVES = [
  [200, 40, 40],
  [40, 40, 200],
] as const;

/** A page with a tone of its own, in hertz. */
interface Person {
  readonly number: string;
  readonly tone: number;
  readonly page: Page;
}

const part = (name: string): string => `sip-transfer-button >>> [part~=${name}]`;
const answer = ({page}: Person): Promise<void> => page.evaluate(() => (window as any).call.answer());

/** Waits until the page's calls are with these numbers. */
const talksTo = ({page}: Person, numbers: string[]): Promise<void> =>
  page.evaluate(async (numbers) => {
    const {client} = document.querySelector('sip-client') as any;
    const seen = (): string => client.state.calls.map(({remote}: any) => remote.number).join();
    while (seen() !== numbers.join()) await new Promise((resolve) => setTimeout(resolve, 20));
  }, numbers);

for (const profile of ['dispatch', 'standard'] as const)
  describe(`transfer, profile ${profile}`, () => {
    let site: Site;
    let alice: Person;
    let bob: Person;
    let carol: Person;
    let people: Person[];

    before(async () => {
      site = await openSite();
      const join = async (number: string, tone: number, inside = ''): Promise<Person> => {
        const attributes = `profile="${profile}" history-storage="none" max-calls="2"`;
        const page = await phonePage(site, {user: number, attributes, inside});
        await sendsSignals(page, {tone, halves: HALVES});
        await agreesToTransfers(page);
        await goOnline(page);
        return {number, tone, page};
      };
      people = [
        (alice = await join('1001', 440, DESK)),
        (bob = await join('1002', 800)),
        (carol = await join('1003', 1300)),
      ];
    });
    after(() => site.close());

    afterEach(async () => {
      for (const {page} of people)
        await page.evaluate(async () => {
          const {client} = document.querySelector('sip-client') as any;
          await Promise.all(client.state.calls.map((call: any) => call.hangup()));
        });
      for (const person of people) {
        await talksTo(person, []);
        await released(person.page);
        await person.page.evaluate(() => (window as any).events.splice(0));
      }
    });

    /** The two hear each other, and nobody else. */
    const hear = async (one: Person, other: Person): Promise<void> => {
      for (const [to, from] of [
        [one, other],
        [other, one],
      ] as const) {
        const silent = people.filter((person) => person !== from).map(({tone}) => tone);
        await hearsTones(to.page, [from.tone], silent);
      }
    };

    async function talk(to: Person): Promise<void> {
      await placeCall(alice.page, to.number, 'audio');
      await nextEvent(to.page, 'sip-call-received');
      await answer(to);
      await nextEvent(alice.page, 'sip-call-answered');
      await hear(alice, to);
    }

    /** What the page shows is the same with either profile. */
    const looksRight = async (): Promise<void> => {
      if (profile === 'dispatch') assert.deepEqual(await audit(alice.page), []);
    };

    /** Alice transfers the other side to Carol's number. */
    async function putThrough(): Promise<void> {
      await press(alice.page, part('transfer-button'));
      await fill(alice.page, part('number'), carol.number);
      await press(alice.page, part('transfer'));
    }

    it('lets Bob and Carol hear each other, and Alice is out of it', async () => {
      await talk(bob);
      await putThrough();
      const {remote} = await nextEvent(carol.page, 'sip-call-received');
      assert.equal(remote.number, bob.number);
      await looksRight();
      await answer(carol);
      await talksTo(alice, []);
      await talksTo(bob, [carol.number]);
      await talksTo(carol, [bob.number]);
      await hear(bob, carol);
      assert.equal((await open(alice.page)).tracks, 0);
    });

    it('connects Bob and Carol, to both of whom Alice talks', async () => {
      await talk(bob);
      await talk(carol);
      await press(alice.page, part('transfer-button'));
      await shown(alice.page, part('target'));
      await looksRight();
      await press(alice.page, part('target'));
      await talksTo(alice, []);
      await talksTo(bob, [carol.number]);
      await talksTo(carol, [bob.number]);
      await hear(bob, carol);
    });

    const refusals = {
      dispatch: [
        'declines',
        () => carol.page.evaluate(() => (window as any).call.decline()),
        /was not accepted/,
      ],
      standard: ['is busy', undefined, /is busy/],
    } as const;
    for (const [what, refuse, sentence] of [refusals[profile]])
      it(`lets Alice and Bob go on where Carol ${what}`, async () => {
        const others = await Promise.all(
          ['1004', '1005'].map((user) => ScriptedClient.start(site.server.url, user)),
        );
        try {
          // They ring, and her lines are taken.
          if (!refuse) for (const {user} of others) await placeCall(carol.page, user, 'audio');
          await talk(bob);
          await putThrough();
          if (refuse) await nextEvent(carol.page, 'sip-call-received');
          await refuse?.();
          const notice = await shown(alice.page, part('notice'));
          assert.match(await notice.evaluate((element) => element.textContent ?? ''), sentence);
          await looksRight();
          await press(alice.page, part('close'));
          await hear(alice, bob);
          await talksTo(alice, [bob.number]);
          await talksTo(bob, [alice.number]);
        } finally {
          await Promise.all(others.map((other) => other.close()));
        }
      });

    it('makes the pages complain of nothing', () => {
      assert.deepEqual(site.complaints, []);
    });
  });
