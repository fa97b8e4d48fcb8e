import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import type {CallQuality, CheckReport} from '../../../src/index.js';
import {diagnosed, inShort, openTracks} from '../../support/diagnosis/diagnosed.js';
import {nextEvent, onlinePage, phonePage, placeCall} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';

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
      'call: passed media-returned',
      // A busy machine hears with gaps: what is measured is the truth then.
      `quality: ${found.steps.quality!.verdict} ${found.steps.quality!.code}`,
      'bandwidth: skipped not-measured',
    ]);
    const {microphone, camera, call, quality} = found.steps;
    assert.ok(Number(microphone!.values!['level']) > 0.001);
    assert.equal(camera!.values!['width'], 320);
    // The server has named its echo, which sends back this page's own tone and picture.
    assert.deepEqual([call!.subject, call!.values!['way']], ['9999', 'echo']);
    assert.ok(Number(call!.values!['level']) > 0.05, JSON.stringify(call));
    assert.ok(Number(call!.values!['frames']) > 3, JSON.stringify(call));
    assert.ok(Number(quality!.values!['mos']) > 1, JSON.stringify(quality));
    // The far end: the account is free again, and no device is open.
    assert.equal(
      await page.evaluate(() => document.querySelector('sip-client')!.state.registration),
      'unregistered',
    );
    assert.equal(await openTracks(page), 0);
    await page.close();
  });

  it('sends a tone and the camera to itself if it is to call no echo', async () => {
    const page = await onlinePage(site, {user: '1001'});
    const {steps} = await diagnosed(page, {echo: '', only: ['camera', 'sign-in', 'call', 'quality']});
    assert.deepEqual([steps.call!.code, steps.call!.values!['way']], ['media-local', 'local']);
    assert.ok(Number(steps.call!.values!['level']) > 0.05, JSON.stringify(steps.call));
    assert.ok(Number(steps.call!.values!['frames']) > 3, JSON.stringify(steps.call));
    assert.equal(steps.quality!.code, 'not-measured');
    await page.close();
  });

  it('calls a number of the page, measures what comes back, and leaves no trace of the call', async () => {
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

  it('hands its report to the page once, at the end, and goes on if the page fails', async () => {
    const page = await phonePage(site, {user: '1001'});
    const sent = await page.evaluate(async () => {
      const failed = new Promise<true>((resolve) =>
        addEventListener('error', (event) => {
          event.preventDefault();
          resolve(true);
        }),
      );
      const reports: {running: boolean; report: unknown}[] = [];
      const diagnosis = await document.querySelector('sip-client')!.diagnose({
        only: ['secure-page', 'server'],
        onReport(report) {
          reports.push({running: diagnosis.state.running, report: JSON.parse(JSON.stringify(report))});
          throw new Error('The page cannot send it.');
        },
      });
      await diagnosis.finished;
      return {reports, isErrorReported: await failed, steps: diagnosis.steps};
    });
    assert.equal(sent.reports.length, 1);
    assert.equal(sent.reports[0]!.running, false);
    const report = sent.reports[0]!.report as CheckReport;
    assert.equal(report.format, 'sip-elements-report');
    assert.deepEqual(report.steps, sent.steps);
    assert.deepEqual(
      report.steps.map(({code}) => code),
      ['page-secure', 'server-reached'],
    );
    assert.ok(sent.isErrorReported);
    await page.close();
  });

  it('reports what was measured of a call that has ended while it was traced, and of no other', async () => {
    const callee = await onlinePage(site, {user: '1002'});
    await callee.evaluate(() => {
      document
        .querySelector('sip-client')!
        .addEventListener('sip-call-received', ({detail}) => void detail.call.answer());
    });
    const page = await onlinePage(site, {user: '1004'});
    /** Calls until the call has been measured; resolves with its Call-ID. */
    const talk = async (): Promise<string> => {
      await placeCall(page, '1002', 'audio');
      await nextEvent(page, 'sip-call-answered');
      await page.waitForFunction(() => (window as any).call.qualityHistory.some(({mos}: any) => mos > 1));
      const callId = await page.evaluate(() => (window as any).call.callId as string);
      await page.evaluate(() => (window as any).call.hangup() as Promise<void>);
      await nextEvent(page, 'sip-call-hangup');
      return callId;
    };
    await talk();
    await page.evaluate(() => document.querySelector('sip-client')!.trace!.start());
    const callId = await talk();
    const {report} = await diagnosed(page, {only: ['secure-page']});
    assert.deepEqual(
      report.calls.map(({number, direction, state}) => [number, direction, state]),
      Array.from({length: 2}, () => ['1002', 'outgoing', 'made']),
    );
    const [traced, before] = report.calls;
    assert.equal(traced!.callId, callId);
    const measured = traced!.quality as CallQuality[];
    assert.ok(measured.length > 0 && measured.length <= 30);
    assert.ok(
      measured.some(({mos, bitrate}) => mos! > 1 && bitrate > 1_000),
      JSON.stringify(measured),
    );
    assert.deepEqual([before!.callId, before!.quality], [undefined, undefined]);
    // The Call-ID is that of the messages.
    assert.ok(report.trace.some(({text}) => text.includes(`Call-ID: ${callId}`)));
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
    // Firefox names itself by a date with a user's number in it.
    const text = JSON.stringify({...report, page: undefined});
    assert.ok(
      report.trace.some((entry) => entry.text.startsWith('sent\nREGISTER sip:')),
      text,
    );
    assert.match(text, /Authorization: \*\*\*/);
    // Tags, branches and times are random, and may have its digits: a number is not inside of another word.
    const words = text.replaceAll(/\\+[a-z]/g, ' ');
    for (const number of ['1001', '1002'])
      assert.doesNotMatch(words, new RegExp(`(?<![0-9a-z.])${number}(?![0-9a-z])`, 'i'), number);
    for (const secret of ['the secret of this text', 'response=', 'nonce='])
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
