import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {after, before, describe} from 'node:test';
import {IN_FIREFOX} from '../support/page/browser.js';
import {connects, hearEachOther} from '../support/interop/conversation.js';
import {startCoturn, type Coturn} from '../support/interop/coturn.js';
import {tellsOfLog, tellsOfPage, testsThatTell} from '../support/interop/evidence.js';
import {startKamailio, type Kamailio} from '../support/interop/kamailio.js';
import {hangsUp, LOOPBACK_FLAGS, person, personPage, type Person} from '../support/interop/sip-page.js';
import {goOnline} from '../support/page/phone-page.js';
import {openSite, type Site} from '../support/page/site.js';

/** Firefox takes no certificate of a TURN server but one of an authority's. */
const STRICT = IN_FIREFOX ? 'tcp' : 'tls';

const SECRET = 'secret-of-the-site';

describe('calls through coturn', () => {
  let kamailio: Kamailio;
  let coturn: Coturn;
  let strict: Coturn;
  let timed: Coturn;
  let site: Site;
  let people: Person[] = [];

  before(async () => {
    kamailio = await startKamailio();
    [coturn, strict, timed] = [
      await startCoturn(),
      await startCoturn(STRICT),
      await startCoturn('udp', SECRET),
    ];
    site = await openSite({chromeFlags: LOOPBACK_FLAGS});
  });
  after(async () => {
    await site?.close();
    await coturn?.stop();
    await strict?.stop();
    await timed?.stop();
    await kamailio?.stop();
  });

  const it = testsThatTell(async () => [
    ...(await Promise.all(people.map(({user, page}) => tellsOfPage(user, page)))),
    tellsOfLog('Kamailio', kamailio.log()),
    tellsOfLog('coturn', coturn.log()),
    tellsOfLog(`coturn by ${STRICT}`, strict.log()),
    tellsOfLog('coturn with a secret', timed.log()),
  ]);

  /** What kind of candidate a page's media goes out by. */
  const kind = ({page}: Person): Promise<string> =>
    page.evaluate(async () => {
      for (;;) {
        for (const peer of (window as any).opened.peers as Set<RTCPeerConnection>) {
          const report = (await peer.getStats()) as Map<string, any>;
          const all = [...report.values()];
          const {selectedCandidatePairId} = all.find(({type}) => type === 'transport') ?? {};
          const pair = report.get(selectedCandidatePairId);
          if (pair) return report.get(pair.localCandidateId).candidateType as string;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });

  for (const [what, server, forceRelay, wanted] of [
    ['go through the relay where nothing else may be used', () => coturn.server, true, 'relay'],
    [
      `go through the relay that is reached by ${STRICT.toUpperCase()} alone`,
      () => strict.server,
      true,
      'relay',
    ],
    ['go straight where the relay is not needed', () => coturn.server, false, 'host'],
  ] as const)
    it(what, async () => {
      const options = {iceServers: [server()], forceRelay};
      const alice = await person(site, kamailio, 'alice', {tone: 440, options});
      const bob = await person(site, kamailio, 'bob', {tone: 800});
      people = [alice, bob];
      await connects(alice, bob);
      await hearEachOther(alice, bob);
      assert.equal(await kind(alice), wanted);
      for (const each of people) await hangsUp(each);
      for (const {page} of people) await page.close();
    });

  /** What the site's own server returns, as coturn's REST interface has it: a user for some seconds. */
  function shortLived(name: string, seconds: number): Record<string, unknown> {
    const username = `${Math.floor(Date.now() / 1000) + seconds}:${name}`;
    const password = createHmac('sha1', SECRET).update(username).digest('base64');
    return {uris: [timed.server.urls], username, password, ttl: seconds};
  }

  /** A page whose function returns these servers in turn, the last ones again and again. */
  async function relayed(user: string, tone: number, servers: readonly unknown[]): Promise<Person> {
    const made = await personPage(site, kamailio, user, {tone, options: {forceRelay: true}});
    await made.page.evaluate((servers) => {
      const element = document.querySelector('sip-client') as any;
      (window as any).asked = 0;
      const iceServers = async (): Promise<unknown> =>
        servers[Math.min((window as any).asked++, servers.length - 1)];
      element.options = {...element.options, iceServers};
    }, servers);
    await goOnline(made.page);
    return made;
  }

  it('go through the relay by short-lived users, and by the next ones once these have ended', async () => {
    const alice = await relayed('alice', 440, [shortLived('alice', 5), shortLived('alice', 600)]);
    const bob = await relayed('bob', 800, [shortLived('bob', 600)]);
    people = [alice, bob];
    await connects(alice, bob);
    await hearEachOther(alice, bob);
    assert.equal(await kind(alice), 'relay');
    await alice.page.waitForFunction(() => (window as any).asked === 2);
    const users = await alice.page.evaluate(() =>
      [...((window as any).opened.peers as Set<RTCPeerConnection>)].flatMap((peer) =>
        (peer.getConfiguration().iceServers ?? []).map(({username}) => username),
      ),
    );
    assert.equal(users.length, 1);
    assert.ok(Number(users[0]!.split(':')[0]) > Date.now() / 1000 + 300, users[0]);
    for (const each of people) await hangsUp(each);
    // The next call has the next user as well.
    await connects(alice, bob);
    await hearEachOther(alice, bob);
    assert.match(timed.log(), /user <\d+:alice>.*ALLOCATE processed, success/);
    for (const each of people) await hangsUp(each);
    for (const {page} of people) await page.close();
  });

  it('are not made with a short-lived user whose time is over', async () => {
    const alice = await relayed('alice', 440, [{...shortLived('alice', -60), ttl: 60}]);
    people = [alice];
    const cause = await alice.page.evaluate(async () => {
      const {client} = document.querySelector('sip-client') as any;
      return client.call('bob').catch(({code, subject}: any) => ({code, subject}));
    });
    assert.equal(cause.code, 'relay-refused');
    assert.match(cause.subject, / 401\b/);
    await alice.page.close();
  });

  it('are not made where the relay refuses the password', async () => {
    const iceServers = [{...coturn.server, credential: 'expired'}];
    const alice = await person(site, kamailio, 'alice', {tone: 440, options: {iceServers, forceRelay: true}});
    people = [alice];
    const cause = await alice.page.evaluate(async () => {
      const {client} = document.querySelector('sip-client') as any;
      return client.call('bob').catch(({code, subject}: any) => ({code, subject}));
    });
    assert.equal(cause.code, 'relay-refused');
    assert.match(cause.subject, /^turn:127\.0\.0\.1:\d+\S* 401\b/);
    await alice.page.close();
  });
});
