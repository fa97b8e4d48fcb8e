import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {openSite, type Site} from '../../support/page/site.js';
import {open, witness} from '../../support/page/witness.js';

/** What a page does to its call in one task, by name for the message of a failure. */
const COMMANDS: Readonly<Record<string, (call: any, client: any) => Promise<unknown>[]>> = {
  'hang up three times': (call) => [call.hangup(), call.hangup(), call.hangup()],
  'transfer and hang up': (call) => [call.transfer('1003'), call.hangup()],
  'add a picture and hang up': (call) => [call.setMedia({video: true}), call.hangup()],
  'hold, go on and hang up': (call) => [call.hold(), call.unhold(), call.hangup()],
  'record and hang up': (call) => [call.startRecording({name: 'x'}), call.hangup()],
  'record twice and stop': (call) => [
    call.startRecording(),
    call.startRecording(),
    call.stopRecording(),
    call.hangup(),
  ],
  'share the screen and hang up': (call) => [call.shareScreen(), call.hangup()],
  'share the screen, stop it, turn the camera off and hang up': (call) => [
    call.shareScreen(),
    call.stopScreen(),
    call.setCameraEnabled(false),
    call.hangup(),
  ],
  'send tones and hang up': (call) => [call.sendDtmf('1,2,3'), call.hangup()],
  'take a photo and hang up': (call) => [call.takePhoto({name: 'x'}), call.hangup()],
  'add a picture and disconnect': (call, client) => [call.setMedia({video: true}), client.disconnect()],
  'share the screen and disconnect': (call, client) => [call.shareScreen(), client.disconnect()],
  'transfer, record and disconnect': (call, client) => [
    call.transfer('1003'),
    call.startRecording(),
    client.disconnect(),
  ],
  'call again and disconnect': (_call, client) => [
    client.call('1002', {media: 'video'}),
    client.call('1003'),
    client.disconnect(),
  ],
  'upload and disconnect': (_call, client) => [
    client.upload(new Blob([new Uint8Array(500_000)]), {name: 'x.bin'}),
    client.disconnect(),
  ],
};

/** Opens a page for clients, which records uncaught errors. */
async function clientPage(site: Site): Promise<Page> {
  const page = await site.open('/fswebrtc', witness);
  await page.evaluate(() => {
    const unhandled: string[] = ((window as any).unhandled = []);
    addEventListener('unhandledrejection', ({reason}) => unhandled.push(String(reason)));
    addEventListener('error', ({message}) => unhandled.push(message));
  });
  return page;
}

/** Makes a new client in a page, connected and registered. */
async function newClient(page: Page, user: string): Promise<void> {
  await page.evaluate(async (user) => {
    const scope = window as any;
    await scope.client?.disconnect();
    const {SipClient} = await import('/sip-elements.js' as string);
    const server = `ws://${location.host}/fswebrtc`;
    scope.client = new SipClient({server, user, password: '1234', ringtone: 'none', callTones: false});
    await scope.client.connect();
    await scope.client.register();
    scope.client.addEventListener('sip-call-received', ({detail: {call}}: any) => {
      if (scope.answers) void call.answer({media: 'video'}).catch(() => {});
    });
  }, user);
}

async function nothingOpen(page: Page, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const {peerConnections, tracks, audioContexts} = await open(page);
    const calls = await page.evaluate(() => (window as any).client.state.calls.length as number);
    if (peerConnections + tracks + calls === 0) return;
    if (Date.now() > deadline)
      assert.fail(`${what}: ${JSON.stringify({peerConnections, tracks, audioContexts, calls})}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('the end of a call', () => {
  let site: Site;
  let alice: Page;
  /** The callees; nothing may be left in their pages after a test. */
  let others: Page[];
  before(async () => {
    site = await openSite({chromeFlags: ['--auto-select-desktop-capture-source=Entire screen']});
    alice = await clientPage(site);
    others = [await clientPage(site), await clientPage(site)];
    for (const [index, page] of others.entries()) await newClient(page, `100${index + 2}`);
    await others[0]!.evaluate(() => void ((window as any).answers = true));
  });
  after(() => site.close());

  for (const [what, command] of Object.entries(COMMANDS))
    it(`leaves nothing open: ${what}`, async () => {
      await newClient(alice, '1001');
      await alice.evaluate(`(() => { window.command = ${command.toString()}; })()`);
      const results: string[] = await alice.evaluate(async () => {
        const {client, command} = window as any;
        const call = await client.call('1002', {media: 'audio'});
        await new Promise<void>((resolve) => {
          const look = (): void => {
            if (call.state.phase === 'answered') resolve();
          };
          call.addEventListener('statechange', look);
          look();
        });
        const wait = new Promise((resolve) => setTimeout(() => resolve('STILL WAITS'), 25_000));
        return Promise.all(
          command(call, client).map((promise: Promise<unknown>) =>
            Promise.race([
              promise.then(
                () => 'done',
                (error: any) => error.code ?? `NO SIP ERROR ${error}`,
              ),
              wait,
            ]),
          ),
        );
      });
      assert.ok(!results.some((result) => /STILL|NO SIP/.test(result)), `${what}: ${results.join()}`);
      assert.ok(!results.includes('internal'), `${what}: ${results.join()}`);
      for (const page of [alice, ...others]) {
        await nothingOpen(page, what);
        assert.deepEqual(await page.evaluate(() => (window as any).unhandled), []);
      }
    });
});
