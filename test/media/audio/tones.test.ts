import {expect} from '@open-wc/testing';
import {TONE_COUNTRIES} from '../../../src/core/ringing/tone-countries.js';
import {nationalTones} from '../../../src/media/audio/national-tones.js';
import {SoundOutput} from '../../../src/media/audio/sound-output.js';
import {toneBuffer, toneSamples} from '../../../src/media/audio/tone-samples.js';
import {
  CHINA,
  keyTone,
  RINGTONE,
  TONES,
  type ToneName,
  type ToneShape,
} from '../../../src/media/audio/tone-table.js';
import {TonePlayer} from '../../../src/media/audio/tones.js';
import {shorten} from '../../support/in-page/durations.js';
import {listenToPage} from '../../support/in-page/ear.js';
import {until} from '../../support/in-page/facts.js';

const RATE = 16_000;

/** The amplitude of a frequency in samples (Goertzel's algorithm). */
function strength(samples: Float32Array, frequency: number): number {
  let [real, imaginary] = [0, 0];
  samples.forEach((sample, index) => {
    const angle = (2 * Math.PI * frequency * index) / RATE;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  });
  return (2 * Math.hypot(real, imaginary)) / samples.length;
}

/** The seconds at which sound begins and ends. */
function edges(samples: Float32Array, rate: number): number[] {
  const found: number[] = [];
  let sounds = false;
  const step = Math.round(rate / 200);
  for (let at = 0; at < samples.length; at += step) {
    const now = samples.subarray(at, at + step).some((sample) => Math.abs(sample) > 0.01);
    if (now !== sounds) found.push(Math.round((at / rate) * 100) / 100);
    sounds = now;
  }
  return found;
}

/** The tone as a browser plays it in a loop for this many seconds. */
async function rendered(shape: ToneShape, seconds: number): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, seconds * RATE, RATE);
  const source = new AudioBufferSourceNode(context, {buffer: toneBuffer(shape), loop: true});
  source.connect(context.destination);
  source.start();
  return (await context.startRendering()).getChannelData(0);
}

describe('tones', () => {
  for (const [name, on, off] of [
    ['ringback', 1, 4],
    ['waiting', 0.4, 4],
    ['busy', 0.35, 0.35],
    ['congestion', 0.7, 0.7],
  ] as const)
    it(`${name}: 450 Hz, ${on} s and ${off} s of silence, again and again`, async () => {
      const samples = await rendered(CHINA[name], 2 * (on + off) + on);
      const first = samples.subarray(0, Math.round(on * RATE));
      expect(strength(first, 450)).to.be.closeTo(CHINA[name].level, 0.02);
      for (const other of [400, 425, 480, 900])
        expect(strength(first, other), `${other} Hz`).to.be.below(0.01);
      const found = edges(samples, RATE);
      const wanted = [0, on, on + off, 2 * on + off, 2 * (on + off)];
      wanted.forEach((edge, index) => expect(found[index], `edge ${index}`).to.be.closeTo(edge, 0.02));
    });

  for (const [country, name, frequencies, times] of [
    ['de', 'ringback', [425], [1, 4]],
    ['de', 'busy', [425], [0.48, 0.48]],
    ['de', 'congestion', [425], [0.24, 0.24]],
    ['de', 'waiting', [425], [0.2, 0.2, 0.2, 5]],
    ['gb', 'ringback', [400, 450], [0.4, 0.2, 0.4, 2]],
    ['gb', 'congestion', [400], [0.4, 0.35, 0.225, 0.525]],
    ['us', 'ringback', [440, 480], [2, 4]],
    ['us', 'busy', [480, 620], [0.5, 0.5]],
    ['fr', 'ringback', [440], [1.5, 3.5]],
    ['jp', 'ringback', [384, 400, 416], [1, 2]],
  ] as const)
    it(`${name} in ${country}: ${frequencies.join(' and ')} Hz, in the country’s time`, async () => {
      const shape = nationalTones(country, CHINA)![name];
      const period = times.reduce<number>((sum, time) => sum + time, 0);
      const samples = await rendered(shape, 2 * period + 0.1);
      const first = samples.subarray(0, Math.round(times[0] * RATE));
      for (const frequency of frequencies)
        expect(strength(first, frequency), `${frequency} Hz`).to.be.above(
          shape.level / frequencies.length / 2,
        );
      for (const other of [350, 460, 500, 560, 650])
        expect(strength(first, other), `${other} Hz`).to.be.below(0.012);
      const ends = times.map((_, index) =>
        times.slice(0, index + 1).reduce<number>((sum, time) => sum + time, 0),
      );
      const wanted = [0, ...ends, ...ends.map((end) => end + period)];
      const found = edges(samples, RATE).slice(0, wanted.length);
      expect(found).to.have.length(wanted.length);
      wanted.forEach((edge, index) => expect(found[index], `edge ${index}`).to.be.closeTo(edge, 0.02));
    });

  it('are there for every country that is offered, each tone with a silence and no louder than the others', () => {
    for (const country of TONE_COUNTRIES) {
      const tones = country === 'cn' ? CHINA : nationalTones(country, CHINA)!;
      for (const name of ['ringback', 'busy', 'congestion', 'waiting'] as const) {
        const {period, bursts, level} = tones[name];
        const sounding = bursts.reduce((sum, {length}) => sum + length, 0);
        expect(sounding, `${country} ${name}`).to.be.within(0.03, period - 0.03);
        expect(level).to.equal(CHINA[name].level);
        for (const {frequencies} of bursts)
          for (const frequency of frequencies)
            expect(frequency, `${country} ${name}`).to.be.within(340, 1400);
      }
    }
    expect(nationalTones('xx', CHINA)).to.equal(undefined);
  });

  it('ring by a melody with a pause, which does not click where it begins again', () => {
    const samples = toneSamples(RINGTONE, RATE);
    const note = samples.subarray(0, 0.16 * RATE);
    expect(strength(note, 880)).to.be.above(0.05);
    expect(strength(note, 1108.73)).to.be.below(0.03);
    expect(RINGTONE.period - Math.max(...edges(samples, RATE)), 'the pause').to.be.above(1);
    expect(Math.max(...samples.map(Math.abs))).to.be.closeTo(RINGTONE.level, 0.001);
    for (const shape of Object.values(TONES)) {
      const all = toneSamples(shape, RATE);
      expect(Math.abs(all[0]!) + Math.abs(all.at(-1)!)).to.be.below(0.01);
    }
  });

  it('of keys are two frequencies each', () => {
    for (const [key, low, high] of [
      ['1', 697, 1209],
      ['5', 770, 1336],
      ['#', 941, 1477],
      ['D', 941, 1633],
    ] as const) {
      const samples = toneSamples(keyTone(key)!, RATE);
      expect(strength(samples, low), `${key}, low`).to.be.above(0.04);
      expect(strength(samples, high), `${key}, high`).to.be.above(0.04);
      expect(strength(samples, 1000), `${key}, between`).to.be.below(0.01);
    }
    for (const none of ['', 'x', '12', ',']) expect(keyTone(none)).to.equal(undefined);
  });
});

