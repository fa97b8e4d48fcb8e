import {expect} from '@open-wc/testing';
import {backgrounds} from '../../../src/media/effects/background.js';
import {noiseSuppression} from '../../../src/media/effects/noise-suppression.js';
import type {DeviceEffect} from '../../../src/media/devices/device-effect.js';
import {until} from '../../support/in-page/facts.js';
import {toned} from '../../support/staged/staged-devices.js';

const PICTURE = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="64" height="36"><rect width="64" height="36" fill="#c02040"/></svg>')}`;
const BACKGROUND = '/node_modules/@twilio/video-processors/dist/build';
const NOISE = '/node_modules/@sapphi-red/web-noise-suppressor/dist/';
const [WIDTH, HEIGHT] = [320, 180];

/** A room of black and white squares. */
function room(): {track: MediaStreamTrack; end: () => void} {
  const canvas = Object.assign(document.createElement('canvas'), {width: WIDTH, height: HEIGHT});
  const context = canvas.getContext('2d')!;
  let turn = 0;
  const draw = (): void => {
    turn += 1;
    for (let x = 0; x < WIDTH; x += 4)
      for (let y = 0; y < HEIGHT; y += 4) {
        context.fillStyle = ((x + y) / 4 + turn) % 2 ? '#fff' : '#000';
        context.fillRect(x, y, 4, 4);
      }
  };
  draw();
  const timer = setInterval(draw, 100);
  const track = canvas.captureStream().getVideoTracks()[0]!;
  return {
    track,
    end: () => {
      clearInterval(timer);
      track.stop();
    },
  };
}

/** How much neighboring points of a track's picture differ, and its mean color. */
async function seen(video: HTMLVideoElement): Promise<{edges: number; color: number[]}> {
  const canvas = Object.assign(document.createElement('canvas'), {width: WIDTH, height: HEIGHT});
  const context = canvas.getContext('2d', {willReadFrequently: true})!;
  context.drawImage(video, 0, 0, WIDTH, HEIGHT);
  const {data} = context.getImageData(0, 0, WIDTH, HEIGHT);
  let edges = 0;
  const sums = [0, 0, 0];
  for (let at = 4; at < data.length; at += 4) {
    edges += Math.abs(data[at]! - data[at - 4]!);
    sums.forEach((_, part) => (sums[part]! += data[at + part]!));
  }
  const points = data.length / 4;
  return {edges: edges / points, color: sums.map((sum) => sum / points)};
}

