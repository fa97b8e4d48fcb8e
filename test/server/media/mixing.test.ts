import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Decoder, Encoder} from '@evan/opus';
import {RtpHeader, RtpPacket} from 'werift';
import {AudioInput} from '../../../server/media/sound/audio-input.js';
import {Limiter} from '../../../server/media/sound/limiter.js';
import {Mixer} from '../../../server/media/sound/mixer.js';
import {FRAME, loudness} from '../../../server/media/sound/sound.js';
import {Speakers} from '../../../server/media/sound/speakers.js';
import {everyInterval} from '../../../server/media/sound/ticker.js';
import {amplitudeOf, voice} from '../../support/scripted/scripted-voice.js';

/** Packets of a tone that gets louder from each to the next, so that their order can be heard. */
function packets(count: number, first = 0xfffc): RtpPacket[] {
  const encoder = new Encoder({channels: 1, sample_rate: 48_000, application: 'audio'});
  return Array.from({length: count}, (_, packet) => {
    const frame = Int16Array.from(
      {length: FRAME},
      (_, index) => (1000 + 500 * packet) * Math.sin((2 * Math.PI * 500 * (packet * FRAME + index)) / 48_000),
    );
    const header = new RtpHeader({sequenceNumber: (first + packet) & 0xffff, timestamp: packet * FRAME});
    return new RtpPacket(header, Buffer.from(encoder.encode(frame)));
  });
}

/** Delivers packets one by one and reads a frame after each; returns the levels, undefined for a missing frame. */
function played(given: readonly (readonly RtpPacket[])[], input = new AudioInput()): (number | undefined)[] {
  return given.map((each) => {
    for (const packet of each) input.write(packet);
    const frame = input.read();
    return frame && loudness(frame);
  });
}

const rising = (levels: readonly (number | undefined)[]): boolean =>
  levels.every((level, index) => index === 0 || (level ?? 0) > (levels[index - 1] ?? 0));

