import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {startSound} from '../../../scripts/sound.mjs';
import {startServer, type DispatchServer} from '../../../server/server.js';
import {diagnosed, openTracks} from '../../support/diagnosis/diagnosed.js';
import {oldCertificate} from '../../support/diagnosis/old-certificate.js';
import {DEVICES_MISSING, DEVICES_REFUSED, IN_FIREFOX} from '../../support/page/browser.js';
import {nextEvent, onlinePage, phonePage} from '../../support/page/phone-page.js';
import {plainPage} from '../../support/page/plain-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {plugMicrophone} from '../../support/page/sound-devices.js';

const DEVICES = ['microphone-permission', 'camera-permission', 'microphone', 'camera'] as const;

/** A port at which nothing listens. */
async function closedPort(): Promise<number> {
  const server: Server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as {port: number}).port)),
  );
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A second of silence, as a file for the browser's fake microphone. */
function silence(): string {
  const data = Buffer.alloc(96_000);
  const header = Buffer.from(
    '524946460000000057415645666d7420100000000100010080bb00000077010002001000646174610000000000',
    'hex',
  ).subarray(0, 44);
  header.writeUInt32LE(36 + data.length, 4);
  header.writeUInt32LE(data.length, 40);
  const path = join(tmpdir(), `sip-elements-silence-${process.pid}.wav`);
  writeFileSync(path, Buffer.concat([header, data]));
  return path;
}

/** A black picture of 320 × 240, as a file for the browser's fake camera. */
function black(): string {
  const picture = Buffer.concat([Buffer.alloc(320 * 240, 16), Buffer.alloc((320 * 240) / 2, 128)]);
  const path = join(tmpdir(), `sip-elements-black-${process.pid}.y4m`);
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from('YUV4MPEG2 W320 H240 F10:1 Ip A1:1 C420jpeg\n'),
      Buffer.from('FRAME\n'),
      picture,
    ]),
  );
  return path;
}

describe('a diagnosis finds at the server', () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  for (const [what, user, password, codes] of [
    ['a wrong password', '1001', 'wrong-1', ['wrong-password']],
    ['a user that the server does not know', '7777', '1234', ['unknown-user', 'wrong-password']],
  ] as const)
    it(what, async () => {
      const page = await phonePage(site, {user, password});
      const {steps, report} = await diagnosed(page, {only: ['server', 'sign-in']});
      assert.equal(steps.server!.code, 'server-reached');
      assert.equal(steps['sign-in']!.verdict, 'failed');
      assert.ok((codes as readonly string[]).includes(steps['sign-in']!.code!), steps['sign-in']!.code);
      assert.ok(!JSON.stringify(report).includes('wrong-1'));
      await page.close();
    });

  it('a port at which nothing listens, and does not take it for a wrong path', async () => {
    const server = `ws://127.0.0.1:${await closedPort()}/fswebrtc`;
    const page = await phonePage(site, {user: '1001', server, withoutCsp: true});
    const {steps} = await diagnosed(page, {only: ['server', 'sign-in']});
    assert.deepEqual([steps.server!.verdict, steps.server!.code], ['failed', 'server-unreachable']);
    assert.equal(steps['sign-in']!.code, 'server-unreachable');
    await page.close();
  });

  it('a wrong path at a server that answers', async () => {
    const {host} = new URL(site.server.url);
    const page = await phonePage(site, {user: '1001', server: `ws://${host}/nothing`});
    const {steps} = await diagnosed(page, {only: ['server']});
    assert.deepEqual([steps.server!.verdict, steps.server!.code], ['failed', 'not-a-websocket']);
    assert.equal(steps.server!.subject, `${host}/nothing`);
    await page.close();
  });

  it('an address that the Content-Security-Policy of the page forbids', async () => {
    const page = await phonePage(site, {user: '1001', server: 'wss://elsewhere.invalid/ws'});
    const {steps} = await diagnosed(page, {only: ['server']});
    assert.deepEqual([steps.server!.verdict, steps.server!.code], ['failed', 'forbidden-by-page']);
    await page.close();
  });

  it('that the function of the page gives no TURN servers', async () => {
    const page = await phonePage(site, {user: '1001'});
    await page.evaluate(() => {
      document.querySelector('sip-client')!.iceServers = () => Promise.reject(new Error('expired'));
    });
    const {steps} = await diagnosed(page, {only: ['stun', 'turn-udp', 'relay']});
    assert.deepEqual(
      Object.values(steps).map(({verdict, code}) => `${verdict} ${code}`),
      Array.from({length: 3}, () => 'failed ice-servers-failed'),
    );
    await page.close();
  });

  // Firefox knows no such header.
  if (!IN_FIREFOX)
    it('devices that the Permissions-Policy of the page forbids', async () => {
      const {host} = new URL(site.server.url);
      const page = await phonePage(site, {
        user: '1001',
        server: `ws://${host}/fswebrtc`,
        address: `${await plainPage()}?policy=${encodeURIComponent('microphone=(), camera=()')}`,
      });
      const {steps} = await diagnosed(page, {only: DEVICES});
      assert.deepEqual(
        DEVICES.map((name) => [steps[name]!.verdict, steps[name]!.code]),
        [
          ['failed', 'microphone-forbidden'],
          ['warning', 'camera-forbidden'],
          ['failed', 'microphone-forbidden'],
          ['warning', 'camera-forbidden'],
        ],
      );
      await page.close();
    });

  it('that the number of the echo cannot be reached', async () => {
    const page = await onlinePage(site, {user: '1001'});
    const {steps} = await diagnosed(page, {echo: '1003', only: ['call', 'quality']});
    assert.deepEqual([steps.call!.verdict, steps.call!.subject], ['failed', '1003']);
    assert.equal(steps.call!.code, 'number-offline');
    assert.equal(steps.quality!.code, 'not-measured');
    await page.close();
  });

  it('that the echo sends nothing to be heard', async () => {
    const echo = await onlinePage(site, {user: '1002'});
    await echo.evaluate(() => {
      document
        .querySelector('sip-client')!
        .addEventListener(
          'sip-call-received',
          ({detail: {call}}) => void call.answer().then(() => call.mute()),
        );
    });
    const page = await onlinePage(site, {user: '1001'});
    const {steps} = await diagnosed(page, {echo: '1002', only: ['call']});
    assert.deepEqual(
      [steps.call!.verdict, steps.call!.code],
      ['warning', 'no-sound'],
      JSON.stringify(steps.call),
    );
    assert.ok(Number(steps.call!.values!['packets']) > 0);
    await nextEvent(echo, 'sip-call-hangup');
    await page.close();
    await echo.close();
  });
});