describe('TonePlayer', () => {
  const ear = listenToPage();
  let player: TonePlayer;
  let changes: number;

  beforeEach(() => {
    changes = 0;
    player = new TonePlayer(() => (changes += 1));
  });

  afterEach(() => player.close());

  const plays = (...names: ToneName[]): void => player.play(new Set(names));
  const heard = (frequency: number): Promise<void> =>
    until(() => Math.abs(ear.now().frequency - frequency) < 8);

  it('makes a tone heard until another one is wanted, and gives the device back', async () => {
    plays('congestion');
    await heard(450);
    expect(player.blocked).to.equal(false);
    plays('ringtone');
    await heard(880);
    plays();
    await until(() => ear.states().every((state) => state === 'suspended'));
    expect(ear.states()).to.have.length(2);
    plays('busy');
    await heard(450);
    player.close();
    expect(ear.states()).to.deep.equal([]);
  });

  it('plays on where the same is wanted once more', async () => {
    plays('alarm');
    await heard(960);
    plays('alarm');
    plays('alarm', 'waiting');
    plays('alarm');
    await heard(770);
    await heard(960);
  });

  it('rings as loud as it is told, at once too', async () => {
    player.volume = 0.1;
    plays('ringtone');
    await heard(880);
    expect(ear.now().level).to.be.within(0.005, 0.06);
    player.volume = 1;
    await until(() => ear.now().level > 0.2);
    player.volume = 0;
    await until(() => ear.now().level < 0.001);
  });

  it('makes a key heard once', async () => {
    player.playKey('5');
    await until(() => ear.now().level > 0.03);
    await until(() => ear.states().at(-1) === 'suspended');
    player.playKey('x');
    expect(ear.states().at(-1)).to.equal('suspended');
  });

  it('rings with the page’s own sound', async () => {
    player.ringtone = URL.createObjectURL(wave(600, 2));
    plays('ringtone');
    await heard(600);
  });

  it('rings as ever where the page’s own sound cannot be had', async () => {
    const gone = URL.createObjectURL(wave(600, 1));
    URL.revokeObjectURL(gone);
    for (const url of [gone, URL.createObjectURL(new Blob(['no sound'])), 'http://']) {
      player.ringtone = url;
      plays('ringtone');
      await heard(880);
      plays();
      await until(() => ear.states().every((state) => state === 'suspended'));
    }
  });

  it('rings as ever while the page’s own sound is waited for', async () => {
    shorten({ringtone: 300});
    player.ringtone = '/silence';
    plays('ringtone');
    await heard(880);
  });

  it('asks again at the next call for a sound that could not be had', async () => {
    const {href} = new URL(`/not-there.wav?${Math.random()}`, location.href);
    const asked = (): number => performance.getEntriesByName(href).length;
    player.ringtone = href;
    for (const times of [1, 2]) {
      plays('ringtone');
      await heard(880);
      await until(() => asked() === times);
      plays();
      await until(() => ear.states().every((state) => state === 'suspended'));
    }
  });

  it('does not ring with a sound that came too late', async () => {
    player.ringtone = URL.createObjectURL(wave(600, 2));
    plays('ringtone');
    plays();
    plays('busy');
    await heard(450);
    expect(ear.states()).to.deep.equal(['running']);
  });

  it('sounds on the usual device where the chosen one is gone', async () => {
    await player.setSinkId('not-there', 'ringer');
    plays('ringtone');
    await heard(880);
    expect(ear.sinks()).to.deep.equal(['']);
  });

  it('sounds on the chosen device', async () => {
    (await navigator.mediaDevices.getUserMedia({audio: true})).getTracks().forEach((track) => track.stop());
    const devices = await navigator.mediaDevices.enumerateDevices();
    const chosen = devices.filter(({kind}) => kind === 'audiooutput').at(-1)!.deviceId;
    await player.setSinkId(chosen, 'speaker');
    plays('ringtone', 'congestion');
    await until(() => ear.states().every((state) => state === 'running'));
    await until(() => ear.sinks().includes(chosen));
    expect(ear.sinks().sort()).to.deep.equal(['', chosen]);
  });
});

