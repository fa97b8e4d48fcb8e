import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {listenToPage, type Ear} from '../../support/in-page/ear.js';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {untouched, type UntouchedPage} from '../../support/page/untouched.js';

const begin = (page: Page): Promise<void> =>
  page.evaluate(`(${listenToPage.toString()})(); undefined`) as Promise<void>;

/** Waits until the page plays about this frequency; 0 is silence with all devices released. */
const hears = (page: Page, frequency: number): Promise<void> =>
  page.evaluate(async (frequency) => {
    const {ear} = window as unknown as {ear: Ear};
    for (;;) {
      const {frequency: now} = ear.now();
      const resting = ear.states().every((state) => state === 'suspended');
      if (frequency === 0 ? resting : Math.abs(now - frequency) < 8) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }, frequency);

const ringer = (page: Page): Promise<{tones: string[]; blocked: boolean}> =>
  page.evaluate(() => (document.querySelector('sip-client') as any).client.ringer.state);

/** Waits until the page’s client plays these tones: some of them have the same frequency. */
const plays = (page: Page, tone: string): Promise<void> =>
  page.evaluate(async (tone) => {
    const {client} = document.querySelector('sip-client') as any;
    while (client.ringer.state.tones.join() !== tone) await new Promise((resolve) => setTimeout(resolve, 20));
  }, tone);

const hangup = (page: Page): Promise<void> => page.evaluate(() => (window as any).call.hangup());

describe('ringing', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;
  let carol: Page;

  before(async () => {
    site = await openSite();
    const inside = '<sip-call></sip-call>';
    [alice, bob, carol] = [
      await onlinePage(site, {user: '1001', inside}),
      await onlinePage(site, {
        user: '1002',
        inside: `${inside}<sip-call></sip-call><sip-incoming></sip-incoming>`,
      }),
      await onlinePage(site, {user: '1003', inside}),
    ];
    for (const page of [alice, bob, carol]) await begin(page);
  });
  after(() => site.close());

  it('rings at the one, is heard to ring at the other, and ends with the answer', async () => {
    await placeCall(alice, '1002', 'audio');
    await hears(bob, 880);
    await hears(alice, 450);
    assert.deepEqual((await ringer(alice)).tones, ['ringback']);
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer());
    for (const page of [alice, bob]) {
      await nextEvent(page, 'sip-call-answered');
      await hears(page, 0);
      assert.deepEqual(await ringer(page), {tones: [], blocked: false, aside: false});
    }
  });

  it('rings once however many elements show the call', () =>
    bob.evaluate(() => {
      const {ear} = window as unknown as {ear: Ear};
      if (ear.states().length !== 1) throw new Error(ear.states().join());
    }));

  it('knocks where one is on the phone, which the other caller hears as ringing', async () => {
    await placeCall(carol, '1002', 'audio');
    await hears(bob, 450);
    await hears(carol, 450);
    assert.deepEqual([(await ringer(bob)).tones, (await ringer(carol)).tones], [['waiting'], ['ringback']]);
    await nextEvent(bob, 'sip-call-received');
  });

  it('tells the other caller of a refusal by a few tones, then is silent', async () => {
    // The tone lasts for three seconds.
    const busy = plays(carol, 'busy').then(() => hears(carol, 450));
    await bob.evaluate(() => (window as any).call.decline());
    await busy;
    for (const page of [bob, carol]) await hears(page, 0);
    await plays(carol, '');
    await hangup(alice);
    for (const page of [alice, bob]) {
      await nextEvent(page, 'sip-call-hangup');
      await hears(page, 0);
    }
  });

  it('does not ring where the page prevents it', async () => {
    await bob.evaluate(() => {
      const element = document.querySelector('sip-client')!;
      element.addEventListener('sip-call-received', (event) => event.preventDefault(), {once: true});
    });
    await placeCall(alice, '1002', 'audio');
    await hears(alice, 450);
    assert.deepEqual((await ringer(bob)).tones, []);
    await hangup(alice);
    await hears(alice, 0);
  });

  it('is set by the attributes of <sip-client>, also while it rings, and leaves the connection alone', async () => {
    await bob.evaluate(() => {
      const element = document.querySelector('sip-client')!;
      element.setAttribute('ring-volume', '0.25');
      element.setAttribute('ringtone', 'none');
    });
    await placeCall(alice, '1002', 'audio');
    await hears(alice, 450);
    assert.deepEqual((await ringer(bob)).tones, []);
    await bob.evaluate(() => document.querySelector('sip-client')!.removeAttribute('ringtone'));
    await hears(bob, 880);
    const [level, volume, connection] = await bob.evaluate(() => {
      const {client} = document.querySelector('sip-client') as any;
      return [
        (window as unknown as {ear: Ear}).ear.now().level,
        client.ringer.volume,
        client.state.connection,
      ] as const;
    });
    assert.ok(level < 0.15, String(level));
    assert.deepEqual([volume, connection], [0.25, 'connected']);
    await hangup(alice);
    await hears(bob, 0);
  });

  it('has nothing open once the client is disconnected', async () => {
    for (const page of [alice, bob, carol]) {
      await page.evaluate(() => (document.querySelector('sip-client') as any).disconnect());
      // A browser takes its time to close one.
      await page.evaluate(async () => {
        const {ear} = window as unknown as {ear: Ear};
        while (ear.states().length) await new Promise((resolve) => setTimeout(resolve, 20));
      });
    }
  });

  it('makes the pages complain of nothing', () => {
    assert.deepEqual(site.complaints, []);
  });
});