describe('effects of devices', () => {
  let ending: AbortController;
  let camera: ReturnType<typeof room>;
  let video: HTMLVideoElement;

  beforeEach(() => {
    ending = new AbortController();
    camera = room();
    video = document.createElement('video');
    video.muted = true;
  });
  afterEach(() => {
    ending.abort();
    camera.end();
    video.srcObject = null;
  });

  const shows = async (effect: DeviceEffect, choice: string): Promise<MediaStreamTrack> => {
    const track = await effect.process(camera.track, {choice, signal: ending.signal});
    video.srcObject = new MediaStream([track]);
    await video.play();
    return track;
  };

  it('blur a background, and end with all that they have loaded', async () => {
    video.srcObject = new MediaStream([camera.track]);
    await video.play();
    const {edges} = await seen(video);
    expect(edges).to.be.greaterThan(30);
    const track = await shows(backgrounds({assets: BACKGROUND}), 'blur');
    await until(async () => (await seen(video)).edges < edges / 10);
    expect(document.querySelectorAll('iframe[hidden]')).to.have.length(1);
    ending.abort();
    expect(document.querySelectorAll('iframe[hidden]')).to.have.length(0);
    track.stop();
  });

  it('replace a background by a picture, and blur one whose picture is gone', async () => {
    const effect = backgrounds({assets: BACKGROUND, pictures: [{name: 'Red', src: PICTURE}]});
    expect(effect.choices).to.deep.equal([{id: 'blur'}, {id: PICTURE, label: 'Red'}]);
    await shows(effect, PICTURE);
    await until(async () => {
      const [red = 0, green = 0, blue = 0] = (await seen(video)).color;
      return Math.abs(red - 192) < 25 && Math.abs(green - 32) < 25 && Math.abs(blue - 64) < 25;
    });
    ending.abort();
    ending = new AbortController();
    await shows(effect, 'gone.png');
    await until(async () => (await seen(video)).edges < 3);
  });

  it('end their track if they fail, and rest before the next time', async () => {
    const effect = backgrounds({assets: BACKGROUND});
    const track = await shows(effect, 'blur');
    const ended = new Promise((resolve) => track.addEventListener('ended', resolve));
    // As if the browser had taken the memory of the graphics card.
    const scope = (document.querySelector('iframe[hidden]') as any).contentWindow;
    scope.VideoFrame = function () {
      throw new Error('broken');
    };
    await ended;
    expect(track.readyState).to.equal('ended');
    ending.abort();
    ending = new AbortController();
    const again = await effect.process(camera.track, {choice: 'blur', signal: ending.signal}).catch(String);
    expect(again).to.match(/just failed/);
  });

  /** Waits for so many pictures that arrive from now on. */
  const pictures = async (count: number): Promise<void> => {
    for (let picture = 0; picture < count; picture += 1)
      await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  };

  it('go on when the page replaces its body, as libraries for navigation do', async () => {
    const track = await shows(backgrounds({assets: BACKGROUND}), 'blur');
    const {body} = document;
    const other = document.createElement('body');
    body.replaceWith(other);
    try {
      await pictures(10);
    } finally {
      other.replaceWith(body);
    }
    expect(track.readyState).to.equal('live');
    await until(async () => (await seen(video)).edges < 3);
  });

  it('end their track if the page removes their frame, run again at once, and rest if that happens again', async () => {
    const effect = backgrounds({assets: BACKGROUND});
    const remove = async (track: MediaStreamTrack): Promise<void> => {
      const ended = new Promise((resolve) => track.addEventListener('ended', resolve));
      document.querySelector('iframe[hidden]')!.remove();
      await ended;
      expect(track.readyState).to.equal('ended');
      ending.abort();
      ending = new AbortController();
    };
    await remove(await shows(effect, 'blur'));
    const second = await shows(effect, 'blur');
    await until(async () => (await seen(video)).edges < 3);
    await remove(second);
    const again = await effect.process(camera.track, {choice: 'blur', signal: ending.signal}).catch(String);
    expect(again).to.match(/just failed/);
    expect(document.querySelectorAll('iframe[hidden]')).to.have.length(0);
  });

  it('reject if the page removes their frame before there is a picture', async () => {
    const {signal} = ending;
    const making = backgrounds({assets: BACKGROUND}).process(camera.track, {choice: 'blur', signal});
    document.querySelector('iframe[hidden]')!.remove();
    expect(await making.catch(String)).to.match(/removed the frame/);
  });

  for (const [when, sounds] of [
    ['at once', 0],
    ['later', 500],
  ] as const)
    it(`end their sound if the worklet crashes ${when}, and rest before the next time`, async () => {
      const addModule = AudioWorklet.prototype.addModule;
      // A processor of the same name, which crashes after so many sounds.
      const crashing = `registerProcessor('@sapphi-red/web-noise-suppressor/rnnoise', class extends AudioWorkletProcessor {
        sounds = 0;
        process() {
          if (++this.sounds > ${sounds}) throw new Error('crashed');
          return true;
        }
      })`;
      AudioWorklet.prototype.addModule = async function () {
        return addModule.call(this, `data:text/javascript,${encodeURIComponent(crashing)}`);
      };
      const tone = toned(440);
      const effect = noiseSuppression({assets: NOISE});
      const process = (): Promise<MediaStreamTrack | string> =>
        effect.process(tone.track, {choice: 'on', signal: ending.signal}).catch(String);
      try {
        const made = await process();
        if (typeof made === 'string') expect(made).to.match(/has crashed/);
        else await until(() => made.readyState === 'ended');
        expect(await process()).to.match(/just failed/);
      } finally {
        AudioWorklet.prototype.addModule = addModule;
        tone.end();
      }
    });

  for (const [name, effect] of [
    ['a folder without them', backgrounds({assets: '/nowhere/'})],
    ['another origin', backgrounds({assets: 'https://other.example/'})],
    ['a folder without noise suppression', noiseSuppression({assets: '/nowhere/'})],
  ] as const)
    it(`reject with ${name}, and leave nothing`, async () => {
      const text = await effect.prepare('blur').then(() => '', String);
      expect(text).to.match(/does not load|another origin/);
      expect(document.querySelectorAll('iframe[hidden]')).to.have.length(0);
    });

  it('take the noise out of a sound, and leave a tone', async () => {
    const context = new AudioContext({sampleRate: 48_000});
    await context.resume();
    const buffer = context.createBuffer(1, 96_000, 48_000);
    // The rumble of a fan: how soon the network takes white noise for noise depends on its samples.
    let rumble = 0;
    buffer.getChannelData(0).forEach((_, at, samples) => {
      rumble = (rumble + 0.02 * (Math.random() * 2 - 1)) / 1.02;
      samples[at] = rumble * 1.5;
    });
    const noise = new AudioBufferSourceNode(context, {buffer, loop: true});
    const target = context.createMediaStreamDestination();
    noise.connect(target);
    noise.start();
    const level = (track: MediaStreamTrack): (() => number) => {
      const analyser = new AnalyserNode(context, {fftSize: 16_384});
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      return () => {
        analyser.getFloatTimeDomainData(samples);
        return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      };
    };
    const given = target.stream.getAudioTracks()[0]!;
    const effect = noiseSuppression({assets: NOISE});
    const made = await effect.process(given, {choice: 'on', signal: ending.signal});
    const [before, after] = [level(given), level(made)];
    await until(() => before() > 0.05 && after() > 0 && after() < before() / 4);
    const tone = toned(440);
    const second = await effect.process(tone.track, {choice: 'on', signal: ending.signal});
    const [loud, kept] = [level(tone.track), level(second)];
    await until(() => loud() > 0.05 && kept() > loud() / 2);
    tone.end();
    await context.close();
  });
});
