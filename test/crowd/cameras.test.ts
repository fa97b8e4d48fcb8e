import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../support/in-page/facts.js';
import {arrived, nothingArrives, receives, type Arrived} from '../support/page/measure.js';
import {nextEvent, onlinePage, placeCall} from '../support/page/phone-page.js';
import {hearsTones} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {released} from '../support/page/witness.js';

/** What every camera lets be heard, in hertz. */
const TONE = 440;

const hangup = (page: Page): Promise<void> => page.evaluate(() => (window as any).call.hangup());

const hold = (page: Page): Promise<void> => page.evaluate(() => (window as any).call.hold());
const unhold = (page: Page): Promise<void> => page.evaluate(() => (window as any).call.unhold());

/** Waits for the first picture after what had arrived; gives what has now. */
async function nextPicture(page: Page, {frames}: Arrived): Promise<Arrived> {
  let now: Arrived;
  do now = await arrived(page);
  while (now.frames === frames);
  return now;
}

/** Waits until a page sees as many new pictures and hears the tone. */
async function watches(page: Page, frames = 5): Promise<void> {
  await receives(page, 'sip-client', {frames, energy: 0.02});
  await hearsTones(page, [TONE]);
}

describe('the development server’s cameras', () => {
  let site: Site;
  const pages: Page[] = [];
  const online = async (user: string, attributes = ''): Promise<Page> => {
    const page = await onlinePage(site, {user, attributes});
    pages.push(page);
    return page;
  };
  /** Nothing is left at the server, and nothing open in the pages. */
  const allOver = async (): Promise<void> => {
    await until(() => {
      const {sessions, legs, invites} = site.server.stats();
      return sessions === 0 && legs === 0 && invites === 0;
    });
    for (const page of pages) {
      await released(page);
    }
  };

  before(async () => {
    site = await openSite();
  });
  afterEach(async () => {
    await allOver();
    for (const page of pages.splice(0)) await page.close();
  });
  after(() => site.close());

  for (const [profile, attributes] of [
    ['dispatch', ''],
    ['standard', 'profile="standard"'],
  ] as const)
    it(`answer a ${profile} client by themselves, with a picture that moves and a tone`, async () => {
      const page = await online('1001', attributes);
      await placeCall(page, '1019', 'video');
      await nextEvent(page, 'sip-call-answered');
      await watches(page);
      await hangup(page);
    });

  it('go on beyond the end of their film', async () => {
    const page = await online('1001');
    await placeCall(page, '1020', 'video');
    await nextEvent(page, 'sip-call-answered');
    // Ten pictures a second, for a film of four.
    await watches(page, 45);
    await hangup(page);
  });

  it('are heard alone in a call with sound alone, silent on hold, and seen when it gets a picture', async () => {
    const page = await online('1001');
    await placeCall(page, '1021', 'audio');
    await nextEvent(page, 'sip-call-answered');
    await hearsTones(page, [TONE]);
    await hold(page);
    const {audioPackets} = await nothingArrives(page);
    assert.ok(audioPackets > 0);
    await unhold(page);
    await hearsTones(page, [TONE]);
    await page.evaluate(() => (window as any).call.setMedia({video: true}));
    await watches(page);
    await hangup(page);
  });

  it('send nothing to a client that holds them, and go on from a key frame', async () => {
    const [page, other] = [await online('1001'), await online('1002')];
    for (const each of [other, page]) {
      await placeCall(each, '1020', 'video');
      await nextEvent(each, 'sip-call-answered');
      await watches(each, 3);
    }
    await hold(page);
    assert.equal((await nextEvent(page, 'sip-call-hold')).held, true);
    const held = await nothingArrives(page);
    assert.ok(held.audioPackets > 0 && held.videoPackets > 0);
    await watches(other, 3);
    await unhold(page);
    assert.equal((await nextEvent(page, 'sip-call-hold')).held, false);
    assert.ok((await nextPicture(page, held)).keyFrames > held.keyFrames);
    await watches(page, 3);
    // What is held can be hung up.
    await hold(page);
    for (const each of [page, other]) await hangup(each);
  });

  it('let several watch, one of whom begins and ends in the middle', async () => {
    const [first, second] = [await online('1001'), await online('1002')];
    await placeCall(first, '1019', 'video');
    await nextEvent(first, 'sip-call-answered');
    await watches(first);
    await placeCall(second, '1019', 'video');
    await nextEvent(second, 'sip-call-answered');
    await watches(second);
    await hangup(second);
    await watches(first);
    await hangup(first);
  });
});
