import assert from 'node:assert/strict';
import {afterEach, describe, it} from 'node:test';
import {connect, MediaServer, type MediaKind} from '../../../server/media/index.js';
import type {Leg} from '../../../server/media/leg.js';
import {ScriptedMedia} from '../../support/scripted/scripted-media.js';

interface Pair {
  readonly leg: Leg;
  readonly client: ScriptedMedia;
}

const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'UDPWrap').length;

describe('Leg', () => {
  const media = new MediaServer(['127.0.0.1']);
  const clients: ScriptedMedia[] = [];

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await media.close();
    assert.equal(media.size, 0);
  });

  /** A client that the server invited. */
  async function invited(name: string, kinds: readonly MediaKind[] = ['audio', 'video']): Promise<Pair> {
    const pair = {leg: media.createLeg(), client: new ScriptedMedia(name, kinds)};
    clients.push(pair.client);
    await pair.leg.acceptAnswer(await pair.client.answer(await pair.leg.offer(kinds)));
    return pair;
  }

  /** A client that called by itself. */
  async function calling(name: string, kinds: readonly MediaKind[] = ['audio', 'video']): Promise<Pair> {
    const pair = {leg: media.createLeg(), client: new ScriptedMedia(name, kinds)};
    clients.push(pair.client);
    await pair.client.accept(await pair.leg.answer(await pair.client.offer()));
    return pair;
  }

  async function reoffer({leg, client}: Pair, direction?: string): Promise<string> {
    const answer = await leg.answer(await client.offer(direction));
    await client.accept(answer);
    return answer;
  }

  function bridge(one: Pair, other: Pair): void {
    for (const kind of ['audio', 'video'] as const) {
      connect(one.leg[kind], other.leg[kind]);
      connect(other.leg[kind], one.leg[kind]);
    }
  }

  const from = (name: string, kind: MediaKind) => (packet: {name: string; kind: MediaKind}) =>
    packet.name === name && packet.kind === kind;

  it('leaves no socket open if it ends while it makes its offer, at whatever moment', async () => {
    const before = openSockets();
    for (let turns = 0; turns < 40; turns += 1) {
      const leg = media.createLeg();
      const offer = leg.offer(['audio']).catch(() => {});
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await leg.close();
      await offer;
    }
    // A socket that was closed is gone with the next turn.
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(openSockets(), before);
  });

  it('forwards audio and video between a client that was invited and one that called', async () => {
    const [alice, bob] = [await invited('alice'), await calling('bob')];
    bridge(alice, bob);
    await Promise.all([
      alice.client.hears(from('bob', 'audio')),
      alice.client.hears(from('bob', 'video')),
      bob.client.hears(from('alice', 'audio')),
      bob.client.hears(from('alice', 'video')),
    ]);
    assert.equal(alice.client.count('audio', 'alice'), 0, 'nobody hears himself');
  });

  it('begins video with a key frame, whenever the receiver came', async () => {
    const alice = await invited('alice');
    const early = await invited('early');
    bridge(alice, early);
    await early.client.hears(from('alice', 'video'));
    const late = await invited('late');
    connect(alice.leg.video, late.leg.video);
    await late.client.hears(from('alice', 'video'));
    const first = late.client.heard.find(from('alice', 'video'));
    assert.equal(first?.key, true);
  });

  it("brings a receiver's request for a key frame to the source", async () => {
    const [alice, bob] = [await invited('alice'), await invited('bob')];
    bridge(alice, bob);
    await bob.client.hears((packet) => packet.name === 'alice' && packet.kind === 'video' && !packet.key);
    const before = alice.client.keyFrameRequests;
    await bob.client.requestKeyFrame();
    await bob.client.hears((packet) => packet.name === 'alice' && packet.key);
    assert.equal(alice.client.keyFrameRequests, before + 1);
  });

  it('goes on with sequence numbers and timestamps when the source changes', async () => {
    const [alice, bob, carol] = [await invited('alice'), await invited('bob'), await invited('carol')];
    connect(alice.leg.video, carol.leg.video);
    await carol.client.hears((packet) => packet.name === 'alice' && !packet.key && packet.kind === 'video');
    connect(bob.leg.video, carol.leg.video);
    await carol.client.hears(from('bob', 'video'));
    const at = carol.client.heard.findIndex(from('bob', 'video'));
    const [last, first] = [carol.client.heard[at - 1], carol.client.heard[at]];
    assert.ok(last && first);
    assert.equal(first.sequence, (last.sequence + 1) & 0xffff);
    assert.ok(first.timestamp > last.timestamp && first.timestamp - last.timestamp < 90_000);
    assert.equal(first.ssrc, last.ssrc);
    assert.equal(first.key, true);
  });

  it('forwards nothing to a client on hold, and all of it again afterwards, video from a key frame on', async () => {
    const [alice, bob] = [await invited('alice'), await invited('bob')];
    bridge(alice, bob);
    await alice.client.hears(from('bob', 'video'));
    const answer = await reoffer(alice, 'sendonly');
    assert.equal(answer.match(/a=recvonly/g)?.length, 2);
    // What Bob hears of Alice now was sent after her hold, so what he sent before it has passed the server, too.
    await bob.client.hears(from('alice', 'audio'));
    await bob.client.hears(from('alice', 'audio'));
    const count = alice.client.heard.length;
    for (let packets = 0; packets < 10; packets += 1) await bob.client.hears(from('alice', 'audio'));
    assert.equal(alice.client.heard.length, count);
    await reoffer(alice, 'sendrecv');
    await alice.client.hears(from('bob', 'video'));
    const resumed = alice.client.heard.slice(count).find(from('bob', 'video'));
    assert.equal(resumed?.key, true);
  });

  it('forwards nothing from a client that only receives', async () => {
    const [alice, bob] = [await invited('alice'), await invited('bob')];
    bridge(alice, bob);
    await bob.client.hears(from('alice', 'audio'));
    const answer = await reoffer(alice, 'recvonly');
    assert.equal(answer.match(/a=sendonly/g)?.length, 2);
    await alice.client.hears(from('bob', 'audio'));
    const count = bob.client.heard.length;
    for (let packets = 0; packets < 10; packets += 1) await alice.client.hears(from('bob', 'audio'));
    assert.equal(bob.client.heard.length, count);
  });

  it('comes back from inactive', async () => {
    const [alice, bob] = [await invited('alice'), await invited('bob')];
    bridge(alice, bob);
    await bob.client.hears(from('alice', 'audio'));
    const answer = await reoffer(alice, 'inactive');
    assert.equal(answer.match(/a=inactive/g)?.length, 2);
    assert.doesNotMatch(answer, /^m=\S+ 0 /m);
    await reoffer(alice, 'sendrecv');
    await Promise.all([bob.client.hears(from('alice', 'audio')), alice.client.hears(from('bob', 'video'))]);
  });

  it('answers a line that a client adds, and offers it to the other', async () => {
    const [alice, bob] = [await invited('alice', ['audio']), await invited('bob', ['audio'])];
    bridge(alice, bob);
    alice.client.add('video');
    await reoffer(alice);
    assert.equal(alice.leg.video.present, true);
    bob.client.add('video');
    await bob.leg.acceptAnswer(await bob.client.answer(await bob.leg.offer(['video'])));
    await Promise.all([alice.client.hears(from('bob', 'video')), bob.client.hears(from('alice', 'video'))]);
  });

  it('answers every line of an offer with doubled lines, and sends on one of a kind', async () => {
    const alice = await invited('alice');
    alice.client.add('audio');
    alice.client.add('video');
    const answer = await reoffer(alice);
    assert.equal(answer.match(/^m=audio [1-9]/gm)?.length, 2);
    assert.equal(answer.match(/^m=video [1-9]/gm)?.length, 2);
    assert.equal(answer.match(/a=sendrecv/g)?.length, 2);
    assert.equal(answer.match(/a=recvonly/g)?.length, 2);
  });

  it('refuses lines that it cannot serve, in their places, and keeps them refused', async () => {
    const leg = media.createLeg();
    const client = new ScriptedMedia('alice', ['audio', 'video']);
    clients.push(client);
    const offer = await client.offer();
    const [session = '', audio = '', video = ''] = offer.split(/^(?=m=)/m);
    const data =
      'm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:data\r\na=sctp-port:5000\r\n';
    const answer = await leg.answer(session + audio + data + video);
    assert.deepEqual(
      [...answer.matchAll(/^m=(\S+) (\d+)/gm)].map(
        ([, kind, port]) => `${kind} ${port === '0' ? 'no' : 'yes'}`,
      ),
      ['audio yes', 'application no', 'video yes'],
    );
    assert.doesNotMatch(answer, /a=group:BUNDLE.* data/);
    const again = await leg.offer();
    assert.deepEqual(
      [...again.matchAll(/^m=(\S+)/gm)].map(([, kind]) => kind),
      ['audio', 'application', 'video'],
    );
  });

  it('keeps no line of an offer that it cannot answer', async () => {
    const leg = media.createLeg();
    const client = new ScriptedMedia('alice', ['audio', 'video']);
    clients.push(client);
    const [session = '', audio = '', video = ''] = (await client.offer()).split(/^(?=m=)/m);
    const named = (section: string, mid: string): string => section.replace(/^a=mid:.*$/m, `a=mid:${mid}`);
    const data = 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:data\r\n';
    await leg.answer(session + data + audio);
    await assert.rejects(
      leg.answer(session + named(audio, 'new') + named(video, 'other')),
      /changed from audio/,
    );
    const kinds = [...(await leg.offer()).matchAll(/^m=(\S+)/gm)].map(([, kind]) => kind);
    assert.deepEqual(kinds, ['application', 'audio']);
  });

  it('goes on as it was when the client refuses an offer', async () => {
    const [alice, bob] = [await invited('alice', ['audio']), await invited('bob', ['audio'])];
    bridge(alice, bob);
    await bob.leg.offer(['video']);
    bob.leg.offerRefused();
    const held = await bob.leg.offer();
    assert.doesNotMatch(held, /^m=video/m, 'what was refused is not offered by the way');
    bob.leg.offerRefused();
    bob.client.add('video');
    await reoffer(bob);
    alice.client.add('video');
    await reoffer(alice);
    await Promise.all([alice.client.hears(from('bob', 'video')), bob.client.hears(from('alice', 'video'))]);
  });

  it('names the session once and numbers its descriptions', async () => {
    const leg = media.createLeg();
    const client = new ScriptedMedia('alice', ['audio']);
    clients.push(client);
    const origin = (text: string) => /^o=- (\d+) (\d+) /m.exec(text)?.slice(1).map(Number) ?? [];
    const first = await leg.offer(['audio']);
    await leg.acceptAnswer(await client.answer(first));
    const second = await leg.offer();
    const [[id, version], [sameId, nextVersion]] = [origin(first), origin(second)];
    assert.equal(sameId, id);
    assert.equal(nextVersion, (version ?? 0) + 1);
  });

  it('asks nobody outside for its address', async () => {
    const offer = await media.createLeg().offer(['audio', 'video']);
    const addresses = [...offer.matchAll(/^a=candidate:.* (\S+) \d+ typ (\S+)/gm)];
    assert.ok(addresses.length > 0);
    for (const [, address, type] of addresses) assert.deepEqual([address, type], ['127.0.0.1', 'host']);
  });
});
