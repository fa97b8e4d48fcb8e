import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {startCoturn, type Coturn} from '../support/coturn.js';
import {startKamailio, type Kamailio} from '../support/kamailio.js';
import {nextEvent, placeCall} from '../support/phone-page.js';
import {hearsTones} from '../support/signals.js';
import {answer, hangsUp, LOOPBACK_FLAGS, person, type Person} from '../support/sip-page.js';
import {openSite, type Site} from '../support/site.js';

describe('calls through coturn', () => {
  let kamailio: Kamailio;
  let coturn: Coturn;
  let site: Site;

  before(async () => {
    [kamailio, coturn] = [await startKamailio(), await startCoturn()];
    site = await openSite({chromeFlags: LOOPBACK_FLAGS});
  });
  after(async () => {
    await site?.close();
    await coturn?.stop();
    await kamailio?.stop();
  });

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

  for (const [what, forceRelay, wanted] of [
    ['go through the relay where nothing else may be used', true, 'relay'],
    ['go straight where the relay is not needed', false, 'host'],
  ] as const)
    it(what, async () => {
      const options = {iceServers: [coturn.server], forceRelay};
      const alice = await person(site, kamailio, 'alice', {tone: 440, options});
      const bob = await person(site, kamailio, 'bob', {tone: 800});
      await placeCall(alice.page, 'bob', 'audio');
      await nextEvent(bob.page, 'sip-call-received');
      await answer(bob);
      await nextEvent(alice.page, 'sip-call-answered');
      await hearsTones(alice.page, [bob.tone]);
      await hearsTones(bob.page, [alice.tone]);
      assert.equal(await kind(alice), wanted);
      for (const each of [alice, bob]) await hangsUp(each);
      for (const {page} of [alice, bob]) await page.close();
    });
});
