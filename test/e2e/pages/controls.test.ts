import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../../support/page/audit.js';
import {until} from '../../support/in-page/facts.js';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {fallsSilent, receives} from '../../support/page/measure.js';
import {press, shown} from '../../support/page/parts.js';
import {nextEvent, onlinePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {untouched, type UntouchedPage} from '../../support/page/untouched.js';
import {open} from '../../support/page/witness.js';

const CONTROLS = ['mute', 'hold', 'camera', 'screen', 'photo', 'record', 'hangup']
  .map((name) => `<sip-${name}-button></sip-${name}-button>`)
  .join('');
const LAYOUT = `<main><h1>Own</h1><sip-video></sip-video><sip-video of="local"></sip-video><p><sip-duration></sip-duration></p>
  <sip-audio></sip-audio><div>${CONTROLS}</div></main>`;

/** The local video is mirrored, unless the camera looks away: Firefox's fake one does. */
const OWN = IN_FIREFOX ? ':not(.mirrored)' : '.mirrored';

/** Answers what rings at the page with a picture. */
async function answer(page: Page): Promise<void> {
  await nextEvent(page, 'sip-call-received');
  await page.evaluate(() => (window as any).call.answer({media: 'video'}));
}

describe('a page with a layout of its own', () => {
  let site: Site;
  let alice: Page;
  let bob: Page;
  const control = (name: string): string => `sip-${name}-button >>> button`;
  const state = (page: Page, name: string, value: unknown): Promise<unknown> =>
    page.waitForFunction(
      (name, value) => (window as any).call.state[name] === value,
      {polling: 50},
      name,
      value,
    );

  before(async () => {
    site = await openSite();
    alice = await onlinePage(site, {user: '1001', inside: LAYOUT});
    bob = await onlinePage(site, {user: '1002', inside: '<main><h1>Bob</h1><sip-call></sip-call></main>'});
    await bob.evaluate(() => (document.documentElement.lang = 'en'));
    await placeCall(alice, '1002', 'video');
    await answer(bob);
    for (const page of [alice, bob]) {
      await nextEvent(page, 'sip-call-answered');
      await receives(page, 'sip-client', {frames: 10, energy: 0.01});
    }
  });
  after(() => site.close());

  it('shows and plays the call', async () => {
    await shown(alice, 'sip-video:not([of]) >>> .playing');
    await shown(alice, `sip-video[of=local] >>> .playing${OWN}`);
    await alice.waitForFunction(
      () => !document.querySelector('sip-audio')!.shadowRoot!.querySelector('audio')!.paused,
    );
    await shown(alice, 'sip-duration >>> [role=timer]');
    assert.deepEqual(await audit(alice), []);
  });

  it('is silent at the far end when it is muted, and heard again', async () => {
    await press(alice, control('mute'));
    await fallsSilent(bob, 'sip-client');
    await press(alice, control('mute'));
    await receives(bob, 'sip-client', {frames: 1, energy: 0.01});
  });

  it('holds, and goes on', async () => {
    await press(alice, control('hold'));
    await state(bob, 'remoteHeld', true);
    await press(alice, control('hold'));
    await state(bob, 'remoteHeld', false);
    await receives(bob, 'sip-client', {frames: 5, energy: 0.01});
  });

  it('turns the camera off at the device, which the other side says instead of a black picture, and on', async () => {
    const before = (await open(alice)).tracks;
    await press(alice, control('camera'));
    await state(alice, 'cameraOff', true);
    assert.equal((await open(alice)).tracks, before - 1);
    await shown(bob, 'sip-call >>> .middle:not([hidden]) .avatar');
    await until(() =>
      bob.$eval('sip-call >>> .middle', (middle) =>
        (middle as HTMLElement).innerText.includes('Their camera is off'),
      ),
    );
    assert.equal(await bob.$('sip-call >>> .remote.playing'), null);
    assert.deepEqual(await audit(bob), []);
    await press(alice, control('camera'));
    await state(alice, 'cameraOff', false);
    await receives(bob, 'sip-client', {frames: 5, energy: 0});
    await shown(bob, 'sip-call >>> .remote.playing');
  });

  it('reports that it records, as long as it does', async () => {
    assert.equal(await bob.$('sip-call >>> [part=recorded]'), null);
    await alice.$eval('sip-record-button', (button) =>
      button.addEventListener('sip-recording', (event) => event.preventDefault()),
    );
    await press(alice, control('record'));
    const sign = await shown(bob, 'sip-call >>> [part=recorded]');
    assert.equal(await sign.evaluate((element) => element.textContent), 'This call is being recorded');
    assert.deepEqual(await audit(bob), []);
    await press(alice, 'sip-record-button >>> .control.on');
    await until(async () => !(await bob.$('sip-call >>> [part=recorded]')));
  });

  it('ends the call, and shows, plays and opens nothing any more', async () => {
    await press(alice, control('hangup'));
    await nextEvent(bob, 'sip-call-hangup');
    await shown(alice, 'sip-hangup-button >>> [aria-disabled=true]');
    const left = await alice.evaluate(() =>
      [...document.querySelectorAll('sip-video, sip-audio')].map(
        (player) => player.shadowRoot!.querySelector<HTMLMediaElement>('audio, video')!.srcObject,
      ),
    );
    assert.deepEqual(left, [null, null, null]);
    assert.equal((await open(alice)).tracks, 0);
    assert.deepEqual(await audit(alice), []);
  });

  it('adds a picture to a call of sound alone, which the other side is told', async () => {
    await placeCall(alice, '1002', 'audio');
    await nextEvent(bob, 'sip-call-received');
    await bob.evaluate(() => (window as any).call.answer());
    for (const page of [alice, bob]) await nextEvent(page, 'sip-call-answered');
    await press(alice, control('camera'));
    await shown(bob, 'sip-call >>> .remote.playing');
    await shown(bob, 'sip-call >>> .notice.informs');
    assert.equal((await open(bob)).tracks, 1);
    await press(bob, 'sip-call >>> [part=show]');
    await shown(alice, 'sip-video:not([of]) >>> .playing');
    await bob.evaluate(() => (window as any).call.hangup());
    await nextEvent(alice, 'sip-call-hangup');
  });

  it('plays a call in the page’s own elements', async () => {
    await alice.evaluate(() => {
      document.querySelector('main')!.innerHTML =
        '<h1>Own</h1><video id="far"></video><video id="near" muted></video><audio id="voice"></audio>';
    });
    await placeCall(alice, '1002', 'video');
    await alice.evaluate(() => {
      const element = (id: string): HTMLElement => document.getElementById(id)!;
      (window as any).call.attach({
        localVideo: element('near'),
        remoteVideo: element('far'),
        remoteAudio: element('voice'),
      });
    });
    await answer(bob);
    await nextEvent(alice, 'sip-call-answered');
    await receives(alice, 'sip-client', {frames: 5, energy: 0.01});
    await alice.waitForFunction(() =>
      [...document.querySelectorAll<HTMLMediaElement>('main video, main audio')].every(
        ({paused, currentTime}) => !paused && currentTime > 0,
      ),
    );
    await alice.waitForFunction(() =>
      [...document.querySelectorAll('video')].every(({videoWidth}) => videoWidth > 0),
    );
    await alice.evaluate(() => (window as any).call.hangup());
    await nextEvent(bob, 'sip-call-hangup');
    assert.deepEqual(
      await alice.evaluate(() =>
        [...document.querySelectorAll<HTMLMediaElement>('video, audio')].map(({srcObject}) => srcObject),
      ),
      [null, null, null],
    );
  });

  it('makes the pages complain of nothing', () => {
    assert.deepEqual(site.complaints, []);
  });
});

// In Firefox whatever is evaluated counts as a gesture of the user’s.
if (!IN_FIREFOX)
  describe('a browser that lets no page sound that nobody has touched', () => {
    let site: Site;
    let alice: Page;
    let bob: Page;
    let quiet: UntouchedPage;
    const AUDIO = `document.querySelector('sip-audio').shadowRoot.querySelector('audio')`;
    const BUTTON = `document.querySelector('sip-audio').shadowRoot.querySelector('[part~=sound]')`;
    const CLIENT = `document.querySelector('sip-client').client`;

    before(async () => {
      site = await openSite({withoutFlags: ['--autoplay-policy=no-user-gesture-required']});
      alice = await onlinePage(site, {user: '1001'});
      bob = await site.open('/fswebrtc');
      quiet = await untouched(bob);
      // Without a microphone: a page that records may sound.
      await quiet.evaluate(`(async () => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
        await import('/sip-elements.js');
        const server = \`ws://\${location.host}/fswebrtc\`;
        document.body.innerHTML = \`<sip-client autoconnect server="\${server}" user="1002" password="1234">
          <sip-audio></sip-audio></sip-client>\`;
      })()`);
      await quiet.becomes(`${CLIENT}?.state.registration === 'registered'`);
      await placeCall(alice, '1002', 'audio');
      await quiet.becomes(`${CLIENT}.state.calls.length > 0`);
      await quiet.evaluate(`(window.call = ${CLIENT}.state.calls[0]).answer()`);
      await nextEvent(alice, 'sip-call-answered');
    });
    after(() => site.close());

    it('has a state and a button for it, and is heard at the first press, wherever that is', async () => {
      assert.equal(await quiet.evaluate('navigator.userActivation.hasBeenActive'), false);
      await quiet.becomes(`${BUTTON} !== null`);
      assert.deepEqual(await quiet.evaluate(`[call.state.soundBlocked, ${AUDIO}.paused]`), [true, true]);
      await bob.mouse.click(5, 700);
      await quiet.becomes(`!call.state.soundBlocked && !${AUDIO}.paused && ${BUTTON} === null`);
      await receives(bob, 'sip-client', {frames: 0, energy: 0.01});
    });
  });
