import {expect} from '@open-wc/testing';
import type {
  Caption,
  CaptionSide,
  CaptionSound,
  CaptionSource,
} from '../../../src/core/captions/caption-source.js';
import type {SipCall} from '../../../src/core/call/call.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {listenTo, Speaker} from '../../support/in-page/speaker.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';

/** How loud a frequency is in samples at 16 kHz. */
function amplitude(samples: readonly number[], frequency: number): number {
  let [real, imaginary] = [0, 0];
  samples.forEach((sample, index) => {
    const angle = (2 * Math.PI * frequency * index) / 16_000;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  });
  return (2 * Math.hypot(real, imaginary)) / samples.length;
}

/** A recognizer of the page, which notes what it gets. */
class Recognizer {
  readonly sounds = new Map<CaptionSide, CaptionSound>();
  readonly chunks: Record<CaptionSide, {samples: Float32Array; time: number}[]> = {local: [], remote: []};
  readonly stopped: CaptionSide[] = [];
  readonly source: CaptionSource = (sound) => {
    this.sounds.set(sound.side, sound);
    return {
      write: (samples, time) => void this.chunks[sound.side].push({samples, time}),
      stop: () => void this.stopped.push(sound.side),
    };
  };

  /** The last half second of a side. */
  last(side: CaptionSide): number[] {
    return this.chunks[side].slice(-5).flatMap(({samples}) => [...samples]);
  }
  hears(side: CaptionSide, frequency: number): boolean {
    return this.chunks[side].length >= 5 && amplitude(this.last(side), frequency) > 0.1;
  }
}

