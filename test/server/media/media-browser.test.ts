import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {connect, MediaServer, type MediaKind} from '../../../server/media/index.js';
import type {Leg, LegOptions} from '../../../server/media/leg.js';
import {openSite, type Site} from '../../support/page/site.js';

/** A browser's peer connection and the server's leg for it. */
interface Pair {
  readonly leg: Leg;
  readonly page: Page;
}

describe('Leg, to a browser', () => {
  const media = new MediaServer(['127.0.0.1']);
  let site: Site;

  before(async () => {
    site = await openSite();
  });

  afterEach(async () => {
    await media.close();
    for (const page of (await site.browser.pages()).slice(1)) await page.close();
  });

  after(() => site.close());

  async function peer(options?: LegOptions): Promise<Pair> {
    const page = await site.open('fswebrtc');
    await page.evaluate(() => {
      const scope = window as any;
      scope.pc = new RTCPeerConnection({iceServers: [], bundlePolicy: 'max-bundle'});
      scope.gathered = async () => {
        while (scope.pc.iceGatheringState !== 'complete') {
          await new Promise((resolve) => {
            scope.pc.addEventListener('icegatheringstatechange', resolve, {once: true});
          });
        }
        return scope.pc.localDescription.sdp as string;
      };
      scope.send = async (kinds: string[]) => {
        const constraints = {audio: kinds.includes('audio'), video: kinds.includes('video')};
        const stream = await navigator.mediaDevices.getUserMedia(constraints);
        for (const track of stream.getTracks()) scope.pc.addTrack(track, stream);
      };
      scope.received = async (kind: string) => {
        let count = 0;
        (await scope.pc.getStats()).forEach((report: any) => {
          if (report.type !== 'inbound-rtp' || report.kind !== kind) return;
          count += kind === 'video' ? Number(report.framesDecoded ?? 0) : Number(report.packetsReceived);
        });
        return count;
      };
    });
    return {leg: media.createLeg(options), page};
  }

  /** @param sees - What the page sees of the offer. */
  async function invited(
    kinds: readonly MediaKind[],
    options?: LegOptions,
    sees = (offer: string): string => offer,
  ): Promise<Pair> {
    const pair = await peer(options);
    const answer = await pair.page.evaluate(
      async (sdp, wanted) => {
        const scope = window as any;
        await scope.pc.setRemoteDescription({type: 'offer', sdp});
        await scope.send(wanted);
        await scope.pc.setLocalDescription();
        return (await scope.gathered()) as string;
      },
      sees(await pair.leg.offer(kinds)),
      [...kinds],
    );
    await pair.leg.acceptAnswer(answer);
    return pair;
  }

  /** Offers from the page, after it has done something; resolves with the answer. */
  async function offers(
    {leg, page}: Pair,
    kinds: readonly MediaKind[] = [],
    direction = '',
  ): Promise<string> {
    const offer = await page.evaluate(
      async (wanted, asked) => {
        const scope = window as any;
        if (wanted.length > 0) await scope.send(wanted);
        for (const line of asked ? scope.pc.getTransceivers() : []) line.direction = asked;
        await scope.pc.setLocalDescription();
        return (await scope.gathered()) as string;
      },
      [...kinds],
      direction,
    );
    const answer = await leg.answer(offer);
    await page.evaluate((sdp) => (window as any).pc.setRemoteDescription({type: 'answer', sdp}), answer);
    return answer;
  }

  function bridge(one: Pair, other: Pair): void {
    for (const kind of ['audio', 'video'] as const) {
      connect(one.leg[kind], other.leg[kind]);
      connect(other.leg[kind], one.leg[kind]);
    }
  }

  const received = ({page}: Pair, kind: MediaKind): Promise<number> =>
    page.evaluate((wanted) => (window as any).received(wanted) as Promise<number>, kind);

  /** Resolves when a page has received, and decoded, more than it had. */
  async function receives(pair: Pair, kind: MediaKind, more = 5): Promise<void> {
    const from = await received(pair, kind);
    await pair.page.waitForFunction(
      async (wanted, count) => (await (window as any).received(wanted)) >= count,
      {timeout: 0, polling: 100},
      kind,
      from + more,
    );
  }

  it('carries what Chromium encodes to Chromium, which decodes it', async () => {
    const one = await invited(['audio', 'video']);
    const other = await peer();
    bridge(one, other);
    await offers(other, ['audio', 'video']);
    await Promise.all([
      receives(one, 'audio'),
      receives(one, 'video'),
      receives(other, 'audio'),
      receives(other, 'video'),
    ]);
  });

  it('lets a video element play the sound before there is a picture, and then shows that', async () => {
    const one = await invited(['audio', 'video'], {placeholder: true});
    const other = await invited(['audio']);
    bridge(one, other);
    await one.page.evaluate(() => {
      const video = Object.assign(document.createElement('video'), {autoplay: true});
      const receivers = (window as any).pc.getReceivers() as RTCRtpReceiver[];
      video.srcObject = new MediaStream(receivers.map(({track}) => track));
      document.body.append(video);
    });
    await one.page.waitForFunction(() => document.querySelector('video')!.currentTime > 0.5);
    await offers(other, ['video']);
    await receives(one, 'video');
  });

  it('follows a page that restarts ICE before it was ever connected', async () => {
    const one = await invited(['audio'], {}, (offer) => offer.replace(/^a=candidate:.*\r\n/gm, ''));
    const other = await invited(['audio']);
    bridge(one, other);
    await one.page.evaluate(() => (window as any).pc.restartIce());
    await offers(one);
    await Promise.all([receives(one, 'audio'), receives(other, 'audio')]);
  });

  it('comes back from a hold', async () => {
    const [one, other] = [await invited(['audio', 'video']), await invited(['audio', 'video'])];
    bridge(one, other);
    await receives(one, 'video');
    for (const direction of ['sendonly', 'inactive']) {
      await offers(one, [], direction);
      await offers(one, [], 'sendrecv');
      await Promise.all([receives(one, 'video'), receives(one, 'audio'), receives(other, 'video')]);
    }
  });

  it('takes a line that a page adds, and adds one to a page', async () => {
    const [one, other] = [await invited(['audio']), await invited(['audio'])];
    bridge(one, other);
    await offers(one, ['video']);
    const answer = await other.page.evaluate(
      async (sdp) => {
        const scope = window as any;
        await scope.pc.setRemoteDescription({type: 'offer', sdp});
        await scope.send(['video']);
        await scope.pc.setLocalDescription();
        return (await scope.gathered()) as string;
      },
      await other.leg.offer(['video']),
    );
    await other.leg.acceptAnswer(answer);
    await Promise.all([receives(one, 'video'), receives(other, 'video'), receives(one, 'audio')]);
  });

  it('answers doubled lines so that the page sees one stream of a kind', async () => {
    const [one, other] = [await invited(['audio', 'video']), await invited(['audio', 'video'])];
    bridge(one, other);
    await receives(other, 'video');
    await one.page.evaluate(() => {
      const {pc} = window as any;
      pc.addTransceiver('audio');
      pc.addTransceiver('video');
    });
    const answer = await offers(one, ['audio']);
    assert.ok((answer.match(/^m=(audio|video) [1-9]/gm)?.length ?? 0) >= 4);
    await Promise.all([receives(one, 'video'), receives(one, 'audio'), receives(other, 'video')]);
  });

  it('goes on when a page stops a line, and offers it no more', async () => {
    const [one, other] = [await invited(['audio', 'video']), await invited(['audio', 'video'])];
    bridge(one, other);
    await receives(other, 'video');
    await one.page.evaluate(() => (window as any).pc.getTransceivers()[1].stop());
    assert.match(await offers(one), /^m=video 0 /m);
    await Promise.all([receives(one, 'audio'), receives(other, 'audio')]);
    assert.match(await one.leg.offer(), /^m=video 0 /m);
    one.leg.offerRefused();
    // Chromium reuses the place of the dead line for the next one.
    await offers(one, ['video']);
    await Promise.all([receives(one, 'video'), receives(other, 'video')]);
  });

  it('refuses a data channel and serves the rest', async () => {
    const [one, other] = [await peer(), await invited(['audio'])];
    bridge(one, other);
    await one.page.evaluate(() => (window as any).pc.createDataChannel('chat'));
    const answer = await offers(one, ['audio', 'video']);
    assert.match(answer, /^m=application 0 /m);
    await Promise.all([receives(one, 'audio'), receives(other, 'audio')]);
  });
});
