import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import {becomes, until} from '../support/in-page/facts.js';
import {WirePair} from '../support/wire/wire-pair.js';

/** How many packets a second arrive with the usual 20 ms of sound, and the fewest with 10 ms. */
const [USUAL, SHORT] = [50, 80];

describe('how much sound is in each packet', () => {
  const {RTCPeerConnection} = window;
  let pair: WirePair;
  let peers: RTCPeerConnection[];

  beforeEach(() => {
    pair = new WirePair();
    peers = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(settings?: RTCConfiguration) {
        super(settings);
        peers.push(this);
      }
    };
  });
  afterEach(async () => {
    await pair.end();
    window.RTCPeerConnection = RTCPeerConnection;
  });

  /** How many packets of sound arrive at a connection within a second. */
  async function rate(peer: RTCPeerConnection): Promise<number> {
    const count = async (): Promise<{timestamp: number; packetsReceived: number}> => {
      const entries = [...(await peer.getStats()).values()] as any[];
      return entries.find(({type, kind}) => type === 'inbound-rtp' && kind === 'audio') ?? {};
    };
    const before = await count();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const after = await count();
    return (1_000 * (after.packetsReceived - before.packetsReceived)) / (after.timestamp - before.timestamp);
  }
  const offers = (): string[] => pair.wire.messages.filter((message) => message.startsWith('INVITE '));
  const packetTime = (message: string | undefined): string | undefined =>
    /^a=ptime:(\d+)/m.exec(message ?? '')?.[1];

  it('is what the page has set, at both sides, until it takes that back', async () => {
    const {call} = await pair.talk('audio', {audio: {ptime: 10}}, {});
    await becomes(call, ({phase}) => phase === 'answered');
    expect(packetTime(offers()[0])).to.equal('10');
    for (const peer of peers) await until(async () => (await rate(peer)) > SHORT);
    await call.setQuality({audio: {ptime: 40}});
    expect(packetTime(offers()[1])).to.equal('40');
    for (const peer of peers) await until(async () => (await rate(peer)) < USUAL / 1.5);
    await call.setQuality({audio: {ptime: undefined} as object});
    expect(packetTime(offers()[2])).to.equal(undefined);
    for (const peer of peers) await until(async () => (await rate(peer)) > USUAL / 1.5);
  });

  it('is short in the calls of a patch, as long as they are in it', async () => {
    const alice = await pair.online('alice', {});
    const bob = await pair.online('bob', {parallelCalls: true});
    bob.addEventListener('sip-call-received', ({detail}) => void detail.call.answer());
    const talk = async (): Promise<SipCall> => {
      const call = await alice.call('bob', {media: 'audio'});
      await becomes(call, ({phase}) => phase === 'answered');
      return call;
    };
    const [held, active] = [await talk(), await talk()];
    await becomes(held, (state) => state.held);
    const before = offers().length;
    const patch = await alice.patch([held, active]);
    const [ofHeld, farOfHeld] = peers;
    for (const peer of peers) await until(async () => (await rate(peer)) > SHORT);
    // Each side is asked once.
    expect(offers().slice(before).map(packetTime)).to.deep.equal(['10', '10']);
    await patch.end();
    await becomes(held, (state) => state.held);
    await held.unhold();
    expect(packetTime(offers().at(-1))).to.equal(undefined);
    for (const peer of [ofHeld!, farOfHeld!])
      await until(async () => {
        const now = await rate(peer);
        return now > USUAL / 1.5 && now < SHORT;
      });
  });
});
