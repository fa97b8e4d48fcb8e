import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {RtpHeader, RtpPacket} from 'werift';
import {mediaAddresses} from '../../../server/media/addresses.js';
import {Description} from '../../../server/media/description.js';
import {common, directionOf, flowOf, reversed, type Direction} from '../../../server/media/flow.js';
import {RewrittenStream} from '../../../server/media/rewritten-stream.js';
import {connect, type MediaSink, type MediaSource} from '../../../server/media/routing.js';
import {startsKeyFrame} from '../../../server/media/picture/vp8.js';

const DIRECTIONS: Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

describe('mediaAddresses', () => {
  it('is loopback alone, unless the server lets others in', () => {
    for (const host of [undefined, 'localhost', '127.0.0.1', '127.0.1.1', '::1']) {
      assert.deepEqual(mediaAddresses(host), ['127.0.0.1']);
    }
  });

  it('is the address that the server listens on', () => {
    assert.deepEqual(mediaAddresses('192.0.2.7'), ['192.0.2.7']);
  });

  it('is every address of the machine where it listens on all of them', () => {
    assert.equal(mediaAddresses('0.0.0.0')[0], '127.0.0.1');
    assert.deepEqual(mediaAddresses('::'), mediaAddresses('0.0.0.0'));
  });
});

describe('Flow', () => {
  it('reads and writes every direction', () => {
    for (const direction of DIRECTIONS) assert.equal(directionOf(flowOf(direction)), direction);
  });

  it('is the other way round at the other end', () => {
    assert.deepEqual(
      DIRECTIONS.map((direction) => directionOf(reversed(flowOf(direction)))),
      ['sendrecv', 'recvonly', 'sendonly', 'inactive'],
    );
  });

  it('is what both ends agree to', () => {
    assert.equal(directionOf(common(flowOf('sendonly'), flowOf('recvonly'))), 'inactive');
    assert.equal(directionOf(common(flowOf('sendrecv'), flowOf('recvonly'))), 'recvonly');
  });
});

describe('Description', () => {
  const text = [
    'v=0',
    'o=- 1 1 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'a=group:BUNDLE a v d',
    'a=sendonly',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'a=mid:a',
    'a=rtpmap:111 opus/48000/2',
    'm=video 9 UDP/TLS/RTP/SAVPF 102',
    'a=mid:v',
    'a=recvonly',
    'a=sendrecv',
    'a=rtpmap:102 H264/90000',
    'm=application 0 UDP/DTLS/SCTP webrtc-datachannel',
    'a=mid:d',
  ];
  const description = Description.parse(`${text.join('\r\n')}\r\n`);

  it('puts together what it took apart, whatever ends its lines', () => {
    assert.equal(description.toString(), `${text.join('\r\n')}\r\n`);
    assert.equal(Description.parse(text.join('\n')).toString(), description.toString());
  });

  it('serves live lines with the one codec of their kind', () => {
    assert.deepEqual(
      description.sections.map(({kind}) => kind),
      ['audio', undefined, undefined],
    );
  });

  it('takes the first direction of a line, or else the one of the session', () => {
    assert.deepEqual(
      description.sections.slice(0, 2).map((section) => description.directionOf(section)),
      ['sendonly', 'recvonly'],
    );
  });

  it('keeps a refused line in its place and out of the bundle', () => {
    const refused = description.withSections(description.sections.map((section) => section.refusal()));
    assert.equal(refused.toString().match(/^m=\S+ 0 /gm)?.length, 3);
    assert.match(refused.toString(), /^a=group:BUNDLE\r$/m);
  });
});

describe('startsKeyFrame', () => {
  const cases: [string, number[], boolean][] = [
    ['a key frame', [0x10, 0x00], true],
    ['a delta frame', [0x10, 0x01], false],
    ['the second packet of a key frame', [0x00, 0x00], false],
    ['another partition', [0x11, 0x00], false],
    ['a key frame with a short picture id', [0x90, 0x80, 0x11, 0x00], true],
    ['a key frame with a long picture id', [0x90, 0x80, 0x81, 0x23, 0x00], true],
    ['a key frame with every extension', [0x90, 0xf0, 0x81, 0x23, 0x05, 0x40, 0x00], true],
    ['a delta frame with every extension', [0x90, 0xf0, 0x81, 0x23, 0x05, 0x40, 0x01], false],
    ['nothing', [], false],
    ['a descriptor alone', [0x10], false],
  ];
  for (const [what, bytes, expected] of cases) {
    it(`is ${expected} for ${what}`, () => assert.equal(startsKeyFrame(Uint8Array.from(bytes)), expected));
  }
});

const packet = (sequenceNumber: number, timestamp: number, ssrc = 1, payload = Buffer.from([0x10, 0x01])) =>
  new RtpPacket(new RtpHeader({sequenceNumber, timestamp, ssrc}), payload);

