import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {RtpHeader, RtpPacket} from 'werift';
import {ToneReader} from '../../../server/media/sound/tone-reader.js';

const event = (timestamp: number, number: number, duration: number, end = false): RtpPacket =>
  new RtpPacket(
    new RtpHeader({timestamp}),
    Buffer.from([number, (end ? 0x80 : 0) | 10, duration >> 8, duration & 0xff]),
  );

describe('ToneReader', () => {
  it('tells of each tone once, when it has ended', () => {
    const reader = new ToneReader();
    const packets = [
      event(1000, 1, 960),
      event(1000, 1, 7680),
      ...[1, 2, 3].map(() => event(1000, 1, 7680, true)),
      event(20_000, 11, 480),
      event(20_000, 11, 4800, true),
      event(1000, 1, 7680, true),
    ];
    assert.deepEqual(
      packets.flatMap((packet) => reader.read(packet, 48_000)),
      [
        {tone: '1', duration: 160},
        {tone: '#', duration: 100},
      ],
    );
  });

  it('tells of a tone whose end got lost when the next one begins, or sound comes again', async () => {
    const reader = new ToneReader();
    assert.deepEqual(reader.read(event(0xffff_ff00, 15, 800), 8000), []);
    assert.deepEqual(reader.read(event(100, 0, 400), 8000), [{tone: 'D', duration: 100}]);
    assert.deepEqual(reader.settle(), []);
    let settled: unknown[] = [];
    while (settled.length === 0) {
      settled = reader.settle();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.deepEqual(settled, [{tone: '0', duration: 50}]);
    assert.deepEqual(reader.settle(), []);
    assert.deepEqual(reader.read(event(100, 0, 400, true), 8000), []);
  });

  it('takes nothing of what is no tone', () => {
    const reader = new ToneReader();
    assert.deepEqual(reader.read(event(1, 16, 800, true), 8000), []);
    assert.deepEqual(reader.read(event(2, 1, 0, true), 8000), []);
    assert.deepEqual(reader.read(new RtpPacket(new RtpHeader({timestamp: 3}), Buffer.from([1])), 8000), []);
    assert.deepEqual(reader.settle(), []);
  });
});