describe('captions of a call', () => {
  let client: StagedClient;
  let near: Speaker;
  let far: Speaker;
  let staged: Staged;
  let call: SipCall;
  let recognizer: Recognizer;

  beforeEach(async () => {
    recognizer = new Recognizer();
    client = await StagedClient.ready();
    [near, far] = [await Speaker.open(), await Speaker.open()];
    staged = client.dial('audio', {number: '1002', name: 'Bea'});
    staged.dialog.play(far.stream, near.stream);
    staged.dialog.confirm();
    ({call} = staged);
    call.attach({remoteAudio: new Audio()});
    // What is remote reaches no context unless an element plays it.
    const ear = Object.assign(new Audio(), {muted: true, srcObject: near.stream});
    await ear.play();
  });
  afterEach(async () => {
    await client.disconnect();
    for (const speaker of [near, far]) speaker.close();
  });
  const heard = (type: string): Caption[] => {
    const found: Caption[] = [];
    call.addEventListener('caption', ({detail}) => type === 'caption' && found.push(detail));
    return found;
  };

  it('hand the recognizer of each side its own sound, a tenth of a second at a time', async () => {
    await call.captions(recognizer.source);
    expect(call.state.captions).to.equal('on');
    near.speak(700);
    far.speak(1_000);
    await until(() => recognizer.hears('local', 700) && recognizer.hears('remote', 1_000));
    expect(amplitude(recognizer.last('local'), 1_000)).to.be.below(0.01);
    expect(amplitude(recognizer.last('remote'), 700)).to.be.below(0.01);
    for (const side of ['local', 'remote'] as const) {
      const chunks = recognizer.chunks[side];
      expect(chunks.map(({samples}) => samples.length)).to.deep.equal(chunks.map(() => 1_600));
      expect(recognizer.sounds.get(side)).to.include({side, call, sampleRate: 16_000});
      const [first, last] = [chunks[0]!.time, chunks.at(-1)!.time];
      expect(last - first).to.be.closeTo((chunks.length - 1) * 100, 400);
      expect(last).to.be.closeTo(call.duration!, 1_500);
    }
  });

  it('hand over nothing of a muted side, and go on with the time that has passed', async () => {
    await call.captions(recognizer.source);
    near.speak(700);
    far.speak(1_000);
    await until(() => recognizer.hears('local', 700) && recognizer.hears('remote', 1_000));
    await call.mute();
    const [before, others] = [recognizer.chunks.local.length, recognizer.chunks.remote.length];
    near.speak(900);
    await until(() => recognizer.chunks.remote.length >= others + 10);
    expect(recognizer.chunks.local.length).to.equal(before);
    await call.unmute();
    await until(() => recognizer.chunks.local.length > before + 5);
    const [earlier, later] = recognizer.chunks.local.slice(before - 1).map(({time}) => time);
    expect(later! - earlier!).to.be.above(900);
    for (const {samples} of recognizer.chunks.local.slice(0, before))
      expect(amplitude([...samples], 900)).to.be.below(0.05);
  });

  it('hand over nothing while the call is on hold, and both sides after it', async () => {
    await call.captions(recognizer.source);
    near.speak(700);
    far.speak(1_000);
    await until(() => recognizer.hears('local', 700) && recognizer.hears('remote', 1_000));
    await call.hold();
    const counts = (): number[] => [recognizer.chunks.local.length, recognizer.chunks.remote.length];
    const before = counts();
    const live = listenTo(far.stream);
    far.speak(2_000);
    await until(() => Math.abs(live.frequency - 2_000) < 20);
    live.close();
    expect(counts()).to.deep.equal(before);
    await call.unhold();
    await until(() => recognizer.hears('local', 700) && recognizer.hears('remote', 2_000));
  });

  it('follow another track of a side, as after another device or a new offer', async () => {
    await call.captions(recognizer.source);
    const other = await Speaker.open();
    const ear = Object.assign(new Audio(), {muted: true, srcObject: other.stream});
    await ear.play();
    other.speak(1_500);
    staged.dialog.play(far.stream, other.stream);
    await until(() => recognizer.hears('local', 1_500));
    other.close();
  });

  it('show texts, the next one in place of one that is not final', async () => {
    const events = heard('caption');
    const captions = await call.captions(recognizer.source);
    const {caption} = recognizer.sounds.get('remote')!;
    caption({text: 'Good'});
    caption({text: 'Good mor'});
    recognizer.sounds
      .get('local')!
      .caption({text: 'Hello\n there', final: true, language: 'en', speaker: 'Al'});
    caption({text: 'Good morning', final: true, start: 0, end: 1});
    caption({text: 'Next'});
    expect(captions.state.lines.map(({side, text, final}) => [side, text, final])).to.deep.equal([
      ['remote', 'Good morning', true],
      ['local', 'Hello there', true],
      ['remote', 'Next', false],
    ]);
    expect(captions.state.lines[1]).to.include({language: 'en', speaker: 'Al'});
    expect(events.map(({text}) => text)).to.deep.equal([
      'Good',
      'Good mor',
      'Hello there',
      'Good morning',
      'Next',
    ]);
    expect(new Set(events.filter(({text}) => /^Good/.test(text)).map(({id}) => id)).size).to.equal(1);
    caption({text: ''});
    expect(captions.state.lines.map(({text}) => text)).not.to.include('Next');
    expect(() => caption({} as never))
      .to.throw()
      .with.property('code', 'bad-parameter');
  });

  it('keep texts short, and a stranger’s language out', async () => {
    const captions = await call.captions(recognizer.source);
    const {caption} = recognizer.sounds.get('remote')!;
    caption({
      text: 'x'.repeat(1e6),
      speaker: 'y'.repeat(1e6),
      language: '"><script>',
      final: true,
      end: 1e12,
    });
    const [line] = captions.state.lines;
    expect(line!.text).to.have.length(1_000);
    expect(line!.speaker).to.have.length(100);
    expect(line!.language).to.equal(undefined);
    expect(line!.end).to.be.at.most(Math.ceil(call.duration!));
    for (let index = 0; index < 300; index += 1) caption({text: String(index), final: true});
    expect(captions.state.lines).to.have.length(100);
  });

  it('end at a side whose recognizer fails, and go on at the other one', async () => {
    const failures: unknown[] = [];
    call.addEventListener('captionerror', ({detail: {side, error}}) =>
      failures.push([side, error.code, error.cause]),
    );
    const broken = new Error('out of memory');
    const captions = await call.captions((sound) => {
      const session = (recognizer.source as (sound: CaptionSound) => {write(...given: unknown[]): unknown})(
        sound,
      );
      return sound.side === 'local' ? {write: async () => Promise.reject(broken)} : session;
    });
    near.speak(700);
    far.speak(1_000);
    await until(() => failures.length > 0);
    expect(failures).to.deep.equal([['local', 'internal', broken]]);
    expect(captions.state.failed).to.deep.equal(['local']);
    await until(() => recognizer.hears('remote', 1_000));
    expect(call.state).to.include({phase: 'answered', captions: 'on'});
  });

  it('end if no side has a recognizer any more, and never the call', async () => {
    const captions = await call.captions(() => {
      throw new Error('no model');
    });
    await until(() => !captions.state.active);
    expect(captions.state.failed).to.have.members(['local', 'remote']);
    expect(call.state).to.include({phase: 'answered', captions: 'off'});
    const none = await call.captions(() => undefined);
    await until(() => !none.state.active);
    expect(none.state.failed).to.deep.equal([]);
  });

  it('keep ten seconds for a recognizer that is slow, and the newest of it', async () => {
    const written: number[] = [];
    let begin!: () => void;
    const gate = new Promise<void>((resolve) => (begin = resolve));
    const captions = await call.captions((sound) =>
      sound.side === 'local' ? undefined : {write: async (_, time) => (written.push(time), gate)},
    );
    far.speak(1_000);
    await until(() => call.duration! > 12_500, 20_000);
    expect(written).to.have.length(1);
    begin();
    await until(() => written.length > 90);
    expect(written[1]! - written[0]!).to.be.above(1_000);
    captions.stop();
  });

  it('end with the call, whose last texts still come', async () => {
    let done!: () => void;
    const events = heard('caption');
    const captions = await call.captions(async (sound) => ({
      write: () => {},
      stop: async () => {
        sound.caption({text: `the end of ${sound.side}`, final: true});
        await new Promise<void>((resolve) => (done = resolve));
        sound.caption({text: 'too late', final: true});
      },
    }));
    shorten({captionsEnd: 200});
    await call.hangup();
    expect(call.state.captions).to.equal('off');
    await captions.ended;
    done();
    await until(() => events.length >= 2);
    expect(events.map(({text}) => text)).to.have.members(['the end of local', 'the end of remote']);
  });

  it('end a recognizer that never takes its sound', async () => {
    shorten({captionsEnd: 200});
    const stopped: CaptionSide[] = [];
    const captions = await call.captions(({side}) => ({
      write: async () => new Promise(() => {}),
      stop: () => void stopped.push(side),
    }));
    near.speak(700);
    far.speak(1_000);
    await until(() => call.duration! > 1_000);
    captions.stop();
    await captions.ended;
    await until(() => stopped.length === 2);
  });

  it('stop at once when they are stopped, and begin again by the same recognizer', async () => {
    const captions = await call.captions(recognizer.source);
    far.speak(1_000);
    await until(() => recognizer.hears('remote', 1_000));
    captions.stop();
    captions.stop();
    expect(call.state.captions).to.equal('off');
    await captions.ended;
    expect(recognizer.stopped).to.have.members(['local', 'remote']);
    const count = recognizer.chunks.remote.length;
    const [one, other] = await Promise.all([call.captions(), call.captions()]);
    expect(one).to.equal(other);
    expect(one).not.to.equal(captions);
    await until(() => recognizer.chunks.remote.length > count + 5);
  });

  it('have a recognizer: that of the call, or of the client', async () => {
    await rejects(call.captions(), 'bad-parameter');
    await rejects(call.captions({} as never), 'bad-parameter');
    const own = await StagedClient.ready({captions: {start: recognizer.source as never}});
    const other = own.dial('audio');
    other.dialog.play(far.stream, near.stream);
    await rejects(other.call.captions(), 'invalid-state');
    other.dialog.confirm();
    await other.call.captions();
    far.speak(500);
    await until(() => recognizer.hears('remote', 500));
    await own.disconnect();
  });
});
