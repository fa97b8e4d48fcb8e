import assert from 'node:assert/strict';
import {after, afterEach, before, describe} from 'node:test';
import {startAsterisk, type Asterisk} from '../support/interop/asterisk.js';
import {connects, hearEachOther} from '../support/interop/conversation.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../support/interop/evidence.js';
import {
  answer,
  hangsUp,
  LOOPBACK_FLAGS,
  person,
  talksTo,
  type Person,
  type PersonOptions,
} from '../support/interop/sip-page.js';
import {nextEvent, placeCall} from '../support/page/phone-page.js';
import {hearsTones} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';

/** Codes of the configuration in `demo/infra`. */
const FEATURES = {
  park: '800',
  retrieve: '{slot}',
  forward: '*72{number}',
  forwardOff: '*73',
  dndOn: '*78',
  dndOff: '*79',
  whisper: '*34{number}',
};

const OPTIONS = (tone: number): PersonOptions => ({
  tone,
  attributes: 'domain="127.0.0.1"',
  options: {features: FEATURES},
});

describe('feature codes at Asterisk', () => {
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
  afterEach(
    async () => {
      for (const each of [alice, bob, carol]) await hangsUp(each);
    },
    {timeout: 20_000},
  );

  const it = testsThatTell(async () => [
    ...(await Promise.all([alice, bob, carol].map(({user, page}) => tellsOfPage(user, page)))),
    tellsOfLog('Asterisk', asterisk.log(), /WARNING|ERROR|Executing/, 20),
  ]);

  /** Runs a command of a page's PBX; the call that it makes is the page's. */
  const asks = async ({page}: Person, name: string, ...words: readonly unknown[]): Promise<void> => {
    const told = await page.evaluate(
      (name, words) =>
        (document.querySelector('sip-client') as any).pbx[name](...words).then(
          (call: unknown) => ((window as any).call = call) && 'done',
          ({code}: {code: string}) => code,
        ),
      name,
      words,
    );
    assert.equal(told, 'done', name);
  };

  /** Makes a setting; Asterisk ends the call. */
  const sets = async (who: Person, name: string, ...words: readonly unknown[]): Promise<void> => {
    await asks(who, name, ...words);
    await talksTo(who, []);
    await hangsUp(who);
  };

  it('park a call, which another page retrieves', async () => {
    await connects(alice, bob);
    await hearEachOther(alice, bob);
    await bob.page.evaluate(() =>
      (document.querySelector('sip-client') as any).pbx.park((window as any).call),
    );
    await talksTo(bob, []);
    await asks(carol, 'retrieve', '801');
    await hearEachOther(alice, carol, [bob]);
  });

  it('forward calls, and end that', async () => {
    await sets(bob, 'forward', 'carol');
    await placeCall(alice.page, 'bob', 'audio');
    await nextEvent(carol.page, 'sip-call-received');
    await answer(carol);
    await hearEachOther(alice, carol, [bob]);
    for (const each of [alice, carol]) await hangsUp(each);
    await sets(bob, 'endForwarding');
    await connects(alice, bob);
    await hearEachOther(alice, bob, [carol]);
  });

  it('refuse calls, and let them through again', async () => {
    await sets(bob, 'setDoNotDisturb', true);
    const code = await alice.page.evaluate(async () => {
      const call = await (document.querySelector('sip-client') as any).client
        .call('bob')
        .catch((error: {code: string}) => error);
      if (call.code) return call.code as string;
      while (call.state.phase !== 'released') await new Promise((resolve) => setTimeout(resolve, 20));
      return call.state.cause.code as string;
    });
    assert.equal(code, 'busy');
    await sets(bob, 'setDoNotDisturb', false);
    await connects(alice, bob);
    await hearEachOther(alice, bob);
  });

  it('whisper to one side of a call alone', async () => {
    await connects(bob, carol);
    await hearEachOther(bob, carol);
    await asks(alice, 'whisper', 'bob');
    await hearsTones(bob.page, [alice.tone, carol.tone]);
    await hearsTones(carol.page, [bob.tone], [alice.tone]);
    await hearsTones(alice.page, [bob.tone, carol.tone], [alice.tone]);
  });
});
