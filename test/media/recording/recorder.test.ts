import {expect} from '@open-wc/testing';
import {Recorder, type RecordingSources} from '../../../src/media/recording/recorder.js';
import {BlobSink} from '../../../src/media/recording/recording-sink.js';
import {
  decoded,
  painting,
  recorded,
  tone,
  type Color,
  type Decoded,
  type Painting,
  type Recorded,
  type Tone,
} from '../../support/in-page/recordings.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {stopwatch, type Lasts} from '../../support/in-page/stopwatch.js';
import {rejects} from '../../support/in-page/rejections.js';

const [REMOTE, LOCAL, OTHER] = [440, 1000, 2500];
const LOUD = 0.1;
const QUIET = 0.02;

const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

describe('Recorder', () => {
  let lasts: Lasts;
  let tones: Tone[];
  let paintings: Painting[];
  let open: Decoded | undefined;
  let view: Recorded | undefined;
  const [contexts, NativeContext] = [new Set<AudioContext>(), AudioContext];

  beforeEach(() => {
    tones = [];
    paintings = [];
    contexts.clear();
  });
  beforeEach(() => (lasts = stopwatch()));
  afterEach(() => {
    for (const each of [...tones, ...paintings]) each.stop();
    open?.close();
    open = undefined;
    view?.stop();
    view = undefined;
    window.AudioContext = NativeContext;
  });

  const sounds = (frequency: number): MediaStreamTrack => {
    const sounding = tone(frequency);
    tones.push(sounding);
    return sounding.track;
  };
  const paints = (color: string, width = 640, height = 480): Painting => {
    const painted = painting(color, width, height);
    paintings.push(painted);
    return painted;
  };
  const both = (picture?: MediaStreamTrack): RecordingSources => ({
    remote: [sounds(REMOTE)],
    local: [sounds(LOCAL)],
    picture,
  });
  const decode = async (blob: Blob): Promise<Decoded> => (open = await decoded(blob));
  /** Waits until the recorder gets a color, and lets it record that for so many seconds and some frames. */
  const records = async (color: Color, seconds: number, x?: number, y?: number): Promise<void> => {
    await until(() => view!.color(x, y) === color);
    const {frames} = view!;
    await Promise.all([pause(seconds), until(() => view!.frames > frames + 5)]);
  };

  for (const [title, types, type] of [
    ['an MP4', ['video/mp4;codecs=avc1,opus'], 'video/mp4'],
    ['a WebM', ['video/webm;codecs=vp8,opus'], 'video/webm'],
  ] as const) {
    it(`makes ${title} of both voices and the picture, without its pause, to be seeked in`, async () => {
      const picture = paints('rgb(220, 20, 20)');
      const sources = both(picture.track);
      view = recorded();
      const recorder = await Recorder.start(sources, {types});
      await records('red', 1);
      recorder.pause();
      recorder.pause();
      picture.paint('rgb(20, 220, 20)');
      recorder.use({...sources, remote: [sounds(OTHER)]});
      await pause(0.7);
      picture.paint('rgb(20, 20, 220)');
      recorder.use(sources);
      await pause(0.3);
      recorder.resume();
      recorder.resume();
      await records('blue', 1);
      recorder.stop();
      const {blob, duration, error} = await recorder.file;
      expect([blob.type, error]).to.deep.equal([type, undefined]);
      const file = await decode(blob);
      lasts(duration, 2, 1);
      lasts(file.duration, 2, 1);
      lasts(file.sound, 2, 1);
      lasts(file.seekable[0]![1], 2, 1);
      expect([file.width, file.height]).to.deep.equal([640, 480]);
      expect(await file.scenes()).to.deep.equal(['red', 'blue']);
      // Back to the beginning: the file can be seeked in.
      expect(await file.scenes()).to.deep.equal(['red', 'blue']);
      expect(file.level(REMOTE, 0.3, 0.8)).to.be.greaterThan(LOUD);
      expect(file.level(REMOTE, 1.4, 1.8)).to.be.greaterThan(LOUD);
      expect(file.level(LOCAL, 0.3, 0.8)).to.be.greaterThan(LOUD);
      expect(file.level(OTHER)).to.be.lessThan(QUIET);
    });

    it(`makes ${title} of sound alone where no picture was shown`, async () => {
      const recorder = await Recorder.start(both(), {types});
      await pause(1);
      recorder.stop();
      const {blob} = await recorder.file;
      expect(blob.type).to.equal(type.replace('video', 'audio'));
      const file = await decode(blob);
      expect([file.width, file.height]).to.deep.equal([0, 0]);
      lasts(file.duration, 1);
      expect(file.level(REMOTE)).to.be.greaterThan(LOUD);
      expect(file.level(LOCAL)).to.be.greaterThan(LOUD);
    });
  }

  it('goes on while voices come and go', async () => {
    const sources = both();
    const recorder = await Recorder.start(sources);
    await pause(0.9);
    recorder.use({...sources, local: []});
    await pause(0.9);
    recorder.use({...sources, remote: [], local: [sounds(OTHER)]});
    await pause(0.9);
    recorder.stop();
    const file = await decode((await recorder.file).blob);
    lasts(file.duration, 2.7);
    const heard = (from: number): boolean[] =>
      [REMOTE, LOCAL, OTHER].map((frequency) => file.level(frequency, from, from + 0.2) > LOUD / 2);
    // When each began is known to a second or so: what counts is the order, and that each part lasts.
    const parts: boolean[][] = [];
    for (let from = 0; from + 0.4 <= file.duration; from += 0.1) {
      const [now, next] = [heard(from), heard(from + 0.2)];
      if (now.join() === next.join() && now.join() !== parts.at(-1)?.join()) parts.push(now);
    }
    if (!parts[0]?.includes(true)) parts.shift();
    expect(parts).to.deep.equal([
      [true, true, false],
      [true, false, false],
      [false, false, true],
    ]);
  });

  it('is black while there is no picture, and fits another one into its size', async () => {
    const sources = both(paints('rgb(220, 20, 20)').track);
    view = recorded();
    const recorder = await Recorder.start(sources);
    await records('red', 0.5);
    recorder.use({...sources, picture: undefined});
    await records('black', 0.5);
    recorder.use({...sources, picture: paints('rgb(20, 220, 20)', 320, 640).track});
    await records('green', 0.5);
    recorder.stop();
    const file = await decode((await recorder.file).blob);
    expect([file.width, file.height]).to.deep.equal([640, 480]);
    lasts(file.duration, 1.5);
    expect(await file.scenes()).to.deep.equal(['red', 'black', 'green']);
    for (const side of [0.05, 0.95]) expect(await file.scenes(side)).to.deep.equal(['red', 'black']);
  });

  it('keeps its size when the picture changes its own', async () => {
    const picture = paints('rgb(220, 20, 20)', 320, 240);
    view = recorded();
    const recorder = await Recorder.start(both(picture.track));
    await records('red', 0.5);
    picture.paint('rgb(20, 20, 220)', 1280, 960);
    await records('blue', 0.5);
    recorder.stop();
    const file = await decode((await recorder.file).blob);
    expect([file.width, file.height]).to.deep.equal([640, 480]);
    lasts(file.duration, 1);
    for (const place of [0.02, 0.5, 0.98])
      expect(await file.scenes(place, place), `${place}`).to.deep.equal(['red', 'blue']);
  });

  it('takes a picture that comes later', async () => {
    const sources = both();
    view = recorded();
    const recorder = await Recorder.start(sources);
    await pause(0.7);
    recorder.use({...sources, picture: paints('rgb(20, 220, 20)').track});
    await records('green', 0.5);
    recorder.stop();
    const {blob} = await recorder.file;
    expect(blob.type).to.match(/^video\//);
    const file = await decode(blob);
    expect(await file.scenes()).to.deep.equal(['black', 'green']);
  });

  it('hands over what it has, with the reason, where no more can be kept', async () => {
    class FullDisk extends BlobSink {
      #parts = 0;
      override async write(part: Blob): Promise<void> {
        if ((this.#parts += 1) > 2) throw new DOMException('The disk is full.', 'QuotaExceededError');
        await super.write(part);
      }
    }
    const recorder = await Recorder.start(both(), {
      sink: new FullDisk(),
      types: ['video/webm;codecs=vp8,opus'],
      part: 500,
    });
    await recorder.ended;
    const {blob, error} = await recorder.file;
    expect(error?.code).to.equal('storage-full');
    const file = await decode(blob);
    expect(file.level(REMOTE)).to.be.greaterThan(LOUD);
  });

  it('hands over an empty file, with the reason, where nothing could be kept', async () => {
    class NoDisk extends BlobSink {
      override async write(): Promise<void> {
        throw new DOMException('There is no disk.', 'NotAllowedError');
      }
    }
    const recorder = await Recorder.start(both(), {sink: new NoDisk()});
    const {blob, error} = await recorder.file;
    expect([blob.size, error?.code]).to.deep.equal([0, 'recording-failed']);
  });

  it('has the last part too that the browser hands out after it said that it stopped, as Firefox may', async () => {
    const {MediaRecorder: Native} = window;
    window.MediaRecorder = class extends Native {
      constructor(stream: MediaStream, options?: MediaRecorderOptions) {
        super(stream, options);
        let stopped = false;
        const late: Blob[] = [];
        this.addEventListener('dataavailable', (event) => {
          if (stopped || this.state !== 'inactive') return;
          event.stopImmediatePropagation();
          late.push(event.data);
        });
        this.addEventListener('stop', () => {
          stopped = true;
          const hand = (data: Blob): boolean => this.dispatchEvent(new BlobEvent('dataavailable', {data}));
          setTimeout(() => [new Blob(), ...late].forEach(hand));
        });
      }
    };
    try {
      const recorder = await Recorder.start(both());
      await pause(0.5);
      recorder.stop();
      const {blob, error} = await recorder.file;
      expect(error).to.equal(undefined);
      lasts((await decode(blob)).duration, 0.5);
    } finally {
      window.MediaRecorder = Native;
    }
  });

  it('ends while it pauses, with what there is', async () => {
    const recorder = await Recorder.start(both());
    await pause(0.8);
    recorder.pause();
    await pause(0.3);
    recorder.stop();
    const file = await decode((await recorder.file).blob);
    lasts(file.duration, 0.8, 0.3);
    expect(file.level(LOCAL)).to.be.greaterThan(LOUD);
  });

  it('puts the other picture into the corner, and takes it away again', async () => {
    const picture = paints('rgb(220, 20, 20)');
    const sources = {...both(picture.track), inset: paints('rgb(20, 20, 220)', 320, 240).track};
    view = recorded();
    const recorder = await Recorder.start(sources);
    await records('blue', 0.5, 0.85, 0.85);
    recorder.use({...sources, inset: undefined});
    await records('red', 0.5, 0.85, 0.85);
    recorder.stop();
    const file = await decode((await recorder.file).blob);
    expect(await file.scenes(0.85, 0.85)).to.deep.equal(['blue', 'red']);
    for (const [x, y] of [
      [0.5, 0.5],
      [0.99, 0.99],
      [0.7, 0.85],
      [0.85, 0.7],
    ] as const)
      expect(await file.scenes(x, y), `${x} ${y}`).to.deep.equal(['red']);
  });

  it('is black around the corner’s picture where there is no other one', async () => {
    view = recorded();
    const recorder = await Recorder.start({...both(), inset: paints('rgb(20, 20, 220)', 320, 240).track});
    await records('blue', 0.5, 0.9, 0.85);
    recorder.stop();
    const {blob} = await recorder.file;
    expect(blob.type).to.match(/^video\//);
    const file = await decode(blob);
    expect(await file.scenes()).to.deep.equal(['black']);
    expect((await file.scenes(0.9, 0.85)).at(-1)).to.equal('blue');
  });

  /** Has the browser suspend each context a moment after it claims to run, as Chromium does without a device for it. */
  const withoutDevices = (onSuspended: (context: AudioContext) => void): void => {
    window.AudioContext = class extends NativeContext {
      constructor(options?: AudioContextOptions) {
        super(options);
        contexts.add(this);
        setTimeout(() => void this.suspend().then(() => onSuspended(this)));
      }
    };
  };

  it('records where the browser opens no more devices', async () => {
    const sources = both();
    withoutDevices((context) => context.dispatchEvent(new Event('error')));
    const recorder = await Recorder.start(sources);
    const sinks = Array.from(contexts, (context) => (context as {sinkId?: {type?: string}}).sinkId?.type);
    expect(sinks).to.deep.equal(['none']);
    await pause(0.7);
    recorder.stop();
    const file = await decode((await recorder.file).blob);
    lasts(file.duration, 0.7);
    expect(file.level(REMOTE, 0.2, 0.6)).to.be.greaterThan(LOUD);
  });

  it('says that it does not start, and leaves nothing on, where the browser gives it no sound', async () => {
    shorten({recordingStart: 300});
    const sources = both();
    withoutDevices(() => {});
    await rejects(Recorder.start(sources), 'recording-failed');
    await until(() => [...contexts].every(({state}) => state === 'closed'));
  });

  it('ends where the browser does not report the end', async () => {
    shorten({recordingStop: 300});
    const {MediaRecorder: Native} = window;
    window.MediaRecorder = class extends Native {
      constructor(stream: MediaStream, options?: MediaRecorderOptions) {
        super(stream, options);
        this.addEventListener('stop', (event) => event.stopImmediatePropagation());
      }
    };
    try {
      const recorder = await Recorder.start(both());
      await pause(0.5);
      recorder.stop();
      const {blob, error} = await recorder.file;
      expect(error).to.equal(undefined);
      lasts((await decode(blob)).duration, 0.5);
    } finally {
      window.MediaRecorder = Native;
    }
  });

  it('ends with what it has, and the reason, where the storage writes no more', async () => {
    shorten({recordingWrite: 300});
    class StuckDisk extends BlobSink {
      #parts = 0;
      override async write(part: Blob): Promise<void> {
        if ((this.#parts += 1) > 2) return new Promise(() => {});
        await super.write(part);
      }
    }
    const recorder = await Recorder.start(both(), {
      sink: new StuckDisk(),
      types: ['video/webm;codecs=vp8,opus'],
      part: 500,
    });
    const {blob, error} = await recorder.file;
    expect(error?.code).to.equal('recording-failed');
    expect((await decode(blob)).level(REMOTE)).to.be.greaterThan(LOUD);
  });

  it('says that there is no file where the storage hands over none', async () => {
    shorten({recordingFile: 100});
    class LostDisk extends BlobSink {
      override async finish(): Promise<never> {
        return new Promise(() => {});
      }
    }
    const recorder = await Recorder.start(both(), {sink: new LostDisk()});
    recorder.stop();
    const {blob, error} = await recorder.file;
    expect([blob.size, error?.code]).to.deep.equal([0, 'recording-failed']);
  });

  it('says where the browser cannot', async () => {
    await rejects(Recorder.start(both(), {types: ['video/none']}), 'unsupported-browser');
  });

  it('leaves no context, track or element on', async () => {
    window.AudioContext = class extends NativeContext {
      constructor(options?: AudioContextOptions) {
        super(options);
        contexts.add(this);
      }
    };
    const sources = both(paints('rgb(220, 20, 20)').track);
    const own = contexts.size;
    const {captureStream} = HTMLCanvasElement.prototype;
    const captured: MediaStreamTrack[] = [];
    HTMLCanvasElement.prototype.captureStream = function (...args) {
      const stream = captureStream.apply(this, args);
      captured.push(...stream.getTracks());
      return stream;
    };
    try {
      const recorder = await Recorder.start(sources);
      await pause(0.5);
      recorder.stop();
      recorder.stop();
      recorder.use(sources);
      await recorder.file;
    } finally {
      HTMLCanvasElement.prototype.captureStream = captureStream;
    }
    const states = Array.from(contexts, ({state}) => state).slice(own);
    expect(states).to.deep.equal(['closed']);
    expect(captured.map(({readyState}) => readyState)).to.deep.equal(['ended']);
    expect(
      [...sources.remote, ...sources.local, sources.picture!].map(({readyState}) => readyState),
    ).to.deep.equal(['live', 'live', 'live']);
  });
});
