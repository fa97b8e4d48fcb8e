import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {attend} from '../support/page/meeting.js';
import {nextEvent, placeCall} from '../support/page/phone-page.js';
import {hearsTones} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {open, released} from '../support/page/witness.js';

/** What each page's microphone gives, in hertz. */
const [DESK, CALLER, MEMBER, RADIO] = [440, 800, 1300, 2000];

describe('a patch of a call, a conference and an intercom', () => {
  let site: Site;
  let [desk, caller, member, radio]: Page[] = [];
  let contexts: number;

  /** Runs a method of the desk's patch; gives the code if it is refused. */
  const patch = (method: string, call?: number): Promise<string> =>
    desk!.evaluate(
      async (method, call) => {
        const {client} = document.querySelector('sip-client') as any;
        const command = call === undefined ? [] : [client.calls[call]];
        return client.patches[0][method](...command).then(
          () => 'done',
          (error: any) => error.code,
        );
      },
      method,
      call,
    );
  const does = (page: Page, command: string): Promise<void> =>
    page.evaluate(async (command) => (window as any).call[command](), command);
  const answers = async (page: Page): Promise<void> => {
    await nextEvent(page, 'sip-call-received');
    await does(page, 'answer');
    await nextEvent(page, 'sip-call-answered');
  };
  /** Joins the group, and waits until its line is connected. */
  const opens = (page: Page): Promise<void> =>
    page.evaluate(async () => {
      const call = ((window as any).call = await (document.querySelector('sip-client') as any).intercom(
        '9001',
      ));
      while (call.state.phase !== 'answered')
        await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
    });
  const floorIs = (page: Page, floor: string): Promise<void> =>
    page.evaluate(async (floor) => {
      const {call} = window as any;
      while (call.state.floor !== floor)
        await new Promise((resolve) => call.addEventListener('statechange', resolve, {once: true}));
    }, floor);
  /** Waits until a page hears these tones, and none of the others. */
  const hears = (page: Page, ...tones: number[]): Promise<void> => {
    const others = [DESK, CALLER, MEMBER, RADIO].filter((tone) => !tones.includes(tone));
    return hearsTones(page, tones, others);
  };

  before(async () => {
    site = await openSite();
    [desk, caller, member, radio] = (await attend(site, 4)).map(({page}) => page);
    await placeCall(desk!, '1002', 'audio');
    await answers(caller!);
    await nextEvent(desk!, 'sip-call-answered');
    await desk!.evaluate(() =>
      (document.querySelector('sip-client') as any).createConference({members: '1003'}),
    );
    await answers(member!);
    await hears(member!, DESK);
    for (const page of [desk!, radio!]) await opens(page);
    contexts = (await open(desk!)).audioContexts;
  });
  after(() => site.close());

  it('lets all sides hear each other, and none of them itself, and takes the floor while they speak', async () => {
    await desk!.evaluate(async () => {
      const element = document.querySelector('sip-client') as any;
      await element.patch(element.calls, {hangTime: 300});
    });
    await Promise.all([
      hears(caller!, DESK, MEMBER),
      hears(member!, DESK, CALLER),
      hears(radio!, DESK, CALLER, MEMBER),
      floorIs(radio!, 'taken'),
    ]);
  });

  it('gives the floor back once nobody speaks, and passes on who has it next', async () => {
    for (const page of [caller!, member!]) await does(page, 'mute');
    await hears(radio!, DESK);
    await patch('listen');
    await floorIs(radio!, 'idle');
    await does(radio!, 'requestFloor');
    await Promise.all([hears(desk!, RADIO), hears(caller!, RADIO), hears(member!, RADIO)]);
    await does(radio!, 'releaseFloor');
    await Promise.all([hears(caller!), hears(member!)]);
    await does(caller!, 'unmute');
    await Promise.all([floorIs(radio!, 'taken'), hears(radio!, CALLER), hears(member!, CALLER)]);
    await does(member!, 'unmute');
    await patch('join');
    await hears(radio!, DESK, CALLER, MEMBER);
  });

  it('goes on without the user who has left it', async () => {
    await patch('leave');
    await Promise.all([hears(caller!, MEMBER), hears(member!, CALLER), hears(radio!, CALLER, MEMBER)]);
    await patch('join');
  });

  it('refuses a call that it has already in another patch', async () => {
    const code = await desk!.evaluate(async () => {
      const {client} = document.querySelector('sip-client') as any;
      return client.patch([client.calls[0], client.calls[2]]).catch((error: any) => error.code);
    });
    assert.equal(code, 'patch-loop');
  });

  it('goes on without a conference that is taken out', async () => {
    assert.equal(await patch('remove', 1), 'done');
    await Promise.all([hears(caller!, DESK), hears(radio!, DESK, CALLER), hears(member!)]);
  });

  it('ends, and leaves nothing open', async () => {
    await patch('end');
    await floorIs(radio!, 'idle');
    await hears(caller!, DESK);
    assert.equal((await open(desk!)).audioContexts, contexts);
    await desk!.evaluate(() => (document.querySelector('sip-client') as any).disconnect());
    for (const page of [desk!, caller!]) await released(page);
    assert.deepEqual(site.complaints, []);
  });
});
