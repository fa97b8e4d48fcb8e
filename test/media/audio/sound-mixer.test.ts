import {expect} from '@open-wc/testing';
import {SoundMixer} from '../../../src/media/audio/sound-mixer.js';
import {until} from '../../support/in-page/facts.js';

const [LOW, HIGH] = [440, 2000];

describe('SoundMixer', () => {
  const Original = AudioContext;
  let sender: AudioContext;
  /** The contexts that mixes have opened. */
  let opened: AudioContext[];
  let mixers: SoundMixer[];

  beforeEach(async () => {
    sender = new Original();
    await sender.resume();
    opened = [];
    mixers = [];
    globalThis.AudioContext = class extends Original {
      constructor() {
        super();
        opened.push(this);
      }
    };
  });
  afterEach(async () => {
    for (const mixer of mixers) mixer.stop();
    globalThis.AudioContext = Original;
    await sender.close();
  });

  function tone(frequency: number): MediaStreamTrack {
    const oscillator = new OscillatorNode(sender, {frequency});
    const target = sender.createMediaStreamDestination();
    oscillator.connect(new GainNode(sender, {gain: 0.3})).connect(target);
    oscillator.start();
    return target.stream.getAudioTracks()[0]!;
  }

  async function mix(...tracks: MediaStreamTrack[]): Promise<SoundMixer> {
    const mixer = new SoundMixer();
    mixers.push(mixer);
    expect(await mixer.run(5_000)).to.equal(true);
    mixer.use(tracks);
    return mixer;
  }

  /** Waits until a mix has exactly these tones. */
  async function has({track}: SoundMixer, ...tones: number[]): Promise<void> {
    const analyser = new AnalyserNode(sender, {fftSize: 4096, smoothingTimeConstant: 0});
    const source = sender.createMediaStreamSource(new MediaStream([track]));
    source.connect(analyser);
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    await until(() => {
      analyser.getFloatFrequencyData(spectrum);
      const level = (frequency: number): number =>
        spectrum[Math.round((frequency * analyser.fftSize) / sender.sampleRate)]!;
      return [LOW, HIGH].every((each) => (tones.includes(each) ? level(each) > -40 : level(each) < -60));
    });
    source.disconnect();
  }

  it('mixes several times in one context, each mix of its own tracks', async () => {
    const [low, high] = [tone(LOW), tone(HIGH)];
    const [both, one] = [await mix(low, high), await mix(low)];
    await has(both, LOW, HIGH);
    await has(one, LOW);
    expect(opened).to.have.length(1);
    both.use([high]);
    await has(both, HIGH);
    await has(one, LOW);
  });

  it('goes on when another mix of the same track ends, and closes the context after the last one', async () => {
    const low = tone(LOW);
    const [first, second] = [await mix(low), await mix(low)];
    first.stop();
    first.stop();
    await has(second, LOW);
    expect([first.track.readyState, opened[0]!.state]).to.deep.equal(['ended', 'running']);
    second.stop();
    await until(() => opened[0]!.state === 'closed');
    await has(await mix(low), LOW);
    expect(opened).to.have.length(2);
  });
});
