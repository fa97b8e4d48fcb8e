import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {audit} from '../../support/page/audit.js';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {drag} from '../../support/desk/drag.js';
import {press, shown} from '../../support/page/parts.js';
import {goOnline, nextEvent, phonePage} from '../../support/page/phone-page.js';
import {hearsTones, sendsSignals} from '../../support/page/signals.js';
import {openSite, type Site} from '../../support/page/site.js';
import {released} from '../../support/page/witness.js';

const DESK = `<main><h1>Desk</h1>
  <sip-monitor numbers="1019,1020"></sip-monitor>
  <sip-conference></sip-conference>
  <sip-directory actions="call"></sip-directory></main>`;

/** What a camera lets be heard, and what the phone's microphone gives, in hertz. */
const [CAMERA, PHONE] = [440, 1300];

const wallTile = (number: string, inside = ''): string =>
  `sip-monitor >>> [data-key="${number} 1"] ${inside}`;

describe('cameras in a conference', () => {
  let site: Site;
  let desk: Page;
  let phone: Page;

  /** The members of the conference as the phone knows them, which was called into it. */
  const memberAtPhone = (number: string): Promise<void> =>
    until(() =>
      phone.evaluate(
        (number) =>
          (window as any).call.state.members?.some(
            (member: any) => member.number === number && member.phase === 'answered',
          ) === true,
        number,
      ),
    );
  /** Waits until the conference at the desk draws a moving picture under a name, and nothing else under it. */
  const draws = (name: string): Promise<void> =>
    until(() =>
      desk.$$eval(
        'sip-conference >>> sip-conference-tile',
        async (tiles, name) => {
          const [tile, ...others] = tiles.filter(
            (each) => each.shadowRoot!.querySelector('bdi')!.textContent === name,
          );
          const video = tile?.shadowRoot!.querySelector<HTMLVideoElement>('video.playing');
          if (!video || others.length > 0) return false;
          for (let count = 0; count < 3; count += 1)
            await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
          return video.videoWidth > 0;
        },
        name,
      ),
    );
  const meets = async (media: 'audio' | 'video'): Promise<void> => {
    await desk.$eval(
      'sip-conference',
      (element, media) => Object.assign(element, {members: '1002', media}),
      media,
    );
    await desk.$eval('sip-conference', (element, media) => void element.start(media), media);
    await nextEvent(phone, 'sip-call-received');
    await phone.evaluate((media) => (window as any).call.answer({media}), media);
    await nextEvent(phone, 'sip-call-answered');
    await memberAtPhone('1001');
  };
  const typesAtDesk = (): Promise<string[]> =>
    desk.$eval('sip-client', ({client}) => client!.state.calls.map(({type}) => type as string).sort());

  before(async () => {
    site = await openSite();
    phone = await phonePage(site, {user: '1002'});
    await sendsSignals(phone, {
      tone: PHONE,
      halves: [
        [200, 40, 40],
        [40, 40, 200],
      ],
    });
    await goOnline(phone);
    desk = await phonePage(site, {user: '1001', inside: DESK});
    await desk.setViewport({width: 1280, height: 2400});
    await desk.evaluate(() => {
      document.documentElement.lang = 'en';
      document.title = 'Desk';
    });
    await goOnline(desk);
  });
  afterEach(async () => {
    await desk.evaluate(async () => {
      await document.querySelector('sip-monitor')!.stop();
      await document.querySelector('sip-conference')!.conference?.end();
    });
    await until(() => {
      const {sessions, legs, invites} = site.server.stats();
      return sessions === 0 && legs === 0 && invites === 0;
    });
    for (const page of [desk, phone]) await released(page);
  });
  after(() => site.close());

  // Firefox, as it is driven here, ends every drag without a drop.
  if (!IN_FIREFOX)
    it('are dragged there from the wall, are heard by all, and seen although it has no video', async () => {
      await meets('audio');
      await press(desk, 'sip-monitor >>> [part=start]');
      await shown(desk, wallTile('1019', 'sip-video'));
      await drag(desk, wallTile('1019'), 'sip-conference >>> [part~=roster]');
      await memberAtPhone('1019');
      await hearsTones(phone, [CAMERA]);
      await draws('北门摄像头');
      assert.deepEqual(await typesAtDesk(), ['conference', 'monitor', 'monitor', 'monitor']);
      assert.deepEqual(await audit(desk), []);
    });

  it('are invited by the menu of their tile, by the keyboard, once', async () => {
    await meets('audio');
    const more = wallTile('1020', '[part=camera-more]');
    await shown(desk, more);
    await desk.focus(more);
    await desk.keyboard.press('Enter');
    await shown(desk, wallTile('1020', 'sip-monitor-menu >>> [part=invite]:focus'));
    assert.deepEqual(await audit(desk), []);
    await desk.keyboard.press('Enter');
    await memberAtPhone('1020');
    await hearsTones(phone, [CAMERA]);
    await draws('Warehouse camera');
    await until(() =>
      desk.$$eval('sip-monitor >>> [role=status]', (all) =>
        all.some(({textContent}) => textContent!.includes('Warehouse camera was invited')),
      ),
    );
    await desk.focus(more);
    await desk.keyboard.press('Enter');
    const item = await shown(
      desk,
      wallTile('1020', 'sip-monitor-menu >>> [part=invite][aria-disabled=true]'),
    );
    assert.match(await item.evaluate(({textContent}) => textContent!), /Already in the conference/);
    await desk.keyboard.press('Escape');
  });

  it('are shown each by its name where the server mixes one picture', async () => {
    await meets('video');
    for (const number of ['1019', '1020'])
      await desk.$eval('sip-conference', (element, number) => element.conference!.addMember(number), number);
    for (const number of ['1019', '1020']) await memberAtPhone(number);
    for (const name of ['北门摄像头', 'Warehouse camera', '李雷']) await draws(name);
    const types = await typesAtDesk();
    assert.ok(types.includes('member-video') && !types.includes('monitor'), types.join());
  });

  it('take a person of the directory beside them', async () => {
    await meets('audio');
    const other = await phonePage(site, {user: '1003'});
    await goOnline(other);
    const search = await shown(desk, 'sip-directory >>> [part=search]');
    await search.focus();
    await desk.keyboard.type('1003');
    const row = 'sip-directory >>> [part=row].person[data-key$="1003"]';
    await shown(desk, row);
    if (IN_FIREFOX) await desk.$eval('sip-conference', (element) => element.conference!.addMember('1003'));
    else await drag(desk, row, 'sip-conference >>> [part~=roster]');
    await nextEvent(other, 'sip-call-received');
    await other.evaluate(() => (window as any).call.answer());
    await nextEvent(other, 'sip-call-answered');
    await memberAtPhone('1003');
    await other.close();
  });
});
