/**
 * How much later a voice arrives through a patch than in a direct call, where pages send each other their sound and where
 * it passes the development server, and what bare WebRTC would add: real servers and real pages on this machine.
 *
 * `node --import tsx test/bench/patch.ts [ROUNDS]`
 */
import type {Page} from 'puppeteer-core';
import {DOMAIN, startKamailio} from '../support/interop/kamailio.js';
import {LOOPBACK_FLAGS} from '../support/interop/sip-page.js';
import {attend, SIGNALS, type Attendee} from '../support/page/meeting.js';
import {goOnline, nextEvent, phonePage, placeCall} from '../support/page/phone-page.js';
import {hearsNow, listens, sendsSignals} from '../support/page/signals.js';
import {openSite, type Site} from '../support/page/site.js';
import {goal, median, printTable, size, spread} from './table.js';

const ROUNDS = size(20);

/** In milliseconds. */
const MOST_ADDED = 60;

async function connect(caller: Page, callee: Page, number: string): Promise<void> {
  await placeCall(caller, number, 'audio');
  await nextEvent(callee, 'sip-call-received');
  await callee.evaluate(() => (window as any).call.answer());
  await nextEvent(callee, 'sip-call-answered');
  await nextEvent(caller, 'sip-call-answered');
}

/** Measures the time from the end of a page's muting until another page hears its tone. */
async function delays(speaker: Page, listener: Page, tone: number): Promise<number[]> {
  await listens(listener);
  const found: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    await speaker.evaluate(() => (window as any).call.mute());
    await hearsNow(listener, [], [tone]);
    const heard = hearsNow(listener, [tone]);
    const since = await speaker.evaluate(() => {
      void (window as any).call.unmute();
      return performance.timeOrigin + performance.now();
    });
    if (round > 0) found.push((await heard) - since);
    else await heard;
  }
  return found;
}

/** Returns the mean time that sound has waited in a page's jitter buffers, in milliseconds. */
function waited(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const peers = [...((window as any).opened.peers as Set<RTCPeerConnection>)];
    const open = peers.filter(({connectionState}) => connectionState === 'connected');
    const delays: number[] = [];
    for (const report of await Promise.all(open.map((peer) => peer.getStats())))
      report.forEach((entry: Partial<RTCInboundRtpStreamStats>) => {
        const {type, jitterBufferDelay = 0, jitterBufferEmittedCount = 1} = entry;
        if (type === 'inbound-rtp') delays.push((1_000 * jitterBufferDelay) / jitterBufferEmittedCount);
      });
    return delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
  });
}

/** Sends the `sent` track of a page to another one by a bare connection, where it is heard as `call`. */
async function send(from: Page, to: Page): Promise<void> {
  const offer = await from.evaluate(async () => {
    const peer = ((window as any).outgoing = new RTCPeerConnection());
    peer.addTrack((window as any).sent);
    await peer.setLocalDescription();
    await (window as any).gathered(peer);
    return peer.localDescription!.toJSON();
  });
  const answer = await to.evaluate(async (offer) => {
    const scope = window as any;
    const peer = new RTCPeerConnection();
    scope.incoming.push(peer);
    await peer.setRemoteDescription(offer);
    scope.call = {remoteStream: new MediaStream(peer.getReceivers().map(({track}) => track))};
    await peer.setLocalDescription();
    await scope.gathered(peer);
    return peer.localDescription!.toJSON();
  }, offer);
  await from.evaluate((answer) => (window as any).outgoing.setRemoteDescription(answer), answer);
}

/** Opens a page without a client, whose `call` can be muted and sends a tone. */
async function openBare(site: Site, tone: number): Promise<Page> {
  const page = await site.open('/fswebrtc');
  await page.evaluate(async (frequency) => {
    // A page that may use the microphone offers its own addresses.
    await navigator.mediaDevices.getUserMedia({audio: true});
    const gathered = async (peer: RTCPeerConnection): Promise<void> => {
      while (peer.iceGatheringState !== 'complete')
        await new Promise((resolve) => (peer.onicegatheringstatechange = resolve));
    };
    const context = new AudioContext();
    const oscillator = new OscillatorNode(context, {frequency});
    const target = context.createMediaStreamDestination();
    oscillator.connect(new GainNode(context, {gain: 0.3})).connect(target);
    oscillator.start();
    const sent = target.stream.getAudioTracks()[0]!;
    const mute = (muted: boolean): void => void (sent.enabled = !muted);
    const call = {mute: () => mute(true), unmute: () => mute(false)};
    Object.assign(window, {gathered, sent, call, incoming: []});
  }, tone);
  return page;
}

