import {AudioOutput, everyInterval, VideoOutput} from '../media/index.js';
import type {MediaSource} from '../media/index.js';
import {loadClip, MOMENT, type Moment} from './clip.js';

/** RTP timestamp ticks per moment. */
const SOUND_TICKS = MOMENT * 48;
const PICTURE_TICKS = MOMENT * 90;

/** What a camera sends to all its viewers; it plays while there are any. */
export class CameraFeed {
  readonly #sound = new AudioOutput();
  readonly #picture = new VideoOutput();
  readonly sound: MediaSource = this.#watched(this.#sound);
  readonly picture: MediaSource = this.#watched(this.#picture);
  #clip: readonly Moment[] = [];
  #watchers = 0;
  #stop: (() => void) | undefined;

  /** Loads the clip. */
  async load(): Promise<void> {
    this.#clip = await loadClip();
  }

  #watched(source: MediaSource): MediaSource {
    return {
      kind: source.kind,
      requestKeyFrame: () => source.requestKeyFrame(),
      onPacket: (listener) => {
        const unsubscribe = source.onPacket(listener);
        this.#watchers += 1;
        this.#stop ??= everyInterval(MOMENT, (index) => this.#play(index));
        return () => {
          unsubscribe();
          this.#watchers -= 1;
          if (this.#watchers > 0) return;
          this.#stop?.();
          this.#stop = undefined;
        };
      },
    };
  }

  #play(index: number): void {
    const moment = this.#clip[index % this.#clip.length];
    if (moment?.sound) this.#sound.send(moment.sound, index * SOUND_TICKS);
    if (moment?.picture) this.#picture.send(moment.picture, index * PICTURE_TICKS);
  }
}
