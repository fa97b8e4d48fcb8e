import assert from 'node:assert/strict';
import {after, afterEach, before, describe} from 'node:test';
import type {Page} from 'puppeteer-core';
import {
  connects,
  ends,
  hearEachOther,
  holdEachOther,
  endCalls,
  seeEachOther,
  sendsTones,
} from '../support/interop/conversation.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../support/interop/evidence.js';
import {startKamailio, type Kamailio} from '../support/interop/kamailio.js';
import {until} from '../support/in-page/facts.js';
import {IN_FIREFOX} from '../support/page/browser.js';
import {goOnline, nextEvent, placeCall} from '../support/page/phone-page.js';
import {hearsTones} from '../support/page/signals.js';
import {
  answer,
  cause,
  hangsUp,
  LOOPBACK_FLAGS,
  person,
  personPage,
  talksTo,
  type Person,
} from '../support/interop/sip-page.js';
import {openSite, type Site} from '../support/page/site.js';
import {open} from '../support/page/witness.js';

describe('browsers at Kamailio', () => {
  let kamailio: Kamailio;
  let site: Site;
  let alice: Person;
  let bob: Person;
  let carol: Person;
  let people: Person[];

  before(async () => {
    kamailio = await startKamailio();
    site = await openSite({chromeFlags: LOOPBACK_FLAGS});
    people = [
      (alice = await person(site, kamailio, 'alice', {
        tone: 440,
        halves: [
          [200, 40, 40],
          [40, 40, 200],
        ],
      })),
      (bob = await person(site, kamailio, 'bob', {
        tone: 800,
        halves: [
          [40, 180, 40],
          [180, 180, 40],
        ],
        server: kamailio.wss,
      })),
      (carol = await person(site, kamailio, 'carol', {tone: 1300, attributes: 'dtmf="info" max-calls="1"'})),
    ];
  });
  after(async () => {
    await site?.close();
    await kamailio?.stop();
  });

  afterEach(() => endCalls(people), {timeout: 20_000});

  const it = testsThatTell(async () => [
    ...(await Promise.all(people.map(({user, page}) => tellsOfPage(user, page)))),
    tellsOfLog('Kamailio', kamailio.log()),
  ]);

  const hear = (one: Person, other: Person): Promise<void> => hearEachOther(one, other, people);

  async function talk(from: Person, to: Person, media?: 'audio' | 'video'): Promise<void> {
    await connects(from, to, media);
    await hear(from, to);
  }

  it('register by ws and by wss, each with one binding', async () => {
    for (const {user} of people) assert.equal((await kamailio.contacts(user)).length, 1, user);
    const sockets = [...(await kamailio.command('ul.dump')).matchAll(/Socket: (\w+):/g)];
    assert.deepEqual(sockets.map(([, transport]) => transport).sort(), ['tcp', 'tcp', 'tls']);
  });

  for (const [what, wrong, code] of [
    ['the password is wrong', {password: 'guessed'}, 'wrong-password'],
    ['the domain is another one', {attributes: 'domain="example.com"'}, 'unknown-user'],
  ] as const)
    it(`are told that ${what}, and nothing is registered`, async () => {
      const {page} = await personPage(site, kamailio, 'desk', wrong);
      const told = await goOnline(page).then(
        () => 'registered',
        () =>
          page.evaluate(
            () => (document.querySelector('sip-client') as any).client.state.error?.code as string,
          ),
      );
      assert.equal(told, code);
      assert.deepEqual(await kamailio.contacts('desk'), []);
      await page.close();
    });

  it('leave one binding after fifty registrations, and none after the last is taken back', async () => {
    const {page} = await person(site, kamailio, 'desk');
    await page.evaluate(async () => {
      const {client} = document.querySelector('sip-client') as any;
      for (let round = 0; round < 50; round += 1) await client.register();
    });
    assert.equal((await kamailio.contacts('desk')).length, 1);
    await page.evaluate(() => (document.querySelector('sip-client') as any).client.unregister());
    assert.deepEqual(await kamailio.contacts('desk'), []);
    await page.close();
  });

  // Firefox closes the sockets of a page that goes, as a rule before it tells the page.
  if (!IN_FIREFOX)
    describe('when a page goes', () => {
      const GOING: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
        'goes elsewhere': (page) => page.goto('about:blank'),
        'is loaded again': (page) => page.reload(),
        'is closed': async (page) => {
          const closed = new Promise((resolve) => page.once('close', resolve));
          await page.close({runBeforeUnload: true});
          await closed;
        },
      };
      for (const [how, go] of Object.entries(GOING))
        it(`that ${how}, its call ends for both and nobody reaches it`, async () => {
          const desk = await person(site, kamailio, 'desk');
          await connects(alice, desk);
          await go(desk.page);
          const {by, code} = await cause(alice);
          assert.deepEqual([by, code], ['remote', 'normal']);
          // The server reads the last REGISTER beside the BYE.
          for (let asked = 0; asked < 20 && (await kamailio.contacts('desk')).length > 0; asked += 1)
            await new Promise((resolve) => setTimeout(resolve, 50));
          assert.deepEqual(await kamailio.contacts('desk'), []);
          if (!desk.page.isClosed()) await desk.page.close();
        });

      it('that has a leave-warning, the browser asks first, and the call goes on if the user stays', async () => {
        const desk = await person(site, kamailio, 'desk', {tone: 1600, attributes: 'leave-warning'});
        const asked: string[] = [];
        let stays = true;
        desk.page.on('dialog', (dialog) => {
          asked.push(dialog.type());
          void (stays ? dialog.dismiss() : dialog.accept());
        });
        await connects(alice, desk);
        // Browsers ask only on a page that somebody has used.
        await desk.page.mouse.click(5, 5);
        const there = desk.page.url();
        await desk.page.goto('about:blank').catch(() => {});
        assert.equal(desk.page.url(), there);
        await hear(alice, desk);
        stays = false;
        await desk.page.goto('about:blank');
        assert.equal((await cause(alice)).code, 'normal');
        assert.deepEqual(asked, ['beforeunload', 'beforeunload']);
        await desk.page.close();
      });

      for (const [what, isCaller, name, value] of [
        ['whoever it called rings no more', true, 'code', 'cancelled'],
        ['whoever calls it is told that it cannot be reached', false, 'status', 480],
      ] as const)
        it(what, async () => {
          const desk = await person(site, kamailio, 'desk');
          const [from, to] = isCaller ? [desk, alice] : [alice, desk];
          await placeCall(from.page, to.user, 'audio');
          await nextEvent(to.page, 'sip-call-received');
          await desk.page.goto('about:blank');
          assert.equal((await cause(alice))[name], value);
          await desk.page.close();
        });
    });

  it('see and hear each other', async () => {
    await talk(alice, bob, 'video');
    await seeEachOther(alice, bob);
  });

  it('hold each other, either way, and go on', async () => {
    await talk(alice, bob);
    await holdEachOther(alice, bob);
  });

  it('send tones by INFO, which the other page is told of', async () => {
    await talk(carol, bob);
    await sendsTones(carol, bob);
  });

  it('carry receipts, and that somebody is typing', async () => {
    const text = 'Did you get this? 你好';
    // Receipts go to those to whom a user has written.
    await carol.page.evaluate(() =>
      (document.querySelector('sip-client') as any).client.sendMessage('alice', 'hi'),
    );
    await alice.page.evaluate(async (text) => {
      const {messages} = (document.querySelector('sip-client') as any).client;
      messages.setComposing('carol');
      (window as any).sent = await messages.send('carol', text);
    }, text);
    const stateOf = (): Promise<string> =>
      alice.page.evaluate(async () => {
        const {client} = document.querySelector('sip-client') as any;
        const {state} = await client.messages.open('carol');
        const {delivered, read} = state.messages.find(({id}: any) => id === (window as any).sent.id);
        return read ? 'read' : delivered ? 'delivered' : 'sent';
      });
    await until(async () => (await stateOf()) === 'delivered');
    await carol.page.evaluate(async (text) => {
      const {messages} = (document.querySelector('sip-client') as any).client;
      const conversation = await messages.open('alice');
      while (conversation.state.messages.at(-1)?.text !== text)
        await new Promise((resolve) => conversation.addEventListener('statechange', resolve, {once: true}));
      await messages.markRead('alice');
    }, text);
    await until(async () => (await stateOf()) === 'read');
    await alice.page.evaluate(() =>
      (document.querySelector('sip-client') as any).client.messages.setComposing('carol'),
    );
    await carol.page.evaluate(async () => {
      const conversation = await (document.querySelector('sip-client') as any).client.messages.open('alice');
      while (!conversation.state.composing)
        await new Promise((resolve) => conversation.addEventListener('statechange', resolve, {once: true}));
    });
  });

  it('carry messages', async () => {
    const text = 'Grüße — 你好 <b>&amp;</b>';
    await alice.page.evaluate(
      (text) => (document.querySelector('sip-client') as any).client.sendMessage('bob', text),
      text,
    );
    const {message} = await nextEvent(bob.page, 'sip-message-received');
    assert.deepEqual([message.from.number ?? message.from, message.text], ['alice', text]);
  });

  it('end a call from either side', async () => {
    for (const [ending, other] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      await talk(alice, bob);
      await ends(ending, other);
    }
  });

  it('stop ringing where the caller gives up', async () => {
    await placeCall(alice.page, 'bob', 'audio');
    await nextEvent(bob.page, 'sip-call-received');
    await alice.page.evaluate(() => (window as any).call.hangup());
    await talksTo(bob, []);
  });

  it('carry headers of the pages’ own past the server’s challenge', async () => {
    await alice.page.evaluate(async () => {
      const {client} = document.querySelector('sip-client') as any;
      (window as any).call = await client.call('bob', {media: 'audio', headers: {'X-Order': '4711'}});
    });
    await nextEvent(bob.page, 'sip-call-received');
    const order = await bob.page.evaluate(async () => {
      const {call} = window as any;
      await call.answer({headers: {'X-Agent': 'bob'}});
      return call.header('X-Order');
    });
    const agent = await alice.page.evaluate(async () => {
      const {call} = window as any;
      while (call.state.phase !== 'answered') await new Promise((resolve) => setTimeout(resolve, 20));
      await call.hangup({headers: {'X-Survey': 'yes'}});
      return call.header('X-Agent');
    });
    await talksTo(bob, []);
    const survey = await bob.page.evaluate(() => (window as any).call.header('X-Survey'));
    assert.deepEqual([order, agent, survey], ['4711', 'bob', 'yes']);
  });

  it('say that a call was declined, that the other is busy, is not there, or does not exist', async () => {
    await placeCall(alice.page, 'bob', 'audio');
    await nextEvent(bob.page, 'sip-call-received');
    await bob.page.evaluate(() => (window as any).call.decline());
    assert.equal((await cause(alice)).code, 'declined');

    const failure = (number: string): Promise<string> =>
      alice.page.evaluate(async (number) => {
        const {client} = document.querySelector('sip-client') as any;
        const call = await client.call(number, {media: 'audio'}).catch((error: {code: string}) => error);
        if (call.code) return call.code;
        while (call.state.phase !== 'released') await new Promise((resolve) => setTimeout(resolve, 20));
        return call.state.cause.code;
      }, number);
    assert.equal(await failure('desk'), 'number-offline');
    assert.equal(await failure('nobody'), 'unknown-number');
    await talk(bob, carol);
    assert.equal(await failure('carol'), 'busy');
  });

  it('are put through to a number', async () => {
    await talk(alice, bob);
    await alice.page.evaluate(() => void (window as any).call.transfer('carol'));
    const {remote} = await nextEvent(carol.page, 'sip-call-received');
    assert.equal(remote.number, 'bob');
    await answer(carol);
    await talksTo(alice, []);
    await talksTo(bob, ['carol']);
    await bob.page.evaluate(() => {
      (window as any).call = (document.querySelector('sip-client') as any).client.state.calls[0];
    });
    await hear(bob, carol);
    assert.equal((await open(alice.page)).tracks, 0);
  });

  it('are connected by somebody who talks to both', async () => {
    await talk(alice, bob);
    await talk(alice, carol);
    await alice.page.evaluate(async () => {
      const [first, second] = (document.querySelector('sip-client') as any).client.state.calls;
      await first.transfer(second);
    });
    await talksTo(alice, []);
    await talksTo(bob, ['carol']);
    await talksTo(carol, ['bob']);
    for (const {page} of [bob, carol])
      await page.evaluate(() => {
        (window as any).call = (document.querySelector('sip-client') as any).client.state.calls[0];
      });
    await hear(bob, carol);
  });

  it('ring at every page of a user, until one answers', async () => {
    const second = await person(site, kamailio, 'bob', {tone: 2000, attributes: 'shared-worker="none"'});
    try {
      assert.equal((await kamailio.contacts('bob')).length, 2);
      await placeCall(alice.page, 'bob', 'audio');
      for (const {page} of [bob, second]) await nextEvent(page, 'sip-call-received');
      await answer(second);
      await nextEvent(alice.page, 'sip-call-answered');
      await talksTo(bob, []);
      assert.equal((await open(bob.page)).tracks, 0);
      await hearsTones(alice.page, [second.tone], [bob.tone]);
      await hearsTones(second.page, [alice.tone]);
      await hangsUp(second);
    } finally {
      await second.page.close();
    }
    // The page is gone, and so is its binding.
    while ((await kamailio.contacts('bob')).length > 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
  });
});
