import assert from 'node:assert/strict';
import {createServer, type Server} from 'node:net';
import {writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {startServer, type DispatchServer} from '../../../server/server.js';
import {DEVICES_MISSING, DEVICES_REFUSED} from '../../support/page/browser.js';
import {diagnosed, inShort} from '../../support/diagnosis/diagnosed.js';
import {nextEvent, onlinePage, phonePage, placeCall} from '../../support/page/phone-page.js';
import {plainPage} from '../../support/page/plain-page.js';
import {openSite, type Site} from '../../support/page/site.js';

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

/** The tracks that the page has open. */
const openTracks = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      [...((window as any).opened?.tracks ?? [])].filter(
        (track: MediaStreamTrack) => track.readyState === 'live',
      ).length,
  );

describe('a diagnosis', () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.close());

  /** A page that answers each call: what it hears comes back. */
  async function echoPage(): Promise<Page> {
    const echo = await onlinePage(site, {user: '1002'});
    await echo.evaluate(() => {
      document
        .querySelector('sip-client')!
        .addEventListener('sip-call-received', ({detail}) => void detail.call.answer());
    });
    return echo;
  }

  it('finds that all works at the development server, signs out again and closes what it opened', async () => {
    const page = await phonePage(site, {user: '1001'});
    const found = await diagnosed(page);
    assert.deepEqual(inShort(found), [
      'secure-page: passed page-secure',
      'microphone-permission: passed permission-given',
      'camera-permission: passed permission-given',
      'microphone: passed microphone-works',
      'camera: passed camera-works',
      'network: passed addresses-found',
      'server: passed server-reached',
      'sign-in: passed signed-in',
      'stun: skipped no-stun',
      'turn-udp: skipped no-turn-of-kind',
      'turn-tcp: skipped no-turn-of-kind',
      'turn-tls: skipped no-turn-of-kind',
      'relay: warning no-turn',
      'call: passed media-local',
      'quality: skipped not-measured',
      'bandwidth: skipped not-measured',
    ]);
    const {microphone, camera, call} = found.steps;
    assert.ok(Number(microphone!.values!['level']) > 0.001);
    assert.equal(camera!.values!['width'], 320);
    assert.ok(Number(call!.values!['level']) > 0.05, JSON.stringify(call));
    assert.ok(Number(call!.values!['frames']) > 3, JSON.stringify(call));
    // The far end: the account is free again, and no device is open.
    assert.equal(
      await page.evaluate(() => document.querySelector('sip-client')!.state.registration),
      'unregistered',
    );
    assert.equal(await openTracks(page), 0);
    await page.close();
  });

  it('calls the echo, measures what comes back, and leaves no trace of the call', async () => {
    const echo = await echoPage();
    const page = await onlinePage(site, {user: '1001'});
    const found = await diagnosed(page, {echo: '1002', only: ['camera', 'sign-in', 'call', 'quality']});
    assert.deepEqual(inShort(found), [
      'camera: passed camera-works',
      'sign-in: passed signed-in',
      'call: passed media-returned',
      // A busy machine hears with gaps: what is measured is the truth then.
      `quality: ${found.steps.quality!.verdict} ${found.steps.quality!.code}`,
    ]);
    const {values} = found.steps.call!;
    assert.equal(values!['way'], 'echo');
    assert.ok(Number(values!['level']) > 0.05, JSON.stringify(values));
    assert.ok(Number(values!['frames']) > 3, JSON.stringify(values));
    const {mos, roundTrip} = found.steps.quality!.values!;
    assert.ok(Number(mos) > 1 && Number(mos) < 4.5, String(mos));
    assert.ok(Number(roundTrip) >= 0, String(roundTrip));
    assert.match(
      found.steps.quality!.code!,
      Number(mos) >= 4.02 ? /-good$/ : Number(mos) >= 3.6 ? /-fair$/ : /-poor$/,
    );
    // The echo has had the call, and it has ended; the user's history has no entry of it.
    const {remote} = await nextEvent(echo, 'sip-call-received');
    assert.equal(remote.number, '1001');
    await nextEvent(echo, 'sip-call-hangup');
    assert.deepEqual(found.report.calls, []);
    assert.equal(
      await page.evaluate(() => document.querySelector('sip-client')!.state.registration),
      'registered',
    );
    await page.close();
    await echo.close();
  });

  it('leaves a running call alone', async () => {
    const callee = await onlinePage(site, {user: '1002'});
    const page = await onlinePage(site, {user: '1001'});
    await placeCall(page, '1002', 'audio');
    await nextEvent(callee, 'sip-call-received');
    await callee.evaluate(() => (window as any).call.answer());
    await nextEvent(page, 'sip-call-answered');
    const found = await diagnosed(page, {echo: '1003'});
    for (const name of ['microphone', 'camera', 'call', 'quality', 'bandwidth'] as const)
      assert.equal(found.steps[name]!.code, 'call-running', name);
    assert.equal(found.steps.server!.code, 'server-connected');
    const state = await page.evaluate(() => {
      const {phase, held} = (window as any).call.state;
      return {phase, held};
    });
    assert.deepEqual(state, {phase: 'answered', held: false});
    assert.equal(found.report.calls[0]!.number, '1002');
    assert.equal(found.report.calls[0]!.state, 'answered');
    await page.close();
    await callee.close();
  });

  it('is ended by its signal, and says of the rest that it was left out', async () => {
    const page = await phonePage(site, {user: '1001'});
    const verdicts = await page.evaluate(async () => {
      const ending = new AbortController();
      const diagnosis = await document.querySelector('sip-client')!.diagnose({signal: ending.signal});
      await new Promise<void>((resolve) =>
        diagnosis.addEventListener('statechange', () => {
          if (diagnosis.steps.some(({name, verdict}) => name === 'microphone' && verdict === 'running'))
            resolve();
        }),
      );
      ending.abort();
      await diagnosis.finished;
      return diagnosis.steps.map(({name, verdict, code}) => [name, verdict, code]);
    });
    assert.deepEqual(verdicts[2], ['camera-permission', 'passed', 'permission-given']);
    for (const step of verdicts.slice(3)) assert.deepEqual(step.slice(1), ['skipped', 'aborted'], step[0]);
    assert.equal(await openTracks(page), 0);
    await page.close();
  });

  for (const [what, user, password, codes] of [
    ['a wrong password', '1001', 'wrong-1', ['wrong-password']],
    ['a user that the server does not know', '7777', '1234', ['unknown-user', 'wrong-password']],
  ] as const)
    it(`finds ${what}`, async () => {
      const page = await phonePage(site, {user, password});
      const {steps, report} = await diagnosed(page, {only: ['server', 'sign-in']});
      assert.equal(steps.server!.code, 'server-reached');
      assert.equal(steps['sign-in']!.verdict, 'failed');
      assert.ok((codes as readonly string[]).includes(steps['sign-in']!.code!), steps['sign-in']!.code);
      assert.ok(!JSON.stringify(report).includes('wrong-1'));
      await page.close();
    });

  it('finds a port at which nothing listens, and does not take it for a wrong path', async () => {
    const server = `ws://127.0.0.1:${await closedPort()}/fswebrtc`;
    const page = await phonePage(site, {user: '1001', server, withoutCsp: true});
    const {steps} = await diagnosed(page, {only: ['server', 'sign-in']});
    assert.deepEqual([steps.server!.verdict, steps.server!.code], ['failed', 'server-unreachable']);
    assert.equal(steps['sign-in']!.code, 'server-unreachable');
    await page.close();
  });

  it('finds a wrong path at a server that answers', async () => {
    const {host} = new URL(site.server.url);
    const page = await phonePage(site, {user: '1001', server: `ws://${host}/nothing`});
    const {steps} = await diagnosed(page, {only: ['server']});
    assert.deepEqual([steps.server!.verdict, steps.server!.code], ['failed', 'not-a-websocket']);
    assert.equal(steps.server!.subject, `${host}/nothing`);
    await page.close();
  });

  it('finds an address that the Content-Security-Policy of the page forbids', async () => {
    const page = await phonePage(site, {user: '1001', server: 'wss://elsewhere.invalid/ws'});
    const {steps} = await diagnosed(page, {only: ['server']});
    assert.deepEqual([steps.server!.verdict, steps.server!.code], ['failed', 'forbidden-by-page']);
    await page.close();
  });

  it('finds that the function of the page gives no TURN servers', async () => {
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

  it('calls the echo by the dial rules also before the user has signed in', async () => {
    const echo = await echoPage();
    const page = await phonePage(site, {user: '1001', attributes: 'dial-rules="+=>1"'});
    const {steps} = await diagnosed(page, {echo: '+002', only: ['sign-in', 'call']});
    assert.equal(steps.call!.code, 'media-returned', JSON.stringify(steps.call));
    const {remote} = await nextEvent(echo, 'sip-call-received');
    assert.equal(remote.number, '1001');
    assert.equal(
      await page.evaluate(() => document.querySelector('sip-client')!.state.registration),
      'unregistered',
    );
    await page.close();
    await echo.close();
  });

  it('finds devices that the Permissions-Policy of the page forbids', async () => {
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

  it('keeps the messages only while it is traced, at most 500, and masks them in a report', async () => {
    const page = await onlinePage(site, {user: '1001', password: '1234'});
    const before = await page.evaluate(
      () => document.querySelector('sip-client')!.trace!.state.entries.length,
    );
    assert.equal(before, 0);
    await page.evaluate(async () => {
      const client = document.querySelector('sip-client')!;
      client.trace!.start();
      await client.unregister();
      await client.register();
      await client.sendMessage('1002', 'the secret of this text');
    });
    const {report} = await diagnosed(page, {only: ['secure-page']}, 'masked');
    const text = JSON.stringify(report);
    assert.ok(
      report.trace.some((entry) => entry.text.startsWith('sent\nREGISTER sip:')),
      text,
    );
    assert.match(text, /Authorization: \*\*\*/);
    for (const secret of ['1001', '1002', 'the secret of this text', 'response=', 'nonce='])
      assert.ok(!text.includes(secret), secret);
    assert.equal(report.options['user'], '**01');
    await page.evaluate(() => {
      const {trace} = document.querySelector('sip-client')!.client!;
      for (let index = 0; index < 600; index += 1)
        trace.note({level: 'debug', area: 'sip', text: `line ${index}`});
    });
    const {report: full} = await diagnosed(page, {only: ['secure-page']});
    assert.equal(full.trace.length, 500);
    assert.equal(full.trace.at(-1)!.text, 'line 599');
    await page.close();
  });
});

describe('a diagnosis without devices', () => {
  for (const [what, options, expected] of [
    [
      'finds that the user has refused them',
      DEVICES_REFUSED,
      [
        'failed microphone-refused',
        'warning camera-refused',
        'failed microphone-refused',
        'warning camera-refused',
      ],
    ],
    [
      'finds that there are none',
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

  it('finds a microphone that is silent', async () => {
    const site = await openSite({chromeFlags: [`--use-file-for-fake-audio-capture=${silence()}`]});
    try {
      const page = await phonePage(site, {user: '1001'});
      const {steps} = await diagnosed(page, {only: ['microphone']});
      assert.deepEqual([steps.microphone!.verdict, steps.microphone!.code], ['warning', 'microphone-silent']);
      assert.equal(steps.microphone!.values!['level'], 0);
      assert.equal(await openTracks(page), 0);
    } finally {
      await site.close();
    }
  });

  it('finds that the page is not secure', async () => {
    const site = await openSite({chromeFlags: ['--host-resolver-rules=MAP phone.test 127.0.0.1']});
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

describe('a diagnosis of a server with an old certificate', () => {
  let secure: DispatchServer;
  let site: Site;
  before(async () => {
    [secure, site] = await Promise.all([
      startServer({port: 0, tls: true}),
      openSite({withoutFlags: ['--ignore-certificate-errors']}),
    ]);
  });
  after(async () => {
    await site.close();
    await secure.close();
  });

  it('finds that the browser does not trust it', async () => {
    const server = new URL('/fswebrtc', secure.url).href.replace('https', 'wss');
    const page = await phonePage(site, {user: '1001', server, withoutCsp: true});
    const {steps} = await diagnosed(page, {only: ['server']});
    assert.deepEqual([steps.server!.verdict, steps.server!.code], ['failed', 'certificate-refused']);
    await page.close();
  });
});