describe('a diagnosis finds of the devices', () => {
  for (const [what, options, expected] of [
    [
      'that the user has refused them',
      DEVICES_REFUSED,
      [
        'failed microphone-refused',
        'warning camera-refused',
        'failed microphone-refused',
        'warning camera-refused',
      ],
    ],
    [
      'that there are none',
      DEVICES_MISSING,
      [
        'passed permission-given',
        'passed permission-given',
        'failed microphone-missing',
        'warning camera-missing',
      ],
    ],
  ] as const)
    it(what, async () => {
      const site = await openSite(options);
      try {
        const page = await phonePage(site, {user: '1001'});
        const {steps} = await diagnosed(page, {only: DEVICES});
        assert.deepEqual(
          DEVICES.slice(2).map((name) => `${steps[name]!.verdict} ${steps[name]!.code}`),
          expected.slice(2),
        );
      } finally {
        await site.close();
      }
    });

  it('that the microphone is muted', async () => {
    // Firefox has the microphones of a sound server, which mutes this one; Chromium plays a file instead.
    const sound = IN_FIREFOX ? await startSound() : undefined;
    if (sound) Object.assign(process.env, sound.environment);
    const muted = IN_FIREFOX ? await plugMicrophone('Muted', 440) : undefined;
    await muted?.mute();
    const site = await openSite({
      chromeFlags: [`--use-file-for-fake-audio-capture=${silence()}`],
      firefoxPreferences: {'media.navigator.streams.fake': false},
    });
    try {
      const page = await phonePage(site, {user: '1001'});
      const {steps} = await diagnosed(page, {only: ['microphone']});
      assert.deepEqual([steps.microphone!.verdict, steps.microphone!.code], ['warning', 'microphone-silent']);
      assert.equal(steps.microphone!.values!['level'], 0);
      assert.equal(await openTracks(page), 0);
      // It was its switch alone.
      await muted?.unmute();
      if (muted)
        assert.equal(
          (await diagnosed(page, {only: ['microphone']})).steps.microphone!.code,
          'microphone-works',
        );
    } finally {
      await site.close();
      await sound?.stop();
    }
  });

  // Firefox has no camera but its own fake one, whose picture moves.
  if (!IN_FIREFOX)
    it('that the camera is covered', async () => {
      const site = await openSite({chromeFlags: [`--use-file-for-fake-video-capture=${black()}`]});
      try {
        const page = await phonePage(site, {user: '1001'});
        const {steps} = await diagnosed(page, {only: ['camera']});
        assert.deepEqual([steps.camera!.verdict, steps.camera!.code], ['warning', 'camera-black']);
        assert.equal(steps.camera!.values!['width'], 320);
        assert.equal(await openTracks(page), 0);
      } finally {
        await site.close();
      }
    });

  it('that the page is not secure', async () => {
    const site = await openSite({
      chromeFlags: ['--host-resolver-rules=MAP phone.test 127.0.0.1'],
      firefoxPreferences: {'network.dns.localDomains': 'phone.test'},
    });
    try {
      const page = await phonePage(site, {
        user: '1001',
        server: new URL('/fswebrtc', site.server.url).href.replace('http', 'ws'),
        address: (await plainPage()).replace('127.0.0.1', 'phone.test'),
      });
      const {steps} = await diagnosed(page, {only: ['secure-page', 'microphone-permission', 'microphone']});
      assert.deepEqual(
        Object.values(steps).map(({verdict, code}) => [verdict, code]),
        [
          ['failed', 'insecure-page'],
          ['failed', 'insecure-page'],
          ['failed', 'insecure-page'],
        ],
      );
    } finally {
      await site.close();
    }
  });
});

describe('a diagnosis finds of the certificate', () => {
  let secure: DispatchServer;
  let site: Site;
  before(async () => {
    [secure, site] = await Promise.all([
      startServer({port: 0, tls: await oldCertificate()}),
      openSite({withoutFlags: ['--ignore-certificate-errors']}),
    ]);
  });
  after(async () => {
    await site.close();
    await secure.close();
  });

  it('that it is old', async () => {
    const server = new URL('/fswebrtc', secure.url).href.replace('https', 'wss');
    const page = await phonePage(site, {user: '1001', server, withoutCsp: true});
    const {steps} = await diagnosed(page, {only: ['server']});
    assert.deepEqual([steps.server!.verdict, steps.server!.code], ['failed', 'certificate-refused']);
    await page.close();
  });
});