describe('AudioInput', () => {
  const even = played(packets(12).map((packet) => [packet]));

  it('plays packets in their order, after the first has waited for the second', () => {
    assert.equal(even[0], undefined);
    assert.ok(rising(even.slice(1)));
  });

  it('plays the same where they come in another order, or twice', () => {
    const all = packets(12).map((packet) => [packet]);
    [all[5], all[6]] = [all[6]!, all[5]!];
    all[8] = [...all[8]!, ...all[8]!];
    all[9] = [...all[9]!, ...all[8]!];
    assert.deepEqual(played(all).slice(0, 4), even.slice(0, 4));
    assert.deepEqual(played(all).slice(8), even.slice(8));
  });

  it('bridges one that is lost by the sound before it, fading', () => {
    const all = packets(12).map((packet) => [packet]);
    all[6] = [];
    all[7] = packets(12).slice(7, 9);
    all[8] = packets(12).slice(9, 10);
    const levels = played(all);
    assert.equal(levels.filter((level) => level === undefined).length, 1);
    const [before, lost, after] = levels.slice(6, 9) as number[];
    assert.ok(lost! > 0.2 * before! && lost! < before!);
    assert.ok(after! > lost!);
  });

  it('skips a packet as long as Opus has them: 120 ms, of which a dozen arrive at once', () => {
    const encoder = new Encoder({channels: 1, sample_rate: 48_000, application: 'audio'});
    const frame = encoder.encode(new Int16Array(FRAME).fill(900));
    // RFC 6716 §3.2.5: code 3, then the count of frames of the same size, all of 20 ms.
    const payload = Buffer.concat([
      Buffer.of(frame[0]! | 3, 6),
      ...Array<Uint8Array>(6).fill(frame.subarray(1)),
    ]);
    const input = new AudioInput();
    for (let sequenceNumber = 0; sequenceNumber < 12; sequenceNumber += 1)
      input.write(new RtpPacket(new RtpHeader({sequenceNumber}), payload));
    const heard = Array.from({length: 100}, () => input.read()).filter((each) => each !== undefined);
    // One or two of the twelve are skipped.
    assert.ok(heard.length >= 54 && heard.length <= 66, `${heard.length} frames`);
  });

  it('waits longer once something came too late', () => {
    const input = new AudioInput();
    const all = packets(40);
    played(
      all.slice(0, 10).map((packet) => [packet]),
      input,
    );
    played([[], [], [], []], input);
    const again = played(
      all.slice(10).map((packet) => [packet]),
      input,
    );
    assert.equal(
      again.findIndex((level) => level !== undefined),
      2,
    );
    assert.ok(again.slice(5).every((level) => level !== undefined));
  });

  it('plays the newest of a burst, and catches up with what is left', () => {
    const input = new AudioInput();
    const all = packets(100).map((packet) => [packet]);
    played([all.slice(0, 50).flat()], input);
    const levels = played(all.slice(50), input);
    assert.ok(levels.every((level) => level !== undefined));
    // Within a second of what came last.
    const rest = Array.from({length: 60}, () => input.read()).filter((frame) => frame !== undefined);
    assert.ok(rest.length < 50, String(rest.length));
  });

  it('goes on with the newest of a burst that comes while it plays, as after a time in which nothing ran', () => {
    const input = new AudioInput();
    const all = packets(200).map((packet) => [packet]);
    played(all.slice(0, 10), input);
    const levels = played([all.slice(10, 70).flat(), ...all.slice(70)], input);
    assert.deepEqual(
      levels.filter((level) => (level ?? 0) < 0.05),
      [],
    );
  });

  it('takes what is no Opus for lost, and goes on with what is', () => {
    const nonsense = packets(12).map((packet, index) => {
      if (index % 3 === 2) packet.payload = Buffer.from('not Opus at all');
      return [packet];
    });
    const levels = played(nonsense);
    assert.ok(levels.slice(1).every((level) => level !== undefined));
    assert.ok((levels[10] ?? 0) > 0.1);
  });

  it('takes packets of any length', () => {
    const encoder = new Encoder({channels: 1, sample_rate: 48_000, application: 'audio'});
    const input = new AudioInput();
    const frame = new Int16Array(480).fill(3000);
    const short = Array.from({length: 20}, (_, sequenceNumber) => {
      const payload = Buffer.from(encoder.encode(frame));
      return new RtpPacket(new RtpHeader({sequenceNumber}), payload);
    });
    const levels = played(
      Array.from({length: 10}, (_, index) => short.slice(2 * index, 2 * index + 2)),
      input,
    );
    assert.ok(levels.every((level) => level !== undefined));
  });
});

describe('Mixer', () => {
  it('lets each of 64 who speak at once hear all the others and not himself', async () => {
    const tones = Array.from({length: 64}, (_, member) => 300 + 50 * member);
    const voices = tones.map((tone) => voice(tone, 0.05));
    const heard: Buffer[][] = tones.map(() => []);
    await new Promise<void>((resolve) => {
      let sequenceNumber = 0;
      const mixer = new Mixer(() => {
        if (sequenceNumber === 60) {
          mixer.close();
          return resolve();
        }
        sequenceNumber += 1;
        ports.forEach(({input}, member) =>
          input.write(new RtpPacket(new RtpHeader({sequenceNumber}), voices[member]!())),
        );
      });
      const ports = heard.map((packets) => {
        const port = mixer.add();
        port.output.onPacket(({payload}) => packets.push(payload));
        return port;
      });
    });
    const loud = {own: 0, others: 0, weakest: 1};
    heard.forEach((payloads, member) => {
      const decoder = new Decoder({channels: 1, sample_rate: 48_000});
      const frames = payloads.map((payload) => {
        const bytes = decoder.decode(payload);
        return [...new Int16Array(bytes.buffer, bytes.byteOffset, FRAME)];
      });
      const samples = Int16Array.from(frames.slice(-20).flat());
      tones.forEach((tone, other) => {
        const amplitude = amplitudeOf(samples, tone);
        loud[other === member ? 'own' : 'others'] += amplitude / tones.length;
        if (other !== member) loud.weakest = Math.min(loud.weakest, amplitude);
      });
    });
    // A codec puts some noise between so many tones.
    assert.ok(loud.others / 63 > 6 * loud.own && loud.weakest > 0.005, JSON.stringify(loud));
  });
});