/** Measures the same between pages that have nothing but connections, and in the middle one WebAudio that mixes. */
async function bareDelays(site: Site): Promise<{readonly direct: number[]; readonly mixed: number[]}> {
  const [tone, ...others] = SIGNALS.map(({tone}) => tone);
  const speaker = await openBare(site, tone!);
  const [listener, third, mixer] = await Promise.all(others.map((other) => openBare(site, other)));
  await send(speaker, listener!);
  const direct = await delays(speaker, listener!, tone!);
  for (const page of [speaker, third!]) await send(page, mixer!);
  await mixer!.evaluate(async () => {
    const scope = window as any;
    const context = new AudioContext();
    await context.resume();
    const target = context.createMediaStreamDestination();
    scope.players = (scope.incoming as RTCPeerConnection[]).map((peer) => {
      const stream = new MediaStream(peer.getReceivers().map(({track}) => track));
      const player = Object.assign(new Audio(), {muted: true, srcObject: stream});
      void player.play();
      context.createMediaStreamSource(stream).connect(target);
      return player;
    });
    [scope.sent] = target.stream.getAudioTracks();
  });
  await send(mixer!, listener!);
  return {direct, mixed: await delays(speaker, listener!, tone!)};
}

/** Opens four pages that are registered at a Kamailio. */
async function attendAt(server: string): Promise<Attendee[]> {
  const attendees: Attendee[] = [];
  for (const [index, user] of ['desk', 'alice', 'bob', 'carol'].entries()) {
    const signals = SIGNALS[index]!;
    const page = await phonePage(site, {
      user,
      password: `pw-${user}`,
      server,
      attributes: `profile="standard" domain="${DOMAIN}"`,
      withoutCsp: true,
    });
    await sendsSignals(page, signals);
    await goOnline(page);
    attendees.push({...signals, number: user, page});
  }
  return attendees;
}

/** Measures calls of four pages, which it closes: direct ones, and those of a patch of three. */
async function calledDelays(
  attendees: readonly Attendee[],
): Promise<{readonly direct: number[]; readonly patched: number[]; readonly waiting: number}> {
  const [desk, speaker, listener, third] = attendees;
  await connect(speaker!.page, listener!.page, listener!.number);
  const direct = await delays(speaker!.page, listener!.page, speaker!.tone);
  await speaker!.page.evaluate(() => (window as any).call.hangup());
  await nextEvent(listener!.page, 'sip-call-hangup');
  for (const {page, number} of [speaker!, listener!, third!]) await connect(desk!.page, page, number);
  await desk!.page.evaluate(async () => {
    const element = document.querySelector('sip-client') as any;
    await element.patch(element.calls, {part: 'out'});
  });
  const patched = await delays(speaker!.page, listener!.page, speaker!.tone);
  const waiting = await waited(desk!.page);
  for (const {page} of attendees) await page.close();
  return {direct, patched, waiting};
}

const kamailio = await startKamailio();
const site = await openSite({chromeFlags: LOOPBACK_FLAGS});
try {
  const places = {
    'over Kamailio': await calledDelays(await attendAt(kamailio.ws)),
    'over the development server': await calledDelays(await attend(site, 4)),
  };
  const bare = await bareDelays(site);
  printTable(
    'a patch',
    [
      `a voice that begins ${ROUNDS} times, ms`,
      'direct call',
      'patch of three',
      'waits in the page that mixes',
      'added',
    ],
    [
      ...Object.entries(places).map(([name, {direct, patched, waiting}]) => {
        const added = median(patched) - median(direct);
        return [
          name,
          spread(direct),
          spread(patched),
          waiting.toFixed(0),
          goal(added.toFixed(0), added <= MOST_ADDED),
        ];
      }),
      [
        'bare WebRTC and WebAudio',
        spread(bare.direct),
        spread(bare.mixed),
        '',
        (median(bare.mixed) - median(bare.direct)).toFixed(0),
      ],
    ],
  );
} finally {
  await site.close();
  await kamailio.stop();
}
