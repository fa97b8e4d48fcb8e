import {mediaDurations} from '../../durations/media.js';
import {letSend} from '../audio/running-context.js';
import type {DeviceEffect, EffectOptions} from '../devices/device-effect.js';
import {endFailed, FAILURE_REST_MS} from './effect-failure.js';
import {filesOf} from './effect-files.js';

/** What the suppression of noise needs. */
export interface NoiseSuppressionOptions {
  /** The address of the folder `dist` of the package `@sapphi-red/web-noise-suppressor`, on the origin of the page. */
  readonly assets: string;
}

/** The name of the library's processor in its worklet, which `WORKLET` defines. */
const PROCESSOR = '@sapphi-red/web-noise-suppressor/rnnoise';

const WORKLET = 'rnnoise/workletProcessor.js';

/** The same network for browsers with and without SIMD, the faster one first. */
const NETWORKS = ['rnnoise_simd.wasm', 'rnnoise.wasm'] as const;

/** The rate that the network was trained for, in samples a second. */
const RATE = 48_000;

/**
 * Suppresses the noise around the user by RNNoise.
 *
 * ```js
 * await client.devices.offer(noiseSuppression({assets: '/noise-suppression/'}));
 * ```
 */
export function noiseSuppression({assets}: NoiseSuppressionOptions): DeviceEffect {
  let failed = -Infinity;
  return {
    name: 'noise-suppression',
    kind: 'microphone',
    required: false,
    choices: [{id: 'on'}],

    async prepare() {
      failed = -Infinity;
      await load(assets);
    },

    async process(microphone, {signal}: EffectOptions) {
      if (performance.now() - failed < FAILURE_REST_MS)
        throw new Error('The suppression of noise has just failed.');
      const wasmBinary = await load(assets);
      signal.throwIfAborted();
      const {context, source} = hear(microphone);
      const close = (): void => void context.close().catch(() => {});
      try {
        await context.audioWorklet.addModule(filesOf(assets)(WORKLET).href);
        const {channelCount: maxChannels = 1} = microphone.getSettings();
        const node = new AudioWorkletNode(context, PROCESSOR, {processorOptions: {maxChannels, wasmBinary}});
        // It may crash with the first sound.
        const crash = new Promise<never>((_, reject) => {
          // Chromium tells listeners nothing of it, only this.
          node.onprocessorerror = () => {
            failed = performance.now();
            reject(new Error('The worklet has crashed.'));
          };
        });
        const target = context.createMediaStreamDestination();
        source.connect(node).connect(target);
        if (!(await Promise.race([letSend(target, mediaDurations.mixerStart), crash])))
          throw new DOMException('The browser waits for a gesture.', 'NotAllowedError');
        signal.throwIfAborted();
        const track = target.stream.getAudioTracks()[0]!;
        signal.addEventListener('abort', () => {
          node.port.postMessage('destroy');
          close();
        });
        crash.catch(() => endFailed(track));
        return track;
      } catch (error) {
        close();
        throw error;
      }
    },
  };
}

/** Opens the sound of a microphone at the network's rate, or at the one that Firefox needs for it. */
function hear(microphone: MediaStreamTrack): {context: AudioContext; source: AudioNode} {
  const open = (options?: AudioContextOptions): {context: AudioContext; source: AudioNode} => {
    const context = new AudioContext(options);
    try {
      return {context, source: context.createMediaStreamSource(new MediaStream([microphone]))};
    } catch (error) {
      void context.close().catch(() => {});
      throw error;
    }
  };
  try {
    return open({sampleRate: RATE});
  } catch {
    // Firefox connects no sound of another rate. The network hears it 8 % higher at 44.1 kHz, and still knows noise.
    return open();
  }
}

/** Loads the network. */
async function load(assets: string): Promise<ArrayBuffer> {
  let failure: unknown;
  for (const network of NETWORKS) {
    const response = await fetch(filesOf(assets)(network));
    if (!response.ok) throw new TypeError(`${network} does not load: ${response.status}.`);
    const binary = await response.arrayBuffer();
    try {
      // Without the permission of the page's policy the worklet would say nothing, and send silence.
      await WebAssembly.compile(binary);
      return binary;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
