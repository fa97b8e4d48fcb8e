import {mediaDurations} from '../../durations/media.js';
import type {DeviceEffect, EffectOptions} from '../devices/device-effect.js';
import {BackgroundFrame, type Background} from './background-frame.js';
import {backgroundTrack} from './background-track.js';
import {endFailed, FAILURE_REST_MS} from './effect-failure.js';
import {aborted} from './effect-files.js';

/** A picture that replaces the background. */
export interface BackgroundPicture {
  /** The name that the user sees. */
  readonly name: string;
  /** The address of the picture. It fills the background; what has no room is cut off. */
  readonly src: string;
}

/** What backgrounds need. */
export interface BackgroundOptions {
  /**
   * The address of the folder `dist/build` of the package `@twilio/video-processors`, on the origin of the page.
   */
  readonly assets: string;
  /** The pictures that replace the background; without any, it is blurred. */
  readonly pictures?: readonly BackgroundPicture[] | undefined;
}

/** The first choice. */
const BLUR = 'blur';

/** The longer side of a picture whose size is not known, in pixels. */
const USUAL_SIDE = 640;

/**
 * Blurs the background of the camera's picture, or replaces it.
 *
 * ```js
 * await client.devices.offer(backgrounds({assets: '/background/'}));
 * ```
 *
 * What cannot be blurred is not sent: the camera is off then.
 */
export function backgrounds({assets, pictures = []}: BackgroundOptions): DeviceEffect {
  let failed = -Infinity;
  /** When the page removed a frame. */
  let removed = -Infinity;
  /** A picture that the page offers no longer is replaced by the blur: the user did not ask for the room. */
  const pictureOf = (choice: string): string | undefined => pictures.find(({src}) => src === choice)?.src;

  const open = async (background: Background, signal: AbortSignal): Promise<Opened> => {
    const frame = new BackgroundFrame();
    signal.addEventListener('abort', () => frame.close());
    if (signal.aborted) frame.close();
    return {
      frame,
      processor: await Promise.race([frame.load(assets, background), frame.removal, aborted(signal)]),
    };
  };

  return {
    name: 'background',
    kind: 'camera',
    required: true,
    choices: [{id: BLUR}, ...pictures.map(({src, name}) => ({id: src, label: name}))],

    async prepare(choice) {
      failed = removed = -Infinity;
      const ending = new AbortController();
      const patience = setTimeout(() => ending.abort(), mediaDurations.deviceEffect);
      try {
        await open({picture: pictureOf(choice), side: USUAL_SIDE}, ending.signal);
      } finally {
        clearTimeout(patience);
        ending.abort();
      }
    },

    async process(camera, {choice, signal}: EffectOptions) {
      const begun = performance.now();
      if (begun - failed < FAILURE_REST_MS) throw new Error('The background has just failed.');
      const {width = 0, height = 0} = camera.getSettings();
      const side = Math.max(width, height) || USUAL_SIDE;
      const {frame, processor} = await open({picture: pictureOf(choice), side}, signal);
      const onFailure = (): void => {
        if (track.readyState === 'ended') return;
        const [isRemoved, now] = [!frame.isThere, performance.now()];
        // A page that has replaced its content gets another frame at once, but not again and again.
        if (!isRemoved || (begun > removed && begun - removed < FAILURE_REST_MS)) failed = now;
        if (isRemoved) removed = now;
        endFailed(track);
      };
      const making = backgroundTrack({frame, processor, camera, signal, onFailure});
      const track = await Promise.race([making, frame.removal]);
      frame.removal.catch(onFailure);
      return track;
    },
  };
}

interface Opened {
  readonly frame: BackgroundFrame;
  readonly processor: Awaited<ReturnType<BackgroundFrame['load']>>;
}