// In Firefox whatever is evaluated counts as a gesture of the user’s.
if (!IN_FIREFOX)
  describe('ringing on a page that nobody has touched', () => {
    let site: Site;
    let alice: Page;
    let bob: Page;
    let quietly: UntouchedPage['evaluate'];
    let becomes: UntouchedPage['becomes'];

    const CLIENT = `document.querySelector('sip-client').client`;
    const BUTTON = `document.querySelector('sip-incoming').shadowRoot.querySelector('[part~=sound]')`;

    before(async () => {
      site = await openSite({withoutFlags: ['--autoplay-policy=no-user-gesture-required']});
      alice = await onlinePage(site, {user: '1001'});
      bob = await site.open('/fswebrtc');
      ({evaluate: quietly, becomes} = await untouched(bob));
      await quietly(`(${listenToPage.toString()})(); undefined`);
      await quietly(`(async () => {
        await import('/sip-elements.js');
        const server = \`ws://\${location.host}/fswebrtc\`;
        document.body.innerHTML = \`<sip-client autoconnect server="\${server}" user="1002" password="1234">
          <sip-incoming></sip-incoming></sip-client>\`;
      })()`);
      await becomes(`${CLIENT}?.state.registration === 'registered'`);
    });
    after(() => site.close());

    it('says that it is kept off, and is heard at the first gesture, whatever it is', async () => {
      assert.equal(await quietly('navigator.userActivation.hasBeenActive'), false);
      await placeCall(alice, '1002', 'audio');
      await becomes(`${BUTTON} !== null`);
      assert.deepEqual(await quietly(`${CLIENT}.ringer.state`), {
        tones: ['ringtone'],
        blocked: true,
        aside: false,
      });
      assert.equal(await quietly('ear.now().level'), 0);
      await bob.mouse.click(5, 700);
      await becomes('Math.abs(ear.now().frequency - 880) < 8');
      await becomes(`${BUTTON} === null`);
      assert.equal(await quietly(`${CLIENT}.ringer.state.blocked`), false);
      await hangup(alice);
      await becomes(`${CLIENT}.state.calls.length === 0 && ear.states().join() === 'suspended'`);
    });

    it('makes nothing fail: the browser alone says that it keeps sound off', () => {
      assert.deepEqual(
        site.complaints.filter(
          (complaint) => !complaint.includes('The AudioContext was not allowed to start'),
        ),
        [],
      );
    });
  });
