import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {hears} from '../../support/page/measure.js';
import {press, shown} from '../../support/page/parts.js';
import {openSite, type Site} from '../../support/page/site.js';
import {released, witness} from '../../support/page/witness.js';

const LOADER = '/loader/sip-elements-loader.js';
const SINGLE = '/sip-elements.js';
const ELEMENTS = '<sip-incoming></sip-incoming><sip-dialer></sip-dialer><sip-call></sip-call>';

const phaseIs = (page: Page, phase: string | undefined): Promise<unknown> =>
  page.waitForFunction(
    (phase) => (document.querySelector('sip-call') as any).call?.state.phase === phase,
    {polling: 50},
    phase,
  );

describe('two copies of the package on one page', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;
  /** Opens a page with the `<sip-client>` of one copy around the elements of another. */
  const open = async (user: string): Promise<Page> => {
    const page = await site.open('/fswebrtc', witness);
    await page.evaluate(
      async (user, loader, single) => {
        document.body.innerHTML = `<sip-client server="ws://${location.host}/fswebrtc" user="${user}" password="1234" autoconnect></sip-client>`;
        await import(loader);
        await customElements.whenDefined('sip-client');
        (window as any).second = await import(single);
      },
      user,
      LOADER,
      SINGLE,
    );
    return page;
  };
  before(async () => {
    site = await openSite();
    [alice, bob] = [await open('1031'), await open('1032')];
  });
  after(() => site.close());

  it('keep the tags of the first, and define those that it has not', async () => {
    const copies = await alice.evaluate(() => ({
      client: customElements.get('sip-client') === (window as any).second.SipClientElement,
      call: customElements.get('sip-call') === (window as any).second.SipCallElement,
    }));
    assert.deepEqual(copies, {client: false, call: true});
  });

  it('share the client: elements of one place and answer the calls of the other', async () => {
    for (const page of [alice, bob])
      await page.$eval('sip-client', (element, inside) => (element.innerHTML = inside), ELEMENTS);
    await alice.$eval('sip-dialer', (dialer) => (dialer.number = '1032'));
    await press(alice, 'sip-dialer >>> [part~=call]:not([aria-disabled])');
    await press(bob, 'sip-incoming >>> [part~=answer-audio]');
    for (const page of [alice, bob]) {
      await phaseIs(page, 'answered');
      await hears(page, 'sip-client');
    }
    await press(bob, 'sip-call >>> [part~=hangup]');
    for (const page of [alice, bob]) {
      await phaseIs(page, 'released');
      await released(page);
    }
  });

  it('take a client and the errors of the other copy', async () => {
    const shownError = await alice.evaluate(async () => {
      const {SipClient, toSipError} = (window as any).second;
      const client = new SipClient({
        server: `ws://${location.host}/fswebrtc`,
        user: '1031',
        password: 'wrong',
      });
      document.querySelector('sip-client')!.client = client;
      const error = await client.connect().then(
        () => client.register().catch((refused: unknown) => refused),
        (refused: unknown) => refused,
      );
      return {code: error.code, same: toSipError(error) === error};
    });
    assert.deepEqual(shownError, {code: 'wrong-password', same: true});
    await shown(alice, 'sip-dialer >>> [part=status] .rejected');
  });

  it('load again without complaint', async () => {
    const told = site.complaints.length;
    for (const copy of [LOADER, SINGLE])
      await bob.evaluate((copy) => import(copy).then(() => {}), `${copy}?again`);
    assert.equal(site.complaints.length, told);
  });
});
