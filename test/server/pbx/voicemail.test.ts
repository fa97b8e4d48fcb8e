import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {AudioOutput, type Leg} from '../../../server/media/index.js';
import {Voicemail} from '../../../server/pbx/voicemail.js';

describe('a mailbox', () => {
  it('takes no more of a message than it would be as sound, whatever the caller sends', () => {
    const audio = new AudioOutput();
    const voicemail = new Voicemail();
    const keep = voicemail.record({audio} as unknown as Leg, '1001', '1002');
    for (let count = 0; count < 3_000; count += 1) audio.send(Buffer.alloc(1_200), count * 960);
    keep();
    const bytes = voicemail.take('1001').reduce((sum, {length}) => sum + length, 0);
    assert.ok(bytes > 100_000 && bytes < 600_000, `${bytes} bytes`);
  });

  it('keeps the messages of others if one caller leaves more than there is room for', () => {
    const audio = new AudioOutput();
    const voicemail = new Voicemail();
    const leave = (from: string, byte: number): void => {
      const keep = voicemail.record({audio} as unknown as Leg, '1001', from);
      for (let count = 0; count < 25; count += 1) audio.send(Buffer.alloc(10, byte), count * 960);
      keep();
    };
    leave('1002', 1);
    leave('1003', 2);
    for (let count = 0; count < 100; count += 1) leave('1004', 3);
    assert.deepEqual(voicemail.count('1001'), {fresh: 20, old: 0});
    const left = (byte: number): number =>
      voicemail.take('1001').filter((packet) => packet.length === 10 && packet[0] === byte).length / 25;
    assert.deepEqual([left(1), left(2), left(3)], [1, 1, 18]);
    // What was heard makes room first.
    leave('1003', 4);
    assert.deepEqual([left(1), left(2), left(3), left(4)], [0, 1, 18, 1]);
  });
});
