import assert from 'node:assert/strict';
import {fileURLToPath} from 'node:url';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {DownloadFolder} from '../../support/page/download-folder.js';
import {openSite, type Site} from '../../support/page/site.js';
import {ScriptedClient} from '../../support/scripted/scripted-client.js';

const SMALL_FILE = fileURLToPath(new URL('../../support/clips/tone.ogg', import.meta.url));

/** The effect of a button: a line of the page's log with all of these texts, or a fact elsewhere. */
type Fact = readonly string[] | (() => Promise<unknown>);

/** One page of the documented functions, whose buttons are pressed. */
interface Desk {
  readonly page: Page;
  /** Presses buttons one after the other, each after the effect of the previous one. */
  press(...steps: readonly (readonly [id: string, ...facts: readonly Fact[]])[]): Promise<void>;
  /** Resolves when the log has a line with all of these that came after the last button was pressed. */
  logs(...parts: readonly string[]): Promise<void>;
  set(id: string, value: string): Promise<void>;
}

describe('the pages of the documented functions', () => {
  let site: Site;
  let bob: ScriptedClient;
  let carol: ScriptedClient;

  before(async () => {
    site = await openSite({positionInterval: 200});
    [bob, carol] = [
      await ScriptedClient.start(site.server.url, '1002'),
      await ScriptedClient.start(site.server.url, '1003'),
    ];
  });
  after(async () => {
    await Promise.all([bob, carol].map((client) => client.close()));
    await site.close();
  });

  /** Opens a page as 1001 and connects it; afterwards every one of its buttons has to have been pressed. */
  async function on(name: string, run: (desk: Desk) => Promise<void>): Promise<void> {
    const page = await site.open(`/functions/${name}?lang=en&user=1001`);
    const pressed = new Set<string>();
    const desk: Desk = {
      page,
      async press(...steps) {
        for (const [id, ...facts] of steps) {
          pressed.add(id);
          await page.evaluate((id) => {
            for (const line of document.querySelectorAll('#log li')) line.classList.add('before');
            document.querySelector<HTMLButtonElement>(id ? `#${id}` : '#account .go')!.click();
          }, id);
          for (const fact of facts)
            await (typeof fact === 'function' ? fact() : desk.logs(...(fact as readonly string[])));
        }
      },
      async logs(...parts) {
        await page.waitForFunction(
          (parts) =>
            [...document.querySelectorAll('#log li:not(.before)')].some((line) =>
              parts.every((part) => line.textContent.includes(part)),
            ),
          {},
          parts,
        );
      },
      set: (id, value) =>
        page.evaluate(
          (id, value) => void (document.querySelector<HTMLInputElement>(`#${id}`)!.value = value),
          id,
          value,
        ),
    };
    await desk.press(['', ['onServerConnectState true'], ['onRegisteredState true']]);
    await run(desk);
    await desk.press(['leave', ['onRegisteredState false'], ['onServerConnectState false']]);
    const buttons = await page.$$eval('main button', (all) => all.map(({id}) => id));
    assert.deepEqual(
      buttons.filter((id) => !pressed.has(id)),
      [],
    );
    assert.deepEqual(site.complaints, []);
    await page.close();
  }

  /** Takes a photo and records some of what is seen, to the disk. */
  async function keepsPicture({page, press}: Desk): Promise<void> {
    const plays = async (): Promise<void> => {
      const from = await page.$eval('#remotevideo', (video) => (video as HTMLVideoElement).currentTime);
      await page.waitForFunction(
        (from) => {
          const {videoWidth, currentTime} = document.querySelector<HTMLVideoElement>('#remotevideo')!;
          return videoWidth > 0 && currentTime > from + 1;
        },
        {},
        from,
      );
    };
    const downloads = await DownloadFolder.open(site.browser);
    await plays();
    await press(
      ['photo', ['photo true'], () => downloads.file('photo.png')],
      ['record', ['record true'], plays],
      ['stop', ['stop true'], () => downloads.file(/^recording\./)],
    );
    await downloads.close();
  }

  it('index.html connects and speaks to the API', () =>
    on('', ({press}) =>
      press(
        ['info', ['GetEmployeeLoginInfo', 'ServerWebSocketPATH']],
        ['socket', ['ConnWebSocket']],
        ['send', ['onAPIReceived', 'data.get.allgroup.CB', '8000']],
        ['unsocket', ['DisConnWebSocket']],
      ),
    ));

  it('call.html does all that can be done in a call', () =>
    on('call.html', async (desk) => {
      const {press, set} = desk;
      await press(['make', () => bob.answer(), ['onCallAnswered']]);
      const [session] = bob.sessions.values();
      const {infos} = session!.call!;
      const direction = async (of: string): Promise<void> => {
        while (!session!.call!.offers.at(-1)?.includes(`a=${of}`)) await session!.call!.changed();
      };
      await press(
        ['hold', ['onCallHold', 'true'], () => direction('sendonly')],
        ['unhold', ['onCallHold', 'false'], () => direction('sendrecv')],
        ['mute'],
        ['muted', ['muted true']],
        ['unmute'],
        ['muted', ['muted false']],
        ['dtmf', () => bob.sees('INFO', 3)],
      );
      assert.deepEqual(
        infos.map((body) => /^Signal=(.)/.exec(body)?.[1]),
        ['1', '2', '#'],
      );
      await press(['hangup', ['onCallHangup'], () => session!.call!.ended]);
      // The other way round, and a camera for the picture.
      const {cid} = await bob.call('1001');
      await desk.logs('onCallReceived', cid);
      await press(['answer', ['onCallAnswered']], ['hangup', ['onCallHangup']]);
      await set('called', '1019');
      await set('videotype', '2');
      await press(['make', ['onCallAnswered']]);
      await keepsPicture(desk);
      await press(['hangup', ['onCallHangup']]);
    }));

  it('conference.html makes conferences and broadcasts, and changes their members', () =>
    on('conference.html', async ({press, set, logs}) => {
      const done = (header: string): Fact => ['onAPIReceived', `${header}.CB`, '"code":0'];
      const change = (what: Readonly<Record<string, string>>) => () =>
        bob.seesMember({number: '1002', ...what});
      const all = () => Promise.all([bob.answer(), carol.answer()]);
      await set('videotype', '2');
      await set('fileid', 'sample-sound');
      await press(
        ['create', ['onCallCreated'], all],
        ['members', done('session.members.getall')],
        ['unspeak', done('operate.member.speak'), change({speak: '1'})],
        ['speak', done('operate.member.speak'), change({speak: '2'})],
        ['unhear', done('operate.member.hear'), change({hear: '1'})],
        ['hear', done('operate.member.hear'), change({hear: '2'})],
        ['push', done('operate.member.push'), change({push: '1'})],
        ['unpush', done('operate.member.push'), change({push: '2'})],
        ['play', done('session.playfile'), () => bob.seesMember({number: 'sample-sound'})],
        ['playstop', done('session.playfile.stop')],
      );
      await set('number', '1003');
      await press(
        ['remove', done('operate.delmember'), () => carol.sees('BYE'), () => carol.sees('event 10')],
        ['add', done('operate.addmember'), () => carol.answer()],
        ['end', ['onCallHangup'], () => bob.sees('BYE'), () => carol.sees('BYE', 2)],
        ['createfile', ['onCallCreated'], all],
        ['hangup', ['onCallHangup']],
      );
      const calls = (of: ScriptedClient) => [...of.sessions.values()].map(({call}) => call!);
      for (const call of [...calls(bob), ...calls(carol)]) await call.hangup();
      await press(
        ['broadcast', ['onCallCreated'], all],
        ['end', ['onCallHangup'], () => carol.sees('BYE', 3)],
      );
      const {cid} = await bob.gather(['1001']);
      await logs('onCallReceived', cid);
      await press(['answer', ['onCallAnswered']], ['hangup', ['onCallHangup']]);
      await bob.endForAll(cid);
    }));

  it('intercom.html asks for the floor, and makes an intercom', () =>
    on('intercom.html', ({press}) => {
      const all = () => Promise.all([bob.answer(), carol.answer()]);
      return press(
        ['apply', ['onSessionStateChange', '"state":12'], all],
        ['release', ['onSessionStateChange', '"state":11']],
        ['hangup', ['onCallHangup']],
        ['create', ['onCallCreated', '"ctype":13'], all],
        ['hangup', ['onCallHangup']],
      );
    }));

  it('monitor.html watches a camera that exists, and a member of a call', () =>
    on('monitor.html', async (desk) => {
      const {press, set} = desk;
      await press(['watch', ['onCallAnswered']]);
      await keepsPicture(desk);
      await press(['hangup', ['onCallHangup']]);
      const {cid, call} = await bob.call('1003', 2);
      await carol.answer();
      await set('cid', cid);
      await press(['member-video', ['onCallCreated', '"ctype":17']], ['hangup', ['onCallHangup']]);
      await call.hangup();
    }));

  it('data.html asks for people and positions, and uploads', () =>
    on('data.html', async ({press, set, page, logs}) => {
      const told = (header: string, ...parts: string[]): Fact => ['onAPIReceived', header, ...parts];
      await set('group', '8110');
      await set('emps', '1010');
      await press(
        ['groups', told('data.get.allgroup.CB', '8000')],
        ['members', told('data.get.groupemps.CB', '1001')],
        ['query', told('data.query.emps.CB', '王')],
        ['cameras', told('data.get.empbytype.CB', '1019')],
        ['where', told('gis.get.emppos.CB', '1010')],
        ['trace', told('gis.set.trace.CB'), told('GIS.Position.Change', '1010')],
        ['untrace', told('gis.set.trace.CB')],
      );
      const input = await page.$('#file');
      await (input as unknown as {uploadFile(path: string): Promise<void>}).uploadFile(SMALL_FILE);
      // What is stopped tells nothing; the next one tells of itself alone.
      await press(['upload'], ['abort'], ['upload']);
      await logs('onFileUploadResult', 'tone.ogg', 'true');
      const results = await page.$$eval(
        '#log li',
        (lines) => lines.filter(({textContent}) => textContent.includes('onFileUploadResult')).length,
      );
      assert.equal(results, 1);
    }));
});