describe('RewrittenStream', () => {
  it('keeps the gaps and the order of a source, over the wrap of its numbers', () => {
    const stream = new RewrittenStream(90_000);
    const numbers = [65_534, 65_535, 1, 0].map(
      (sequence) => stream.rewrite(packet(sequence, 5)).header.sequenceNumber,
    );
    const [first = 0] = numbers;
    assert.deepEqual(
      numbers.map((number) => (number - first) & 0xffff),
      [0, 1, 3, 2],
    );
  });

  it('follows the highest number with the next source', () => {
    const stream = new RewrittenStream(90_000);
    const last = stream.rewrite(packet(700, 90_000)).header;
    stream.rewrite(packet(699, 80_000));
    stream.begin();
    const next = stream.rewrite(packet(5, 7)).header;
    assert.equal(next.sequenceNumber, (last.sequenceNumber + 1) & 0xffff);
    const step = (next.timestamp - last.timestamp) >>> 0;
    assert.ok(step > 0 && step < 90_000);
  });

  it('leaves the packet of the source as it was, for the other receivers', () => {
    const original = packet(9, 9);
    original.header.extension = true;
    original.header.extensions = [{id: 1, payload: Buffer.from('0')}];
    const copy = new RewrittenStream(48_000).rewrite(original);
    assert.deepEqual([original.header.sequenceNumber, original.header.extensions.length], [9, 1]);
    assert.deepEqual([copy.header.extensions, copy.header.extension], [[], false]);
  });
});

describe('connect', () => {
  /** A source that sends what the test says, and a sink that keeps what it receives. */
  function ends(kind: 'audio' | 'video' = 'video') {
    const listeners = new Set<(packet: RtpPacket) => void>();
    const got: RtpPacket[] = [];
    const state = {asked: 0, open: true, onOpen: (): void => undefined, onWanted: (): void => undefined};
    const source: MediaSource = {
      kind,
      onPacket: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      requestKeyFrame: () => (state.asked += 1),
    };
    const sink: MediaSink = {
      kind,
      get open() {
        return state.open;
      },
      write: (each) => got.push(each),
      onOpen: (listener) => {
        state.onOpen = listener;
        return () => undefined;
      },
      onKeyFrameRequest: (listener) => {
        state.onWanted = listener;
        return () => undefined;
      },
    };
    return {
      source,
      sink,
      got,
      state,
      send: (each: RtpPacket) => listeners.forEach((take) => take(each)),
      listeners,
    };
  }
  const key = (sequence: number, ssrc = 1) => packet(sequence, sequence, ssrc, Buffer.from([0x10, 0x00]));
  const delta = (sequence: number, ssrc = 1) => packet(sequence, sequence, ssrc);

  it('waits for a key frame, which it asks for', () => {
    const {source, sink, got, state, send} = ends();
    connect(source, sink);
    assert.equal(state.asked, 1);
    send(delta(1));
    send(key(2));
    send(delta(3));
    assert.equal(got.length, 2);
  });

  it('sends nothing while the sink is closed, and begins anew when it opens', () => {
    const {source, sink, got, state, send} = ends();
    connect(source, sink);
    send(key(1));
    state.open = false;
    send(delta(2));
    state.open = true;
    state.onOpen();
    send(delta(3));
    send(key(4));
    assert.equal(got.length, 2);
    assert.equal(state.asked, 2);
  });

  it('begins anew when the source does', () => {
    const {source, sink, got, send} = ends();
    connect(source, sink);
    send(key(1000));
    send(delta(9, 2));
    send(key(10, 2));
    const [first, second] = got;
    assert.equal(((second?.header.sequenceNumber ?? 0) - (first?.header.sequenceNumber ?? 0)) & 0xffff, 1);
    assert.equal(got.length, 2);
  });

  it('passes the wish for a key frame on', () => {
    const {source, sink, state} = ends();
    connect(source, sink);
    state.onWanted();
    assert.equal(state.asked, 2);
  });

  it('takes audio from its first packet on', () => {
    const {source, sink, got, state, send} = ends('audio');
    connect(source, sink);
    send(delta(1));
    assert.deepEqual([got.length, state.asked], [1, 0]);
  });

  it('gives a sink one source at a time, and lets go of it', () => {
    const [one, other] = [ends('audio'), ends('audio')];
    connect(one.source, one.sink);
    const route = connect(other.source, one.sink);
    assert.equal(one.listeners.size, 0);
    route.close();
    route.close();
    assert.equal(other.listeners.size, 0);
  });

  it('refuses to mix kinds', () => {
    assert.throws(() => connect(ends('audio').source, ends('video').sink), TypeError);
  });
});
