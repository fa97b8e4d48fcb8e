import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {INFINITY, simulateHid} from '../support/in-page/button-devices.js';
import {press, shown} from '../support/page/parts.js';
import {goOnline, nextEvent, phonePage} from '../support/page/phone-page.js';
import {BLACK, hearsTones, sendsSignals} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';

const GROUPS = ['9101', '9102', '9103', '9104'];
const MEMBERS = ['1003', '1004', '1005', '1006'];
const INSIDE =
  '<main><h1>Talk groups</h1><sip-channels groups="9101=Fire, 9102=Patrol, 9103=Harbor, 9104=Works"></sip-channels></main>';
const part = (name: string): string => `sip-channels >>> [part~=${name}]`;
const TONES = {speaker: 440, file: 600, first: 800, second: 1300, caller: 2000};

describe('<sip-channels> and the development server', () => {
  let site: Site;
  /** The page with the tiles; members of the first and third, and of the second and fourth group; one in a conference. */
  let speaker: Page;
  let first: Page;
  let second: Page;
  let caller: Page;

  async function openPage(user: string, tone: number, inside = ''): Promise<Page> {
    const page = await phonePage(site, {user, inside});
    await sendsSignals(page, {tone, halves: BLACK});
    await page.evaluate(() => (document.documentElement.lang = 'en'));
    await goOnline(page);
    return page;
  }

  /** Joins groups on a page that has no tiles. */
  const join = (page: Page, ...groups: string[]): Promise<void> =>
    page.evaluate(async (groups) => {
      const client = document.querySelector('sip-client') as any;
      const calls: Record<string, any> = ((window as any).groups = {});
      for (const group of groups) {
        const call = (calls[group] = await client.intercom(group));
        while (call.state.phase !== 'answered')
          await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
      }
    }, groups);

  /** Waits until a page hears the speaker in a group, or in its call without one; or until it does not. */
  async function hears(page: Page, group: string | undefined, heard: boolean): Promise<void> {
    await hearsOf(page, group, {[TONES.speaker]: heard});
  }

  /** The same for tones, by their frequencies. */
  async function hearsOf(
    page: Page,
    group: string | undefined,
    tones: Readonly<Record<number, boolean>>,
  ): Promise<void> {
    await page.evaluate((group) => {
      const scope = window as any;
      scope.conversation ??= scope.call;
      scope.call = group ? scope.groups[group] : scope.conversation;
    }, group);
    const those = (heard: boolean): number[] =>
      Object.entries(tones).flatMap(([tone, wanted]) => (wanted === heard ? [Number(tone)] : []));
    await hearsTones(page, those(true), those(false));
  }

  /** Waits until the server has told a member of a group that nobody speaks. */
  const isIdle = (page: Page, group: string): Promise<void> =>
    page.evaluate(async (group) => {
      const call = (window as any).groups[group];
      while (call.state.floor !== 'idle')
        await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
    }, group);

  const holdsTalk = async (): Promise<void> => {
    await speaker.bringToFront();
    await (await shown(speaker, `${part('talk')}:not([aria-disabled])`)).hover();
    await speaker.mouse.down();
  };

  before(async () => {
    site = await openSite({
      floorQueue: 0,
      intercoms: GROUPS.map((number) => ({number, name: number, members: MEMBERS})),
    });
    speaker = await openPage('1003', TONES.speaker, INSIDE);
    first = await openPage('1004', TONES.first);
    second = await openPage('1005', TONES.second);
    caller = await openPage('1006', TONES.caller);
    await press(speaker, part('join-all'));
    for (let count = 0; count < GROUPS.length;) {
      count = (await speaker.$$('sip-channels >>> .tile.idle')).length;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await join(first, '9101', '9103');
    await join(second, '9102', '9104');
    await speaker.evaluate(async () => {
      await (document.querySelector('sip-client') as any).createConference({members: '1006'});
    });
    await nextEvent(caller, 'sip-call-received');
    await caller.evaluate(() => (window as any).call.answer());
    await nextEvent(caller, 'sip-call-answered');
    await hears(caller, undefined, true);
  });
  after(() => site.close());

  it('is heard in the two selected of four groups, and neither in the others nor in a conference', async () => {
    await press(speaker, 'sip-channels >>> sip-channel-tile:nth-of-type(1) >>> .face');
    await press(speaker, 'sip-channels >>> sip-channel-tile:nth-of-type(2) >>> .face');
    await holdsTalk();
    await hears(first, '9101', true);
    await hears(second, '9102', true);
    await hears(first, '9103', false);
    await hears(second, '9104', false);
    await hears(caller, undefined, false);
    await speaker.mouse.up();
    await hears(first, '9101', false);
    await hears(second, '9102', false);
    await hears(caller, undefined, true);
  });

  it('names the group that refuses the floor, and is heard in the other', async () => {
    await first.evaluate(() => (window as any).groups['9101'].requestFloor());
    await shown(speaker, 'sip-channels >>> .tile.receiving');
    await holdsTalk();
    await hears(second, '9102', true);
    const refusals = await shown(speaker, part('refusals'));
    const text = await refusals.evaluate((list) => (list as HTMLElement).innerText);
    assert.match(text, /^Fire: .* is speaking/);
    assert.doesNotMatch(text, /Patrol/);
    await speaker.mouse.up();
    await first.evaluate(() => (window as any).groups['9101'].releaseFloor());
    await hears(second, '9102', false);
  });

  it('plays a sound to the two selected groups, which hear the microphone only while the key is held', async () => {
    await press(speaker, part('sounds'));
    const panel = 'sip-channels >>> sip-announcement-panel >>> ';
    const input = await shown(speaker, `${panel}[type=file]`);
    await input.evaluate((input, tone) => {
      const rate = 8000;
      const samples = 120 * rate;
      const data = new DataView(new ArrayBuffer(44 + 2 * samples));
      [0x52494646, 0, 0x57415645, 0x666d7420, 0, 0, 0, 0, 0, 0x64617461].forEach((word, index) =>
        data.setUint32(4 * index, word),
      );
      data.setUint32(4, 36 + 2 * samples, true);
      data.setUint32(16, 16, true);
      data.setUint16(20, 1, true);
      data.setUint16(22, 1, true);
      data.setUint32(24, rate, true);
      data.setUint32(28, 2 * rate, true);
      data.setUint16(32, 2, true);
      data.setUint16(34, 16, true);
      data.setUint32(40, 2 * samples, true);
      for (let index = 0; index < samples; index += 1)
        data.setInt16(44 + 2 * index, 9000 * Math.sin((2 * Math.PI * tone * index) / rate), true);
      const files = new DataTransfer();
      files.items.add(new File([data.buffer], 'evacuation.wav', {type: 'audio/wav'}));
      (input as HTMLInputElement).files = files.files;
      input.dispatchEvent(new Event('change'));
    }, TONES.file);
    await hearsOf(first, '9101', {[TONES.file]: true, [TONES.speaker]: false});
    await hearsOf(second, '9102', {[TONES.file]: true, [TONES.speaker]: false});
    await hearsOf(first, '9103', {[TONES.file]: false});
    await hearsOf(caller, undefined, {[TONES.file]: false, [TONES.speaker]: true});
    await speaker.bringToFront();
    await speaker.keyboard.down('F8');
    await hearsOf(first, '9101', {[TONES.file]: true, [TONES.speaker]: true});
    await speaker.keyboard.up('F8');
    await hearsOf(first, '9101', {[TONES.file]: true, [TONES.speaker]: false});
    await press(speaker, `${panel}.stop`);
    await isIdle(first, '9101');
    await isIdle(second, '9102');
    await hearsOf(second, '9102', {[TONES.file]: false});
    await speaker.keyboard.press('Escape');
  });

  it('is heard by a group no more that the user only listens to from then on, and on in the other', async () => {
    await holdsTalk();
    await hears(first, '9101', true);
    await hears(second, '9102', true);
    await speaker.evaluate(() => {
      const panel = document.querySelector('sip-channels')!.shadowRoot!.querySelector('sip-channels-panel')!;
      const tile = panel.shadowRoot!.querySelector('sip-channel-tile')!;
      tile.shadowRoot!.querySelector<HTMLElement>('[part=listen-only]')!.click();
    });
    await hears(first, '9101', false);
    await hears(second, '9102', true);
    await speaker.mouse.up();
    await hears(caller, undefined, true);
    await press(speaker, 'sip-channels >>> sip-channel-tile:nth-of-type(1) >>> [part=options]');
    await press(speaker, 'sip-channels >>> sip-channel-tile:nth-of-type(1) >>> [part=listen-only]');
    await speaker.keyboard.press('Escape');
  });

  it('lets the conference hear the user again once the floors are gone that one press has asked for', async () => {
    await speaker.evaluate(() =>
      document.querySelector('sip-channels')!.toggleAttribute('press-to-toggle', true),
    );
    await press(speaker, `${part('talk')}[aria-pressed=false]`);
    await hears(first, '9101', true);
    await hears(caller, undefined, false);
    // Nobody hears the user any more, although they have not pressed again.
    await speaker.evaluate(() =>
      Promise.all(
        (document.querySelector('sip-client') as any).client.state.calls
          .filter(({state, remote}: any) => 'floor' in state && ['9101', '9102'].includes(remote.number))
          .map((call: any) => call.releaseFloor()),
      ),
    );
    await shown(speaker, `${part('talk')}[aria-pressed=false]`);
    await hears(caller, undefined, true);
    await hears(first, '9101', false);
    await speaker.evaluate(() =>
      document.querySelector('sip-channels')!.toggleAttribute('press-to-toggle', false),
    );
  });

  it('goes on speaking while the finger on a tile moves, and does not scroll the page', async () => {
    await speaker.bringToFront();
    await speaker.evaluate(() => {
      document.body.style.minBlockSize = '300vh';
      scrollTo(0, 0);
    });
    const face = await shown(speaker, 'sip-channels >>> sip-channel-tile:nth-of-type(3) >>> .face');
    const box = (await face.boundingBox())!;
    const finger = await speaker.createCDPSession();
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number): Promise<unknown> =>
      finger.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{x: box.x + 40, y: box.y + 40 - y}],
      });
    await touch('touchStart', 0);
    await hears(first, '9103', true);
    for (let y = 4; y <= 60; y += 4) await touch('touchMove', y);
    assert.equal(await speaker.evaluate(() => scrollY), 0);
    await shown(speaker, 'sip-channels >>> sip-channel-tile:nth-of-type(3) >>> .tile.speaking');
    await touch('touchEnd', 60);
    await hears(first, '9103', false);
    // A finger that moves at once scrolls, and speaks to no one. A busy machine would answer each event too late.
    const events = [touch('touchStart', 0)];
    for (let y = 8; y <= 120; y += 8) events.push(touch('touchMove', y));
    await Promise.all(events);
    await speaker.waitForFunction(() => scrollY > 0);
    await touch('touchEnd', 120);
    await finger.detach();
  });

  it('is heard while a pedal is pressed, and gives the floor back when it is released or unplugged', async () => {
    const send = (report: string): Promise<void> =>
      speaker.evaluate((report) => (window as any).pedal.send(report), report);
    await speaker.bringToFront();
    await speaker.evaluate(`hid = (${simulateHid.toString()})()`);
    await speaker.evaluate(() => {
      const {hid} = window as any;
      hid.choice = (window as any).pedal = hid.device(0x05f3, 0x00ff, 'VEC USB Footpedal');
    });
    await press(speaker, part('keys'));
    await press(speaker, `${part('devices')} >>> summary`);
    await press(speaker, part('connect'));
    await shown(speaker, 'sip-channels >>> sip-talk-devices >>> b');
    await send(INFINITY.middle);
    await send(INFINITY.released);
    await shown(speaker, part('device-list'));
    await send(INFINITY.middle);
    await hears(first, '9101', true);
    await hears(second, '9102', true);
    await hears(caller, undefined, false);
    await send(INFINITY.released);
    await hears(first, '9101', false);
    await send(INFINITY.middle);
    await hears(first, '9101', true);
    await speaker.evaluate(() => (window as any).hid.unplug((window as any).pedal));
    await isIdle(first, '9101');
    await hears(second, '9102', false);
  });

  it('gives every floor back when the page is reloaded while the key is held', async () => {
    await speaker.bringToFront();
    await speaker.keyboard.down('F8');
    await hears(first, '9101', true);
    await hears(second, '9102', true);
    await speaker.reload();
    await isIdle(first, '9101');
    await hears(second, '9102', false);
    assert.deepEqual(site.complaints, []);
  });
});