describe('SoundOutput', () => {
  const advances = async (context: AudioContext): Promise<void> => {
    const since = context.currentTime;
    await until(() => context.currentTime > since + 0.05);
  };
  const outputs = async (): Promise<string[]> => {
    (await navigator.mediaDevices.getUserMedia({audio: true})).getTracks().forEach((track) => track.stop());
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter(({kind}) => kind === 'audiooutput').map(({deviceId}) => deviceId);
  };

  it('changes its device after its context is suspended if the sound ends in the same moment', async () => {
    const ids = await outputs();
    const output = new SoundOutput(() => {});
    const {context} = output.open();
    await advances(context);
    const requests: string[] = [];
    const watch =
      (name: string, request: (...given: string[]) => Promise<void>) =>
      async (...given: string[]): Promise<void> => {
        requests.push(`${name} begins`);
        await request.apply(context, given);
        requests.push(`${name} ends`);
      };
    const {suspend, setSinkId} = context as AudioContext & {setSinkId(id: string): Promise<void>};
    Object.assign(context, {suspend: watch('suspend', suspend), setSinkId: watch('setSinkId', setSinkId)});
    output.rest();
    await output.setSinkId(ids[1]!);
    expect(requests).to.deep.equal(['suspend begins', 'suspend ends', 'setSinkId begins', 'setSinkId ends']);
    output.open();
    await advances(context);
    output.close();
  });

  it('gives the device back after it was closed while its device was changed, and opened again', async () => {
    const ids = await outputs();
    const output = new SoundOutput(() => {});
    const before = output.open().context;
    await advances(before);
    const changed = output.setSinkId(ids[1]!);
    output.rest();
    output.close();
    await changed;
    const {context} = output.open();
    await advances(context);
    output.rest();
    await until(() => context.state === 'suspended');
    output.close();
  });

  it('gives the device back when a sound ends while its device is changed, and sounds on the new one', async function () {
    // A sound begins and ends 21 times, which takes long on a busy machine.
    this.timeout(120_000);
    const ids = await outputs();
    const output = new SoundOutput(() => {});
    // The moments before and after the change at which the sound ends, in milliseconds.
    for (let moment = -10; moment <= 10; moment += 1) {
      const {context} = output.open();
      await advances(context);
      const changed = output.setSinkId(ids[1 + (Math.abs(moment) % 2)]!);
      if (moment >= 0) await changed;
      await new Promise((resolve) => setTimeout(resolve, Math.abs(moment)));
      output.rest();
      await changed;
      await until(() => context.state === 'suspended');
    }
    output.close();
  });
});

/** A sound file with a tone of this frequency and length. */
function wave(frequency: number, seconds: number): Blob {
  const rate = 8_000;
  const count = rate * seconds;
  const view = new DataView(new ArrayBuffer(44 + 2 * count));
  const text = (at: number, letters: string): void =>
    Array.from(letters).forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + 2 * count, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, 2 * count, true);
  for (let index = 0; index < count; index += 1)
    view.setInt16(44 + 2 * index, 16_000 * Math.sin((2 * Math.PI * frequency * index) / rate), true);
  return new Blob([view], {type: 'audio/wav'});
}
