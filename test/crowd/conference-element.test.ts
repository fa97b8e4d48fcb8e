import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {audit} from '../support/page/audit.js';
import {hear, SIGNALS, type Attendee} from '../support/page/meeting.js';
import {receives} from '../support/page/measure.js';
import {press, shown} from '../support/page/parts.js';
import {goOnline, nextEvent, phonePage} from '../support/page/phone-page.js';
import {hearsTones, sendsSignals, showsHalves, type Halves} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {released} from '../support/page/witness.js';

const DESK =
  '<main><h1>Desk</h1><sip-conference media="video"></sip-conference><sip-history></sip-history></main>';
const part = (name: string): string => `sip-conference >>> [part~=${name}]`;
const row = (number: string): string => `sip-conference >>> [data-number="${number}"]`;

/** Waits until the row of a member says the text. */
async function says(page: Page, number: string, text: string): Promise<void> {
  for (;;) {
    const found = await page.$(row(number));
    const words = await found?.evaluate((element) => element.shadowRoot!.textContent!.replace(/\s+/g, ' '));
    if (words?.includes(text)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The video of another member. */
const TILE = 'sip-conference >>> sip-conference-tile:not(.own) >>> video.playing';

/** What the desk's screen looks like. */
const SCREEN: Halves = [
  [240, 240, 240],
  [20, 20, 20],
];

/** Waits until the tile of a member, or of the only large picture, draws these colours under this name. */
async function draws(page: Page, halves: Halves, name = ''): Promise<void> {
  for (;;) {
    await shown(page, TILE);
    const fits = await page.$$eval(
      TILE,
      (videos, halves, name) =>
        videos.some((element) => {
          const video = element as HTMLVideoElement;
          const {host} = video.getRootNode() as ShadowRoot;
          if (!video.videoWidth || !host.shadowRoot!.querySelector('bdi')!.textContent!.includes(name))
            return false;
          const canvas = Object.assign(document.createElement('canvas'), {width: 4, height: 4});
          const context = canvas.getContext('2d', {willReadFrequently: true})!;
          context.drawImage(video, 0, 0, 4, 4);
          return halves.every((colour, index) => {
            const {data} = context.getImageData(index * 3, 1, 1, 1);
            return colour.every((part, place) => Math.abs(part - data[place]!) < 45);
          });
        }),
      halves,
      name,
    );
    if (fits) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Presses a button of a member's row by the keyboard alone: from the list, along the row. */
async function pressInRow(page: Page, number: string, name: string): Promise<void> {
  await page.bringToFront();
  await page.focus(part('roster'));
  await page.keyboard.press('Home');
  const cursor = (): Promise<string | null> =>
    page.$eval(part('roster'), (roster) => roster.getAttribute('aria-activedescendant'));
  while ((await cursor()) !== `member-${number}`) {
    await page.keyboard.press('ArrowDown');
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await page.keyboard.press('Enter');
  while (!(await page.$(`sip-conference >>> [part=${name}]:focus`))) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
}

describe('<sip-conference> and the development server', () => {
  let site: Site;
  let members: Attendee[];
  let desk: Page;

  before(async () => {
    site = await openSite();
    members = [];
    for (const signals of SIGNALS.slice(0, 3)) {
      const inside = signals.number === '1001' ? DESK : '';
      const page = await phonePage(site, {user: signals.number, inside});
      await sendsSignals(page, signals);
      await goOnline(page);
      members.push({...signals, page});
    }
    desk = members[0]!.page;
    await desk.evaluate(() => {
      document.documentElement.lang = 'en';
      document.title = 'Desk';
    });
  });
  after(() => site.close());

  it('makes a conference by the keyboard alone, whose members hear each other', async () => {
    await shown(desk, part('start'));
    await desk.focus(part('members-field'));
    await desk.keyboard.type('1002,1003');
    await desk.keyboard.press('Enter');
    await desk.keyboard.press('Enter');
    await nextEvent(desk, 'sip-call-answered');
    for (const {page} of members.slice(1)) {
      await nextEvent(page, 'sip-call-received');
      await page.evaluate(() => (window as any).call.answer({media: 'video'}));
      await nextEvent(page, 'sip-call-answered');
    }
    await hear(members);
    await says(desk, '1002', '李雷');
    assert.deepEqual(await audit(desk), []);
  });

  it('says who speaks, and keeps a muted one silent at the far ends', async () => {
    await says(desk, '1002', 'Speaking');
    await pressInRow(desk, '1002', 'speaking');
    await says(desk, '1002', 'Muted');
    await hear(members, {muted: ['1002']});
    await pressInRow(desk, '1002', 'speaking');
    await hear(members);
  });

  it('lets one hear nothing', async () => {
    await pressInRow(desk, '1003', 'hearing');
    await says(desk, '1003', 'Can’t hear');
    await hear(members, {deaf: ['1003']});
    await pressInRow(desk, '1003', 'hearing');
    await hear(members);
  });

  it('asks for the picture of each member on screen, and shows it in a tile of its own', async () => {
    for (const [name, {halves}] of [
      ['李雷', members[1]!],
      ['Anna Novak', members[2]!],
    ] as const)
      await draws(desk, halves, name);
    // The conference, and a picture each for the desk; the other pages have no element that shows them.
    assert.equal(site.server.stats()['sessions'], 3);
    assert.equal(await desk.evaluate(() => (document.querySelector('sip-client') as any).calls.length), 3);
  });

  it('shows to all whom it is told to, by name, and asks for no picture that has no tile', async () => {
    await desk.focus(part('layout-picture'));
    await desk.keyboard.press('Enter');
    for (const [name, {number, halves}] of [
      ['李雷', members[1]!],
      ['Anna Novak', members[2]!],
    ] as const) {
      await desk.evaluate((number) => (window as any).call.setSpotlight(number, true), number);
      const others = members.filter((other) => other.number !== number);
      await Promise.all(others.map(({page}) => showsHalves(page, halves)));
      await draws(desk, halves, name);
    }
    while (site.server.stats()['sessions'] !== 1) await new Promise((resolve) => setTimeout(resolve, 20));
    for (const layout of ['speaker', 'grid']) {
      await desk.focus(part(`layout-${layout}`));
      await desk.keyboard.press('Enter');
      await shown(desk, `${part(`layout-${layout}`)}[aria-pressed=true]`);
      await draws(desk, members[2]!.halves, 'Anna Novak');
    }
    await draws(desk, members[1]!.halves, '李雷');
    await pressInRow(desk, '1003', 'spotlighted');
    await pressInRow(desk, '1002', 'spotlighted');
    await says(desk, '1002', 'Spotlighted');
    await Promise.all([0, 2].map((index) => showsHalves(members[index]!.page, members[1]!.halves)));
  });

  it('shares the screen with all', async () => {
    await desk.evaluate(([left, right]) => {
      navigator.mediaDevices.getDisplayMedia = async () => {
        const canvas = Object.assign(document.createElement('canvas'), {width: 640, height: 480});
        const context = canvas.getContext('2d', {alpha: false})!;
        const timer = setInterval(() => {
          for (const [place, colour] of [left!, right!].entries()) {
            context.fillStyle = `rgb(${colour.join()})`;
            context.fillRect(place * 320, 0, 320, 480);
          }
          if (track.readyState === 'ended') clearInterval(timer);
        }, 60);
        const stream = canvas.captureStream();
        const [track] = stream.getVideoTracks() as [MediaStreamTrack];
        return stream;
      };
    }, SCREEN);
    await pressInRow(desk, '1001', 'spotlighted');
    await desk.focus(part('screen'));
    await desk.keyboard.press('Enter');
    await Promise.all(members.slice(1).map(({page}) => showsHalves(page, SCREEN)));
    await desk.focus(part('screen'));
    await desk.keyboard.press('Enter');
    await Promise.all(members.slice(1).map(({page}) => showsHalves(page, members[0]!.halves)));
  });

  it('plays a file to all, shows how far it is, and stops it', async () => {
    await desk.focus(part('files'));
    await desk.keyboard.press('Enter');
    // The server's files are there by their names.
    await shown(desk, 'sip-conference >>> [part=uploaded] [value=sample-sound]');
    await desk.focus('sip-conference >>> [part=uploaded] [value=sample-sound]');
    await desk.keyboard.press(' ');
    await desk.keyboard.press('Enter');
    await shown(desk, 'sip-conference >>> [part=file] progress');
    assert.deepEqual(await audit(desk), []);
    await desk.focus(part('stop-file'));
    await desk.keyboard.press('Enter');
    while (await desk.$(part('file'))) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('puts one out, and invites again where that is undone', async () => {
    const {page, tone} = members[2]!;
    await pressInRow(desk, '1003', 'remove');
    await nextEvent(page, 'sip-call-hangup');
    await hearsTones(desk, [members[1]!.tone], [tone]);
    await shown(desk, part('undo'));
    await desk.focus(part('undo'));
    await desk.keyboard.press('Enter');
    await nextEvent(page, 'sip-call-received');
    await page.evaluate(() => (window as any).call.answer({media: 'video'}));
    await nextEvent(page, 'sip-call-answered');
    await hear(members);
  });

  it('ends for all, once asked', async () => {
    await desk.focus(part('end'));
    await desk.keyboard.press('Enter');
    await shown(desk, 'sip-conference >>> [part=end-cancel]:focus');
    await desk.keyboard.press('Tab');
    await shown(desk, 'sip-conference >>> [part=end-confirm]:focus');
    await desk.keyboard.press('Enter');
    for (const {page} of members) await nextEvent(page, 'sip-call-hangup');
    for (const {page} of members) await released(page);
    // Everyone reads who the others were.
    const names = await Promise.all(
      members.map(({page}) =>
        page.$eval(
          'sip-client',
          (client) => client.history!.entries.find(({type}) => type === 'conference')!.name,
        ),
      ),
    );
    assert.deepEqual(names, ['李雷, Anna Novak', '王芳, Anna Novak', '王芳、李雷']);
    const entry = await desk.$eval('sip-history >>> [part=entry]', (row) => (row as HTMLElement).innerText);
    assert.match(entry.replace(/\s+/g, ' '), /李雷, Anna Novak.*Conference.*Outgoing/);
  });

  it('plays the file that is chosen by its name to those who are called by a broadcast', async () => {
    await press(desk, part('clear'));
    await desk.$eval('sip-conference', (element) => (element.broadcast = true));
    await shown(desk, part('members-field'));
    await desk.focus(part('members-field'));
    await desk.keyboard.type('1002');
    await desk.keyboard.press('Enter');
    await press(desk, `${part('file-choice')} summary`);
    await press(desk, 'sip-conference >>> [part=uploaded]:has([value=sample-sound])');
    await desk.evaluate(() => {
      const client = document.querySelector('sip-client')!;
      // This side says nothing: what is heard is the file.
      client.addEventListener('sip-call-answered', ({detail}) => void detail.call.mute(), {once: true});
    });
    await press(desk, part('start'));
    const {page} = members[1]!;
    await nextEvent(page, 'sip-call-received');
    await page.evaluate(() => (window as any).call.answer());
    await receives(page, 'sip-client', {frames: 0, energy: 0.01});
    const name = await desk.$eval(
      'sip-conference >>> [part=file]',
      (file) => (file as HTMLElement).innerText,
    );
    assert.match(name, /sample-sound\.ogg/);
    await desk.evaluate(() => (document.querySelector('sip-conference') as any).conference.end());
    await nextEvent(page, 'sip-call-hangup');
    assert.deepEqual(site.complaints, []);
  });
});