describe('Limiter', () => {
  it('leaves what fits as it is, less the voice that is not to be heard', () => {
    const sum = new Int32Array([1000, -2000, 30_000]);
    const voice = new Int16Array([1000, 0, 10_000]);
    assert.deepEqual([...new Limiter().fit(sum, new Int16Array(3), voice)], [0, -2000, 20_000]);
  });

  it('turns down what does not, without a change of its shape, and up again slowly', () => {
    const limiter = new Limiter();
    const target = new Int16Array(2);
    assert.deepEqual([...limiter.fit(new Int32Array([65_534, -32_767]), target)], [32_767, -16_383]);
    const first = limiter.fit(new Int32Array([1000, 1000]), target)[0]!;
    assert.ok(first > 500 && first < 550);
    for (let frame = 0; frame < 300; frame += 1) limiter.fit(new Int32Array([1000, 1000]), target);
    assert.ok(target[0]! > 990);
  });
});

describe('Speakers', () => {
  /** Mixes some frames in which everybody has the given level. */
  function pass(
    speakers: Speakers<{level: number}>,
    frames: number,
    levels: readonly (readonly [{level: number}, number])[],
  ): {level: number}[] {
    for (const [one, level] of levels) one.level = level;
    return Array.from({length: frames}, () => speakers.follow()).flat();
  }

  function two(): {speakers: Speakers<{level: number}>; one: {level: number}; other: {level: number}} {
    const speakers = new Speakers<{level: number}>();
    const [one, other] = [{level: 0}, {level: 0}];
    speakers.add(one);
    speakers.add(other);
    return {speakers, one, other};
  }

  it('tells once that somebody talks, and once that it has ended, not of a cough and of a breath', () => {
    const {speakers, one} = two();
    assert.deepEqual(pass(speakers, 3, [[one, 0.1]]), []);
    assert.deepEqual(pass(speakers, 20, [[one, 0]]), []);
    assert.deepEqual(pass(speakers, 50, [[one, 0.1]]), [one]);
    assert.deepEqual(pass(speakers, 20, [[one, 0]]), []);
    assert.ok(speakers.talks(one));
    pass(speakers, 5, [[one, 0.1]]);
    assert.deepEqual(pass(speakers, 100, [[one, 0]]), [one]);
    assert.ok(!speakers.talks(one));
  });

  it('stays with the speaker while another one is hardly louder or only for a moment', () => {
    const {speakers, one, other} = two();
    pass(speakers, 100, [[one, 0.1]]);
    assert.equal(speakers.speaker, one);
    pass(speakers, 200, [[other, 0.15]]);
    assert.equal(speakers.speaker, one);
    pass(speakers, 20, [[other, 0.5]]);
    assert.equal(speakers.speaker, one);
    pass(speakers, 100, [[other, 0.5]]);
    assert.equal(speakers.speaker, other);
  });

  it('keeps the last speaker in silence, and goes over to who talks then', () => {
    const {speakers, one, other} = two();
    pass(speakers, 100, [[one, 0.1]]);
    pass(speakers, 200, [[one, 0]]);
    assert.equal(speakers.speaker, one);
    pass(speakers, 100, [[other, 0.02]]);
    assert.equal(speakers.speaker, other);
    speakers.delete(other);
    assert.equal(speakers.speaker, undefined);
  });
});

describe('everyInterval', () => {
  it('keeps its pace over a process that stands still for a moment', async () => {
    const indexes: number[] = [];
    const began = performance.now();
    await new Promise<void>((resolve) => {
      const stop = everyInterval(5, (index) => {
        indexes.push(index);
        if (index === 10) while (performance.now() - began < 150);
        if (index < 60) return;
        stop();
        resolve();
      });
    });
    const took = performance.now() - began;
    assert.ok(took >= 295, String(took));
    assert.equal(new Set(indexes).size, indexes.length);
  });

  it('leaves out what was missed in a longer standstill, and says so by its numbers', async () => {
    const indexes: number[] = [];
    const began = performance.now();
    await new Promise<void>((resolve) => {
      const stop = everyInterval(5, (index) => {
        indexes.push(index);
        if (indexes.length === 3) while (performance.now() - began < 500);
        if (index < 90) return;
        stop();
        resolve();
      });
    });
    // On a busy computer, frames that were due before the standstill may follow after it.
    assert.ok(indexes.length < 50, indexes.join());
  });
});
